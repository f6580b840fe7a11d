//! The encoder: Bayes' rule on a grid. The decoder's sound is measured at every point of the grid. The likelihood of a
//! sound falls with its squared distance from the sound at a point, and the prior is uniform over the square. The
//! posterior is therefore a softmax of scores that are linear in the sound. The encoder gives its mean and variance
//! (generative topographic mapping: Bishop, Svensén and Williams, Neural Computation 10, 1998). No weight is fitted to
//! the training rows here, so that the encoder cannot overfit them.

use crate::dense::Dense;
use features::{AudioFeatures, COMPONENT_COUNT, FEATURE_COUNT, PerceptualDistance, SPECTRAL_COUNT};
use plane::map::Map;
use plane::{LATENT_LIMIT, Point};

/// Squared distance at which a point is less likely by a factor of e, where the training rows' spectra have
/// a mean square of 1. Chosen on the held-back presets, see the model card.
pub const TEMPERATURE: f32 = 0.002;

/// The weight in the squared distance of a squared difference of one point in a timbral scale, if the timbre was
/// measured. ([`PerceptualDistance`] has absolute differences there, which no score that is linear in the sound can
/// have.)
pub const SCALES_WEIGHT: f32 = 0.001 / SCALE_COUNT as f32;

/// The table holds whole multiples of this, so that it compresses to a quarter: next to the squared distance of a
/// preset from the nearest point of the plane, about 0.2, the errors (31 · step² / 12) are negligible.
pub const STEP: f32 = 1.0 / 128.0;

/// The outermost points lie inside of the square by more than rounding errors, so that the sum of rounded shares of
/// them cannot leave it.
const INSIDE: f32 = 1.0 - 1e-6;

/// Timbral scales of a sound.
const SCALE_COUNT: usize = FEATURE_COUNT - SPECTRAL_COUNT - 1;

/// A distribution over the points of a grid, given a sound.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    /// The 170 numbers of a sound → its coordinates ÷ half the temperature: the coordinates of the spectrum, the
    /// scales, and a number that is 0 if the scales were not measured.
    pub projection: Dense,
    /// These coordinates → the logarithm of the likelihood of each point, but for a constant.
    pub scores: Dense,
    /// The points.
    pub points: Vec<Point>,
    /// Variance of an axis within a cell of the grid: no posterior is narrower.
    pub cell_variance: f32,
}

impl Posterior {
    /// The posterior of the features at the points of a `grid`, in the order of [`Map::points`].
    ///
    /// In the squared distance |a − t|² = |a|² − 2 a·t + |t|², the first term is the same for all points, the second is
    /// a product with the table, and the third is a constant of the point. If the scales were not measured, their
    /// second and third terms are 0.
    pub fn new(metric: &PerceptualDistance, plane: &[AudioFeatures], grid: u16) -> Self {
        let coordinates = coordinates(metric);
        let rounded = |value: f32| (value / STEP).round() * STEP;
        let square = |row: &[f32]| row.iter().map(|value| value * value).sum::<f32>();
        let (mut weight, mut bias) = (Vec::new(), Vec::new());
        for features in plane {
            let mut row: Vec<f32> = coordinates.of(&features.vector()).map(rounded).collect();
            let scales = square(&row[COMPONENT_COUNT..COMPONENT_COUNT + SCALE_COUNT]);
            row[COMPONENT_COUNT + SCALE_COUNT] = -scales / 2.0;
            bias.push(-square(&row[..COMPONENT_COUNT]) / TEMPERATURE);
            weight.extend(row);
        }
        let scores = Dense { inputs: coordinates.outputs, outputs: plane.len(), weight, bias };
        let factor = 2.0 / TEMPERATURE;
        let scaled = |values: &[f32]| values.iter().map(|value| value * factor).collect();
        let projection =
            Dense { weight: scaled(&coordinates.weight), bias: scaled(&coordinates.bias), ..coordinates };
        let cell = 2.0 * LATENT_LIMIT / f32::from(grid.max(2) - 1);
        let points = Map::points(grid, LATENT_LIMIT * INSIDE).collect();
        Self { projection, scores, points, cell_variance: cell * cell / 12.0 }
    }
}

/// The 170 numbers of a sound → the coordinates whose squared distance counts, of the spectrum, then of the scales; the
/// last number is 0 if the scales were not measured.
fn coordinates(metric: &PerceptualDistance) -> Dense {
    let (inputs, outputs) = (FEATURE_COUNT, COMPONENT_COUNT + SCALE_COUNT + 1);
    let (mut weight, mut bias) = (vec![0.0; inputs * outputs], vec![0.0; outputs]);
    for (component, (weights, constant)) in metric.spectrum_weights().iter().enumerate() {
        weight[component * inputs..][..SPECTRAL_COUNT].copy_from_slice(weights);
        bias[component] = *constant;
    }
    for scale in 0..SCALE_COUNT {
        weight[(COMPONENT_COUNT + scale) * inputs + SPECTRAL_COUNT + 1 + scale] = SCALES_WEIGHT.sqrt();
    }
    weight[(outputs - 1) * inputs + SPECTRAL_COUNT] = 1.0;
    Dense { inputs, outputs, weight, bias }
}
