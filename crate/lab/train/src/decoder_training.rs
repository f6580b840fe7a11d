//! Trains the decoder to sound like each patch at and around that patch's point. The surrogate predicts the sound of
//! its output, with playable classes.

use crate::Columns;
use crate::dense::{Dense, TwoHeaded};
use crate::error::TrainError;
use crate::loss::{Classes, setting_distance, sound_distance};
use crate::optimization::Optimization;
use crate::pool::Pool;
use crate::tensors::{columns, gumbel, points as point_rows, sounds};
use candle_core::{Result, Tensor};
use candle_nn::ops::sigmoid;
use model::kinds::LATENT_COUNT;
use patch::encoding::{COLUMN_COUNT, CONTINUOUS};
use plane::{LATENT_LIMIT, Point};
use rand::{Rng, RngExt};
use rand_distr::StandardNormal;

/// The schedule of the decoder's training; each pair is the value of the first step and of the last one.
#[derive(Clone, Copy, Debug)]
pub struct DecoderSchedule {
    /// Optimiser steps.
    pub steps: usize,
    /// Size of the first step.
    pub rate: f64,
    /// Standard deviation of the points around a patch's own that are trained on its sound: a wider one makes the
    /// plane smoother and less exact.
    pub spread: [f32; 2],
    /// Weight of the settings against the sound: they dominate at first, then the sound.
    pub settings: [f64; 2],
    /// Weight of the smoothness: of the timbre's change within a cell of the 50 × 50 map.
    pub smoothness_weight: f64,
}

/// Patches of one step; each is trained at two points.
const BATCH: usize = 128;
/// One in this many of them is an augmented one: enough to fill the parts of the plane without training rows.
const AUGMENTED_IN: usize = 4;
/// A cell of the 50 × 50 map, in latent units.
const CELL: f32 = 2.0 * LATENT_LIMIT / 50.0;
/// The weight of the squared error of the continuous columns against the cross-entropy of the classes.
const SQUARED_ERROR: f64 = 15.0;

/// An untrained decoder. Its first layer is initialised so that its units are nonlinear all over the square; with
/// weights as small as the other layers', only near the middle.
pub fn untrained(width: usize, random: &mut impl Rng) -> TwoHeaded<Dense> {
    let classes = COLUMN_COUNT - CONTINUOUS.len();
    let mut decoder = TwoHeaded::random(LATENT_COUNT, width, [CONTINUOUS.len(), classes], random);
    let first = &mut decoder.hidden[0];
    first.weight.iter_mut().for_each(|weight| *weight = random.sample(StandardNormal));
    first.bias.iter_mut().for_each(|bias| *bias = random.random_range(-LATENT_LIMIT..LATENT_LIMIT));
    decoder
}

/// Learns from `pool`, whose patches lie at `points`; the first `rows` of them are presets, the others
/// augmented. `pool` has at least one row.
pub fn learn(
    decoder: &TwoHeaded<Dense>,
    surrogate: &TwoHeaded<Dense>,
    (pool, points, rows): (&Pool, &[Point], usize),
    schedule: &DecoderSchedule,
    random: &mut impl Rng,
) -> std::result::Result<TwoHeaded<Dense>, TrainError> {
    let surrogate = TwoHeaded::fixed(surrogate)?;
    let classes = Classes::new()?;
    let mut optimization = Optimization::new(decoder, schedule.rate, schedule.steps)?;
    for _ in 0..schedule.steps {
        let between = |[first, last]: [f64; 2], progress: f64| first * (last / first).powf(progress);
        let spread = between(schedule.spread.map(f64::from), optimization.progress()) as f32;
        let settings = between(schedule.settings, optimization.progress());
        let chosen: Vec<usize> = (0..BATCH)
            .map(|at| match pool.len() {
                all if at % AUGMENTED_IN == 0 && all > rows => random.random_range(rows..all),
                _ => random.random_range(0..rows),
            })
            .collect();
        // The second half are neighbours of the first.
        let mut latent: Vec<Point> = chosen.iter().map(|&row| near(points[row], spread, random)).collect();
        latent.extend(neighbours(&latent, random));
        let twice = || chosen.iter().chain(&chosen);
        let wanted: Vec<_> = twice().map(|&row| pool.sounds[row]).collect();
        let set: Vec<_> = twice().map(|&row| pool.columns[row]).collect();

        let decoded = decode(&optimization.learner.network, &point_rows(&latent)?)?;
        // Neighbours share their noise, so that only the plane differs between them.
        let noise = gumbel(BATCH, COLUMN_COUNT - CONTINUOUS.len(), random)?;
        let played = classes.choose(&(&decoded[1] + Tensor::cat(&[&noise, &noise], 0)?)?)?;
        let predicted = surrogate.forward(&Tensor::cat(&[&decoded[0], &played], 1)?)?;
        let loss = (sound_distance(&predicted, &sounds(&wanted)?)?
            + (setting_distance(&decoded, &columns(&set)?, SQUARED_ERROR)? * settings)?)?;
        let change = (predicted[1].narrow(0, 0, BATCH)? - predicted[1].narrow(0, BATCH, BATCH)?)?;
        let change = (change.abs()?.sum_all()? / BATCH as f64)?;
        optimization.step(&(loss + (change * schedule.smoothness_weight)?)?)?;
    }
    Ok(optimization.weights()?)
}

/// Batch × 2 → the continuous columns in 0–1 (batch × 27) and the class logits (batch × 29).
pub fn decode(decoder: &TwoHeaded<crate::network::TensorLayer>, latent: &Tensor) -> Result<[Tensor; 2]> {
    let [continuous, logits] = decoder.forward(latent)?;
    Ok([sigmoid(&continuous)?, logits])
}

/// The decoder's output for many points.
pub fn decoded(decoder: &TwoHeaded<Dense>, points: &[Point]) -> Result<Vec<Columns>> {
    let [continuous, logits] = decode(&TwoHeaded::fixed(decoder)?, &point_rows(points)?)?;
    let rows: Vec<Vec<f32>> = Tensor::cat(&[continuous, logits], 1)?.to_vec2()?;
    Ok(rows.iter().map(|row| std::array::from_fn(|column| row[column])).collect())
}

/// A point near another, inside of the square.
fn near(point: Point, deviation: f32, random: &mut impl Rng) -> Point {
    let mut moved = |axis: f32| {
        (axis + deviation * random.sample::<f32, _>(StandardNormal)).clamp(-LATENT_LIMIT, LATENT_LIMIT)
    };
    Point { x: moved(point.x), y: moved(point.y) }
}

/// Points a cell away, each in a direction of its own.
fn neighbours(points: &[Point], random: &mut impl Rng) -> Vec<Point> {
    let beside = |&Point { x, y }: &Point| {
        let (sine, cosine) = random.random_range(0.0..std::f32::consts::TAU).sin_cos();
        Point::on_plane(x + CELL * cosine, y + CELL * sine)
    };
    points.iter().map(beside).collect()
}
