//! The kinds of models, one module each: the kind's manifest, and running it. A module never depends on another
//! kind's.

mod patch_decoder;
mod patch_encoder;
mod sound_encoder;

pub use patch_decoder::PatchDecoder;
pub use patch_encoder::ColumnEncoder;
pub use sound_encoder::{FEATURE_COUNT, FEATURES, SoundEncoder};

/// Number of latent coordinates.
pub const LATENT_COUNT: usize = 2;
/// Port of a point: x, y.
pub const LATENT: &str = "latent";
/// Port of a patch: 27 numbers of 0…1, then class logits (computed) or one-hot classes (read); the order is
/// `patch::encoding::column_names`.
pub const COLUMNS: &str = "columns";
/// Port of a distribution's mean x, y.
pub const MEAN: &str = "mean";
/// Port of the natural logarithm of a distribution's variance along x, y.
pub const LOG_VARIANCE: &str = "log_variance";
/// `format` of every encoder.
const ENCODER_FORMAT: &str = "latent-pad encoder";
/// Outputs of every encoder.
const DISTRIBUTION: &[(&str, usize)] = &[(MEAN, LATENT_COUNT), (LOG_VARIANCE, LATENT_COUNT)];
