//! The plane of the two first principal components of the known patches' settings: the other way to reduce a patch to
//! two numbers, which a lesson compares with the latent plane. Settings are the network's 56 columns.

use patch::Patch;
use patch::encoding::{COLUMN_COUNT, decode, encode};

/// Rounds of the iteration: the gap between the second and the third component of our banks needs about a hundred.
const ROUNDS: usize = 1_000;

type SettingColumns = [f64; COLUMN_COUNT];

/// The plane. Its coordinates have the unit of a column: the range of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct PrincipalPlane {
    mean: SettingColumns,
    /// Unit vectors at right angles, that of the greatest variance first.
    axes: [SettingColumns; 2],
    /// The share of the variance of all columns that each explains, 0…1.
    pub shares: [f64; 2],
}

impl PrincipalPlane {
    /// The plane of at least two patches that differ; of others the axes are 0.
    pub fn new(patches: &[Patch]) -> Self {
        let rows: Vec<SettingColumns> = patches.iter().map(columns).collect();
        let count = rows.len().max(1) as f64;
        let mean = std::array::from_fn(|column| rows.iter().map(|row| row[column]).sum::<f64>() / count);
        let mut covariance = vec![[0.0; COLUMN_COUNT]; COLUMN_COUNT];
        for row in &rows {
            let centred: SettingColumns = std::array::from_fn(|column| row[column] - mean[column]);
            for (sums, one) in covariance.iter_mut().zip(&centred) {
                sums.iter_mut().zip(&centred).for_each(|(sum, other)| *sum += one * other / count);
            }
        }
        let total: f64 = covariance.iter().enumerate().map(|(column, row)| row[column]).sum();
        // Orthogonal iteration; no column of a start is 0, so that neither axis is missed.
        let mut axes: [SettingColumns; 2] =
            [1, 2].map(|axis| std::array::from_fn(|column| 1.0 + (axis * column % 7) as f64));
        let mut shares = [0.0; 2];
        for _ in 0..ROUNDS {
            for axis in 0..2 {
                let mut turned: SettingColumns =
                    std::array::from_fn(|column| dot(&covariance[column], &axes[axis]));
                if axis == 1 {
                    let along = dot(&turned, &axes[0]);
                    turned.iter_mut().zip(axes[0]).for_each(|(value, first)| *value -= along * first);
                }
                let length = dot(&turned, &turned).sqrt();
                let scale = if length > 0.0 { 1.0 / length } else { 0.0 };
                axes[axis] = turned.map(|value| value * scale);
                shares[axis] = if total > 0.0 { length / total } else { 0.0 };
            }
        }
        Self { mean, axes, shares }
    }

    /// The coordinates of a patch on this plane.
    pub fn place(&self, patch: &Patch) -> [f32; 2] {
        let row = columns(patch);
        let centred: SettingColumns = std::array::from_fn(|column| row[column] - self.mean[column]);
        self.axes.map(|axis| dot(&axis, &centred) as f32)
    }

    /// The patch at a point: the nearest allowed one.
    pub fn patch(&self, place: [f32; 2]) -> Patch {
        decode(&std::array::from_fn(|column| {
            let along = (0..2).map(|axis| f64::from(place[axis]) * self.axes[axis][column]);
            (self.mean[column] + along.sum::<f64>()) as f32
        }))
    }
}

impl Default for PrincipalPlane {
    fn default() -> Self {
        Self::new(&[])
    }
}

fn columns(patch: &Patch) -> SettingColumns {
    encode(patch).map(f64::from)
}

fn dot(one: &SettingColumns, other: &SettingColumns) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Presets;
    use patch::Parameter::{AmpSustain, FilterCutoff, OscMix};

    fn patch(cutoff: f32, sustain: f32) -> Patch {
        let mut patch = Patch::default();
        patch.set(FilterCutoff, -0.5 + 2.0 * cutoff);
        patch.set(AmpSustain, sustain);
        patch
    }

    #[test]
    fn two_settings_that_vary_are_the_two_axes_and_their_patches_come_back() {
        let patches = [patch(0.0, 0.5), patch(1.0, 0.5), patch(0.5, 0.4), patch(0.5, 0.6)];
        let plane = PrincipalPlane::new(&patches);
        assert!((plane.shares[0] + plane.shares[1] - 1.0).abs() < 1e-9, "{:?}", plane.shares);
        assert!((plane.shares[0] - 0.5 / 0.52).abs() < 1e-6);
        for own in &patches {
            let back = plane.patch(plane.place(own));
            for parameter in [FilterCutoff, AmpSustain, OscMix] {
                assert!((back.get(parameter) - own.get(parameter)).abs() < 1e-5, "{}", parameter.name());
            }
        }
    }

    #[test]
    fn patches_that_are_alike_or_missing_have_a_plane_without_extent() {
        for patches in [vec![], vec![patch(0.5, 0.5); 3]] {
            let plane = PrincipalPlane::new(&patches);
            assert_eq!((plane.shares, plane.place(&patch(0.1, 0.9))), ([0.0; 2], [0.0; 2]));
        }
    }

    #[test]
    fn of_the_shipped_presets_two_components_explain_a_sixth() {
        let bytes = include_bytes!("../../../../models/presets.bin");
        let presets = Presets::from_bytes(bytes).unwrap();
        let plane = PrincipalPlane::new(presets.all());
        let all = plane.shares[0] + plane.shares[1];
        assert!((0.165..0.175).contains(&all) && plane.shares[0] > plane.shares[1], "{:?}", plane.shares);
        assert!(dot(&plane.axes[0], &plane.axes[1]).abs() < 1e-9);
    }
}
