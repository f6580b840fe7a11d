//! Learning the autoencoder: steps on drawn frames, and an early stop by held-back notes.

use super::augmentation::AugmentationShares;
use super::autoencoder::{Autoencoder, AutoencoderWeights};
use super::heads::{AudibleFrame, FrameHead};
use super::notes::NoteFrames;
use crate::error::TrainError;
use crate::optimization::VariableDescent;
use candle_core::{Device, Result, Tensor};
use frame_model::{FrameNormalisation, SCALE_COUNT};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;

/// The settings by which the networks learn.
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
    /// Weight of the latent distribution's divergence from the standard normal one, in nats a frame, against an error
    /// of 10 dB a feature.
    pub divergence: f64,
    /// Weight of the mean squared error of the scaled timbral scales.
    pub scales: f64,
    /// The changes of frames.
    pub augmentation: AugmentationShares,
}

impl FrameSchedule {
    /// The schedule of the shipped models of tones.
    pub fn tones() -> Self {
        Self { steps: 1600, divergence: 3e-4, ..Self::textures() }
    }

    /// The schedule of the shipped model of textures.
    pub fn textures() -> Self {
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

    /// A schedule for tests, which takes some seconds.
    pub fn quick() -> Self {
        Self { steps: 300, batch: 64, width: 32, ..Self::textures() }
    }
}

/// Notes to learn from and to stop by, with their normalisation.
pub struct LearningData<'a, C> {
    /// The notes to learn from.
    pub learned: &'a [NoteFrames<C>],
    /// The notes to stop by.
    pub held_back: &'a [NoteFrames<C>],
    /// Scales the columns.
    pub normalisation: &'a FrameNormalisation,
    /// Means and spreads of the timbral scales.
    pub scales: [[f32; SCALE_COUNT]; 2],
}

/// Steps between two validations on the held-back notes.
const VALIDATION_INTERVAL: usize = 200;
/// So many validations without improvement end the learning.
const PATIENCE: usize = 8;
/// Errors below about this many times 10 dB count by their squares, larger ones by their size.
const SMALL_ERROR: f64 = 0.1;
/// The most frames that a validation takes.
const VALIDATION_FRAMES: usize = 4096;
/// The share of the frames of a note that come from its copies at other pitches.
const COPY_SHARE: f32 = 0.6;
/// An error of this size counts 1, in dB.
const UNIT_DB: f32 = 10.0;

/// The result of the learning.
pub struct LearnedFrames {
    /// The weights with the least error on the held-back notes; without such notes the weights at the end.
    pub weights: AutoencoderWeights,
    /// The error of these weights: the mean of [`FrameHead::difference_db`].
    pub error_db: f32,
    /// The steps that led to these weights.
    pub steps: usize,
}

/// Learns until the error on the held-back notes falls no more, or for all steps without such notes.
pub fn learn_frames<H: FrameHead>(
    data: &LearningData<H::Columns>,
    schedule: &FrameSchedule,
    latents: usize,
    seed: u64,
    mut stepped: impl FnMut(),
) -> std::result::Result<LearnedFrames, TrainError> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let first = AutoencoderWeights::random([H::COLUMNS, H::FEATURES], latents, schedule.width, &mut random);
    let networks = Autoencoder::new(&first)?;
    let mut descent = VariableDescent::new(networks.variables.clone(), schedule.rate, schedule.steps)?;
    let spreads = data.normalisation.spreads[..H::FEATURES].iter().zip(H::weights());
    let spreads: Vec<f32> = spreads.map(|(spread, weight)| weight * spread / UNIT_DB).collect();
    let units = Tensor::from_vec(spreads, (1, H::FEATURES), &Device::Cpu)?;
    let mut gauge = H::gauge()?;
    let (validation_columns, validated_frames) = validation_frames::<H>(data)?;
    let mut best = LearnedFrames { weights: first, error_db: f32::INFINITY, steps: 0 };
    let mut patience = PATIENCE;
    for step in 1..=schedule.steps {
        let FrameBatch { columns, floors_db, scales, has_scales } =
            draw_batch::<H>(data, schedule, &mut random)?;
        let [mean, log_variance] = networks.encode(&columns)?;
        let noise: Vec<f32> = (0..schedule.batch * latents).map(|_| random.sample(StandardNormal)).collect();
        let noise = Tensor::from_vec(noise, (schedule.batch, latents), &Device::Cpu)?;
        let latent = (&mean + (noise * (&log_variance * 0.5)?.exp()?)?)?;
        let decoded = networks.decode(&latent, &columns)?;
        let error = (&decoded - columns.narrow(1, 0, H::FEATURES)?)?.broadcast_mul(&units)?;
        let error = ((error.sqr()? + SMALL_ERROR * SMALL_ERROR)?.sqrt()?).mean_all()?;
        let error = H::error(&mut gauge, error, &decoded, &columns, &floors_db, data.normalisation)?;
        let divergence = (((mean.sqr()? + log_variance.exp()?)? - &log_variance)? - 1.0)?;
        let divergence = (divergence.sum_all()? * (0.5 * schedule.divergence / schedule.batch as f64))?;
        let of_scales = (networks.scales(&mean)? - scales)?.sqr()?.broadcast_mul(&has_scales)?.mean_all()?;
        descent.step(&((error + divergence)? + (of_scales * schedule.scales)?)?)?;
        stepped();
        if step % VALIDATION_INTERVAL == 0 || step == schedule.steps {
            let values = descent.means()?;
            let made = through(&networks.fixed(&values), &validation_columns)?;
            let found = mean_difference_db::<H>(&mut gauge, &made, &validated_frames, data.normalisation);
            if found < best.error_db || data.held_back.is_empty() {
                best =
                    LearnedFrames { weights: Autoencoder::weights(&values)?, error_db: found, steps: step };
                patience = PATIENCE;
            } else {
                patience -= 1;
            }
            if patience == 0 {
                break;
            }
        }
    }
    Ok(best)
}

/// The frames of one step.
struct FrameBatch {
    /// The scaled columns.
    columns: Tensor,
    /// The floor of each frame, see [`NoteFrames::floors_db`].
    floors_db: Vec<f32>,
    /// Scaled timbral scales, and for each frame 1 if it has any.
    scales: Tensor,
    has_scales: Tensor,
}

/// Frames, each of a note drawn with equal chances.
fn draw_batch<H: FrameHead>(
    data: &LearningData<H::Columns>,
    schedule: &FrameSchedule,
    random: &mut impl Rng,
) -> Result<FrameBatch> {
    let rows = schedule.batch;
    let mut columns = Vec::with_capacity(rows * H::COLUMNS);
    let mut floors_db = Vec::with_capacity(rows);
    let mut scales = Vec::with_capacity(rows * SCALE_COUNT);
    let mut has_scales = Vec::with_capacity(rows);
    for _ in 0..rows {
        let (note, other) = (draw_note(data.learned, random), draw_note(data.learned, random));
        let [(mut frame, floor_db), (other, _)] = [note, other].map(|note| draw_frame(note, random));
        H::augment(&schedule.augmentation, &mut frame, &other, random);
        data.normalisation.scale(frame.as_mut());
        columns.extend_from_slice(frame.as_ref());
        floors_db.push(floor_db);
        let [means, spreads] = &data.scales;
        let known = note.scales.unwrap_or(*means);
        scales.extend(
            known.iter().zip(means).zip(spreads).map(|((scale, mean), spread)| (scale - mean) / spread),
        );
        has_scales.push(if note.scales.is_some() { 1.0_f32 } else { 0.0 });
    }
    Ok(FrameBatch {
        columns: Tensor::from_vec(columns, (rows, H::COLUMNS), &Device::Cpu)?,
        floors_db,
        scales: Tensor::from_vec(scales, (rows, SCALE_COUNT), &Device::Cpu)?,
        has_scales: Tensor::from_vec(has_scales, (rows, 1), &Device::Cpu)?,
    })
}

fn draw_note<'a, C>(notes: &'a [NoteFrames<C>], random: &mut impl Rng) -> &'a NoteFrames<C> {
    &notes[random.random_range(0..notes.len())]
}

/// A frame of the note or of its copies at other pitches.
fn draw_frame<C: Copy>(note: &NoteFrames<C>, random: &mut impl Rng) -> AudibleFrame<C> {
    if !note.copies.is_empty() && random.random_range(0.0..1.0_f32) < COPY_SHARE {
        return note.copies[random.random_range(0..note.copies.len())];
    }
    let frame = random.random_range(0..note.columns.len());
    (note.columns[frame], note.floors_db[frame])
}

/// Frames of the held-back notes, equally many of each: scaled, and as they are.
fn validation_frames<H: FrameHead>(
    data: &LearningData<H::Columns>,
) -> Result<(Tensor, Vec<AudibleFrame<H::Columns>>)> {
    let share = (VALIDATION_FRAMES / data.held_back.len().max(1)).max(1);
    let (mut scaled, mut frames) = (Vec::new(), Vec::new());
    for note in data.held_back {
        let every = note.columns.len().div_ceil(share).max(1);
        for (frame, floor_db) in note.columns.iter().zip(&note.floors_db).step_by(every) {
            frames.push((*frame, *floor_db));
            let mut frame = *frame;
            data.normalisation.scale(frame.as_mut());
            scaled.extend_from_slice(frame.as_ref());
        }
    }
    Ok((Tensor::from_vec(scaled, (frames.len(), H::COLUMNS), &Device::Cpu)?, frames))
}

/// The scaled features decoded from the mean of the latent distribution.
fn through(networks: &Autoencoder, columns: &Tensor) -> Result<Vec<Vec<f32>>> {
    let [mean, _] = networks.encode(columns)?;
    networks.decode(&mean, columns)?.to_vec2()
}

/// The mean difference of decoded features from frames, in dB, see [`FrameHead::difference_db`].
fn mean_difference_db<H: FrameHead>(
    gauge: &mut H::Gauge,
    made: &[Vec<f32>],
    frames: &[AudibleFrame<H::Columns>],
    normalisation: &FrameNormalisation,
) -> f32 {
    let scaling = || normalisation.means.iter().zip(&normalisation.spreads);
    let differences = made.iter().zip(frames).map(|(scaled, (columns, floor_db))| {
        let made: Vec<f32> =
            scaled.iter().zip(scaling()).map(|(value, (mean, spread))| mean + spread * value).collect();
        f64::from(H::difference_db(gauge, &made, columns, *floor_db))
    });
    (differences.sum::<f64>() / frames.len().max(1) as f64) as f32
}
