//! Makes more frames than were recorded: mixed with others, tilted, shifted, with more or less noise. The networks then
//! also learn sounds of an instrument that lie between the recordings.

use frame_model::{BIN_COUNT, COLUMN_COUNT, FEATURE_COUNT, FLOOR_DB};
use rand::{Rng, RngExt};
use spectral::ENVELOPE_COUNT;

/// The extent of the changes.
#[derive(Clone, Copy, Debug)]
pub struct AugmentationShares {
    /// Share of frames that are mixed with another one.
    pub mixed: f32,
    /// Share of frames that are tilted, shifted and made noisier or purer.
    pub changed: f32,
    /// The most that the highest values rise and the lowest fall, in dB.
    pub tilt_db: f32,
    /// The most that the envelope moves, in its values: 64 from 60 Hz to 16 kHz, equally far apart on the mel scale.
    pub shift: f32,
    /// The most that the noise rises or falls, in dB.
    pub noise_db: f32,
}

/// The most that the pitch of a texture's frame moves, in octaves.
const PITCH_OCTAVES: f32 = 0.5;

impl Default for AugmentationShares {
    /// Less than an instrument varies from note to note; a guess, not the result of a search.
    fn default() -> Self {
        Self { mixed: 0.25, changed: 0.25, tilt_db: 4.0, shift: 1.0, noise_db: 4.0 }
    }
}

impl AugmentationShares {
    /// Changes a frame; `other` is one of the same domain.
    pub fn apply(
        &self,
        columns: &mut [f32; COLUMN_COUNT],
        other: &[f32; COLUMN_COUNT],
        random: &mut impl Rng,
    ) {
        // Always the same number of draws: each part can be switched off without changing the others.
        let [mix, change, share, tilt, shift, noise] =
            std::array::from_fn(|_| random.random_range(0.0..1.0_f32));
        let around = |draw: f32, most: f32| (2.0 * draw - 1.0) * most;
        if mix < self.mixed {
            for (level, other) in columns[..FEATURE_COUNT].iter_mut().zip(other) {
                *level = mixed_db(*level, *other, share);
            }
        }
        if change < self.changed {
            self.change(
                columns,
                around(tilt, self.tilt_db),
                around(shift, self.shift),
                around(noise, self.noise_db),
            );
        }
    }

    /// Changes the levels of a frame's bins, which stay relative to the frame's own level: mixed, tilted, and moved to
    /// another pitch as a whole, up to half an octave, so that the networks do not memorise the pitches.
    pub fn apply_to_bins(
        &self,
        levels_db: &mut [f32; BIN_COUNT],
        other: &[f32; BIN_COUNT],
        random: &mut impl Rng,
    ) {
        let [mix, change, share, tilt, shift] = std::array::from_fn(|_| random.random_range(0.0..1.0_f32));
        if mix < self.mixed {
            for (level, other) in levels_db.iter_mut().zip(other) {
                *level = mixed_db(*level, *other, share);
            }
        }
        if change < 2.0 * self.changed {
            let original = *levels_db;
            let step = (PITCH_OCTAVES * (2.0 * shift - 1.0)).exp2();
            for (bin, level) in levels_db.iter_mut().enumerate() {
                let from = bin as f32 * step;
                let low = from as usize;
                let [a, b] = [low, low + 1].map(|at| original.get(at).copied().unwrap_or(FLOOR_DB));
                let tilt_db = (2.0 * tilt - 1.0) * self.tilt_db * (2.0 * bin as f32 / BIN_COUNT as f32 - 1.0);
                *level = a + (b - a) * from.fract() + tilt_db;
            }
        }
        let power: f32 = levels_db.iter().map(|level| 10.0_f32.powf(level / 10.0)).sum();
        let level_db = 10.0 * power.max(1e-12).log10();
        levels_db.iter_mut().for_each(|level| *level = (*level - level_db).clamp(FLOOR_DB, 0.0));
    }

    fn change(&self, columns: &mut [f32; COLUMN_COUNT], tilt_db: f32, shift: f32, noise_db: f32) {
        let original = *columns;
        let (envelope, noise) = columns[..FEATURE_COUNT].split_at_mut(ENVELOPE_COUNT);
        let place = |index: usize, count: usize| 2.0 * index as f32 / (count - 1) as f32 - 1.0;
        for (index, level) in envelope.iter_mut().enumerate() {
            let from = (index as f32 + shift).clamp(0.0, (ENVELOPE_COUNT - 1) as f32);
            let (low, nearness) = (from as usize, from.fract());
            let high = (low + 1).min(ENVELOPE_COUNT - 1);
            *level = original[low]
                + (original[high] - original[low]) * nearness
                + tilt_db * place(index, ENVELOPE_COUNT);
        }
        let count = noise.len();
        for (index, level) in noise.iter_mut().enumerate() {
            *level += noise_db + tilt_db * place(index, count);
        }
        columns[..FEATURE_COUNT].iter_mut().for_each(|level| *level = level.clamp(FLOOR_DB, 20.0));
    }
}

/// The level of two powers mixed: `share` of the second.
fn mixed_db(a: f32, b: f32, share: f32) -> f32 {
    let power = |level: f32| 10.0_f32.powf(level / 10.0);
    10.0 * (power(a) * (1.0 - share) + power(b) * share).log10()
}
