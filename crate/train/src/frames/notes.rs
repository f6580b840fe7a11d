//! Recorded notes as frames: the columns that the networks learn from, and the note's timbral scales.

use frame_model::{COLUMN_COUNT, NoteSound, SCALE_COUNT};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use spectral::SpectralError;
use timbre::Descriptor;

/// The frames of a note that can be learned from.
#[derive(Clone, Debug)]
pub struct NoteFrames {
    /// Its name.
    pub name: String,
    /// Features and pitch of each frame.
    pub columns: Vec<[f32; COLUMN_COUNT]>,
    /// The seven timbral scales of the whole note, if it is long enough.
    pub scales: Option<[f32; SCALE_COUNT]>,
}

impl NoteFrames {
    /// Those of a note.
    ///
    /// # Errors
    /// As [`NoteSound::columns`].
    pub fn of(note: &NoteSound) -> Result<Self, SpectralError> {
        Ok(Self { name: note.name.clone(), columns: note.columns()?, scales: scales(note) })
    }
}

fn scales(note: &NoteSound) -> Option<[f32; SCALE_COUNT]> {
    let descriptors = timbre::analyze(&note.samples, note.sample_rate_hz).ok()?;
    Some(Descriptor::SCALES.map(|scale| descriptors.get(scale) as f32))
}

/// The frames of all notes, in their order; `done` is called after each.
///
/// # Errors
/// As [`NoteSound::columns`].
pub fn all_frames(notes: &[NoteSound], done: impl Fn() + Sync) -> Result<Vec<NoteFrames>, SpectralError> {
    let frames = |note: &NoteSound| {
        let frames = NoteFrames::of(note);
        done();
        frames
    };
    notes.par_iter().map(frames).collect()
}
