//! Preparation of a sound for the models: checks, resampling to at least 44.1 kHz, loudness
//! normalisation to -24 LUFS. Never changes the caller's samples.
//!
//! Constants from timbral_models 0.4.0, `file_read`, `loud_norm`, `channel_reduction` and
//! `check_upsampling`.

use ebur128::{EbuR128, Mode};
use fourier::resampled_exactly;

use crate::TimbreError;
use crate::scan::peak;

/// Sounds with a lower sample rate are resampled to this one.
pub(crate) const LOWEST_RATE_HZ: u32 = 44_100;

/// Accepted sample rates.
pub const RATES_HZ: std::ops::RangeInclusive<u32> = 8_000..=192_000;

/// The loudness for which the models were trained.
const TARGET_LUFS: f64 = -24.0;

/// The difference of pyloudnorm 0.2.0, which the original uses, below ITU-R BS.1770: its default weighting filter
/// has rounded coefficients. Measured over 34 signals: 0.032 (55 Hz) to 0.047 (10 kHz).
const LOWER_BY_LU: f64 = 0.0455;

/// Shortest duration for the loudness meter; shorter sounds are padded with silence.
const SHORTEST_S: f64 = 0.4;

/// Fewest samples at 44.1 kHz or above: one frame of the short-time transform. With fewer the original
/// mostly fails.
pub(crate) const FEWEST_SAMPLES: usize = 2048;

/// Checks that a sound can be analysed.
pub(crate) fn check(samples: &[f32], sample_rate_hz: u32) -> Result<(), TimbreError> {
    if !RATES_HZ.contains(&sample_rate_hz) {
        return Err(TimbreError::SampleRate { sample_rate_hz });
    }
    let least = (FEWEST_SAMPLES as u64 * u64::from(sample_rate_hz))
        .div_ceil(u64::from(sample_rate_hz.max(LOWEST_RATE_HZ))) as usize;
    if samples.len() < least {
        return Err(TimbreError::TooShort { samples: samples.len(), least });
    }
    if let Some(position) = samples.iter().position(|sample| !sample.is_finite()) {
        return Err(TimbreError::NotFinite { position });
    }
    if samples.iter().all(|&sample| sample == 0.0) {
        return Err(TimbreError::Silent);
    }
    Ok(())
}

/// Resamples a sound to 44.1 kHz.
pub(crate) fn upsample(samples: &[f64], sample_rate_hz: u32) -> Result<Vec<f64>, TimbreError> {
    resampled_exactly(samples, sample_rate_hz, LOWEST_RATE_HZ)
        .map_err(|reason| TimbreError::Resampling { sample_rate_hz, reason })
}

/// Normalises a sound to the models' loudness, or to a peak of one if it would clip.
pub(crate) fn normalise(samples: &mut [f64], sample_rate_hz: u32) -> Result<(), TimbreError> {
    let too_quiet = TimbreError::TooQuiet;
    let mut meter = EbuR128::new(1, sample_rate_hz, Mode::I).map_err(|_| too_quiet.clone())?;
    meter.add_frames_f64(samples).map_err(|_| too_quiet.clone())?;
    let shortest = (SHORTEST_S * f64::from(sample_rate_hz)).ceil() as usize;
    if let Some(missing) = shortest.checked_sub(samples.len()) {
        meter.add_frames_f64(&vec![0.0; missing]).map_err(|_| too_quiet.clone())?;
    }
    let loudness = meter.loudness_global().ok().filter(|lufs| lufs.is_finite()).ok_or(too_quiet)?;
    let gain = 10.0_f64.powf((TARGET_LUFS - (loudness - LOWER_BY_LU)) / 20.0);
    let peak = peak(samples) * gain;
    let gain = if peak > 1.0 { gain / peak } else { gain };
    for sample in samples {
        *sample *= gain;
    }
    Ok(())
}
