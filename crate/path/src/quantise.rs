//! The operator that moves every step of a path to the nearest of given points, for example known patches.

use crate::LatentPath;

/// Moves each step to the nearest of `points`, the first of those that are equally near. Each has as many coordinates as the
/// path has lanes; without points nothing changes; a point of other dimensions is left out.
pub fn quantise(path: &LatentPath, points: &[Vec<f32>]) -> LatentPath {
    let dimensions = path.lanes().len();
    let usable = |point: &&Vec<f32>| point.len() == dimensions && point.iter().all(|value| value.is_finite());
    let mut points: Vec<&[f32]> = points.iter().filter(usable).map(Vec::as_slice).collect();
    if points.is_empty() {
        return path.clone();
    }
    // A stable order: of points with the same first coordinate the first comes first.
    points.sort_by(|one, other| one[0].total_cmp(&other[0]));
    let mut lanes = path.lanes().to_vec();
    let mut here = vec![0.0; dimensions];
    for step in 0..path.steps() {
        for (own, lane) in here.iter_mut().zip(path.lanes()) {
            *own = lane[step];
        }
        for (lane, value) in lanes.iter_mut().zip(nearest(&here, &points)) {
            lane[step] = *value;
        }
    }
    path.with_lanes(lanes, path.rate_hz())
}

/// The nearest of points in order of their first coordinate. Goes from it to both sides only as far as a point can be nearer:
/// ten minutes and all known patches take a twentieth of the time.
fn nearest<'a>(here: &[f32], points: &[&'a [f32]]) -> &'a [f32] {
    let middle = points.partition_point(|point| point[0] < here[0]);
    let mut best = (f32::INFINITY, points[0]);
    let mut look = |point: &'a [f32]| {
        let apart = point[0] - here[0];
        if apart * apart > best.0 {
            return false;
        }
        let distance = here.iter().zip(point).map(|(one, other)| (one - other) * (one - other)).sum();
        if distance < best.0 {
            best = (distance, point);
        }
        true
    };
    points[middle..].iter().all(|point| look(point));
    points[..middle].iter().rev().all(|point| look(point));
    best.1
}
