//! Trains one network: the loss is the distance of its columns from the target's, and for an autoencoder also depends
//! on the distribution of its latent numbers and the sound that is reconstructed from them.

use super::autoencoder::{self, LATENT_COUNT, Latent};
use super::computation::Computation;
use super::networks::{Model, guess};
use super::pairs::Batch;
use super::parameters::{NamedLayers, Parameters};
use super::sounds::SoundGroup;
use crate::error::TrainError;
use crate::loss::setting_distance;
use crate::optimization::VariableDescent;
use candle_core::{Device, Result, Tensor};
use features::Phi;
use features::spectrum::BAND_COUNT;
use matching::TIME_COUNT;
use patch::encoding::{COLUMN_COUNT, CONTINUOUS};
use patch::full_encoding::FULL_COUNT;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;

/// The schedule of a training.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    /// Steps.
    pub steps: usize,
    /// Pairs of one step.
    pub batch: usize,
    /// Size of the first step.
    pub rate: f64,
}

/// A class's logit is this many times its column.
const SHARPNESS: f64 = 6.0;
/// Weight of the squared error of continuous columns against the cross-entropy.
const SQUARED_ERROR: f64 = 10.0;
/// Weight of the levels that an autoencoder reconstructs.
const RECONSTRUCTION: f64 = 1.0;
/// Weight of the posterior's divergence from the standard normal distribution at the end of the training, for each
/// latent number; it rises from 0 over the first half.
const DIVERGENCE: f64 = 1e-3;
/// Weight of the likelihood of the target's columns by a regression flow, for each number.
const LIKELIHOOD: f64 = 0.02;
/// Noise added to columns for that likelihood: classes have no density.
const DEQUANTISATION: f32 = 0.05;

/// Trains a model.
pub fn learn(
    model: Model,
    groups: &[SoundGroup],
    level: &Phi,
    schedule: &Schedule,
    seed: u64,
    mut stepped: impl FnMut(f32),
) -> std::result::Result<NamedLayers, TrainError> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut layers = Parameters::new(ChaCha8Rng::seed_from_u64(seed.wrapping_add(1 << 32)));
    let mut descent: Option<VariableDescent> = None;
    for step in 0..schedule.steps {
        let batch = Batch::draw(groups, level, schedule.batch, &mut random)?;
        let guessed = guess(&mut layers, model, &batch.input)?;
        let after = (&batch.start + &guessed.correction)?;
        let columns = column_distance(&after, &batch.wanted)?;
        let mut loss = columns.clone();
        if let Some(latent) = &guessed.latent {
            let share = (2.0 * step as f64 / schedule.steps as f64).min(1.0);
            let latent = latent_loss(&mut layers, model, latent, &batch, share, &mut random)?;
            loss = (loss + latent)?;
        }
        let descent = match &mut descent {
            Some(descent) => descent,
            None => descent.insert(VariableDescent::new(layers.variables(), schedule.rate, schedule.steps)?),
        };
        descent.step(&loss)?;
        stepped(columns.to_scalar()?);
    }
    let values = descent.as_ref().map(VariableDescent::means).transpose()?.unwrap_or_default();
    Ok(layers.layers(&values)?)
}

/// The distance of columns from the target's.
fn column_distance(after: &Tensor, wanted: &Tensor) -> Result<Tensor> {
    let count = CONTINUOUS.len();
    let continuous = after.narrow(1, 0, count)?;
    let logits = (after.narrow(1, count, COLUMN_COUNT - count)? * SHARPNESS)?;
    let encoded = setting_distance(&[continuous, logits], wanted, SQUARED_ERROR)?;
    let distortion = (after - wanted)?.narrow(1, COLUMN_COUNT, 1)?.sqr()?.mean_all()?;
    encoded + (distortion * (SQUARED_ERROR / count as f64))?
}

fn latent_loss(
    layers: &mut Parameters,
    model: Model,
    latent: &Latent<Tensor>,
    batch: &Batch,
    share: f64,
    random: &mut impl Rng,
) -> Result<Tensor> {
    let rows = latent.sample.dim(0)?;
    let given_back = autoencoder::decoder(layers, &latent.sample)?;
    let levels = batch.input.levels.reshape((rows, TIME_COUNT, 2 * BAND_COUNT))?;
    let levels = levels.narrow(2, 0, BAND_COUNT)?.reshape((rows, TIME_COUNT * BAND_COUNT))?;
    let reconstruction = ((given_back - levels)?.sqr()?.mean_all()? * RECONSTRUCTION)?;
    let divergence = match model {
        Model::Wae => discrepancy(&latent.sample, &normal(rows, LATENT_COUNT, random)?)?,
        // The logarithm of the density of the drawn numbers less that of the standard normal distribution.
        _ => {
            let mut density = (&latent.log_variance * -0.5)?.sum_all()?;
            for scales in &latent.log_scales {
                density = (density - scales.sum_all()?)?;
            }
            ((density + (latent.sample.sqr()? * 0.5)?.sum_all()?)? / rows as f64)?
        }
    };
    let mut loss = (reconstruction + (divergence * (DIVERGENCE * share))?)?;
    if model == Model::VaeFlowPost {
        loss = (loss + (likelihood(layers, latent, batch, random)? * LIKELIHOOD)?)?;
    }
    Ok(loss)
}

/// The negative logarithm of the model's density at the wanted correction, for each number.
fn likelihood(
    layers: &mut Parameters,
    latent: &Latent<Tensor>,
    batch: &Batch,
    random: &mut impl Rng,
) -> Result<Tensor> {
    let rows = latent.mean.dim(0)?;
    let correction = (&batch.wanted - &batch.start)?;
    let noise = (normal(rows, FULL_COUNT, random)? * f64::from(DEQUANTISATION))?;
    // There are more latent numbers than columns; the others are noise alone.
    let rest = (normal(rows, LATENT_COUNT - FULL_COUNT, random)? * f64::from(DEQUANTISATION))?;
    let wanted = layers.join(&(correction + noise)?, &rest)?;
    let (before, log_scales) = autoencoder::inverse(layers, &wanted)?;
    let squares = ((before - &latent.mean)?.sqr()? * (latent.log_variance.neg()?).exp()?)?;
    let mut sum = ((squares + &latent.log_variance)? * 0.5)?.sum_all()?;
    for scales in &log_scales {
        sum = (sum + scales.sum_all()?)?;
    }
    sum / (rows * LATENT_COUNT) as f64
}

/// The maximum mean discrepancy of two sets of rows with inverse quadratic kernels, times the number of columns.
fn discrepancy(a: &Tensor, b: &Tensor) -> Result<Tensor> {
    let (rows, length) = a.dims2()?;
    let kernel = |a: &Tensor, b: &Tensor| -> Result<Tensor> {
        let squares = |x: &Tensor| x.sqr()?.sum_keepdim(1);
        let apart = (squares(a)?.broadcast_add(&squares(b)?.t()?)? - (a.matmul(&b.t()?)? * 2.0)?)?;
        let scale = 2.0 * length as f64;
        ((apart / scale)? + 1.0)?.recip()?.sum_all()
    };
    ((kernel(a, a)? + kernel(b, b)?)? - (kernel(a, b)? * 2.0)?)? * (length as f64 / (rows * rows) as f64)
}

fn normal(rows: usize, length: usize, random: &mut impl Rng) -> Result<Tensor> {
    let numbers: Vec<f32> = (0..rows * length).map(|_| random.sample(StandardNormal)).collect();
    Tensor::from_vec(numbers, (rows, length), &Device::Cpu)
}
