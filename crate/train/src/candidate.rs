//! One model from one seed: the plane is charted by ear, then decoder, surrogate and the presets' points
//! improve each other round by round.
//!
//! It is a variational autoencoder trained by turns: finding each preset's point by comparing sounds is
//! the step of expectation, learning from the points that of maximisation.

use crate::alone::Alone;
use crate::chart::{centres, chart};
use crate::decoder_training::{self, DecoderLesson, decoded};
use crate::dense::{Dense, Half};
use crate::error::TrainError;
use crate::nearest::nearest;
use crate::pool::{Pool, Sound, hear, playable};
use crate::progress::Reporter;
use crate::settings::Settings;
use crate::{Columns, surrogate};
use ear::Hearing;
use plane::LATENT_LIMIT;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Cells along each axis among which the surrogate looks for the presets' points.
const FINE_GRID: usize = 80;

/// What all candidates start from.
pub struct Common<'a> {
    /// The presets to learn from, then patches bred from them.
    pub known: &'a Pool,
    /// How many of them are presets.
    pub rows: usize,
    /// By what sounds are compared; fitted to the presets.
    pub hearing: &'a Hearing,
    /// A surrogate that has learned `known`.
    pub surrogate: &'a Half<Dense>,
}

/// Makes a decoder.
pub fn candidate(
    common: &Common,
    seed: u64,
    settings: &Settings,
    reporter: &Reporter,
) -> Result<Half<Dense>, TrainError> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let Common { known, rows, hearing, .. } = *common;
    let alone = Alone::new()?;
    let mut surrogate = common.surrogate.clone();
    let mut decoder = decoder_training::untrained(settings.width, &mut random);
    let mut points = chart(&known.sounds);
    let mut own = Pool::default();
    for round in 0..=settings.rounds {
        let lesson = lesson(settings, round);
        let taught = (known, points.as_slice(), rows);
        decoder =
            alone.run(|| decoder_training::learn(&decoder, &surrogate, taught, &lesson, &mut random))?;
        if round < settings.rounds {
            listen(&decoder, settings.grid, hearing, &mut own, &mut random)?;
            let schedule = (settings.surrogate_rate[1], settings.surrogate_steps[1]);
            surrogate = alone.run(|| surrogate::learn(&surrogate, (known, &own), schedule, &mut random))?;
        }
        points = placed(&decoder, &surrogate, &known.sounds)?;
        reporter.advance();
    }
    Ok(decoder)
}

/// The lesson of a round: what changes from the first value to the last does so over all rounds.
fn lesson(settings: &Settings, round: usize) -> DecoderLesson {
    let full = settings.decoder;
    let rounds = settings.rounds.max(1) as f64;
    let at = |progress: f64, [first, last]: [f64; 2]| first * (last / first).powf(progress.min(1.0));
    let during = |range| [at(round as f64 / rounds, range), at((round + 1) as f64 / rounds, range)];
    DecoderLesson {
        steps: if round == 0 { full.steps } else { settings.decoder_steps },
        rate: if round == 0 { full.rate } else { 0.6 * full.rate },
        around: during(full.around.map(f64::from)).map(|around| around as f32),
        settings: during(full.settings),
        ..full
    }
}

/// Hears what the decoder makes on a grid over the square, moved by chance in each round, and adds it to
/// what it made before.
fn listen(
    decoder: &Half<Dense>,
    grid: usize,
    hearing: &Hearing,
    own: &mut Pool,
    random: &mut ChaCha8Rng,
) -> Result<(), TrainError> {
    let cell = 2.0 * LATENT_LIMIT / grid as f32;
    let offset: [f32; 2] = std::array::from_fn(|_| cell * random.random_range(-0.5..0.5));
    let points: Vec<[f32; 2]> =
        centres(grid).into_iter().map(|[x, y]| [x + offset[0], y + offset[1]]).collect();
    let made: Vec<Columns> = decoded(decoder, &points)?.iter().map(playable).collect();
    own.add(&made, &hear(&made, || ()), hearing);
    Ok(())
}

/// Where on the square the surrogate hears each sound best.
fn placed(
    decoder: &Half<Dense>,
    surrogate: &Half<Dense>,
    sounds: &[Sound],
) -> Result<Vec<[f32; 2]>, TrainError> {
    let cells = centres(FINE_GRID);
    let heard = surrogate::predicted(surrogate, &decoded(decoder, &cells)?)?;
    let found = nearest(sounds, &heard).unwrap_or_default();
    Ok(found.into_iter().map(|(cell, _)| cells[cell]).collect())
}
