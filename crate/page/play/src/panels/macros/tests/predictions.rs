//! Sliders that move before their curves are measured, and the key at which everything is measured.

use super::*;

#[test]
fn predicted_sliders_move_at_once_and_the_one_in_use_is_measured_first() {
    let mut page = MacrosPage::open();
    let task = page.finding().expect("a measurement runs");
    let predicted: Vec<PropertyReach> =
        reach().into_iter().map(|own| PropertyReach { predicted: true, ..own }).collect();
    page.answer(task, MacrosAnswer::Reach { reach: predicted.clone() });
    assert!(page.model().sliders.iter().all(|slider| !slider.is_fixed));
    assert_eq!(page.model().status, MacrosStatus::Measuring);
    assert!(page.task(|task| matches!(task, MacrosTask::Draw { .. })).is_none(), "nothing true to draw");
    page.own(MacrosAction::Move { place: 3, amount: 0.5 });
    assert!(page.task(|task| *task == MacrosTask::Prefer { place: 3 }).is_some());
    page.own(MacrosAction::Move { place: 3, amount: 0.6 });
    assert_eq!(page.running.iter().filter(|(_, task)| matches!(task, MacrosTask::Prefer { .. })).count(), 1);
    page.own(MacrosAction::Moved);
    page.compute();
    assert_eq!(page.heard(), patch_at(to(3, 0.6)));
    assert!(page.model().sliders[3].is_expected);
    // The measured curve does not go there: the slider can go back.
    let mut ends = predicted;
    ends[3] = PropertyReach { less: Some(0.0), more: Some(0.0), predicted: false, ..ends[3] };
    page.answer(task, MacrosAnswer::Reach { reach: ends });
    assert_eq!((page.heard(), page.model().sliders[3].is_fixed), (patch_at(to(3, 0.6)), false));
    page.own(MacrosAction::Zero { place: 3 });
    page.compute();
    assert!(page.model().sliders[3].is_fixed);
}

#[test]
fn a_finger_that_scrolls_leaves_the_sound_of_the_curve_before() {
    let mut page = MacrosPage::measured();
    page.own(MacrosAction::Press { place: 0, is_touch: true });
    page.own(MacrosAction::Move { place: 0, amount: 0.5 });
    page.own(MacrosAction::Moved);
    page.compute();
    let (before, steps) = (page.heard(), page.state.history.depth());
    page.own(MacrosAction::Press { place: 0, is_touch: true });
    page.own(MacrosAction::Move { place: 0, amount: -0.4 });
    // A curve that was found meanwhile leads elsewhere.
    let (task, _) = page.computing().expect("a patch is computed");
    page.answer(task, MacrosAnswer::Patch { patch: patch_at(to(1, -0.4)).values().to_vec() });
    page.end(task);
    page.own(MacrosAction::Scroll { place: 0 });
    assert_eq!(page.computing(), None, "the present curve does not count");
    assert_eq!((page.heard(), page.model().sliders[0].amount), (before, 0.5));
    assert_eq!(page.state.history.depth(), steps, "it is no step of undo");
}

#[test]
fn everything_is_measured_at_the_key_that_is_played() {
    let mut page = MacrosPage::open();
    page.panel(PanelAction::Close(PanelId::Macros));
    let played = crate::action::KeyAction::Midi(crate::midi::MidiMessage::NoteOn { key: 43, velocity: 90 });
    page.act(Action::Key(played, 0.0));
    page.panel(PanelAction::Open(PanelId::Macros));
    assert!(page.task(|task| matches!(task, MacrosTask::Find { key: 43, .. })).is_some());
    page.find();
    page.own(MacrosAction::Move { place: 0, amount: 0.5 });
    page.own(MacrosAction::Moved);
    page.compute();
    page.rest();
    assert!(page.task(|task| matches!(task, MacrosTask::Measure { key: 43, .. })).is_some());
}

#[test]
fn the_first_slider_works_while_the_others_are_measured_and_stays_where_it_is_moved() {
    let mut page = MacrosPage::open();
    page.rest();
    let task = page.finding().expect("a measurement runs");
    let unknown = PropertyReach { value: None, less: None, more: None, predicted: true };
    let first = [vec![reach()[0]], vec![unknown; PROPERTY_COUNT - 1]].concat();
    page.answer(task, MacrosAnswer::Reach { reach: first });
    assert!(!page.model().sliders[0].is_fixed && page.model().sliders[1].is_fixed);
    page.own(MacrosAction::Move { place: 0, amount: 0.5 });
    page.own(MacrosAction::Moved);
    page.compute();
    assert_eq!(page.heard(), patch_at(to(0, 0.5)));
    page.find();
    assert_eq!(page.model().sliders[0].amount, 0.5);
    assert!(page.model().sliders.iter().all(|slider| slider.is_measured));
}
