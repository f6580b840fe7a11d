//! The macro-controls as a person sees and hears them, when answers come late, out of order or never.

mod orders;
mod predictions;
mod voice;
mod wishes;

use patch::{Parameter, Patch};

use super::*;
use crate::action::{Action, Edit, PageAction, SoundAction, Start};
use crate::effect::{Effect, Effects};
use crate::page::Tab;
use crate::panels::decisions::PanelDecisions;
use crate::panels::tasks::{TaskNews, TaskNumber};
use crate::panels::{OwnAction, PanelAction, PanelAnswer, PanelId, PanelTask};
use crate::reduce;
use crate::state::State;

/// A page with the macro-controls and a simulated worker, whose tasks wait until a test answers them.
struct MacrosPage {
    state: State,
    running: Vec<(TaskNumber, MacrosTask)>,
    timers: Vec<Action>,
    kept: Vec<MacroControllers>,
}

impl MacrosPage {
    /// A page with a sound, whose script is loaded.
    fn open() -> Self {
        let mut page = Self {
            state: State::new(Start::default()),
            running: Vec::new(),
            timers: Vec::new(),
            kept: Vec::new(),
        };
        page.act(Action::Sound(SoundAction::Decoded(Box::default())));
        page.act(Action::Page(PageAction::SelectTab(Tab::Sound)));
        page.panel(PanelAction::Open(PanelId::Macros));
        page.panel(PanelAction::Loaded(PanelId::Macros));
        page
    }

    /// A page whose sound is measured: all sliders but the second move both ways; that one moves towards less alone.
    fn measured() -> Self {
        let mut page = Self::open();
        page.rest();
        page.find();
        page
    }

    fn act(&mut self, action: Action) {
        let effects = reduce(&mut self.state, action);
        self.follow(effects);
    }

    fn panel(&mut self, action: PanelAction) {
        self.act(Action::Panel(action, 0.0));
        self.frame();
    }

    fn own(&mut self, action: MacrosAction) {
        self.panel(PanelAction::Act(OwnAction::Macros(action)));
    }

    fn frame(&mut self) {
        self.act(Action::Frame(0.0));
    }

    fn follow(&mut self, effects: Effects) {
        for effect in effects {
            match effect {
                Effect::Begin(number, task) => {
                    if let PanelTask::Macros(task) = *task {
                        self.running.push((number, task));
                    }
                }
                Effect::Cancel(_, number) => self.running.retain(|(running, _)| *running != number),
                Effect::After(_, action) if matches!(*action, Action::Panel(..)) => self.timers.push(*action),
                Effect::KeepMacroControllers(controllers) => self.kept.push(controllers),
                _ => {}
            }
        }
    }

    /// Lets all timers run that wait now, and those that they start.
    fn rest(&mut self) {
        for _ in 0..4 {
            for action in std::mem::take(&mut self.timers) {
                self.act(action);
            }
            self.frame();
        }
    }

    fn news(&mut self, number: TaskNumber, news: TaskNews) {
        self.panel(PanelAction::News(number, news));
    }

    fn answer(&mut self, number: TaskNumber, answer: MacrosAnswer) {
        self.news(number, TaskNews::Answer(PanelAnswer::Macros(answer)));
    }

    fn end(&mut self, number: TaskNumber) {
        self.running.retain(|(running, _)| *running != number);
        self.news(number, TaskNews::Ended);
    }

    fn task(&self, is_it: impl Fn(&MacrosTask) -> bool) -> Option<TaskNumber> {
        self.running.iter().find(|(_, task)| is_it(task)).map(|(number, _)| *number)
    }

    fn finding(&self) -> Option<TaskNumber> {
        self.task(|task| matches!(task, MacrosTask::Find { .. }))
    }

    fn computing(&self) -> Option<(TaskNumber, MacroAmountList)> {
        self.running.iter().rev().find_map(|(number, task)| match task {
            MacrosTask::Compute { amounts } => Some((*number, *amounts)),
            _ => None,
        })
    }

    /// The workers find the reach of all sliders.
    fn find(&mut self) {
        let task = self.finding().expect("a measurement runs");
        self.answer(task, MacrosAnswer::Reach { reach: reach() });
        self.end(task);
    }

    /// A worker computes the patch of the amounts that are asked for, as long as some are.
    fn compute(&mut self) {
        while let Some((task, amounts)) = self.computing() {
            self.answer(task, MacrosAnswer::Patch { patch: patch_at(amounts).values().to_vec() });
            self.end(task);
        }
    }

    fn model(&self) -> MacrosModel {
        Macros::model(&self.state)
    }

    fn heard(&self) -> Patch {
        self.state.heard_patch().expect("a patch is heard")
    }

    fn undo(&mut self) {
        self.act(Action::Edit(Edit::Undo));
        self.frame();
    }
}

fn reach() -> Vec<PropertyReach> {
    let both = PropertyReach { value: Some(50.0), less: Some(-20.0), more: Some(20.0), predicted: false };
    let mut all = vec![both; PROPERTY_COUNT];
    all[1].more = Some(0.1);
    all
}

/// The simulated patch at amounts: another one for each, and the measured sound's own at 0.
fn patch_at(amounts: MacroAmountList) -> Patch {
    let mut patch = Patch::default();
    patch.set(Parameter::FilterCutoff, patch.get(Parameter::FilterCutoff) - amounts[0] / 4.0);
    patch.set(Parameter::FilterResonance, amounts[1].abs() / 4.0);
    patch
}

fn to(place: usize, amount: f32) -> MacroAmountList {
    let mut amounts = [0.0; PROPERTY_COUNT];
    amounts[place] = amount;
    amounts
}

#[test]
fn the_first_sentence_of_a_sound_that_is_heard_does_not_ask_for_one() {
    let mut state = State::new(Start::default());
    assert_eq!(Macros::model(&state).status, MacrosStatus::Unknown);
    let _effects = reduce(&mut state, Action::Sound(SoundAction::Decoded(Box::default())));
    assert_eq!(Macros::model(&state).status, MacrosStatus::Waits);
}

#[test]
fn the_sound_is_measured_at_once_and_another_one_once_it_rests() {
    let mut page = MacrosPage::open();
    assert_eq!(page.model().status, MacrosStatus::Measuring);
    let mut elsewhere = Patch::default();
    elsewhere.set(Parameter::FilterCutoff, 0.123);
    page.act(Action::Edit(Edit::SetPatch(Box::new(elsewhere))));
    page.frame();
    assert_eq!((page.model().status, page.finding()), (MacrosStatus::Waits, None));
    page.rest();
    assert_eq!(page.model().status, MacrosStatus::Measuring);
    page.find();
    assert_eq!(page.model().status, MacrosStatus::Measured);
    assert!(page.model().sliders.iter().all(|slider| !slider.is_fixed));
}

#[test]
fn a_stopped_measurement_waits_for_the_button_and_its_late_answer_is_dropped() {
    let mut page = MacrosPage::open();
    page.rest();
    let late = page.finding().expect("a measurement runs");
    page.own(MacrosAction::ToggleMeasuring);
    page.answer(late, MacrosAnswer::Reach { reach: reach() });
    assert_eq!(page.model().status, MacrosStatus::Stopped);
    assert!(page.model().sliders.iter().all(|slider| slider.is_fixed));
    page.rest();
    assert_eq!(page.finding(), None, "it does not begin by itself");
    page.own(MacrosAction::ToggleMeasuring);
    page.find();
    assert_eq!(page.model().status, MacrosStatus::Measured);
}

#[test]
fn a_finger_that_scrolls_after_the_sound_is_forgotten_moves_no_slider() {
    let mut page = MacrosPage::measured();
    page.own(MacrosAction::Move { place: 0, amount: 0.5 });
    page.compute();
    page.own(MacrosAction::Press { place: 0, is_touch: true });
    page.own(MacrosAction::Move { place: 0, amount: 0.6 });
    let (task, _) = page.computing().expect("a patch is computed");
    page.news(task, TaskNews::Failed("lost".to_owned()));
    assert_eq!(page.model().sliders[0].amount, 0.0);
    page.own(MacrosAction::Scroll { place: 0 });
    assert_eq!(page.model().sliders[0].amount, 0.0, "nothing is measured");
}

#[test]
fn a_drag_is_one_step_of_undo_even_where_its_patches_come_late() {
    let mut page = MacrosPage::measured();
    let before = page.heard();
    page.own(MacrosAction::Press { place: 0, is_touch: false });
    for amount in [0.2, 0.4, 0.6] {
        page.own(MacrosAction::Move { place: 0, amount });
    }
    page.own(MacrosAction::Moved);
    // A key follows while the drag is still computed.
    page.own(MacrosAction::PressKey);
    page.own(MacrosAction::Move { place: 1, amount: -0.5 });
    page.own(MacrosAction::Moved);
    page.rest();
    page.compute();
    let mut both = to(0, 0.6);
    both[1] = -0.5;
    assert_eq!(page.heard(), patch_at(both));
    page.undo();
    assert_eq!(page.heard(), patch_at(to(0, 0.6)));
    assert_eq!(page.model().sliders[1].amount, 0.0, "the sliders follow undo");
    page.undo();
    assert_eq!(page.heard(), before);
    assert!(!page.model().can_reset);
}

#[test]
fn a_slider_that_cannot_go_there_stays_and_says_so() {
    let mut page = MacrosPage::measured();
    page.own(MacrosAction::Move { place: 1, amount: 0.5 });
    assert_eq!(page.model().sliders[1].amount, 0.0);
    assert_eq!(page.model().remark, Some(MacroRemark::OneWay { place: 1, towards: -1 }));
    assert_eq!(page.computing(), None);
    page.own(MacrosAction::Move { place: 1, amount: -0.5 });
    assert_eq!(page.model().remark, None);
}

#[test]
fn a_patch_that_comes_after_the_person_went_elsewhere_changes_nothing() {
    let mut page = MacrosPage::measured();
    page.own(MacrosAction::Move { place: 0, amount: 0.5 });
    let (late, amounts) = page.computing().expect("a patch is computed");
    let mut elsewhere = Patch::default();
    elsewhere.set(Parameter::FilterCutoff, 0.123);
    page.act(Action::Edit(Edit::SetPatch(Box::new(elsewhere))));
    let heard = page.heard();
    page.answer(late, MacrosAnswer::Patch { patch: patch_at(amounts).values().to_vec() });
    page.frame();
    assert_eq!(page.heard(), heard);
    assert_eq!(page.model().status, MacrosStatus::Waits);
}

#[test]
fn closing_keeps_what_is_measured_and_opening_again_shows_it() {
    let mut page = MacrosPage::measured();
    page.own(MacrosAction::Move { place: 0, amount: 0.5 });
    page.own(MacrosAction::Moved);
    page.rest();
    page.compute();
    page.panel(PanelAction::Close(PanelId::Macros));
    assert!(page.task(|task| *task == MacrosTask::Free { keeps_found: true }).is_some());
    page.panel(PanelAction::Open(PanelId::Macros));
    assert_eq!(page.model().status, MacrosStatus::Measured);
    assert_eq!(page.model().sliders[0].amount, 0.5);
}

#[test]
fn closing_before_the_end_forgets_and_drops_the_late_answer() {
    let mut page = MacrosPage::open();
    page.rest();
    let late = page.finding().expect("a measurement runs");
    page.panel(PanelAction::Close(PanelId::Macros));
    page.answer(late, MacrosAnswer::Reach { reach: reach() });
    page.panel(PanelAction::Open(PanelId::Macros));
    assert!(page.model().sliders.iter().all(|slider| slider.value.is_none()));
    page.find();
    assert_eq!(page.model().status, MacrosStatus::Measured);
}

#[test]
fn a_lost_worker_is_told_and_the_button_measures_again() {
    let mut page = MacrosPage::measured();
    page.own(MacrosAction::Move { place: 0, amount: 0.5 });
    let (task, _) = page.computing().expect("a patch is computed");
    page.news(task, TaskNews::Failed("lost".to_owned()));
    assert_eq!(page.model().status, MacrosStatus::Problem { word: "lost".to_owned() });
    assert!(page.model().can_measure);
    page.own(MacrosAction::ToggleMeasuring);
    assert_eq!(page.model().status, MacrosStatus::Measuring);
}

#[test]
fn a_finger_that_scrolls_or_taps_twice_leaves_or_clears_the_slider() {
    let mut page = MacrosPage::measured();
    page.own(MacrosAction::Press { place: 0, is_touch: true });
    page.own(MacrosAction::Move { place: 0, amount: 0.9 });
    page.own(MacrosAction::Scroll { place: 0 });
    page.compute();
    assert_eq!(page.model().sliders[0].amount, 0.0);
    page.own(MacrosAction::Press { place: 2, is_touch: true });
    page.own(MacrosAction::Move { place: 2, amount: 0.3 });
    page.own(MacrosAction::Lift { place: 2 });
    page.own(MacrosAction::Press { place: 2, is_touch: true });
    page.own(MacrosAction::Lift { place: 2 });
    page.compute();
    assert_eq!(page.model().sliders[2].amount, 0.0);
}

#[test]
fn a_learned_controller_moves_its_slider_and_only_while_the_macro_controls_are_open() {
    let turn = |page: &mut MacrosPage, value| {
        let message = crate::midi::MidiMessage::ControlChange { controller: 21, value };
        page.act(Action::Key(crate::action::KeyAction::Midi(message), 0.0));
        page.frame();
    };
    let mut page = MacrosPage::measured();
    page.own(MacrosAction::ToggleLearning);
    page.own(MacrosAction::Focus { place: 3 });
    turn(&mut page, 64);
    assert_eq!(page.model().sliders[3].controller, Some(21));
    assert_eq!(page.kept.len(), 1, "it is kept for the next visit");
    turn(&mut page, 127);
    assert_eq!(page.model().sliders[3].amount, 1.0);
    page.rest();
    page.compute();
    page.panel(PanelAction::Close(PanelId::Macros));
    turn(&mut page, 0);
    assert_eq!(page.model().sliders[3].amount, 1.0, "closed, it is the page's");
}

#[test]
fn while_recorded_tones_play_the_controllers_of_open_macro_controls_are_those_of_the_map() {
    let mut page = MacrosPage::measured();
    page.own(MacrosAction::ToggleLearning);
    page.own(MacrosAction::Focus { place: 0 });
    let turn = |page: &mut MacrosPage, value| {
        let controller = 16;
        let message = crate::midi::MidiMessage::ControlChange { controller, value };
        page.act(Action::Key(crate::action::KeyAction::Midi(message), 0.0));
        page.frame();
    };
    turn(&mut page, 64);
    turn(&mut page, 127);
    assert_eq!(page.model().sliders[0].amount, 1.0);
    let across = page.state.document().point.x;
    page.state.sound.instruments.domain = Some(crate::tone_domain::ToneDomain::Strings);
    turn(&mut page, 0);
    assert_ne!(page.state.document().point.x, across, "the map has it");
    assert_eq!(page.model().sliders[0].amount, 1.0, "the slider stays");
}

#[test]
fn stored_controllers_that_are_none_or_twice_there_are_dropped() {
    let stored = vec![Some(1), Some(1), Some(200), Some(-4), None, Some(119), Some(120)];
    let own = MacroControllers::from(stored);
    assert_eq!(
        [own.get(0), own.get(1), own.get(2), own.get(5), own.get(6)],
        [Some(1), None, None, Some(119), None]
    );
}
