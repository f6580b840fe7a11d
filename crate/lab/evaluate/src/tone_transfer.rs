//! The effect of a transfer on the notes of other domains: the share that keeps its pitch, and the change of their
//! features' distance from those of the domain.

use crate::error::EvaluateError;
use crate::kernel_distance::GaussianKernel;
use crate::tone_notes::NoteSet;
use frame_model::{FEATURE_COUNT, FrameModel, NoteSound, frame_layout, transferred};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;
use spectral::{SpectralError, analyze_tone};

/// The features of a frame, in dB.
type FeatureRow = [f32; FEATURE_COUNT];

/// A pitch within this distance is kept, in cents.
pub const KEPT_CENTS: f32 = 20.0;
/// Frames of a note whose features are compared: equally many of each, so that a long note does not count more.
const FRAMES: usize = 20;

/// The figures of a set of notes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TransferLine {
    /// The set.
    pub notes: String,
    /// Notes whose features can be compared: with a pitch before and after.
    pub compared: usize,
    /// All notes.
    pub count: usize,
    /// The number of frames with a pitch before the transfer.
    pub voiced_frames: usize,
    /// The number of these frames that keep their pitch within 20 cents.
    pub frames_in_tune: usize,
    /// The kernel distances of the whole set from the domain's learned notes before the transfer and after; `None` if
    /// no note can be compared.
    pub distances: Option<[f64; 2]>,
    /// The mean of the distances of its notes, each by itself.
    pub note_distances: Option<[f64; 2]>,
    /// Notes that are nearer to the domain after the transfer, each by itself.
    pub nearer: usize,
}

/// The transfers of all sets, and the figures to compare them with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TransferReport {
    /// σ of the kernel in dB: the median distance of the features of the domain's notes and of the others.
    pub bandwidth_db: f64,
    /// A line for each set, and one for all together.
    pub lines: Vec<TransferLine>,
    /// The kernel distance of the domain's own unheard notes from the learned ones, by the name of their set.
    pub own: Vec<(String, Option<f64>)>,
}

/// A note before and after.
struct MovedNote {
    voiced: usize,
    in_tune: usize,
    /// Features of frames before and after; `None` without a pitch.
    rows: Option<[Vec<FeatureRow>; 2]>,
}

/// Transfers every note of `others`, and compares them; `learned` are the domain's learned notes, `own` other notes of
/// the domain.
pub(crate) fn evaluate_transfer(
    model: &FrameModel,
    learned: &[NoteSound],
    own: &[NoteSet],
    others: &[NoteSet],
    done: &(dyn Fn() + Sync),
) -> Result<TransferReport, EvaluateError> {
    let domain = rows(learned)?;
    if domain.is_empty() {
        return Err(EvaluateError::NoLearnedPitch);
    }
    let moved = |note: &NoteSound| {
        let moved = MovedNote::of(model, note);
        done();
        moved
    };
    let sets: Vec<Vec<MovedNote>> = others
        .iter()
        .map(|set| set.notes.par_iter().map(moved).collect::<Result<_, _>>())
        .collect::<Result<_, SpectralError>>()?;
    let before = sets.iter().flatten().filter_map(|note| Some(&note.rows.as_ref()?[0])).flatten();
    let kernel = GaussianKernel::of_median(&domain.iter().chain(before).copied().collect::<Vec<_>>());
    let of_domain = kernel.mean(&domain, &domain);
    let distance = |rows: &[FeatureRow]| kernel.distance(rows, &domain, of_domain);
    let line = |name: String, notes: &[&MovedNote]| {
        let compared: Vec<_> = notes.iter().filter_map(|note| note.rows.as_ref()).collect();
        let all =
            |side: usize| compared.iter().flat_map(|rows| rows[side].iter().copied()).collect::<Vec<_>>();
        let each: Vec<[f64; 2]> =
            compared.iter().map(|rows| [0, 1].map(|side| distance(&rows[side]))).collect();
        let mean = |side: usize| each.iter().map(|both| both[side]).sum::<f64>() / each.len() as f64;
        let is_compared = !each.is_empty();
        TransferLine {
            notes: name,
            compared: compared.len(),
            count: notes.len(),
            voiced_frames: notes.iter().map(|note| note.voiced).sum(),
            frames_in_tune: notes.iter().map(|note| note.in_tune).sum(),
            distances: is_compared.then(|| [0, 1].map(|side| distance(&all(side)))),
            note_distances: is_compared.then(|| [0, 1].map(mean)),
            nearer: each.iter().filter(|[before, after]| after < before).count(),
        }
    };
    let named = others.iter().zip(&sets);
    let mut lines: Vec<_> =
        named.map(|(set, notes)| line(set.name.clone(), &notes.iter().collect::<Vec<_>>())).collect();
    if lines.len() > 1 {
        lines.push(line("all of them".to_owned(), &sets.iter().flatten().collect::<Vec<_>>()));
    }
    let own = own.iter().map(|set| {
        let rows = rows(&set.notes)?;
        Ok((set.name.clone(), (!rows.is_empty()).then(|| distance(&rows))))
    });
    let own = own.collect::<Result<_, SpectralError>>()?;
    Ok(TransferReport { bandwidth_db: kernel.bandwidth, lines, own })
}

impl MovedNote {
    fn of(model: &FrameModel, note: &NoteSound) -> Result<Self, SpectralError> {
        let rate_hz = note.sample_rate_hz as f32;
        let moved = NoteSound {
            samples: transferred(model, &note.samples, rate_hz, 1.0)?,
            name: note.name.clone(),
            sample_rate_hz: note.sample_rate_hz,
        };
        let layout = frame_layout(rate_hz);
        let [before, after] = [note, &moved].map(|note| analyze_tone(&note.samples, layout, rate_hz));
        let (before, after) = (before?, after?);
        let pairs = before.iter().zip(&after).filter(|((pitch, _), _)| pitch.is_voiced);
        let is_kept = |before: f32, after: f32| (1200.0 * (after / before).log2()).abs() < KEPT_CENTS;
        let in_tune = pairs.clone().filter(|((before, _), (after, _))| {
            after.is_voiced && is_kept(before.frequency_hz, after.frequency_hz)
        });
        let [first, second] = [compared_rows(note)?, compared_rows(&moved)?];
        Ok(Self {
            voiced: pairs.clone().count(),
            in_tune: in_tune.count(),
            rows: first.zip(second).map(Into::into),
        })
    }
}

fn rows(notes: &[NoteSound]) -> Result<Vec<FeatureRow>, SpectralError> {
    let each: Vec<_> = notes.par_iter().map(compared_rows).collect::<Result<_, _>>()?;
    Ok(each.into_iter().flatten().flatten().collect())
}

/// Features of [`FRAMES`] frames from all over a note; `None` without a pitch.
fn compared_rows(note: &NoteSound) -> Result<Option<Vec<FeatureRow>>, SpectralError> {
    let columns = note.columns()?;
    let row = |place: usize| {
        let mut row = [0.0; FEATURE_COUNT];
        row.copy_from_slice(&columns[place * columns.len() / FRAMES][..FEATURE_COUNT]);
        row
    };
    Ok((!columns.is_empty()).then(|| (0..FRAMES).map(row).collect()))
}
