//! Roughness: the sum of the roughness of every pair of spectral peaks in short frames.
//!
//! Model: P. N. Vassilakis, "SRA: a web-based research tool for spectral and roughness analysis of
//! sound signals", SMC 2007, with the curve of R. Plomp and W. Levelt (1965). Constants from
//! timbral_models 0.4.0, `timbral_roughness`, with two differences to the model: the depth of a
//! beat is 2 strong / (strong + weak), and each pair counts once.

use fourier::{Complex32, Planner};

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
    tones: Vec<Tone>,
    curve: LookupTable,
    depth: LookupTable,
}

/// A spectral peak as a partial tone.
#[derive(Clone, Copy)]
struct Tone {
    hz: f32,
    /// Frequency scaling (Plomp–Levelt curve) if this is the lower tone of a pair, 1/Hz.
    stretch: f32,
    /// Rank among the peaks of the frame, in descending order of level.
    rank: usize,
    level: f32,
    /// The level to the power of 0.1.
    weight: f32,
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
            tones: Vec::new(),
            curve: LookupTable::new(curve, FARTHEST),
            depth: LookupTable::new(depth, 2.0),
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
            self.tones.clear();
            self.tones.extend(self.peaks.iter().enumerate().map(|(rank, peak)| {
                let hz = (peak.position * bin_hz) as f32;
                let level = peak.level as f32;
                Tone {
                    hz,
                    stretch: 0.24 / (0.0207 * hz + 18.96),
                    rank,
                    level,
                    weight: (0.1 * level.ln()).exp(),
                }
            }));
            self.tones.sort_by(|a, b| a.hz.total_cmp(&b.hz));
            total += beating(&self.tones, &self.curve, &self.depth);
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

/// Roughness of the tones of a frame, sorted by frequency.
fn beating(tones: &[Tone], curve: &LookupTable, depth: &LookupTable) -> f64 {
    let mut sum = 0.0_f64;
    for (index, low) in tones.iter().enumerate() {
        let mut of_one = 0.0_f32;
        for high in &tones[index + 1..] {
            let distance = low.stretch * (high.hz - low.hz);
            if distance >= FARTHEST {
                break;
            }
            let strong = if low.rank < high.rank { low.level } else { high.level };
            let depth = depth.at(2.0 * strong / (low.level + high.level));
            of_one += high.weight * depth * curve.at(distance);
        }
        sum += f64::from(low.weight * of_one);
    }
    0.5 * sum
}

/// Distance from which on two tones count as not rough: the curve is below 10⁻⁴ of its maximum.
const FARTHEST: f32 = 3.5;

/// Roughness of two tones over their scaled distance.
fn curve(distance: f64) -> f64 {
    (-3.51 * distance).exp() - (-5.75 * distance).exp()
}

/// Depth of the beats, from twice the stronger level as a share of the sum of both.
fn depth(share: f64) -> f64 {
    share.powf(3.11)
}

/// A function tabulated in 4096 steps with linear interpolation; the error is below 10⁻⁵.
struct LookupTable {
    scale: f32,
    values: Vec<f32>,
}

impl LookupTable {
    const STEPS: usize = 4096;

    /// Tabulates `function` from zero to `end`.
    fn new(function: impl Fn(f64) -> f64, end: f32) -> Self {
        let step = f64::from(end) / Self::STEPS as f64;
        let values = (0..=Self::STEPS).map(|index| function(index as f64 * step) as f32).collect();
        Self { scale: Self::STEPS as f32 / end, values }
    }

    #[inline]
    fn at(&self, place: f32) -> f32 {
        let place = place * self.scale;
        let index = (place as usize).min(Self::STEPS - 1);
        let (low, high) = (self.values[index], self.values[index + 1]);
        low + (high - low) * (place - index as f32)
    }
}
