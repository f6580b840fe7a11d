//! The spectra by which two whole sounds are compared as an ear would: powers of mel bands at three resolutions, from
//! one that divides the time finely to one that divides the frequencies finely. The search has coarser features of its
//! own in `judge`, which it computes for each candidate.

use features::test_note::SAMPLE_RATE_HZ;
use fourier::Planner;
use std::f32::consts::TAU;

/// The samples of a frame and the bands of each resolution, the finest in time first.
pub const RESOLUTIONS: [(usize, usize); 3] = [(512, 32), (2048, 96), (8192, 256)];
/// Frames that overlap each sample.
const OVERLAP: usize = 4;
/// The ends of the bands, in Hz.
const RANGE_HZ: [f32; 2] = [40.0, 16_000.0];

/// Powers of mel bands over time.
#[derive(Clone, Debug)]
pub struct EarSpectrum {
    /// Seconds from frame to frame; the middle of the first one is the beginning of the sound.
    pub hop_s: f32,
    /// The middle of each band in Hz.
    pub bands_hz: Vec<f32>,
    /// Frame by frame, the lowest band first.
    pub powers: Vec<f32>,
}

impl EarSpectrum {
    /// The bands of each frame.
    pub fn frames(&self) -> impl ExactSizeIterator<Item = &[f32]> {
        self.powers.chunks_exact(self.bands_hz.len())
    }

    /// The same with the mean power of `frames` frames and of neighbouring bands at each place. The level of noise
    /// changes from moment to moment, and nobody hears that two stretches of it differ.
    #[must_use]
    pub fn smoothed(&self, frames: usize) -> Self {
        let bands = self.bands_hz.len();
        let count = self.powers.len() / bands.max(1);
        let mut sums = vec![0.0_f64; bands];
        let mut powers = Vec::with_capacity(self.powers.len());
        let (before, after) = (frames / 2, frames - frames / 2);
        let frame = |at: usize| &self.powers[at * bands..(at + 1) * bands];
        for next in 0..count + after {
            if next < count {
                sums.iter_mut().zip(frame(next)).for_each(|(sum, &power)| *sum += f64::from(power));
            }
            if let Some(last) = next.checked_sub(frames)
                && last < count
            {
                sums.iter_mut().zip(frame(last)).for_each(|(sum, &power)| *sum -= f64::from(power));
            }
            let Some(at) = (next + 1).checked_sub(after).filter(|&at| at < count) else { continue };
            let inside = (at + after).min(count) - at.saturating_sub(before);
            let scale = 0.25 / inside as f64;
            powers.extend((0..bands).map(|band| {
                let near = sums[band.saturating_sub(1)] + sums[(band + 1).min(bands - 1)];
                ((2.0 * sums[band] + near) * scale).max(0.0) as f32
            }));
        }
        Self { hop_s: self.hop_s, bands_hz: self.bands_hz.clone(), powers }
    }

    /// The greatest power of a band.
    pub fn loudest(&self) -> f32 {
        self.powers.iter().copied().fold(0.0, f32::max)
    }
}

/// The spectrum of a sound at 44.1 kHz with frames of some length.
pub fn ear_spectrum(samples: &[f32], (frame, bands): (usize, usize)) -> EarSpectrum {
    let plan = Planner::new().real_forward(frame);
    let (mut input, mut bins) = (plan.make_input_vec(), plan.make_output_vec());
    let mut scratch = plan.make_scratch_vec();
    let window: Vec<f32> = (0..frame).map(|n| 0.5 - 0.5 * (TAU * n as f32 / frame as f32).cos()).collect();
    let scale = window.iter().sum::<f32>().powi(-2);
    let edges_hz = edges_hz(bands);
    let weights: Vec<(usize, Vec<f32>)> = edges_hz.windows(3).map(|edges| triangle(edges, frame)).collect();
    let hop = frame / OVERLAP;
    let count = samples.len() / hop + 1;
    let mut powers = Vec::with_capacity(count * bands);
    for at in 0..count {
        for (place, (input, weight)) in input.iter_mut().zip(&window).enumerate() {
            let sample = (at * hop + place).checked_sub(frame / 2).and_then(|at| samples.get(at));
            *input = weight * sample.copied().unwrap_or(0.0);
        }
        plan.process_with_scratch(&mut input, &mut bins, &mut scratch)
            .expect("the buffers were made by the plan itself");
        powers.extend(weights.iter().map(|(first, weights)| {
            let own = bins[*first..].iter().zip(weights);
            scale * own.map(|(bin, weight)| bin.norm_sqr() * weight).sum::<f32>()
        }));
    }
    let hop_s = hop as f32 / SAMPLE_RATE_HZ as f32;
    EarSpectrum { hop_s, bands_hz: edges_hz[1..=bands].to_vec(), powers }
}

/// The edges of bands in steps of equal width in mel: each band reaches from one edge to the second next.
fn edges_hz(bands: usize) -> Vec<f32> {
    let [low, high] = RANGE_HZ.map(|hz| (1.0 + hz / 700.0).ln());
    let edge = |at: usize| low + (high - low) * at as f32 / (bands + 1) as f32;
    (0..bands + 2).map(|at| 700.0 * (edge(at).exp() - 1.0)).collect()
}

/// The first bin of a band and the weights of its bins.
fn triangle(edges_hz: &[f32], frame: usize) -> (usize, Vec<f32>) {
    let &[from, middle, to] = edges_hz else { return (0, Vec::new()) };
    let bin_hz = SAMPLE_RATE_HZ as f32 / frame as f32;
    let first = (from / bin_hz).ceil() as usize;
    let weight = |bin: usize| {
        let hz = bin as f32 * bin_hz;
        ((hz - from) / (middle - from)).min((to - hz) / (to - middle)).max(0.0)
    };
    (first, (first..=(to / bin_hz) as usize).map(weight).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_loudest_in_the_band_of_its_frequency() {
        let tone: Vec<f32> =
            (0..20_000).map(|n| (TAU * 1000.0 * n as f32 / SAMPLE_RATE_HZ as f32).sin()).collect();
        for resolution in RESOLUTIONS {
            let found = ear_spectrum(&tone, resolution);
            let frame = found.frames().nth(found.frames().len() / 2).unwrap();
            let loudest = (0..frame.len()).max_by(|&a, &b| frame[a].total_cmp(&frame[b])).unwrap();
            let distance = (found.bands_hz[loudest] / 1000.0).log2().abs();
            assert!(distance < 0.15, "{resolution:?}: {}", found.bands_hz[loudest]);
        }
    }

    #[test]
    fn each_band_has_a_bin() {
        for (frame, bands) in RESOLUTIONS {
            for edges in edges_hz(bands).windows(3) {
                let (_, weights) = triangle(edges, frame);
                assert!(weights.iter().sum::<f32>() > 0.0, "{frame}: {edges:?}");
            }
        }
    }

    #[test]
    fn no_sound_has_a_silent_frame() {
        assert_eq!(ear_spectrum(&[], RESOLUTIONS[0]).loudest(), 0.0);
    }
}
