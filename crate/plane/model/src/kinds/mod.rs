//! The kinds of models, one module each: the kind's manifest, and running it. A module never depends on another
//! kind's.

mod patch_decoder;
mod patch_encoder;
mod sound_encoder;
pub mod sound_to_patch;

pub use patch_decoder::PatchDecoder;
pub use patch_encoder::ColumnEncoder;
pub use sound_encoder::{FEATURE_COUNT, FEATURES, SoundEncoder};
pub use sound_to_patch::SoundToPatch;

/// Number of latent coordinates of the plane; a kind may have its own.
pub const LATENT_COUNT: usize = 2;
/// Port of a point of the plane: x, y; a kind may have its own.
pub const LATENT: &str = "latent";
/// Port of a patch: 27 numbers of 0…1, then class logits (computed) or one-hot classes (read); the order is
/// `patch::encoding::column_names`.
pub const COLUMNS: &str = "columns";
/// Port of a distribution's mean x, y.
pub const MEAN: &str = "mean";
/// Port of the natural logarithm of a distribution's variance along x, y.
pub const LOG_VARIANCE: &str = "log_variance";
/// `format` of the two kinds that [`PatchEncoder`](crate::PatchEncoder) loads and tells apart by their inputs.
const PATCH_ENCODER_FORMAT: &str = "latent-pad encoder";
/// Outputs of a kind that computes a distribution over the plane.
const DISTRIBUTION: &[(&str, usize)] = &[(MEAN, LATENT_COUNT), (LOG_VARIANCE, LATENT_COUNT)];
/// `REMEDY` of the kinds that this project's own command trains.
const OWN_TRAINING: &str = "`latent-pad train`";
