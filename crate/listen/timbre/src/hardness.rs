//! Hardness: rises with fast, strong, bright and broadband attacks, percussiveness, and loudness in the
//! middle Bark bands.
//!
//! Constants from timbral_models 0.4.0, `timbral_hardness` and `get_spectral_features`.

use fourier::{ExactPlanner, Planner};

use crate::attack::{fixed_threshold_start, weakest_effort};
use crate::bandwidth::{Bandwidth, HOP as BANDWIDTH_HOP};
use crate::bark::{LoudnessWindow, average, bell_weights, level_weighted_mean};
use crate::floored_log10;
use crate::stft::HOP;
use crate::transform::Fourier;

/// Zeros before the sound, minus one, and the margin of its onsets, in samples.
pub(crate) const PADDING: usize = 4096;

/// Longest attack.
const LONGEST_ATTACK_S: f64 = 0.1;

/// Longest duration of the attack's spectrum, and the fewest samples for it.
const SPECTRUM_S: f64 = 0.125;
const FEWEST_SAMPLES: usize = 512;

/// Lower limits of the spectrum and of its centroid.
const LOWEST_HZ: f64 = 20.0;
const LEAST_CENTROID_HZ: f64 = 200.0;

/// Bandwidths up to this many Hz are replaced by the sample rate divided by this number.
const LEAST_BANDWIDTH: f64 = 512.0;

/// Regression weights of the logarithms of bandwidth in Hz, attack centroid in Hz, loudness of the middle
/// Barks, percussive share and onset strength, and of the mean logarithm of the attack in seconds;
/// and the intercept.
const SLOPES: [f64; 6] = [
    12.079_781_720_638_145,
    18.521_003_771_700_42,
    14.139_883_645_260_355,
    5.567_690_321_917_516,
    3.934_681_769_040_563_5,
    -4.326_890_461_087_848,
];
const INTERCEPT: f64 = -85.603_522_091_068_2;

/// Input of the model: the sound after [`PADDING`] + 1 zeros, and its features.
pub(crate) struct HardnessInput<'a> {
    pub(crate) samples: &'a [f64],
    pub(crate) single: &'a [f32],
    pub(crate) envelope: &'a [f64],
    pub(crate) strengths: &'a [f64],
    /// In samples, ascending, at least one.
    pub(crate) onsets: &'a [usize],
    /// Windows of the sound without padding.
    pub(crate) windows: &'a [LoudnessWindow],
    /// Percussive share of the sound without padding, 0 to 1.
    pub(crate) percussive_share: f64,
    pub(crate) sample_rate_hz: f64,
}

/// The planned model.
pub(crate) struct Hardness {
    bandwidth: Bandwidth,
    bandwidths_hz: Vec<f64>,
    spectrum: Fourier,
}

impl Hardness {
    pub(crate) fn new(planner: &mut Planner, exact: &mut ExactPlanner, sample_rate_hz: f64) -> Self {
        let length = ((SPECTRUM_S * sample_rate_hz) as usize).next_power_of_two();
        Self {
            bandwidth: Bandwidth::new(planner),
            bandwidths_hz: Vec::new(),
            spectrum: Fourier::new(exact, length),
        }
    }

    /// Hardness on the scale of the models.
    pub(crate) fn measure(&mut self, input: &HardnessInput) -> f64 {
        let HardnessInput { envelope, onsets, sample_rate_hz, .. } = *input;
        // As in the original, a single onset counts as the start of the sound.
        let onsets = if onsets.len() == 1 { &[0] } else { onsets };
        self.bandwidth.measure(input.single, sample_rate_hz, &mut self.bandwidths_hz);
        let frames: Vec<usize> =
            onsets.iter().map(|onset| onset.saturating_sub(PADDING) / BANDWIDTH_HOP).collect();
        let (mut widths, mut strengths, mut log_attacks, mut centroids) = (vec![], vec![], vec![], vec![]);
        for (index, &onset) in onsets.iter().enumerate() {
            let end = onsets.get(index + 1).copied().unwrap_or(envelope.len());
            let strength = largest(match onsets.get(index + 1) {
                Some(next) => input.strengths.get(onset / HOP..next / HOP),
                None => input.strengths.get(onset / HOP..),
            });
            strengths.push(strength);
            let is_last = frames[index] == frames[frames.len() - 1];
            let width_end = if is_last { self.bandwidths_hz.len() } else { frames[index + 1] };
            let widths_hz = self.bandwidths_hz.get(frames[index]..width_end).unwrap_or_default();
            widths.extend(attack_bandwidth(widths_hz, sample_rate_hz).map(|width_hz| (width_hz, strength)));
            let attack = weakest_effort(&envelope[onset..end], sample_rate_hz, LONGEST_ATTACK_S);
            // A note that starts at its peak gets an attack of one sample.
            log_attacks.push(attack.map_or(-sample_rate_hz.log10(), |attack| attack.log_duration));
            let start = onset + attack.map_or(0, |attack| attack.start);
            centroids.extend(self.centroid_hz(&input.samples[start..end], sample_rate_hz));
        }
        let width_hz = average(widths.into_iter());
        let width_hz = if width_hz > LEAST_BANDWIDTH { width_hz } else { sample_rate_hz / LEAST_BANDWIDTH };
        let centroid_hz = mean(&centroids).max(LEAST_CENTROID_HZ);
        let metrics = [
            width_hz.log10(),
            centroid_hz.log10(),
            floored_log10(level_weighted_mean(input.windows, &bell_weights(70, 140))),
            floored_log10(input.percussive_share),
            floored_log10(mean(&strengths)),
            mean(&log_attacks),
        ];
        INTERCEPT + metrics.iter().zip(&SLOPES).map(|(metric, slope)| metric * slope).sum::<f64>()
    }

    /// Spectral centroid of the start of an attack; `None` if it is too short or silent.
    fn centroid_hz(&mut self, samples: &[f64], sample_rate_hz: f64) -> Option<f64> {
        let frame = &samples[..samples.len().min((SPECTRUM_S * sample_rate_hz) as usize)];
        if frame.len() <= FEWEST_SAMPLES {
            return None;
        }
        // Shorter frames are zero-padded to the planned length, in the original to the next power of two:
        // this only samples the same spectrum more finely.
        let bins = self.spectrum.transform(|buffer| buffer[..frame.len()].copy_from_slice(frame));
        let bin_hz = sample_rate_hz / (2.0 * (bins.len() - 1) as f64);
        let lowest = (LOWEST_HZ / bin_hz).ceil() as usize;
        let magnitudes = bins.iter().enumerate().skip(lowest).map(|(bin, value)| (bin as f64, value.norm()));
        let centroid = average(magnitudes);
        (centroid > 0.0).then_some(centroid * bin_hz)
    }
}

/// Largest bandwidth of the attack of one note; `None` if the note has no attack or only falls.
fn attack_bandwidth(widths_hz: &[f64], sample_rate_hz: f64) -> Option<f64> {
    if largest(Some(widths_hz)) <= 0.0 {
        return None;
    }
    let start = fixed_threshold_start(widths_hz)?;
    let longest = (LONGEST_ATTACK_S * sample_rate_hz / BANDWIDTH_HOP as f64) as usize;
    let rest = &widths_hz[start..];
    // The original compares with the attack's start once more than it needs to.
    let attack = if rest.len() > start + longest { &rest[..longest] } else { rest };
    Some(largest(Some(attack)))
}

/// The largest of some values; zero for no values.
fn largest(values: Option<&[f64]>) -> f64 {
    values.unwrap_or_default().iter().copied().fold(0.0, f64::max)
}

/// The mean of some values; zero for no values.
fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}
