//! Levels in dB from logarithms of powers. Only constants.

/// The factor from the natural logarithm of a power to a level in dB.
pub(crate) const DB: f32 = 10.0 / std::f32::consts::LN_10;
/// The factor from the binary logarithm of a power to a level in dB.
pub(crate) const DB_PER_OCTAVE: f32 = 10.0 * std::f32::consts::LOG10_2;
