//! The level of a sound over time, and from it the durations of its attack and of the whole sound. Both are means
//! over thresholds instead of the time between two of them, so that they have no jumps where a curve just misses
//! one.
//!
//! Source of attack time and effective duration by thresholds of the energy envelope, tenth by tenth: G. Peeters,
//! "A large set of audio features for sound description", CUIDADO report, 2004, section 4.2. Both are perceived by
//! their logarithm (J. Krimphoff, S. McAdams, S. Winsberg, "Caractérisation du timbre des sons complexes", Journal
//! de Physique IV, 1994).
//! Journal de Physique IV, 1994).

use std::ops::RangeInclusive;

/// Window of the level: two thirds of a period of the lowest oscillator of the test note, 33 Hz; a longer one would
/// hide a fast attack.
const WINDOW_S: f64 = 0.02;
/// Distance of two values, as time goes on.
const STEP_S: f64 = 0.001;
/// Ends of the scale of attacks: a time shorter than the window can resolve, and the mean time of a level that
/// rises in a straight line while the test note is held, for 2 s.
const ATTACKS_S: [f64; 2] = [0.005, 0.39];
/// Shares of the greatest loudness, in tenths, whose times make the attack.
const TENTHS: RangeInclusive<usize> = 1..=8;
/// Loudness grows with amplitude to this exponent (S. S. Stevens, "The measurement of loudness", JASA, 1955).
const LOUDNESS_EXPONENT: f64 = 0.6;
/// Ends of the scale of lengths: a click, and the whole test note.
const LENGTHS_S: [f64; 2] = [0.02, 4.0];

/// The level of a sound, as amplitude, every millisecond.
pub(crate) struct LevelCurve {
    levels: Vec<f64>,
    greatest: f64,
}

impl LevelCurve {
    /// Root mean squares of the samples in the 20 ms before each value.
    pub(crate) fn new(samples: &[f32], sample_rate_hz: f64) -> Self {
        let mut energies = Vec::with_capacity(samples.len() + 1);
        let mut energy = 0.0;
        energies.push(energy);
        energies.extend(samples.iter().map(|&sample| {
            energy += f64::from(sample) * f64::from(sample);
            energy
        }));
        let window = (WINDOW_S * sample_rate_hz) as usize;
        let count = (samples.len() as f64 / sample_rate_hz / STEP_S) as usize;
        let level = |step: usize| {
            let end = ((step as f64 * STEP_S * sample_rate_hz) as usize).min(samples.len());
            ((energies[end] - energies[end.saturating_sub(window)]).max(0.0) / window.max(1) as f64).sqrt()
        };
        let levels: Vec<f64> = (0..=count).map(level).collect();
        let greatest = levels.iter().copied().fold(0.0, f64::max);
        Self { levels, greatest }
    }

    /// The attack in points: the geometric mean of the times at which the loudness first reaches 10, 20 … 80 % of the
    /// greatest one. A late swell that is little louder than the attack counts little.
    pub(crate) fn attack(&self) -> f64 {
        let log_time = |tenth: usize| {
            let wanted = self.greatest * (tenth as f64 / 10.0).powf(1.0 / LOUDNESS_EXPONENT);
            let step = self.levels.iter().position(|&level| level >= wanted).unwrap_or(0);
            let before = if step > 0 { self.levels[step - 1] } else { 0.0 };
            let rise = self.levels[step] - before;
            let part = if rise > 0.0 { (wanted - before) / rise } else { 1.0 };
            ((step as f64 - 1.0 + part) * STEP_S).max(ATTACKS_S[0]).ln()
        };
        let mean = TENTHS.map(log_time).sum::<f64>() / TENTHS.count() as f64;
        points(mean.exp(), ATTACKS_S)
    }

    /// The length in points: the mean over all thresholds of the time during which the level is above them, which is
    /// the area below the curve divided by the greatest level.
    pub(crate) fn length(&self) -> f64 {
        let area = self.levels.iter().sum::<f64>() * STEP_S;
        points(area / self.greatest.max(f64::MIN_POSITIVE), LENGTHS_S)
    }
}

/// A time on a logarithmic scale of 100 points.
fn points(time_s: f64, [least, greatest]: [f64; 2]) -> f64 {
    100.0 * (time_s.max(1e-4) / least).ln() / (greatest / least).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE_HZ: f64 = 44_100.0;

    /// A tone of C4 whose amplitude is a function of the seconds.
    fn tone(amplitude: impl Fn(f64) -> f64) -> LevelCurve {
        let sample = |n: i32| {
            let time_s = f64::from(n) / RATE_HZ;
            (amplitude(time_s) * (std::f64::consts::TAU * 261.6 * time_s).sin()) as f32
        };
        LevelCurve::new(&(0..4 * 44_100).map(sample).collect::<Vec<_>>(), RATE_HZ)
    }

    #[test]
    fn a_sound_that_begins_at_once_has_no_attack_and_one_that_rises_while_held_has_the_longest() {
        assert!(tone(|_| 1.0).attack().abs() < 8.0);
        assert!((tone(|time_s| time_s.min(2.0)).attack() - 100.0).abs() < 3.0);
        let attacks = [0.02, 0.1, 0.5].map(|rise_s| tone(|time_s| (time_s / rise_s).min(1.0)).attack());
        assert!(attacks.windows(2).all(|pair| pair[1] > pair[0] + 20.0), "{attacks:?}");
    }

    #[test]
    fn length_is_that_of_the_audible_part_at_any_level() {
        assert!((tone(|_| 0.3).length() - 100.0).abs() < 0.5);
        let held = |held_s: f64| tone(move |time_s| f64::from(u8::from(time_s < held_s))).length();
        assert!((held(2.0) - 86.9).abs() < 0.5 && held(0.02).abs() < 8.0, "{} {}", held(2.0), held(0.02));
        let fading = |gain: f64| tone(move |time_s| gain * (-3.0 * time_s).exp()).length();
        assert!((fading(0.1) - fading(1.0)).abs() < 1e-3);
        assert!(fading(1.0) < held(2.0) - 30.0);
    }
}
