//! Distances between two sounds: spectral convergence and log-spectral distance of magnitudes, and the mean
//! difference of mel bands.

use crate::frames::Magnitudes;
use crate::mel_bands::MelBands;

/// Bins that are weaker than this share of the original's loudest count as having it: −80 dB.
const BIN_FLOOR: f32 = 1e-4;
/// The same for bands: −60 dB.
const BAND_FLOOR: f32 = 1e-3;

/// The norm of the difference of two spectrograms relative to the norm of the original, in dB (Sturmel and Daudet,
/// DAFx 2011): −∞ for equal ones, 0 for silence instead of the original, not a number for two silent ones. Frames
/// that only one of them has are left out.
pub fn spectral_convergence_db(original: &Magnitudes, other: &Magnitudes) -> f64 {
    let (mut difference, mut whole) = (0.0, 0.0);
    for (&a, &b) in original.values().iter().zip(other.values()) {
        difference += f64::from(a - b).powi(2);
        whole += f64::from(a).powi(2);
    }
    10.0 * (difference / whole).log10()
}

/// The log-spectral distance in dB: the root of the mean squared difference of levels within a frame, averaged over the
/// frames (Gray and Markel, 1976). Levels below −80 dB of the original's loudest bin count as −80 dB.
pub fn log_spectral_distance_db(original: &Magnitudes, other: &Magnitudes) -> f64 {
    let floor = floor_of(original, BIN_FLOOR);
    let mut sum = 0.0;
    for (a, b) in original.iter().zip(other.iter()) {
        let squares: f64 =
            a.iter().zip(b).map(|(&a, &b)| f64::from(level_difference(a, b, floor)).powi(2)).sum();
        sum += (squares / a.len() as f64).sqrt();
    }
    sum / original.count().min(other.count()).max(1) as f64
}

/// The mean absolute difference of the levels of mel bands, in dB. Levels below −60 dB of the original's loudest band
/// count as −60 dB.
pub fn band_difference_db(original: &Magnitudes, other: &Magnitudes, bands: &MelBands) -> f64 {
    let [original, other] = [original, other].map(|one| {
        let mut levels = Magnitudes::zeros(bands.count(), one.count());
        for (levels, frame) in levels.iter_mut().zip(one.iter()) {
            bands.magnitudes(frame, levels);
        }
        levels
    });
    let floor = floor_of(&original, BAND_FLOOR);
    let pairs = original.values().iter().zip(other.values());
    let sum: f64 = pairs.map(|(&a, &b)| f64::from(level_difference(a, b, floor)).abs()).sum();
    sum / original.values().len().min(other.values().len()).max(1) as f64
}

fn floor_of(original: &Magnitudes, share: f32) -> f32 {
    original.values().iter().fold(1e-30, |most: f32, &one| most.max(one)) * share
}

fn level_difference(a: f32, b: f32, floor: f32) -> f32 {
    20.0 * (a.max(floor) / b.max(floor)).log10()
}
