//! Depth: rises with a low centroid, energy below 500 Hz, long notes and a low pitch.
//!
//! Constants from timbral_models 0.4.0, `timbral_depth`.

use fourier::Planner;

use crate::bands::Bands;
use crate::envelope::rms;
use crate::floored_log10;
use crate::peaks::{Peak, peaks};
use crate::scan::first_highest;
use crate::transform::{PairFourier, moment_and_power, segments, windowed_energy};
use crate::window::hamming;
use vectors::widest;

/// Samples per frame, and from frame to frame.
const FRAME: usize = 4096;
const HOP: usize = 1024;

/// Frames with less power than this are ignored.
const LEAST_POWER: f64 = 1e-3;

/// Upper limit of the centroid.
const HIGHEST_CENTROID_HZ: f64 = 2000.0;

/// Samples per step of the level that gives the durations.
const LEVEL_STEP: usize = 256;

/// A note ends when its level is 40 dB below the loudest step of the sound.
const END_LEVEL: f64 = 1e-2;

/// The least height of a spectral peak.
const LEAST_PEAK: f64 = 0.01;

/// Regression weights of: the limited low centroid in Hz, the share of low energy, the logarithm of the
/// duration in seconds, that of the pitch in Hz, share times duration, sigmoid of share times
/// duration; and the intercept.
const SLOPES: [f64; 6] = [
    -0.004_370_356_584_787_447,
    32.837_432_024_621_31,
    4.750_862_716_905_235,
    -14.217_438_690_256_062,
    3.878_233_986_281_392,
    -0.854_482_609_173_551_6,
];
const INTERCEPT: f64 = 66.695_343_944_333_91;

/// The planned model.
pub(crate) struct Depth {
    fourier: PairFourier,
    window: Vec<f32>,
    spectrum: Vec<f64>,
    peaks: Vec<Peak>,
}

impl Depth {
    pub(crate) fn new(planner: &mut Planner) -> Self {
        let fourier = PairFourier::new(planner, FRAME);
        let window = hamming(FRAME).into_iter().map(|weight| weight as f32).collect();
        Self { spectrum: vec![0.0; fourier.bins()], fourier, window, peaks: Vec::new() }
    }

    /// Depth on the scale of the models. `onsets` are those of `bands.exact`, in samples.
    pub(crate) fn measure(&mut self, bands: &Bands, onsets: &[usize], sample_rate_hz: f64) -> f64 {
        let bin_hz = sample_rate_hz / FRAME as f64;
        let length = bands.full.len();
        let short =
            (length <= FRAME).then(|| hamming(length).into_iter().map(|weight| weight as f32).collect());
        let window: &Vec<f32> = short.as_ref().unwrap_or(&self.window);
        let weight_sum: f64 = window.iter().map(|&weight| f64::from(weight)).sum();
        let scale = 1.0 / (weight_sum * weight_sum);
        let (mut total, mut centroids, mut low) = (0.0, 0.0, 0.0);
        self.spectrum.fill(0.0);
        for segment in segments(length, FRAME, HOP) {
            // The whole frame and its low band share one transform.
            let frames = [&bands.full[segment.clone()], &bands.below_2_khz[segment.clone()]];
            let [whole, below_2_khz] = self.fourier.transform(frames, window, true);
            let (_, power) = moment_and_power(whole);
            widest(
                #[inline(always)]
                || {
                    for (sum, bin) in self.spectrum.iter_mut().zip(whole) {
                        *sum += f64::from(bin.norm_sqr());
                    }
                },
            );
            total += power;
            if power * scale > LEAST_POWER {
                let (moment, low_power) = moment_and_power(below_2_khz);
                // A frame may have no power below 2 kHz.
                if low_power > 0.0 {
                    centroids += power * moment / low_power * bin_hz;
                }
                low += windowed_energy(&bands.below_500_hz[segment], window) * FRAME as f64;
            }
        }
        let of_total = |sum: f64| if total > 0.0 { sum / total } else { 0.0 };
        let centroid_hz = of_total(centroids).min(HIGHEST_CENTROID_HZ);
        let share = of_total(low);
        let log_duration = floored_log10(mean_duration_s(&bands.exact, onsets, sample_rate_hz));
        let sigmoid = share.powi(10) / (share.powi(10) + 0.2);
        let metrics = [
            centroid_hz,
            share,
            log_duration,
            self.log_pitch(bin_hz),
            share * log_duration,
            sigmoid * log_duration,
        ];
        INTERCEPT + metrics.iter().zip(&SLOPES).map(|(metric, slope)| metric * slope).sum::<f64>()
    }

    /// Logarithm of the lowest spectral peak in Hz; zero if that peak is at 0 Hz.
    fn log_pitch(&mut self, bin_hz: f64) -> f64 {
        let inner = 1..self.spectrum.len() - 1;
        for power in &mut self.spectrum[inner] {
            *power *= 2.0;
        }
        let highest = self.spectrum.iter().copied().fold(0.0, f64::max);
        if highest <= 0.0 {
            return 0.0;
        }
        let relative: Vec<f32> = self.spectrum.iter().map(|power| (power / highest) as f32).collect();
        let lowest = relative.iter().copied().fold(f32::INFINITY, f32::min);
        let offset = f64::from(lowest);
        peaks(&relative, offset, 1.0 / (1.0 - offset), LEAST_PEAK, &mut self.peaks);
        let position = self.peaks.first().map_or(0.0, |peak| peak.position);
        if position > 0.0 { (position * bin_hz).log10() } else { 0.0 }
    }
}

/// Mean time from the loudest step of each note to its end or to the next note.
fn mean_duration_s(samples: &[f64], onsets: &[usize], sample_rate_hz: f64) -> f64 {
    let mut levels = rms(samples, LEVEL_STEP, LEVEL_STEP);
    let highest = levels.iter().copied().fold(0.0, f64::max);
    if highest > 0.0 {
        for level in &mut levels {
            *level /= highest;
        }
    }
    let steps: Vec<usize> = onsets.iter().map(|onset| onset / LEVEL_STEP).collect();
    let last = steps.last().copied().unwrap_or(0);
    let durations = steps.iter().enumerate().map(|(index, &step)| {
        let end = if step == last { levels.len() } else { steps[index + 1] };
        let note = levels.get(step..end).unwrap_or_default();
        let after = &note[first_highest(note)..];
        after.iter().position(|&level| level < END_LEVEL).unwrap_or(after.len())
    });
    durations.sum::<usize>() as f64 / steps.len().max(1) as f64 * LEVEL_STEP as f64 / sample_rate_hz
}
