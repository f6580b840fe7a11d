//! Operators that change the values or the times of a path: scale, bias, reverse, stretch, erase. Pure functions; with
//! its neutral amount each returns the path unchanged.

use std::ops::Range;

use crate::latent_path::{BEAT_LIMIT, RATES_HZ, STEP_LIMIT, VALUE_LIMIT};
use crate::strokes::PATH_LIMIT_S;
use crate::{LatentPath, PathNote};

/// The curves that an operator changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Every lane of the space.
    #[default]
    Lanes,
    /// One lane, by its number from 0.
    Lane(usize),
    /// The level curve.
    Level,
}

impl LatentPath {
    /// The path with each curve of a scope replaced; an absent level curve counts as 1 throughout.
    pub(crate) fn changed(&self, scope: Scope, act: impl Fn(&[f32]) -> Vec<f32>) -> Self {
        let mut path = self.clone();
        match scope {
            Scope::Lanes => {
                path = self.with_lanes(self.lanes().iter().map(|lane| act(lane)).collect(), self.rate_hz())
            }
            Scope::Lane(lane) => {
                if let Some(own) = self.lanes().get(lane) {
                    path.set_values(lane, 0, &act(own));
                }
            }
            Scope::Level => {
                let level = self.level().map_or_else(|| vec![1.0; self.steps()], <[f32]>::to_vec);
                let changed = act(&level);
                if self.level().is_some() || changed != level {
                    path.set_level(Some(&changed));
                }
            }
        }
        path
    }
}

/// The mean of values.
fn mean(values: &[f32]) -> f64 {
    values.iter().map(|value| f64::from(*value)).sum::<f64>() / values.len() as f64
}

/// Makes each curve's deviations from its mean larger or smaller: z ← c + amount · (z − c). Amount 1 changes nothing,
/// 0 leaves the mean, −1 mirrors.
pub fn scale(path: &LatentPath, scope: Scope, amount: f64) -> LatentPath {
    if amount == 1.0 || !amount.is_finite() {
        return path.clone();
    }
    path.changed(scope, |values| {
        let centre = mean(values);
        values.iter().map(|value| (centre + amount * (f64::from(*value) - centre)) as f32).collect()
    })
}

/// Adds an amount to every value: z ← z + amount. 0 changes nothing.
pub fn bias(path: &LatentPath, scope: Scope, amount: f64) -> LatentPath {
    if amount == 0.0 || !amount.is_finite() {
        return path.clone();
    }
    path.changed(scope, |values| values.iter().map(|value| (f64::from(*value) + amount) as f32).collect())
}

/// Reverses the values, the level and the notes. Reversing twice changes nothing.
pub fn reverse(path: &LatentPath) -> LatentPath {
    let backward = |values: &[f32]| values.iter().rev().copied().collect::<Vec<_>>();
    let lanes = path.lanes().iter().map(|lane| backward(lane)).collect();
    let mut reversed = path.with_lanes(lanes, path.rate_hz());
    reversed.set_level(path.level().map(backward).as_deref());
    let length_s = crate::strokes::rounded_s(path.length_s());
    let notes = path.notes().iter().rev();
    let notes: Vec<PathNote> =
        notes.map(|note| PathNote { start_s: (length_s - note.end_s()).max(0.0), ..*note }).collect();
    reversed.set_notes(&notes);
    reversed
}

/// Makes a path last `factor` times as long; it goes through the same values. A longer path gets further values between
/// them, so that its rate becomes no lower; a shorter one is resampled only if its rate would be too high. Notes move
/// along, and beats become more or fewer, so that it plays in the same tempo. 1 changes nothing. The result never lasts
/// longer than the longest path.
pub fn stretch(path: &LatentPath, factor: f64) -> LatentPath {
    if factor == 1.0 || !factor.is_finite() || factor <= 0.0 {
        return path.clone();
    }
    let highest_hz = RATES_HZ[1];
    let length_s = (path.length_s() * factor).min(PATH_LIMIT_S);
    let same = (path.steps() - 1) as f64;
    let room = STEP_LIMIT.min(VALUE_LIMIT / path.lanes().len()) - 1;
    let intervals = if same / length_s > highest_hz {
        (length_s * highest_hz).floor().max(1.0)
    } else {
        // A whole number of steps for each of the path's own, so that it goes through the same points.
        same * (factor - 1e-9).ceil().min((room as f64 / same).floor()).max(1.0)
    };
    let mut stretched = path.with_steps(intervals as usize + 1, (intervals / length_s).min(highest_hz));
    let factor = stretched.length_s() / path.length_s();
    let notes: Vec<PathNote> = path.notes().iter().map(|note| note.stretched(factor)).collect();
    stretched.set_notes(&notes);
    stretched.set_beats(path.beats().map(|beats| (beats * factor).min(BEAT_LIMIT)));
    stretched
}

/// Erases a range of steps: the curves go straight from the value before it to the value after it.
pub fn erase(path: &LatentPath, scope: Scope, steps: Range<usize>) -> LatentPath {
    let steps = steps.start.min(path.steps())..steps.end.min(path.steps());
    if steps.is_empty() {
        return path.clone();
    }
    path.changed(scope, |values| {
        let mut values = values.to_vec();
        let before = steps.start.checked_sub(1).map(|step| values[step]);
        let after = values.get(steps.end).copied();
        let [from, to] = match (before, after) {
            (Some(before), Some(after)) => [before, after],
            (Some(one), None) | (None, Some(one)) => [one, one],
            (None, None) => [mean(&values) as f32; 2],
        };
        let count = (steps.len() + 1) as f32;
        for (number, value) in values[steps.clone()].iter_mut().enumerate() {
            let share = (number + 1) as f32 / count;
            *value = from * (1.0 - share) + to * share;
        }
        values
    })
}
