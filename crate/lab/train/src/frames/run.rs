//! A whole training, from notes to the bytes of a file.

use super::autoencoder::AutoencoderWeights;
use super::heads::{FrameHead, TextureHead, ToneHead};
use super::learning::{FrameSchedule, LearnedFrames, LearningData, learn_frames};
use super::notes::{NoteFrames, all_frames};
use super::rotation::rotated;
use crate::dense::Dense;
use crate::error::TrainError;
use crate::progress::{Reporter, Stage, TrainingProgress};
use crate::single_thread::SingleThread;
use frame_model::{
    FrameLayer, FrameModel, FrameNormalisation, LatentAxis, NoteSound, SCALE_COUNT, SoundDomain,
};
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
    /// The settings by which the networks learn.
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

/// The figures of a training.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrameFigures {
    /// The number of notes that were learned from, and of notes held back to stop by, which models of tones learn in
    /// the end, too.
    pub notes: [usize; 2],
    /// The number of frames of the notes that were learned from.
    pub frames: usize,
    /// Mean difference of held-back notes, in dB, before the weights were rounded and after: for tones of the mel
    /// bands, for textures of the bins.
    pub error_db: [f32; 2],
}

impl Display for FrameFigures {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { notes: [learned, held_back], frames, error_db: [exact, rounded] } = self;
        write!(
            f,
            "{frames} frames of {learned} notes; {held_back} held-back notes differ by {rounded:.2} dB \
             ({exact:.2} dB before rounding the weights)"
        )
    }
}

/// One in this many identities is held back.
const HELD_BACK_EVERY: usize = 8;
/// The least number of notes that can be learned from.
const LEAST_NOTES: usize = 4;
/// Columns that hardly differ are not made to differ more than this, in dB or octaves.
const LEAST_SPREAD: f32 = 0.5;

/// Trains a model of tones on notes, each with one pitch.
///
/// # Errors
/// See [`TrainError`].
pub fn train_frames(
    notes: &[NoteSound],
    options: &FrameTraining,
    progress: &(dyn Fn(TrainingProgress) + Sync),
) -> Result<TrainedFrames, TrainError> {
    train_head::<ToneHead>(notes, options, progress)
}

/// Trains a model of textures on sounds of any kind.
///
/// # Errors
/// See [`TrainError`].
pub fn train_textures(
    sounds: &[NoteSound],
    options: &FrameTraining,
    progress: &(dyn Fn(TrainingProgress) + Sync),
) -> Result<TrainedFrames, TrainError> {
    train_head::<TextureHead>(sounds, options, progress)
}

fn train_head<H: FrameHead>(
    notes: &[NoteSound],
    options: &FrameTraining,
    progress: &(dyn Fn(TrainingProgress) + Sync),
) -> Result<TrainedFrames, TrainError> {
    let reporter = Reporter::begin(Stage::Notes, notes.len(), progress);
    let frames = all_frames::<H>(notes, || reporter.advance())?;
    let heard = notes.iter().zip(frames).filter(|(_, frames)| !frames.columns.is_empty());
    let (heard, frames): (Vec<&NoteSound>, Vec<_>) = heard.unzip();
    let identities = held_back(notes, &heard).ok_or_else(|| H::too_few(heard.len()))?;
    let is_held_back = |note: &NoteSound| identities.contains(&note.identity());
    let [mut learned, mut held_back] = [Vec::new(), Vec::new()];
    for (note, frames) in heard.into_iter().zip(frames) {
        if is_held_back(note) { held_back.push(frames) } else { learned.push(frames) }
    }
    let notes = [learned.len(), held_back.len()];
    let frames = learned.iter().map(|note| note.columns.len()).sum();
    let mut model = finished::<H>(&learned, &held_back, options, progress)?;
    let error_db = [model.exact_db, error_db::<H>(&mut model.coder, &held_back, options.latents)?];
    if H::LEARNS_ALL {
        learned.append(&mut held_back);
        let schedule = FrameSchedule { steps: model.steps, ..options.schedule };
        model = finished::<H>(&learned, &[], &FrameTraining { schedule, ..options.clone() }, progress)?;
    }
    Ok(TrainedFrames { bytes: model.bytes, figures: FrameFigures { notes, frames, error_db } })
}

/// The identities that are held back; `None` if too few notes would be left. `heard` are the notes with frames.
fn held_back<'a>(notes: &'a [NoteSound], heard: &[&'a NoteSound]) -> Option<Vec<(&'a str, Option<u8>)>> {
    let every = |notes: &mut dyn Iterator<Item = &'a NoteSound>| {
        let mut identities: Vec<_> = notes.map(NoteSound::identity).collect();
        identities.sort_unstable();
        identities.dedup();
        identities.into_iter().skip(HELD_BACK_EVERY / 2).step_by(HELD_BACK_EVERY).collect::<Vec<_>>()
    };
    let is_enough = |held_back: &Vec<(&str, Option<u8>)>| {
        let count = heard.iter().filter(|note| held_back.contains(&note.identity())).count();
        count > 0 && heard.len() - count >= LEAST_NOTES
    };
    // The shipped models were trained with every eighth identity of all notes held back. Every eighth of the notes with
    // frames would give other models.
    Some(every(&mut notes.iter()))
        .filter(is_enough)
        .or_else(|| Some(every(&mut heard.iter().copied())).filter(is_enough))
}

/// A model with its file.
struct FinishedModel<H: FrameHead> {
    bytes: Vec<u8>,
    /// Runs the model of the file.
    coder: H::Coder,
    /// The error on held-back notes before the weights were rounded, in dB.
    exact_db: f32,
    /// The number of steps of its training.
    steps: usize,
}

/// Learns from notes, rotates the space, and rounds the weights.
fn finished<H: FrameHead>(
    learned: &[NoteFrames<H::Columns>],
    held_back: &[NoteFrames<H::Columns>],
    options: &FrameTraining,
    progress: &(dyn Fn(TrainingProgress) + Sync),
) -> Result<FinishedModel<H>, TrainError> {
    let normalisation = normalisation::<H>(learned);
    let scales = scale_statistics(learned);
    let data = LearningData { learned, held_back, normalisation: &normalisation, scales };
    let reporter = Reporter::begin(Stage::Network, options.schedule.steps, progress);
    let thread = SingleThread::new()?;
    let LearnedFrames { weights, error_db: exact_db, steps } = thread.run(|| {
        learn_frames::<H>(&data, &options.schedule, options.latents, options.seed, || reporter.advance())
    })?;

    // Any axes are suitable until the space is rotated.
    let axes = vec![LatentAxis { low: 0.0, high: 0.0, share: 0.0 }; options.latents];
    let fingerprint = fingerprint(learned, options);
    let encoder = model(&weights, &axes, &normalisation, options, fingerprint, &scales);
    let latents = latent_numbers::<H>(&mut H::coder(encoder)?, learned, options.latents);
    let (turned, axes) = rotated(&weights, &latents);
    let (bytes, coder) = H::file(model(&turned, &axes, &normalisation, options, fingerprint, &scales))?;
    Ok(FinishedModel { bytes, coder, exact_db, steps })
}

fn normalisation<H: FrameHead>(notes: &[NoteFrames<H::Columns>]) -> FrameNormalisation {
    let (means, spreads) = (0..H::COLUMNS)
        .map(|column| {
            // Each note counts the same, as in training.
            let mut sums = [0.0_f64; 2];
            for note in notes {
                let share = 1.0 / (notes.len() * note.columns.len()) as f64;
                for frame in &note.columns {
                    let value = f64::from(frame.as_ref()[column]);
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

fn scale_statistics<C>(notes: &[NoteFrames<C>]) -> [[f32; SCALE_COUNT]; 2] {
    let known: Vec<_> = notes.iter().filter_map(|note| note.scales).collect();
    let share = 1.0 / known.len().max(1) as f32;
    let means = std::array::from_fn(|scale| known.iter().map(|scales| scales[scale]).sum::<f32>() * share);
    let spreads = std::array::from_fn(|scale| {
        let variance = known.iter().map(|scales| (scales[scale] - means[scale]).powi(2)).sum::<f32>() * share;
        variance.sqrt().max(1.0)
    });
    [means, spreads]
}

/// The parts of a model of these weights.
fn model(
    weights: &AutoencoderWeights,
    axes: &[LatentAxis],
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
        decoder: [layer(d, d.outputs), layer(e, e.outputs), layer(f, f.outputs)],
        axes: axes.to_vec(),
        scales,
        contours: Vec::new(),
    }
}

/// The first outputs of a layer, input by input.
fn layer(dense: &Dense, outputs: usize) -> FrameLayer {
    let weights = (0..dense.inputs)
        .flat_map(|input| (0..outputs).map(move |output| dense.weight[output * dense.inputs + input]))
        .collect();
    FrameLayer { inputs: dense.inputs, outputs, weights, bias: dense.bias[..outputs].to_vec() }
}

/// The most frames of a note whose latent numbers decide the axes.
const LATENT_FRAMES: usize = 100;

fn latent_numbers<H: FrameHead>(
    coder: &mut H::Coder,
    notes: &[NoteFrames<H::Columns>],
    latents: usize,
) -> Vec<f32> {
    let mut all = Vec::new();
    let mut latent = vec![0.0; latents];
    for note in notes {
        // The same number of frames of each note, so that a long note does not decide the axes.
        for place in 0..LATENT_FRAMES {
            let frame = &note.columns[place * note.columns.len() / LATENT_FRAMES];
            H::encode(coder, frame, &mut latent);
            all.extend_from_slice(&latent);
        }
    }
    all
}

fn error_db<H: FrameHead>(
    coder: &mut H::Coder,
    notes: &[NoteFrames<H::Columns>],
    latents: usize,
) -> Result<f32, TrainError> {
    let mut latent = vec![0.0; latents];
    let mut gauge = H::gauge()?;
    let (mut sum, mut count) = (0.0, 0);
    for note in notes {
        for (frame, floor_db) in note.columns.iter().zip(&note.floors_db).step_by(8) {
            let decoded = H::through(coder, frame, &mut latent);
            sum += f64::from(H::difference_db(&mut gauge, &decoded, frame, *floor_db));
            count += 1;
        }
    }
    Ok((sum / f64::from(count.max(1))) as f32)
}

/// A hash of everything that decides the model (FNV-1a).
fn fingerprint<C: AsRef<[f32]>>(notes: &[NoteFrames<C>], options: &FrameTraining) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for &byte in bytes {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    add(format!("{} {} {} {:?}", options.domain, options.latents, options.seed, options.schedule).as_bytes());
    for note in notes {
        add(note.name.as_bytes());
        let copies = note.copies.iter().map(|(columns, _)| columns);
        note.columns.iter().chain(copies).flat_map(AsRef::as_ref).for_each(|value| add(&value.to_le_bytes()));
    }
    hash
}
