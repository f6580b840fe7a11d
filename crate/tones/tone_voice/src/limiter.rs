//! Keeps the sum of voices below −1 dBFS: lowers the gain while the sum is loud, and clips softly above that.
//! Never allocates.

use crate::block::BLOCK_SAMPLES;

/// The peak of loud blocks after the gain, −1.9 dB.
const GOAL: f32 = 0.8;
/// The time in which the gain recovers, to 1/e.
const RECOVERY_S: f32 = 0.3;
/// The level at which soft clipping begins.
const CLIP_KNEE: f32 = 0.85;
/// The bound of all samples: −1 dBFS, so that no converter after it overflows between two samples.
const CEILING: f32 = 0.891_25;

/// A gain that follows the peaks of blocks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ToneLimiter {
    gain: f32,
    recovery: f32,
}

impl ToneLimiter {
    pub(crate) fn new(sample_rate_hz: f32) -> Self {
        Self { gain: 1.0, recovery: 1.0 - (-(BLOCK_SAMPLES as f32) / (sample_rate_hz * RECOVERY_S)).exp() }
    }

    /// Forgets the last peaks: for silence, after which the gain must be 1.
    pub(crate) fn reset(&mut self) {
        self.gain = 1.0;
    }

    /// A sample as loud as it would be with the gain of the last block.
    pub(crate) fn as_before(&self, sample: f32) -> f32 {
        below_ceiling(self.gain * sample)
    }

    /// Limits a block, which must be whole.
    pub(crate) fn limit(&mut self, block: &mut [f32; BLOCK_SAMPLES]) {
        let peak = block.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        if peak == 0.0 {
            self.reset();
        }
        let from = self.gain;
        let recovered = from + (1.0 - from) * self.recovery;
        let to = if peak * recovered > GOAL { GOAL / peak } else { recovered };
        self.gain = if to.is_finite() { to } else { 0.0 };
        let step = (self.gain - from) / BLOCK_SAMPLES as f32;
        for (index, sample) in block.iter_mut().enumerate() {
            *sample = below_ceiling(*sample * (from + step * (index + 1) as f32));
        }
    }
}

/// The sample below the ceiling: unchanged up to ±0.85, beyond with soft clipping. Not-a-number becomes silence.
fn below_ceiling(sample: f32) -> f32 {
    let level = sample.abs();
    if level <= CLIP_KNEE {
        return sample;
    }
    if sample.is_nan() {
        return 0.0;
    }
    let over = (level - CLIP_KNEE) / (CEILING - CLIP_KNEE);
    // x / (1 + x) has slope 1 at 0 and stays below 1.
    let clipped = if over.is_finite() { over / (1.0 + over) } else { 1.0 };
    (CLIP_KNEE + (CEILING - CLIP_KNEE) * clipped).copysign(sample)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_blocks_stay_as_they_are() {
        let mut limiter = ToneLimiter::new(48_000.0);
        let quiet: [f32; BLOCK_SAMPLES] = std::array::from_fn(|n| 0.7 * (n as f32 * 0.1).sin());
        let mut block = quiet;
        limiter.limit(&mut block);
        assert_eq!(block, quiet);
    }

    #[test]
    fn after_silence_nothing_is_turned_down() {
        let mut limiter = ToneLimiter::new(48_000.0);
        limiter.limit(&mut [5.0; BLOCK_SAMPLES]);
        limiter.limit(&mut [0.0; BLOCK_SAMPLES]);
        let mut block = [0.5; BLOCK_SAMPLES];
        limiter.limit(&mut block);
        assert_eq!(block, [0.5; BLOCK_SAMPLES]);
    }

    #[test]
    fn no_sample_exceeds_the_ceiling_and_the_gain_comes_back() {
        let mut limiter = ToneLimiter::new(48_000.0);
        for level in [0.9, 5.0, 1e30, f32::INFINITY, f32::NAN] {
            let mut block = [level; BLOCK_SAMPLES];
            limiter.limit(&mut block);
            assert!(block.iter().all(|sample| sample.abs() <= 10.0_f32.powf(-1.0 / 20.0)), "{level}");
        }
        let mut block = [0.5; BLOCK_SAMPLES];
        for _ in 0..3_000 {
            block = [0.5; BLOCK_SAMPLES];
            limiter.limit(&mut block);
        }
        assert!((block[63] - 0.5).abs() < 0.01, "{}", block[63]);
    }

    /// The gain after a loud block and so many seconds of quiet ones.
    fn gain_after(seconds: f32, sample_rate_hz: f32) -> f32 {
        let mut limiter = ToneLimiter::new(sample_rate_hz);
        limiter.limit(&mut [4.0; BLOCK_SAMPLES]);
        let mut block = [0.1; BLOCK_SAMPLES];
        for _ in 0..(seconds * sample_rate_hz / BLOCK_SAMPLES as f32) as usize {
            block = [0.1; BLOCK_SAMPLES];
            limiter.limit(&mut block);
        }
        block[BLOCK_SAMPLES - 1] / 0.1
    }

    #[test]
    fn the_gain_recovers_to_one_in_its_time_at_every_rate() {
        for sample_rate_hz in [8_000.0, 44_100.0, 48_000.0, 96_000.0] {
            let start = GOAL / 4.0;
            for (seconds, left) in [(0.1, 0.717), (0.3, 0.368), (0.9, 0.050)] {
                let wanted = 1.0 - (1.0 - start) * left;
                let gain = gain_after(seconds, sample_rate_hz);
                assert!(
                    (gain - wanted).abs() < 0.02,
                    "{sample_rate_hz} Hz, {seconds} s: {gain} is not {wanted}"
                );
            }
        }
    }
}
