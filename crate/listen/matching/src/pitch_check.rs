//! Checks that a sound has the pitch of a recorded target: mel bands are too wide for that.

use crate::note::TargetNote;
use crate::pitch::{Pitch, find_pitch, find_pitches};
use crate::target::Target;

/// The greatest distance of a patch's pitch from the target's: trained listeners notice about as much.
const IN_TUNE_CENTS: f32 = 8.0;
/// Only the beginning of the sound is checked, for this time.
const TUNED_S: f32 = 1.5;

/// The pitch of a target, which patches must have.
#[derive(Clone, Debug)]
pub struct PitchCheck {
    /// In semitones above MIDI key 0.
    wanted_keys: f32,
    /// The same of a partial that rings: near its limit, only one of both is heard.
    ringing_keys: Option<f32>,
    /// The samples in which it is searched.
    length: usize,
}

impl PitchCheck {
    /// The pitch of a recorded target, if it has one.
    pub fn of(target: &Target) -> Option<Self> {
        let (pitch, note) = (target.pitch().filter(|_| target.is_recorded())?, target.note());
        // With another key chosen than the sound's own the key decides.
        let is_own = note.key == pitch.key;
        let wanted_keys = if is_own { pitch.keys() } else { f32::from(note.key) };
        let ringing_keys = target.ringing().filter(|_| is_own).map(Pitch::keys);
        let length = TargetNote { length_s: note.length_s.min(TUNED_S), ..note }.frames();
        Some(Self { wanted_keys, ringing_keys, length })
    }

    /// True if the sound of a patch that plays the target's note has the pitch.
    pub fn has_pitch(&self, samples: &[f32]) -> bool {
        let samples = &samples[..self.length.min(samples.len())];
        let Some(ringing_keys) = self.ringing_keys else {
            return find_pitch(samples).is_some_and(|found| is_near(found, self.wanted_keys));
        };
        let mut found = find_pitches(samples).into_iter().flatten();
        found.any(|found| is_near(found, self.wanted_keys) || is_near(found, ringing_keys))
    }
}

fn is_near(found: Pitch, wanted_keys: f32) -> bool {
    100.0 * (found.keys() - wanted_keys).abs() <= IN_TUNE_CENTS
}
