//! The clock that all loops share: a position in beats. Counts frames since it was last set, so that it never drifts
//! from the sound, however long it runs. Plays nothing.

use std::ops::RangeInclusive;

/// The tempos that the clock takes, beats a minute: wider than a page offers. Others are clamped.
pub const TEMPOS_BPM: RangeInclusive<f64> = 1.0..=1_000.0;
/// The tempo before the first command.
const INITIAL_BPM: f64 = 120.0;

/// The next state of the transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportState {
    /// It stops where it is.
    Stopped,
    /// It runs on from where it is.
    Running,
    /// It runs from beat 0, with the next frame.
    FromBeginning,
}

impl TransportState {
    /// The state of a number in a message, 0…2.
    pub fn from_number(number: u32) -> Option<Self> {
        [Self::Stopped, Self::Running, Self::FromBeginning].get(number as usize).copied()
    }
}

/// A position in beats.
#[derive(Clone, Copy, Debug)]
pub struct Transport {
    sample_rate_hz: f64,
    bpm: f64,
    is_running: bool,
    /// The position when tempo or state last changed, and the frames since then.
    anchor_beats: f64,
    frames: u64,
}

impl Transport {
    /// Stopped at beat 0.
    pub fn new(sample_rate_hz: f64) -> Self {
        Self { sample_rate_hz, bpm: INITIAL_BPM, is_running: false, anchor_beats: 0.0, frames: 0 }
    }

    /// Sets tempo and state. Another tempo goes on from the present beat. A tempo that is not a number changes
    /// nothing. Returns whether the position jumps.
    pub fn set(&mut self, bpm: f64, state: TransportState) -> bool {
        if bpm.is_nan() {
            return false;
        }
        let bpm = bpm.clamp(*TEMPOS_BPM.start(), *TEMPOS_BPM.end());
        let begins_anew = state == TransportState::FromBeginning;
        let runs = state != TransportState::Stopped;
        if (bpm, runs) != (self.bpm, self.is_running) || begins_anew {
            self.anchor_beats = if begins_anew { 0.0 } else { self.position() };
            self.frames = 0;
            self.bpm = bpm;
            self.is_running = runs;
        }
        begins_anew
    }

    fn position(&self) -> f64 {
        // In this order a whole number of beats is exact.
        self.anchor_beats + self.frames as f64 * self.bpm / (60.0 * self.sample_rate_hz)
    }

    /// The position of the next frame, in beats; `None` while it is stopped.
    pub fn beats(&self) -> Option<f64> {
        self.is_running.then(|| self.position())
    }

    /// The beats of a frame.
    pub fn beats_per_frame(&self) -> f64 {
        self.bpm / (60.0 * self.sample_rate_hz)
    }

    /// The seconds of a frame.
    pub fn frame_s(&self) -> f64 {
        self.sample_rate_hz.recip()
    }

    /// Advances by frames.
    pub fn pass(&mut self, frames: usize) {
        if self.is_running {
            self.frames += frames as u64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE_HZ: f64 = 48_000.0;

    fn running(bpm: f64) -> Transport {
        let mut transport = Transport::new(RATE_HZ);
        transport.set(bpm, TransportState::FromBeginning);
        transport
    }

    #[test]
    fn a_day_of_blocks_does_not_drift() {
        for bpm in [60.0, 97.3, 120.0, 133.7] {
            let mut transport = running(bpm);
            let blocks = 24 * 3600 * 750;
            (0..blocks).for_each(|_| transport.pass(64));
            let late = transport.beats().unwrap() - 24.0 * 60.0 * bpm;
            assert!(late.abs() < transport.beats_per_frame() / 1e3, "{bpm}: {late} beats");
        }
    }

    #[test]
    fn another_tempo_goes_on_from_the_present_beat() {
        let mut transport = running(120.0);
        transport.pass(36_000);
        for bpm in [60.0, 120.0, 240.0] {
            let before = transport.beats();
            assert!(!transport.set(bpm, TransportState::Running));
            assert_eq!(transport.beats(), before);
            transport.pass(48_000);
            assert_eq!(transport.beats().unwrap() - before.unwrap(), bpm / 60.0);
        }
    }

    #[test]
    fn it_stops_runs_on_and_begins_anew() {
        let mut transport = running(120.0);
        transport.pass(24_000);
        transport.set(120.0, TransportState::Stopped);
        transport.pass(99_999);
        assert_eq!(transport.beats(), None);
        transport.set(90.0, TransportState::Running);
        assert_eq!(transport.beats(), Some(1.0));
        transport.pass(64);
        assert!(transport.set(90.0, TransportState::FromBeginning));
        assert_eq!(transport.beats(), Some(0.0));
    }

    #[test]
    fn hostile_tempos_and_states_are_ignored_or_clamped() {
        let mut transport = running(120.0);
        transport.pass(24_000);
        transport.set(f64::NAN, TransportState::Stopped);
        assert_eq!(transport.beats(), Some(1.0));
        for bpm in [-1.0, 0.0, f64::INFINITY, f64::NEG_INFINITY, 1e300] {
            transport.set(bpm, TransportState::Running);
            transport.pass(64);
            assert!(transport.beats().is_some_and(|beats| (1.0..2.0).contains(&beats)), "{bpm}");
        }
        assert_eq!(TransportState::from_number(3), None);
    }
}
