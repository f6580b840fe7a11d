//! The events of the codebook, each led to the file that decides it, and the dots to which a person goes.

use plane::Point;

use super::sounds::{CodebookStep, lacks_map, point_of};
use super::*;
use crate::action::{Edit, TouchAction};
use crate::page::Tab;
use crate::panels::decisions::PanelDecisions;
use crate::panels::tasks::TaskNumber;
use crate::panels::{PanelId, PanelMotion};
use crate::reduce::Reducer;
use crate::state::State;

impl State {
    /// True while the codebook is shown in place of the search, or a sentence that says why it cannot be shown.
    pub fn shows_codebook(&self) -> bool {
        let sounds = &self.panels.codebook.sounds;
        let says_why = sounds.step == CodebookStep::FewScales || lacks_map(self);
        self.panels.is_open(PanelId::SoundCodebook) && (sounds.has_shown || says_why)
    }

    /// The point of the chosen dot, which the map marks while a person sees the codebook.
    pub fn marked_dot(&self) -> Option<Point> {
        let dot = self.panels.codebook.chosen.filter(|_| sees_codebook(self))?;
        point_of(self, dot)
    }
}

/// True while a person sees dots: they are hidden with another tab.
pub(super) fn sees_codebook(state: &State) -> bool {
    state.shows_codebook() && state.page.tab == Tab::Places && state.panels.codebook.is_ready()
}

impl PanelDecisions for SoundCodebook {
    type Action = CodebookAction;
    type Answer = CodebookAnswer;
    type Model = CodebookModel;

    fn model(state: &State) -> CodebookModel {
        model::model(state)
    }

    fn motion(state: &State) -> PanelMotion {
        PanelMotion::SoundCodebook(model::motion(state))
    }

    fn act(page: &mut Reducer, action: CodebookAction) {
        if let CodebookAction::GiveRoom { bars } = action {
            return page.give_room_for_bars(bars);
        }
        if !page.state.panels.is_open(PanelId::SoundCodebook) {
            return;
        }
        // The drawn dots may be those of the last sounds.
        page.follow_codebook_sounds();
        if page.codebook().is_ready() {
            page.act_in_codebook(action);
        }
    }

    fn answer(page: &mut Reducer, task: TaskNumber, answer: CodebookAnswer) {
        match answer {
            CodebookAnswer::Dots { heaviest } => page.take_codebook_dots(task, heaviest),
        }
    }

    fn failed(page: &mut Reducer, task: TaskNumber, reason: &str) {
        page.fail_codebook_dots(task, reason);
    }

    fn opened(page: &mut Reducer) {
        let step = &mut page.codebook().sounds.step;
        if *step == CodebookStep::Lost {
            *step = CodebookStep::Loading;
        }
    }

    fn closed(page: &mut Reducer) {
        page.stop_computing_dots();
        page.end_preset_round();
    }

    fn follow(page: &mut Reducer) {
        page.follow_codebook_sounds();
        if page.state.page.tab != Tab::Places {
            page.end_preset_round();
        }
    }
}

impl Reducer<'_> {
    pub(super) fn codebook(&mut self) -> &mut SoundCodebook {
        &mut self.state.panels.codebook
    }

    fn act_in_codebook(&mut self, action: CodebookAction) {
        match action {
            CodebookAction::ChooseLayer { layer } => self.choose_codebook_layer(layer),
            CodebookAction::ToggleCodes => self.toggle_codes(),
            CodebookAction::ToggleBar { bar } => self.toggle_codebook_bar(bar),
            CodebookAction::ReleaseBars => self.release_codebook_bars(),
            CodebookAction::GiveRoom { bars } => self.give_room_for_bars(bars),
            CodebookAction::Choose { dot } => self.choose_codebook_dot(dot),
            CodebookAction::Go { dot } => self.go_to_codebook_dot(dot),
            CodebookAction::TogglePlaying { rows } => self.toggle_preset_round(rows),
            CodebookAction::EndTurn { turn } => self.end_preset_turn(turn),
        }
    }

    fn choose_codebook_dot(&mut self, dot: usize) {
        if point_of(self.state, dot).is_some() {
            self.codebook().chosen = Some(dot);
        }
    }

    /// Goes to a dot and plays it: a preset with its exact patch.
    fn go_to_codebook_dot(&mut self, dot: usize) {
        let Some(point) = point_of(self.state, dot) else { return };
        self.end_preset_round();
        self.codebook().chosen = Some(dot);
        let is_preset = self.state.library.known.as_ref().is_some_and(|known| dot < known.len());
        let edit =
            if is_preset { Edit::GoToPreset(dot) } else { Edit::GoTo(self.state.location(point, None)) };
        self.edit(edit);
        self.touch(TouchAction::Sample(self.state.panels.now_ms));
    }
}
