//! The spectra by which two whole sounds are compared as an ear would: powers of mel bands at three resolutions, from
//! one that divides the time finely to one that divides the frequencies finely. The search has coarser features of its
//! own in `judge`, which it computes for each candidate.

use features::mel_triangles::{MelTriangles, corner_hz};
use features::test_note::SAMPLE_RATE_HZ;
use fourier::PowerSpectra;

/// The samples of a frame and the bands of each resolution, the finest in time first.
pub const RESOLUTIONS: [(usize, usize); 3] = [(512, 32), (2048, 96), (8192, 256)];
/// Frames that overlap each sample.
const OVERLAP: usize = 4;
/// The ends of the bands, in Hz.
const RANGE_HZ: [f64; 2] = [40.0, 16_000.0];

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
pub fn ear_spectrum(samples: &[f32], (frame, count): (usize, usize)) -> EarSpectrum {
    let mut spectra = PowerSpectra::new(frame);
    let bands = MelTriangles::new(frame, RANGE_HZ, count);
    let hop = frame / OVERLAP;
    let frames = samples.len() / hop + 1;
    let start = |at: usize| (at * hop) as isize - (frame / 2) as isize;
    let mut powers = Vec::with_capacity((frames + 1) * count);
    for at in (0..frames).step_by(2) {
        for bins in spectra.measure(samples, [start(at), start(at + 1)]) {
            powers.extend(bands.powers(bins));
        }
    }
    powers.truncate(frames * count);
    let hop_s = hop as f32 / SAMPLE_RATE_HZ as f32;
    let bands_hz = (1..=count).map(|corner| corner_hz(RANGE_HZ, count, corner) as f32).collect();
    EarSpectrum { hop_s, bands_hz, powers }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f32::consts::TAU;

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
    fn no_sound_has_a_silent_frame() {
        assert_eq!(ear_spectrum(&[], RESOLUTIONS[0]).loudest(), 0.0);
    }
}
