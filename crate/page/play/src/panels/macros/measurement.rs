//! The measurement of a sound for the macro-controls: how far each property reaches, and the properties of a patch that
//! a slider has led to.

use serde::{Deserialize, Serialize};

use super::known::KnownPoints;
use super::{HeardSound, MacrosTask, PROPERTY_COUNT};
use crate::notes::MIDDLE_C;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::state::State;

/// A change below this, in points, is no change.
const LEAST_POINTS: f32 = 0.5;

/// How far a property reaches, in points; not-a-numbers (null in scripts) until that is found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PropertyReach {
    /// The property of the sound itself.
    pub value: Option<f32>,
    /// Its change at −1.
    pub less: Option<f32>,
    /// Its change at 1.
    pub more: Option<f32>,
    /// True if both changes are predicted, not measured.
    pub predicted: bool,
}

impl PropertyReach {
    /// True once it is measured or predicted what the slider reaches.
    pub fn is_found(&self) -> bool {
        self.less.is_some()
    }

    /// True once that is measured.
    pub fn is_measured(&self) -> bool {
        self.is_found() && !self.predicted
    }

    /// True if the slider can move to amounts of this sign.
    pub fn moves_towards(&self, amount: f32) -> bool {
        let change = if amount < 0.0 { self.less } else { self.more };
        change.is_some_and(|points| points.abs() >= LEAST_POINTS)
    }
}

/// The measurement of a sound.
#[derive(Clone, Debug, Default)]
pub(super) struct Measurement {
    /// The task that finds the reach.
    pub task: Option<TaskNumber>,
    /// Its done share, 0…1.
    pub share: f32,
    /// The reach of all properties; empty until the sound itself is measured.
    pub reach: Vec<PropertyReach>,
    /// The key at which everything is measured.
    pub key: u8,
    /// The property that was to be measured early.
    pub preferred: Option<usize>,
    /// True if a person has stopped it: the sound waits for the button.
    pub is_stopped: bool,
    /// The word of what went wrong.
    pub problem: Option<String>,
    /// The task that measures where a slider has led to, and that sound.
    pub here: Option<(TaskNumber, HeardSound)>,
}

impl Measurement {
    /// A task has ended.
    pub fn end(&mut self, task: TaskNumber) {
        if self.task == Some(task) {
            self.task = None;
        }
        if self.here.as_ref().is_some_and(|(here, _)| *here == task) {
            self.here = None;
        }
    }
}

/// The key that a person plays: the lowest one that is down, or else the one that the current point has.
fn played_key(state: &State) -> u8 {
    let down = (0..128).find(|&key| state.keys.is_down(key));
    down.or_else(|| state.played_notes().keys_at(state.point()).first().copied()).unwrap_or(MIDDLE_C)
}

impl Reducer<'_> {
    pub(super) fn toggle_measuring(&mut self) {
        if self.macros().measurement.task.is_none() {
            return self.measure_macros();
        }
        self.cancel_measurement();
        self.macros().measurement.is_stopped = true;
    }

    /// Measures the current sound.
    pub(super) fn measure_macros(&mut self) {
        let Some(sound) = HeardSound::of(self.state) else { return };
        self.forget_macros();
        let patch = sound.patch.values().to_vec();
        let key = played_key(self.state);
        let task = self.begin_task(MacrosTask::Find { patch, locked: sound.locked.clone(), key });
        let macros = self.macros();
        macros.known.add(sound.clone(), [0.0; PROPERTY_COUNT]);
        macros.seen = Some(sound);
        (macros.measurement.task, macros.measurement.key) = (Some(task), key);
    }

    /// A person is about to use a slider: its curve is measured before those that are not begun.
    pub(super) fn prefer_macro(&mut self, place: usize) {
        let measurement = &mut self.macros().measurement;
        let is_open = measurement.reach.get(place).is_some_and(|reach| !reach.is_measured());
        if measurement.task.is_some() && is_open && measurement.preferred.replace(place) != Some(place) {
            self.begin_task(MacrosTask::Prefer { place });
        }
    }

    pub(super) fn cancel_measurement(&mut self) {
        let measurement = &mut self.macros().measurement;
        let (task, here) = (measurement.task.take(), measurement.here.take());
        self.cancel_task(task);
        self.cancel_task(here.map(|(task, _)| task));
    }

    pub(super) fn take_macro_reach(&mut self, task: TaskNumber, reach: Vec<PropertyReach>) {
        let measurement = &mut self.macros().measurement;
        if measurement.task != Some(task) || reach.len() != PROPERTY_COUNT {
            return;
        }
        let was_empty = !measurement.reach.iter().any(PropertyReach::is_measured);
        let first = reach.iter().position(PropertyReach::is_measured);
        measurement.reach = reach;
        if let Some(first) = first.filter(|_| was_empty) {
            self.draw_macro(first);
        }
        self.grant_wish();
    }

    /// Measures the patch that a slider has led to: with it the other properties change a little, too.
    pub(super) fn measure_here(&mut self) {
        let macros = self.macros();
        let Some(sound) = macros.seen.clone() else { return };
        let Some(known) = macros.known.get_mut(&sound) else { return };
        let is_start = known.amounts.iter().all(|&amount| amount == 0.0);
        if is_start || known.points != KnownPoints::Unmeasured {
            return;
        }
        known.points = KnownPoints::Asked;
        let key = macros.measurement.key;
        let task = self.begin_task(MacrosTask::Measure { patch: sound.patch.values().to_vec(), key });
        self.macros().measurement.here = Some((task, sound));
    }

    pub(super) fn take_macro_points(&mut self, task: TaskNumber, points: Vec<f32>) {
        let macros = self.macros();
        let Some((_, sound)) = macros.measurement.here.as_ref().filter(|(here, _)| *here == task) else {
            return;
        };
        if let Some(known) = macros.known.get_mut(sound).filter(|_| points.len() == PROPERTY_COUNT) {
            known.points = KnownPoints::Measured(points);
        }
    }
}
