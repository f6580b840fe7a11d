//! The network's encoding of a patch: 56 columns, 27 continuous ones scaled to 0…1 by the range of
//! their parameter, then seven one-hot blocks. The other seven parameters are fixed, not learned.
//! Learned parameters, their order and the fixed values: the published patch model (Peachey et al., IS²
//! 2023). Its class slices ended one too early; here every class is possible. Never reorder columns:
//! trained models depend on it.

use crate::table::{Info, Parameter};
use crate::values::Patch;
use Parameter::*;
use std::ops::Range;

/// The learned continuous parameters, in the order of their columns.
pub const CONTINUOUS: [Parameter; 27] = [
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
    Osc2Range,
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
    ReverbWidth,
    Osc2Pitch,
    FilterKbdTrack,
];

/// The learned categorical parameters, in the order of their one-hot blocks.
pub const CATEGORICAL: [Parameter; 7] =
    [Osc1Waveform, Osc2Waveform, LfoWaveform, Osc2Sync, FilterType, FilterSlope, FreqModOsc];

/// The parameters that are not learned, with their stored value in every decoded patch.
pub const FIXED: [(Parameter, f32); 7] = [
    (PortamentoMode, 0.0),
    (PortamentoTime, 0.0),
    (KeyboardMode, 0.0),
    (FilterVelSens, 1.0),
    (AmpVelSens, 1.0),
    (DistortionCrunch, 0.0),
    (MasterVol, 0.6),
];

/// Number of columns: 27 continuous, 29 one-hot.
pub const COLUMN_COUNT: usize = 56;

/// Number of classes of a categorical parameter.
fn class_count(parameter: Parameter) -> usize {
    let Info { min, max, .. } = parameter.info();
    (max - min) as usize + 1
}

/// The one-hot columns of a categorical parameter; empty for any other.
pub fn class_range(parameter: Parameter) -> Range<usize> {
    let mut start = CONTINUOUS.len();
    for categorical in CATEGORICAL {
        let end = start + class_count(categorical);
        if categorical == parameter {
            return start..end;
        }
        start = end;
    }
    0..0
}

/// Names of the columns: the parameter's name, for classes followed by the class
/// (`filter_type_3`).
pub fn column_names() -> [String; COLUMN_COUNT] {
    let mut names = std::array::from_fn(|_| String::new());
    for (name, parameter) in names.iter_mut().zip(CONTINUOUS) {
        *name = parameter.name().to_owned();
    }
    for parameter in CATEGORICAL {
        for (class, name) in names[class_range(parameter)].iter_mut().enumerate() {
            *name = format!("{}_{class}", parameter.name());
        }
    }
    names
}

/// The columns of a patch: continuous ones 0…1, classes 0 or 1. Fixed parameters are left out.
pub fn encode(patch: &Patch) -> [f32; COLUMN_COUNT] {
    let mut columns = [0.0; COLUMN_COUNT];
    for (column, parameter) in columns.iter_mut().zip(CONTINUOUS) {
        let Info { min, max, .. } = parameter.info();
        *column = (patch.get(parameter) - min) / (max - min);
    }
    for parameter in CATEGORICAL {
        let class = (patch.get(parameter) - parameter.info().min) as usize;
        columns[class_range(parameter)][class] = 1.0;
    }
    columns
}

/// The patch of columns: continuous ones are clamped to their range, in each one-hot block the
/// greatest column wins (the first of equals), the other parameters are fixed. Not-a-number gives
/// the parameter's default.
pub fn decode(columns: &[f32; COLUMN_COUNT]) -> Patch {
    let mut patch = Patch::default();
    for (&column, parameter) in columns.iter().zip(CONTINUOUS) {
        let Info { min, max, .. } = parameter.info();
        patch.set(parameter, min + column * (max - min));
    }
    for parameter in CATEGORICAL {
        let block = &columns[class_range(parameter)];
        if block.iter().any(|column| column.is_nan()) {
            continue;
        }
        let class =
            (1..block.len()).fold(0, |best, class| if block[class] > block[best] { class } else { best });
        patch.set(parameter, parameter.info().min + class as f32);
    }
    learned(patch)
}

/// The patch with the parameters that are not learned at their fixed values: the closest decodable
/// patch.
pub fn learned(mut patch: Patch) -> Patch {
    for (parameter, value) in FIXED {
        patch.set(parameter, value);
    }
    patch
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn decoding_an_encoded_patch_restores_its_learned_parameters(positions in proptest::collection::vec(0.0f32..=1.0, 41)) {
            let mut patch = Patch::default();
            for parameter in Parameter::ALL {
                let Info { min, max, .. } = parameter.info();
                patch.set(parameter, min + positions[parameter.index()] * (max - min));
            }
            let (expected, decoded) = (learned(patch), decode(&encode(&patch)));
            for parameter in Parameter::ALL {
                let Info { min, max, .. } = parameter.info();
                let error = (decoded.get(parameter) - expected.get(parameter)).abs();
                prop_assert!(error <= 1e-6 * (max - min), "{}: {error}", parameter.name());
            }
        }

        #[test]
        fn any_columns_decode_to_an_allowed_patch(columns in proptest::array::uniform32(any::<f32>())) {
            let columns = std::array::from_fn(|index| columns[index % 32]);
            let patch = decode(&columns);
            prop_assert_eq!(Patch::from_values(patch.values()), patch);
        }
    }

    #[test]
    fn every_class_can_be_decoded() {
        for parameter in CATEGORICAL {
            for class in 0..class_range(parameter).len() {
                let mut columns = [0.0; COLUMN_COUNT];
                columns[class_range(parameter)][class] = 1.0;
                assert_eq!(decode(&columns).get(parameter), class as f32, "{}", parameter.name());
            }
        }
    }

    #[test]
    fn every_parameter_is_either_learned_or_fixed() {
        let mut seen: Vec<_> =
            CONTINUOUS.into_iter().chain(CATEGORICAL).chain(FIXED.map(|(parameter, _)| parameter)).collect();
        seen.sort();
        assert_eq!(seen, Parameter::ALL);
        assert_eq!(class_range(FreqModOsc).end, COLUMN_COUNT);
        assert_eq!(column_names()[COLUMN_COUNT - 1], "freq_mod_osc_2");
    }
}
