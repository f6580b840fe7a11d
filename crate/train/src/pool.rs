//! Patches with what they sound like: all that the networks learn from. Every patch is rendered as it
//! would be played, with the seven fixed parameters. It never holds a row of a test.

use crate::Columns;
use ear::{COORDINATE_COUNT, Heard, Hearing};
use patch::encoding::{decode, encode};

/// A sound as `ear` compares it.
pub type Sound = [f32; COORDINATE_COUNT];

/// Patches and their sounds, position by position.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    /// Columns of patches that can be played: classes are 0 or 1.
    pub columns: Vec<Columns>,
    /// What each is compared by.
    pub sounds: Vec<Sound>,
}

impl Pool {
    /// Adds patches that were heard.
    pub fn add(&mut self, columns: &[Columns], heard: &[Heard], hearing: &Hearing) {
        self.columns.extend(columns);
        self.sounds.extend(heard.iter().map(|heard| hearing.coordinates(&hearing.sound(heard))));
    }

    /// Adds another pool's patches.
    pub fn append(&mut self, other: &Self) {
        self.columns.extend(&other.columns);
        self.sounds.extend(&other.sounds);
    }

    /// How many patches.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }
}

/// What is played of columns, as columns: each block of logits becomes one class, each number one
/// that its parameter can have.
pub fn playable(columns: &Columns) -> Columns {
    encode(&decode(columns))
}

/// Plays and hears patches on all cores; `heard` is called after each.
pub fn hear(columns: &[Columns], heard: impl Fn() + Sync) -> Vec<Heard> {
    let patches: Vec<_> = columns.iter().map(decode).collect();
    ear::hear_all(&patches, heard)
}
