//! The movement of a sound while its key is held: the deviation of its bands' levels from a smooth trend. Vibrato,
//! tremolo, filter sweeps that repeat, beating and noise move; an envelope that rises or falls once does not.
//!
//! Sources: modulation up to about 20 Hz is heard as fluctuation, faster one as roughness (H. Fastl and E. Zwicker,
//! "Psychoacoustics", 3rd ed., 2007, chapters 10 and 11); loudness grows with power to the exponent of .3 (chapter 8).
//! The scale is ours: it has no experiment behind it.

use fourier::{Complex32, Planner, RealToComplex};
use std::sync::Arc;

/// A frame of 46 ms averages modulation above 20 Hz.
const FRAME: usize = 2048;
const HOP: usize = FRAME / 2;
/// Bands, equally wide in mel, each the middle of its neighbours: a partial that moves changes the level of two.
const BANDS: usize = 32;
const RANGE_HZ: [f32; 2] = [40.0, 12_000.0];
/// The attack does not count as movement.
const BEGIN_S: f64 = 0.1;
/// The end of the held part: the key of the test note is released at 2 s.
const END_S: f64 = 2.0;
/// Levels this far below the loudest are silence.
const SILENCE_DB: f64 = -60.0;
const LOUDNESS_EXPONENT: f64 = 0.3;
/// The deviation that has 50 points. Full tremolo and a vibrato of a semitone have about as much.
const MIDDLE_DB: f64 = 6.0;
/// A smooth trend: a level, a slope, a bend.
const TREND: usize = 3;

/// Measures movement; plans once.
pub(crate) struct MovementMeter {
    plan: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    /// Weights of the transform's bins in each band.
    bands: Vec<Vec<(usize, f32)>>,
    sample_rate_hz: f64,
}

impl MovementMeter {
    pub(crate) fn new(sample_rate_hz: f64) -> Self {
        let window =
            (0..FRAME).map(|n| 0.5 - 0.5 * (std::f32::consts::TAU * n as f32 / FRAME as f32).cos()).collect();
        let mel = |hz: f32| (1.0 + hz / 700.0).ln();
        let [low, high] = RANGE_HZ.map(mel);
        let corner = |at: usize| 700.0 * ((low + (high - low) * at as f32 / (BANDS + 1) as f32).exp() - 1.0);
        let bin_hz = sample_rate_hz as f32 / FRAME as f32;
        let band = |band: usize| {
            let [low, middle, high] = [band, band + 1, band + 2].map(corner);
            let weight = |bin: usize| {
                let hz = bin as f32 * bin_hz;
                (bin, ((hz - low) / (middle - low)).min((high - hz) / (high - middle)))
            };
            (0..=FRAME / 2).map(weight).filter(|(_, weight)| *weight > 0.0).collect()
        };
        let plan = Planner::new().real_forward(FRAME);
        Self { plan, window, bands: (0..BANDS).map(band).collect(), sample_rate_hz }
    }

    /// The movement of one channel in points: 0 is still, 50 a deviation of 6 dB, 100 never reached.
    pub(crate) fn measure(&self, samples: &[f32]) -> f64 {
        let [begin, end] = [BEGIN_S, END_S].map(|time_s| (time_s * self.sample_rate_hz) as usize);
        let held = &samples[begin.min(samples.len())..end.min(samples.len())];
        let powers = self.powers(held);
        let loudest = powers.iter().flatten().copied().fold(0.0, f64::max);
        if loudest <= 0.0 {
            return 0.0;
        }
        let silence = 10.0_f64.powf(SILENCE_DB / 10.0);
        let (mut squares, mut weights) = (0.0, 0.0);
        for band in 0..BANDS {
            let shares: Vec<f64> = powers.iter().map(|frame| (frame[band] / loudest).max(silence)).collect();
            let loudness: Vec<f64> =
                shares.iter().map(|share| (share - silence).max(0.0).powf(LOUDNESS_EXPONENT)).collect();
            let levels_db: Vec<f64> = shares.iter().map(|share| 10.0 * share.log10()).collect();
            squares += squares_beside_trend(levels_db, &loudness);
            weights += loudness.iter().sum::<f64>();
        }
        let deviation_db = (squares / weights.max(f64::MIN_POSITIVE)).sqrt();
        100.0 * deviation_db / (deviation_db + MIDDLE_DB)
    }

    fn powers(&self, samples: &[f32]) -> Vec<[f64; BANDS]> {
        let (mut input, mut output) = (self.plan.make_input_vec(), self.plan.make_output_vec());
        let frame = |samples: &[f32]| {
            for ((input, sample), weight) in input.iter_mut().zip(samples).zip(&self.window) {
                *input = sample * weight;
            }
            self.plan.process(&mut input, &mut output).expect("the buffers were made by the plan itself");
            std::array::from_fn(|band| {
                let power = |&(bin, weight): &(usize, f32)| Complex32::norm_sqr(&output[bin]) * weight;
                f64::from(self.bands[band].iter().map(power).sum::<f32>())
            })
        };
        samples.windows(FRAME).step_by(HOP).map(frame).collect()
    }
}

/// The weighted sum of squares of the deviations from a smooth trend, for values at equal distances.
fn squares_beside_trend(mut values: Vec<f64>, weights: &[f64]) -> f64 {
    let product = |a: &[f64], b: &[f64]| -> f64 {
        a.iter().zip(b).zip(weights).map(|((a, b), weight)| a * b * weight).sum()
    };
    let mut trends: Vec<Vec<f64>> = Vec::with_capacity(TREND);
    for power in 0..TREND as i32 {
        // Times of −1…1 keep the powers apart.
        let last = (values.len().max(2) - 1) as f64;
        let mut trend: Vec<f64> =
            (0..values.len()).map(|at| (2.0 * at as f64 / last - 1.0).powi(power)).collect();
        for other in &trends {
            let share = product(&trend, other);
            remove(&mut trend, other, share);
        }
        let length = product(&trend, &trend).sqrt();
        // A band that is silent except for a moment has no slope.
        if length > 1e-9 {
            trend.iter_mut().for_each(|value| *value /= length);
            trends.push(trend);
        }
    }
    for trend in &trends {
        let share = product(&values, trend);
        remove(&mut values, trend, share);
    }
    product(&values, &values)
}

fn remove(from: &mut [f64], trend: &[f64], share: f64) {
    from.iter_mut().zip(trend).for_each(|(value, trend)| *value -= share * trend);
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE_HZ: f64 = 44_100.0;

    /// A bright tone whose amplitude and key are functions of the seconds.
    fn movement(amplitude: impl Fn(f64) -> f64, key: impl Fn(f64) -> f64) -> f64 {
        let mut phase = 0.0;
        let sample = |n: i32| {
            let time_s = f64::from(n) / RATE_HZ;
            phase += 261.6 * (key(time_s) / 12.0).exp2() / RATE_HZ;
            (amplitude(time_s) * (phase.fract() - 0.5)) as f32
        };
        let samples: Vec<f32> = (0..2 * 44_100).map(sample).collect();
        MovementMeter::new(RATE_HZ).measure(&samples)
    }

    fn sine(hz: f64, time_s: f64) -> f64 {
        (std::f64::consts::TAU * hz * time_s).sin()
    }

    #[test]
    fn tremolo_and_vibrato_move_and_a_steady_or_fading_tone_does_not() {
        let steady = movement(|_| 1.0, |_| 0.0);
        let fading = movement(|time_s| (-2.0 * time_s).exp(), |_| 0.0);
        assert!(steady < 2.0 && fading < 8.0, "{steady} {fading}");
        let tremolo = |depth: f64| movement(|time_s| 1.0 + depth * sine(5.0, time_s), |_| 0.0);
        let vibrato = |keys: f64| movement(|_| 1.0, |time_s| keys * sine(5.0, time_s));
        let tremolos = [0.0, 0.2, 0.5, 0.9].map(tremolo);
        assert!(tremolos.windows(2).all(|pair| pair[1] > pair[0] + 6.0), "{tremolos:?}");
        let vibratos = [0.0, 0.3, 1.0].map(vibrato);
        assert!(vibratos.windows(2).all(|pair| pair[1] > pair[0] + 6.0), "{vibratos:?}");
        assert_eq!(movement(|_| 0.0, |_| 0.0), 0.0);
    }

    #[test]
    fn loudness_is_no_movement() {
        let tremolo = |gain: f64| movement(|time_s| gain * (1.0 + 0.5 * sine(3.0, time_s)), |_| 0.0);
        assert!((tremolo(0.01) - tremolo(1.0)).abs() < 0.1);
    }
}
