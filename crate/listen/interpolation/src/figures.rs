//! The evenness of an interpolation: the two measures of SPINVAE (Le Vaillant and Dutoit, “Synthesizer Preset
//! Interpolation using Transformer Auto-Encoders”, ICASSP 2023), here of the seven timbral scales in points.

use crate::meter::{MeasuredScales, SCALE_COUNT};

/// The figures of a series of measured sounds: 0 is perfectly even.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InterpolationFigures {
    /// Root mean square of the second differences of a scale, in points. The mean of all scales.
    pub second_difference: f64,
    /// Root mean square of the distance of a scale from the straight line between both ends, in points. The mean of all
    /// scales.
    pub nonlinearity: f64,
    /// The greatest change of a scale from one sound to the next, in points.
    pub largest_step: f64,
    /// The greatest distance of the loudness from the straight line between both ends, in dB.
    pub level_db: f64,
}

impl InterpolationFigures {
    /// The figures of at least three sounds.
    pub fn new(sounds: &[MeasuredScales]) -> Self {
        let scale = |at: usize| -> Vec<f64> { sounds.iter().map(|sound| sound.scales[at]).collect() };
        let mean = |figure: &dyn Fn(&[f64]) -> f64| {
            (0..SCALE_COUNT).map(|at| figure(&scale(at))).sum::<f64>() / SCALE_COUNT as f64
        };
        let steps = (0..SCALE_COUNT).flat_map(|at| {
            let values = scale(at);
            values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect::<Vec<_>>()
        });
        let (first, last) = (sounds[0].loudness_lufs, sounds[sounds.len() - 1].loudness_lufs);
        let level_line = |at: usize| first + (last - first) * at as f64 / (sounds.len() - 1) as f64;
        let levels = sounds.iter().enumerate().map(|(at, own)| (own.loudness_lufs - level_line(at)).abs());
        Self {
            level_db: levels.fold(0.0, f64::max),
            second_difference: mean(&|values| {
                root_mean_square(values.windows(3).map(|of| of[0] - 2.0 * of[1] + of[2]))
            }),
            nonlinearity: mean(&|values| {
                let (first, last) = (values[0], values[values.len() - 1]);
                let line = |at: usize| first + (last - first) * at as f64 / (values.len() - 1) as f64;
                root_mean_square(values.iter().enumerate().map(|(at, value)| value - line(at)))
            }),
            largest_step: steps.fold(0.0, f64::max),
        }
    }
}

fn root_mean_square(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for value in values {
        sum += value * value;
        count += 1.0;
    }
    if count > 0.0 { f64::sqrt(sum / count) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(values: &[f64]) -> Vec<MeasuredScales> {
        let sound = |&value: &f64| MeasuredScales { scales: [value; SCALE_COUNT], loudness_lufs: -20.0 };
        values.iter().map(sound).collect()
    }

    #[test]
    fn a_straight_series_is_even_and_a_jump_is_not() {
        let even = InterpolationFigures::new(&series(&[10.0, 20.0, 30.0, 40.0, 50.0]));
        assert_eq!(
            even,
            InterpolationFigures {
                second_difference: 0.0,
                nonlinearity: 0.0,
                largest_step: 10.0,
                level_db: 0.0
            }
        );
        let mut louder = series(&[10.0, 20.0, 30.0]);
        louder[1].loudness_lufs = -14.0;
        assert_eq!(InterpolationFigures::new(&louder).level_db, 6.0);
        let jump = InterpolationFigures::new(&series(&[10.0, 10.0, 50.0, 50.0]));
        assert!((jump.second_difference - 40.0).abs() < 1e-9, "{jump:?}");
        let off = (2.0_f64 * (40.0 / 3.0_f64).powi(2) / 4.0).sqrt();
        assert!((jump.nonlinearity - off).abs() < 1e-9 && jump.largest_step == 40.0, "{jump:?}");
    }
}
