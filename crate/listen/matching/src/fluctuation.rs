//! The fluctuation of a sound's level within each segment of the note: a tremolo, a beat of two oscillators, a
//! filter that an LFO moves. Averages over a segment cannot tell a fluctuating sound from a steady one.

use features::spectrum::{BAND_COUNT, SEGMENT_COUNT};

use crate::levels::{SILENCE, decibels};
use crate::note::TargetNote;

/// The bands of each group: all of them, then a low, a middle and a high third.
const GROUPS: [[usize; 2]; 4] = [[0, BAND_COUNT], [0, 11], [11, 21], [21, BAND_COUNT]];
/// Numbers of [`Fluctuations`].
pub const FLUCTUATION_COUNT: usize = GROUPS.len() * SEGMENT_COUNT;
/// A segment with fewer frames has no fluctuation: a straight line goes through two.
const FEWEST_FRAMES: usize = 3;

/// Root mean square deviation of the level from a straight line within each segment, in dB, all bands first.
pub type Fluctuations = [f32; FLUCTUATION_COUNT];

/// Keeps the powers of frames, segment by segment.
pub struct LevelSeries {
    ends_s: [f64; SEGMENT_COUNT],
    frames: [Vec<[f32; GROUPS.len()]>; SEGMENT_COUNT],
}

impl LevelSeries {
    /// A series for the segments of a note.
    pub fn new(note: &TargetNote) -> Self {
        Self { ends_s: note.segment_ends_s(), frames: Default::default() }
    }

    /// Takes a frame: its middle, and the power of each band.
    pub fn add(&mut self, seconds: f64, powers: &[f32; BAND_COUNT]) {
        if let Some(segment) = self.ends_s.iter().position(|&end| seconds < end) {
            self.frames[segment].push(GROUPS.map(|[begin, end]| powers[begin..end].iter().sum()));
        }
    }

    /// The fluctuations with a gain, of levels of at least `least_db`. Silence stays silence.
    pub fn fluctuations(&self, gain_db: f32, least_db: f32) -> Fluctuations {
        let mut fluctuations = [0.0; FLUCTUATION_COUNT];
        let level_db = |power: f32| match power > SILENCE {
            true => (decibels(power) + gain_db).max(least_db),
            false => least_db,
        };
        for (at, fluctuation) in fluctuations.iter_mut().enumerate() {
            let (group, segment) = (at / SEGMENT_COUNT, at % SEGMENT_COUNT);
            let levels_db = self.frames[segment].iter().map(|powers| level_db(powers[group]));
            *fluctuation = deviation_from_line(&levels_db.collect::<Vec<f32>>());
        }
        fluctuations
    }
}

/// Root mean square deviation from the straight line that comes nearest.
fn deviation_from_line(values: &[f32]) -> f32 {
    if values.len() < FEWEST_FRAMES {
        return 0.0;
    }
    let count = values.len() as f32;
    let mean = values.iter().sum::<f32>() / count;
    let middle = (count - 1.0) / 2.0;
    let centered = || values.iter().enumerate().map(|(at, value)| (at as f32 - middle, value - mean));
    let slope = centered().map(|(x, y)| x * y).sum::<f32>() / centered().map(|(x, _)| x * x).sum::<f32>();
    (centered().map(|(x, y)| (y - slope * x).powi(2)).sum::<f32>() / count).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fluctuations of a note whose low and high bands have these levels in dB, frame by frame of 20 ms.
    fn fluctuations(level_db: impl Fn(f64) -> [f32; 2]) -> Fluctuations {
        let mut series = LevelSeries::new(&TargetNote::TEST);
        for frame in 0..200 {
            let seconds = 0.02 * f64::from(frame);
            let powers = level_db(seconds).map(|level| 10.0_f32.powf(level / 10.0));
            series.add(seconds, &std::array::from_fn(|band| powers[band / (BAND_COUNT / 2)]));
        }
        series.fluctuations(0.0, -60.0)
    }

    #[test]
    fn a_steady_sound_and_an_even_decay_do_not_fluctuate() {
        for fall_db in [0.0, 12.0] {
            let found = fluctuations(|seconds| [-10.0 - fall_db * seconds as f32; 2]);
            assert!(found.iter().all(|&deviation| deviation < 1e-3), "{found:?}");
        }
    }

    #[test]
    fn a_tremolo_fluctuates_by_its_depth_and_only_where_it_is() {
        // 6 dB up and down in the low half, five times a second.
        let swing = |seconds: f64| 6.0 * (std::f64::consts::TAU * 5.0 * seconds).sin() as f32;
        let found = fluctuations(|seconds| [swing(seconds) - 10.0, -10.0]);
        let [held, of_low, of_high] = [2, SEGMENT_COUNT + 2, 3 * SEGMENT_COUNT + 2].map(|at| found[at]);
        assert!((of_low - 6.0 / 2.0_f32.sqrt()).abs() < 0.1, "{found:?}");
        assert!(of_high < 1e-3 && held > 1.0 && held < of_low, "{found:?}");
    }

    #[test]
    fn levels_below_the_least_do_not_count() {
        let found = fluctuations(|seconds| [if seconds < 1.0 { -80.0 } else { -90.0 }; 2]);
        assert!(found.iter().all(|&deviation| deviation < 1e-3), "{found:?}");
    }
}
