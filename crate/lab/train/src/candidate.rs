//! One model from one seed: a self-organizing map of the training sounds initialises the plane, then decoder,
//! surrogate and the presets' points are trained by turns, round by round.
//!
//! It is trained by expectation maximisation, as a generative topographic map is: finding each preset's point by
//! comparing sounds is the expectation step, training the decoder on these points the maximisation step.

use crate::decoder_training::{self, DecoderSchedule, decoded};
use crate::dense::{Dense, TwoHeaded};
use crate::error::TrainError;
use crate::nearest::nearest;
use crate::pool::{Pool, extract, playable};
use crate::progress::Reporter;
use crate::self_organizing_map::{centres, self_organizing_map};
use crate::settings::Settings;
use crate::single_thread::SingleThread;
use crate::{Columns, surrogate};
use features::{PerceptualDistance, SoundCoordinates};
use plane::{LATENT_LIMIT, Point};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Cells along each axis for the surrogate's search of the presets' points.
const FINE_GRID: usize = 80;

/// The common inputs of all candidates.
pub struct SharedInputs<'a> {
    /// The training presets, then patches augmented from them.
    pub known: &'a Pool,
    /// The number of presets among them.
    pub rows: usize,
    /// The perceptual distance, fitted to the presets.
    pub metric: &'a PerceptualDistance,
    /// A surrogate trained on `known`.
    pub surrogate: &'a TwoHeaded<Dense>,
}

/// Trains a decoder.
pub fn candidate(
    shared: &SharedInputs,
    seed: u64,
    settings: &Settings,
    reporter: &Reporter,
) -> Result<TwoHeaded<Dense>, TrainError> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let SharedInputs { known, rows, metric, .. } = *shared;
    let thread = SingleThread::new()?;
    let mut surrogate = shared.surrogate.clone();
    let mut decoder = decoder_training::untrained(settings.width, &mut random);
    let mut points = self_organizing_map(&known.sounds);
    let mut own = Pool::default();
    for round in 0..=settings.rounds {
        let schedule = schedule_of_round(settings, round);
        let taught = (known, points.as_slice(), rows);
        decoder =
            thread.run(|| decoder_training::learn(&decoder, &surrogate, taught, &schedule, &mut random))?;
        if round < settings.rounds {
            extract_plane(&decoder, settings.grid, metric, &mut own, &mut random)?;
            let surrogate_schedule = (settings.surrogate_rate[1], settings.surrogate_steps[1]);
            surrogate = thread
                .run(|| surrogate::learn(&surrogate, (known, &own), surrogate_schedule, &mut random))?;
        }
        points = placed(&decoder, &surrogate, &known.sounds)?;
        reporter.advance();
    }
    Ok(decoder)
}

/// The decoder's schedule in a round: values interpolate from first to last over all rounds.
fn schedule_of_round(settings: &Settings, round: usize) -> DecoderSchedule {
    let full = settings.decoder;
    let rounds = settings.rounds.max(1) as f64;
    let at = |progress: f64, [first, last]: [f64; 2]| first * (last / first).powf(progress.min(1.0));
    let during = |range| [at(round as f64 / rounds, range), at((round + 1) as f64 / rounds, range)];
    DecoderSchedule {
        steps: if round == 0 { full.steps } else { settings.decoder_steps },
        rate: if round == 0 { full.rate } else { 0.6 * full.rate },
        spread: during(full.spread.map(f64::from)).map(|spread| spread as f32),
        settings: during(full.settings),
        ..full
    }
}

/// Extracts the features of the decoder's patches on a grid over the square, shifted at random in each round, and
/// adds them to those of earlier rounds.
fn extract_plane(
    decoder: &TwoHeaded<Dense>,
    grid: usize,
    metric: &PerceptualDistance,
    own: &mut Pool,
    random: &mut ChaCha8Rng,
) -> Result<(), TrainError> {
    let cell = 2.0 * LATENT_LIMIT / grid as f32;
    let offset: [f32; 2] = std::array::from_fn(|_| cell * random.random_range(-0.5..0.5));
    let shifted = |Point { x, y }: Point| Point { x: x + offset[0], y: y + offset[1] };
    let points: Vec<Point> = centres(grid).into_iter().map(shifted).collect();
    let made: Vec<Columns> = decoded(decoder, &points)?.iter().map(playable).collect();
    own.add(&made, &extract(&made, || ()), metric);
    Ok(())
}

/// The point where the decoder sounds nearest to each sound, by the surrogate.
fn placed(
    decoder: &TwoHeaded<Dense>,
    surrogate: &TwoHeaded<Dense>,
    sounds: &[SoundCoordinates],
) -> Result<Vec<Point>, TrainError> {
    let cells = centres(FINE_GRID);
    let predicted = surrogate::predicted(surrogate, &decoded(decoder, &cells)?)?;
    let found = nearest(sounds, &predicted).unwrap_or_default();
    Ok(found.into_iter().map(|(cell, _)| cells[cell]).collect())
}
