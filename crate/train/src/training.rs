//! The training loop. Every random number comes from one seeded generator in a fixed order, so the
//! same seed gives the same weights on the same machine.

use crate::dense::{Autoencoder, Dense, Half};
use crate::error::TrainError;
use crate::loss::{LossWeights, loss};
use crate::network::Layer;
use candle_core::{Device, Tensor};
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use patch::encoding::{CATEGORICAL, COLUMN_COUNT, CONTINUOUS, class_range};
use rand::seq::SliceRandom;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;
use std::f64::consts::PI;

/// One row as the network sees it.
pub type Columns = [f32; COLUMN_COUNT];

/// The settings of the shipped model; they were chosen on banks held out of the training rows,
/// never on the test rows.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Rows of one optimiser step.
    pub batch: usize,
    /// Units of each hidden layer.
    pub width: usize,
    /// Step size of the first epoch; falls to 0 along half a cosine.
    pub learning_rate: f64,
    /// The chance of each input parameter to be replaced by that of a random row (a denoising
    /// autoencoder: the encoder learns how parameters go together).
    pub swap_chance: f64,
    /// The parts of the loss.
    pub loss: LossWeights,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            batch: 64,
            width: 128,
            learning_rate: 1e-3,
            swap_chance: 0.1,
            loss: LossWeights { squared_error: 15.0, divergence: 0.01 },
        }
    }
}

/// How far training has come; given after every epoch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Epochs done, from 1.
    pub epoch: usize,
    /// Epochs in all.
    pub epochs: usize,
    /// The mean loss of the epoch's batches.
    pub loss: f32,
    /// The mean squared error of the continuous columns on the epoch's noisy batches.
    pub mse: f32,
    /// The share of classes that were right on the epoch's noisy batches, 0–1.
    pub accuracy: f32,
}

/// Learns `rows` in `epochs` passes; returns the weights after the last one.
pub fn fit(
    rows: &[Columns],
    seed: u64,
    epochs: usize,
    settings: &Settings,
    progress: &mut dyn FnMut(Progress),
) -> Result<Autoencoder<Dense>, TrainError> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let classes = COLUMN_COUNT - CONTINUOUS.len();
    let initial = Autoencoder {
        encoder: Half::random(COLUMN_COUNT, settings.width, [2, 2], &mut random),
        decoder: Half::random(2, settings.width, [CONTINUOUS.len(), classes], &mut random),
    };
    let network = Autoencoder::<Layer>::new(&initial)?;
    let adam = ParamsAdamW { lr: settings.learning_rate, weight_decay: 0.0, ..Default::default() };
    let mut optimiser = AdamW::new(network.variables(), adam)?;

    let mut order: Vec<usize> = (0..rows.len()).collect();
    let batches = rows.len().div_ceil(settings.batch);
    let steps = (epochs * batches) as f64;
    for epoch in 0..epochs {
        order.shuffle(&mut random);
        let mut sums = [0.0f32; 3];
        for (batch, chosen) in order.chunks(settings.batch).enumerate() {
            let step = (epoch * batches + batch) as f64;
            optimiser.set_learning_rate(settings.learning_rate * 0.5 * (1.0 + (PI * step / steps).cos()));
            let share = chosen.len() as f32 / rows.len() as f32;
            let parts = train_batch(&network, &mut optimiser, rows, chosen, settings, &mut random)?;
            sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += share * part);
        }
        let [loss, mse, accuracy] = sums;
        if !loss.is_finite() {
            return Err(TrainError::Diverged { epoch: epoch + 1 });
        }
        progress(Progress { epoch: epoch + 1, epochs, loss, mse, accuracy });
    }
    Ok(network.weights()?)
}

/// One step; returns loss, squared error and accuracy.
fn train_batch(
    network: &Autoencoder<Layer>,
    optimiser: &mut AdamW,
    rows: &[Columns],
    chosen: &[usize],
    settings: &Settings,
    random: &mut ChaCha8Rng,
) -> candle_core::Result<[f32; 3]> {
    let noisy: Vec<Columns> =
        chosen.iter().map(|&row| swap(rows, row, settings.swap_chance, random)).collect();
    let target: Vec<Columns> = chosen.iter().map(|&row| rows[row]).collect();
    let noise: Vec<f32> = (0..2 * chosen.len()).map(|_| random.sample(StandardNormal)).collect();
    let noise = Tensor::from_vec(noise, (chosen.len(), 2), &Device::Cpu)?;

    let encoded = network.encode(&tensor(&noisy)?)?;
    let deviation = (&encoded[1] * 0.5)?.exp()?;
    let latent = (&encoded[0] + (deviation * noise)?)?;
    let decoded = network.decode(&latent)?;
    let loss = loss(&tensor(&target)?, &decoded, &encoded, settings.loss)?;
    optimiser.backward_step(&loss.total)?;

    let logits: Vec<Vec<f32>> = decoded[1].to_vec2()?;
    let right: usize = target.iter().zip(&logits).map(|(row, logits)| right_classes(row, logits)).sum();
    let accuracy = right as f32 / (chosen.len() * CATEGORICAL.len()) as f32;
    Ok([loss.total.to_scalar()?, loss.squared_error.to_scalar()?, accuracy])
}

/// Rows as a batch × 56 tensor.
pub fn tensor(rows: &[Columns]) -> candle_core::Result<Tensor> {
    Tensor::from_slice(rows.as_flattened(), (rows.len(), COLUMN_COUNT), &Device::Cpu)
}

/// A row with some of its parameters taken from other rows; a categorical is taken as a whole.
fn swap(rows: &[Columns], row: usize, chance: f64, random: &mut impl Rng) -> Columns {
    let mut noisy = rows[row];
    let continuous = (0..CONTINUOUS.len()).map(|column| column..column + 1);
    for columns in continuous.chain(CATEGORICAL.into_iter().map(class_range)) {
        if random.random_bool(chance) {
            let other = random.random_range(0..rows.len());
            noisy[columns.clone()].copy_from_slice(&rows[other][columns]);
        }
    }
    noisy
}

/// How many of the categoricals have their greatest logit where the row has its 1.
fn right_classes(row: &Columns, logits: &[f32]) -> usize {
    let is_right = |parameter| {
        let columns = class_range(parameter);
        let block = &logits[columns.start - CONTINUOUS.len()..columns.end - CONTINUOUS.len()];
        greatest(block) == greatest(&row[columns])
    };
    CATEGORICAL.into_iter().filter(|&parameter| is_right(parameter)).count()
}

/// The position of the first greatest number.
pub fn greatest(values: &[f32]) -> usize {
    (0..values.len())
        .fold(0, |best, candidate| if values[candidate] > values[best] { candidate } else { best })
}
