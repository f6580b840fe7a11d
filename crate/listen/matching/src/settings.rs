//! A person's choices for a search.

use patch::{Group, Parameter, Patch};

/// Groups of parameters that a search does not change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Octave, pitch, detune and sync of oscillator 2, and the vibrato.
    pub pitch: bool,
    /// Both envelopes.
    pub envelope: bool,
    /// Everything else that shapes the sound: waveforms, mix, filter, LFO, effects.
    pub timbre: bool,
}

impl Kept {
    /// True if a parameter belongs to a kept group.
    pub fn includes(self, parameter: Parameter) -> bool {
        let is_pitch = matches!(
            parameter,
            Parameter::Osc2Range
                | Parameter::Osc2Pitch
                | Parameter::Osc2Detune
                | Parameter::Osc2Sync
                | Parameter::FreqModAmount
                | Parameter::FreqModOsc
        );
        match parameter.info().group {
            _ if is_pitch => self.pitch,
            Group::AmplifierEnvelope | Group::FilterEnvelope => self.envelope,
            Group::Oscillators | Group::Lfo | Group::Filter | Group::Effects => self.timbre,
            // The volume follows the target, and a single note does not show how a patch is played.
            Group::Amplifier | Group::Playing => false,
        }
    }
}

/// The settings of a search.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchSettings {
    /// The same seed gives the same answers.
    pub seed: u64,
    /// The most patches that each strand renders.
    pub renders: u32,
    /// The groups that keep the values of the given patch; without a group the patch has no effect.
    pub kept: (Kept, Patch),
    /// Parameters that stay between two stored values.
    pub limits: Vec<(Parameter, [f32; 2])>,
}

impl Default for MatchSettings {
    fn default() -> Self {
        Self { seed: 1, renders: 1000, kept: Default::default(), limits: Vec::new() }
    }
}

impl MatchSettings {
    /// A patch with the kept groups, within the limits.
    pub(crate) fn keep(&self, mut patch: Patch) -> Patch {
        let (kept, from) = &self.kept;
        for parameter in Parameter::ALL.into_iter().filter(|&parameter| kept.includes(parameter)) {
            patch.set(parameter, from.get(parameter));
        }
        self.limited(patch)
    }

    /// A patch within the limits.
    pub fn limited(&self, mut patch: Patch) -> Patch {
        for &(parameter, [least, greatest]) in &self.limits {
            patch.set(parameter, patch.get(parameter).max(least).min(greatest));
        }
        patch
    }

    /// True if a search may change a parameter.
    pub(crate) fn is_free(&self, parameter: Parameter) -> bool {
        let is_fixed =
            |&(limited, [least, greatest]): &(Parameter, [f32; 2])| limited == parameter && least >= greatest;
        !self.kept.0.includes(parameter) && !self.limits.iter().any(is_fixed)
    }
}
