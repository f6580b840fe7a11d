//! A whole training, from notes to the bytes of a file.

use super::autoencoder::AutoencoderWeights;
use super::learning::{FrameSchedule, LearningData, learn_frames};
use super::notes::{NoteFrames, all_frames};
use super::rotation::rotated;
use crate::dense::Dense;
use crate::error::TrainError;
use crate::progress::{Reporter, Stage, TrainingProgress};
use crate::single_thread::SingleThread;
use frame_model::{
    COLUMN_COUNT, FEATURE_COUNT, FrameCoder, FrameLayer, FrameModel, FrameNormalisation, NoteSound,
    SCALE_COUNT, SoundDomain,
};
use spectral::{ENVELOPE_COUNT, ToneFeatures};
use std::fmt::{self, Display, Formatter};

/// The options of a training.
#[derive(Clone, Debug)]
pub struct FrameTraining {
    /// The domain's name.
    pub domain: String,
    /// Source and licence of the sounds.
    pub notices: String,
    /// Latent numbers, 1 to 32.
    pub latents: usize,
    /// Decides every random number.
    pub seed: u64,
    /// How to learn.
    pub schedule: FrameSchedule,
}

/// A trained model.
#[derive(Clone, Debug)]
pub struct TrainedFrames {
    /// Its file.
    pub bytes: Vec<u8>,
    /// Its figures.
    pub figures: FrameFigures,
}

/// What a training found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrameFigures {
    /// Notes that were learned from, and held back to stop by.
    pub notes: [usize; 2],
    /// Frames of the first.
    pub frames: usize,
    /// Mean difference of the features of held-back notes, in dB, before the weights were rounded, and after.
    pub error_db: [f32; 2],
}

impl Display for FrameFigures {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { notes: [learned, held_back], frames, error_db: [exact, rounded] } = self;
        write!(
            f,
            "{frames} frames of {learned} notes; features of {held_back} held-back notes differ by {rounded:.2} dB \
             ({exact:.2} dB before rounding the weights)"
        )
    }
}

/// Every so many identities one is held back.
const HELD_BACK_EVERY: usize = 8;
/// The least that can be learned from.
const LEAST_NOTES: usize = 4;
/// Columns that hardly differ are not made to differ more than this, in dB or octaves.
const LEAST_SPREAD: f32 = 0.5;

/// Trains on notes.
///
/// # Errors
/// See [`TrainError`].
pub fn train_frames(
    notes: &[NoteSound],
    options: &FrameTraining,
    progress: &(dyn Fn(TrainingProgress) + Sync),
) -> Result<TrainedFrames, TrainError> {
    let reporter = Reporter::begin(Stage::Notes, notes.len(), progress);
    let frames = all_frames(notes, || reporter.advance())?;
    let mut identities: Vec<_> = notes.iter().map(NoteSound::identity).collect();
    identities.sort_unstable();
    identities.dedup();
    let is_held_back = |note: &NoteSound| {
        identities
            .iter()
            .position(|one| *one == note.identity())
            .is_some_and(|at| at % HELD_BACK_EVERY == HELD_BACK_EVERY / 2)
    };
    let [mut learned, mut held_back] = [Vec::new(), Vec::new()];
    for (note, frames) in notes.iter().zip(frames) {
        if !frames.columns.is_empty() {
            if is_held_back(note) { held_back.push(frames) } else { learned.push(frames) }
        }
    }
    if learned.len() < LEAST_NOTES || held_back.is_empty() {
        return Err(TrainError::TooFewNotes { found: learned.len() + held_back.len() });
    }
    let normalisation = normalisation(&learned);
    let scales = scale_statistics(&learned);
    let data =
        LearningData { learned: &learned, held_back: &held_back, normalisation: &normalisation, scales };
    let reporter = Reporter::begin(Stage::Network, options.schedule.steps, progress);
    let thread = SingleThread::new()?;
    let (weights, exact_db) = thread.run(|| {
        learn_frames(&data, &options.schedule, options.latents, options.seed, || reporter.advance())
    })?;

    let encoder = model(&weights, &[], &normalisation, options, fingerprint(&learned, options), &scales);
    let latents = latent_numbers(&encoder, &learned, options.latents);
    let (turned, axes) = rotated(&weights, &latents);
    let model =
        model(&turned, &axes, &normalisation, options, encoder.domain.fingerprint, &scales).checked()?;
    let bytes = model.to_bytes();
    let figures = FrameFigures {
        notes: [learned.len(), held_back.len()],
        frames: learned.iter().map(|note| note.columns.len()).sum(),
        error_db: [exact_db, error_db(FrameModel::from_bytes(&bytes)?, &held_back)],
    };
    Ok(TrainedFrames { bytes, figures })
}

fn normalisation(notes: &[NoteFrames]) -> FrameNormalisation {
    let (means, spreads) = (0..COLUMN_COUNT)
        .map(|column| {
            // Each note counts the same, as in training.
            let mut sums = [0.0_f64; 2];
            for note in notes {
                let share = 1.0 / (notes.len() * note.columns.len()) as f64;
                for frame in &note.columns {
                    let value = f64::from(frame[column]);
                    sums[0] += share * value;
                    sums[1] += share * value * value;
                }
            }
            let spread = (sums[1] - sums[0] * sums[0]).max(0.0).sqrt() as f32;
            (sums[0] as f32, spread.max(LEAST_SPREAD))
        })
        .unzip();
    FrameNormalisation { means, spreads }
}

fn scale_statistics(notes: &[NoteFrames]) -> [[f32; SCALE_COUNT]; 2] {
    let known: Vec<_> = notes.iter().filter_map(|note| note.scales).collect();
    let share = 1.0 / known.len().max(1) as f32;
    let means = std::array::from_fn(|scale| known.iter().map(|scales| scales[scale]).sum::<f32>() * share);
    let spreads = std::array::from_fn(|scale| {
        let variance = known.iter().map(|scales| (scales[scale] - means[scale]).powi(2)).sum::<f32>() * share;
        variance.sqrt().max(1.0)
    });
    [means, spreads]
}

/// The model of these weights; without axes one that only encodes.
fn model(
    weights: &AutoencoderWeights,
    axes: &[frame_model::LatentAxis],
    normalisation: &FrameNormalisation,
    options: &FrameTraining,
    fingerprint: u64,
    [means, spreads]: &[[f32; SCALE_COUNT]; 2],
) -> FrameModel {
    let mut scales = layer(&weights.scales, SCALE_COUNT);
    for column in scales.weights.chunks_exact_mut(SCALE_COUNT) {
        column.iter_mut().zip(spreads).for_each(|(weight, spread)| *weight *= spread);
    }
    for ((bias, mean), spread) in scales.bias.iter_mut().zip(means).zip(spreads) {
        *bias = *bias * spread + mean;
    }
    let [a, b, c] = &weights.encoder;
    let [d, e, f] = &weights.decoder;
    FrameModel {
        domain: SoundDomain { name: options.domain.clone(), fingerprint, notices: options.notices.clone() },
        normalisation: normalisation.clone(),
        encoder: [layer(a, a.outputs), layer(b, b.outputs), layer(c, options.latents)],
        decoder: [layer(d, d.outputs), layer(e, e.outputs), layer(f, FEATURE_COUNT)],
        axes: axes.to_vec(),
        scales,
    }
}

/// The first outputs of a layer, input by input.
fn layer(dense: &Dense, outputs: usize) -> FrameLayer {
    let weights = (0..dense.inputs)
        .flat_map(|input| (0..outputs).map(move |output| dense.weight[output * dense.inputs + input]))
        .collect();
    FrameLayer { inputs: dense.inputs, outputs, weights, bias: dense.bias[..outputs].to_vec() }
}

/// The features that columns came from.
pub(super) fn features(columns: &[f32; COLUMN_COUNT]) -> ToneFeatures {
    let mut features =
        ToneFeatures { frequency_hz: columns[FEATURE_COUNT].exp2(), ..ToneFeatures::default() };
    features.envelope_db.copy_from_slice(&columns[..ENVELOPE_COUNT]);
    features.noise_db.copy_from_slice(&columns[ENVELOPE_COUNT..FEATURE_COUNT]);
    features
}

/// The most frames of a note whose latent numbers are looked at.
const LATENT_FRAMES: usize = 100;

fn latent_numbers(model: &FrameModel, notes: &[NoteFrames], latents: usize) -> Vec<f32> {
    let mut coder = FrameCoder::new(model.clone());
    let mut all = Vec::new();
    let mut latent = vec![0.0; latents];
    for note in notes {
        // Equally many of each note, as far as it has as many: a long note does not decide the axes.
        for place in 0..LATENT_FRAMES {
            let frame = &note.columns[place * note.columns.len() / LATENT_FRAMES];
            coder.encode(&features(frame), &mut latent);
            all.extend_from_slice(&latent);
        }
    }
    all
}

fn error_db(model: FrameModel, notes: &[NoteFrames]) -> f32 {
    let mut latent = vec![0.0; model.latents()];
    let mut coder = FrameCoder::new(model);
    let (mut sum, mut count) = (0.0, 0);
    for note in notes {
        for frame in note.columns.iter().step_by(8) {
            let original = features(frame);
            let mut decoded = original.clone();
            coder.encode(&original, &mut latent);
            coder.decode(&latent, original.frequency_hz, &mut decoded);
            let pairs = decoded.envelope_db.iter().chain(&decoded.noise_db).zip(frame);
            sum += pairs.map(|(decoded, original)| f64::from((decoded - original).abs())).sum::<f64>();
            count += FEATURE_COUNT;
        }
    }
    (sum / f64::from(count.max(1) as u32)) as f32
}

/// A hash of everything that decides the model (FNV-1a).
fn fingerprint(notes: &[NoteFrames], options: &FrameTraining) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for &byte in bytes {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    add(format!("{} {} {} {:?}", options.domain, options.latents, options.seed, options.schedule).as_bytes());
    for note in notes {
        add(note.name.as_bytes());
        note.columns.iter().flatten().for_each(|value| add(&value.to_le_bytes()));
    }
    hash
}
