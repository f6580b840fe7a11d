//! The operator that moves every step of a path to the nearest of given points, for example known patches.

use crate::LatentPath;

/// Moves each step to the nearest of `points`, each of as many coordinates as the path has lanes. Without points nothing
/// changes; a point of other dimensions is left out.
pub fn quantise(path: &LatentPath, points: &[Vec<f32>]) -> LatentPath {
    let dimensions = path.lanes().len();
    let usable = |point: &&Vec<f32>| point.len() == dimensions && point.iter().all(|value| value.is_finite());
    let points: Vec<&Vec<f32>> = points.iter().filter(usable).collect();
    if points.is_empty() {
        return path.clone();
    }
    let mut lanes = path.lanes().to_vec();
    let mut before: Option<(Vec<f32>, &Vec<f32>)> = None;
    for step in 0..path.steps() {
        let here: Vec<f32> = path.lanes().iter().map(|lane| lane[step]).collect();
        let nearest = match &before {
            Some((same, nearest)) if *same == here => *nearest,
            _ => nearest(&here, &points),
        };
        for (lane, value) in lanes.iter_mut().zip(nearest) {
            lane[step] = *value;
        }
        before = Some((here, nearest));
    }
    path.with_lanes(lanes, path.rate_hz())
}

fn nearest<'a>(here: &[f32], points: &[&'a Vec<f32>]) -> &'a Vec<f32> {
    let mut best = (f32::INFINITY, points[0]);
    for point in points {
        let distance = here.iter().zip(*point).map(|(one, other)| (one - other) * (one - other)).sum();
        if distance < best.0 {
            best = (distance, point);
        }
    }
    best.1
}
