//! Names of the engine's features that a patch uses, to locate the cause of a failed null test. Never
//! renders.

use patch::{Parameter, Patch};

/// Resonance above which the filter amplifies small differences.
const HIGH_RESONANCE: f32 = 0.9;

/// The features of a patch, each as one line of a table: waveforms, sync, pitch modulation, ring
/// modulation, filter type with slope, high resonance, distortion, reverb, keyboard mode,
/// portamento, LFO waveform (if the LFO modulates anything).
pub fn features(patch: &Patch) -> Vec<String> {
    use Parameter::*;
    let word = |parameter: Parameter| parameter.text(patch.get(parameter));
    let above_least = |parameter: Parameter| patch.get(parameter) > parameter.info().min;
    let mut features = vec![
        format!("oscillator: {}", word(Osc1Waveform)),
        format!("oscillator: {}", word(Osc2Waveform)),
        format!("filter: {}, {}", word(FilterType), word(FilterSlope)),
        format!("keyboard: {}", word(KeyboardMode)),
    ];
    features.dedup();
    if [FreqModAmount, FilterModAmount, AmpModAmount].into_iter().any(above_least) {
        features.push(format!("LFO: {}", word(LfoWaveform)));
    }
    for (used, feature) in [
        (above_least(Osc2Sync), "oscillator sync"),
        (above_least(FreqModAmount), "LFO to pitch"),
        (above_least(OscMixMode), "ring modulation"),
        (patch.get(FilterResonance) > HIGH_RESONANCE, "resonance above 0.9"),
        (above_least(DistortionCrunch), "distortion"),
        (above_least(ReverbWet), "reverb"),
        (above_least(PortamentoTime), "portamento"),
    ] {
        if used {
            features.push(feature.to_owned());
        }
    }
    features
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_patch_has_few_features_and_a_busy_one_more() {
        let mut patch = Patch::default();
        let plain = features(&patch);
        assert!(plain.contains(&"filter: low-pass, 24 dB/octave".to_owned()), "{plain:?}");
        assert_eq!(plain.len(), 3, "{plain:?}");
        patch.set(Parameter::Osc2Waveform, 4.0);
        patch.set(Parameter::FreqModAmount, 0.5);
        patch.set(Parameter::FilterResonance, 0.95);
        let busy = features(&patch);
        for feature in ["oscillator: noise, sampled", "LFO: sine", "LFO to pitch", "resonance above 0.9"] {
            assert!(busy.contains(&feature.to_owned()), "{feature} is missing in {busy:?}");
        }
    }
}
