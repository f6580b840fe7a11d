//! The three ways from A to B, compared as they are played: how evenly each one sounds with the key and the length that a
//! person plays, and how far its level is off. Begins once the way by sound is measured. Workers measure.

use patch::Patch;
use serde::Serialize;

use super::{BetweenTask, BetweenWay};
use crate::chord::ArpeggioMode;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::state::State;

/// The time that a key is held if a person holds it as long as they like, in seconds: as the test note.
const HELD_S: f32 = 2.0;
/// One in so many patches of a way is measured.
pub(super) const EVERY: usize = 4;
/// The ways in the order in which they are compared.
pub(super) const WAYS: [BetweenWay; 3] = [BetweenWay::Straight, BetweenWay::Plane, BetweenWay::Sound];

/// A note as a person plays it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct BetweenNote {
    /// Its MIDI key.
    pub key: u8,
    /// The time that it is held, in seconds.
    pub held_s: f32,
}

/// The figures of a way.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct BetweenFigures {
    /// How unevenly it sounds, in points a step; 0 is even.
    pub uneven_points: f32,
    /// How far the level is from the line between both ends at most, in dB.
    pub level_db: f32,
}

/// The figures of a way, or the reason why there are none.
#[derive(Clone, Copy, Debug)]
enum Compared {
    As(BetweenFigures),
    /// A patch of it is silent.
    Silent,
}

/// The comparison.
#[derive(Clone, Debug, Default)]
pub(super) struct WayComparison {
    /// The note for which the way by sound is measured.
    pub note: Option<BetweenNote>,
    compared: [Option<Compared>; 3],
    task: Option<(TaskNumber, BetweenWay)>,
}

impl WayComparison {
    /// The figures of each way, as far as they are known.
    pub fn figures(&self) -> [Option<BetweenFigures>; 3] {
        self.compared.map(|compared| match compared {
            Some(Compared::As(figures)) => Some(figures),
            _ => None,
        })
    }

    fn take(&mut self, task: TaskNumber, compared: Compared) -> bool {
        let Some((_, way)) = self.task.take_if(|(own, _)| *own == task) else { return false };
        self.compared[way as usize] = Some(compared);
        true
    }
}

impl State {
    /// The note that a person plays: the key that was pressed last, as long as arpeggio or gate let it sound.
    pub(super) fn played_note(&self) -> BetweenNote {
        let notes = self.notes();
        let key = self.keys.last_key().unwrap_or(notes.root);
        let is_free = notes.arpeggio == ArpeggioMode::Off;
        let held_s = if is_free { HELD_S } else { notes.gate / notes.steps_per_second() };
        BetweenNote { key, held_s }
    }
}

impl Reducer<'_> {
    /// The way by sound is another one, for this note, or none: nothing is compared with it.
    pub(super) fn restart_comparison(&mut self, note: Option<BetweenNote>) {
        self.stop_comparison();
        self.between().slider.comparison = WayComparison { note, ..WayComparison::default() };
    }

    pub(super) fn stop_comparison(&mut self) {
        let task = self.between().slider.comparison.task.take();
        self.cancel_task(task.map(|(task, _)| task));
    }

    /// Compares the next way, or computes it first.
    pub(super) fn compare_ways(&mut self) {
        let slider = &self.state.panels.between.slider;
        let comparison = &slider.comparison;
        let Some(note) = comparison.note.filter(|_| comparison.task.is_none()) else { return };
        let missing = WAYS.into_iter().find(|way| comparison.compared[*way as usize].is_none());
        let Some(way) = missing else { return };
        let Some(patches) = slider.patches(way) else {
            return self.compute_compared_way(way);
        };
        let values = patches.iter().step_by(EVERY).flat_map(|patch: &Patch| *patch.values()).collect();
        let task = self.begin_task(BetweenTask::Compare { values, note });
        self.between().slider.comparison.task = Some((task, way));
    }

    pub(super) fn take_comparison(&mut self, task: TaskNumber, figures: BetweenFigures) {
        let is_known = figures.uneven_points.is_finite() && figures.level_db.is_finite();
        let compared = if is_known { Compared::As(figures) } else { Compared::Silent };
        if self.between().slider.comparison.take(task, compared) {
            self.compare_ways();
        }
    }

    pub(super) fn fail_comparison(&mut self, task: TaskNumber) {
        if self.between().slider.comparison.take(task, Compared::Silent) {
            self.compare_ways();
        }
    }
}
