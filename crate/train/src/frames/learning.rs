//! Learning the autoencoder: steps on drawn frames, and an early stop by held-back notes.

use super::augmentation::AugmentationShares;
use super::autoencoder::{Autoencoder, AutoencoderWeights};
use super::heads::FrameHead;
use super::notes::NoteFrames;
use crate::error::TrainError;
use crate::optimization::VariableDescent;
use candle_core::{Device, Result, Tensor};
use frame_model::{FrameNormalisation, SCALE_COUNT};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;

/// How the networks learn.
#[derive(Clone, Copy, Debug)]
pub struct FrameSchedule {
    /// The most steps.
    pub steps: usize,
    /// Frames of one step.
    pub batch: usize,
    /// Size of the first step.
    pub rate: f64,
    /// Units of a hidden layer.
    pub width: usize,
    /// Weight of the latent distribution's divergence from the standard normal one, in nats a frame, against an error of
    /// 10 dB a feature.
    pub divergence: f64,
    /// Weight of the mean squared error of the scaled timbral scales.
    pub scales: f64,
    /// What is done to frames.
    pub augmentation: AugmentationShares,
}

impl FrameSchedule {
    /// That of the shipped models.
    pub fn full() -> Self {
        Self {
            steps: 4000,
            batch: 128,
            rate: 2e-3,
            width: 256,
            divergence: 1e-3,
            scales: 0.02,
            augmentation: AugmentationShares::default(),
        }
    }

    /// For tests: some seconds.
    pub fn quick() -> Self {
        Self { steps: 300, batch: 64, width: 32, ..Self::full() }
    }
}

/// Notes to learn from and to stop by, with what scales them.
pub struct LearningData<'a, C> {
    /// To learn from.
    pub learned: &'a [NoteFrames<C>],
    /// To stop by.
    pub held_back: &'a [NoteFrames<C>],
    /// Scales the columns.
    pub normalisation: &'a FrameNormalisation,
    /// Means and spreads of the timbral scales.
    pub scales: [[f32; SCALE_COUNT]; 2],
}

/// Steps between two looks at the held-back notes.
const LOOK_EVERY: usize = 200;
/// So many looks without improvement end the learning.
const PATIENCE: usize = 8;
/// Errors below about this many times 10 dB count by their squares, others by their size.
const SMALL_ERROR: f64 = 0.1;
/// The most frames that a look takes.
const LOOK_FRAMES: usize = 4096;
/// An error of this size counts 1, in dB.
const UNIT_DB: f32 = 10.0;

/// The weights with the least error on the held-back notes, and that error: mean |dB| of the features.
pub fn learn_frames<H: FrameHead>(
    data: &LearningData<H::Columns>,
    schedule: &FrameSchedule,
    latents: usize,
    seed: u64,
    mut stepped: impl FnMut(),
) -> std::result::Result<(AutoencoderWeights, f32), TrainError> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let first = AutoencoderWeights::random([H::COLUMNS, H::FEATURES], latents, schedule.width, &mut random);
    let networks = Autoencoder::new(&first)?;
    let mut descent = VariableDescent::new(networks.variables.clone(), schedule.rate, schedule.steps)?;
    let spreads = data.normalisation.spreads[..H::FEATURES].iter().zip(H::weights());
    let spreads: Vec<f32> = spreads.map(|(spread, weight)| weight * spread / UNIT_DB).collect();
    let units = Tensor::from_vec(spreads, (1, H::FEATURES), &Device::Cpu)?;
    let looked_at = look_frames::<H>(data)?;
    let (mut best, mut least, mut patience) = (first, f32::INFINITY, PATIENCE);
    for step in 1..=schedule.steps {
        let (columns, scales, has_scales) = draw_batch::<H>(data, schedule, &mut random)?;
        let [mean, log_variance] = networks.encode(&columns)?;
        let noise: Vec<f32> = (0..schedule.batch * latents).map(|_| random.sample(StandardNormal)).collect();
        let noise = Tensor::from_vec(noise, (schedule.batch, latents), &Device::Cpu)?;
        let latent = (&mean + (noise * (&log_variance * 0.5)?.exp()?)?)?;
        let decoded = networks.decode(&latent, &columns)?;
        let error = (decoded - columns.narrow(1, 0, H::FEATURES)?)?.broadcast_mul(&units)?;
        let error = ((error.sqr()? + SMALL_ERROR * SMALL_ERROR)?.sqrt()?).mean_all()?;
        let divergence = (((mean.sqr()? + log_variance.exp()?)? - &log_variance)? - 1.0)?;
        let divergence = (divergence.sum_all()? * (0.5 * schedule.divergence / schedule.batch as f64))?;
        let of_scales = (networks.scales(&mean)? - scales)?.sqr()?.broadcast_mul(&has_scales)?.mean_all()?;
        descent.step(&((error + divergence)? + (of_scales * schedule.scales)?)?)?;
        stepped();
        if step % LOOK_EVERY == 0 || step == schedule.steps {
            let values = descent.means().to_vec();
            let found = mean_error_db::<H>(&networks.fixed(&values), &looked_at, &units)?;
            if found < least {
                (best, least, patience) = (Autoencoder::weights(&values)?, found, PATIENCE);
            } else {
                patience -= 1;
            }
            if patience == 0 {
                break;
            }
        }
    }
    Ok((best, least))
}

/// Frames, each of a note drawn with equal chances: scaled columns, scaled timbral scales, and which have any.
fn draw_batch<H: FrameHead>(
    data: &LearningData<H::Columns>,
    schedule: &FrameSchedule,
    random: &mut impl Rng,
) -> Result<(Tensor, Tensor, Tensor)> {
    let rows = schedule.batch;
    let mut columns = Vec::with_capacity(rows * H::COLUMNS);
    let mut scales = Vec::with_capacity(rows * SCALE_COUNT);
    let mut has_scales = Vec::with_capacity(rows);
    for _ in 0..rows {
        let (note, other) = (draw_note(data.learned, random), draw_note(data.learned, random));
        let mut frame = note.columns[random.random_range(0..note.columns.len())];
        let other = &other.columns[random.random_range(0..other.columns.len())];
        H::augment(&schedule.augmentation, &mut frame, other, random);
        data.normalisation.scale(frame.as_mut());
        columns.extend_from_slice(frame.as_ref());
        let [means, spreads] = &data.scales;
        let known = note.scales.unwrap_or(*means);
        scales.extend(
            known.iter().zip(means).zip(spreads).map(|((scale, mean), spread)| (scale - mean) / spread),
        );
        has_scales.push(if note.scales.is_some() { 1.0_f32 } else { 0.0 });
    }
    Ok((
        Tensor::from_vec(columns, (rows, H::COLUMNS), &Device::Cpu)?,
        Tensor::from_vec(scales, (rows, SCALE_COUNT), &Device::Cpu)?,
        Tensor::from_vec(has_scales, (rows, 1), &Device::Cpu)?,
    ))
}

fn draw_note<'a, C>(notes: &'a [NoteFrames<C>], random: &mut impl Rng) -> &'a NoteFrames<C> {
    &notes[random.random_range(0..notes.len())]
}

/// Frames of the held-back notes, equally many of each.
fn look_frames<H: FrameHead>(data: &LearningData<H::Columns>) -> Result<Tensor> {
    let share = (LOOK_FRAMES / data.held_back.len().max(1)).max(1);
    let mut columns = Vec::new();
    for note in data.held_back {
        let every = note.columns.len().div_ceil(share).max(1);
        for frame in note.columns.iter().step_by(every) {
            let mut frame = *frame;
            data.normalisation.scale(frame.as_mut());
            columns.extend_from_slice(frame.as_ref());
        }
    }
    let rows = columns.len() / H::COLUMNS;
    Tensor::from_vec(columns, (rows, H::COLUMNS), &Device::Cpu)
}

/// The mean difference of the features that the mean of the latent distribution gives back, in dB.
fn mean_error_db<H: FrameHead>(networks: &Autoencoder, columns: &Tensor, units: &Tensor) -> Result<f32> {
    let [mean, _] = networks.encode(columns)?;
    let error = (networks.decode(&mean, columns)? - columns.narrow(1, 0, H::FEATURES)?)?;
    Ok(UNIT_DB * error.broadcast_mul(units)?.abs()?.mean_all()?.to_scalar::<f32>()?)
}
