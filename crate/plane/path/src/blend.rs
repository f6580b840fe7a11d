//! Mixes several paths into one: a path that goes over from one to another, and the mix of four in the corners of a
//! square. A path that alone has a weight is reproduced exactly.

use crate::latent_path::{BEAT_LIMIT, RATES_HZ, STEP_LIMIT, VALUE_LIMIT, resampled};
use crate::{LatentPath, PathNote};

/// Paths that do not fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("paths of {0} and {1} dimensions cannot be mixed; choose paths of the same space")]
pub struct DimensionError(pub usize, pub usize);

/// From path a to path b: `z[n] = z_a[n] (1 − n/N) + z_b[n] n/N`, n = 0…N, so that it begins as a and ends as b. It
/// lasts as long as the longer of the two, and in the tempo of a; the other one is resampled. It plays the notes of a
/// that begin in its first half, until the first note of b that begins in its second half.
///
/// # Errors
/// If they have different numbers of lanes.
pub fn interpolate(a: &LatentPath, b: &LatentPath) -> Result<LatentPath, DimensionError> {
    fits(a, b)?;
    let length_s = a.length_s().max(b.length_s());
    let steps = steps(length_s, a.rate_hz().max(b.rate_hz()), a.lanes().len());
    let last = (steps - 1) as f64;
    let weave = |one: &[f32], other: &[f32]| {
        let pairs = resampled(one, steps).into_iter().zip(resampled(other, steps)).enumerate();
        pairs
            .map(|(step, (one, other))| {
                let share = step as f64 / last;
                (f64::from(one) * (1.0 - share) + f64::from(other) * share) as f32
            })
            .collect::<Vec<f32>>()
    };
    let lanes = a.lanes().iter().zip(b.lanes()).map(|(one, other)| weave(one, other)).collect();
    let mut path = a.with_lanes(lanes, last / length_s);
    let level = (a.level().is_some() || b.level().is_some())
        .then(|| weave(a.level().unwrap_or(&[1.0, 1.0]), b.level().unwrap_or(&[1.0, 1.0])));
    path.set_level(level.as_deref());
    path.set_beats(a.beats().map(|beats| (beats * length_s / a.length_s()).min(BEAT_LIMIT)));
    let half_s = length_s / 2.0;
    let second: Vec<PathNote> = stretched(b, length_s).filter(|note| note.start_s >= half_s).collect();
    // Notes of both at the same time would need another finger.
    let turn_s = second.first().map_or(length_s, |note| note.start_s);
    let first = stretched(a, length_s).filter(|note| note.start_s < half_s);
    let first = first.map(|note| PathNote { length_s: note.length_s.min(turn_s - note.start_s), ..note });
    let notes: Vec<PathNote> = first.chain(second).collect();
    path.set_notes(&notes);
    Ok(path)
}

/// The weighted mean of paths; weights are made to sum to 1. A path whose weight alone is not 0 is reproduced exactly.
/// Length, rate and level are weighted means, too, and so are beats if all paths that count have some; notes and name
/// are taken from the path with the greatest weight. `None` if there is no path or no positive weight.
///
/// # Errors
/// If they have different numbers of lanes.
pub fn mix(paths: &[&LatentPath], weights: &[f64]) -> Result<Option<LatentPath>, DimensionError> {
    let positive = |(_, weight): &(&&LatentPath, &f64)| weight.is_finite() && **weight > 0.0;
    let parts: Vec<(&LatentPath, f64)> =
        paths.iter().zip(weights).filter(positive).map(|(path, weight)| (*path, *weight)).collect();
    let Some(&(first, _)) = parts.first() else { return Ok(None) };
    if parts.len() == 1 {
        return Ok(Some(first.clone()));
    }
    for (path, _) in &parts {
        fits(first, path)?;
    }
    let total: f64 = parts.iter().map(|part| part.1).sum();
    let mean = |value: &dyn Fn(&LatentPath) -> f64| {
        parts.iter().map(|(path, weight)| value(path) * weight / total).sum::<f64>()
    };
    let length_s = mean(&LatentPath::length_s);
    let steps = steps(length_s, mean(&LatentPath::rate_hz), first.lanes().len());
    let weighted = |curve: &dyn Fn(&LatentPath) -> Vec<f32>| {
        let mut sums = vec![0.0; steps];
        for (path, weight) in &parts {
            let values = resampled(&curve(path), steps);
            sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += f64::from(value) * weight / total);
        }
        sums.into_iter().map(|sum| sum as f32).collect::<Vec<f32>>()
    };
    let lanes = (0..first.lanes().len()).map(|lane| weighted(&|path| path.lanes()[lane].clone())).collect();
    let heaviest = parts.iter().fold(parts[0], |best, part| if part.1 > best.1 { *part } else { best }).0;
    let mut path = heaviest.with_lanes(lanes, (steps - 1) as f64 / length_s);
    let has_level = parts.iter().any(|(path, _)| path.level().is_some());
    let level = has_level.then(|| weighted(&|path| path.level().unwrap_or(&[1.0, 1.0]).to_vec()));
    path.set_level(level.as_deref());
    let have_beats = parts.iter().all(|(path, _)| path.beats().is_some());
    path.set_beats(have_beats.then(|| mean(&|path| path.beats().unwrap_or_default())));
    let notes: Vec<PathNote> = stretched(heaviest, length_s).collect();
    path.set_notes(&notes);
    Ok(Some(path))
}

/// The weights of four corners at a point of the unit square, corners in the order (0, 0), (1, 0), (0, 1), (1, 1). Each
/// corner has weight only within a circle of its own, whose radius is in `reaches`. At a corner that corner has all the
/// weight; outside all circles the nearest corner has it. The weights sum to 1 (Franke and Little's).
pub fn corner_weights(x: f64, y: f64, reaches: [f64; 4]) -> [f64; 4] {
    const CORNERS: [[f64; 2]; 4] = [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]];
    let tidy = |value: f64| if value.is_nan() { 0.5 } else { value.clamp(0.0, 1.0) };
    let (x, y) = (tidy(x), tidy(y));
    let distances = CORNERS.map(|[corner_x, corner_y]| {
        ((x - corner_x) * (x - corner_x) + (y - corner_y) * (y - corner_y)).sqrt()
    });
    let alone = |number: usize| std::array::from_fn(|corner| f64::from(u8::from(corner == number)));
    if let Some(corner) = distances.iter().position(|distance| *distance == 0.0) {
        return alone(corner);
    }
    let weights: [f64; 4] = std::array::from_fn(|corner| {
        let (distance, reach) = (distances[corner], reaches[corner]);
        let rest = if reach.is_finite() { ((reach - distance) / (reach * distance)).max(0.0) } else { 0.0 };
        if reach > 0.0 { rest * rest } else { 0.0 }
    });
    let total: f64 = weights.iter().sum();
    if total <= 0.0 || !total.is_finite() {
        let nearest = (0..4).min_by(|one, other| distances[*one].total_cmp(&distances[*other])).unwrap_or(0);
        return alone(nearest);
    }
    weights.map(|weight| weight / total)
}

fn fits(a: &LatentPath, b: &LatentPath) -> Result<(), DimensionError> {
    let (a, b) = (a.lanes().len(), b.lanes().len());
    if a == b { Ok(()) } else { Err(DimensionError(a, b)) }
}

/// The steps of a length at a rate.
fn steps(length_s: f64, rate_hz: f64, lanes: usize) -> usize {
    let rate_hz = rate_hz.clamp(RATES_HZ[0], RATES_HZ[1]);
    ((length_s * rate_hz).round() as usize + 1).clamp(2, STEP_LIMIT.min(VALUE_LIMIT / lanes))
}

/// The notes of a path as they are if it lasts this many seconds.
fn stretched(path: &LatentPath, length_s: f64) -> impl Iterator<Item = PathNote> {
    let factor = length_s / path.length_s();
    path.notes().iter().map(move |note| note.stretched(factor))
}
