//! Constant-power crossfade between two sounds.
//!
//! Equal-power gains suit uncorrelated sounds. Correlated ones (another slope of an open filter) would add up to
//! +3 dB, so the gains are divided by the amount that the correlation adds (Fink, Holters, Zölzer: Signal-Matched
//! Power-Complementary Cross-Fading and Dry-Wet Mixing, DAFx 2016). Never allocates.

use std::f32::consts::FRAC_PI_2;

use math::{double, single};

use crate::MAX_BLOCK;

/// Duration of a crossfade: too short to be heard as a fade, too long for a click.
pub const CROSSFADE_S: f32 = 0.02;

/// Time constant of the power measurement: a fraction of a low note's period must not look like a change
/// of correlation.
const MEMORY_S: f32 = 0.008;

/// The gains of a crossfade, block by block.
#[derive(Clone, Debug)]
pub struct Crossfade {
    sample_rate_hz: f32,
    /// 0 = old sound only, 1 = new sound only.
    position: f32,
    /// The gains of the old and the new sound, at the end of the last block.
    gains: [f32; 2],
    /// Smoothed products: old with old, new with new, old with new.
    powers: [f32; 3],
}

impl Crossfade {
    /// An ended crossfade.
    pub fn new(sample_rate_hz: f32) -> Self {
        Self { sample_rate_hz, position: 1.0, gains: [0.0, 1.0], powers: [0.0; 3] }
    }

    /// Starts at the old sound.
    pub fn begin(&mut self) {
        *self = Self { position: 0.0, gains: [1.0, 0.0], ..Self::new(self.sample_rate_hz) };
    }

    /// Ends at once.
    pub fn end(&mut self) {
        *self = Self::new(self.sample_rate_hz);
    }

    /// True while the old sound is audible.
    pub fn is_running(&self) -> bool {
        self.position < 1.0
    }

    /// Adds a block of the old and the new sound to `mix`; all three have the same length (1…64).
    pub fn mix(&mut self, old: &[f32], new: &[f32], mix: &mut [f32]) {
        let frames = mix.len().min(MAX_BLOCK) as f32;
        self.position = (self.position + frames / (CROSSFADE_S * self.sample_rate_hz)).min(1.0);
        self.measure(old, new);
        let [end_old, end_new] = self.matched_gains();
        let [start_old, start_new] = self.gains;
        let (step_old, step_new) = ((end_old - start_old) / frames, (end_new - start_new) / frames);
        for (i, (sum, (old, new))) in mix.iter_mut().zip(old.iter().zip(new)).enumerate() {
            let step = (i + 1) as f32;
            *sum += (start_old + step_old * step) * old + (start_new + step_new * step) * new;
        }
        self.gains = [end_old, end_new];
    }

    fn measure(&mut self, old: &[f32], new: &[f32]) {
        let keep = double::exp(-(old.len() as f64) / f64::from(MEMORY_S * self.sample_rate_hz)) as f32;
        let product = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        let now = [product(old, old), product(new, new), product(old, new)];
        for (power, now) in self.powers.iter_mut().zip(now) {
            *power = keep * *power + now;
        }
    }

    /// The gains at the current position that keep the power constant.
    fn matched_gains(&self) -> [f32; 2] {
        if !self.is_running() {
            return [0.0, 1.0];
        }
        let [old, new, both] = self.powers;
        // A negative correlation must not raise the gains.
        let correlation = if both > 0.0 { (both / (old * new).sqrt()).min(1.0) } else { 0.0 };
        let (gain_new, gain_old) =
            (single::sin(self.position * FRAC_PI_2), single::cos(self.position * FRAC_PI_2));
        let power = (1.0 + 2.0 * correlation * gain_old * gain_new).sqrt();
        [gain_old / power, gain_new / power]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::Noise;

    const RATE_HZ: f32 = 48_000.0;

    /// Power of each block of a crossfade, from the block before its first to the one after its last.
    fn powers(mut old: impl FnMut() -> f32, mut new: impl FnMut() -> f32, correlation: f32) -> Vec<f32> {
        let mut crossfade = Crossfade::new(RATE_HZ);
        crossfade.begin();
        let mut powers = Vec::new();
        while crossfade.is_running() {
            let [mut a, mut b, mut mix] = [[0.0; MAX_BLOCK]; 3];
            for i in 0..MAX_BLOCK {
                a[i] = old();
                b[i] = correlation * a[i] + (1.0 - correlation) * new();
            }
            crossfade.mix(&a, &b, &mut mix);
            powers.push(mix.iter().map(|sample| sample * sample).sum::<f32>() / MAX_BLOCK as f32);
        }
        powers
    }

    #[test]
    fn equal_sounds_keep_their_level() {
        let mut noise = Noise::default();
        let mut power = 0.0;
        let powers = powers(
            || {
                let sample = noise.draw().signum();
                power = sample * sample;
                sample
            },
            || 0.0,
            1.0,
        );
        assert_eq!(powers.len(), 15, "20 ms");
        assert!(powers.iter().all(|power| (0.95..1.02).contains(power)), "{powers:?}");
    }

    #[test]
    fn uncorrelated_sounds_cross_at_constant_power() {
        let (mut one, mut other) = (Noise::default(), Noise::default());
        (0..1000).for_each(|_| {
            other.draw();
        });
        let powers = powers(|| one.draw().signum(), || other.draw().signum(), 0.0);
        assert!(powers.iter().all(|power| (0.7..1.3).contains(power)), "{powers:?}");
    }

    #[test]
    fn opposite_sounds_are_not_amplified_and_silence_stays_silent() {
        let mut crossfade = Crossfade::new(RATE_HZ);
        crossfade.begin();
        while crossfade.is_running() {
            let mut mix = [0.0; MAX_BLOCK];
            crossfade.mix(&[1.0; MAX_BLOCK], &[-1.0; MAX_BLOCK], &mut mix);
            assert!(mix.iter().all(|sample| sample.abs() <= 1.0));
        }
        crossfade.begin();
        let mut mix = [0.0; MAX_BLOCK];
        crossfade.mix(&[0.0; MAX_BLOCK], &[0.0; MAX_BLOCK], &mut mix);
        assert_eq!(mix, [0.0; MAX_BLOCK]);
    }

    #[test]
    fn it_begins_with_the_old_sound_and_ends_with_the_new_one() {
        let mut crossfade = Crossfade::new(8_000.0);
        crossfade.begin();
        let mut samples = Vec::new();
        while crossfade.is_running() {
            let mut mix = [0.0; 7];
            crossfade.mix(&[1.0; 7], &[0.0; 7], &mut mix);
            samples.extend_from_slice(&mix);
        }
        assert!(samples[0] > 0.98, "{}", samples[0]);
        assert!(samples.windows(2).all(|pair| pair[1] <= pair[0] && pair[0] - pair[1] < 0.02));
        assert_eq!(samples.last(), Some(&0.0));
    }
}
