//! The encoder learns to put a patch where the decoder sounds like it: it sees the patch's columns and
//! hears its sound, and is judged by the surrogate's ear at a point drawn from the normal distribution that
//! it gives. The prior is even over the square, so of the divergence only the entropy is left.

use crate::Columns;
use crate::decoder_training::decode;
use crate::dense::{Dense, Half};
use crate::descent::Descent;
use crate::error::TrainError;
use crate::loss::{Classes, sound_distance};
use crate::network::Layer;
use crate::pool::Pool;
use crate::tensors::{normal, rows_of, sounds};
use candle_core::{Result, Tensor};
use ear::COMPONENT_COUNT;
use latent::contract::{LATENT_COUNT, LATENT_LIMIT};
use patch::encoding::{CATEGORICAL, COLUMN_COUNT, CONTINUOUS, class_range};
use rand::{Rng, RngExt};

/// How the encoder learns.
#[derive(Clone, Copy, Debug)]
pub struct EncoderLesson {
    /// Optimiser steps.
    pub steps: usize,
    /// Size of the first step.
    pub rate: f64,
    /// Weight of the squared distance from the patch's point, in the first step and the last: it shows the
    /// way from far, where the sound has no slope that leads there.
    pub point: [f64; 2],
    /// Weight of the entropy: the wider the distribution, the safer the point that is its middle.
    pub entropy: f64,
    /// The chance of each parameter to be replaced by that of a random patch: what is heard counts.
    pub swap: f64,
    /// Standard deviation of the noise on each of the spectrum's coordinates (the training rows have a
    /// mean square of 1 over all of them): keeps the encoder from learning sounds by heart.
    pub noise: f64,
}

/// Patches of one step.
const BATCH: usize = 256;

/// What an encoder learns from: columns, then the spectrum's coordinates. These 24 numbers keep nearly all
/// of the 162 features; learning from all of them, it learned sounds by heart.
pub const INPUT_COUNT: usize = COLUMN_COUNT + COMPONENT_COUNT;

/// An encoder that has learned nothing.
pub fn untrained(width: usize, random: &mut impl Rng) -> Half<Dense> {
    Half::random(INPUT_COUNT, width, [LATENT_COUNT; 2], random)
}

/// Learns from `pool`, whose patches lie at `points`. The encoder that is given and returned reads the
/// spectrum's coordinates ([`Half::reading`] makes it read features). `pool` has at least one row.
pub fn learn(
    encoder: &Half<Dense>,
    (decoder, surrogate): (&Half<Dense>, &Half<Dense>),
    (pool, points): (&Pool, &[[f32; 2]]),
    lesson: &EncoderLesson,
    random: &mut impl Rng,
) -> std::result::Result<Half<Dense>, TrainError> {
    let (decoder, surrogate) = (Half::fixed(decoder)?, Half::fixed(surrogate)?);
    let classes = Classes::new()?;
    let mut descent = Descent::new(encoder, lesson.rate, lesson.steps)?;
    for _ in 0..lesson.steps {
        let [first, last] = lesson.point;
        let point_weight = first * (last / first).powf(descent.progress());
        let chosen: Vec<usize> = (0..BATCH).map(|_| random.random_range(0..pool.len())).collect();
        let seen: Vec<Columns> =
            chosen.iter().map(|&row| swap(&pool.columns, row, lesson.swap, random)).collect();
        let wanted: Vec<_> = chosen.iter().map(|&row| pool.sounds[row]).collect();
        let wanted = sounds(&wanted)?;
        let places: Vec<_> = chosen.iter().map(|&row| points[row]).collect();

        let noise = (normal(BATCH, COMPONENT_COUNT, random)? * lesson.noise)?;
        let heard = (wanted.narrow(1, 0, COMPONENT_COUNT)? + noise)?;
        let input = Tensor::cat(&[rows_of(&seen)?, heard], 1)?;
        let [mean, log_variance] = encode(&descent.learner.network, &input)?;
        let deviation = (&log_variance * 0.5)?.exp()?;
        let latent = (&mean + (deviation * normal(BATCH, LATENT_COUNT, random)?)?)?;
        let [continuous, logits] = decode(&decoder, &latent)?;
        let sounding = surrogate.forward(&Tensor::cat(&[continuous, classes.choose(&logits)?], 1)?)?;
        let sound = sound_distance(&sounding, &wanted)?;
        let away = ((mean - rows_of(&places)?)?.sqr()?.sum_all()? * (point_weight / BATCH as f64))?;
        let entropy = (log_variance.sum_all()? * (0.5 * lesson.entropy / BATCH as f64))?;
        descent.step(&((sound + away)? - entropy)?)?;
    }
    Ok(descent.weights()?)
}

/// Batch × inputs → mean, always inside of the square, and log-variance, batch × 2 each.
pub fn encode(encoder: &Half<Layer>, input: &Tensor) -> Result<[Tensor; 2]> {
    let [mean, log_variance] = encoder.forward(input)?;
    Ok([(mean.tanh()? * f64::from(LATENT_LIMIT))?, log_variance])
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
