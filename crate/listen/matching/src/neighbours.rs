//! The neighbours of a patch: it with one class changed, or with one part left out. A descent cannot reach them, since
//! it moves continuous parameters alone.

use patch::{Info, Parameter, Patch};

use crate::space::{SEARCHED_STEPPED, is_audible};

/// Intervals of the second oscillator in semitones: unison, fourth, fifth and octave.
const INTERVALS: [f32; 7] = [-12.0, -7.0, -5.0, 0.0, 5.0, 7.0, 12.0];

/// Widths of a pulse; a descent does not lead from each to each other.
const PULSE_WIDTHS: [f32; 7] = [0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9];

/// Values that leave a part of the sound out, or one oscillator alone.
pub(crate) const LEFT_OUT: [(Parameter, f32); 11] = [
    (Parameter::OscMix, -1.0),
    (Parameter::OscMix, 0.0),
    (Parameter::OscMix, 1.0),
    (Parameter::OscMixMode, 0.0),
    (Parameter::FreqModAmount, 0.0),
    (Parameter::FilterModAmount, -1.0),
    (Parameter::AmpModAmount, -1.0),
    (Parameter::FilterEnvAmount, 0.0),
    (Parameter::ReverbWet, 0.0),
    (Parameter::DistortionCrunch, 0.0),
    (Parameter::Osc2Detune, 0.0),
];

/// The neighbours of a patch.
pub fn neighbours(patch: &Patch) -> Vec<Patch> {
    let audible = |parameter: &Parameter| is_audible(patch, *parameter);
    let classes = SEARCHED_STEPPED.into_iter().filter(audible).flat_map(|parameter| {
        let &Info { min, max, .. } = parameter.info();
        let values = match parameter {
            Parameter::Osc2Pitch => INTERVALS.to_vec(),
            _ => (min as i32..=max as i32).map(|value| value as f32).collect(),
        };
        values.into_iter().map(move |value| (parameter, value))
    });
    let changed = |(parameter, value): (Parameter, f32)| {
        let mut changed = *patch;
        changed.set(parameter, value);
        (changed != *patch).then_some(changed)
    };
    let left_out = LEFT_OUT.into_iter().filter(|(parameter, _)| audible(parameter));
    let widths = [Parameter::Osc1Pulsewidth, Parameter::Osc2Pulsewidth].into_iter().filter(audible);
    let widths = widths.flat_map(|parameter| PULSE_WIDTHS.map(|width| (parameter, width)));
    classes.chain(left_out).chain(widths).filter_map(changed).collect()
}
