//! The notes on which a latent space of tones is evaluated.

use frame_model::NoteSound;

/// Notes with a name for the report.
#[derive(Clone, Debug)]
pub struct NoteSet {
    /// Such as `strings/test`.
    pub name: String,
    /// The notes.
    pub notes: Vec<NoteSound>,
}

/// The notes of an evaluation.
#[derive(Clone, Debug, Default)]
pub struct ToneNotes {
    /// Those that the model was trained on: for principal components, and as the domain that a transfer goes to. Without
    /// them there are neither.
    pub learned: Vec<NoteSound>,
    /// Notes of the domain that the model has not heard.
    pub unheard: Vec<NoteSet>,
    /// Notes of other domains, to transfer.
    pub others: Vec<NoteSet>,
}
