//! The parameters that a search changes, and their scale. The volume is not one of them: `judge` sets it. One
//! note, heard in mono, does not depend on the others: keyboard mode, portamento, velocity and key tracking, the
//! reverb's width.

use Parameter::*;
use patch::full_encoding::{is_rooted, rooted, squared};
use patch::{Info, Parameter, Patch};

/// The continuous parameters that a search changes.
pub const SEARCHED_CONTINUOUS: [Parameter; 24] = [
    AmpAttack,
    AmpDecay,
    AmpSustain,
    AmpRelease,
    FilterAttack,
    FilterDecay,
    FilterSustain,
    FilterRelease,
    FilterResonance,
    FilterEnvAmount,
    FilterCutoff,
    Osc2Detune,
    LfoFreq,
    OscMix,
    FreqModAmount,
    FilterModAmount,
    AmpModAmount,
    OscMixMode,
    Osc1Pulsewidth,
    Osc2Pulsewidth,
    ReverbRoomsize,
    ReverbDamp,
    ReverbWet,
    DistortionCrunch,
];

/// The stepped parameters that a search changes.
pub const SEARCHED_STEPPED: [Parameter; 9] = [
    Osc1Waveform,
    Osc2Waveform,
    LfoWaveform,
    Osc2Sync,
    FilterType,
    FilterSlope,
    FreqModOsc,
    Osc2Range,
    Osc2Pitch,
];

/// The continuous parameters of a patch, each on its scale of 0…1.
pub type Position = [f32; SEARCHED_CONTINUOUS.len()];

/// The position of a patch.
pub fn position(patch: &Patch) -> Position {
    SEARCHED_CONTINUOUS.map(|parameter| {
        let &Info { min, max, .. } = parameter.info();
        let share = (patch.get(parameter) - min) / (max - min);
        if is_rooted(parameter) { rooted(share) } else { share }
    })
}

/// The patch with its continuous parameters at a position; places beyond the scale are clamped.
pub fn moved(patch: &Patch, position: &Position) -> Patch {
    let mut patch = *patch;
    for (parameter, share) in SEARCHED_CONTINUOUS.into_iter().zip(position) {
        let &Info { min, max, .. } = parameter.info();
        let mut share = share.clamp(0.0, 1.0);
        if is_rooted(parameter) {
            share = squared(share);
        }
        patch.set(parameter, min + share * (max - min));
    }
    patch
}

/// Sets the parameters that do not show in one note to amSynth's usual values.
pub fn usual(mut patch: Patch) -> Patch {
    for parameter in [KeyboardMode, PortamentoTime, PortamentoMode] {
        patch.set(parameter, parameter.info().default);
    }
    patch
}

/// True if a parameter is audible in a patch, given its others. Never false for an audible one.
pub fn is_audible(patch: &Patch, parameter: Parameter) -> bool {
    let [ring, mix] = [OscMixMode, OscMix].map(|parameter| patch.get(parameter));
    let has_shape = |waveform: Parameter| matches!(patch.get(waveform) as i32, 1 | 2);
    let modulation = [FreqModAmount, FilterModAmount, AmpModAmount];
    let is_filtered = patch.get(FilterType) < FilterType.info().max;
    match parameter {
        Osc1Pulsewidth => has_shape(Osc1Waveform) && (ring > 0.0 || mix < 1.0),
        Osc2Pulsewidth => has_shape(Osc2Waveform) && (ring > 0.0 || mix > -1.0),
        Osc2Detune | Osc2Range | Osc2Pitch | Osc2Sync | Osc2Waveform => ring > 0.0 || mix > -1.0,
        Osc1Waveform => ring > 0.0 || mix < 1.0 || patch.get(Osc2Sync) > 0.0,
        OscMix => ring < 1.0,
        LfoFreq | LfoWaveform => modulation.iter().any(|&depth| patch.get(depth) > depth.info().min),
        FreqModOsc => patch.get(FreqModAmount) > 0.0,
        ReverbRoomsize | ReverbDamp => patch.get(ReverbWet) > 0.0,
        FilterAttack | FilterDecay | FilterSustain | FilterRelease => {
            is_filtered && patch.get(FilterEnvAmount) != 0.0
        }
        FilterResonance | FilterEnvAmount | FilterCutoff | FilterModAmount | FilterSlope => is_filtered,
        _ => true,
    }
}

/// Sets the stored value whose control value is this one; 0 if no value has it.
pub fn set_control(patch: &mut Patch, parameter: Parameter, control: f32) {
    let value = parameter.info().law.value(control);
    patch.set(parameter, if value.is_finite() { value } else { 0.0 });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::{TargetNote, render};
    use crate::testing::known_sounds;

    #[test]
    fn a_position_is_that_of_its_patch() {
        for patch in known_sounds().1 {
            for (parameter, [a, b]) in SEARCHED_CONTINUOUS.map(|parameter| {
                (parameter, [patch, moved(&patch, &position(&patch))].map(|patch| patch.get(parameter)))
            }) {
                let info = parameter.info();
                assert!((a - b).abs() < 1e-5 * (info.max - info.min), "{}: {a} {b}", parameter.name());
            }
        }
    }

    #[test]
    fn inaudible_parameters_change_no_sample() {
        let note = TargetNote { held_s: 0.2, length_s: 0.4, ..TargetNote::TEST };
        let mut tried = 0;
        for patch in known_sounds().1 {
            let sound = render(&patch, &note);
            for parameter in SEARCHED_CONTINUOUS.into_iter().chain(SEARCHED_STEPPED) {
                if is_audible(&patch, parameter) {
                    continue;
                }
                let &Info { min, max, .. } = parameter.info();
                for value in [min, (min + max) / 3.0] {
                    let mut other = patch;
                    other.set(parameter, value);
                    assert_eq!(render(&other, &note), sound, "{} of {patch:?}", parameter.name());
                    tried += 1;
                }
            }
        }
        assert!(tried > 20, "{tried}");
    }
}
