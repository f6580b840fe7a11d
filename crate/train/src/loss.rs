//! What training minimises: squared error of the continuous columns, softmax cross-entropy of each
//! class block *on its logits and over its whole range*, and the divergence from the unit normal.

use candle_core::{D, Result, Tensor};
use candle_nn::ops::log_softmax;
use patch::encoding::{CATEGORICAL, CONTINUOUS, class_range};

/// How the parts of the loss weigh against the cross-entropy, whose mean over the categoricals
/// counts once.
#[derive(Clone, Copy, Debug)]
pub struct LossWeights {
    /// Of the mean squared error of the continuous columns.
    pub squared_error: f64,
    /// Of the Kullback–Leibler divergence, summed over the latent axes.
    pub divergence: f64,
}

/// The loss of one batch.
pub struct Loss {
    /// The weighted sum, a scalar.
    pub total: Tensor,
    /// The mean squared error of the continuous columns, a scalar.
    pub squared_error: Tensor,
}

/// Compares a decoded batch with what it should be.
///
/// `target` is batch × 56; `continuous` and `logits` are what the decoder gave; `mean` and
/// `log_variance` (batch × 2) what the encoder gave.
pub fn loss(
    target: &Tensor,
    [continuous, logits]: &[Tensor; 2],
    [mean, log_variance]: &[Tensor; 2],
    weights: LossWeights,
) -> Result<Loss> {
    let squared_error = (continuous - target.narrow(1, 0, CONTINUOUS.len())?)?.sqr()?.mean_all()?;
    let batch = target.dim(0)? as f64;
    let mut log_likelihood = Vec::with_capacity(CATEGORICAL.len());
    for parameter in CATEGORICAL {
        let columns = class_range(parameter);
        let wanted = target.narrow(1, columns.start, columns.len())?;
        let block = logits.narrow(1, columns.start - CONTINUOUS.len(), columns.len())?;
        log_likelihood.push((wanted * log_softmax(&block, D::Minus1)?)?.sum_all()?);
    }
    let cross_entropy =
        (Tensor::stack(&log_likelihood, 0)?.sum_all()? / -(batch * CATEGORICAL.len() as f64))?;
    let divergence =
        ((((mean.sqr()? + log_variance.exp()?)? - log_variance)? - 1.0)?.sum_all()? / (2.0 * batch))?;
    let total =
        (((&squared_error * weights.squared_error)? + cross_entropy)? + (divergence * weights.divergence)?)?;
    Ok(Loss { total, squared_error })
}
