//! Paths through a latent space: values in time with notes, the operators that change them, and their file format.
//! Pure: values in, values out. Makes no sound, runs no network, knows no browser and reads no clock.
//!
//! [`LatentPath`] is a path as values at a constant rate; [`strokes::Path`] is one as a finger draws it. Each converts
//! to the other (`conversion`). The codebook ([`codebook`]) is here, too.
#![forbid(unsafe_code)]

pub mod bank;
pub mod blend;
pub mod closing;
pub mod codebook;
pub mod codebook_dots;
pub mod conversion;
pub mod file;
pub mod latent_path;
pub mod link;
pub mod midi;
pub mod noise;
pub mod note;
pub mod operators;
mod packed;
pub mod quantise;
pub mod score;
pub mod smooth;
pub mod sound_codes;
pub mod strokes;
pub mod target;

pub use file::{PathFileError, SCHEMA, read, write};
pub use latent_path::{LatentPath, PathValueError};
pub use link::{LinkedLoop, LinkedLoopError};
pub use note::PathNote;
pub use operators::Scope;
pub use protocol::constants::PATH_FILE_SIZE_LIMIT;
pub use score::score;
