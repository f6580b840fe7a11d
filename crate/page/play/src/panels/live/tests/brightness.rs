//! The brightness of a voice and the first macro-control: the voice moves it, and it returns with the end of the voice.

use std::rc::Rc;

use patch::{Parameter, Patch};
use plane::{Coordinates, Map};

use super::*;
use crate::action::PageAction;
use crate::instruments::InstrumentAction;
use crate::page::Tab;
use crate::panels::macros::{Macros, MacrosAnswer, PROPERTY_COUNT, PropertyReach};
use crate::tone_domain::ToneDomain;

/// A page with a voice, and macro-controls that have measured the sound.
fn measured() -> (LivePage, TaskNumber) {
    let (mut page, task) = LivePage::listening();
    page.act(Action::Page(PageAction::SelectTab(Tab::Sound)));
    page.panel(PanelAction::Open(PanelId::Macros));
    page.panel(PanelAction::Loaded(PanelId::Macros));
    page.act(Action::Frame(0.0));
    let (number, _) = page.macros_tasks.pop().expect("the sound is measured");
    let both = PropertyReach { value: Some(50.0), less: Some(-20.0), more: Some(20.0), predicted: false };
    let answer = MacrosAnswer::Reach { reach: vec![both; PROPERTY_COUNT] };
    page.panel(PanelAction::News(number, TaskNews::Answer(PanelAnswer::Macros(answer))));
    page.panel(PanelAction::News(number, TaskNews::Ended));
    (page, task)
}

impl LivePage {
    fn sing_brightly(&mut self, task: TaskNumber, amount: f32) {
        self.answer(task, LiveAnswer::Heard { report: report(&[VoiceEvent::Brightness { amount }]) });
        self.compute();
    }

    /// A worker computes the patches that the macro-controls ask for.
    fn compute(&mut self) {
        self.act(Action::Frame(0.0));
        while let Some(at) =
            self.macros_tasks.iter().position(|(_, task)| matches!(task, MacrosTask::Compute { .. }))
        {
            let (number, task) = self.macros_tasks.remove(at);
            let MacrosTask::Compute { amounts } = task else { continue };
            let mut patch = Patch::default();
            patch.set(Parameter::FilterCutoff, patch.get(Parameter::FilterCutoff) - amounts[0] / 4.0);
            let answer = MacrosAnswer::Patch { patch: patch.values().to_vec() };
            self.panel(PanelAction::News(number, TaskNews::Answer(PanelAnswer::Macros(answer))));
            self.panel(PanelAction::News(number, TaskNews::Ended));
            self.act(Action::Frame(0.0));
        }
    }

    fn slider(&self) -> f32 {
        Macros::model(&self.state).sliders[0].amount
    }

    fn moves_brightness(&self) -> bool {
        self.model().voice.expect("a voice plays").moves_brightness
    }
}

#[test]
fn without_macro_controls_it_says_so_and_with_them_the_brightness_moves_the_first_one() {
    let (page, _) = LivePage::listening();
    assert!(!page.moves_brightness());
    let (mut page, task) = measured();
    assert!(page.moves_brightness());
    let before = page.state.heard_patch();
    page.sing_brightly(task, 0.5);
    assert_eq!(page.slider(), 0.5);
    assert_ne!(page.state.heard_patch(), before);
    page.sing_brightly(task, 0.52);
    assert_eq!(page.slider(), 0.5, "so little is not heard");
    page.press();
    page.compute();
    assert_eq!((page.slider(), page.state.heard_patch()), (0.0, before));
}

#[test]
fn closing_the_macro_controls_puts_the_sound_back() {
    let (mut page, task) = measured();
    let before = page.state.heard_patch();
    page.sing_brightly(task, 0.5);
    assert_ne!(page.state.heard_patch(), before);
    page.panel(PanelAction::Close(PanelId::Macros));
    assert_eq!(page.state.heard_patch(), before);
    page.press();
    assert_eq!(page.state.heard_patch(), before);
}

#[test]
fn a_voice_that_ends_while_recorded_tones_play_leaves_amsynth_as_it_was() {
    let (mut page, task) = measured();
    let before = page.state.heard_patch();
    page.sing_brightly(task, 0.5);
    page.act(Action::Instrument(InstrumentAction::Choose(Some(ToneDomain::Strings))));
    let files = (Rc::new(Coordinates::default()), Rc::new(Map::default()));
    page.act(Action::Instrument(InstrumentAction::Loaded(ToneDomain::Strings, files.0, files.1)));
    page.act(Action::Frame(0.0));
    page.press();
    page.act(Action::Frame(0.0));
    page.act(Action::Instrument(InstrumentAction::Choose(None)));
    page.compute();
    assert_eq!((page.slider(), page.state.heard_patch()), (0.0, before));
}
