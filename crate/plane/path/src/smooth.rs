//! The operator that smooths a path: three moving averages after each other, nearly a Gaussian; the time that they take
//! does not depend on their width.

use crate::{LatentPath, Scope};

/// Averages after each other. The third makes a curve whose second derivative has no jump.
const PASSES: usize = 3;

/// Smooths the curves of a scope by a window with this standard deviation in seconds. 0 changes nothing. A path that
/// does not repeat keeps its ends; one that repeats is smoothed across its end.
pub fn smooth(path: &LatentPath, scope: Scope, deviation_s: f64) -> LatentPath {
    let deviation = deviation_s * path.rate_hz();
    if deviation.is_nan() || deviation <= 0.0 {
        return path.clone();
    }
    path.changed(scope, |values| {
        let values: Vec<f64> = values.iter().map(|value| f64::from(*value)).collect();
        let edge = if path.is_loop() { Edge::Repeated } else { Edge::Kept };
        smoothed(&values, deviation, edge).into_iter().map(|value| value as f32).collect()
    })
}

/// The values that a curve is taken to have beyond its ends.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Edge {
    /// The curve turned about its end by half a turn, which keeps the end where it is.
    Kept,
    /// The curve again.
    Repeated,
}

/// Values smoothed by a window of this standard deviation, in steps.
pub(crate) fn smoothed(values: &[f64], deviation: f64, edge: Edge) -> Vec<f64> {
    match values {
        // The last value of a closed curve is the first one of its next round.
        [round @ .., last] if edge == Edge::Repeated && round.first() == Some(last) => {
            let mut smoothed = averaged(round, deviation, edge);
            smoothed.push(smoothed[0]);
            smoothed
        }
        _ => averaged(values, deviation, edge),
    }
}

fn averaged(values: &[f64], deviation: f64, edge: Edge) -> Vec<f64> {
    // The half width r of a window of 2r + 1 steps whose variance is a third of the wanted one.
    let half_width = ((4.0 * deviation * deviation + 1.0).sqrt() - 1.0) / 2.0;
    let half_width = half_width.min((values.len() - 1) as f64 - 1e-9).max(0.0);
    (0..PASSES).fold(values.to_vec(), |values, _| average(&values, half_width, edge))
}

/// A moving average over 2r + 1 steps; r need not be a whole number.
fn average(values: &[f64], half_width: f64, edge: Edge) -> Vec<f64> {
    let count = values.len() as isize;
    let at = |step: isize| match edge {
        Edge::Repeated => values[step.rem_euclid(count) as usize],
        Edge::Kept if step < 0 => 2.0 * values[0] - values[step.unsigned_abs().min(values.len() - 1)],
        Edge::Kept if step >= count => {
            2.0 * values[values.len() - 1] - values[(2 * (count - 1) - step).max(0) as usize]
        }
        Edge::Kept => values[step as usize],
    };
    let whole = half_width.floor() as isize;
    let part = half_width - whole as f64;
    // Sums of all values before a step, so that every window is a difference of two sums.
    let mut sums = Vec::with_capacity(values.len() + 2 * whole as usize + 1);
    let mut sum = 0.0;
    sums.push(sum);
    for step in -whole..count + whole {
        sum += at(step);
        sums.push(sum);
    }
    (0..count)
        .map(|step| {
            let inner = sums[(step + 2 * whole + 1) as usize] - sums[step as usize];
            let outer = part * (at(step - whole - 1) + at(step + whole + 1));
            (inner + outer) / (2.0 * half_width + 1.0)
        })
        .collect()
}
