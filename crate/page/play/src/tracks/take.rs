//! The taking of a loop: when it begins and ends, in beats of the clock or in free time. It reads no clock: the caller
//! passes the time, in seconds for a take in free time, in beats for one on the clock.

use std::rc::Rc;

use crate::loop_recording::LoopRecording;
use crate::loops::{Recorded, RecordedLoop};
use crate::tracks::transport::{BEATS_PER_BAR, line_from};

/// The lengths that a loop may have, in bars.
pub const BARS: [u16; 4] = [1, 2, 4, 8];
/// The longest of them, in beats.
const LONGEST_BEATS: f64 = BARS[BARS.len() - 1] as f64 * BEATS_PER_BAR;
/// A touch that is so much early, in beats, belongs to the bar: an eighth note.
const EARLY_BEATS: f64 = 0.5;
/// A tap that is so much late, in beats, still closes at the line that has passed.
const LATE_BEATS: f64 = 0.5;
/// A second tap so soon after the first, in seconds, belongs to it: fingers tap twice by mistake.
const DOUBLE_TAP_S: f64 = 0.6;
/// The fewest beats of a count-in.
const COUNT_IN_BEATS: f64 = 2.0;
/// The tempos that the first loop of a person who has chosen none may set, in beats per minute.
const TEMPOS: [f64; 2] = [70.0, 160.0];
/// After so long a pause without a touch, in seconds, the tap does not end the loop: it ended with the last touch.
const LONGEST_REST_S: f64 = 1.0;

/// When a take begins and ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TakeStage {
    /// In free time: it begins with the first touch.
    Free,
    /// On the clock: it begins at a bar line.
    OnClock {
        /// The beat of that line.
        from_beats: f64,
        /// The beat at which it ends, if that is known.
        until_beats: Option<f64>,
        /// The beat at which a person has asked for its end.
        closed_at_beats: Option<f64>,
    },
}

/// A loop that is being taken.
#[derive(Clone, Debug)]
pub struct Take {
    /// The touches.
    pub recording: LoopRecording,
    /// When it begins and ends.
    pub stage: TakeStage,
    /// The length of a beat in its times, in seconds; 0 in free time. The tempo may change meanwhile.
    beat_s: f64,
    /// The number of the loop to which it adds fingers; none for a new loop.
    pub onto: Option<u8>,
    /// The loop as it was sent to the audio thread ahead of its end, so that its first round begins in time.
    pub ahead: Option<Rc<RecordedLoop>>,
    /// True if it is sung into the microphone: hands that play meanwhile do not belong to it.
    pub is_sung: bool,
}

/// The effect of a tap on the button that records.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tap {
    /// The take is dropped.
    Drop,
    /// The take ends now.
    Finish,
    /// The take ends at its line.
    Close,
    /// Nothing: it is the second of two quick taps.
    Ignore,
}

impl Take {
    /// One in free time.
    pub fn free() -> Self {
        let recording = LoopRecording::default();
        Self { recording, stage: TakeStage::Free, beat_s: 0.0, onto: None, ahead: None, is_sung: false }
    }

    /// One that begins at a bar line and, with a length in beats, ends by itself; a beat lasts so many seconds.
    pub fn on_clock(from_beats: f64, length_beats: Option<f64>, beat_s: f64, onto: Option<u8>) -> Self {
        let until_beats = length_beats.map(|length| from_beats + length);
        let stage = TakeStage::OnClock { from_beats, until_beats, closed_at_beats: None };
        let recording = LoopRecording::starting_at(from_beats * beat_s, EARLY_BEATS * beat_s);
        Self { recording, stage, beat_s, onto, ahead: None, is_sung: false }
    }

    /// The same, sung into the microphone.
    #[must_use]
    pub fn sung(self) -> Self {
        Self { is_sung: true, ..self }
    }

    /// True if it is in free time.
    pub fn is_free(&self) -> bool {
        self.stage == TakeStage::Free
    }

    /// The time of its recording, in seconds: that of the frames, or of the clock's beats.
    pub fn time_s(&self, now_ms: f64, beats: Option<f64>) -> f64 {
        match self.stage {
            TakeStage::Free => now_ms / 1000.0,
            TakeStage::OnClock { .. } => beats.unwrap_or_default() * self.beat_s,
        }
    }

    /// Its length in seconds, once it is known.
    pub fn length_s(&self) -> Option<f64> {
        self.span_beats().map(|(_, length_beats)| length_beats * self.beat_s)
    }

    /// True if it has begun at a beat of the clock, or in free time with the first touch.
    pub fn has_begun(&self, beats: Option<f64>) -> bool {
        match self.stage {
            TakeStage::Free => self.is_sung || !self.recording.is_empty(),
            TakeStage::OnClock { from_beats, .. } => beats.is_some_and(|beats| beats >= from_beats),
        }
    }

    /// Beats until it begins, above 0; none once it has begun, and in free time.
    pub fn waits_beats(&self, beats: Option<f64>) -> Option<f64> {
        self.passed_beats(beats).map(|passed| -passed).filter(|&left| left > 0.0)
    }

    /// A tap on the button at a beat.
    pub fn tap(&mut self, beats: Option<f64>) -> Tap {
        let double_tap_beats = DOUBLE_TAP_S / self.beat_s;
        let (TakeStage::OnClock { from_beats, until_beats, closed_at_beats }, Some(beats)) =
            (&mut self.stage, beats)
        else {
            return if self.has_begun(None) { Tap::Finish } else { Tap::Drop };
        };
        match *closed_at_beats {
            Some(closed_at) if beats - closed_at < double_tap_beats => return Tap::Ignore,
            Some(_) => return Tap::Drop,
            None if beats < *from_beats => return Tap::Drop,
            None => {}
        }
        let passed = beats - *from_beats;
        let length = shortest_beats(passed - LATE_BEATS);
        *until_beats = Some(*from_beats + length);
        *closed_at_beats = Some(beats);
        if length <= passed { Tap::Finish } else { Tap::Close }
    }

    /// One whose end nobody has chosen ends by itself once it is as long as a loop can be.
    pub fn close_longest(&mut self, beats: f64) {
        if let TakeStage::OnClock { from_beats, until_beats: until @ None, .. } = &mut self.stage
            && beats - *from_beats > LONGEST_BEATS - BEATS_PER_BAR
        {
            *until = Some(*from_beats + LONGEST_BEATS);
        }
    }

    /// It ends at a beat, whatever it waits for: with the shortest length that has not passed. Returns whether it had
    /// begun.
    pub fn end(&mut self, beats: Option<f64>) -> bool {
        let has_begun = self.has_begun(beats);
        if let (TakeStage::OnClock { from_beats, until_beats, .. }, Some(beats)) = (&mut self.stage, beats) {
            *until_beats = Some(*from_beats + shortest_beats(beats - *from_beats - LATE_BEATS));
        }
        has_begun
    }

    /// True if a person has asked for its end, which the next line brings.
    pub fn is_closing(&self) -> bool {
        matches!(self.stage, TakeStage::OnClock { closed_at_beats: Some(_), .. })
    }

    /// Beats since it began; negative before that, none in free time.
    pub fn passed_beats(&self, beats: Option<f64>) -> Option<f64> {
        let TakeStage::OnClock { from_beats, .. } = self.stage else { return None };
        Some(beats? - from_beats)
    }

    /// Beats until it ends; none if that is not known.
    pub fn left_beats(&self, beats: f64) -> Option<f64> {
        match self.stage {
            TakeStage::OnClock { until_beats: Some(until), .. } => Some(until - beats),
            _ => None,
        }
    }

    /// The beat at which it begins and its length in beats, once both are known.
    pub fn span_beats(&self) -> Option<(f64, f64)> {
        match self.stage {
            TakeStage::OnClock { from_beats, until_beats: Some(until), .. } => {
                Some((from_beats, until - from_beats))
            }
            _ => None,
        }
    }
}

/// The length in beats with which a take ends that has lasted so many beats: the shortest one that has not passed.
pub fn shortest_beats(passed: f64) -> f64 {
    let lengths = BARS.map(|bars| f64::from(bars) * BEATS_PER_BAR);
    lengths.into_iter().find(|&length| length >= passed).unwrap_or(LONGEST_BEATS)
}

/// The bar line at which a take begins that a person asks for at a beat: with a count-in, not before that has counted.
pub fn beginning_beats(beats: f64, has_count_in: bool) -> f64 {
    let counted = if has_count_in { COUNT_IN_BEATS } else { 0.0 };
    line_from(beats + counted)
}

/// The tempo, the whole beats and the length in seconds of a first loop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FreeLoop {
    /// The tempo that it sets, in beats per minute.
    pub bpm: f32,
    /// Its length in beats.
    pub beats: u16,
    /// The same in seconds.
    pub length_s: f64,
}

/// The tempo that a first loop sets: its length is 1, 2, 4 or 8 bars, whichever gives a tempo between 70 and 160, and
/// of those the one nearest to `bpm`. A shorter one gets a rest up to the end of its bar. `ended_s` is the tap that
/// ended it, `lifted_s` the last lift, both in seconds from its beginning.
pub fn free_loop(ended_s: f64, lifted_s: f64, bpm: f32) -> FreeLoop {
    let is_rest = lifted_s > 0.0 && ended_s - lifted_s > LONGEST_REST_S;
    let taken_s = if is_rest { lifted_s } else { ended_s };
    // Half and quarter bars stand for short takes, 16 bars and more for long ones.
    let beats = (0..9).map(|power| f64::from(1u16 << power));
    let tempo = |beats: f64| 60.0 * beats / taken_s;
    let distance = |beats: &f64| (tempo(*beats) / f64::from(bpm)).ln().abs();
    let is_usual = |beats: &f64| (TEMPOS[0]..=TEMPOS[1]).contains(&tempo(*beats));
    let nearest =
        beats.clone().filter(is_usual).min_by(|one, other| distance(one).total_cmp(&distance(other)));
    let Some(taken_beats) = nearest else {
        // A tap: one bar of the tempo that there is.
        let length_s = 60.0 * BEATS_PER_BAR / f64::from(bpm);
        return FreeLoop { bpm, beats: BEATS_PER_BAR as u16, length_s };
    };
    let beats = taken_beats.max(BEATS_PER_BAR);
    let bpm = tempo(taken_beats) as f32;
    FreeLoop { bpm, beats: beats as u16, length_s: taken_s * beats / taken_beats }
}

/// A finished recording on the clock: cut at its end, with its exact length.
pub fn cut(recorded: Recorded, length_s: f64) -> Option<Recorded> {
    let fingers = recorded.fingers.iter().map(|path| path.until(length_s)).filter(|path| !path.is_empty());
    let fingers: Vec<_> = fingers.collect();
    (!fingers.is_empty()).then_some(Recorded { fingers, length_s })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(length_beats: Option<f64>) -> Take {
        Take::on_clock(8.0, length_beats, 0.5, None)
    }

    #[test]
    fn a_take_waits_for_its_line_and_a_tap_before_that_drops_it() {
        let mut take = taken(None);
        assert_eq!((take.waits_beats(Some(5.5)), take.has_begun(Some(7.9))), (Some(2.5), false));
        assert!(take.has_begun(Some(8.0)) && take.waits_beats(Some(8.0)).is_none());
        assert_eq!(take.tap(Some(7.0)), Tap::Drop);
    }

    #[test]
    fn a_tap_closes_at_the_next_whole_length_and_a_second_one_drops_the_take_unless_it_was_a_double_tap() {
        for (beats, length) in [(9.0, 4.0), (12.6, 8.0), (17.0, 16.0), (30.0, 32.0)] {
            let mut take = taken(None);
            assert_eq!(take.tap(Some(beats)), Tap::Close, "{beats}");
            assert_eq!(take.span_beats(), Some((8.0, length)));
            assert_eq!(take.tap(Some(beats + 0.5)), Tap::Ignore, "a quarter of a second later");
            assert_eq!(take.tap(Some(beats + 1.5)), Tap::Drop);
        }
    }

    #[test]
    fn a_tap_up_to_half_a_beat_late_closes_at_the_line_that_has_passed() {
        let mut take = taken(None);
        assert_eq!(take.tap(Some(12.4)), Tap::Finish);
        assert_eq!(take.span_beats(), Some((8.0, 4.0)));
        let mut take = taken(Some(16.0));
        assert_eq!(take.tap(Some(16.3)), Tap::Finish, "also before the end that it has");
        assert_eq!(take.span_beats(), Some((8.0, 8.0)));
    }

    #[test]
    fn a_count_in_lasts_two_beats_at_least_and_a_loop_beside_others_only_waits_for_the_line() {
        assert_eq!(beginning_beats(0.3, true), 4.0);
        assert_eq!(beginning_beats(2.5, true), 8.0);
        assert_eq!(beginning_beats(2.5, false), 4.0);
    }

    #[test]
    fn a_first_loop_sets_a_tempo_from_70_to_160() {
        let of = |ended_s: f64| free_loop(ended_s, ended_s, 112.0);
        assert_eq!(of(2.0), FreeLoop { bpm: 120.0, beats: 4, length_s: 2.0 });
        assert_eq!(of(4.0), FreeLoop { bpm: 120.0, beats: 8, length_s: 4.0 });
        assert_eq!(of(7.0).beats, 16, "of 69 and 137 the one within the limits");
        assert_eq!(of(1.0), FreeLoop { bpm: 120.0, beats: 4, length_s: 2.0 }, "two beats, and a rest");
        assert_eq!(of(20.0).beats, 32);
        for tenths in 3..=6000 {
            let FreeLoop { bpm, beats, length_s } = of(f64::from(tenths) / 10.0);
            assert!((70.0..=160.0).contains(&bpm) && beats >= 4, "{tenths}: {bpm} {beats}");
            assert!((length_s * f64::from(bpm) / 60.0 - f64::from(beats)).abs() < 1e-3);
        }
        assert_eq!(of(0.01), FreeLoop { bpm: 112.0, beats: 4, length_s: 60.0 * 4.0 / 112.0 }, "a tap");
    }

    #[test]
    fn whoever_looks_for_the_button_after_playing_gets_no_rest_at_the_end() {
        assert_eq!(free_loop(4.0, 2.0, 112.0).length_s, 2.0);
        assert_eq!(free_loop(2.0, 1.4, 112.0).length_s, 2.0, "a rest of a beat is one");
    }
}
