//! Promise: whatever arrives, events are in range and in order: a note ends once, and only after it has begun.

use crate::common::{RATE_HZ, noise, sing};
use note_tracking::{NoteTracker, TrackedEvent};
use proptest::prelude::*;

/// Checks the events of pieces of sound; returns whether a note sounds at the end.
fn check(pieces: &[Vec<f32>]) -> Result<(), TestCaseError> {
    let mut tracker = NoteTracker::new(RATE_HZ).expect("a usual rate");
    let mut events = Vec::new();
    for piece in pieces {
        let before = events.len();
        tracker.push(piece, |event| events.push(event));
        prop_assert!(events.len() - before <= 6 * (piece.len() / 128 + 1), "more events than a hop may have");
        prop_assert!(tracker.level_db() >= -80.0);
    }
    tracker.end(|event| events.push(event));
    let mut is_note = false;
    for event in events {
        match event {
            TrackedEvent::NoteOn { key, velocity } => {
                prop_assert!(key <= 127 && (1..=127).contains(&velocity));
                is_note = true;
            }
            TrackedEvent::NoteOff => prop_assert!(std::mem::replace(&mut is_note, false), "nothing to end"),
            TrackedEvent::Bend(semitones) => prop_assert!((-2.0..=2.0).contains(&semitones)),
            TrackedEvent::Gain(gain) => prop_assert!((0.0..=1.0).contains(&gain)),
            TrackedEvent::Brightness(value) => prop_assert!((-1.0..=1.0).contains(&value)),
        }
    }
    prop_assert!(!is_note, "a note is left");
    Ok(())
}

#[test]
fn after_samples_of_any_size_a_voice_still_has_a_brightness() {
    let mut tracker = NoteTracker::new(RATE_HZ).expect("a usual rate");
    // Within a note, so that they are measured.
    let voice = sing(1.0, |_| 60.0, |_| 0.1);
    tracker.push(&voice, |_| {});
    tracker.push(&[3e38, -3e38].repeat(256), |_| {});
    let mut values = Vec::new();
    // From dark to bright: a hum, then hiss above it.
    for hiss in [0.0, 0.5].repeat(4) {
        let voice = sing(1.0, |_| 60.0, |_| 0.1);
        let sound: Vec<f32> = voice.iter().zip(noise(voice.len())).map(|(a, b)| a + hiss * b * 0.1).collect();
        tracker.push(&sound, |event| {
            if let TrackedEvent::Brightness(value) = event {
                values.push(value);
            }
        });
    }
    let [least, greatest] = values.iter().fold([1.0_f32, -1.0], |[least, greatest], &value| {
        assert!((-1.0..=1.0).contains(&value), "{value}");
        [least.min(value), greatest.max(value)]
    });
    assert!(greatest - least > 0.3, "{} values, {least}…{greatest}", values.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_samples_are_taken(pieces in prop::collection::vec(prop::collection::vec(any::<f32>(), 0..700), 0..12)) {
        check(&pieces)?;
    }

    #[test]
    fn any_voice_is_taken(
        phrases in prop::collection::vec((30.0..100.0_f64, -30.0..30.0_f64, -4.0..0.5_f64, 0.0..1.0_f32, 1..300_usize), 1..8),
    ) {
        let pieces: Vec<Vec<f32>> = phrases.into_iter().flat_map(|(key, slope, level, hiss, block)| {
            let voice = sing(0.2, |time| key + slope * time, |_| 10.0_f64.powf(level));
            let voice: Vec<f32> = voice.iter().zip(noise(voice.len())).map(|(a, b)| a + hiss * b * 0.1).collect();
            voice.chunks(block).map(<[f32]>::to_vec).collect::<Vec<_>>()
        }).collect();
        check(&pieces)?;
    }
}
