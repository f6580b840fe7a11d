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
/// The same for a sample beside the greatest one.
const ONSET_SHARE: f32 = 0.01;
/// Samples by which a threshold of samples may be earlier than that of levels: 50 ms.
const NOISY: usize = SAMPLE_RATE_HZ as usize / 20;
/// Everything below is too low to hear.
const HIGH_PASS_HZ: f64 = 20.0;
/// Levels whose greatest is taken before a release is looked for: 50 ms, longer than the period of a tremolo's or a
/// beat's fast part, shorter than a short note.
const SMOOTHED: usize = 10;
/// Levels from which a release is told: 75 ms.
const BEND: usize = 15;
/// A release bends the level down by this at least.
const RELEASE_BEND_DB: f32 = -2.0;
/// Levels this far below the greatest do not tell a release.
const RELEASE_RANGE_DB: f32 = 48.0;
/// The most releases that are tried.
const RELEASE_COUNT: usize = 3;

/// Samples that are added or compared side by side.
pub(crate) const TOGETHER: usize = 8;

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

/// The greatest distance of a sample from 0. Without a branch for each sample, so that several are compared at once.
pub(crate) fn peak_of(samples: &[f32]) -> f32 {
    let greater = |peak: f32, sample: &f32| if sample.abs() > peak { sample.abs() } else { peak };
    let (chunks, rest) = samples.as_chunks::<TOGETHER>();
    let mut peaks = [0.0; TOGETHER];
    for chunk in chunks {
        peaks.iter_mut().zip(chunk).for_each(|(peak, sample)| *peak = greater(*peak, sample));
    }
    peaks.iter().chain(rest).fold(0.0, greater)
}

/// The sum of the squares of samples, in several sums side by side.
pub(crate) fn sum_of_squares(samples: &[f32]) -> f32 {
    let (chunks, rest) = samples.as_chunks::<TOGETHER>();
    let mut sums = [0.0; TOGETHER];
    for chunk in chunks {
        sums.iter_mut().zip(chunk).for_each(|(sum, sample)| *sum += sample * sample);
    }
    sums.iter().sum::<f32>() + rest.iter().map(|sample| sample * sample).sum::<f32>()
}

/// The root mean square of samples.
pub(crate) fn level_of(samples: &[f32]) -> f32 {
    (sum_of_squares(samples) / samples.len().max(1) as f32).sqrt()
}

/// Resamples to the rate of the test note.
pub fn resample(samples: Vec<f32>, sample_rate_hz: u32) -> Result<Vec<f32>, TargetError> {
    if sample_rate_hz == SAMPLE_RATE_HZ {
        return Ok(samples);
    }
    resampled(&samples, sample_rate_hz, SAMPLE_RATE_HZ).map_err(|_| TargetError::BadRate { sample_rate_hz })
}

/// Removes an offset and everything else that is too low to hear. A pulse wave has an offset as long as it sounds.
pub fn high_pass(samples: &mut [f32], sample_rate_hz: u32) {
    let mut filter = HighPass::new(samples, sample_rate_hz);
    samples.iter_mut().for_each(|sample| *sample = filter.next(*sample));
}

/// As [`high_pass`] for each of several sounds. Four at once: each sample waits for the one before, but not for those of
/// other sounds.
pub fn high_pass_each(sounds: &mut [Vec<f32>], sample_rate_hz: u32) {
    let (groups, rest) = sounds.as_chunks_mut::<4>();
    for group in groups {
        let mut filters = group.each_ref().map(|sound| HighPass::new(sound, sample_rate_hz));
        let frames = group.iter().map(Vec::len).min().unwrap_or(0);
        let [(one, one_rest), (two, two_rest), (three, three_rest), (four, four_rest)] =
            group.each_mut().map(|sound| sound.split_at_mut(frames));
        for (((one, two), three), four) in one.iter_mut().zip(two).zip(three).zip(four) {
            let samples = [one, two, three, four];
            samples.into_iter().zip(&mut filters).for_each(|(sample, filter)| *sample = filter.next(*sample));
        }
        for (rest, filter) in [one_rest, two_rest, three_rest, four_rest].into_iter().zip(&mut filters) {
            rest.iter_mut().for_each(|sample| *sample = filter.next(*sample));
        }
    }
    rest.iter_mut().for_each(|sound| high_pass(sound, sample_rate_hz));
}

/// A Butterworth filter of second order as a digital one (Bristow-Johnson, "Audio EQ cookbook").
struct HighPass {
    outer: f64,
    one: f64,
    two: f64,
    inputs: [f64; 2],
    outputs: [f64; 2],
}

impl HighPass {
    /// A filter for a sound that begins with these samples: an offset that was there before it began makes no sound.
    fn new(samples: &[f32], sample_rate_hz: u32) -> Self {
        let turn = std::f64::consts::TAU * HIGH_PASS_HZ / f64::from(sample_rate_hz);
        let alpha = turn.sin() / std::f64::consts::SQRT_2;
        let whole = 1.0 + alpha;
        Self {
            outer: (1.0 + turn.cos()) / 2.0 / whole,
            one: -2.0 * turn.cos() / whole,
            two: (1.0 - alpha) / whole,
            inputs: [samples.first().copied().map_or(0.0, f64::from); 2],
            outputs: [0.0; 2],
        }
    }

    #[inline(always)]
    fn next(&mut self, sample: f32) -> f32 {
        let input = f64::from(sample);
        let forward = self.outer * (input - 2.0 * self.inputs[0] + self.inputs[1]);
        let output = forward - self.one * self.outputs[0] - self.two * self.outputs[1];
        self.inputs = [input, self.inputs[0]];
        self.outputs = [output, self.outputs[0]];
        output as f32
    }
}

/// The first sample that is audible beside the greatest one.
pub fn onset(samples: &[f32]) -> usize {
    let least = peak_of(samples) * ONSET_SHARE;
    samples.iter().position(|sample| sample.abs() > least).unwrap_or(0)
}

/// The frames from the onset to the end of a sound; empty if it is silent.
pub fn sounding_at(samples: &[f32]) -> Range<usize> {
    let levels = levels_db(samples, HOP);
    let Some(greatest) = levels.iter().copied().max_by(f32::total_cmp) else { return 0..0 };
    let first = levels.iter().position(|&level| level >= greatest + ONSET_DB).unwrap_or(0) * HOP;
    let last = levels.iter().rposition(|&level| level >= greatest + END_DB).unwrap_or(0);
    // Noise that is louder than the threshold of a sample is no onset.
    let exact = onset(samples);
    let start = if exact + NOISY <= first { first } else { exact };
    start..((last + 1) * HOP).min(samples.len()).max(start)
}

/// A rendered sound as a target is prepared: without what is too low to hear, from its onset, of a length in frames.
pub fn aligned(mut samples: Vec<f32>, frames: usize) -> Vec<f32> {
    high_pass(&mut samples, SAMPLE_RATE_HZ);
    begin_at_onset(&mut samples, frames);
    samples
}

/// Cuts a sound off before its onset, and makes it `frames` long.
pub fn begin_at_onset(samples: &mut Vec<f32>, frames: usize) {
    samples.drain(..onset(samples));
    samples.resize(frames, 0.0);
}

/// True if a sound ends before it is quiet.
pub fn is_cut_off(sounding: &[f32]) -> bool {
    let levels = levels_db(sounding, HOP);
    let greatest = levels.iter().copied().max_by(f32::total_cmp);
    greatest.zip(levels.last()).is_some_and(|(greatest, &last)| last > greatest + ONSET_DB)
}

/// The times at which the key of a sound may have been released, in frames from its onset, the likeliest first.
pub fn releases(samples: &[f32]) -> Vec<usize> {
    let levels = levels_db(samples, HOP);
    let greatest = levels.iter().copied().fold(f32::MIN, f32::max);
    let smooth: Vec<f32> = (levels.windows(SMOOTHED))
        .map(|window| window.iter().copied().fold(greatest - RELEASE_RANGE_DB, f32::max))
        .collect();
    // A release bends the level down: it falls faster than before.
    let at = |place: usize| smooth[place.min(smooth.len() - 1)];
    let bend = |place: usize| {
        let before = (at(place) - at(place - BEND)).min(0.0);
        at(place + BEND) - at(place) - before
    };
    let mut bends: Vec<(usize, f32)> = (BEND..smooth.len()).map(|place| (place, bend(place))).collect();
    bends.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut found: Vec<usize> = Vec::new();
    for (place, bend) in bends {
        if bend > RELEASE_BEND_DB || found.len() == RELEASE_COUNT {
            break;
        }
        if found.iter().all(|other| other.abs_diff(place) > 2 * BEND) {
            found.push(place);
        }
    }
    // A window's greatest level is its first one where the level falls.
    let mut found: Vec<usize> =
        found.into_iter().map(|place| ((place + 1) * HOP).min(samples.len())).collect();
    if found.len() < RELEASE_COUNT {
        found.push(samples.len());
    }
    found
}

/// The level of each hop.
fn levels_db(samples: &[f32], hop: usize) -> Vec<f32> {
    let level = |frames: &[f32]| {
        let power = sum_of_squares(frames) / frames.len() as f32;
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
        let found = releases(&sound)[0];
        assert!(found.abs_diff(40_000) < 2 * HOP, "{found}");
    }

    #[test]
    fn a_note_that_lasts_to_the_end_of_its_sound_is_held_until_there() {
        for frames in [2_205, 2_646, 44_100, 44_150] {
            let sound: Vec<f32> = tone(frames, 0.5).collect();
            assert_eq!(releases(&sound), [frames]);
        }
    }

    #[test]
    fn an_offset_that_sounds_with_its_note_is_filtered() {
        let mut sound: Vec<f32> = tone(44_100, 0.1).map(|sample| sample + 0.3).chain([0.0; 44_100]).collect();
        high_pass(&mut sound, SAMPLE_RATE_HZ);
        let silence = &sound[44_100 + 8_820..];
        assert!(peak_of(silence) < 1e-4, "{}", peak_of(silence));
        let mean = sound[22_050..44_100].iter().sum::<f32>() / 22_050.0;
        assert!(mean.abs() < 1e-3, "{mean}");
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
