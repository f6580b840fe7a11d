//! Training of a latent space of tones: notes of one domain in, a `frame_model` file out. The same notes, options and
//! seed give the same bytes on the same machine. Reads no files.
//!
//! The pipeline: [`notes`] → frames → [`learning`], a variational autoencoder with [`augmentation`] → [`rotation`] of its
//! latent space → [`run`], the file and its figures.

pub mod augmentation;
pub mod autoencoder;
pub mod learning;
pub mod notes;
pub mod rotation;
pub mod run;

pub use notes::{NoteFrames, NoteSound};
pub use run::{FrameFigures, FrameTraining, TrainedFrames, train_frames};
