//! The loss: the distance of two sounds, the distance of two settings, and the step from logits to playable classes.
//! Everything is a mean over the batch.

use candle_core::{D, Device, Result, Tensor};
use candle_nn::ops::log_softmax;
use features::COMPONENT_COUNT;
use patch::encoding::{CATEGORICAL, COLUMN_COUNT, CONTINUOUS, class_range};

/// Columns of the classes.
const CLASS_COLUMNS: usize = COLUMN_COUNT - CONTINUOUS.len();

/// The mean distance, as [`features::coordinate_distance`] computes it, between predicted sounds (batch × 24 and batch
/// × 7) and true ones (batch × 31): a scalar.
pub fn sound_distance([spectrum, timbre]: &[Tensor; 2], wanted: &Tensor) -> Result<Tensor> {
    let (batch, coordinates) = wanted.dims2()?;
    let squares = (spectrum - wanted.narrow(1, 0, COMPONENT_COUNT)?)?.sqr()?.sum_all()?;
    let differences = wanted.narrow(1, COMPONENT_COUNT, coordinates - COMPONENT_COUNT)?;
    let differences = (timbre - differences)?.abs()?.sum_all()?;
    (squares + differences)? / batch as f64
}

/// The distance of decoded columns (batch × 27 in 0–1, batch × 29 logits) from `wanted` (batch × 56), a scalar. It is
/// `squared_error` × mean squared error of the continuous columns + mean cross-entropy of the categoricals, on logits
/// and over all classes.
pub fn setting_distance(
    [continuous, logits]: &[Tensor; 2],
    wanted: &Tensor,
    squared_error: f64,
) -> Result<Tensor> {
    let squares = (continuous - wanted.narrow(1, 0, CONTINUOUS.len())?)?.sqr()?.mean_all()?;
    let mut log_likelihood = Vec::with_capacity(CATEGORICAL.len());
    for parameter in CATEGORICAL {
        let columns = class_range(parameter);
        let wanted = wanted.narrow(1, columns.start, columns.len())?;
        let block = logits.narrow(1, columns.start - CONTINUOUS.len(), columns.len())?;
        log_likelihood.push((wanted * log_softmax(&block, D::Minus1)?)?.sum_all()?);
    }
    let count = wanted.dim(0)? * CATEGORICAL.len();
    let cross_entropy = (Tensor::stack(&log_likelihood, 0)?.sum_all()? / -(count as f64))?;
    (squares * squared_error)? + cross_entropy
}

/// Playable classes with a gradient.
#[derive(Debug)]
pub struct Classes {
    /// 29 × 29: 1 where two columns belong to one categorical.
    together: Tensor,
}

impl Classes {
    /// Records which columns belong to one categorical.
    pub fn new() -> Result<Self> {
        let mut together = vec![0.0f32; CLASS_COLUMNS * CLASS_COLUMNS];
        for block in blocks() {
            for row in block.clone() {
                together[row * CLASS_COLUMNS..][block.clone()].fill(1.0);
            }
        }
        let shape = (CLASS_COLUMNS, CLASS_COLUMNS);
        Ok(Self { together: Tensor::from_vec(together, shape, &Device::Cpu)? })
    }

    /// Makes the greatest of each block of `logits` (batch × 29) 1 and the others 0. The gradient is that of the
    /// softmax instead ("straight through": Bengio et al. 2013, Jang et al. 2017), since a step has no gradient.
    pub fn choose(&self, logits: &Tensor) -> Result<Tensor> {
        let (batch, _) = logits.dims2()?;
        let values: Vec<f32> = logits.flatten_all()?.to_vec1()?;
        let (mut chosen, mut greatest) = (vec![0.0f32; values.len()], vec![0.0f32; values.len()]);
        for row in (0..values.len()).step_by(CLASS_COLUMNS) {
            for block in blocks() {
                let block = row + block.start..row + block.end;
                let best = block.start + evaluate::argmax(&values[block.clone()]);
                chosen[best] = 1.0;
                greatest[block].fill(values[best]);
            }
        }
        let constant = |values| Tensor::from_vec(values, (batch, CLASS_COLUMNS), &Device::Cpu);
        let powers = (logits - constant(greatest)?)?.exp()?;
        let soft = (&powers / powers.matmul(&self.together)?)?;
        (constant(chosen)? - soft.detach())? + &soft
    }
}

/// The class columns of each categorical, counted from the first class column.
fn blocks() -> impl Iterator<Item = std::ops::Range<usize>> {
    CATEGORICAL.into_iter().map(|parameter| {
        let columns = class_range(parameter);
        columns.start - CONTINUOUS.len()..columns.end - CONTINUOUS.len()
    })
}
