//! The difference of two whole sounds as an ear would judge it, for people: a search compares features of its own.
//!
//! The percentage is 100 · (1 − e^(−d)), where d is a sum of what a listener would notice: mostly the share of the
//! loudness that only one of the sounds has, then the levels of bands and of the whole, the course of the level in
//! time, the pitch and the loudness. The weights were chosen on 600 pairs of renders: twelve patches of amSynth beside
//! themselves with one parameter changed, at other keys, released earlier, and beside each other. Medians: a hundredth
//! of a parameter's range 0 to 2 %, a twentieth 0 to 19 % (the cutoff most), another waveform 54 %, half the time held
//! 84 %, a semitone higher 70 %, a fifth or an octave 87 to 90 %, another patch 94 %. Two stretches of the same white
//! noise are 4 to 6 % apart, and a loop of hits is 91 % from the same noise held.

use crate::ear_spectra::{EarSpectrum, RESOLUTIONS, ear_spectrum};
use crate::level_steps::step_powers;
use crate::pitch::find_pitch;
use crate::preparation::peak_of;

/// Levels this far below the target's loudest band are silent.
const RANGE_DB: f32 = 60.0;
/// Swings of the level that do not count in its correlation.
const STEADY_DB: f32 = 5.0;
/// The level counts where the target is within this of its loudest.
const LEVEL_RANGE_DB: f32 = 40.0;
/// Gains of the answer that are tried, in dB.
const GAINS_DB: [i32; 2] = [-24, 24];
/// Steps of the gains that are tried first.
const COARSE_DB: usize = 6;
/// Frames of each resolution whose mean is compared: 15 ms, 0.1 s and half a second.
const SMOOTHED: [usize; 3] = [7, 13, 17];
/// An answer with a smaller peak beside the target's is silent.
const SILENT: f32 = 1e-3;
/// Loudness grows with this power of a power (Stevens, "On the psychophysical law", 1957).
const LOUDNESS: f32 = 0.3;

/// The difference of an answer from its target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// 0 for equal sounds, 100 for sounds that have nothing in common.
    pub percent: f32,
    /// The gain at which the answer comes nearest to the target, in dB: positive if the answer is too quiet.
    pub gain_db: f32,
    /// Mean difference of the levels of all bands at that gain, in dB.
    pub spectra_db: f32,
    /// Root of the mean square difference of the level in steps of 10 ms, at that gain.
    pub level_db: f32,
    /// Correlation of both levels in dB, −1…1.
    pub level_correlation: f32,
    /// The share of the loudness of both that only one of them has, 0…1.
    pub unshared: f32,
    /// The distance of the answer's pitch above the target's, if both have one, in cents.
    pub pitch_cents: Option<f32>,
    /// True if nothing of the answer is audible beside the target.
    pub is_silent: bool,
}

/// The difference of an answer's samples from a target's, both at 44.1 kHz from their onset.
pub fn difference(target: &[f32], answer: &[f32]) -> Difference {
    let frames = target.len().max(answer.len());
    let [target, answer] = [target, answer].map(|samples| {
        let mut samples = samples.to_vec();
        samples.resize(frames, 0.0);
        samples
    });
    let spectra: Vec<[EarSpectrum; 2]> = (RESOLUTIONS.into_iter().zip(SMOOTHED))
        .map(|(resolution, frames)| {
            [&target, &answer].map(|samples| ear_spectrum(samples, resolution).smoothed(frames))
        })
        .collect();
    let (gain_db, spectra_db) = nearest_gain(&spectra);
    let gain = 10.0_f32.powf(gain_db / 10.0);
    let unshared = spectra.iter().map(|[t, a]| unshared(t, a, gain)).collect::<Vec<_>>();
    let (level_db, level_correlation) = levels(&target, &answer, gain_db);
    let unshared = unshared.iter().sum::<f32>() / unshared.len() as f32;
    let pitch_cents = find_pitch(&target)
        .zip(find_pitch(&answer))
        .map(|(target, answer)| 100.0 * (answer.keys() - target.keys()));
    let is_silent = peak_of(&answer) <= SILENT * peak_of(&target);
    let mut found = Difference {
        percent: 100.0,
        gain_db,
        spectra_db,
        level_db,
        level_correlation,
        unshared,
        pitch_cents,
        is_silent,
    };
    found.percent = found.judged_percent();
    found
}

impl Difference {
    fn judged_percent(&self) -> f32 {
        let above = |value: f32, least: f32| (value.abs() - least).max(0.0);
        let loudness = 2.4 * self.unshared.powi(2) / (self.unshared + 0.1);
        let spectra = 0.03 * above(self.spectra_db, 1.0);
        let level = 0.02 * above(self.level_db, 1.0) + 2.0 * (1.0 - self.level_correlation).max(0.0);
        let gain = 0.015 * above(self.gain_db, 1.0);
        // Between 30 cents and a semitone; two sounds with nearly the same spectra have the same pitch in any case.
        let semitone = (above(self.pitch_cents.unwrap_or(0.0), 30.0) / 70.0).min(1.0);
        let pitch = 0.7 * semitone * (self.unshared / 0.2).min(1.0);
        100.0 * (1.0 - (-(loudness + spectra + level + gain + pitch)).exp())
    }
}

fn decibels(power: f32) -> f32 {
    10.0 * power.max(1e-12).log10()
}

/// The gain in whole dB that leaves the least difference of the spectra, and that difference.
fn nearest_gain(spectra: &[[EarSpectrum; 2]]) -> (f32, f32) {
    let levels: Vec<_> = spectra
        .iter()
        .map(|[target, answer]| {
            let top_db = decibels(target.loudest());
            let of = |spectrum: &EarSpectrum| -> Vec<f32> {
                spectrum.powers.iter().map(|&power| decibels(power) - top_db + RANGE_DB).collect()
            };
            (of(target), of(answer), target.bands_hz.len())
        })
        .collect();
    let mean = |gain_db: f32| {
        let each = levels.iter().map(|(target, answer, bands)| {
            let (mut sum, mut count) = (0.0_f64, 0_usize);
            for (target, answer) in target.chunks(*bands).zip(answer.chunks(*bands)) {
                let pairs = || target.iter().zip(answer).map(|(t, a)| (t.max(0.0), (a + gain_db).max(0.0)));
                if pairs().any(|(t, a)| t > 1.0 || a > 1.0) {
                    sum += f64::from(pairs().map(|(t, a)| (t - a).abs()).sum::<f32>());
                    count += bands;
                }
            }
            (sum / count.max(1) as f64) as f32
        });
        each.sum::<f32>() / levels.len() as f32
    };
    let nearest = |gains_db: &mut dyn Iterator<Item = i32>| {
        let means = gains_db.map(|gain_db| (gain_db, mean(gain_db as f32)));
        means.min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or_default()
    };
    let (about_db, _) = nearest(&mut (GAINS_DB[0]..=GAINS_DB[1]).step_by(COARSE_DB));
    let near_db = COARSE_DB as i32 - 1;
    let (gain_db, least) =
        nearest(&mut ((about_db - near_db).max(GAINS_DB[0])..=(about_db + near_db).min(GAINS_DB[1])));
    (gain_db as f32, least)
}

/// The share of the loudness of two spectra that only one of them has.
fn unshared(target: &EarSpectrum, answer: &EarSpectrum, gain: f32) -> f32 {
    let floor = target.loudest() * 10.0_f32.powf(-RANGE_DB / 10.0);
    let loudness = |power: f32| (power.max(floor).powf(LOUDNESS) - floor.powf(LOUDNESS)).max(0.0);
    let (mut only, mut whole) = (0.0_f64, 0.0_f64);
    for (&t, &a) in target.powers.iter().zip(&answer.powers) {
        let (t, a) = (loudness(t), loudness(gain * a));
        only += f64::from((t - a).abs());
        whole += f64::from(t.max(a));
    }
    if whole > 0.0 { (only / whole) as f32 } else { 0.0 }
}

/// Root of the mean square difference of the levels, and their correlation.
fn levels(target: &[f32], answer: &[f32], gain_db: f32) -> (f32, f32) {
    let of = |samples: &[f32]| step_powers(samples).into_iter().map(decibels).collect::<Vec<f32>>();
    let (target, answer) = (of(target), of(answer));
    let loudest = target.iter().copied().fold(f32::MIN, f32::max);
    let pairs: Vec<(f32, f32)> = target
        .iter()
        .zip(&answer)
        .map(|(&t, &a)| (t.max(loudest - RANGE_DB), (a + gain_db).max(loudest - RANGE_DB)))
        .collect();
    let near: Vec<f32> =
        pairs.iter().filter(|(t, _)| *t > loudest - LEVEL_RANGE_DB).map(|(t, a)| (t - a).powi(2)).collect();
    let rms = (near.iter().sum::<f32>() / near.len().max(1) as f32).sqrt();
    (rms, steadied_correlation(&pairs))
}

/// The correlation of pairs of levels, to which swings of less than [`STEADY_DB`] do not count: those of two steady
/// sounds are different, and nobody hears it.
fn steadied_correlation(pairs: &[(f32, f32)]) -> f32 {
    let count = pairs.len().max(1) as f32;
    let mean = |of: fn(&(f32, f32)) -> f32| pairs.iter().map(of).sum::<f32>() / count;
    let (target, answer) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let steady = STEADY_DB * STEADY_DB;
    let (mut targets, mut answers, mut both) = (steady, steady, steady);
    for (t, a) in pairs {
        targets += (t - target).powi(2) / count;
        answers += (a - answer).powi(2) / count;
        both += (t - target) * (a - answer) / count;
    }
    both / (targets * answers).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use features::test_note::SAMPLE_RATE_HZ;
    use std::f32::consts::TAU;

    fn sound(seconds: f32, sample: impl Fn(f32) -> f32) -> Vec<f32> {
        let rate = SAMPLE_RATE_HZ as f32;
        (0..(seconds * rate) as usize).map(|n| sample(n as f32 / rate)).collect()
    }

    fn noise(seed: u32, level: impl Fn(f32) -> f32) -> Vec<f32> {
        let state = std::cell::Cell::new(seed);
        sound(2.0, |seconds| {
            state.set(state.get().wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
            0.2 * level(seconds) * (state.get() as f32 / u32::MAX as f32 - 0.5)
        })
    }

    fn bell(partials: &[(f32, f32)]) -> Vec<f32> {
        sound(2.0, |seconds| {
            let partial = |(ratio, level): &(f32, f32)| {
                level * (-(2.0 + 0.5 * ratio) * seconds).exp() * (TAU * 330.0 * ratio * seconds).sin()
            };
            0.05 * partials.iter().map(partial).sum::<f32>()
        })
    }

    const BELL: [(f32, f32); 4] = [(1.0, 1.0), (2.76, 0.8), (5.4, 0.5), (8.9, 0.3)];

    #[test]
    fn equal_sounds_do_not_differ_and_a_gain_alone_differs_a_little() {
        let sound = bell(&BELL);
        let same = difference(&sound, &sound);
        assert!(same.percent.abs() < 0.1 && same.gain_db == 0.0 && !same.is_silent, "{same:?}");
        let quieter: Vec<f32> = sound.iter().map(|sample| 0.5 * sample).collect();
        let found = difference(&sound, &quieter);
        assert!(found.gain_db == 6.0 && (2.0..12.0).contains(&found.percent), "{found:?}");
    }

    #[test]
    fn a_bell_without_its_low_partial_is_far_and_one_without_its_weakest_partial_is_near() {
        let low = difference(&bell(&BELL), &bell(&BELL[1..])).percent;
        let weakest = difference(&bell(&BELL), &bell(&BELL[..3])).percent;
        assert!(low > 50.0, "{low}");
        assert!((3.0..20.0).contains(&weakest), "{weakest}");
    }

    #[test]
    fn the_same_noise_at_another_time_is_near_and_a_loop_of_it_is_far() {
        let held = noise(1, |_| 1.0);
        let near = difference(&held, &noise(9, |_| 1.0)).percent;
        assert!(near < 8.0, "{near}");
        let hits = noise(1, |seconds| (-20.0 * (seconds % 0.25)).exp());
        for other in [held, noise(9, |seconds| (-20.0 * seconds).exp())] {
            let far = difference(&hits, &other).percent;
            assert!(far > 60.0, "{far}");
        }
    }

    #[test]
    fn another_key_is_far() {
        let saw = |hz: f32| {
            sound(1.0, |seconds| {
                0.05 * (1..20).map(|k| (TAU * hz * k as f32 * seconds).sin() / k as f32).sum::<f32>()
            })
        };
        let found = difference(&saw(220.0), &saw(233.08));
        assert!(found.percent > 60.0, "{found:?}");
        assert!((found.pitch_cents.unwrap() - 100.0).abs() < 5.0, "{found:?}");
    }

    #[test]
    fn silence_and_no_samples_have_a_difference() {
        let sound = bell(&BELL);
        let silent = difference(&sound, &[]);
        assert!(silent.is_silent && silent.percent > 90.0, "{silent:?}");
        for found in [difference(&[], &[]), difference(&[0.0; 5000], &[0.0; 5000]), difference(&[], &sound)] {
            assert!((0.0..=100.0).contains(&found.percent), "{found:?}");
        }
    }
}
