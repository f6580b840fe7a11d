//! Figures of how well a path follows its target.

use plane::{Map, Point};

use super::plan::{TargetRequest, scales};

/// The figures of a path.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TargetFigures {
    /// Mean absolute difference of target and sound, in points, over all goals.
    pub error: f64,
    /// Pearson's correlation of target and sound, of the goal that follows worst; 0 if a curve is flat.
    pub correlation: f64,
    /// Mean way of a step, in latent units.
    pub way: f64,
    /// Mean jump of the scales that have no target, in points a step.
    pub jump: f64,
}

impl TargetFigures {
    /// The figures of points with their scales, one row a step in the map's order; a goal that is not a scale does not
    /// count.
    pub fn of(map: &Map, request: &TargetRequest, points: &[Point], rows: &[Vec<f32>]) -> Self {
        let names: Vec<&str> = scales(map).map(|layer| layer.name.as_str()).collect();
        let number = |name: &str| names.iter().position(|own| *own == name);
        let goals: Vec<(usize, &[f32])> = request
            .goals
            .iter()
            .filter_map(|goal| Some((number(&goal.layer)?, goal.values.as_slice())))
            .collect();
        let mut figures = Self { correlation: f64::INFINITY, ..Self::default() };
        for (scale, target) in &goals {
            let sound: Vec<f32> = rows.iter().map(|row| row[*scale]).collect();
            let differences = sound.iter().zip(*target).map(|(one, other)| f64::from((one - other).abs()));
            figures.error += differences.sum::<f64>() / (sound.len().max(1) * goals.len()) as f64;
            figures.correlation = figures.correlation.min(correlation(&sound, target));
        }
        figures.correlation = if figures.correlation.is_finite() { figures.correlation } else { 0.0 };
        let moves = points.len().max(2) - 1;
        let ways = points.windows(2).map(|pair| f64::from(pair[0].distance(pair[1])));
        figures.way = ways.sum::<f64>() / moves as f64;
        let others: Vec<usize> =
            (0..names.len()).filter(|scale| goals.iter().all(|goal| goal.0 != *scale)).collect();
        let jumps = rows
            .windows(2)
            .flat_map(|pair| others.iter().map(|scale| f64::from((pair[1][*scale] - pair[0][*scale]).abs())));
        figures.jump = jumps.sum::<f64>() / (moves * others.len().max(1)) as f64;
        figures
    }
}

/// Pearson's correlation; 0 if one of the curves is flat.
pub(crate) fn correlation(one: &[f32], other: &[f32]) -> f64 {
    let count = one.len().min(other.len()).max(1) as f64;
    let mean = |values: &[f32]| values.iter().map(|value| f64::from(*value)).sum::<f64>() / count;
    let (mean_one, mean_other) = (mean(one), mean(other));
    let (mut product, mut power_one, mut power_other) = (0.0, 0.0, 0.0);
    for (one, other) in one.iter().zip(other) {
        let (one, other) = (f64::from(*one) - mean_one, f64::from(*other) - mean_other);
        product += one * other;
        power_one += one * one;
        power_other += other * other;
    }
    let power = (power_one * power_other).sqrt();
    if power > 0.0 { product / power } else { 0.0 }
}
