//! One optimiser for decoder and surrogate: Adam (Kingma and Ba 2015) whose step size falls to a tenth along half a
//! cosine, and the moving mean of the weights.

use crate::dense::{Dense, TwoHeaded};
use crate::error::TrainError;
use crate::network::Learner;
use candle_core::{Result, Tensor, Var};
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use std::f64::consts::PI;

/// Decay of the moving mean per step: about the last 200 steps, with a lower loss than any of them.
const KEPT: f64 = 0.995;

/// Variables in optimisation.
pub struct VariableDescent {
    variables: Vec<Var>,
    optimiser: AdamW,
    means: Vec<Tensor>,
    rate: f64,
    steps: usize,
    step: usize,
}

impl VariableDescent {
    /// Starts from the variables' values; there are to be `steps` steps, the first of size `rate`.
    pub fn new(variables: Vec<Var>, rate: f64, steps: usize) -> Result<Self> {
        let adam = ParamsAdamW { lr: rate, weight_decay: 0.0, ..Default::default() };
        let optimiser = AdamW::new(variables.clone(), adam)?;
        let means = variables
            .iter()
            .map(|variable| Ok(variable.as_tensor().copy()?.detach()))
            .collect::<Result<_>>()?;
        Ok(Self { variables, optimiser, means, rate, steps, step: 0 })
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
        let share = 1.0 - KEPT.min(self.step as f64 / (self.step + 10) as f64);
        for (mean, variable) in self.means.iter_mut().zip(&self.variables) {
            *mean = ((&*mean * (1.0 - share))? + (variable.as_tensor().detach() * share)?)?;
        }
        Ok(value)
    }

    /// The mean of each variable, in their order.
    pub fn means(&self) -> &[Tensor] {
        &self.means
    }
}

/// A network in optimisation.
pub struct Optimization {
    /// The network in training.
    pub learner: Learner,
    descent: VariableDescent,
}

impl Optimization {
    /// Starts from `weights`; there are to be `steps` steps, the first of size `rate`.
    pub fn new(weights: &TwoHeaded<Dense>, rate: f64, steps: usize) -> Result<Self> {
        let learner = Learner::new(weights)?;
        let descent = VariableDescent::new(learner.variables.clone(), rate, steps)?;
        Ok(Self { learner, descent })
    }

    /// As [`VariableDescent::progress`].
    pub fn progress(&self) -> f64 {
        self.descent.progress()
    }

    /// As [`VariableDescent::step`].
    ///
    /// # Errors
    /// [`TrainError::Diverged`] if the loss is not a number.
    pub fn step(&mut self, loss: &Tensor) -> std::result::Result<f32, TrainError> {
        self.descent.step(loss)
    }

    /// The mean of the weights.
    pub fn weights(&self) -> Result<TwoHeaded<Dense>> {
        self.learner.weights(self.descent.means())
    }
}
