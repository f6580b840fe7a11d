//! A word of the search moves a slider.

use std::rc::Rc;

use plane::{Coordinates, Presets};

use super::*;
use crate::action::{FindAction, LoadAction};

/// A page with a measured sound, whose panel is closed, and a search for this word.
fn searching(word: &str) -> MacrosPage {
    let mut page = MacrosPage::measured();
    page.panel(PanelAction::Close(PanelId::Macros));
    page.act(Action::Page(PageAction::SelectTab(Tab::Places)));
    let known = Coordinates {
        version: plane::coordinates::VERSION,
        banks: vec!["A.bank".to_owned()],
        name: vec!["One".to_owned()],
        bank: vec![0],
        index: vec![0],
        x: vec![0.0],
        y: vec![0.0],
        ..Coordinates::default()
    };
    let presets = Rc::new(Presets::new(vec![Patch::default()]));
    page.act(Action::Load(LoadAction::Library(Rc::new(known), presets, None)));
    page.act(Action::Find(FindAction::Query(word.to_owned())));
    page.frame();
    page
}

#[test]
fn a_word_moves_its_slider_once_its_curve_is_measured_as_one_step() {
    let mut page = searching("brighter");
    let before = page.heard();
    page.rest();
    assert_eq!((page.heard(), page.state.page.tab), (before, Tab::Places), "typing changes nothing");
    page.act(Action::Find(FindAction::ChangeSound));
    page.rest();
    if page.finding().is_some() {
        page.find();
    }
    page.compute();
    assert_eq!(page.state.page.tab, Tab::Sound);
    assert!(page.model().sliders[0].amount > 0.0);
    assert_ne!(page.heard(), before);
    page.undo();
    assert_eq!(page.heard(), before, "one step of undo");
}

#[test]
fn a_word_asks_once_and_not_again_when_its_panel_was_closed() {
    let mut page = searching("darker");
    // Another sound, which is not measured yet.
    let mut other = Patch::default();
    other.set(Parameter::FilterCutoff, 0.4);
    page.act(Action::Edit(Edit::SetPatch(Box::new(other))));
    page.act(Action::Find(FindAction::ChangeSound));
    page.frame();
    page.panel(PanelAction::Close(PanelId::Macros));
    page.panel(PanelAction::Open(PanelId::Macros));
    page.rest();
    page.find();
    page.compute();
    assert_eq!((page.model().sliders[0].amount, page.heard()), (0.0, other));
}

#[test]
fn a_word_without_a_slider_changes_nothing() {
    let mut page = searching("more reverb");
    assert!(page.state.map.finder.reading.change.is_some_and(|change| slider_of(change.property).is_none()));
    page.act(Action::Find(FindAction::ChangeSound));
    assert_eq!(page.state.page.tab, Tab::Places);
}
