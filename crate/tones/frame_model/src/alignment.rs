//! The times of two sounds that belong together, by even stretching or by dynamic time warping (Sakoe and Chiba,
//! IEEE Transactions on Acoustics, Speech, and Signal Processing 26(1), 1978, without slope constraint).

use crate::frame_times::TimedFrames;
use crate::latent_frame::LatentFrame;

/// The most frames of a sound that are compared; a longer sound is represented by every n-th frame.
const COMPARED: usize = 2000;
/// This difference in level counts as much as the width of a latent axis.
const LEVEL_DB: f32 = 20.0;
/// The level below the loudest frame from which on timbre is ignored: 40 dB.
const AUDIBLE_DB: f32 = -40.0;
/// The difference of a frame with a pitch and a frame without one.
const VOICING: f32 = 1.0;

/// Pairs of times, 0…1 of each sound, from both beginnings to both ends.
#[derive(Clone, Debug, PartialEq)]
pub struct SoundAlignment {
    times: Vec<[f32; 2]>,
}

impl SoundAlignment {
    /// Both evenly stretched.
    pub fn even() -> Self {
        Self { times: vec![[0.0; 2], [1.0; 2]] }
    }

    /// The frames that are most alike in timbre, level and voicing at the same times. `widths` are those of the latent
    /// axes: a difference of a width counts 1.
    pub fn warped(sounds: [TimedFrames; 2], widths: &[f32]) -> Self {
        let [a, b] = sounds.map(|sound| Thinned::new(sound.frames, widths));
        let (rows, columns) = (a.frames.len(), b.frames.len());
        if rows < 2 || columns < 2 {
            return Self::even();
        }
        // The step by which the cheapest way came to each pair of frames: from both earlier frames, or from one.
        let mut steps = vec![WarpStep::Both; rows * columns];
        let mut costs = vec![0.0_f32; columns];
        for row in 0..rows {
            let mut diagonal = f32::INFINITY;
            for column in 0..columns {
                let above = if row == 0 { f32::INFINITY } else { costs[column] };
                let left = if column == 0 { f32::INFINITY } else { costs[column - 1] };
                let (cheapest, step) =
                    [(diagonal, WarpStep::Both), (above, WarpStep::First), (left, WarpStep::Second)]
                        .into_iter()
                        .min_by(|(a, _), (b, _)| a.total_cmp(b))
                        .unwrap_or((0.0, WarpStep::Both));
                let before = if row == 0 && column == 0 { 0.0 } else { cheapest };
                diagonal = above;
                costs[column] = before + a.difference(row, &b, column);
                steps[row * columns + column] = step;
            }
        }
        let (mut row, mut column) = (rows - 1, columns - 1);
        let mut times = Vec::with_capacity(rows + columns);
        loop {
            let time = |sound: usize, index: usize| sounds[sound].times.of(index).0;
            times.push([time(0, row * a.stride), time(1, column * b.stride)]);
            match (row, column, steps[row * columns + column]) {
                (0, 0, _) => break,
                (0, ..) | (_, 1.., WarpStep::Second) => column -= 1,
                (_, 0, _) | (.., WarpStep::First) => row -= 1,
                (.., WarpStep::Both) => (row, column) = (row - 1, column - 1),
            }
        }
        times.reverse();
        // Frames that are left out may be the last ones.
        times.push([1.0; 2]);
        Self { times }
    }

    /// The times of both sounds at a time of a sound between them, whose timing is `share` of the second's and
    /// else the first's.
    pub fn at(&self, time: f32, share: f32) -> [f32; 2] {
        let between = |[a, b]: [f32; 2]| a + (b - a) * share;
        let high = self.times.partition_point(|&pair| between(pair) < time).clamp(1, self.times.len() - 1);
        let (low, high) = (self.times[high - 1], self.times[high]);
        let width = between(high) - between(low);
        let nearness = if width > 0.0 { ((time - between(low)) / width).clamp(0.0, 1.0) } else { 1.0 };
        [0, 1].map(|sound| low[sound] + (high[sound] - low[sound]) * nearness)
    }
}

#[derive(Clone, Copy, Debug)]
enum WarpStep {
    Both,
    First,
    Second,
}

/// At most [`COMPARED`] frames of a sound, scaled for comparison.
struct Thinned {
    frames: Vec<(Vec<f32>, bool)>,
    stride: usize,
}

impl Thinned {
    fn new(frames: &[LatentFrame], widths: &[f32]) -> Self {
        let loudest_db = frames.iter().map(|frame| frame.pitch.level_db).fold(-120.0, f32::max);
        let scaled = |frame: &LatentFrame| {
            let level_db = (frame.pitch.level_db - loudest_db).max(AUDIBLE_DB);
            // The timbre of silence has no weight.
            let weight = 1.0 - level_db / AUDIBLE_DB;
            let timbre =
                frame.latent.iter().zip(widths).map(|(number, width)| weight * number / width.max(1e-3));
            (timbre.chain([level_db / LEVEL_DB]).collect(), frame.pitch.is_voiced)
        };
        let stride = frames.len().div_ceil(COMPARED).max(1);
        Self { frames: frames.iter().step_by(stride).map(scaled).collect(), stride }
    }

    fn difference(&self, index: usize, other: &Self, place: usize) -> f32 {
        let ((own, is_voiced), (others, other_is_voiced)) = (&self.frames[index], &other.frames[place]);
        let squares: f32 = own.iter().zip(others).map(|(a, b)| (a - b) * (a - b)).sum();
        squares.sqrt() + if is_voiced == other_is_voiced { 0.0 } else { VOICING }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame_times::FrameTimes;
    use crate::tone_coder::TonePitch;
    use spectral::FrameLayout;

    /// A sound that is loud from one time to another, of `count` frames.
    fn burst(count: usize, from: usize, to: usize) -> Vec<LatentFrame> {
        let frame = |index| {
            let is_loud = (from..to).contains(&index);
            let level_db = if is_loud { -10.0 } else { -60.0 };
            LatentFrame {
                pitch: TonePitch { frequency_hz: 220.0, is_voiced: is_loud, level_db },
                latent: vec![index as f32 / count as f32],
            }
        };
        (0..count).map(frame).collect()
    }

    fn warped(sounds: [&[LatentFrame]; 2]) -> SoundAlignment {
        // Frames of eight hops: seven more than the sound has hops.
        let timed = |frames: &'_ [LatentFrame]| {
            FrameTimes::new(FrameLayout::default(), 256 * frames.len().saturating_sub(7))
        };
        SoundAlignment::warped(sounds.map(|frames| TimedFrames { frames, times: timed(frames) }), &[1.0])
    }

    #[test]
    fn bursts_at_other_times_meet_and_each_end_keeps_its_own_times() {
        let (a, b) = (burst(101, 20, 40), burst(201, 120, 160));
        let warped = warped([&a, &b]);
        let [at_a, at_b] = warped.at(0.3, 0.0);
        assert!((at_a - 0.3).abs() < 1e-6 && (0.6..0.8).contains(&at_b), "{at_a} {at_b}");
        let [at_a, at_b] = warped.at(0.7, 1.0);
        assert!((at_b - 0.7).abs() < 1e-6 && (0.2..0.4).contains(&at_a), "{at_a} {at_b}");
        // Half way the burst lies half way.
        let [at_a, at_b] = warped.at(0.5, 0.5);
        assert!((0.2..0.4).contains(&at_a) && (0.6..0.8).contains(&at_b), "{at_a} {at_b}");
    }

    #[test]
    fn times_never_run_backward_and_each_sound_alone_keeps_its_own() {
        let warped = warped([&burst(50, 3, 9), &burst(4000, 7, 3900)]);
        for (alignment, share) in [SoundAlignment::even(), warped]
            .iter()
            .flat_map(|alignment| [0.0, 0.3, 1.0].map(|share| (alignment, share)))
        {
            let mut last = [0.0; 2];
            for step in 0..=1000 {
                let time = step as f32 / 1000.0;
                let [a, b] = alignment.at(time, share);
                assert!(a > last[0] - 1e-5 && b > last[1] - 1e-5, "{a} {b} after {last:?}");
                assert!((a + (b - a) * share - time).abs() < 1e-4, "{a} and {b} are not {share} at {time}");
                last = [a, b];
            }
        }
    }

    #[test]
    fn a_sound_beside_itself_is_even_and_short_ones_are_too() {
        let a = burst(60, 10, 30);
        let even = warped([&a, &a]);
        assert!((0..60).all(|time| {
            let [at_a, at_b] = even.at(time as f32 / 59.0, 0.5);
            (at_a - at_b).abs() < 1e-6
        }));
        assert_eq!(warped([&a[..1], &a]), SoundAlignment::even());
        assert_eq!(warped([&[], &[]]), SoundAlignment::even());
    }
}
