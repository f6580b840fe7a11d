//! Warmth: rises with energy around the fundamental, a spectrum that falls evenly above it, and loudness
//! in low Bark bands rather than high ones.
//!
//! Constants from timbral_models 0.4.0, `timbral_warmth` and `warm_region_cal`.

use fourier::ExactPlanner;

use crate::bark::{LoudnessWindow, average, bell_weights, level_weighted_mean, mean_level};
use crate::floored_log10;
use crate::peaks::{Peak, peaks};
use crate::scan::energy;
use crate::transform::{Fourier, segments};
use crate::window::tukey;

/// Samples per frame and from frame to frame; the cosine share of the window.
const FRAME: usize = 8192;
const HOP: usize = FRAME - FRAME / 8;
const TAPER: f64 = 0.25;

/// Margin of the onsets at the start, in samples.
pub(crate) const MARGIN: usize = 4096;

/// The least height of a spectral peak.
const LEAST_PEAK: f64 = 0.2;

/// Upper limit of the warm region, as a multiple of the fundamental and in Hz.
const WARM_MULTIPLE: f64 = 3.5;
const HIGHEST_WARM_HZ: f64 = 12_000.0;

/// Upper limit of low energy.
const LOW_HZ: f64 = 260.0;

/// Relative power of an empty bin; there the original fails.
const LEAST_POWER: f64 = 1e-40;

/// Regression weights of the logarithm of the centroid in Hz, high and low loudness, evenness of the fall and
/// share of low energy; and the intercept.
const SLOPES: [f64; 5] = [
    -4.464_258_317_026_696,
    -0.088_193_208_507_785_56,
    0.291_565_399_735_755_46,
    17.274_733_561_081_554,
    8.403_340_066_029_507,
];
const INTERCEPT: f64 = 45.212_121_250_855_79;

/// The planned model.
pub(crate) struct Warmth {
    fourier: Fourier,
    window: Vec<f64>,
    spectrum: Vec<f64>,
    /// Natural logarithm of each bin's number.
    log_bins: Vec<f64>,
    relative: Vec<f32>,
    peaks: Vec<Peak>,
}

/// Features of one note's spectrum.
#[derive(Default)]
struct NoteSpectrum {
    centroid_hz: f64,
    evenness: f64,
    low_share: f64,
    rms: f64,
}

impl Warmth {
    pub(crate) fn new(exact: &mut ExactPlanner) -> Self {
        let fourier = Fourier::new(exact, FRAME);
        Self {
            spectrum: vec![0.0; fourier.bins()],
            log_bins: (0..fourier.bins()).map(|bin| (bin as f64).ln()).collect(),
            fourier,
            window: tukey(FRAME, TAPER),
            relative: Vec::new(),
            peaks: Vec::new(),
        }
    }

    /// Warmth on the scale of the models. `onsets` in samples, ascending, at least one.
    #[inline(never)]
    pub(crate) fn measure(
        &mut self,
        samples: &[f64],
        onsets: &[usize],
        windows: &[LoudnessWindow],
        sample_rate_hz: f64,
    ) -> f64 {
        // As in the original, a single onset counts as the start of the sound.
        let onsets = if onsets.len() == 1 { &[0] } else { onsets };
        let notes: Vec<NoteSpectrum> = onsets
            .iter()
            .enumerate()
            .map(|(index, &onset)| {
                let end = onsets.get(index + 1).copied().unwrap_or(samples.len());
                self.note(&samples[onset..end], sample_rate_hz)
            })
            .collect();
        let mean =
            |value: fn(&NoteSpectrum) -> f64| notes.iter().map(value).sum::<f64>() / notes.len() as f64;
        let metrics = [
            floored_log10(mean(|note| note.centroid_hz)),
            level_weighted_mean(windows, &bell_weights(80, 240)),
            mean_level(windows, &bell_weights(10, 40)),
            mean(|note| note.evenness),
            average(notes.iter().map(|note| (note.low_share, note.rms))),
        ];
        INTERCEPT + metrics.iter().zip(&SLOPES).map(|(metric, slope)| metric * slope).sum::<f64>()
    }

    /// Features of one note.
    fn note(&mut self, samples: &[f64], sample_rate_hz: f64) -> NoteSpectrum {
        let square = energy(samples);
        if square <= 0.0 {
            return NoteSpectrum::default();
        }
        self.transform(samples);
        let bin_hz = sample_rate_hz / FRAME as f64;
        self.relative.clear();
        self.relative.extend(self.spectrum.iter().map(|&power| power as f32));
        peaks(&self.relative, 0.0, 1.0, LEAST_PEAK, &mut self.peaks);
        let lowest = self.peaks.first();
        let fundamental_hz = lowest.map_or(f64::INFINITY, |peak| peak.position * bin_hz);
        let fundamental_bin = lowest.map_or(0, |peak| peak.bin);
        let total: f64 = self.spectrum.iter().sum();
        let low_bin = (LOW_HZ / bin_hz) as usize + 1;
        let low_share = if fundamental_hz < LOW_HZ {
            self.spectrum.get(fundamental_bin..low_bin).unwrap_or_default().iter().sum::<f64>() / total
        } else {
            0.0
        };
        let moment: f64 = self.spectrum.iter().enumerate().map(|(bin, power)| bin as f64 * power).sum();
        let warm_hz = (fundamental_hz * WARM_MULTIPLE).min(HIGHEST_WARM_HZ);
        let above_warm = (warm_hz / bin_hz) as usize + 1;
        NoteSpectrum {
            centroid_hz: moment / total * bin_hz,
            evenness: evenness(&self.spectrum, &self.log_bins, above_warm),
            low_share,
            rms: (square / samples.len() as f64).sqrt(),
        }
    }

    /// Fills `spectrum` with the power summed over the frames, relative to its largest bin.
    fn transform(&mut self, samples: &[f64]) {
        let short = (samples.len() < FRAME).then(|| tukey(samples.len(), TAPER));
        let window = short.as_ref().unwrap_or(&self.window);
        self.spectrum.fill(0.0);
        for segment in segments(samples.len(), FRAME, HOP) {
            let frame = &samples[segment];
            let mean = frame.iter().sum::<f64>() / frame.len() as f64;
            let bins = self.fourier.transform(|buffer| {
                for ((out, sample), weight) in buffer.iter_mut().zip(frame).zip(window) {
                    *out = (sample - mean) * weight;
                }
            });
            for (power, bin) in self.spectrum.iter_mut().zip(bins) {
                *power += 2.0 * bin.norm_sqr();
            }
        }
        // In a one-sided spectrum the first and the last bin count once.
        self.spectrum[0] /= 2.0;
        self.spectrum[FRAME / 2] /= 2.0;
        let highest = self.spectrum.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        for power in &mut self.spectrum {
            *power /= highest;
        }
    }
}

/// R² of a linear fit of log power over log frequency from bin `first` on. `log_bins` are the logarithms of the bins.
fn evenness(spectrum: &[f64], log_bins: &[f64], first: usize) -> f64 {
    let first = first.min(spectrum.len());
    let x = &log_bins[first..];
    let y: Vec<f64> = spectrum[first..].iter().map(|power| power.max(LEAST_POWER).ln()).collect();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (mean_x, mean_y) = (mean(x), mean(&y));
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(&y) {
        xx += (x - mean_x) * (x - mean_x);
        xy += (x - mean_x) * (y - mean_y);
        yy += (y - mean_y) * (y - mean_y);
    }
    if yy > 0.0 { xy * xy / (xx * yy) } else { 1.0 }
}
