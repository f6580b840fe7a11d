//! The operator that makes a path repeat without a jump.

use crate::LatentPath;

/// Repeats the path. Over its last `fade_s` seconds it goes over to its first value by a smooth curve, so that its end
/// is its beginning; it keeps its length. With 0 it repeats as it is.
pub fn closed(path: &LatentPath, fade_s: f64) -> LatentPath {
    let steps = path.steps();
    let fade = (fade_s * path.rate_hz()).round();
    let fade = if fade.is_nan() { 0 } else { (fade.max(0.0) as usize).min(steps - 1) };
    let mut closed = path.clone();
    if fade > 0 {
        let close = |values: &[f32]| {
            let mut values = values.to_vec();
            let first = f64::from(values[0]);
            for step in 1..=fade {
                let value = &mut values[steps - 1 - fade + step];
                let share = share(step as f64 / fade as f64);
                *value = (f64::from(*value) * (1.0 - share) + first * share) as f32;
            }
            values
        };
        closed = path.with_lanes(path.lanes().iter().map(|lane| close(lane)).collect(), path.rate_hz());
        closed.set_level(path.level().map(close).as_deref());
    }
    closed.set_loop(true);
    closed
}

/// A curve from 0 to 1 without a jump in its slope, by multiplications alone: Hermite's cubic, within 1 % of the raised
/// cosine.
fn share(position: f64) -> f64 {
    position * position * (3.0 - 2.0 * position)
}
