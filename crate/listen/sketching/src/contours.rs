//! Level and brightness of a sound every 10 ms.

use features::test_note::SAMPLE_RATE_HZ;
use fourier::{Complex32, Planner, RealToComplex};
use std::f32::consts::TAU;
use std::sync::Arc;

/// Seconds from frame to frame; frame 0 has its middle at the beginning of the sound.
pub const HOP_S: f32 = 0.01;
/// The same in samples.
pub const HOP: usize = (SAMPLE_RATE_HZ / 100) as usize;
/// Samples of a spectrum: 23 ms.
const FRAME: usize = 1024;
/// The frequencies whose centroid is the brightness, in Hz: a voice's.
const RANGE_HZ: [f32; 2] = [60.0, 12_000.0];

/// Bands of a spectrum over time, equally wide in mel.
pub(crate) const BANDS: usize = 24;
/// Levels of the bands in dB, every 10 ms.
pub(crate) type VoiceBands = Vec<[f32; BANDS]>;

/// Contours of a sound, one value for each 10 ms.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SoundContours {
    /// Root of the mean square of 20 ms, 0…1.
    pub level: Vec<f32>,
    /// Centroid of the magnitudes over the logarithm of the frequency, in octaves above 1 Hz.
    pub brightness: Vec<f32>,
}

/// Measures [`SoundContours`]; plans once.
pub struct ContourMeter {
    plan: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    octaves: Vec<f32>,
    first_bin: usize,
    /// The band of each bin from the first on.
    bands: Vec<usize>,
    input: Vec<f32>,
    bins: Vec<Complex32>,
    scratch: Vec<Complex32>,
}

impl Default for ContourMeter {
    fn default() -> Self {
        Self::new()
    }
}

impl ContourMeter {
    /// Plans the transform.
    pub fn new() -> Self {
        let plan = Planner::new().real_forward(FRAME);
        let bin_hz = SAMPLE_RATE_HZ as f32 / FRAME as f32;
        let [first_bin, last_bin] = RANGE_HZ.map(|edge| (edge / bin_hz).ceil() as usize);
        let mel = |hz: f32| (1.0 + hz / 700.0).ln();
        let share = |bin: usize| {
            let [lowest, highest] = RANGE_HZ.map(mel);
            (mel(bin as f32 * bin_hz) - lowest) / (highest - lowest)
        };
        Self {
            bands: (first_bin..last_bin)
                .map(|bin| ((share(bin) * BANDS as f32) as usize).min(BANDS - 1))
                .collect(),
            window: (0..FRAME).map(|n| 0.5 - 0.5 * (TAU * n as f32 / FRAME as f32).cos()).collect(),
            octaves: (first_bin..last_bin).map(|bin| (bin as f32 * bin_hz).log2()).collect(),
            first_bin,
            input: plan.make_input_vec(),
            bins: plan.make_output_vec(),
            scratch: plan.make_scratch_vec(),
            plan,
        }
    }

    /// The contours of one channel at 44.1 kHz.
    pub fn measure(&mut self, samples: &[f32]) -> SoundContours {
        self.measure_bands(samples).0
    }

    /// The contours of one channel at 44.1 kHz, and the levels of its bands.
    pub(crate) fn measure_bands(&mut self, samples: &[f32]) -> (SoundContours, VoiceBands) {
        let frames = samples.len() / HOP + 1;
        let level = (0..frames).map(|frame| {
            let middle = frame * HOP;
            let around = &samples[middle.saturating_sub(HOP)..(middle + HOP).min(samples.len())];
            let square = around.iter().map(|sample| sample * sample).sum::<f32>();
            (square / (2 * HOP) as f32).sqrt()
        });
        let level = level.collect();
        let (brightness, bands) = (0..frames).map(|frame| self.spectrum(samples, frame * HOP)).unzip();
        (SoundContours { level, brightness }, bands)
    }

    /// The brightness of a frame, and the levels of its bands.
    fn spectrum(&mut self, samples: &[f32], middle: usize) -> (f32, [f32; BANDS]) {
        for (at, (input, weight)) in self.input.iter_mut().zip(&self.window).enumerate() {
            let sample = (middle + at).checked_sub(FRAME / 2).and_then(|at| samples.get(at));
            *input = sample.map_or(0.0, |sample| sample * weight);
        }
        self.plan
            .process_with_scratch(&mut self.input, &mut self.bins, &mut self.scratch)
            .expect("the buffers were made by the plan itself");
        let (mut whole, mut moment) = (f32::MIN_POSITIVE, 0.0);
        let mut bands = [f32::MIN_POSITIVE; BANDS];
        for ((bin, octaves), &band) in self.bins[self.first_bin..].iter().zip(&self.octaves).zip(&self.bands)
        {
            let power = bin.norm_sqr();
            let magnitude = power.sqrt();
            whole += magnitude;
            moment += magnitude * octaves;
            bands[band] += power;
        }
        (moment / whole, bands.map(|power| 10.0 * power.log10()))
    }
}

impl SoundContours {
    /// The frames whose level is within this of the loudest, in dB.
    pub fn loud(&self, within_db: f32) -> Vec<bool> {
        let loudest = self.level.iter().copied().fold(0.0, f32::max);
        let least = loudest * 10.0_f32.powf(-within_db / 20.0);
        self.level.iter().map(|&level| level > 0.0 && level >= least).collect()
    }
}

/// The means of this many neighbours on each side, near the ends of fewer on both, so that a straight line stays
/// straight.
pub(crate) fn smoothed(values: &[f32], each_side: usize) -> Vec<f32> {
    let mean = |at: usize| {
        let each_side = each_side.min(at).min(values.len() - 1 - at);
        let near = &values[at - each_side..=at + each_side];
        near.iter().sum::<f32>() / near.len() as f32
    };
    (0..values.len()).map(mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_has_its_level_and_its_frequency() {
        let tone = |hz: f32| -> Vec<f32> {
            (0..20_000).map(|n| 0.5 * (TAU * hz * n as f32 / SAMPLE_RATE_HZ as f32).sin()).collect()
        };
        let mut meter = ContourMeter::new();
        for hz in [300.0, 3000.0] {
            let found = meter.measure(&tone(hz));
            assert!((found.level[20] - 0.3535).abs() < 0.01, "{}", found.level[20]);
            assert!((found.brightness[20] - hz.log2()).abs() < 0.2, "{hz}: {}", found.brightness[20]);
        }
    }

    #[test]
    fn silence_is_never_loud() {
        let found = ContourMeter::new().measure(&[0.0; 4000]);
        assert!(found.loud(40.0).iter().all(|loud| !loud) && found.brightness.iter().all(|b| b.is_finite()));
    }
}
