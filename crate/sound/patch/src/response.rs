//! The frequency response of a patch's filter at C4, without its envelope and the LFO, for drawings of the filter.
//! The law of `voice::filter`, whose tests compare the two.

use crate::{CUTOFF_BASE_HZ, Parameter, Patch};

/// Sample rate of the drawn filter, Hz; another rate changes only the highest octave.
const RATE_HZ: f32 = 48_000.0;
/// Least gain, dB: a notch reaches no silence.
const LEAST_DB: f32 = -120.0;

/// Gain of a patch's filter at a frequency in Hz, dB; at least −120 dB.
pub fn filter_gain_db(patch: &Patch, frequency_hz: f32) -> f32 {
    let control = |parameter: Parameter| parameter.control(patch.get(parameter));
    let warped = |hz: f32| (std::f32::consts::PI * hz.clamp(10.0, 0.495 * RATE_HZ) / RATE_HZ).tan();
    // The bilinear transform of a second-order section: s = i·w, with the corner at w = 1.
    let w = warped(frequency_hz) / warped(CUTOFF_BASE_HZ * control(Parameter::FilterCutoff));
    let r = (2.0 * (1.0 - control(Parameter::FilterResonance))).max(0.001);
    let numerator = match control(Parameter::FilterType) as u8 {
        0 => 1.0,
        1 => w * w,
        2 => r * w,
        3 => (1.0 - w * w).abs(),
        _ => return 0.0,
    };
    let sections = 1.0 + control(Parameter::FilterSlope);
    let gain_db = 20.0 * (numerator / (1.0 - w * w).hypot(r * w)).log10();
    (sections * gain_db).max(LEAST_DB)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_low_pass_has_its_slope_and_its_resonance() {
        let mut patch = Patch::default();
        for (parameter, value) in [(Parameter::FilterCutoff, 0.5), (Parameter::FilterResonance, 0.95)] {
            patch.set(parameter, value);
        }
        for (slope, peak_db, octave_db) in [(0.0, 20.0, -12.0), (1.0, 40.0, -24.0)] {
            patch.set(Parameter::FilterSlope, slope);
            // 4 × 261.626 Hz.
            assert!((filter_gain_db(&patch, 1046.5) - peak_db).abs() < 0.1);
            assert!(
                (filter_gain_db(&patch, 4000.0) - filter_gain_db(&patch, 2000.0) - octave_db).abs() < 5.0
            );
            assert!(filter_gain_db(&patch, 30.0).abs() < 0.1);
        }
    }
}
