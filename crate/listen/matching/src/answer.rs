//! The result of a search.

use patch::Patch;

use crate::note::{Candidate, TargetNote};
use crate::target::Target;

/// The result of a strand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// The patch.
    pub patch: Patch,
    /// The MIDI key that it plays, 0…127.
    pub key: u8,
    /// The time at which its key is released, in seconds.
    pub held_s: f32,
    /// The bend of the note from the key, in cents.
    pub bend_cents: f32,
    /// Its distance from the target: 0 for equal sounds, about 1 for a usual preset and the mean of all.
    pub distance: f32,
    /// The known preset that sounds nearest, with the kept groups.
    pub start: Patch,
    /// The distance of that preset.
    pub start_distance: f32,
}

impl Answer {
    /// No patch is judged yet.
    pub(crate) fn begun(candidate: &Candidate) -> Self {
        let &Candidate { patch, key, held_s, bend_cents } = candidate;
        let distance = f32::INFINITY;
        Self { patch, key, held_s, bend_cents, distance, start: patch, start_distance: distance }
    }

    /// The note that it plays for a target.
    pub fn note(&self, target: &Target) -> TargetNote {
        TargetNote { key: self.key, held_s: self.held_s, bend_cents: self.bend_cents, ..target.note() }
    }
}
