//! The difference of an answer from the sound of a file: both from their onsets, the found one at the gain at which
//! the mel spectra differ least. Measured twice: as given, where only the mean of each whole sound is taken off, so
//! that silences have the offsets of the notes before them; and above 20 Hz, as a person hears them.

use crate::log_mel::{LogMel, LogMelDifference};
use crate::mel_spectrogram::SAMPLE_RATE_HZ;
use crate::sound_metrics::{MatchMetrics, SoundMetrics};
use serde::Serialize;
use std::f64::consts::{SQRT_2, TAU};

/// Everything below is too low to hear.
const HIGH_PASS_HZ: f64 = 20.0;
/// A sound begins with the first sample above this share of its peak.
const ONSET_SHARE: f32 = 0.01;
/// Samples of 10 ms: a step of the level, and the time before an onset that is kept.
const STEP: usize = SAMPLE_RATE_HZ as usize / 100;
/// Steps count where the wanted sound is within this of its loudest.
const LEVEL_RANGE_DB: f64 = 40.0;
/// The found sound counts as no quieter than this below the wanted one's loudest step.
const FLOOR_DB: f64 = 60.0;
/// The power of silence.
const LEAST_POWER: f64 = 1e-12;

/// The difference of two sounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct WaveDifference {
    /// Mean absolute difference of the mel spectra at three resolutions.
    pub log_mel_db: f64,
    /// The gain of the found sound at which it is least.
    pub gain_db: f64,
    /// Root of the mean square difference of the level in steps of 10 ms at that gain.
    pub level_db: f64,
}

/// The differences of an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FileDifference {
    /// That of the sounds as given.
    pub as_given: WaveDifference,
    /// That of the sounds above 20 Hz.
    pub above_20_hz: WaveDifference,
    /// The metrics of the field, above 20 Hz and from both onsets.
    pub metrics: MatchMetrics,
}

/// Compares sounds of files with answers; plans its transforms once.
pub struct FileMeasure {
    log_mel: LogMel,
    metrics: SoundMetrics,
}

impl Default for FileMeasure {
    fn default() -> Self {
        Self::new()
    }
}

impl FileMeasure {
    /// Plans all transforms.
    pub fn new() -> Self {
        Self { log_mel: LogMel::new(), metrics: SoundMetrics::new() }
    }

    /// Compares a found sound with a wanted one, both mono at 44.1 kHz; the shorter one ends in silence.
    pub fn compare(&mut self, wanted: &[f32], found: &[f32]) -> FileDifference {
        let given = from_onsets([wanted, found].map(without_mean));
        let heard = from_onsets([wanted, found].map(high_passed));
        FileDifference {
            as_given: self.difference(&given),
            above_20_hz: self.difference(&heard),
            metrics: self.metrics.compare(&heard[0], &heard[1]),
        }
    }

    fn difference(&mut self, [wanted, found]: &[Vec<f32>; 2]) -> WaveDifference {
        let LogMelDifference { mean_db, gain_db } = self.log_mel.difference(wanted, found);
        let level_db = level_difference_db(wanted, found, gain_db);
        WaveDifference { log_mel_db: mean_db, gain_db, level_db }
    }
}

/// A found sound until the time, from its onset, at which the wanted one ends.
pub fn as_long_as(wanted: &[f32], mut found: Vec<f32>) -> Vec<f32> {
    let [wanted_onset, found_onset] = [high_passed(wanted), high_passed(&found)].map(|sound| onset(&sound));
    found.resize(wanted.len() - wanted_onset + found_onset, 0.0);
    found
}

/// Without an offset and everything else that is too low to hear.
pub fn high_passed(samples: &[f32]) -> Vec<f32> {
    // A Butterworth filter of second order as a digital one (Bristow-Johnson, "Audio EQ cookbook").
    let turn = TAU * HIGH_PASS_HZ / f64::from(SAMPLE_RATE_HZ);
    let alpha = turn.sin() / SQRT_2;
    let gain = (1.0 + turn.cos()) / 2.0 / (1.0 + alpha);
    let feedback = [-2.0 * turn.cos() / (1.0 + alpha), (1.0 - alpha) / (1.0 + alpha)];
    // An offset that was there before the sound began makes no sound.
    let first = samples.first().copied().map_or(0.0, f64::from);
    let (mut inputs, mut outputs) = ([first; 2], [0.0; 2]);
    let filter = |&sample: &f32| {
        let input = f64::from(sample);
        let output = gain * (input - 2.0 * inputs[0] + inputs[1])
            - feedback[0] * outputs[0]
            - feedback[1] * outputs[1];
        (inputs, outputs) = ([input, inputs[0]], [output, outputs[0]]);
        output as f32
    };
    samples.iter().map(filter).collect()
}

fn without_mean(samples: &[f32]) -> Vec<f32> {
    let sum = samples.iter().copied().map(f64::from).sum::<f64>();
    let mean = (sum / samples.len().max(1) as f64) as f32;
    samples.iter().map(|sample| sample - mean).collect()
}

/// Both sounds from 10 ms before their onsets, of the same length. If both begin within 10 ms, they begin together.
fn from_onsets(sounds: [Vec<f32>; 2]) -> [Vec<f32>; 2] {
    let onsets = sounds.each_ref().map(|sound| onset(sound));
    let is_late = onsets.iter().any(|&onset| onset > STEP);
    let mut at = 0;
    let mut sounds = sounds.map(|mut sound| {
        let onset = onsets[at];
        at += 1;
        sound.drain(..onset.saturating_sub(STEP));
        let missing = if is_late { STEP.saturating_sub(onset) } else { 0 };
        [vec![0.0; missing], sound].concat()
    });
    let frames = sounds[0].len().max(sounds[1].len());
    sounds.iter_mut().for_each(|sound| sound.resize(frames, 0.0));
    sounds
}

fn onset(samples: &[f32]) -> usize {
    let least = ONSET_SHARE * samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    samples.iter().position(|sample| sample.abs() > least).unwrap_or(0)
}

fn level_difference_db(wanted: &[f32], found: &[f32], gain_db: f64) -> f64 {
    let [wanted, found] = [wanted, found].map(levels_db);
    let loudest_db = wanted.iter().copied().fold(f64::MIN, f64::max);
    let pairs = wanted.iter().zip(found).filter(|(wanted, _)| **wanted > loudest_db - LEVEL_RANGE_DB);
    let (mut sum, mut count) = (0.0, 0_u32);
    for (wanted, found) in pairs {
        sum += ((found + gain_db).max(loudest_db - FLOOR_DB) - wanted).powi(2);
        count += 1;
    }
    (sum / f64::from(count.max(1))).sqrt()
}

/// The level of each whole step.
fn levels_db(samples: &[f32]) -> Vec<f64> {
    let power =
        |step: &[f32]| step.iter().map(|&sample| f64::from(sample).powi(2)).sum::<f64>() / STEP as f64;
    samples.chunks_exact(STEP).map(|step| 10.0 * (power(step) + LEAST_POWER).log10()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f32::consts::TAU;

    fn tone(level: f32) -> Vec<f32> {
        (0..44_100).map(|n| level * (TAU * 441.0 * n as f32 / SAMPLE_RATE_HZ).sin()).collect()
    }

    /// A second of a tone, then a second at another level.
    fn steps(second: f32) -> Vec<f32> {
        [tone(0.4), tone(second)].concat()
    }

    #[test]
    fn neither_silence_before_a_sound_nor_its_gain_counts() {
        let late: Vec<f32> = [vec![0.0; 10_000], tone(0.1)].concat();
        let found = FileMeasure::new().compare(&tone(0.4), &late);
        assert_eq!(found.above_20_hz.gain_db, 12.0);
        assert!(found.above_20_hz.log_mel_db < 0.1 && found.above_20_hz.level_db < 0.1, "{found:?}");
    }

    #[test]
    fn a_step_of_the_level_is_measured_in_decibels() {
        // 6 dB more during half of the time; the gain of the least mean difference is 0 or 6, so the root is 6·√½.
        let found = FileMeasure::new().compare(&steps(0.2), &steps(0.4));
        assert!((found.above_20_hz.level_db - 6.02 * 0.5_f64.sqrt()).abs() < 0.1, "{found:?}");
        assert!(found.above_20_hz.log_mel_db > 0.2, "{found:?}");
    }

    #[test]
    fn an_offset_while_a_note_sounds_counts_in_the_level_as_given_alone() {
        let [plain, offset] = [0.0, 0.2].map(|offset| {
            let sound = tone(0.2).into_iter().map(|sample| sample + offset);
            // A quiet tone follows, so that the silence after it is no part of the comparison.
            sound.chain(tone(0.01)).collect::<Vec<f32>>()
        });
        let found = FileMeasure::new().compare(&plain, &offset);
        assert!(found.above_20_hz.level_db < 2.5 && found.as_given.level_db > 10.0, "{found:?}");
    }

    #[test]
    fn a_found_sound_ends_with_the_wanted_one() {
        let wanted = [vec![0.0; 441], tone(0.2)].concat();
        let found = [vec![0.0; 4_410], tone(0.1), tone(0.1)].concat();
        let frames = as_long_as(&wanted, found).len();
        assert!(frames.abs_diff(4_410 + 44_100) < 8, "{frames}");
    }

    #[test]
    fn silence_has_no_pitch_and_the_greatest_differences() {
        let found = FileMeasure::new().compare(&tone(0.4), &[]);
        assert!((found.above_20_hz.level_db - FLOOR_DB).abs() < 0.5, "{found:?}");
        assert_eq!(found.metrics.pitch_cents, None);
    }
}
