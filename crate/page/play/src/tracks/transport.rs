//! The clock of bars that all loops and the beat share. The audio thread counts it in frames; here is where the page
//! last heard it to be, so that touches and drawings find their place in the bar.

/// Beats of a bar.
pub const BEATS_PER_BAR: f64 = 4.0;

/// The longest delay of an output, in milliseconds: more than that of wireless headphones.
const LONGEST_DELAY_MS: f64 = 1000.0;

/// A report of the audio thread; both times are on the clock of the frames.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClockReport {
    /// The beat, from 0 at the start; not-a-number while the clock stands.
    pub beats: f64,
    /// When a person hears that beat, in milliseconds.
    pub heard_ms: f64,
    /// When the report arrived, in milliseconds.
    pub received_ms: f64,
}

/// The clock as the page knows it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BarClock {
    /// A moment at which the clock was heard; none while it stands.
    heard: Option<Moment>,
    /// Beats in a minute.
    bpm: f32,
    /// How much later than the audio thread a person hears, in milliseconds.
    delay_ms: f64,
    /// True if it has started since the audio thread was last told.
    is_new: bool,
    /// The beat at which it has started; the audio thread counts from 0.
    from_beats: f64,
}

/// A moment of the clock.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Moment {
    beats: f64,
    /// When a person heard it, in milliseconds on the clock of the frames.
    at_ms: f64,
}

impl BarClock {
    /// The clock starts at a bar line.
    pub fn start(&mut self, now_ms: f64, bpm: f32, from_beats: f64) {
        *self = Self {
            heard: Some(Moment { beats: from_beats, at_ms: now_ms }),
            bpm,
            delay_ms: self.delay_ms,
            is_new: true,
            from_beats,
        };
    }

    /// A beat as the audio thread counts it, whose clock starts at 0.
    pub fn audio_beats(&self, beats: f64) -> f64 {
        beats - self.from_beats
    }

    /// The clock stops.
    pub fn stop(&mut self) {
        self.heard = None;
    }

    /// True if it runs.
    pub fn is_running(&self) -> bool {
        self.heard.is_some()
    }

    /// True if it has started since the last call: the audio thread starts, too.
    pub fn takes_start(&mut self) -> bool {
        std::mem::take(&mut self.is_new)
    }

    /// Another tempo, from the present beat on.
    pub fn set_tempo(&mut self, bpm: f32, now_ms: f64) {
        if let Some(beats) = self.beats_at(now_ms) {
            self.heard = Some(Moment { beats, at_ms: now_ms });
        }
        self.bpm = bpm;
    }

    /// The audio thread reports a beat. A report from before a start or after a stop has no beat and changes nothing.
    pub fn follow(&mut self, report: &ClockReport) {
        let ClockReport { beats, heard_ms, received_ms } = *report;
        if self.is_running() && [beats, heard_ms, received_ms].iter().all(|number| number.is_finite()) {
            self.heard = Some(Moment { beats: self.from_beats + beats, at_ms: heard_ms });
            self.delay_ms = (heard_ms - received_ms).clamp(0.0, LONGEST_DELAY_MS);
        }
    }

    /// How much later than the audio thread a person hears, in milliseconds.
    pub fn delay_ms(&self) -> f64 {
        self.delay_ms
    }

    /// The beat that a person hears at a time in milliseconds; none while the clock stands. Before the first beat it is
    /// negative.
    pub fn beats_at(&self, now_ms: f64) -> Option<f64> {
        let Moment { beats, at_ms } = self.heard?;
        Some(beats + (now_ms - at_ms) / self.beat_ms())
    }

    /// The length of a beat, in milliseconds.
    pub fn beat_ms(&self) -> f64 {
        60_000.0 / f64::from(self.bpm)
    }
}

/// The bar line at a beat, or the next one.
pub fn line_from(beats: f64) -> f64 {
    (beats / BEATS_PER_BAR).ceil() * BEATS_PER_BAR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_goes_on_between_reports_and_through_a_change_of_tempo() {
        let mut transport = BarClock::default();
        assert_eq!(transport.beats_at(5.0), None);
        transport.start(1000.0, 120.0, 0.0);
        assert_eq!(transport.beats_at(1500.0), Some(1.0));
        transport.follow(&ClockReport { beats: 1.0, heard_ms: 1520.0, received_ms: 1490.0 });
        assert_eq!(transport.delay_ms(), 30.0);
        assert_eq!(transport.beats_at(2020.0), Some(2.0), "the output is 20 ms late");
        transport.set_tempo(60.0, 2020.0);
        assert_eq!(transport.beats_at(3020.0), Some(3.0));
        transport.stop();
        transport.follow(&ClockReport { beats: 7.0, heard_ms: 4000.0, received_ms: 4000.0 });
        assert!(!transport.is_running(), "a late report starts nothing");
    }

    #[test]
    fn a_clock_that_starts_at_a_later_bar_counts_from_there() {
        let mut transport = BarClock::default();
        transport.start(1000.0, 120.0, 8.0);
        assert_eq!(transport.beats_at(1500.0), Some(9.0));
        transport.follow(&ClockReport { beats: 2.0, heard_ms: 2000.0, received_ms: 2000.0 });
        assert_eq!((transport.beats_at(2000.0), transport.audio_beats(8.0)), (Some(10.0), 0.0));
    }

    #[test]
    fn a_bar_line_is_the_next_one_unless_it_is_now() {
        assert_eq!([0.0, 0.1, 3.9, 4.0].map(line_from), [0.0, 4.0, 4.0, 4.0]);
    }
}
