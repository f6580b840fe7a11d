//! A latent space of tones: the timbre of a frame of sound becomes a few numbers, and these become the timbre of a
//! frame again; pitch, voicing and level stay outside. Also the files of such models. Never reads a file, starts a
//! thread or knows the web; [`ToneCoder`] and [`FrameCoder`] never allocate after construction.
//!
//! [`TextureModel`] is the same for the whole spectrum of a frame, without a pitch: for chords and noises.
//!
//! The two networks are small, and the audio thread runs them once a hop. So they are plain loops here, whose sums
//! have a fixed order and whose result is the same on every platform.
#![forbid(unsafe_code)]
// The README's examples are doctests.
#![cfg_attr(doctest, doc = include_str!("../README.md"))]

mod alignment;
mod coder;
mod contour;
mod contour_choice;
mod contour_file;
mod domain_range;
mod error;
mod file;
mod frame_series;
mod frame_times;
mod latent_axis;
mod latent_frame;
mod layer;
mod model;
mod model_reader;
mod normalisation;
mod note_sound;
mod plane_law;
mod plane_tone;
mod texture_coder;
mod texture_frame;
mod texture_live;
mod texture_model;
mod timbre_model;
mod tone_coder;
mod whole_sound;
mod whole_texture;

pub use alignment::SoundAlignment;
pub use coder::FrameCoder;
pub use contour::{
    CENTS_LIMIT, CONTOUR_LIMIT, CONTOUR_STEP_S, CONTOUR_STEPS_LIMIT, ContourPoint, LEVEL_LIMIT_DB,
    NOISE_LIMIT_DB, RELEASE_RANGE_S, STEPS_A_LATENT, ToneContour, WIDTHS_LIMIT,
};
pub use domain_range::TRANSFER_SHARE;
pub use error::FrameModelError;
pub use frame_times::{FrameTimes, TimedFrames};
pub use latent_axis::{LATENT_LIMIT, LatentAxis};
pub use latent_frame::LatentFrame;
pub use layer::FrameLayer;
pub use model::{FrameModel, SCALE_COUNT, SoundDomain, WIDTH_LIMIT};
pub use normalisation::{
    CEILING_DB, COLUMN_COUNT, FEATURE_COUNT, FLOOR_DB, FrameNormalisation, PITCH_COLUMN, columns,
};
pub use note_sound::NoteSound;
pub use plane_law::{PERCENTILE_COORDINATE, PLANE_AXES};
pub use plane_tone::{PLANE_TONE_RATE_HZ, plane_tone};
pub use texture_coder::TextureCoder;
pub use texture_frame::{BIN_COUNT, TextureLevels, bin_weights, texture_layout};
pub use texture_live::LiveTexture;
pub use texture_model::TextureModel;
pub use timbre_model::TimbreModel;
pub use tone_coder::{ToneCoder, TonePitch, frame_layout};
pub use whole_sound::{
    PEAK_LIMIT, below_full_scale, blend, curve_at, decode_sound, encode_sound, interpolated, transferred,
};
pub use whole_texture::texture_columns;
