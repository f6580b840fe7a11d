//! Roughness: every pair of spectral peaks of a short frame beats, the more the closer they lie.
//!
//! Model: P. N. Vassilakis, "SRA: a web-based research tool for spectral and roughness analysis of
//! sound signals", SMC 2007, with the curve of R. Plomp and W. Levelt (1965). Figures from
//! timbral_models 0.4.0, `timbral_roughness`, with two ways of its own: the depth of a beat is
//! taken as 2 strong / (strong + weak), and each pair counts once.

use rustfft::FftPlanner;

use crate::fourier::PairFourier;
use crate::peaks::{Peak, peaks};
use crate::window::inner_hamming;

/// Length of a frame; the next begins half a frame later.
const FRAME_S: f64 = 0.05;

/// Zeros put before the sound, in samples.
const PADDING: usize = 512;

/// The least height of a peak, as a share of the highest of all frames.
const LEAST_PEAK: f64 = 0.01;

/// Weight of the logarithm of the mean roughness, and the intercept.
const SLOPE: f64 = 13.987_795_69;
const INTERCEPT: f64 = 48.976_065_715_458_86;

/// Mean roughness below this counts as none.
const LEAST_ROUGHNESS: f64 = 0.01;

/// The planned model of one sample rate.
pub(crate) struct Roughness {
    fourier: PairFourier,
    window: Vec<f32>,
    padded: Vec<f32>,
    spectra: Vec<f32>,
    peaks: Vec<Peak>,
    tones: Vec<Tone>,
}

/// A spectral peak as a partial tone.
#[derive(Clone, Copy)]
struct Tone {
    hz: f32,
    level: f32,
    /// The level's share in the product of levels to the power of 0.1.
    weight: f32,
}

impl Roughness {
    pub(crate) fn new(planner: &mut FftPlanner<f32>, sample_rate_hz: f64) -> Self {
        let frame = (sample_rate_hz * FRAME_S) as usize;
        // The power of two above the frame; twice the frame if it is one itself.
        let length = 2 << frame.ilog2();
        let window = inner_hamming(frame).into_iter().map(|weight| weight as f32).collect();
        let fourier = PairFourier::new(planner, length);
        Self {
            fourier,
            window,
            padded: Vec::new(),
            spectra: Vec::new(),
            peaks: Vec::new(),
            tones: Vec::new(),
        }
    }

    /// Roughness on the scale of the models; zero for what is not rough at all.
    pub(crate) fn measure(&mut self, samples: &[f32], sample_rate_hz: f64) -> f64 {
        let frame = self.window.len();
        let bins = self.fourier.bins();
        let length = samples.len() + PADDING;
        let count = (length as f64 / (frame as f64 / 2.0)) as usize;
        self.transform(samples);
        let filled = self.spectra.len() / bins;
        let (mut lowest, highest) =
            self.spectra.iter().fold((f32::INFINITY, 0.0_f32), |(low, high), &magnitude| {
                (low.min(magnitude), high.max(magnitude))
            });
        if filled < count {
            lowest = 0.0;
        }
        let scale = 1.0 / (f64::from(highest) - f64::from(lowest));
        let bin_hz = sample_rate_hz / 2.0 / (bins - 1) as f64;
        let mut total = 0.0;
        for spectrum in self.spectra.chunks_exact(bins) {
            peaks(spectrum, f64::from(lowest), scale, LEAST_PEAK, &mut self.peaks);
            self.tones.clear();
            self.tones.extend(self.peaks.iter().map(|peak| Tone {
                hz: (peak.place * bin_hz) as f32,
                level: peak.level as f32,
                weight: (0.1 * (peak.level as f32).ln()).exp(),
            }));
            total += beating(&self.tones);
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
            // A sound no longer than a frame is taken whole and without a window.
            let [spectrum, _] = self.fourier.transform([&self.padded; 2], &vec![1.0; length], false);
            self.spectra.extend(spectrum.iter().map(|bin| bin.norm_sqr().sqrt()));
            return;
        }
        let start = |index: usize| (index as f64 * frame as f64 / 2.0) as usize;
        let count = (0..).take_while(|&index| start(index) + frame <= length).count();
        for index in (0..count).step_by(2) {
            let frames = [index, index + 1].map(|index| start(index.min(count - 1)));
            let spectra =
                self.fourier.transform(frames.map(|at| &self.padded[at..at + frame]), &self.window, false);
            for spectrum in &spectra[..2.min(count - index)] {
                self.spectra.extend(spectrum.iter().map(|bin| bin.norm_sqr().sqrt()));
            }
        }
    }
}

/// Roughness of the tones of a frame, which come from the strongest down.
fn beating(tones: &[Tone]) -> f64 {
    let mut sum = 0.0_f64;
    for (index, strong) in tones.iter().enumerate() {
        for weak in &tones[index + 1..] {
            let stretch = 0.24 / (0.0207 * strong.hz.min(weak.hz) + 18.96);
            let distance = stretch * (strong.hz - weak.hz).abs();
            // Beyond this the curve is below 10⁻⁷ of its maximum.
            if distance > 5.0 {
                continue;
            }
            let curve = (-3.51 * distance).exp() - (-5.75 * distance).exp();
            let depth = 2.0 * strong.level / (strong.level + weak.level);
            sum += f64::from(strong.weight * weak.weight * 0.5 * (3.11 * depth.ln()).exp() * curve);
        }
    }
    sum
}
