//! The swing of a sound's level: a tremolo, or a beat of two oscillators.

use crate::contours::{SoundContours, smoothed};

/// Frames on each side of the slow part, which is no swing: a second in all.
const SLOW: usize = 50;
/// Quieter levels do not count, in dB below the loudest.
const RANGE_DB: f32 = 30.0;
/// The slow part of a sound that begins or ends changes by more within a second.
const STEADY_DB: f32 = 6.0;

/// The levels of contours in dB, at least `range_db` below the loudest.
pub fn levels_db(contours: &SoundContours, range_db: f32) -> Vec<f32> {
    let loudest = contours.level.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
    contours.level.iter().map(|level| (20.0 * (level / loudest).max(1e-9).log10()).max(-range_db)).collect()
}

/// Root of the mean square distance of the level from its slow part where that is steady, in dB.
pub fn swing_db(contours: &SoundContours) -> f32 {
    let levels = levels_db(contours, RANGE_DB);
    let slow = smoothed(&levels, SLOW);
    let is_steady = |at: &usize| {
        let near = &slow[at.saturating_sub(SLOW)..(at + SLOW).min(slow.len())];
        let [low, high] =
            near.iter().fold([f32::MAX, f32::MIN], |[low, high], &level| [low.min(level), high.max(level)]);
        slow[*at] > 0.6 * -RANGE_DB && high - low < STEADY_DB
    };
    let squares: Vec<f32> = (SLOW / 2..levels.len().saturating_sub(SLOW / 2))
        .filter(is_steady)
        .map(|at| (levels[at] - slow[at]).powi(2))
        .collect();
    (squares.iter().sum::<f32>() / squares.len().max(1) as f32).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn swing(level: impl Fn(f32) -> f32) -> f32 {
        let level = (0..300).map(|at| level(at as f32 * 0.01)).collect();
        swing_db(&SoundContours { level, brightness: Vec::new() })
    }

    #[test]
    fn a_tremolo_swings_and_a_steady_or_decaying_sound_does_not() {
        assert_eq!(swing(|_| 0.1), 0.0);
        assert!(swing(|seconds| 0.1 * (-seconds).exp()) < 0.3);
        assert!(swing(|seconds| if seconds < 2.0 { 0.1 } else { 0.0 }) < 0.3, "an end is no swing");
        // 6 dB up and down.
        let found = swing(|seconds| 0.1 * 10.0_f32.powf(0.3 * (std::f32::consts::TAU * 5.0 * seconds).sin()));
        assert!((found - 6.0 / 2.0_f32.sqrt()).abs() < 0.5, "{found}");
    }
}
