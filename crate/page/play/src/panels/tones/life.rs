//! The life of tones: the share of the attack, the vibrato and the changes of recorded notes that they follow.

use crate::effect::AudioCommand;
use crate::reduce::Reducer;

/// A share of 0…1. Tones live fully until a person wants them steadier.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ToneLife(pub f32);

impl Default for ToneLife {
    fn default() -> Self {
        Self(1.0)
    }
}

impl Reducer<'_> {
    pub(super) fn set_tone_life(&mut self, share: f32) {
        let life = if share.is_finite() { share.clamp(0.0, 1.0) } else { 1.0 };
        self.tones().life = ToneLife(life);
        self.audio(AudioCommand::SetToneLife(life));
    }

    /// A new instrument lives fully.
    pub(super) fn resume_tone_life(&mut self) {
        let ToneLife(life) = self.tones().life;
        if ToneLife(life) != ToneLife::default() {
            self.audio(AudioCommand::SetToneLife(life));
        }
    }
}
