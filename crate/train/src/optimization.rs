//! One optimiser for decoder and surrogate: Adam (Kingma and Ba 2015) whose step size falls to a tenth along half a
//! cosine, and the moving mean of the weights.

use crate::dense::{Dense, TwoHeaded};
use crate::error::TrainError;
use crate::network::{Learner, TensorLayer};
use candle_core::{Result, Tensor};
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use std::f64::consts::PI;

/// Decay of the moving mean per step: about the last 200 steps, with a lower loss than any of them.
const KEPT: f64 = 0.995;

/// A network in optimisation.
pub struct Optimization {
    /// The network in training.
    pub learner: Learner,
    optimiser: AdamW,
    mean: TwoHeaded<TensorLayer>,
    rate: f64,
    steps: usize,
    step: usize,
}

impl Optimization {
    /// Starts from `weights`; there are to be `steps` steps, the first of size `rate`.
    pub fn new(weights: &TwoHeaded<Dense>, rate: f64, steps: usize) -> Result<Self> {
        let learner = Learner::new(weights)?;
        let adam = ParamsAdamW { lr: rate, weight_decay: 0.0, ..Default::default() };
        let optimiser = AdamW::new(learner.variables.clone(), adam)?;
        Ok(Self { learner, optimiser, mean: TwoHeaded::fixed(weights)?, rate, steps, step: 0 })
    }

    /// Share of the steps that are done, 0 at the first step, less than 1 at the last.
    pub fn progress(&self) -> f64 {
        self.step as f64 / self.steps.max(1) as f64
    }

    /// One step down the gradient of `loss`, a scalar.
    ///
    /// # Errors
    /// [`TrainError::Diverged`] if the loss is not a number.
    pub fn step(&mut self, loss: &Tensor) -> std::result::Result<f32, TrainError> {
        let value = loss.to_scalar::<f32>()?;
        if !value.is_finite() {
            return Err(TrainError::Diverged);
        }
        let cosine = 0.5 * (1.0 + (PI * self.progress()).cos());
        self.optimiser.set_learning_rate(self.rate * (0.1 + 0.9 * cosine));
        self.optimiser.backward_step(loss)?;
        self.step += 1;
        let kept = KEPT.min(self.step as f64 / (self.step + 10) as f64);
        self.mean = self.mean.moved(&self.learner.network, 1.0 - kept)?;
        Ok(value)
    }

    /// The mean of the weights.
    pub fn weights(&self) -> Result<TwoHeaded<Dense>> {
        self.mean.weights()
    }
}
