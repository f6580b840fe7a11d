//! The one tempo of arpeggio, gate and loops: beats per minute, the note value of a step, and tapping. Reads no clock:
//! the caller passes the time.

use serde::{Deserialize, Serialize};

use plane::order::positions;

/// Slowest and fastest tempo, in beats (quarter notes) per minute.
pub const BPM: [f32; 2] = [30.0, 300.0];
/// The tempo of a first visit, in beats per minute.
pub const USUAL_BPM: f32 = 112.0;
/// After this long without a tap, in milliseconds, the next one begins a new measurement:
/// one beat of the slowest tempo.
const RESTART_MS: f64 = 2000.0;
/// How many taps count: few enough to follow a change, enough to even out a hand's error.
const TAPS: usize = 8;

/// The note value of a step, in 4/4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the name says it")]
pub enum NoteValue {
    Quarter,
    Eighth,
    EighthTriplet,
    #[default]
    Sixteenth,
    SixteenthTriplet,
    ThirtySecond,
}

impl NoteValue {
    /// All values from the longest to the shortest.
    pub const ALL: [Self; 6] = [
        Self::Quarter,
        Self::Eighth,
        Self::EighthTriplet,
        Self::Sixteenth,
        Self::SixteenthTriplet,
        Self::ThirtySecond,
    ];

    /// Steps of this length in a beat.
    pub fn steps_per_beat(self) -> f32 {
        match self {
            Self::Quarter => 1.0,
            Self::Eighth => 2.0,
            Self::EighthTriplet => 3.0,
            Self::Sixteenth => 4.0,
            Self::SixteenthTriplet => 6.0,
            Self::ThirtySecond => 8.0,
        }
    }

    /// As musicians write it: 1/16, and 1/16T for a triplet.
    pub fn fraction(self) -> &'static str {
        match self {
            Self::Quarter => "1/4",
            Self::Eighth => "1/8",
            Self::EighthTriplet => "1/8T",
            Self::Sixteenth => "1/16",
            Self::SixteenthTriplet => "1/16T",
            Self::ThirtySecond => "1/32",
        }
    }

    /// The tempo and the plain note value that give this many steps per second, with the tempo nearest to
    /// [`USUAL_BPM`].
    pub fn of_speed(steps_per_second: f32) -> (f32, Self) {
        let plain = [Self::Quarter, Self::Eighth, Self::Sixteenth, Self::ThirtySecond];
        let tempos = plain.map(|value| (60.0 * steps_per_second / value.steps_per_beat(), value));
        let distance = |bpm: f32| (bpm / USUAL_BPM).ln().abs();
        let nearest = tempos.into_iter().min_by(|one, other| distance(one.0).total_cmp(&distance(other.0)));
        nearest.map_or((USUAL_BPM, Self::default()), |(bpm, value)| (tidy_bpm(bpm), value))
    }
}

/// A tempo within [`BPM`].
pub fn tidy_bpm(bpm: f32) -> f32 {
    if bpm.is_nan() { USUAL_BPM } else { bpm.clamp(BPM[0], BPM[1]) }
}

/// A typed tempo, with a point or a comma; none if it is no number.
pub fn typed_bpm(text: &str) -> Option<f32> {
    let bpm: f32 = text.trim().replace(',', ".").parse().ok()?;
    bpm.is_finite().then(|| tidy_bpm((bpm * 10.0).round() / 10.0))
}

/// The last taps of a person who taps the tempo.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TapTempo {
    taps_ms: Vec<f64>,
}

impl TapTempo {
    /// A tap at this time, in milliseconds. Returns the tempo in whole beats per minute, from the median of the
    /// intervals between the last taps; none after a first tap.
    pub fn tap(&mut self, now_ms: f64) -> Option<f32> {
        let since_ms = self.taps_ms.last().map_or(f64::INFINITY, |last_ms| now_ms - last_ms);
        if !(0.0..=RESTART_MS).contains(&since_ms) {
            self.taps_ms.clear();
        }
        if self.taps_ms.len() == TAPS {
            self.taps_ms.remove(0);
        }
        self.taps_ms.push(now_ms);
        let intervals_ms: Vec<f64> = self.taps_ms.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let order = positions(intervals_ms.len(), &mut |one, other| {
            intervals_ms[one].total_cmp(&intervals_ms[other])
        });
        let intervals_ms: Vec<f64> = order.into_iter().map(|position| intervals_ms[position]).collect();
        let middle = intervals_ms.len() / 2;
        let median_ms = match intervals_ms.len() {
            0 => return None,
            count if count % 2 == 1 => intervals_ms[middle],
            _ => (intervals_ms[middle - 1] + intervals_ms[middle]) / 2.0,
        };
        Some(tidy_bpm((60_000.0 / median_ms).round() as f32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The tempo after taps at these times.
    fn tapped(times_ms: &[f64]) -> Option<f32> {
        let mut taps = TapTempo::default();
        times_ms.iter().map(|&time_ms| taps.tap(time_ms)).last().flatten()
    }

    #[test]
    fn the_tempo_is_the_median_of_the_intervals() {
        assert_eq!(tapped(&[0.0]), None);
        assert_eq!(tapped(&[0.0, 500.0]), Some(120.0));
        assert_eq!(tapped(&[0.0, 500.0, 1000.0, 1900.0]), Some(120.0), "one late tap changes nothing");
        assert_eq!(tapped(&[0.0, 400.0, 1000.0]), Some(120.0));
    }

    #[test]
    fn a_pause_of_two_seconds_begins_anew() {
        assert_eq!(tapped(&[0.0, 500.0, 1000.0, 3100.0]), None);
        assert_eq!(tapped(&[0.0, 500.0, 1000.0, 3100.0, 3700.0]), Some(100.0));
        assert_eq!(tapped(&[0.0, 2000.0]), Some(30.0), "the slowest tempo can be tapped");
        assert_eq!(tapped(&[500.0, 0.0]), None, "a clock that was set back");
    }

    #[test]
    fn a_change_of_tempo_is_followed() {
        let slow = (0..8).map(|tap| 1000.0 * f64::from(tap));
        let fast = (1..8).map(|tap| 7000.0 + 500.0 * f64::from(tap));
        assert_eq!(tapped(&slow.chain(fast).collect::<Vec<_>>()), Some(120.0));
    }

    #[test]
    fn typed_tempos_are_numbers_within_the_limits() {
        assert_eq!(
            (typed_bpm(" 96 "), typed_bpm("96,5"), typed_bpm("96.54")),
            (Some(96.0), Some(96.5), Some(96.5))
        );
        assert_eq!((typed_bpm("5"), typed_bpm("1e9")), (Some(30.0), Some(300.0)));
        assert_eq!((typed_bpm(""), typed_bpm("fast"), typed_bpm("inf")), (None, None, None));
    }

    #[test]
    fn the_earlier_default_speed_is_sixteenths() {
        assert_eq!(NoteValue::of_speed(6.0), (90.0, NoteValue::Sixteenth));
    }

    proptest! {
        #[test]
        fn every_earlier_speed_has_a_tempo(steps_per_second in 0.5f32..=16.0) {
            let (bpm, value) = NoteValue::of_speed(steps_per_second);
            prop_assert!((BPM[0]..=BPM[1]).contains(&bpm));
            prop_assert!((bpm / 60.0 * value.steps_per_beat() / steps_per_second - 1.0).abs() < 1e-5);
        }

        #[test]
        fn any_taps_give_a_tempo_within_the_limits(times_ms in prop::collection::vec(any::<f64>(), 0..20)) {
            let mut taps = TapTempo::default();
            for time_ms in times_ms {
                prop_assert!(taps.tap(time_ms).is_none_or(|bpm| (BPM[0]..=BPM[1]).contains(&bpm)));
            }
        }
    }
}
