//! Mel spectra at three resolutions and the mean difference of their levels, at the gain that suits best: the measure
//! by which answers for files are judged. No search minimises it. The definition is fixed: frames of 512, 2,048 and 8,192
//! samples every quarter of a frame, 32, 96 and 256 bands from 40 Hz to 16 kHz, a floor 60 dB below the wanted sound's
//! loudest band, and gains from −18 to 24 dB in steps of 1 dB.

use crate::mel_spectrogram::{Frames, SAMPLE_RATE_HZ};
use fourier::{Complex32, Planner, RealToComplex};
use std::f64::consts::TAU;
use std::sync::Arc;

/// The samples of a frame and the bands of each resolution.
const RESOLUTIONS: [(usize, usize); 3] = [(512, 32), (2048, 96), (8192, 256)];
const LOWEST_HZ: f64 = 40.0;
const HIGHEST_HZ: f64 = 16_000.0;
/// Everything farther below the loudest band counts as silence.
const RANGE_DB: f32 = 60.0;
/// A frame counts if a band of either sound is this much above the floor.
const ABOVE_FLOOR_DB: f32 = 1.0;
const GAINS_DB: std::ops::RangeInclusive<i32> = -18..=24;

/// Measures mel spectra at all resolutions; plans its transforms once.
pub struct LogMel {
    resolutions: [LogMelResolution; 3],
}

/// The difference of two sounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogMelDifference {
    /// Mean absolute difference of the levels.
    pub mean_db: f64,
    /// The gain of the found sound at which it is least.
    pub gain_db: f64,
}

impl Default for LogMel {
    fn default() -> Self {
        Self::new()
    }
}

impl LogMel {
    /// Plans all transforms.
    pub fn new() -> Self {
        Self { resolutions: RESOLUTIONS.map(|(frame, bands)| LogMelResolution::new(frame, bands)) }
    }

    /// Compares two sounds that begin at the same time.
    pub fn difference(&mut self, wanted: &[f32], found: &[f32]) -> LogMelDifference {
        let pairs =
            self.resolutions.each_ref().map(|own| [wanted, found].map(|sound| levels_db(own.powers(sound))));
        let at = |gain_db: i32| {
            let of = |[wanted, found]: &[Frames; 2]| mean_difference(wanted, found, gain_db as f32);
            let mean_db = pairs.iter().map(of).sum::<f64>() / pairs.len() as f64;
            LogMelDifference { mean_db, gain_db: f64::from(gain_db) }
        };
        let best = GAINS_DB.map(at).min_by(|a, b| a.mean_db.total_cmp(&b.mean_db));
        best.expect("there are gains to try")
    }
}

struct LogMelResolution {
    plan: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    /// The square of the window's sum.
    scale: f32,
    /// The bins of each band, with their weights.
    bands: Vec<Vec<(usize, f32)>>,
}

impl LogMelResolution {
    fn new(frame: usize, bands: usize) -> Self {
        let hann = |n: usize| 0.5 - 0.5 * (TAU * n as f64 / (frame - 1) as f64).cos();
        let window: Vec<f64> = (0..frame).map(hann).collect();
        Self {
            plan: Planner::new().real_forward(frame),
            scale: window.iter().sum::<f64>().powi(2) as f32,
            window: window.iter().map(|&weight| weight as f32).collect(),
            bands: triangles(frame, bands),
        }
    }

    /// The powers of the bands in each frame; the first frame is centred at the first sample.
    fn powers(&self, samples: &[f32]) -> Frames {
        let frame = self.window.len();
        let hop = frame / 4;
        let padded = [&vec![0.0; frame / 2], samples, &vec![0.0; frame]].concat();
        let (mut input, mut output) = (self.plan.make_input_vec(), self.plan.make_output_vec());
        let of_frame = |samples: &[f32]| {
            for ((input, sample), weight) in input.iter_mut().zip(samples).zip(&self.window) {
                *input = sample * weight;
            }
            self.plan.process(&mut input, &mut output).expect("the buffers were made by the plan itself");
            let bins: Vec<f32> = output.iter().map(Complex32::norm_sqr).collect();
            let band = |weights: &Vec<(usize, f32)>| {
                weights.iter().map(|&(bin, weight)| bins[bin] * weight).sum::<f32>() / self.scale
            };
            self.bands.iter().map(band).collect()
        };
        padded.windows(frame).step_by(hop).map(of_frame).collect()
    }
}

/// Triangles whose corners are equally far apart in mel. The scale is linear between the bins of the transform.
fn triangles(frame: usize, bands: usize) -> Vec<Vec<(usize, f32)>> {
    let rate_hz = f64::from(SAMPLE_RATE_HZ);
    let bin_hz = rate_hz / frame as f64;
    let mel = |hz: f64| 2595.0 * (1.0 + hz / 700.0).log10();
    let [lowest, highest] = [LOWEST_HZ, HIGHEST_HZ.min(rate_hz / 2.0)].map(mel);
    let corner = |at: usize| {
        let wanted = lowest + (highest - lowest) * at as f64 / (bands + 1) as f64;
        let above = (1..frame / 2).find(|&bin| mel(bin as f64 * bin_hz) >= wanted).unwrap_or(frame / 2);
        let [below_mel, above_mel] = [above - 1, above].map(|bin| mel(bin as f64 * bin_hz));
        bin_hz * ((above - 1) as f64 + (wanted - below_mel) / (above_mel - below_mel))
    };
    let band = |band: usize| {
        let [low, middle, high] = [band, band + 1, band + 2].map(corner);
        let weight = |bin: usize| {
            let hz = bin as f64 * bin_hz;
            (bin, ((hz - low) / (middle - low)).min((high - hz) / (high - middle)) as f32)
        };
        (0..=frame / 2).map(weight).filter(|(_, weight)| *weight > 0.0).collect()
    };
    (0..bands).map(band).collect()
}

fn levels_db(mut powers: Frames) -> Frames {
    for power in powers.iter_mut().flatten() {
        *power = 10.0 * power.max(f32::MIN_POSITIVE).log10();
    }
    powers
}

/// The mean absolute difference over all bands of the frames in which either sound is above the floor.
fn mean_difference(wanted: &Frames, found: &Frames, gain_db: f32) -> f64 {
    let floor_db = wanted.iter().flatten().copied().fold(f32::MIN, f32::max) - RANGE_DB;
    let (mut sum, mut count) = (0.0, 0_usize);
    for (wanted, found) in wanted.iter().zip(found) {
        let pairs = || {
            wanted
                .iter()
                .zip(found)
                .map(|(wanted, found)| (wanted.max(floor_db), (found + gain_db).max(floor_db)))
        };
        let audible_db = floor_db + ABOVE_FLOOR_DB;
        if pairs().any(|(wanted, found)| wanted > audible_db || found > audible_db) {
            sum += pairs().map(|(wanted, found)| f64::from((wanted - found).abs())).sum::<f64>();
            count += wanted.len();
        }
    }
    sum / count.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f32::consts::TAU;

    fn tone(frequency_hz: f32, level: f32) -> Vec<f32> {
        (0..22_050).map(|n| level * (TAU * frequency_hz * n as f32 / SAMPLE_RATE_HZ).sin()).collect()
    }

    #[test]
    fn a_gain_is_found_and_does_not_count() {
        let found = LogMel::new().difference(&tone(440.0, 0.4), &tone(440.0, 0.2));
        assert_eq!(found.gain_db, 6.0);
        assert!(found.mean_db < 0.05, "{found:?}");
    }

    #[test]
    fn it_grows_with_the_distance_of_the_pitches_and_is_greatest_for_silence() {
        let mut measure = LogMel::new();
        let mut to = |found: &[f32]| measure.difference(&tone(440.0, 0.3), found).mean_db;
        let distances =
            [&tone(440.0, 0.3)[..], &tone(445.0, 0.3), &tone(470.0, 0.3), &[0.0; 22_050]].map(&mut to);
        assert!(distances.is_sorted() && distances[0] == 0.0 && distances[1] > 0.1, "{distances:?}");
    }

    #[test]
    fn a_sound_without_wanted_partials_differs_by_their_levels_above_the_floor() {
        // Noise beside silence at the same gain: every band is lower by its own level above the floor.
        let mut state = 1_u32;
        let noise: Vec<f32> = (0..22_050)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 16) as f32 / 32_768.0 - 1.0
            })
            .collect();
        let found = LogMel::new().difference(&noise, &[0.0; 22_050]);
        assert!((40.0..60.0).contains(&found.mean_db), "{found:?}");
    }
}
