//! Training of a latent space of tones, or of textures: sounds of one domain in, a `frame_model` file out. The same
//! notes, options and seed give the same bytes on the same machine. Reads no files.
//!
//! [`heads`] has the differences of the two kinds. The pipeline: [`notes`] → frames, of tones also [`mod@transposed`] →
//! [`learning`], a variational autoencoder with [`augmentation`] and, for tones, [`band_error`] → [`rotation`] of its
//! latent space → [`run`], the file and its figures. From a finished model, [`mod@note_points`], [`mod@tone_map`] and
//! [`mod@axis_scales`] make the plane as data, and [`contours`] the courses of the notes in time.

pub mod augmentation;
pub mod autoencoder;
pub mod axis_scales;
pub mod band_error;
pub mod contours;
pub mod heads;
pub mod learning;
pub mod note_points;
pub mod notes;
pub mod rotation;
pub mod run;
pub mod tone_map;
pub mod transposed;

pub use axis_scales::{AxisScales, axis_scales};
pub use contours::{note_contour, note_contours};
pub use frame_model::NoteSound;
pub use note_points::note_points;
pub use notes::NoteFrames;
pub use run::{FrameFigures, FrameTraining, TrainedFrames, train_frames, train_textures};
pub use tone_map::{tone_map, tone_scales};
