//! The numbers that the networks read and write: the 104 features of a frame, limited and scaled, and the pitch
//! beside them. Never allocates.

use spectral::{ENVELOPE_COUNT, NOISE_LEVEL_COUNT, ToneFeatures};

/// Features of a frame: 64 values of the envelope, 40 of the noise.
pub const FEATURE_COUNT: usize = ENVELOPE_COUNT + NOISE_LEVEL_COUNT;
/// Numbers that the encoder reads: the features and the pitch.
pub const COLUMN_COUNT: usize = FEATURE_COUNT + 1;
/// The index of the pitch among them, as the logarithm to base 2 of the frequency in Hz.
pub const PITCH_COLUMN: usize = FEATURE_COUNT;
/// Levels below this count as this, in dB relative to the frame's level: they are inaudible beside the rest of the
/// frame.
pub const FLOOR_DB: f32 = -80.0;
/// The greatest level of a feature, in dB.
pub const CEILING_DB: f32 = 20.0;
/// Scaled numbers beyond ±4 count as ±4, so that a foreign sound stays near the numbers that the networks have
/// learned.
const LIMIT: f32 = 4.0;
/// Envelopes at this level or below have no harmonics.
const NO_HARMONICS_DB: f32 = -99.0;

/// Mean and spread of each column over the frames of a domain.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameNormalisation {
    /// Means: dB, the last in octaves.
    pub means: Vec<f32>,
    /// Standard deviations, above 0.
    pub spreads: Vec<f32>,
}

/// The columns of a frame with a pitch: its features, limited, and the logarithm of its frequency.
pub fn columns(features: &ToneFeatures) -> [f32; COLUMN_COUNT] {
    let mut columns = [0.0; COLUMN_COUNT];
    let values = features.envelope_db.iter().chain(&features.noise_db);
    for (column, &value) in columns.iter_mut().zip(values) {
        *column = if value.is_finite() { value.clamp(FLOOR_DB, CEILING_DB) } else { FLOOR_DB };
    }
    columns[PITCH_COLUMN] = octave_of(features.frequency_hz);
    columns
}

/// The logarithm to base 2 of a frequency; for no frequency that of 261.6 Hz, C4.
fn octave_of(frequency_hz: f32) -> f32 {
    let frequency_hz = f64::from(frequency_hz);
    let is_pitch = (1.0..1e5).contains(&frequency_hz);
    (math::double::ln(if is_pitch { frequency_hz } else { 261.6 }) / std::f64::consts::LN_2) as f32
}

impl FrameNormalisation {
    /// True if all numbers of this many columns can be used.
    pub(crate) fn is_sound(&self, columns: usize) -> bool {
        self.means.len() == columns
            && self.spreads.len() == columns
            && self.means.iter().all(|mean| mean.is_finite())
            && self.spreads.iter().all(|spread| (1e-6..1e6).contains(spread))
    }

    /// A frame's columns, scaled. Without harmonics the envelope counts as the domain's mean, because such a frame
    /// has no envelope.
    pub(crate) fn scaled(&self, features: &ToneFeatures, scaled: &mut [f32; COLUMN_COUNT]) {
        *scaled = columns(features);
        self.scale(scaled);
        if features.envelope_db.iter().all(|&level| level <= NO_HARMONICS_DB) {
            scaled[..ENVELOPE_COUNT].fill(0.0);
        }
    }

    /// Scales columns in place.
    pub fn scale(&self, columns: &mut [f32]) {
        for ((column, mean), spread) in columns.iter_mut().zip(&self.means).zip(&self.spreads) {
            *column = ((*column - mean) / spread).clamp(-LIMIT, LIMIT);
        }
    }

    /// The scaled pitch of a frequency in Hz.
    pub(crate) fn scaled_pitch(&self, frequency_hz: f32) -> f32 {
        let scaled = (octave_of(frequency_hz) - self.means[PITCH_COLUMN]) / self.spreads[PITCH_COLUMN];
        scaled.clamp(-LIMIT, LIMIT)
    }

    /// Levels in dB from scaled numbers.
    pub(crate) fn levels(&self, scaled: &[f32; FEATURE_COUNT], features: &mut ToneFeatures) {
        let levels = features.envelope_db.iter_mut().chain(&mut features.noise_db);
        for (((level, value), mean), spread) in levels.zip(scaled).zip(&self.means).zip(&self.spreads) {
            *level = unscaled(*value, *mean, *spread).clamp(FLOOR_DB, CEILING_DB);
        }
    }
}

/// The unscaled number of a scaled one.
pub(crate) fn unscaled(value: f32, mean: f32, spread: f32) -> f32 {
    let value = if value.is_finite() { value.clamp(-2.0 * LIMIT, 2.0 * LIMIT) } else { 0.0 };
    mean + spread * value
}
