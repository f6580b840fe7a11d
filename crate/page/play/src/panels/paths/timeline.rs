//! The part of a path's time that the lanes show: its lines in seconds or beats, zoom and scrolling. Knows no values.

/// Lines and points are at least this far apart, in CSS pixels.
const APART_PX: f64 = 44.0;
/// The distances of the lines in seconds, and in beats.
const STEPS_S: [f64; 11] = [0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0];
const STEPS_BEATS: [f64; 15] =
    [0.015_625, 0.031_25, 0.0625, 0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];
/// The shortest visible part, in seconds.
const SHORTEST_S: f64 = 0.1;
/// Times that differ by less, in seconds, are the same.
const EQUAL_S: f64 = 1e-6;

/// The visible part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Timeline {
    pub from_s: f64,
    pub to_s: f64,
    /// The length of the path when it was last opened.
    full_s: f64,
    pub length_s: f64,
    /// The length of the path in beats, if it lasts beats.
    beats: Option<u16>,
    /// The width of the lanes in CSS pixels.
    pub width_px: f64,
}

impl Default for Timeline {
    fn default() -> Self {
        Self { from_s: 0.0, to_s: 1.0, full_s: 0.0, length_s: 1.0, beats: None, width_px: 1.0 }
    }
}

impl Timeline {
    /// The path has this length now.
    pub fn set_length(&mut self, length_s: f64, beats: Option<u16>) {
        (self.length_s, self.beats) = (length_s, beats);
    }

    /// Shows another path, or a changed one: one that was seen in full stays so.
    pub fn open(&mut self, is_other: bool) {
        let was_full = self.to_s - self.from_s == self.full_s;
        if is_other || self.to_s > self.length_s || was_full {
            (self.from_s, self.to_s) = (0.0, self.length_s);
        }
        self.full_s = self.length_s;
    }

    fn span_s(&self) -> f64 {
        self.to_s - self.from_s
    }

    fn left(&self, time_s: f64) -> f64 {
        (time_s - self.from_s) / self.span_s() * self.width_px
    }

    /// The seconds of a beat, if the path lasts beats.
    pub fn beat_s(&self) -> Option<f64> {
        self.beats.filter(|beats| *beats > 0).map(|beats| self.length_s / f64::from(beats))
    }

    /// The distance of the lines in seconds.
    pub fn step_s(&self) -> f64 {
        self.step_apart_s(APART_PX)
    }

    /// The distance in seconds of lines that are at least this far apart.
    fn step_apart_s(&self, apart_px: f64) -> f64 {
        let (unit_s, steps) = match self.beat_s() {
            Some(beat_s) => (beat_s, &STEPS_BEATS[..]),
            None => (1.0, &STEPS_S[..]),
        };
        let least_s = apart_px / self.width_px * self.span_s();
        let greatest = steps[steps.len() - 1];
        unit_s * steps.iter().copied().find(|step| step * unit_s >= least_s).unwrap_or(greatest)
    }

    /// The times of the visible lines.
    pub fn lines_s(&self) -> Vec<f64> {
        let step_s = self.step_s();
        let first = (self.from_s / step_s - EQUAL_S).ceil();
        let times = (0..).map(|index| (first + f64::from(index)) * step_s);
        times.take_while(|time_s| *time_s <= self.to_s + EQUAL_S).collect()
    }

    /// The times of a curve's points: the lines, and the end.
    pub fn points_s(&self) -> Vec<f64> {
        let mut times = self.lines_s();
        times.retain(|time_s| *time_s <= self.length_s + EQUAL_S);
        // The end has a point of its own, unless another point is so near that nobody could touch both.
        let last_s = times.last().copied().unwrap_or(0.0);
        let is_apart = self.left(self.length_s) - self.left(last_s) > APART_PX / 2.0;
        if self.to_s >= self.length_s - EQUAL_S && is_apart {
            times.push(self.length_s);
        }
        times
    }

    /// The time to which a note snaps.
    pub fn snapped(&self, time_s: f64) -> f64 {
        let Some(beat_s) = self.beat_s() else { return (time_s * 100.0).round() / 100.0 };
        // No finer than a quarter of a beat, unless the lines are.
        let least_s = self.step_s().min(beat_s / 4.0);
        let step_s = self.step_apart_s(APART_PX / 4.0).max(least_s).min(beat_s);
        (time_s / step_s).round() * step_s
    }

    /// Shows more or less of the path, by a factor, about a time; `None`: about the middle.
    pub fn zoom(&mut self, factor: f64, about_s: Option<f64>) {
        let about_s = about_s.unwrap_or(f64::midpoint(self.from_s, self.to_s));
        let least_s = SHORTEST_S.min(self.length_s);
        let span_s = (self.span_s() * factor).max(least_s).min(self.length_s);
        let share = (about_s - self.from_s) / self.span_s();
        self.go_to(about_s - share * span_s, span_s);
    }

    /// Shows the part that begins at a time.
    pub fn scroll_to(&mut self, from_s: f64) {
        self.go_to(from_s, self.span_s());
    }

    fn go_to(&mut self, from_s: f64, span_s: f64) {
        if from_s.is_finite() && span_s.is_finite() {
            self.from_s = from_s.min((self.length_s - span_s).max(0.0)).max(0.0);
            self.to_s = self.from_s + span_s;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timeline(length_s: f64, beats: Option<u16>) -> Timeline {
        let mut timeline = Timeline { width_px: 600.0, ..Timeline::default() };
        timeline.set_length(length_s, beats);
        timeline.open(true);
        timeline
    }

    #[test]
    fn lines_are_at_round_times_and_the_end_has_a_point() {
        let timeline = timeline(4.2, None);
        assert_eq!(timeline.lines_s(), [0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0]);
        assert_eq!(timeline.points_s().last(), Some(&4.2));
    }

    #[test]
    fn a_curve_in_beats_has_points_at_every_zoom() {
        // A quarter of a beat lasts longer than the visible part.
        let mut timeline = timeline(2.0, Some(1));
        for _ in 0..12 {
            timeline.zoom(0.5, None);
            assert!(timeline.points_s().len() > 2, "{timeline:?}");
        }
        assert!((timeline.to_s - timeline.from_s - SHORTEST_S).abs() < 1e-9);
    }

    #[test]
    fn zoom_keeps_the_time_below_the_pointer_and_ends_at_the_path() {
        let mut timeline = timeline(8.0, None);
        timeline.zoom(0.5, Some(2.0));
        assert_eq!((timeline.from_s, timeline.to_s), (1.0, 5.0));
        timeline.scroll_to(100.0);
        assert_eq!((timeline.from_s, timeline.to_s), (4.0, 8.0));
        timeline.zoom(9.0, None);
        assert_eq!((timeline.from_s, timeline.to_s), (0.0, 8.0));
        timeline.scroll_to(f64::NAN);
        assert_eq!(timeline.from_s, 0.0);
    }

    #[test]
    fn a_path_that_was_seen_in_full_stays_so_when_its_length_changes() {
        let mut timeline = timeline(4.0, None);
        timeline.set_length(8.0, None);
        timeline.open(false);
        assert_eq!(timeline.to_s, 8.0);
        timeline.zoom(0.5, Some(0.0));
        timeline.set_length(10.0, None);
        timeline.open(false);
        assert_eq!((timeline.from_s, timeline.to_s), (0.0, 4.0));
    }
}
