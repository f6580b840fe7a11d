//! The drawing of the filter's response at C4: frequencies from 20 Hz to 20 kHz on a logarithmic axis, gains in dB.
//! The handle is at the cutoff: on the curve where the resonance raises it, else at the height of the resonance.

use patch::Parameter::{FilterCutoff, FilterResonance, FilterSlope, FilterType};
use patch::{CUTOFF_BASE_HZ, Patch, filter_gain_db};

use super::{GraphHandle, GraphPoint, share, value_at};

/// Lowest and highest frequency, Hz.
const BAND_HZ: [f32; 2] = [20.0, 20_000.0];
/// Gains at the bottom and the top, dB: 49 dB is the highest peak of the steep filter.
const GAINS_DB: [f32; 2] = [-36.0, 52.0];
/// Points of the curve.
const POINTS: usize = 120;
/// Where the handle of a filter without a peak is at no resonance and at the most.
const HEIGHTS: [f32; 2] = [0.1, 0.9];

fn x_of(frequency_hz: f32) -> f32 {
    (frequency_hz / BAND_HZ[0]).ln() / (BAND_HZ[1] / BAND_HZ[0]).ln()
}

fn frequency_hz(x: f32) -> f32 {
    BAND_HZ[0] * (BAND_HZ[1] / BAND_HZ[0]).powf(x)
}

/// Where the axis has marks: 100 Hz, 1 kHz, 10 kHz.
pub fn marks() -> [f32; 3] {
    [100.0, 1000.0, 10_000.0].map(x_of)
}

fn y_of(gain_db: f32) -> f32 {
    ((gain_db - GAINS_DB[0]) / (GAINS_DB[1] - GAINS_DB[0])).clamp(0.0, 1.0)
}

/// The filter's sections if the resonance makes a peak at the cutoff: low-pass and high-pass.
fn peaked_sections(patch: &Patch) -> Option<f32> {
    (patch.get(FilterType) < 2.0).then(|| 1.0 + patch.get(FilterSlope))
}

pub(super) fn curve(patch: &Patch) -> Vec<GraphPoint> {
    let x = |number: usize| number as f32 / (POINTS - 1) as f32;
    (0..POINTS).map(|number| (x(number), y_of(filter_gain_db(patch, frequency_hz(x(number)))))).collect()
}

pub(super) fn handles(patch: &Patch) -> Vec<GraphHandle> {
    let x = x_of(CUTOFF_BASE_HZ * FilterCutoff.control(patch.get(FilterCutoff)));
    let y = match peaked_sections(patch) {
        // The gain of a section at its corner is 1 / (2 (1 − resonance)).
        Some(sections) => y_of(-20.0 * sections * (2.0 * (1.0 - patch.get(FilterResonance))).log10()),
        None => HEIGHTS[0] + (HEIGHTS[1] - HEIGHTS[0]) * share(FilterResonance, patch.get(FilterResonance)),
    };
    vec![GraphHandle { at: (x, y), across: FilterCutoff, upward: Some(FilterResonance) }]
}

pub(super) fn drag(patch: &Patch, (x, y): GraphPoint) -> Vec<(patch::Parameter, f32)> {
    let cutoff = FilterCutoff.info().law.value(frequency_hz(x) / CUTOFF_BASE_HZ);
    let resonance = match peaked_sections(patch) {
        Some(sections) => {
            let gain_db = GAINS_DB[0] + y * (GAINS_DB[1] - GAINS_DB[0]);
            1.0 - 0.5 * 10.0f32.powf(-gain_db / sections / 20.0)
        }
        None => value_at(FilterResonance, (y - HEIGHTS[0]) / (HEIGHTS[1] - HEIGHTS[0])),
    };
    vec![(FilterCutoff, FilterCutoff.snap(cutoff)), (FilterResonance, FilterResonance.snap(resonance))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handle_of_a_low_pass_is_on_its_curve() {
        let mut patch = Patch::default();
        for (cutoff, resonance, slope) in
            [(0.0, 0.0, 0.0), (0.5, 0.9, 0.0), (0.3, 0.6, 1.0), (0.4, 0.97, 1.0)]
        {
            patch.set(FilterCutoff, cutoff);
            patch.set(FilterResonance, resonance);
            patch.set(FilterSlope, slope);
            let (x, y) = handles(&patch)[0].at;
            let drawn = y_of(filter_gain_db(&patch, frequency_hz(x)));
            assert!((drawn - y).abs() < 0.01, "{cutoff} {resonance}: {drawn} {y}");
        }
    }

    #[test]
    fn frequencies_have_their_place() {
        assert_eq!([20.0, 20_000.0].map(x_of), [0.0, 1.0]);
        assert!((frequency_hz(x_of(1000.0)) - 1000.0).abs() < 0.1);
        assert!(marks()[1] - marks()[0] - (marks()[2] - marks()[1]) < 1e-6);
    }
}
