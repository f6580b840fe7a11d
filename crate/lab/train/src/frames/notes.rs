//! Recorded notes as frames: the columns that the networks learn from, and the note's timbral scales.

use super::heads::{AudibleFrame, FrameHead};
use frame_model::{NoteSound, SCALE_COUNT};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use spectral::SpectralError;
use timbre::Descriptor;

/// The frames of a note that can be learned from.
#[derive(Clone, Debug)]
pub struct NoteFrames<C> {
    /// Its name.
    pub name: String,
    /// The columns of each frame.
    pub columns: Vec<C>,
    /// The level below which nothing of each frame is audible, in dB relative to the frame's level.
    pub floors_db: Vec<f32>,
    /// Columns and floors of copies of the note at other pitches, which are only learned from.
    pub copies: Vec<AudibleFrame<C>>,
    /// The seven timbral scales of the whole note, if it is long enough.
    pub scales: Option<[f32; SCALE_COUNT]>,
}

/// With more notes no copies are made: so many notes cover the pitches themselves, and the copies would take five times
/// as long and as much memory.
const COPIED_NOTES: usize = 500;

fn scales(note: &NoteSound) -> Option<[f32; SCALE_COUNT]> {
    let descriptors = timbre::analyze(&note.samples, note.sample_rate_hz).ok()?;
    Some(Descriptor::SCALES.map(|scale| descriptors.get(scale) as f32))
}

/// The frames of all notes, in their order; `done` is called after each.
///
/// # Errors
/// As [`FrameHead::frames`].
pub fn all_frames<H: FrameHead>(
    notes: &[NoteSound],
    done: impl Fn() + Sync,
) -> Result<Vec<NoteFrames<H::Columns>>, SpectralError> {
    let frames = |note: &NoteSound| {
        let (columns, floors_db) = H::frames(note)?.into_iter().unzip();
        let mut copies = Vec::new();
        if notes.len() <= COPIED_NOTES {
            for copy in H::copies(note) {
                copies.extend(H::frames(&copy)?);
            }
        }
        let name = note.name.clone();
        let frames = NoteFrames { name, columns, floors_db, copies, scales: scales(note) };
        done();
        Ok(frames)
    };
    notes.par_iter().map(frames).collect()
}
