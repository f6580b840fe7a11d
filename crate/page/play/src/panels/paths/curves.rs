//! The curves of a path as the editor draws and bends them: curve 0 is x, 1 is y, 2 the level. Positions are in steps.

use std::borrow::Cow;

use path::{LatentPath, Scope};

/// The number of the level's curve.
pub(super) const LEVEL: usize = 2;

/// A level that is 1 at every position: beyond its last value a curve keeps it.
const FULL: [f32; 1] = [1.0];

/// The values of a curve; without a level curve it is 1, as a single value.
pub(super) fn values(path: &LatentPath, curve: usize) -> Cow<'_, [f32]> {
    match path.lanes().get(curve) {
        Some(lane) if curve != LEVEL => Cow::Borrowed(lane),
        _ => path.level().map_or(Cow::Borrowed(&FULL), Cow::Borrowed),
    }
}

/// The values of a curve, one for each step.
pub(super) fn full_length(path: &LatentPath, curve: usize) -> Vec<f32> {
    match values(path, curve) {
        values if values.len() < path.steps() => vec![values[0]; path.steps()],
        values => values.into_owned(),
    }
}

/// Writes the values of a curve from a step on.
pub(super) fn set(path: &mut LatentPath, curve: usize, first: usize, values: &[f32]) {
    if curve != LEVEL {
        return path.set_values(curve, first, values);
    }
    let mut level = full_length(path, curve);
    for (own, value) in level.iter_mut().skip(first).zip(values) {
        *own = *value;
    }
    path.set_level(Some(&level));
}

/// The scope of an operator that changes one curve.
pub(super) fn scope(curve: usize) -> Scope {
    if curve == LEVEL { Scope::Level } else { Scope::Lane(curve) }
}

/// The value of a curve at a position, in straight lines between steps.
pub(super) fn value_at(values: &[f32], position: f64) -> f32 {
    let last = values.len().saturating_sub(1);
    let position = if position.is_nan() { 0.0 } else { position.clamp(0.0, last as f64) };
    let before = position as usize;
    let share = (position - before as f64) as f32;
    values[before] * (1.0 - share) + values[(before + 1).min(last)] * share
}

/// The least and greatest value of a curve in each of `pixels` equal parts of a range of positions, pair by pair. Parts
/// share their ends, so that a line through the pairs has no gap.
pub(super) fn extremes(values: &[f32], from: f64, to: f64, pixels: usize) -> Vec<f32> {
    let width = (to - from) / pixels.max(1) as f64;
    let mut pairs = Vec::with_capacity(2 * pixels);
    let mut begin = value_at(values, from);
    for pixel in 0..pixels {
        let (start, end) = (from + pixel as f64 * width, from + (pixel + 1) as f64 * width);
        let finish = value_at(values, end);
        let inner =
            values.len().min(start.max(0.0).ceil() as usize)..values.len().min(end.max(0.0) as usize + 1);
        let (mut low, mut high) = (begin.min(finish), begin.max(finish));
        for value in values.get(inner).unwrap_or_default() {
            (low, high) = (low.min(*value), high.max(*value));
        }
        pairs.extend([low, high]);
        begin = finish;
    }
    pairs
}

/// Bends a curve of `original` so that it has `value` at `at`; the change falls to nothing at `from` and `to` without a
/// corner (raised cosine). At an end of the path it does not fall to that side.
pub(super) fn bend(original: &[f32], at: f64, value: f32, from: f64, to: f64) -> (usize, Vec<f32>) {
    let change = value - value_at(original, at);
    let first = from.max(0.0).ceil() as usize;
    let last = (to.max(0.0) as usize).min(original.len().saturating_sub(1));
    let weight = |position: f64| {
        let side = if position < at { (at - position) / (at - from) } else { (position - at) / (to - at) };
        let side = if side.is_finite() { side.clamp(0.0, 1.0) } else { 0.0 };
        (0.5 + 0.5 * (std::f64::consts::PI * side).cos()) as f32
    };
    let bent = (first..=last).map(|step| original[step] + change * weight(step as f64));
    (first.min(last), bent.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extremes_find_a_spike_between_two_pixels() {
        let mut values = vec![0.0; 1000];
        values[501] = 3.0;
        let pairs = extremes(&values, 0.0, 999.0, 10);
        assert_eq!(pairs.len(), 20);
        assert_eq!(pairs[11], 3.0);
        assert!(pairs.chunks(2).filter(|pair| pair[1] > 0.0).count() <= 2);
    }

    #[test]
    fn a_bend_meets_its_value_and_leaves_what_is_beyond_its_ends() {
        let values = vec![1.0; 101];
        let (first, bent) = bend(&values, 50.0, 3.0, 25.0, 75.0);
        assert_eq!((first, bent.len()), (25, 51));
        assert!(
            (bent[25] - 3.0).abs() < 1e-6 && (bent[0] - 1.0).abs() < 1e-6 && (bent[50] - 1.0).abs() < 1e-6
        );
        let (_, bent) = bend(&values, 0.0, 2.0, 0.0, 10.0);
        assert_eq!(bent[0], 2.0);
    }
}
