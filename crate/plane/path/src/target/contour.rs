//! The contour of a sound as a target: the parts of the sound to measure, and the shape that their values make. Page
//! and command use it alike; it measures nothing itself.

use std::ops::Range;

/// The shortest part that is measured, in seconds: parts of a short sound overlap, because descriptors need a quarter
/// of a second to be steady.
const LEAST_PART_S: f64 = 0.25;
/// The least range of a contour, in points of the scale.
pub const LEAST_RANGE: f32 = 1.0;

/// The frames of one of `count` parts of a sound, evenly over its time: the first one begins with it, the last one ends
/// with it.
pub fn part(frames: usize, sample_rate_hz: u32, count: usize, index: usize) -> Range<usize> {
    let least = (LEAST_PART_S * f64::from(sample_rate_hz)).round() as usize;
    let window = (frames / count.max(1)).max(least).min(frames);
    let last = count.saturating_sub(1).max(1);
    // In 64 bits, because a minute at 192 kHz times the last of a thousand parts exceeds 32 bits.
    let from = (index.min(last) as u64 * (frames - window) as u64 / last as u64) as usize;
    from..from + window
}

/// The values of the parts as a drawn shape, from 0 for the least to 1 for the greatest. A silent part (its value is
/// not finite) takes the value before it, or at the beginning the first finite value. `None` if all are silent, or if
/// they differ by less than [`LEAST_RANGE`]: measurements of a steady sound differ by as much.
pub fn shares(values: &[f32]) -> Option<Vec<f32>> {
    let known = || values.iter().copied().filter(|value| value.is_finite());
    let mut last = known().next()?;
    let (least, most) = (known().fold(last, f32::min), known().fold(last, f32::max));
    let share = |value: &f32| {
        last = if value.is_finite() { *value } else { last };
        (last - least) / (most - least)
    };
    (most - least >= LEAST_RANGE).then(|| values.iter().map(share).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_go_evenly_over_the_sound_and_are_long_enough_to_be_measured() {
        // Two seconds in four parts, then in sixteen that overlap.
        assert_eq!(part(16_000, 8_000, 4, 1), 4_000..8_000);
        assert_eq!(part(16_000, 8_000, 16, 1), 933..2_933);
        assert_eq!(part(16_000, 8_000, 16, 15), 14_000..16_000);
        assert_eq!(part(500, 8_000, 64, 63), 0..500, "all of a sound that is shorter");
        assert_eq!(part(0, 8_000, 0, 3), 0..0);
    }

    #[test]
    fn the_parts_of_a_short_sound_go_on_until_its_end() {
        // Six tenths of a second: no two parts are the same, and the middle one is in the middle.
        let starts: Vec<usize> = (0..65).map(|index| part(4_800, 8_000, 65, index).start).collect();
        assert!(starts.windows(2).all(|pair| pair[0] < pair[1]), "{starts:?}");
        assert_eq!([starts[0], starts[32], starts[64]], [0, 1_400, 2_800]);
        assert_eq!(part(4_800, 8_000, 1, 0), 0..4_800);
    }

    #[test]
    fn silence_keeps_what_was_before() {
        let nothing = f32::NAN;
        assert_eq!(shares(&[nothing, 20.0, 40.0, nothing, 30.0]), Some(vec![0.0, 0.0, 1.0, 1.0, 0.5]));
        assert_eq!(shares(&[nothing]), None);
        assert_eq!(shares(&[]), None);
    }

    #[test]
    fn what_hardly_changes_is_no_contour() {
        // Brightness of a steady saw of 220 Hz.
        assert_eq!(shares(&[61.9082, 61.909, 61.9085]), None);
        assert_eq!(shares(&[7.0, f32::NAN]), None);
        assert_eq!(shares(&[20.0, 21.0]), Some(vec![0.0, 1.0]));
    }
}
