//! Figures of a path as it is played: the sound of the whole path, measured in windows of one second. Planned paths are
//! measured place by place, and their places may sound otherwise one after the other.

use features::test_note::SAMPLE_RATE_HZ;
use features::{FeatureExtractor, extract_each};
use statistics::{correlation, median};

/// The length of a window in which the timbre is measured, in seconds.
const WINDOW_S: f64 = 1.0;
/// The length of a window in which the level is measured, and the time from one to the next, in seconds.
const LEVEL_WINDOW_S: f64 = 0.5;
const LEVEL_HOP_S: f64 = 0.05;
/// The level of digital silence, in dBFS.
const SILENCE_DB: f32 = -120.0;

/// The figures of a played path.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PlayedFigures {
    /// Mean absolute difference of target and sound, in points.
    pub error: f64,
    /// Pearson's correlation of target and sound, window by window; 0 if one of them does not change.
    pub correlation: f64,
    /// How far the quietest half second is below the median of all, in dB.
    pub drop_db: f64,
    /// Mean change of the other scales from window to window, in points; there are as many windows as steps.
    pub jump: f64,
}

/// The figures of a path's sound at the rate of the test note, left and right, without its tail. `target` has the
/// wanted value of a scale at each step.
pub fn played_figures([left, right]: &[Vec<f32>; 2], scale: usize, target: &[f32]) -> PlayedFigures {
    let frames = left.len().min(right.len());
    let steps = target.len().max(2);
    let window = ((WINDOW_S * f64::from(SAMPLE_RATE_HZ)).round() as usize).min(frames);
    let starts: Vec<usize> = (0..steps).map(|step| step * (frames - window) / (steps - 1)).collect();
    let rows: Vec<[f64; 7]> = extract_each(&starts, |extractor: &mut FeatureExtractor, &start| {
        extractor.scales_of([&left[start..start + window], &right[start..start + window]])
    });
    let wanted: Vec<f64> = starts
        .iter()
        .map(|&start| mean_of(target, [start, start + window].map(|at| at as f64 / frames as f64)))
        .collect();
    let sound: Vec<f64> = rows.iter().map(|row| row[scale]).collect();
    let error = sound.iter().zip(&wanted).map(|(one, other)| (one - other).abs()).sum::<f64>() / steps as f64;
    let jumps = rows.windows(2).flat_map(|pair| {
        (0..7).filter(move |other| *other != scale).map(move |other| (pair[1][other] - pair[0][other]).abs())
    });
    let jump = jumps.sum::<f64>() / (6 * (steps - 1)) as f64;
    PlayedFigures { error, correlation: correlation(&sound, &wanted), drop_db: drop_db(left, right), jump }
}

/// The mean of a curve of values at even times, in straight lines between them, over a range of its time's shares.
fn mean_of(values: &[f32], [from, to]: [f64; 2]) -> f64 {
    const PARTS: usize = 100;
    let last = values.len().saturating_sub(1);
    let value = |share: f64| {
        let position = share.clamp(0.0, 1.0) * last as f64;
        let before = (position as usize).min(last.saturating_sub(1));
        let [one, next] = [before, (before + 1).min(last)].map(|at| f64::from(values[at]));
        one + (next - one) * (position - before as f64)
    };
    let share = |part: usize| from + (to - from) * (part as f64 + 0.5) / PARTS as f64;
    (0..PARTS).map(|part| value(share(part))).sum::<f64>() / PARTS as f64
}

/// How far the quietest half second is below the median of all, in dB.
fn drop_db(left: &[f32], right: &[f32]) -> f64 {
    let frames = |seconds: f64| (seconds * f64::from(SAMPLE_RATE_HZ)).round() as usize;
    let power = |(left, right): (&f32, &f32)| 0.5 * (f64::from(*left).powi(2) + f64::from(*right).powi(2));
    let powers: Vec<f64> = left.iter().zip(right).map(power).collect();
    let window = frames(LEVEL_WINDOW_S).min(powers.len());
    let starts = (0..=powers.len() - window).step_by(frames(LEVEL_HOP_S));
    let level_db = |start: usize| {
        let mean = powers[start..start + window].iter().sum::<f64>() / window.max(1) as f64;
        (10.0 * mean.log10()).max(f64::from(SILENCE_DB)) as f32
    };
    let levels_db: Vec<f32> = starts.map(level_db).collect();
    f64::from(median(&levels_db) - levels_db.iter().copied().fold(f32::INFINITY, f32::min))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A saw of 220 Hz with a cutoff that rises, and a gap of silence if wished.
    fn sound(has_gap: bool) -> [Vec<f32>; 2] {
        let frames = 4 * SAMPLE_RATE_HZ as usize;
        let sample = |frame: usize| {
            let time_s = frame as f64 / f64::from(SAMPLE_RATE_HZ);
            let partials = 1 + (time_s * 6.0) as usize;
            let phase = std::f64::consts::TAU * 220.0 * time_s;
            let is_silent = has_gap && (2.0..2.6).contains(&time_s);
            let saw: f64 = (1..=partials).map(|number| (phase * number as f64).sin() / number as f64).sum();
            if is_silent { 0.0 } else { 0.2 * saw as f32 }
        };
        let channel: Vec<f32> = (0..frames).map(sample).collect();
        [channel.clone(), channel]
    }

    #[test]
    fn a_sound_that_brightens_follows_a_line_up_and_not_a_line_down() {
        const BRIGHTNESS: usize = 2;
        let line = [30.0, 40.0, 50.0, 60.0, 70.0];
        let down = line.map(|value| 100.0 - value);
        let figures = played_figures(&sound(false), BRIGHTNESS, &line);
        assert!(figures.correlation > 0.9 && figures.drop_db < 3.0, "{figures:?}");
        assert!(played_figures(&sound(false), BRIGHTNESS, &down).correlation < -0.9);
    }

    #[test]
    fn a_gap_of_half_a_second_is_a_drop() {
        let figures = played_figures(&sound(true), 2, &[30.0, 70.0]);
        assert!(figures.drop_db > 60.0, "{figures:?}");
    }

    #[test]
    fn a_window_wants_the_mean_of_the_curve() {
        assert!((mean_of(&[0.0, 1.0, 0.0], [0.0, 1.0]) - 0.5).abs() < 1e-9);
        assert!((mean_of(&[0.0, 10.0], [0.25, 0.5]) - 3.75).abs() < 1e-9);
    }
}
