//! The events of Breed, each led to the file that decides it, and the sound that it follows.

use super::generation::BreedRules;
use super::near::near_presets;
use super::round::{BredSound, BreedRound, EarResult, RoundStart};
use super::*;
use crate::action::Edit;
use crate::compare::Location;
use crate::error::AppError;
use crate::notes::MIDDLE_C;
use crate::page::Tab;
use crate::panels::between::BetweenName;
use crate::panels::decisions::PanelDecisions;
use crate::panels::{OwnAction, PanelId};
use crate::reduce::Reducer;
use crate::state::State;

/// The time without a change after which another sound gets children, in milliseconds: longer than between two touches
/// of a phrase.
const REST_MS: i32 = 1000;

impl BredSound {
    /// The current sound; none before its patch is known.
    pub fn here(state: &State) -> Option<Self> {
        Some(Self { location: state.document().here(), patch: state.heard_patch()? })
    }
}

/// The key that a person plays: the lowest one that is down, or else the one that the current point has.
fn played_key(state: &State) -> u8 {
    let down = (0..128).find(|&key| state.keys.is_down(key));
    down.or_else(|| state.notes().keys_at(state.point()).first().copied()).unwrap_or(MIDDLE_C)
}

impl PanelDecisions for Breed {
    type Action = BreedAction;
    type Answer = BreedAnswer;
    type Model = BreedModel;

    fn model(state: &State) -> BreedModel {
        model::model(state)
    }

    fn act(page: &mut Reducer, action: BreedAction) {
        let is_open = page.state.panels.is_open(PanelId::Breed);
        match action {
            BreedAction::Rest { count } => page.rest_breed(count),
            _ if !is_open => {}
            BreedAction::Press { child } => page.hear_child(child, false),
            BreedAction::Slide { child } => page.slide_to_child(child),
            BreedAction::Lift => page.lift_child(),
            BreedAction::Strike { child } => page.hear_child(child, true),
            BreedAction::SetMode { mode } => page.breed().settings.modes = [mode; SECTION_COUNT],
            BreedAction::SetSwap { section, is_on } => page.breed().settings.set_swap(section, is_on),
            BreedAction::SetAmount { percent } => {
                page.breed().settings.amounts = [share_of(percent); SECTION_COUNT];
            }
            BreedAction::SetSectionAmount { section, percent } => {
                page.breed().settings.set_amount(section, percent);
            }
            BreedAction::ToggleSection { section } => page.toggle_bred_section(section),
            BreedAction::Keep { child, name } => page.keep_child(child, &name),
            BreedAction::GoOn => page.go_on_breeding(),
            BreedAction::GoBack => page.go_back_breeding(),
        }
    }

    fn answer(page: &mut Reducer, task: TaskNumber, answer: BreedAnswer) {
        let BreedAnswer::Measured { from, numbers } = answer;
        page.take_measured_children(task, from, &numbers);
    }

    fn ended(page: &mut Reducer, task: TaskNumber) {
        page.end_child_measuring(task, false);
    }

    fn failed(page: &mut Reducer, task: TaskNumber, _reason: &str) {
        page.end_child_measuring(task, true);
    }

    fn opened(page: &mut Reducer) {
        let breed = page.breed();
        breed.seen = None;
        breed.has_opened = true;
        breed.is_lost = false;
        breed.kept = None;
    }

    fn closed(page: &mut Reducer) {
        page.end_child();
        page.cancel_measurings();
        page.begin_task(BreedTask::Free);
    }

    fn silenced(page: &mut Reducer) {
        page.breed().sounding = None;
    }

    fn hidden(page: &mut Reducer) {
        page.end_child();
    }

    fn follow(page: &mut Reducer) {
        page.follow_sound_of_breed();
    }
}

fn share_of(percent: f32) -> f32 {
    if percent.is_nan() { USUAL_AMOUNT } else { (percent / 100.0).clamp(0.0, 1.0) }
}

impl BreedSettings {
    fn set_swap(&mut self, section: usize, is_on: bool) {
        if let Some(mode) = self.modes.get_mut(section) {
            *mode = if is_on { BreedMode::Both } else { BreedMode::Mutate };
        }
    }

    /// A person who sets the amount of a section wants it to mutate.
    fn set_amount(&mut self, section: usize, percent: f32) {
        let Some((amount, mode)) = self.amounts.get_mut(section).zip(self.modes.get_mut(section)) else {
            return;
        };
        *amount = share_of(percent);
        if *mode == BreedMode::Swap {
            *mode = BreedMode::Both;
        }
    }
}

impl State {
    /// The rules of the next children.
    pub(super) fn breed_rules(&self) -> BreedRules {
        let BreedSettings { modes, amounts, is_kept } = self.panels.breed.settings;
        BreedRules { modes, amounts, is_kept, locked: self.document().locks.indices() }
    }
}

impl Reducer<'_> {
    pub(super) fn breed(&mut self) -> &mut Breed {
        &mut self.state.panels.breed
    }

    fn toggle_bred_section(&mut self, section: usize) {
        if let Some(is_kept) = self.breed().settings.is_kept.get_mut(section) {
            *is_kept ^= true;
        }
        self.begin_missing_children();
    }

    /// Draws the children of a round that has none, once something may change.
    fn begin_missing_children(&mut self) {
        let rules = self.state.breed_rules();
        let Some(round) = self.breed().rounds.shown() else { return };
        if !round.children.is_empty() || rules.free_sections().is_empty() {
            return;
        }
        let (before, number) = (round.start.before, round.start.number);
        let (parent, name, ear) =
            (round.start.parent.clone(), round.start.name.clone(), round.start.parent_ear.clone());
        self.begin_breed_round((before, number), parent, name, ear);
    }

    /// Follows the current sound while a person sees the panel.
    fn follow_sound_of_breed(&mut self) {
        // Recorded tones have no patch: while they play, the children wait for the sound that they know.
        if self.state.page.tab != Tab::Sound || !self.state.is_amsynth() {
            return;
        }
        let here = BredSound::here(self.state);
        let breed = self.breed();
        let is_same = here == breed.seen;
        if !is_same {
            breed.changes = breed.changes.wrapping_add(1);
            breed.seen.clone_from(&here);
        }
        let Some(here) = here.filter(|_| !is_same || breed.has_opened) else { return };
        let was_shown = breed.rounds.shown().map(|round| round.start.id);
        if breed.rounds.show_of(&here) {
            breed.has_opened = false;
            // Its children may not all be measured yet.
            if was_shown != self.breed().rounds.shown().map(|round| round.start.id)
                || self.breed().measurings.is_empty()
            {
                self.end_child();
                self.measure_children();
            }
            return;
        }
        if std::mem::take(&mut breed.has_opened) {
            return self.begin_first_round(here);
        }
        self.wait_for_breed();
    }

    /// Waits until the sound rests; one timer at a time.
    fn wait_for_breed(&mut self) {
        let breed = self.breed();
        if !std::mem::replace(&mut breed.is_waiting, true) {
            let count = breed.changes;
            self.act_later(REST_MS, OwnAction::Breed(BreedAction::Rest { count }));
        }
    }

    /// A while has passed since the sound of this count: draws its children if it has rested, or waits on.
    fn rest_breed(&mut self, count: u32) {
        let is_open = self.state.panels.is_open(PanelId::Breed);
        let is_touched = self.state.touches.is_touched();
        let breed = self.breed();
        breed.is_waiting = false;
        let Some(seen) = breed.seen.clone().filter(|_| is_open) else { return };
        if breed.rounds.show_of(&seen) {
            return;
        }
        if breed.changes != count || is_touched {
            return self.wait_for_breed();
        }
        self.begin_first_round(seen);
    }

    /// Draws the children of a sound that came from elsewhere.
    fn begin_first_round(&mut self, parent: BredSound) {
        let name = BetweenName::here(self.state);
        self.begin_breed_round((None, 1), parent, name, EarResult::Unmeasured);
    }

    /// Draws the children of a sound, and begins to measure them. `origin`: the round before, and the number of this.
    fn begin_breed_round(
        &mut self,
        (before, number): (Option<u32>, u32),
        parent: BredSound,
        name: BetweenName,
        parent_ear: EarResult,
    ) {
        self.end_child();
        let id = self.breed().rounds.next_id();
        let round = BreedRound::begin(RoundStart {
            id,
            before,
            number,
            name,
            parent_ear,
            key: played_key(self.state),
            seed: self.state.panels.now_ms.to_bits().rotate_left(17) ^ u64::from(id),
            donors: near_presets(self.state, &parent),
            rules: self.state.breed_rules(),
            parent,
        });
        let breed = self.breed();
        breed.rounds.add(round);
        breed.kept = None;
        self.measure_children();
    }

    /// The chosen child becomes the current sound, with eight new children.
    fn go_on_breeding(&mut self) {
        if self.state.breed_rules().free_sections().is_empty() {
            return;
        }
        let Some(round) = self.breed().rounds.shown() else { return };
        let (id, number, name) = (round.start.id, round.start.number, round.start.name.clone());
        let point = round.start.parent.location.point;
        let chosen = round.chosen.and_then(|child| round.children.get(child)).cloned();
        let Some(child) = chosen else {
            let (parent, ear) = (round.start.parent.clone(), round.start.parent_ear.clone());
            return self.begin_breed_round((Some(id), number), parent, name, ear);
        };
        self.end_child();
        let location = self.state.location(point, Some(Box::new(child.patch)));
        self.go_to_bred(location.clone());
        // Locked values may differ from those of the child.
        let parent = BredSound::here(self.state).unwrap_or(BredSound { location, patch: child.patch });
        let ear = if parent.patch == child.patch { child.ear } else { EarResult::Unmeasured };
        self.breed().seen = Some(parent.clone());
        self.begin_breed_round((Some(id), number + 1), parent, name, ear);
    }

    fn go_to_bred(&mut self, location: Location) {
        self.state.history.finish_step();
        self.change(|document| document.go(location));
        self.follow_document();
    }

    /// Goes back to the round before: by undo if that had another sound.
    fn go_back_breeding(&mut self) {
        let Some(round) = self.breed().rounds.shown() else { return };
        let Some(before) = round.start.before else { return };
        let sound = round.start.parent.clone();
        let Some(parent) = self.breed().rounds.find(before).map(|round| round.start.parent.clone()) else {
            return;
        };
        self.end_child();
        if parent != sound {
            let (past, _) = self.state.history.steps();
            if past.last().is_some_and(|document| document.here() == parent.location) {
                self.edit(Edit::Undo);
            } else {
                // Undo would take back what was done since.
                self.go_to_bred(parent.location.clone());
            }
        }
        let breed = self.breed();
        breed.rounds.show(before);
        breed.seen = Some(parent);
        breed.kept = None;
        self.measure_children();
    }

    /// Pins a child where it stands on the map. The wheel stays.
    fn keep_child(&mut self, child: usize, name: &str) {
        let Some(round) = self.breed().rounds.shown() else { return };
        let middle = round.start.parent.location.point;
        let Some(patch) = round.children.get(child).map(|child| child.patch) else { return };
        let point = self.state.child_point(middle, child);
        let location = self.state.location(point, Some(Box::new(patch)));
        if self.state.document().landmarks.are_full() {
            self.breed().kept = Some(KeptChild { child, name: None });
            return self.report(AppError::LandmarksFull);
        }
        self.state.history.finish_step();
        self.change(|document| drop(document.landmarks.drop_at(location, name)));
        self.follow_document();
        let last = self.state.document().landmarks.all().last();
        let name = last.map(|landmark| landmark.name.clone());
        self.breed().kept = Some(KeptChild { child, name });
    }
}
