//! Turns the spectrum and the pitch of a frame into harmonics and noise. Never allocates after construction.
//!
//! Each harmonic owns the bins that are nearer to it than to its neighbours. The noise among them is estimated
//! from the bins beside its main lobe; the rest of their energy is the harmonic. So no energy is lost, except that
//! of a DC offset.

use vectors::widest;

use crate::error::SpectralError;
use crate::layout::FrameLayout;
use crate::noise_bands::NoiseBands;
use crate::pitch_tracker::{PitchEstimate, check_rate};
use crate::sums::sum;
use crate::tone_frame::{HARMONIC_COUNT, NOISE_BAND_COUNT, ToneFrame};
use crate::window::hann;

/// Half the main lobe of a Hann window is 2 bins; a vibrato widens it. Of 2, 2.5, 3, 4, 5 and 6, 4 and 5 keep the bands
/// of real notes best (README.md).
const LOBE_BINS: f32 = 4.0;
/// A Hann window spreads a DC offset over this many bins. amSynth's pulses have one.
const OFFSET_BINS: usize = 2;
/// Bins that are copied and compared at once: a vector of AVX2, in the browser one of 128 bits.
const LANES: usize = if cfg!(target_family = "wasm") { 4 } else { 8 };
/// The ratio of the median of the power of noise to its mean: ln 2 (an exponential distribution).
const MEDIAN_SHARE: f32 = std::f32::consts::LN_2;

/// Measures [`ToneFrame`]s.
#[derive(Clone)]
pub struct ToneAnalyzer {
    bin_hz: f32,
    bands: NoiseBands,
    /// The sum of the squares of the window: the mean power of a bin in white noise of power 1.
    noise_gain: f32,
    /// The power of a sine of amplitude 1, summed over the bins of its positive frequency.
    sine_gain: f32,
    /// The power of each bin, and zeros beyond the last.
    powers: Vec<f32>,
    noise: Vec<f32>,
    beside: Vec<f32>,
}

impl ToneAnalyzer {
    /// An analyzer for spectra with Hann windows.
    ///
    /// # Errors
    /// [`SpectralError::SampleRate`] outside of 8 to 192 kHz; [`SpectralError::Layout`] if there are fewer bins than
    /// bands of noise.
    pub fn new(layout: FrameLayout, sample_rate_hz: f32) -> Result<Self, SpectralError> {
        check_rate(sample_rate_hz)?;
        if layout.bins() < 2 * NOISE_BAND_COUNT {
            return Err(SpectralError::Layout { window: layout.window(), hop: layout.hop() });
        }
        let squares: f32 = hann(layout.window()).iter().map(|weight| weight * weight).sum();
        Ok(Self {
            bin_hz: sample_rate_hz / layout.window() as f32,
            bands: NoiseBands::new(NOISE_BAND_COUNT, layout.bins(), sample_rate_hz),
            noise_gain: squares,
            // Parseval: the window's energy times the length, a quarter of it for each sign of the frequency.
            sine_gain: squares * layout.window() as f32 / 4.0,
            powers: vec![0.0; layout.bins() + LANES],
            noise: vec![0.0; layout.bins()],
            beside: vec![0.0; layout.bins() + 2 * LANES],
        })
    }

    /// The frame with these magnitudes and this pitch.
    pub fn analyze(&mut self, magnitudes: &[f32], pitch: PitchEstimate, frame: &mut ToneFrame) {
        // With AVX2 or AVX-512 where the machine has it: the sums have the same order.
        widest(
            #[inline(always)]
            || self.measure(magnitudes, pitch, frame),
        );
    }

    #[inline(always)]
    fn measure(&mut self, magnitudes: &[f32], pitch: PitchEstimate, frame: &mut ToneFrame) {
        let bins = self.noise.len();
        let (given, missing) = self.powers.split_at_mut(magnitudes.len().min(bins));
        for (power, magnitude) in given.iter_mut().zip(magnitudes) {
            *power = if magnitude.is_finite() { magnitude.clamp(-1e9, 1e9).powi(2) } else { 0.0 };
        }
        missing.fill(0.0);
        // A DC offset is inaudible, but would be heard when played as noise.
        let beside = self.powers[OFFSET_BINS];
        self.powers[..OFFSET_BINS].iter_mut().for_each(|power| *power = power.min(beside));
        self.noise.copy_from_slice(&self.powers[..bins]);
        frame.amplitudes = [0.0; HARMONIC_COUNT];
        frame.frequency_hz = pitch.frequency_hz;
        let spacing = pitch.frequency_hz / self.bin_hz;
        if pitch.is_voiced && spacing > 1.0 {
            for (index, amplitude) in frame.amplitudes.iter_mut().enumerate() {
                let place = (index + 1) as f32 * spacing;
                let from = (place - 0.5 * spacing).ceil().max(0.0) as usize;
                let end = ((place + 0.5 * spacing).ceil() as usize).min(bins);
                if place > (bins - 1) as f32 || from >= end {
                    break;
                }
                *amplitude = self.harmonic(place, from..end);
            }
        }
        for amplitude in &mut frame.amplitudes {
            *amplitude = (*amplitude / self.sine_gain).sqrt();
        }
        self.bands.means(&self.noise, &mut frame.noise);
        for level in &mut frame.noise {
            *level = (*level / self.noise_gain).sqrt();
        }
    }

    /// The power of the harmonic that owns these bins; writes the noise among them.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn harmonic(&mut self, place: f32, bins: std::ops::Range<usize>) -> f32 {
        let powers = &self.powers[bins.clone()];
        // The bins below and above the lobe.
        let below = ((place - LOBE_BINS).floor() + 1.0).max(0.0) as usize;
        let below = bins.start..below.clamp(bins.start, bins.end);
        let above = (place + LOBE_BINS).ceil() as usize;
        let above = above.clamp(bins.start, bins.end)..bins.end;
        let count = below.len() + above.len();
        let whole = sum(powers);
        let noise = if count >= 3 {
            // In steps of many bins; values copied beyond the end are written over.
            let mut end = 0;
            for side in [below, above] {
                for (step, from) in side.clone().step_by(LANES).enumerate() {
                    self.beside[end + step * LANES..][..LANES].copy_from_slice(&self.powers[from..][..LANES]);
                }
                end += side.len();
            }
            self.beside[count..][..LANES].fill(f32::INFINITY);
            upper_median(&mut self.beside, count) / MEDIAN_SHARE
        } else {
            // A low tone leaves no bins beside its lobes: the weakest is the best guess.
            powers.iter().copied().fold(f32::INFINITY, f32::min)
        };
        let noise = noise.min(whole / powers.len() as f32);
        self.noise[bins.clone()].fill(noise);
        (whole - noise * bins.len() as f32).max(0.0)
    }
}

/// The median of the first `count` values, or the upper one of the two middle values if their number is even. No
/// value is negative, NaN or infinite. The values behind them must be infinite, as many as are compared at once.
#[cfg_attr(not(target_family = "wasm"), inline(always))]
fn upper_median(values: &mut [f32], count: usize) -> f32 {
    /// For more values than this a comparison of each with each takes longer than a search.
    const FEW: usize = 64;
    if count > FEW {
        return *values[..count].select_nth_unstable_by(count / 2, f32::total_cmp).1;
    }
    let middle = (count / 2) as i32;
    // The least of the values that more than `middle` values do not exceed. Bits of numbers that are not negative
    // have their order, so that no branch depends on a value.
    let mut least = [u32::MAX; LANES];
    for candidates in &values.as_chunks::<LANES>().0[..count.div_ceil(LANES)] {
        let mut counts = [0; LANES];
        for value in &values[..count] {
            for (count, candidate) in counts.iter_mut().zip(candidates) {
                *count += i32::from(value <= candidate);
            }
        }
        for n in 0..LANES {
            let excluded = ((counts[n] - middle - 1) >> 31) as u32;
            least[n] = least[n].min(candidates[n].to_bits() | excluded);
        }
    }
    f32::from_bits(least.into_iter().min().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_that_of_the_sorted_values() {
        for count in 1..=150 {
            let mut values: Vec<f32> = (0..count).map(|n| (n * 7919 % 31) as f32 * 0.1).collect();
            let mut sorted = values.clone();
            sorted.sort_by(f32::total_cmp);
            values.extend([f32::INFINITY; LANES]);
            assert_eq!(upper_median(&mut values, count), sorted[count / 2], "{count} values");
        }
    }
}
