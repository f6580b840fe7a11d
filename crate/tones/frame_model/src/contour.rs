//! The course of a recorded note in time: attack, vibrato, noise and the slow changes of what is held, relative to the
//! note's own mean. A voice plays a tone along it. Never allocates but for the reading of a file.

use crate::latent_axis::{LATENT_LIMIT, LatentAxis};

/// The time from one value of a contour to the next.
pub const CONTOUR_STEP_S: f32 = 0.01;
/// The most values of a contour: 5.12 s.
pub const CONTOUR_STEPS_LIMIT: usize = 512;
/// The most contours of a model.
pub const CONTOUR_LIMIT: usize = 256;
/// Values of level, noise and pitch to one value of the latent numbers, which a window of 46 ms makes slow.
pub const STEPS_A_LATENT: usize = 2;
/// The greatest distance of values from the note's mean: level and noise in dB, pitch in cents, latent numbers in
/// widths of their axes.
pub const LEVEL_LIMIT_DB: f32 = 80.0;
/// See [`LEVEL_LIMIT_DB`].
pub const NOISE_LIMIT_DB: f32 = 31.75;
/// See [`LEVEL_LIMIT_DB`].
pub const CENTS_LIMIT: f32 = 127.0;
/// See [`LEVEL_LIMIT_DB`].
pub const WIDTHS_LIMIT: f32 = 2.54;
/// The shortest and the longest time in which a released tone falls by 60 dB.
pub const RELEASE_RANGE_S: [f32; 2] = [0.05, 2.0];
/// The level at which an attack ends, relative to what is held.
const RISEN_DB: f32 = -3.0;

/// The contours of one note.
#[derive(Clone, Debug, PartialEq)]
pub struct ToneContour {
    /// The note's MIDI key.
    pub key: u8,
    /// The time in which it falls by 60 dB after its end.
    pub release_s: f32,
    /// The step from which on the contour turns back and forth while a key is held.
    pub loop_start: usize,
    /// The mean latent numbers of what is held.
    pub place: Vec<f32>,
    /// For each step the level, relative to the mean power of what is held, in dB.
    pub level_db: Vec<f32>,
    /// For each step the level of the noise, relative to that of the decoded timbre, in dB.
    pub noise_db: Vec<f32>,
    /// For each step the pitch, relative to the median of what is held, in cents.
    pub cents: Vec<f32>,
    /// For every second step the latent numbers, relative to `place`, in widths of their axes.
    pub latent: Vec<Vec<f32>>,
}

/// The values of a contour at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ContourPoint {
    /// As in [`ToneContour`].
    pub level_db: f32,
    /// As in [`ToneContour`].
    pub noise_db: f32,
    /// As in [`ToneContour`].
    pub cents: f32,
}

impl ToneContour {
    /// Number of steps.
    pub fn steps(&self) -> usize {
        self.level_db.len()
    }

    /// True if the contour fits a model of so many latent numbers.
    pub(crate) fn is_sound(&self, latents: usize) -> bool {
        let steps = self.steps();
        let all = |values: &[f32], limit: f32| values.iter().all(|value| value.abs() <= limit);
        self.key < 128
            && (RELEASE_RANGE_S[0]..=RELEASE_RANGE_S[1]).contains(&self.release_s)
            && (2..=CONTOUR_STEPS_LIMIT).contains(&steps)
            && self.loop_start < steps - 1
            && self.place.len() == latents
            && all(&self.place, 1e3)
            && self.noise_db.len() == steps
            && self.cents.len() == steps
            && all(&self.level_db, LEVEL_LIMIT_DB)
            && all(&self.noise_db, NOISE_LIMIT_DB)
            && all(&self.cents, CENTS_LIMIT)
            && self.latent.len() == steps.div_ceil(STEPS_A_LATENT)
            && self.latent.iter().all(|numbers| numbers.len() == latents && all(numbers, WIDTHS_LIMIT))
    }

    /// Level, noise and pitch at a place, counted in steps; beyond both ends those of the end.
    pub fn at(&self, place: f32) -> ContourPoint {
        let (low, high, nearness) = between(place, self.steps());
        let value = |values: &[f32]| {
            let [low, high] = [low, high].map(|step| values.get(step).copied().unwrap_or(0.0));
            low + (high - low) * nearness
        };
        ContourPoint {
            level_db: value(&self.level_db),
            noise_db: value(&self.noise_db),
            cents: value(&self.cents),
        }
    }

    /// Adds `share` of the way that the latent numbers have gone at a place, counted in steps.
    pub fn move_latent(&self, place: f32, share: f32, axes: &[LatentAxis], latent: &mut [f32]) {
        let (low, high, nearness) = between(place / STEPS_A_LATENT as f32, self.latent.len());
        let (Some(low), Some(high)) = (self.latent.get(low), self.latent.get(high)) else { return };
        for (((number, axis), low), high) in latent.iter_mut().zip(axes).zip(low).zip(high) {
            *number += share * (axis.high - axis.low) * (low + (high - low) * nearness);
        }
    }

    /// The time until the level has come within 3 dB of what is held.
    pub fn attack_s(&self) -> f32 {
        let risen = self.level_db.iter().position(|&level_db| level_db >= RISEN_DB);
        risen.unwrap_or(self.loop_start) as f32 * CONTOUR_STEP_S
    }
}

/// The steps beside a place, and the nearness to the later one.
fn between(place: f32, count: usize) -> (usize, usize, f32) {
    let last = count.saturating_sub(1);
    let place = if place.is_finite() { place.clamp(0.0, last as f32) } else { 0.0 };
    let low = place as usize;
    (low, (low + 1).min(last), place - low as f32)
}

/// True if all contours fit a model of so many latent numbers.
pub(crate) fn are_sound(contours: &[ToneContour], latents: usize) -> bool {
    latents <= LATENT_LIMIT
        && contours.len() <= CONTOUR_LIMIT
        && contours.iter().all(|contour| contour.is_sound(latents))
}
