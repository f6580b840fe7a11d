//! One optimiser for decoder, surrogate and autoencoder: Adam (Kingma and Ba 2015) whose step size falls to a tenth
//! along half a cosine, and the moving mean of the weights.
//!
//! Each weight is read and written once a step. Candle's own optimiser computes the same numbers, but makes a new
//! tensor for each of 13 operations.

use crate::dense::{Dense, TwoHeaded};
use crate::error::TrainError;
use crate::network::Learner;
use candle_core::{Device, Result, Tensor, Var};
use std::f64::consts::PI;

/// Decay of the moving mean per step: about the last 200 steps, with a lower loss than any of them.
const KEPT: f64 = 0.995;
/// The shares of both moments that a step keeps (Kingma and Ba).
const MOMENTS_KEPT: [f64; 2] = [0.9, 0.999];
/// Keeps a step finite where the gradient is zero (Kingma and Ba).
const EPSILON: f64 = 1e-8;

/// Variables in optimisation.
pub struct VariableDescent {
    variables: Vec<DescendingVariable>,
    rate: f64,
    steps: usize,
    step: usize,
}

/// A variable with a copy of its values, the two moments of its gradient, and the moving mean of its values.
struct DescendingVariable {
    variable: Var,
    values: Vec<f32>,
    moments: [Vec<f32>; 2],
    mean: Vec<f32>,
}

/// The factors of a step, as single precision.
struct StepFactors {
    /// The shares of both moments that are kept; `added` are the shares of the gradient that are added.
    kept: [f32; 2],
    added: [f32; 2],
    /// Corrects both moments for their beginning at zero.
    corrections: [f32; 2],
    rate: f32,
    /// The share of the mean that is kept, and the share of the value that is added.
    mean: [f32; 2],
}

impl VariableDescent {
    /// Starts from the variables' values; there are to be `steps` steps, the first of size `rate`.
    pub fn new(variables: Vec<Var>, rate: f64, steps: usize) -> Result<Self> {
        let variables = variables.into_iter().map(|variable| {
            let values = variable.flatten_all()?.to_vec1::<f32>()?;
            let moments = [vec![0.0; values.len()], vec![0.0; values.len()]];
            Ok(DescendingVariable { variable, mean: values.clone(), values, moments })
        });
        Ok(Self { variables: variables.collect::<Result<_>>()?, rate, steps, step: 0 })
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
        self.step += 1;
        let mean_kept = KEPT.min(self.step as f64 / (self.step + 10) as f64);
        let mean_added = 1.0 - mean_kept;
        let factors = StepFactors {
            kept: MOMENTS_KEPT.map(|kept| kept as f32),
            added: MOMENTS_KEPT.map(|kept| (1.0 - kept) as f32),
            corrections: MOMENTS_KEPT.map(|kept| (1.0 / (1.0 - kept.powi(self.step as i32))) as f32),
            rate: (self.rate * (0.1 + 0.9 * cosine)) as f32,
            mean: [(1.0 - mean_added) as f32, mean_added as f32],
        };
        let gradients = loss.backward()?;
        for variable in &mut self.variables {
            match gradients.get(variable.variable.as_tensor()) {
                Some(gradient) => variable.step(&gradient.flatten_all()?.to_vec1()?, &factors)?,
                None => variable.follow(&factors),
            }
        }
        Ok(value)
    }

    /// The mean of each variable, in their order.
    pub fn means(&self) -> Result<Vec<Tensor>> {
        let mean = |variable: &DescendingVariable| {
            Tensor::from_slice(&variable.mean, variable.variable.shape(), &Device::Cpu)
        };
        self.variables.iter().map(mean).collect()
    }
}

impl DescendingVariable {
    fn step(&mut self, gradient: &[f32], factors: &StepFactors) -> Result<()> {
        let StepFactors { kept, added, corrections, rate, .. } = factors;
        let [firsts, seconds] = &mut self.moments;
        let moments = firsts.iter_mut().zip(seconds);
        for ((value, (first, second)), gradient) in self.values.iter_mut().zip(moments).zip(gradient) {
            *first = *first * kept[0] + gradient * added[0];
            *second = *second * kept[1] + gradient * gradient * added[1];
            let size = (*second * corrections[1]).sqrt() + EPSILON as f32;
            *value -= *first * corrections[0] / size * rate;
        }
        self.variable.set(&Tensor::from_slice(&self.values, self.variable.shape(), &Device::Cpu)?)?;
        self.follow(factors);
        Ok(())
    }

    /// The mean follows the values.
    fn follow(&mut self, factors: &StepFactors) {
        let [kept, added] = factors.mean;
        for (mean, value) in self.mean.iter_mut().zip(&self.values) {
            *mean = *mean * kept + value * added;
        }
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
        self.learner.weights(&self.descent.means()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use candle_nn::{AdamW, Optimizer, ParamsAdamW};

    #[test]
    fn steps_and_means_are_those_of_candle() {
        let values = |n: u32| (0..40).map(|at| ((at * 7 + n) % 11) as f32 * 0.1 - 0.5).collect::<Vec<_>>();
        let variable = || Var::from_tensor(&Tensor::from_vec(values(0), (8, 5), &Device::Cpu)?);
        let wanted = Tensor::from_vec(values(3), (8, 5), &Device::Cpu).expect("a tensor");
        let loss = |variable: &Var| (variable.as_tensor() - &wanted)?.sqr()?.sum_all();
        let [own, candles] = [variable(), variable()].map(|one| one.expect("a variable"));
        let mut descent = VariableDescent::new(vec![own.clone()], 0.1, 30).expect("it starts");
        let adam = ParamsAdamW { lr: 0.1, weight_decay: 0.0, ..Default::default() };
        let mut optimiser = AdamW::new(vec![candles.clone()], adam).expect("it starts");
        let mut mean = candles.as_tensor().copy().expect("a copy").detach();
        for step in 0..30_u32 {
            let progress = f64::from(step) / 30.0;
            optimiser.set_learning_rate(0.1 * (0.1 + 0.9 * 0.5 * (1.0 + (PI * progress).cos())));
            optimiser.backward_step(&loss(&candles).expect("a loss")).expect("a step");
            let share = 1.0 - KEPT.min(f64::from(step + 1) / f64::from(step + 11));
            let added = (candles.as_tensor().detach() * share).expect("a product");
            mean = ((&mean * (1.0 - share)).expect("a product") + added).expect("a sum");
            descent.step(&loss(&own).expect("a loss")).expect("a step");
        }
        let numbers =
            |tensor: &Tensor| tensor.flatten_all().and_then(|flat| flat.to_vec1::<f32>()).expect("numbers");
        assert_eq!(numbers(own.as_tensor()), numbers(candles.as_tensor()));
        assert_eq!(numbers(&descent.means().expect("means")[0]), numbers(&mean));
    }
}
