//! The conditions of a target beyond its curve: a second descriptor, places that the path passes, and circles that it
//! avoids. They have an undo of their own, because nothing sounds before the search.

use serde::{Deserialize, Serialize};

use super::PathsCurveRemark;
use super::places::{LEAST_RADIUS, LIMIT, MOST, PathsPlaceKind, Places};
use super::second::SecondState;
use crate::panels::paths::PathsTask;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;

/// A number of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum PathsPlaceField {
    /// Its x.
    X,
    /// Its y.
    Y,
    /// The time at which the path passes it, in seconds.
    Time,
    /// The radius of its circle.
    Radius,
}

/// A sentence about the conditions. `kind` and `number` name a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum PathsConditionRemark {
    /// No sentence.
    #[default]
    Nothing,
    /// A place is added.
    Added { kind: PathsPlaceKind, number: usize },
    /// A place is removed.
    Removed { kind: PathsPlaceKind, number: usize },
    /// The last change is undone.
    Undone,
    /// There is no room for another place.
    Full { most: usize },
    /// A typed text is no number within the limits.
    NoValue { least: f64, most: f64, former: f64 },
    /// The path passes another place at that time.
    SameTime { former_s: f64 },
}

/// The conditions.
#[derive(Clone, Debug, Default)]
pub(super) struct ConditionState {
    pub second: SecondState,
    pub places: Places,
    pub remark: PathsConditionRemark,
    /// Counts the typed values: the fields show what has become of them.
    pub typed: u32,
    pub is_shown: bool,
    /// True once the script of the conditions is loaded.
    is_loaded: bool,
    /// The task that loads it.
    pub loading: Option<TaskNumber>,
}

impl Reducer<'_> {
    /// Shows the conditions, or hides them; loads their script first.
    pub(super) fn toggle_conditions(&mut self) {
        let conditions = &mut self.curve().conditions;
        if conditions.is_loaded {
            conditions.is_shown = !conditions.is_shown;
        } else if conditions.loading.is_none() {
            let task = self.begin_task(PathsTask::LoadConditions {});
            self.curve().conditions.loading = Some(task);
        }
    }

    /// The script is loaded, or could not be.
    pub(super) fn take_conditions_script(&mut self, is_loaded: bool) {
        let conditions = &mut self.curve().conditions;
        conditions.loading = None;
        conditions.is_loaded = is_loaded;
        conditions.is_shown = is_loaded;
        if !is_loaded {
            self.say_of_curve(PathsCurveRemark::Lost);
        }
    }

    /// The places have changed: what was found for others goes.
    fn places_changed(&mut self, remark: PathsConditionRemark) {
        self.curve().conditions.remark = remark;
        self.forget_found();
    }

    /// Adds a place where the finger is.
    pub(super) fn add_target_place(&mut self, kind: PathsPlaceKind) {
        let point = self.state.point();
        let added = self.curve().conditions.places.add(kind, [point.x.into(), point.y.into()]);
        match added {
            Some(place) => self.places_changed(PathsConditionRemark::Added { kind, number: place.number }),
            None => self.curve().conditions.remark = PathsConditionRemark::Full { most: MOST },
        }
    }

    /// A hand moves a place on the map.
    pub(super) fn move_target_place(&mut self, index: usize, [x, y]: [f64; 2], goes_on: bool) {
        if !x.is_finite() || !y.is_finite() {
            return;
        }
        let moved =
            self.curve().conditions.places.change(index, goes_on, |place| (place.x, place.y) = (x, y));
        if moved {
            self.places_changed(PathsConditionRemark::Nothing);
        }
    }

    pub(super) fn type_target_place(&mut self, index: usize, field: PathsPlaceField, value: f64) {
        let curve = self.curve();
        let length_s = curve.target.length_s;
        let conditions = &mut curve.conditions;
        conditions.typed = conditions.typed.wrapping_add(1);
        let Some(own) = conditions.places.list().get(index).copied() else { return };
        let (former, [least, most]) = match field {
            PathsPlaceField::X => (own.x, [-LIMIT, LIMIT]),
            PathsPlaceField::Y => (own.y, [-LIMIT, LIMIT]),
            PathsPlaceField::Time => (own.share * length_s, [0.0, length_s]),
            PathsPlaceField::Radius => (own.radius, [LEAST_RADIUS, LIMIT]),
        };
        if !(least..=most).contains(&value) {
            conditions.remark = PathsConditionRemark::NoValue { least, most, former };
            return;
        }
        let changed = conditions.places.change(index, false, |place| match field {
            PathsPlaceField::X => place.x = value,
            PathsPlaceField::Y => place.y = value,
            PathsPlaceField::Time => place.share = value / length_s,
            PathsPlaceField::Radius => place.radius = value,
        });
        if changed {
            self.places_changed(PathsConditionRemark::Nothing);
        } else {
            conditions.remark = PathsConditionRemark::SameTime { former_s: former };
        }
    }

    pub(super) fn remove_target_place(&mut self, index: usize) {
        if let Some(place) = self.curve().conditions.places.remove(index) {
            self.places_changed(PathsConditionRemark::Removed { kind: place.kind, number: place.number });
        }
    }

    pub(super) fn undo_target_place(&mut self) {
        if self.curve().conditions.places.undo() {
            self.places_changed(PathsConditionRemark::Undone);
        }
    }
}
