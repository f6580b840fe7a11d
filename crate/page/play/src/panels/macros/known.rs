//! The patches that the sliders of the macro-controls have led to, and where the sliders were: undo leads back to them.

use super::{HeardSound, MacroAmountList};

/// The most patches: about ten minutes of drags.
const LIMIT: usize = 4000;

/// The measured properties of a patch.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum KnownPoints {
    /// Nobody has asked for them.
    #[default]
    Unmeasured,
    /// A worker measures them, or could not: once is enough.
    Asked,
    /// In points, in the order of the properties.
    Measured(Vec<f32>),
}

/// A patch that the sliders have led to.
#[derive(Clone, Debug)]
pub(super) struct KnownPatch {
    sound: HeardSound,
    pub amounts: MacroAmountList,
    pub points: KnownPoints,
}

/// All of them; the first one is the sound that was measured.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownPatches(Vec<KnownPatch>);

impl KnownPatches {
    pub fn get(&self, sound: &HeardSound) -> Option<&KnownPatch> {
        self.0.iter().rev().find(|known| known.sound == *sound)
    }

    pub fn get_mut(&mut self, sound: &HeardSound) -> Option<&mut KnownPatch> {
        self.0.iter_mut().rev().find(|known| known.sound == *sound)
    }

    /// A sound with these amounts; what was measured of it before stays.
    pub fn add(&mut self, sound: HeardSound, amounts: MacroAmountList) {
        if let Some(known) = self.get_mut(&sound) {
            known.amounts = amounts;
            return;
        }
        self.0.push(KnownPatch { sound, amounts, points: KnownPoints::default() });
        if self.0.len() > LIMIT {
            self.0.remove(1);
        }
    }
}
