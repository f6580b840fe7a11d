//! Mixes four patches: they are the corners of a square.

use patch::{Parameter, Patch};

use crate::pair::{is_even, place, set_place};

/// The patch at a point of the square: `across` and `upward` are 0…1. The corners are exact, in the order lower
/// left, lower right, upper left, upper right. Parameters without an order have the value of the nearest corner.
pub fn among(corners: &[Patch; 4], across: f32, upward: f32) -> Patch {
    let [across, upward] =
        [across, upward].map(|share| if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) });
    let nearest = usize::from(across >= 0.5) + 2 * usize::from(upward >= 0.5);
    let mut patch = corners[nearest];
    if [across, upward].iter().all(|&share| share == 0.0 || share == 1.0) {
        return patch;
    }
    for parameter in Parameter::ALL.into_iter().filter(|&parameter| is_even(parameter)) {
        let places = corners.each_ref().map(|corner| place(corner, parameter));
        let row = |left: f32, right: f32| left + across * (right - left);
        let (lower, upper) = (row(places[0], places[1]), row(places[2], places[3]));
        set_place(&mut patch, parameter, lower + upward * (upper - lower));
    }
    patch
}

#[cfg(test)]
mod tests {
    use super::*;
    use patch::Parameter::{FilterCutoff, Osc1Waveform};

    fn corners() -> [Patch; 4] {
        std::array::from_fn(|corner| {
            let mut patch = Patch::default();
            patch.set(FilterCutoff, [-0.5, 0.123_456_7, 0.5, 1.5][corner]);
            patch.set(Osc1Waveform, corner as f32);
            patch
        })
    }

    #[test]
    fn the_corners_are_exact_and_the_middle_is_their_mean() {
        let four = corners();
        let places = [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]];
        assert_eq!(places.map(|[across, upward]| among(&four, across, upward)), four);
        let cutoff = four.iter().map(|patch| patch.get(FilterCutoff)).sum::<f32>() / 4.0;
        let middle = among(&four, 0.5, 0.5);
        assert!((middle.get(FilterCutoff) - cutoff).abs() < 1e-5, "{}", middle.get(FilterCutoff));
        assert_eq!(among(&four, 0.4, 0.6).get(Osc1Waveform), 2.0);
        assert_eq!(among(&four, f32::NAN, -3.0), four[0]);
    }
}
