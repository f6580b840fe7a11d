//! A small set of known presets for the tests, made of amSynth's default patch.

use features::{AudioFeatures, PerceptualDistance, spectrum::Spectrum};
use patch::{Info, Parameter, Patch};

use crate::known::KnownSounds;
use crate::note::{TargetNote, render};

/// Forty patches and their sounds.
pub fn known_sounds() -> (KnownSounds, Vec<Patch>) {
    let mut state = 7_u32;
    let mut random = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 24) as f32
    };
    let changed = [
        Parameter::FilterCutoff,
        Parameter::AmpDecay,
        Parameter::AmpSustain,
        Parameter::Osc1Waveform,
        Parameter::Osc2Waveform,
        Parameter::OscMix,
        Parameter::FilterResonance,
        Parameter::LfoFreq,
        Parameter::FilterType,
    ];
    let presets: Vec<Patch> = (0..40)
        .map(|_| {
            let mut patch = Patch::default();
            for parameter in changed {
                let &Info { min, max, .. } = parameter.info();
                patch.set(parameter, min + random() * (max - min));
            }
            patch
        })
        .collect();
    let mut spectrum = Spectrum::new();
    let spectra: Vec<_> =
        presets.iter().map(|patch| spectrum.measure(&render(patch, &TargetNote::TEST))).collect();
    let features: Vec<AudioFeatures> = (spectra.iter())
        .map(|&spectrum| AudioFeatures { spectrum, descriptors: None, loudness_lufs: -20.0 })
        .collect();
    (KnownSounds::new(&PerceptualDistance::fit(&features), &spectra), presets)
}
