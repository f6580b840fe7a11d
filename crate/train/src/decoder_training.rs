//! The decoder learns to sound like each patch at and around that patch's point. What it makes is
//! judged by the surrogate, with the classes that would be played.

use crate::Columns;
use crate::dense::{Dense, Half};
use crate::descent::Descent;
use crate::error::TrainError;
use crate::loss::{Classes, setting_distance, sound_distance};
use crate::pool::Pool;
use crate::tensors::{columns, gumbel, rows_of, sounds};
use candle_core::{Result, Tensor};
use candle_nn::ops::sigmoid;
use model::contract::LATENT_COUNT;
use patch::encoding::{COLUMN_COUNT, CONTINUOUS};
use plane::LATENT_LIMIT;
use rand::{Rng, RngExt};
use rand_distr::StandardNormal;

/// How the decoder learns; each pair is the value of the first step and of the last one.
#[derive(Clone, Copy, Debug)]
pub struct DecoderLesson {
    /// Optimiser steps.
    pub steps: usize,
    /// Size of the first step.
    pub rate: f64,
    /// Standard deviation of the points around a patch's own at which it is to sound alike: the wider,
    /// the smoother and the less exact the plane.
    pub around: [f32; 2],
    /// Weight of the settings against the sound: they lead to a patch at first, the sound decides.
    pub settings: [f64; 2],
    /// Weight of how much the sound changes within a cell of the 50 × 50 map.
    pub calm: f64,
}

/// Patches of one step; each is asked for at two points.
const BATCH: usize = 128;
/// Of them, how many are bred ones, one in this many: enough to fill what the training rows leave empty.
const BRED_IN: usize = 4;
/// A cell of the 50 × 50 map, in latent units.
const CELL: f32 = 2.0 * LATENT_LIMIT / 50.0;
/// What the squared error of the continuous columns weighs against the cross-entropy of the classes.
const SQUARED_ERROR: f64 = 15.0;

/// A decoder that has learned nothing. Its first layer is drawn so that its units bend all over the
/// square; with weights as small as the other layers', they would bend near the middle alone.
pub fn untrained(width: usize, random: &mut impl Rng) -> Half<Dense> {
    let classes = COLUMN_COUNT - CONTINUOUS.len();
    let mut decoder = Half::random(LATENT_COUNT, width, [CONTINUOUS.len(), classes], random);
    let first = &mut decoder.hidden[0];
    first.weight.iter_mut().for_each(|weight| *weight = random.sample(StandardNormal));
    first.bias.iter_mut().for_each(|bias| *bias = random.random_range(-LATENT_LIMIT..LATENT_LIMIT));
    decoder
}

/// Learns from `pool`, whose patches lie at `points`; the first `rows` of them are presets, the others
/// bred. `pool` has at least one row.
pub fn learn(
    decoder: &Half<Dense>,
    surrogate: &Half<Dense>,
    (pool, points, rows): (&Pool, &[[f32; 2]], usize),
    lesson: &DecoderLesson,
    random: &mut impl Rng,
) -> std::result::Result<Half<Dense>, TrainError> {
    let surrogate = Half::fixed(surrogate)?;
    let classes = Classes::new()?;
    let mut descent = Descent::new(decoder, lesson.rate, lesson.steps)?;
    for _ in 0..lesson.steps {
        let between = |[first, last]: [f64; 2], progress: f64| first * (last / first).powf(progress);
        let around = between(lesson.around.map(f64::from), descent.progress()) as f32;
        let settings = between(lesson.settings, descent.progress());
        let chosen: Vec<usize> = (0..BATCH)
            .map(|at| match pool.len() {
                all if at % BRED_IN == 0 && all > rows => random.random_range(rows..all),
                _ => random.random_range(0..rows),
            })
            .collect();
        // The second half are neighbours of the first.
        let mut latent: Vec<[f32; 2]> = chosen.iter().map(|&row| near(points[row], around, random)).collect();
        latent.extend(neighbours(&latent, random));
        let twice = || chosen.iter().chain(&chosen);
        let wanted: Vec<_> = twice().map(|&row| pool.sounds[row]).collect();
        let set: Vec<_> = twice().map(|&row| pool.columns[row]).collect();

        let decoded = decode(&descent.learner.network, &rows_of(&latent)?)?;
        // Neighbours share their chance, so that what differs between them is the plane.
        let noise = gumbel(BATCH, COLUMN_COUNT - CONTINUOUS.len(), random)?;
        let played = classes.choose(&(&decoded[1] + Tensor::cat(&[&noise, &noise], 0)?)?)?;
        let heard = surrogate.forward(&Tensor::cat(&[&decoded[0], &played], 1)?)?;
        let loss = (sound_distance(&heard, &sounds(&wanted)?)?
            + (setting_distance(&decoded, &columns(&set)?, SQUARED_ERROR)? * settings)?)?;
        let change = (heard[1].narrow(0, 0, BATCH)? - heard[1].narrow(0, BATCH, BATCH)?)?;
        let change = (change.abs()?.sum_all()? / BATCH as f64)?;
        descent.step(&(loss + (change * lesson.calm)?)?)?;
    }
    Ok(descent.weights()?)
}

/// Batch × 2 → the continuous columns in 0–1 (batch × 27) and the class logits (batch × 29).
pub fn decode(decoder: &Half<crate::network::Layer>, latent: &Tensor) -> Result<[Tensor; 2]> {
    let [continuous, logits] = decoder.forward(latent)?;
    Ok([sigmoid(&continuous)?, logits])
}

/// What a decoder makes of many points.
pub fn decoded(decoder: &Half<Dense>, points: &[[f32; 2]]) -> Result<Vec<Columns>> {
    let [continuous, logits] = decode(&Half::fixed(decoder)?, &rows_of(points)?)?;
    let rows: Vec<Vec<f32>> = Tensor::cat(&[continuous, logits], 1)?.to_vec2()?;
    Ok(rows.iter().map(|row| std::array::from_fn(|column| row[column])).collect())
}

/// A point near another, inside of the square.
fn near(point: [f32; 2], deviation: f32, random: &mut impl Rng) -> [f32; 2] {
    point.map(|axis| {
        (axis + deviation * random.sample::<f32, _>(StandardNormal)).clamp(-LATENT_LIMIT, LATENT_LIMIT)
    })
}

/// Points a cell away, each in a direction of its own.
fn neighbours(points: &[[f32; 2]], random: &mut impl Rng) -> Vec<[f32; 2]> {
    let beside = |&[x, y]: &[f32; 2]| {
        let (sine, cosine) = random.random_range(0.0..std::f32::consts::TAU).sin_cos();
        [x + CELL * cosine, y + CELL * sine].map(|axis| axis.clamp(-LATENT_LIMIT, LATENT_LIMIT))
    };
    points.iter().map(beside).collect()
}
