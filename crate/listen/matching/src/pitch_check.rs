//! Checks that a sound has the pitch of a recorded target: mel bands are too wide for that.

use crate::note::TargetNote;
use crate::pitch::find_pitch;
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
    /// The samples in which it is searched.
    length: usize,
}

impl PitchCheck {
    /// The pitch of a recorded target, if it has one.
    pub fn of(target: &Target) -> Option<Self> {
        let (pitch, note) = (target.pitch().filter(|_| target.is_recorded())?, target.note());
        // With another key chosen than the sound's own the key decides.
        let wanted_keys = if note.key == pitch.key { pitch.keys() } else { f32::from(note.key) };
        let length = TargetNote { length_s: note.length_s.min(TUNED_S), ..note }.frames();
        Some(Self { wanted_keys, length })
    }

    /// True if the sound of a patch that plays the target's note has the pitch.
    pub fn has_pitch(&self, samples: &[f32]) -> bool {
        find_pitch(&samples[..self.length.min(samples.len())])
            .is_some_and(|found| 100.0 * (found.keys() - self.wanted_keys).abs() <= IN_TUNE_CENTS)
    }
}
