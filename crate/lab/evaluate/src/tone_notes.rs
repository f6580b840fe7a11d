//! The notes on which a latent space of tones is evaluated.

use frame_model::NoteSound;

/// Notes with a name for the report.
#[derive(Clone, Debug)]
pub struct NoteSet {
    /// The name, such as `strings/test`.
    pub name: String,
    /// The notes.
    pub notes: Vec<NoteSound>,
}

/// The notes of an evaluation.
#[derive(Clone, Debug, Default)]
pub struct ToneNotes {
    /// The notes that the model was trained on, which define the principal components and the domain of a transfer.
    /// Without them the report has neither.
    pub learned: Vec<NoteSound>,
    /// Notes of the domain that the model was not trained on.
    pub unheard: Vec<NoteSet>,
    /// Notes of other domains, to transfer.
    pub others: Vec<NoteSet>,
}
