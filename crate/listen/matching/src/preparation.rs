//! Prepares samples for a search: mixes channels, resamples, and finds the onset, the end and the release of the
//! note.

use features::test_note::SAMPLE_RATE_HZ;
use fourier::resampled;
use std::ops::Range;

use crate::target_error::TargetError;

/// Levels per second: 5 ms are short beside any attack that is heard as one.
const LEVELS_PER_S: u32 = 200;
const HOP: usize = (SAMPLE_RATE_HZ / LEVELS_PER_S) as usize;
/// A sound begins as soon as its level is within this of its greatest: above the noise of usual recordings.
const ONSET_DB: f32 = -40.0;
/// A sound ends where its level falls below this.
const END_DB: f32 = -54.0;
/// A held note's level stays within this of its median; a release falls below.
const RELEASE_DB: f32 = -9.0;

/// Quieter sounds are silence: −80 dB of full scale.
pub(crate) const SILENCE: f32 = 1e-4;

/// The mean of all channels. If they cancel each other, that is if their sum is less than half as loud, the
/// loudest channel. `None` if that is silent.
pub fn mono(channels: &[&[f32]]) -> Option<Vec<f32>> {
    let frames = channels.iter().map(|channel| channel.len()).min()?;
    let share = 1.0 / channels.len() as f32;
    let sample = |frame| channels.iter().map(|channel| channel[frame] * share).sum();
    let mean: Vec<f32> = (0..frames).map(sample).collect();
    let levels = channels.iter().map(|channel| level(channel));
    let (loudest, level_of_loudest) =
        channels.iter().zip(levels).max_by(|one, other| one.1.total_cmp(&other.1))?;
    let is_cancelled = level(&mean) / f64::from(share) < 0.5 * level_of_loudest;
    let chosen = if is_cancelled { loudest.to_vec() } else { mean };
    (peak_of(&chosen) >= SILENCE).then_some(chosen)
}

/// The standard deviation: the level without a constant offset.
fn level(samples: &[f32]) -> f64 {
    let count = samples.len().max(1) as f64;
    let mean = samples.iter().copied().map(f64::from).sum::<f64>() / count;
    let power = |&sample: &f32| (f64::from(sample) - mean).powi(2);
    (samples.iter().map(power).sum::<f64>() / count).sqrt()
}

/// The greatest distance of a sample from 0.
pub(crate) fn peak_of(samples: &[f32]) -> f32 {
    samples.iter().fold(0.0, |peak, sample| peak.max(sample.abs()))
}

/// Resamples to the rate of the test note.
pub fn resample(samples: Vec<f32>, sample_rate_hz: u32) -> Result<Vec<f32>, TargetError> {
    if sample_rate_hz == SAMPLE_RATE_HZ {
        return Ok(samples);
    }
    resampled(&samples, sample_rate_hz, SAMPLE_RATE_HZ).map_err(|_| TargetError::BadRate { sample_rate_hz })
}

/// Removes a constant offset that is as loud as audible sound: it would hide onset, end and pitch.
pub fn remove_offset(samples: &mut [f32], sample_rate_hz: u32) {
    let offset =
        (samples.iter().map(|&sample| f64::from(sample)).sum::<f64>() / samples.len().max(1) as f64) as f32;
    let levels = levels_db(samples, (sample_rate_hz / LEVELS_PER_S) as usize);
    let greatest = levels.into_iter().max_by(f32::total_cmp).unwrap_or(f32::MAX);
    if 20.0 * offset.abs().log10() >= greatest + END_DB {
        samples.iter_mut().for_each(|sample| *sample -= offset);
    }
}

/// The frames from the onset to the end of a sound; empty if it is silent.
pub fn sounding_at(samples: &[f32]) -> Range<usize> {
    let levels = levels_db(samples, HOP);
    let Some(greatest) = levels.iter().copied().max_by(f32::total_cmp) else { return 0..0 };
    let first = levels.iter().position(|&level| level >= greatest + ONSET_DB).unwrap_or(0);
    let last = levels.iter().rposition(|&level| level >= greatest + END_DB).unwrap_or(0);
    first * HOP..((last + 1) * HOP).min(samples.len())
}

/// The release of a sound's note, in frames from its onset.
pub fn release(samples: &[f32]) -> usize {
    // 50 ms: longer than the period of a tremolo's or a beat's fast part, shorter than a short note.
    const SMOOTHED: usize = 10;
    let levels = levels_db(samples, HOP);
    let mut smooth: Vec<f32> = (levels.windows(SMOOTHED))
        .map(|window| window.iter().copied().max_by(f32::total_cmp).unwrap_or(f32::MIN))
        .collect();
    smooth.sort_by(f32::total_cmp);
    let Some(&median) = smooth.get(smooth.len() / 2) else { return samples.len() };
    let last = levels.iter().rposition(|&level| level >= median + RELEASE_DB).unwrap_or(levels.len());
    ((last + 1) * HOP).min(samples.len())
}

/// The level of each hop.
fn levels_db(samples: &[f32], hop: usize) -> Vec<f32> {
    let level = |frames: &[f32]| {
        let power = frames.iter().map(|sample| sample * sample).sum::<f32>() / frames.len() as f32;
        10.0 * power.max(1e-12).log10()
    };
    samples.chunks(hop.max(1)).map(level).collect()
}

/// The sound played faster by a factor, so that its pitch rises by it: linear between samples, enough to compare mel
/// bands.
pub fn transpose(samples: &[f32], factor: f64) -> Vec<f32> {
    let frames = (samples.len() as f64 / factor) as usize;
    let sample = |frame: usize| {
        let position = frame as f64 * factor;
        let (at, part) = (position as usize, position.fract() as f32);
        let [here, next] = [at, at + 1].map(|at| samples.get(at).copied().unwrap_or(0.0));
        here + (next - here) * part
    };
    (0..frames).map(sample).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(frames: usize, level: f32) -> impl Iterator<Item = f32> {
        (0..frames).map(move |n| level * (n as f32 * 0.06).sin())
    }

    #[test]
    fn onset_and_end_are_found_in_silence_and_noise() {
        let noise = |frames| (0..frames).map(|n: usize| if n.is_multiple_of(3) { 1e-4 } else { -1e-4 });
        let sound: Vec<f32> = noise(10_000).chain(tone(20_000, 0.5)).chain(noise(9_000)).collect();
        let found = sounding_at(&sound);
        assert!(found.start.abs_diff(10_000) <= HOP && found.end.abs_diff(30_000) <= HOP, "{found:?}");
        assert_eq!(sounding_at(&[]), 0..0);
    }

    #[test]
    fn a_release_ends_the_held_note() {
        let fall = (0..30_000).map(|n| 0.5 * (-(n as f32) / 4000.0).exp() * (n as f32 * 0.06).sin());
        let sound: Vec<f32> = tone(40_000, 0.5).chain(fall).collect();
        assert!(release(&sound).abs_diff(43_000) < 4000, "{}", release(&sound));
    }

    #[test]
    fn a_note_that_lasts_to_the_end_of_its_sound_is_held_until_there() {
        for frames in [2_205, 2_646, 44_100, 44_150] {
            let sound: Vec<f32> = tone(frames, 0.5).collect();
            assert!(release(&sound).abs_diff(frames) <= HOP, "{frames}: {}", release(&sound));
        }
    }

    #[test]
    fn resampling_keeps_the_duration() {
        for rate in [8_000, 22_050, 48_000, 96_000] {
            let sound: Vec<f32> = tone(rate as usize, 0.5).collect();
            let frames = resample(sound, rate).unwrap().len();
            assert!(frames.abs_diff(SAMPLE_RATE_HZ as usize) <= 2, "{rate}: {frames}");
        }
    }
}
