//! Recorded notes as frames: the columns that the networks learn from, and the note's timbral scales.

use super::heads::FrameHead;
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
    /// The seven timbral scales of the whole note, if it is long enough.
    pub scales: Option<[f32; SCALE_COUNT]>,
}

fn scales(note: &NoteSound) -> Option<[f32; SCALE_COUNT]> {
    let descriptors = timbre::analyze(&note.samples, note.sample_rate_hz).ok()?;
    Some(Descriptor::SCALES.map(|scale| descriptors.get(scale) as f32))
}

/// The frames of all notes, in their order; `done` is called after each.
///
/// # Errors
/// As [`FrameHead::columns`].
pub fn all_frames<H: FrameHead>(
    notes: &[NoteSound],
    done: impl Fn() + Sync,
) -> Result<Vec<NoteFrames<H::Columns>>, SpectralError> {
    let frames = |note: &NoteSound| {
        let columns = H::columns(note)?;
        let frames = NoteFrames { name: note.name.clone(), columns, scales: scales(note) };
        done();
        Ok(frames)
    };
    notes.par_iter().map(frames).collect()
}
