//! The sketches of a melody and of a rhythm, as far as the state needs them: numbers;
//! sounds and files stay in the page.

use serde::{Deserialize, Serialize};

use super::STRAND_COUNT;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::sounds::SoundNumber;

/// The sketch of a melody.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SketchedVoice {
    /// Its sound; the page also keeps its notes as a file, and its level and pitch over time.
    pub sound: SoundNumber,
    /// The share of the voice's time in which it has the same pitch, 0…1.
    pub in_tune: f32,
    /// The number of its notes.
    pub notes: u32,
    /// The lowest key of these.
    pub low: u8,
    /// The highest key of these.
    pub high: u8,
}

/// A hit of a rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RhythmHit {
    /// The number of its kind, from 0.
    pub kind: u8,
    /// The key that plays it.
    pub key: u8,
    /// Its beginning.
    pub begin_s: f32,
    /// Its length.
    pub held_s: f32,
    /// Its velocity, 1…127.
    pub velocity: u8,
}

impl RhythmHit {
    /// True if there is a strand for its kind.
    pub fn is_of_a_strand(&self) -> bool {
        usize::from(self.kind) < STRAND_COUNT
    }
}

impl Reducer<'_> {
    pub(super) fn take_contours(&mut self, task: TaskNumber) {
        let own = self.sound_match();
        if let Some(target) = own.target.as_mut().filter(|_| own.search.task == Some(task)) {
            target.has_contours = true;
        }
    }

    pub(super) fn take_sketch(&mut self, task: TaskNumber, sketch: SketchedVoice) {
        let own = self.sound_match();
        let before = if own.search.task == Some(task) { own.sketch.replace(sketch) } else { Some(sketch) };
        self.forget_sounds(before.into_iter().map(|sketch| sketch.sound).collect());
    }
}
