//! The encoder: Bayes' rule on a grid. What the decoder sounds like is heard at every point of the grid;
//! the likelihood of a sound falls with its squared distance from what is heard there, the prior is even over
//! the square, and so the posterior is a softmax of scores that are linear in the sound. The encoder gives
//! its mean and variance (generative topographic mapping: Bishop, Svensén and Williams, Neural Computation
//! 10, 1998). Nothing is learned here that could be learned by heart.

use crate::dense::Dense;
use ear::{COMPONENT_COUNT, FEATURE_COUNT, Heard, Hearing, NUMBER_COUNT};
use plane::LATENT_LIMIT;
use plane::map::Map;

/// Squared distance at which a point is less likely by a factor of e, where the training rows' spectra have
/// a mean square of 1. Chosen on the held-back presets, see the model card.
pub const TEMPERATURE: f32 = 0.002;

/// What a squared point of difference in a timbral scale adds to the squared distance, where the timbre was
/// judged. (The distance of `ear` has absolute differences there, which no score that is linear in the sound
/// can have.)
pub const SCALES_WEIGHT: f32 = 0.001 / SCALE_COUNT as f32;

/// The table holds whole multiples of this, so that it packs to a quarter: next to the squared distance of a
/// preset from the nearest point of the plane, about 0.2, the errors (31 · step² / 12) are nothing.
pub const STEP: f32 = 1.0 / 128.0;

/// The outermost points lie a rounding's breadth inside of the square, which the sum of rounded shares of them
/// therefore cannot leave.
const INSIDE: f32 = 1.0 - 1e-6;

/// Timbral scales of a sound.
const SCALE_COUNT: usize = NUMBER_COUNT - FEATURE_COUNT - 1;

/// A distribution over the points of a grid, given a sound.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    /// The 170 numbers of a sound → its coordinates ÷ half the temperature: those of the spectrum, the scales,
    /// and whether these were judged.
    pub listening: Dense,
    /// These → the logarithm of the likelihood of each point, but for a constant.
    pub scores: Dense,
    /// The points.
    pub points: Vec<[f32; 2]>,
    /// Variance of an axis within a cell of the grid: no posterior is narrower.
    pub cell_variance: f32,
}

impl Posterior {
    /// From what the decoder sounds like at the points of a `grid`, in the order of [`Map::points`].
    ///
    /// Of the squared distance |a − t|² = |a|² − 2 a·t + |t|², the first term is the same for all points, the
    /// second is a product with the table, and the third a constant of the point; where the scales were not
    /// judged, both of theirs are 0.
    pub fn new(hearing: &Hearing, plane: &[Heard], grid: u16) -> Self {
        let coordinates = coordinates(hearing);
        let rounded = |value: f32| (value / STEP).round() * STEP;
        let square = |row: &[f32]| row.iter().map(|value| value * value).sum::<f32>();
        let (mut weight, mut bias) = (Vec::new(), Vec::new());
        for heard in plane {
            let mut row: Vec<f32> = coordinates.of(&heard.numbers()).map(rounded).collect();
            let scales = square(&row[COMPONENT_COUNT..COMPONENT_COUNT + SCALE_COUNT]);
            row[COMPONENT_COUNT + SCALE_COUNT] = -scales / 2.0;
            bias.push(-square(&row[..COMPONENT_COUNT]) / TEMPERATURE);
            weight.extend(row);
        }
        let scores = Dense { inputs: coordinates.outputs, outputs: plane.len(), weight, bias };
        let factor = 2.0 / TEMPERATURE;
        let scaled = |values: &[f32]| values.iter().map(|value| value * factor).collect();
        let listening =
            Dense { weight: scaled(&coordinates.weight), bias: scaled(&coordinates.bias), ..coordinates };
        let cell = 2.0 * LATENT_LIMIT / f32::from(grid.max(2) - 1);
        let points = Map::points(grid, LATENT_LIMIT * INSIDE).collect();
        Self { listening, scores, points, cell_variance: cell * cell / 12.0 }
    }
}

/// The 170 numbers of a sound → the coordinates whose squared distance counts: those of the spectrum, then
/// the scales; and last whether the scales were judged.
fn coordinates(hearing: &Hearing) -> Dense {
    let (inputs, outputs) = (NUMBER_COUNT, COMPONENT_COUNT + SCALE_COUNT + 1);
    let (mut weight, mut bias) = (vec![0.0; inputs * outputs], vec![0.0; outputs]);
    for (component, (weights, constant)) in hearing.spectrum_weights().iter().enumerate() {
        weight[component * inputs..][..FEATURE_COUNT].copy_from_slice(weights);
        bias[component] = *constant;
    }
    for scale in 0..SCALE_COUNT {
        weight[(COMPONENT_COUNT + scale) * inputs + FEATURE_COUNT + 1 + scale] = SCALES_WEIGHT.sqrt();
    }
    weight[(outputs - 1) * inputs + FEATURE_COUNT] = 1.0;
    Dense { inputs, outputs, weight, bias }
}
