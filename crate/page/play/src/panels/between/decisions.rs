//! The events between two sounds, each led to the file that decides it, and the sound that the panel follows.

use patch::Patch;
use plane::Point;

use super::ends::patch_of;
use super::grids::SPACINGS;
use super::*;
use crate::page::Tab;
use crate::panels::decisions::PanelDecisions;
use crate::panels::tasks::TaskNumber;
use crate::panels::{OwnAction, PanelId};
use crate::reduce::Reducer;
use crate::state::State;

impl State {
    /// The points of the sounds A, B, C and D that the map marks.
    pub fn marked_ends(&self) -> [Option<Point>; END_COUNT] {
        let between = &self.panels.between;
        let is_marked = |end: usize| sees_between(self) && (between.shown.has_four || end < 2);
        let point = |end: usize| between.ends.chosen[end].as_ref().map(|end| end.sound.point);
        std::array::from_fn(|end| point(end).filter(|_| is_marked(end)))
    }
}

/// True while a person sees the panel: it is hidden with another tab, and while recorded tones play.
fn sees_between(state: &State) -> bool {
    state.panels.is_open(PanelId::Between) && state.page.tab == Tab::Places && state.is_amsynth()
}

impl PanelDecisions for Between {
    type Action = BetweenAction;
    type Answer = BetweenAnswer;
    type Model = BetweenModel;

    fn model(state: &State) -> BetweenModel {
        model::model(state)
    }

    fn act(page: &mut Reducer, action: BetweenAction) {
        if action.is_intent() {
            if !page.state.panels.is_open(PanelId::Between) {
                return;
            }
            page.between().problem = None;
        }
        page.act_between(action);
        page.see_between();
    }

    fn answer(page: &mut Reducer, task: TaskNumber, answer: BetweenAnswer) {
        match answer {
            BetweenAnswer::Patch { values } => match patch_of(&values) {
                Some(patch) => page.take_between_patch(task, patch),
                None => page.fail_between(task, BetweenProblem::Lost),
            },
            BetweenAnswer::Way { values } => page.take_way(task, &values),
            BetweenAnswer::Compared { uneven_points, level_db } => {
                page.take_comparison(task, BetweenFigures { uneven_points, level_db });
            }
            BetweenAnswer::Cell { cell, values, moves } => page.take_cell(task, cell, &values, &moves),
        }
        page.see_between();
    }

    fn progress(page: &mut Reducer, task: TaskNumber, share: f32) {
        page.between().slider.progress(task, share);
    }

    fn ended(page: &mut Reducer, task: TaskNumber) {
        page.end_grid(task);
    }

    fn failed(page: &mut Reducer, task: TaskNumber, reason: &str) {
        let problem = if reason == "silent" { BetweenProblem::Silent } else { BetweenProblem::Lost };
        page.fail_between(task, problem);
        page.see_between();
    }

    fn opened(page: &mut Reducer) {
        page.between().problem = None;
        if page.between().ends.chosen[0].is_none() {
            page.choose_end_here(0);
        }
        page.prepare_way();
    }

    fn closed(page: &mut Reducer) {
        page.close_between();
    }

    fn follow(page: &mut Reducer) {
        page.follow_between();
    }
}

impl Reducer<'_> {
    pub(super) fn between(&mut self) -> &mut Between {
        &mut self.state.panels.between
    }

    pub(super) fn between_later(&mut self, delay_ms: i32, action: BetweenAction) {
        self.act_later(delay_ms, OwnAction::Between(action));
    }

    /// The current sound.
    pub(super) fn between_here(&self) -> Location {
        let here = self.state.document().here();
        self.state.location(here.point, here.patch)
    }

    /// The current sound with the values of locked groups.
    pub(super) fn between_shared(&self) -> Location {
        let here = self.state.shared_document().here();
        self.state.location(here.point, here.patch)
    }

    fn act_between(&mut self, action: BetweenAction) {
        match action {
            BetweenAction::ToggleChooser { end } => self.toggle_sound_chooser(end),
            BetweenAction::CloseChooser => self.close_sound_chooser(),
            BetweenAction::Find { query } => self.find_sound(query),
            BetweenAction::ChooseHere => self.choose_sound_here(),
            BetweenAction::ChooseFirst => self.choose_first_sound(),
            BetweenAction::Choose { sound, name } => self.choose_listed_sound(sound, &name),
            BetweenAction::Swap => self.swap_ends(),
            BetweenAction::ChooseWay { way } => self.choose_way(way),
            BetweenAction::ToggleMeasuring => self.toggle_way_measuring(),
            BetweenAction::PressSlider { pointer } => self.press_way_slider(pointer),
            BetweenAction::PressSliderKey => self.between().is_pointed = false,
            BetweenAction::MoveSlider { step } => self.move_way_slider(step),
            BetweenAction::MovedSlider => self.end_way_move(),
            BetweenAction::LiftSlider { pointer } => self.lift_way_slider(pointer),
            BetweenAction::ScrollSlider { pointer } => self.scroll_way_slider(pointer),
            BetweenAction::LeaveSlider => self.release_way_slider(),
            BetweenAction::PressSquare { pointer, at } => self.press_square(pointer, at),
            BetweenAction::DragSquare { pointer, at } => self.drag_square(pointer, at),
            BetweenAction::LiftSquare { pointer } => self.lift_square(pointer),
            BetweenAction::CancelSquare { pointer } => self.cancel_square(pointer),
            BetweenAction::SetSquareAxis { axis, step } => self.set_square_axis(axis, step),
            BetweenAction::StepSquareAxis { axis, by } => self.step_square_axis(axis, by),
            BetweenAction::ToggleFour => self.between().shown.has_four ^= true,
            BetweenAction::ToggleAround => self.change_grids(|between| between.shown.has_around ^= true),
            BetweenAction::ShowGrid { place } => self.change_grids(|between| between.shown.grid = place),
            BetweenAction::SetNarrow { is_narrow } => {
                self.change_grids(|between| between.shown.is_narrow = is_narrow);
            }
            BetweenAction::SetSpacing { spacing } => {
                self.between().spacing = spacing.clamp(SPACINGS[0], SPACINGS[2]);
            }
            BetweenAction::DrawSpacing => {
                self.change_grids(|between| between.drawn_spacing = between.spacing)
            }
            BetweenAction::SayCell { place, cell } => self.say_cell(place, cell),
            BetweenAction::GoToCell { place, cell } => self.go_to_cell(place, cell),
            BetweenAction::Keep { place, name } => self.keep_between(place, name),
            BetweenAction::EndPause { control, count } => self.end_between_pause(control, count),
        }
    }

    fn change_grids(&mut self, change: impl FnOnce(&mut Between)) {
        change(self.between());
        self.draw_grids();
    }

    fn take_between_patch(&mut self, task: TaskNumber, patch: Patch) {
        if !self.take_end_patch(task, patch) {
            self.take_mixture(task, patch);
        }
    }

    fn fail_between(&mut self, task: TaskNumber, problem: BetweenProblem) {
        self.fail_end(task);
        self.fail_mixture(task);
        self.fail_grid(task);
        self.fail_way(task, problem);
        self.fail_comparison(task);
    }

    /// The current sound is the one that the panel has seen; the slider and the square are where it lies.
    fn see_between(&mut self) {
        let here = self.between_here();
        let between = self.between();
        if let Some(step) = between.slider.known.get(&here) {
            between.slider.step = step;
        }
        between.square.follow(&here);
        between.seen = Some(here);
    }

    /// Follows the current sound and the decoder while a person sees the panel.
    fn follow_between(&mut self) {
        self.follow_sound_chooser();
        let is_seen = sees_between(self.state);
        let was_seen = std::mem::replace(&mut self.between().shown.is_seen, is_seen);
        if !is_seen {
            return;
        }
        if !was_seen {
            self.draw_grids();
        }
        self.follow_decoder();
        if self.state.panels.between.seen.as_ref() != Some(&self.between_here()) {
            self.between().problem = None;
            self.see_between();
        }
    }

    fn close_between(&mut self) {
        self.close_sound_chooser();
        self.drop_choices();
        self.drop_way();
        if self.between().slider_hand.pressed.is_some() {
            self.release_way_slider();
        }
        self.release_square();
        self.drop_mixture();
        self.drop_grids();
        self.between().shown.is_seen = false;
        self.begin_task(BetweenTask::Free);
    }
}
