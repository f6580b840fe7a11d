//! A sound's levels on a fixed grid of bands and times that follow the note, in the form that networks read.

use features::spectrum::BAND_COUNT;

use crate::note::TargetNote;

/// Times while the key is held: shorter ones first, since an attack is short.
const HELD_COUNT: usize = 15;
/// Times after its release.
const RELEASED_COUNT: usize = 7;
/// Times.
pub const TIME_COUNT: usize = HELD_COUNT + RELEASED_COUNT;
/// Numbers of the grid.
pub const LEVEL_COUNT: usize = BAND_COUNT * TIME_COUNT;
/// The power of silence.
pub(crate) const SILENCE: f32 = 1e-9;
/// Levels this far below the loudest count as silent, so that a recording's noise does not count.
const RANGE_DB: f32 = 60.0;
/// The greatest scaled level: a patch may be louder than its target at some places.
const LOUDEST: f32 = 1.2;

/// Levels in dB, time by time, low band first.
pub type Levels = Vec<f32>;

/// Sums the power of frames in the grid's times.
pub struct LevelGrid {
    ends_s: [f64; TIME_COUNT],
    sums: Vec<f32>,
    counts: [u32; TIME_COUNT],
}

impl LevelGrid {
    /// A grid for the times of a note.
    pub fn new(note: &TargetNote) -> Self {
        let (held, length) = (f64::from(note.held_s), f64::from(note.length_s.max(note.held_s)));
        let share = |at: usize, of: usize| ((at + 1) as f64 / of as f64).powi(2);
        let ends_s = std::array::from_fn(|at| match at.checked_sub(HELD_COUNT) {
            None => held * share(at, HELD_COUNT),
            Some(after) => held + (length - held) * share(after, RELEASED_COUNT),
        });
        Self { ends_s, sums: vec![0.0; LEVEL_COUNT], counts: [0; TIME_COUNT] }
    }

    /// Takes a frame: its middle, and the power of each band.
    pub fn add(&mut self, seconds: f64, powers: &[f32; BAND_COUNT]) {
        let Some(time) = self.ends_s.iter().position(|&end| seconds < end) else { return };
        self.counts[time] += 1;
        let sums = &mut self.sums[time * BAND_COUNT..][..BAND_COUNT];
        sums.iter_mut().zip(powers).for_each(|(sum, power)| *sum += power);
    }

    /// The mean levels. A time shorter than a frame has the levels of the time before.
    pub fn levels(&self) -> Levels {
        let mut levels = vec![decibels(0.0); LEVEL_COUNT];
        for (time, &count) in self.counts.iter().enumerate() {
            for band in 0..BAND_COUNT {
                let at = time * BAND_COUNT + band;
                levels[at] = match count {
                    0 if time > 0 => levels[at - BAND_COUNT],
                    _ => decibels(self.sums[at] / count.max(1) as f32),
                };
            }
        }
        levels
    }
}

/// A power in dB, at least that of silence.
pub(crate) fn decibels(power: f32) -> f32 {
    10.0 * power.max(SILENCE).log10()
}

/// The level of all bands together at each time with a gain, at least `least_db`. Silence stays silence.
pub fn level_curve_db(levels: &[f32], gain_db: f32, least_db: f32) -> [f32; TIME_COUNT] {
    let silence_db = decibels(0.0);
    let mut curve = [least_db; TIME_COUNT];
    for (whole, bands) in curve.iter_mut().zip(levels.chunks_exact(BAND_COUNT)) {
        let audible = bands.iter().filter(|&&level| level > silence_db);
        let power: f32 = audible.map(|level| 10.0_f32.powf(level / 10.0)).sum();
        *whole = (10.0 * power.max(f32::MIN_POSITIVE).log10() + gain_db).max(least_db);
    }
    curve
}

/// The loudest of some levels.
pub fn loudest_db(levels: &[f32]) -> f32 {
    levels.iter().copied().fold(f32::MIN, f32::max)
}

/// Levels on a scale on which the target's loudest is 1, and 0 is silent.
pub fn scaled(levels: &[f32], loudest_db: f32) -> impl Iterator<Item = f32> + '_ {
    levels.iter().map(move |level| ((level - loudest_db + RANGE_DB) / RANGE_DB).clamp(0.0, LOUDEST))
}
