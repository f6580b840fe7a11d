//! Operators that change the values or the times of a path: scale, bias, reverse, stretch, erase, clip. Pure functions;
//! with an amount that says "nothing" each returns the path unchanged.

use std::ops::Range;

use crate::latent_path::{RATES_HZ, STEP_LIMIT, VALUE_LIMIT};
use crate::strokes::PATH_LIMIT_S;
use crate::{LatentPath, PathNote};

/// What an operator changes.
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

/// Makes each curve's deviations from its centre larger or smaller: z ← c + amount · (z − c). Without a centre it is the
/// curve's own mean. Amount 1 changes nothing, 0 leaves the centre, −1 mirrors.
pub fn scale(path: &LatentPath, scope: Scope, amount: f64, centre: Option<f64>) -> LatentPath {
    if amount == 1.0 || !amount.is_finite() {
        return path.clone();
    }
    path.changed(scope, |values| {
        let centre = centre.filter(|centre| centre.is_finite()).unwrap_or_else(|| mean(values));
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

/// Runs backward: values, level and notes. Twice changes nothing.
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

/// Lasts `factor` times as long, at the same rate: values are resampled, notes move along. 1 changes nothing. Never
/// longer than the longest path.
pub fn stretch(path: &LatentPath, factor: f64) -> LatentPath {
    if factor == 1.0 || !factor.is_finite() || factor <= 0.0 {
        return path.clone();
    }
    let rate_hz = path.rate_hz();
    let room = STEP_LIMIT.min(VALUE_LIMIT / path.lanes().len()).min((PATH_LIMIT_S * rate_hz) as usize + 1);
    let steps = ((path.steps() - 1) as f64 * factor).round() as usize + 1;
    let steps = steps.clamp(2, room.max(2));
    let factor = (steps - 1) as f64 / (path.steps() - 1) as f64;
    let mut stretched = path.with_steps(steps, rate_hz);
    let notes: Vec<PathNote> = path.notes().iter().map(|note| note.stretched(factor)).collect();
    stretched.set_notes(&notes);
    stretched
}

/// Lasts this many seconds: the same steps at another rate if that rate is allowed, else [`stretch`].
pub fn last(path: &LatentPath, length_s: f64) -> LatentPath {
    if !(length_s > 0.0 && length_s <= PATH_LIMIT_S) || length_s == path.length_s() {
        return path.clone();
    }
    let factor = length_s / path.length_s();
    let rate_hz = path.rate_hz() / factor;
    if !(RATES_HZ[0]..=RATES_HZ[1]).contains(&rate_hz) {
        return stretch(path, factor);
    }
    let mut changed = path.with_lanes(path.lanes().to_vec(), rate_hz);
    let notes: Vec<PathNote> = path.notes().iter().map(|note| note.stretched(factor)).collect();
    changed.set_notes(&notes);
    changed
}

/// The steps of a range that a path has; none if it is empty.
fn within(path: &LatentPath, steps: Range<usize>) -> Option<Range<usize>> {
    let steps = steps.start.min(path.steps())..steps.end.min(path.steps());
    (!steps.is_empty()).then_some(steps)
}

/// Erases a range of steps: the curves go straight from the value before it to the value after it. Notes that begin in
/// it are removed if all lanes are erased and another note is left.
pub fn erase(path: &LatentPath, scope: Scope, steps: Range<usize>) -> LatentPath {
    let Some(steps) = within(path, steps) else { return path.clone() };
    let mut erased = path.changed(scope, |values| {
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
    });
    if scope == Scope::Lanes {
        let is_kept = |note: &&PathNote| !steps.contains(&((note.start_s * path.rate_hz()).round() as usize));
        let notes: Vec<PathNote> = path.notes().iter().filter(is_kept).copied().collect();
        if !notes.is_empty() {
            erased.set_notes(&notes);
        }
    }
    erased
}

/// Keeps only a range of steps, of at least two.
pub fn clip(path: &LatentPath, steps: Range<usize>) -> LatentPath {
    let Some(steps) = within(path, steps).filter(|steps| steps.len() >= 2 && steps.len() < path.steps())
    else {
        return path.clone();
    };
    let lanes = path.lanes().iter().map(|lane| lane[steps.clone()].to_vec()).collect();
    let mut clipped = path.with_lanes(lanes, path.rate_hz());
    clipped.set_level(path.level().map(|level| &level[steps.clone()]));
    let start_s = steps.start as f64 / path.rate_hz();
    let notes = path.notes().iter().map(|note| PathNote { start_s: note.start_s - start_s, ..*note });
    let notes: Vec<PathNote> = notes.filter(|note| note.start_s >= 0.0 || note.end_s() > 0.0).collect();
    clipped.set_notes(&notes);
    clipped
}
