//! Roughness: the sum of the roughness of every pair of spectral peaks in short frames.
//!
//! Model: P. N. Vassilakis, "SRA: a web-based research tool for spectral and roughness analysis of
//! sound signals", SMC 2007, with the curve of R. Plomp and W. Levelt (1965). Constants from
//! timbral_models 0.4.0, `timbral_roughness`.

use fourier::{Complex32, Planner};

use crate::partials::Tones;
use crate::peaks::{Peak, peaks};
use crate::scan::single_range;
use crate::transform::PairFourier;
use crate::window::inner_hamming;
use vectors::widest;

/// Length of a frame; frames overlap by half.
const FRAME_S: f64 = 0.05;

/// Zeros before the sound, in samples.
const PADDING: usize = 512;

/// The least height of a peak, as a share of the highest of all frames.
const LEAST_PEAK: f64 = 0.01;

/// Regression weight of the logarithm of the mean roughness, and the intercept.
const SLOPE: f64 = 13.987_795_69;
const INTERCEPT: f64 = 48.976_065_715_458_86;

/// Mean roughness below this counts as zero.
const LEAST_ROUGHNESS: f64 = 0.01;

/// The planned model of one sample rate.
pub(crate) struct Roughness {
    fourier: PairFourier,
    window: Vec<f32>,
    padded: Vec<f32>,
    spectra: Vec<f32>,
    peaks: Vec<Peak>,
    tones: Tones,
}

impl Roughness {
    pub(crate) fn new(planner: &mut Planner, sample_rate_hz: f64) -> Self {
        let frame = (sample_rate_hz * FRAME_S) as usize;
        // The next power of two above the frame; twice the frame if it is one itself.
        let length = 2 << frame.ilog2();
        let window = inner_hamming(frame).into_iter().map(|weight| weight as f32).collect();
        let fourier = PairFourier::new(planner, length);
        Self {
            fourier,
            window,
            padded: Vec::new(),
            spectra: Vec::new(),
            peaks: Vec::new(),
            tones: Tones::default(),
        }
    }

    /// Roughness on the scale of the models; zero for sounds without roughness.
    #[inline(never)]
    pub(crate) fn measure(&mut self, samples: &[f32], sample_rate_hz: f64) -> f64 {
        let frame = self.window.len();
        let bins = self.fourier.bins();
        let length = samples.len() + PADDING;
        let count = (length as f64 / (frame as f64 / 2.0)) as usize;
        self.transform(samples);
        let filled = self.spectra.len() / bins;
        let (mut lowest, highest) = single_range(&self.spectra);
        if filled < count {
            lowest = 0.0;
        }
        let scale = 1.0 / (f64::from(highest) - f64::from(lowest));
        let bin_hz = sample_rate_hz / 2.0 / (bins - 1) as f64;
        let mut total = 0.0;
        for spectrum in self.spectra.chunks_exact(bins) {
            peaks(spectrum, f64::from(lowest), scale, LEAST_PEAK, &mut self.peaks);
            self.tones.set(spectrum, &self.peaks, bin_hz);
            total += self.tones.roughness();
        }
        let mean = total / count.max(filled) as f64;
        if mean < LEAST_ROUGHNESS { 0.0 } else { mean.log10() * SLOPE + INTERCEPT }
    }

    /// Fills `spectra` with the magnitudes of each frame of the padded sound.
    fn transform(&mut self, samples: &[f32]) {
        self.padded.clear();
        self.padded.resize(PADDING, 0.0);
        self.padded.extend_from_slice(samples);
        self.spectra.clear();
        let (length, frame) = (self.padded.len(), self.window.len());
        if length <= frame {
            // A sound no longer than a frame is transformed as a whole and without a window.
            let [spectrum, _] = self.fourier.transform([&self.padded; 2], &vec![1.0; length], false);
            push_magnitudes(spectrum, &mut self.spectra);
            return;
        }
        let start = |index: usize| (index as f64 * frame as f64 / 2.0) as usize;
        let count = (0..).take_while(|&index| start(index) + frame <= length).count();
        for index in (0..count).step_by(2) {
            let frames = [index, index + 1].map(|index| start(index.min(count - 1)));
            let spectra =
                self.fourier.transform(frames.map(|at| &self.padded[at..at + frame]), &self.window, false);
            for spectrum in &spectra[..2.min(count - index)] {
                push_magnitudes(spectrum, &mut self.spectra);
            }
        }
    }
}

/// Appends the magnitude of each bin.
fn push_magnitudes(bins: &[Complex32], magnitudes: &mut Vec<f32>) {
    widest(
        #[inline(always)]
        || magnitudes.extend(bins.iter().map(|bin| bin.norm_sqr().sqrt())),
    );
}
