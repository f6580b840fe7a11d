//! Levels in dB from logarithms of powers. Only constants.

/// A level in dB is so many times the natural logarithm of a power.
pub(crate) const DB: f32 = 10.0 / std::f32::consts::LN_10;
/// A level in dB is so many times the binary logarithm of a power.
pub(crate) const DB_PER_OCTAVE: f32 = 10.0 * std::f32::consts::LOG10_2;
