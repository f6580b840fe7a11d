//! The events of the editor of paths, each led to the file that decides it.

use super::*;
use crate::panels::PanelMotion;
use crate::panels::decisions::PanelDecisions;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::state::State;

impl PanelDecisions for Paths {
    type Action = PathsAction;
    type Answer = PathsAnswer;
    type Model = PathsModel;

    fn model(state: &State) -> PathsModel {
        model::model(state)
    }

    fn act(page: &mut Reducer, action: PathsAction) {
        page.follow_loops_of_paths();
        page.act_in_paths(action);
    }

    fn answer(page: &mut Reducer, task: TaskNumber, answer: PathsAnswer) {
        page.follow_loops_of_paths();
        match answer {
            PathsAnswer::Read { path, losses } => page.take_read_path(task, *path, losses),
            PathsAnswer::Refused { word, numbers } => page.take_path_refusal(task, word, numbers),
            PathsAnswer::Measured { values } => {
                page.take_measured_points(task, &values);
                page.take_measured_mix(task, &values);
            }
            PathsAnswer::Sound { sound, frames, is_damaged } => {
                page.take_target_sound(task, sound, frames, is_damaged);
            }
            PathsAnswer::Parts { parts } => page.take_contour(task, parts),
        }
    }

    fn progress(page: &mut Reducer, task: TaskNumber, share: f32) {
        page.progress_of_path_file(task, share);
        page.progress_of_curve(task, share);
    }

    fn ended(page: &mut Reducer, task: TaskNumber) {
        page.end_path_task(task, None);
    }

    fn failed(page: &mut Reducer, task: TaskNumber, reason: &str) {
        page.end_path_task(task, Some(reason));
    }

    fn opened(page: &mut Reducer) {
        page.clear_remarks_of_paths();
        page.take_loops_of_paths();
        page.follow_ground_of_curve();
        page.follow_path_link();
        page.begin_to_read_paths();
    }

    fn closed(page: &mut Reducer) {
        page.clear_remarks_of_paths();
        page.leave_mix();
        page.let_go_of_found_path();
        page.free_path_workers();
    }

    fn follow(page: &mut Reducer) {
        page.follow_loops_of_paths();
        page.follow_ground_of_curve();
    }

    fn motion(state: &State) -> PanelMotion {
        PanelMotion::Paths(model::motion(state))
    }
}

impl Reducer<'_> {
    pub(super) fn paths(&mut self) -> &mut Paths {
        &mut self.state.panels.paths
    }

    fn act_in_paths(&mut self, action: PathsAction) {
        match action {
            PathsAction::Name { words } => self.paths().words = words,
            PathsAction::Choose { number, finger } if self.has_path(number) => {
                self.choose_path(number, finger)
            }
            PathsAction::Play => self.play_path(),
            PathsAction::Begin => self.begin_path(),
            PathsAction::Rename { name } => self.rename_path(&name),
            PathsAction::SetWay { way } => self.set_path_way(way),
            PathsAction::ChooseLane { lane } => self.choose_path_lane(lane),
            PathsAction::PressLane { pointer, lane, place } => self.press_path_lane(pointer, lane, place),
            PathsAction::Draw { pointer, places } => self.draw_in_path_lane(pointer, &places),
            PathsAction::LiftLane { pointer } => self.lift_from_path_lane(pointer),
            PathsAction::FocusPoint { lane, index } => self.focus_path_point(lane, index),
            PathsAction::MovePoint { lane, index, value } => self.move_path_point(lane, index, value),
            PathsAction::PointMoved => self.path_done(),
            PathsAction::Operate { operator } => self.choose_path_operator(operator),
            PathsAction::MoveAmount { amount } => self.move_path_amount(amount, false),
            PathsAction::AmountMoved { amount } => self.move_path_amount(amount, true),
            PathsAction::Again { seed } => self.change_path_at_random(seed),
            PathsAction::MixWith { number } => self.mix_path_with(number),
            PathsAction::GoOver => self.go_over_into_path(),
            PathsAction::EndOperator => self.close_path_operator(),
            PathsAction::ChooseCorner { corner, number } => self.choose_corner(corner, number),
            PathsAction::MoveInSquare { place } => self.move_in_four(place),
            PathsAction::EndMix => self.end_mix(),
            PathsAction::TypeMixStrikes { value } => self.type_mix_strikes(value),
            PathsAction::AddMix => self.add_mix(),
            PathsAction::AddRandomMix { seed } => self.add_random_mix(seed),
            PathsAction::ToggleFiles => self.toggle_path_files(),
            PathsAction::Save { kind } => self.save_path(kind),
            PathsAction::StopSaving => self.stop_saving_path(),
            PathsAction::OpenFiles { files } => self.open_path_files(files),
            PathsAction::OpenLink { fragment } => self.open_path_link(fragment),
            PathsAction::CopyLink => self.copy_path_link(),
            PathsAction::Follow { action } => self.act_on_curve(action),
            other => self.act_in_time_of_path(other),
        }
    }

    /// A task is over, with the word of its failure if it has failed.
    fn end_path_task(&mut self, task: TaskNumber, failure: Option<&str>) {
        if self.paths().curve.has_task(task) {
            self.end_curve_task(task, failure);
        } else if self.paths().four.has_task(task) {
            self.drop_mix_measurement();
        } else {
            self.end_path_file_task(task, failure);
        }
    }

    fn has_path(&self, number: u8) -> bool {
        self.state.document().loops.get(number).is_some()
    }

    /// The actions on the visible time, the notes and the typed values.
    fn act_in_time_of_path(&mut self, action: PathsAction) {
        let timeline = &mut self.paths().lanes.timeline;
        match action {
            PathsAction::Resize { width_px } if width_px >= 1.0 => timeline.width_px = width_px,
            PathsAction::Zoom { factor, about_s } => timeline.zoom(factor, about_s),
            PathsAction::Scroll { share } => {
                let from_s = timeline.from_s + share * (timeline.to_s - timeline.from_s);
                timeline.scroll_to(from_s);
            }
            PathsAction::ScrollTo { from_s } => timeline.scroll_to(from_s),
            PathsAction::TypePoint { value } => {
                self.take_typed_value();
                self.type_path_point(value);
            }
            PathsAction::TypeNothing { field } => {
                self.take_typed_value();
                self.say_of_paths(PathsRemark::NoValue { field });
            }
            PathsAction::ChooseNote { index } => self.choose_path_note(index),
            PathsAction::FocusNote { index } => self.focus_path_note(index),
            PathsAction::DragNote { start_s, end_s } => self.drag_path_note(start_s, end_s),
            PathsAction::DropNote { has_moved } => self.drop_path_note(has_moved),
            PathsAction::StepNote { step } => self.step_path_note(step),
            PathsAction::GoToNote { by } => self.go_to_path_note(by),
            PathsAction::TypeNote { value } => {
                self.take_typed_value();
                self.type_path_note(value);
            }
            PathsAction::AddNote => self.add_path_note(),
            PathsAction::DeleteNote => self.delete_path_note(),
            _ => {}
        }
    }

    /// The sentence about the last typed text goes, and the field shows what has become of it.
    pub(super) fn take_typed_value(&mut self) {
        self.clear_remarks_of_paths();
        let counts = &mut self.paths().counts;
        counts.typed = counts.typed.wrapping_add(1);
    }

    pub(super) fn clear_remarks_of_paths(&mut self) {
        self.paths().remarks.clear();
    }

    pub(super) fn say_of_paths(&mut self, remark: PathsRemark) {
        self.paths().remarks = vec![remark];
    }

    /// Says a sentence after the others, unless it is one of them.
    pub(super) fn add_remark_of_paths(&mut self, remark: PathsRemark) {
        let remarks = &mut self.paths().remarks;
        if !remarks.contains(&remark) {
            remarks.push(remark);
        }
    }
}
