//! A latent space of tones: the timbre of a frame of sound becomes a few numbers, and these become the timbre of a
//! frame again; pitch, voicing and level stay outside. Also the files of such models. Never reads a file, starts a
//! thread or knows the web; [`ToneCoder`] and [`FrameCoder`] never allocate after construction.
//!
//! The two networks are small, and the audio thread runs them once a hop: so they are plain loops here, whose sums
//! have a fixed order and whose result is the same on every platform.
#![forbid(unsafe_code)]
// The README's examples are doctests.
#![cfg_attr(doctest, doc = include_str!("../README.md"))]

mod alignment;
mod coder;
mod domain_range;
mod error;
mod file;
mod layer;
mod model;
mod normalisation;
mod note_sound;
mod plane_law;
mod tone_coder;
mod whole_sound;

pub use alignment::SoundAlignment;
pub use coder::FrameCoder;
pub use domain_range::TRANSFER_SHARE;
pub use error::FrameModelError;
pub use layer::FrameLayer;
pub use model::{FrameModel, LATENT_LIMIT, LatentAxis, SCALE_COUNT, SoundDomain, WIDTH_LIMIT};
pub use normalisation::{COLUMN_COUNT, FEATURE_COUNT, FLOOR_DB, FrameNormalisation, PITCH_COLUMN, columns};
pub use note_sound::NoteSound;
pub use plane_law::PERCENTILE_COORDINATE;
pub use tone_coder::{ToneCoder, TonePitch, frame_layout};
pub use whole_sound::{LatentFrame, blend, curve_at, decode_sound, encode_sound, interpolated, transferred};
