//! The events of a path that follows a curve, each led to the file that decides it.

use super::{CurveState, PathsCurveAction, PathsCurveRemark};
use crate::action::GestureAction;
use crate::panels::PanelId;
use crate::panels::paths::PathsRemark;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;

impl Reducer<'_> {
    pub(super) fn curve(&mut self) -> &mut CurveState {
        &mut self.state.panels.paths.curve
    }

    pub(super) fn say_of_curve(&mut self, remark: PathsCurveRemark) {
        self.curve().remark = remark;
    }

    pub(in super::super) fn act_on_curve(&mut self, action: PathsCurveAction) {
        if !self.state.panels.is_open(PanelId::Paths) {
            return;
        }
        self.follow_ground_of_curve();
        match action {
            PathsCurveAction::ChooseDescriptor { descriptor } => self.choose_target_descriptor(descriptor),
            PathsCurveAction::ChooseShape { shape } => self.press_shape(shape),
            PathsCurveAction::TypeNumber { field, value } => self.type_target(field, value),
            PathsCurveAction::SetNearest { is_nearest } => self.curve().target.is_nearest = is_nearest,
            PathsCurveAction::PressTarget { pointer, place } => self.press_target(pointer, place),
            PathsCurveAction::DrawTarget { pointer, places } => self.draw_path_target(pointer, &places),
            PathsCurveAction::LiftTarget { pointer } => self.lift_from_target(pointer),
            PathsCurveAction::MoveTargetPoint { index, value } => self.move_target_point(index, value),
            PathsCurveAction::GiveSound { file } => self.give_target_sound(file),
            PathsCurveAction::Find => self.press_find(),
            PathsCurveAction::KeepFound => self.keep_found_path(),
            PathsCurveAction::PlayFound => self.play_found_path(),
            PathsCurveAction::ToggleConditions => self.toggle_conditions(),
            PathsCurveAction::ChooseSecond { descriptor } => self.choose_second(descriptor),
            PathsCurveAction::ChooseSecondShape { shape } => self.choose_second_shape(shape),
            PathsCurveAction::TypeSecond { end, value } => self.type_second(end, value),
            PathsCurveAction::AddPlace { kind } => self.add_target_place(kind),
            PathsCurveAction::MovePlace { index, x, y, goes_on } => {
                self.move_target_place(index, [x, y], goes_on)
            }
            PathsCurveAction::TypePlace { index, field, value } => {
                self.type_target_place(index, field, value)
            }
            PathsCurveAction::RemovePlace { index } => self.remove_target_place(index),
            PathsCurveAction::UndoPlace => self.undo_target_place(),
        }
    }

    fn keep_found_path(&mut self) {
        let number = self.curve().search.number;
        if number == 0 {
            return;
        }
        self.let_go_of_found_path();
        // A person who saves now means the path that was just kept.
        self.choose_path(number, 0);
        let counts = &mut self.curve().counts;
        counts.kept = counts.kept.wrapping_add(1);
        let name = self.path_name(number);
        self.say_of_paths(PathsRemark::Kept { name });
    }

    fn play_found_path(&mut self) {
        let number = self.curve().search.number;
        if number != 0 {
            self.gesture(GestureAction::ToggleLoop(number));
        }
    }

    /// The done share of a task of the curve.
    pub(in super::super) fn progress_of_curve(&mut self, task: TaskNumber, share: f32) {
        if self.curve().search.task == Some(task) {
            self.progress_of_search(share);
        }
    }

    /// A task of the curve is over, with the word of its failure if it has failed. One that has given no answer has
    /// failed, too.
    pub(in super::super) fn end_curve_task(&mut self, task: TaskNumber, failure: Option<&str>) {
        let curve = self.curve();
        if curve.conditions.loading == Some(task) {
            self.take_conditions_script(failure.is_none());
        } else if curve.search.task == Some(task) {
            self.fail_path_search();
        } else {
            self.fail_contour(task, failure.unwrap_or("lost"));
        }
    }
}
