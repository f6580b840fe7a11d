//! Locked groups, edits that a touch discards, and measured sounds.

use super::instruments::{choose, loaded};
use super::*;
use crate::action::EditingAction;
use crate::editing::HeardValues;
use crate::tone_domain::ToneDomain;
use patch::Group;

/// A page with a decoded patch and the sound awake.
fn with_patch() -> Page {
    let mut page = Page::awake();
    page.act(Action::Sound(SoundAction::Decoded(Box::new(decoded(0.2)))));
    page
}

fn decoded(cutoff: f32) -> Patch {
    let mut patch = Patch::default();
    patch.set(Parameter::FilterCutoff, cutoff);
    patch.set(Parameter::AmpAttack, cutoff);
    patch
}

fn heard(page: &Page, parameter: Parameter) -> f32 {
    page.state.heard_patch().unwrap().get(parameter)
}

/// The overrides that the last action sent.
fn held(page: &Page) -> Vec<(Parameter, Option<f32>)> {
    let commands = page.audio().into_iter();
    commands
        .filter_map(|command| match command {
            AudioCommand::HoldParameter(parameter, value) => Some((*parameter, *value)),
            _ => None,
        })
        .collect()
}

fn edit(page: &mut Page, cutoff: f32) {
    page.act(Action::Edit(Edit::SetParameter(Parameter::FilterCutoff, cutoff)));
}

#[test]
fn a_locked_group_stays_while_the_rest_follows_the_map() {
    let mut page = with_patch();
    page.act(Action::Edit(Edit::ToggleLock(Group::Filter)));
    assert!(held(&page).contains(&(Parameter::FilterCutoff, Some(0.2))));
    assert!(held(&page).iter().all(|(parameter, _)| parameter.info().group == Group::Filter));
    page.press(1, at(1.0));
    page.act(Action::Sound(SoundAction::Decoded(Box::new(decoded(0.9)))));
    assert_eq!(
        [Parameter::FilterCutoff, Parameter::AmpAttack].map(|parameter| heard(&page, parameter)),
        [0.2, 0.9]
    );
    page.slide(1, at(2.0));
    assert_eq!(held(&page), [], "the instrument keeps them");
    page.lift(1);
    assert!(!page.state.is_edited(), "nothing would be lost");
    page.act(Action::Edit(Edit::Undo));
    page.act(Action::Edit(Edit::Undo));
    assert!(held(&page).contains(&(Parameter::FilterCutoff, None)));
}

#[test]
fn a_locked_value_can_be_edited_and_stays_edited() {
    let mut page = with_patch();
    page.act(Action::Edit(Edit::ToggleLock(Group::Filter)));
    edit(&mut page, 1.0);
    assert_eq!(held(&page), [(Parameter::FilterCutoff, Some(1.0))]);
    page.press(1, at(1.0));
    page.lift(1);
    assert_eq!(heard(&page, Parameter::FilterCutoff), 1.0);
    assert_eq!(page.state.editing.discarded, None);
}

#[test]
fn unlocking_keeps_the_sound_until_the_point_moves() {
    let mut page = with_patch();
    page.act(Action::Edit(Edit::ToggleLock(Group::Filter)));
    page.act(Action::Edit(Edit::ToggleLock(Group::Filter)));
    assert_eq!(page.state.document().patch, None, "the map has the same values");
    page.act(Action::Edit(Edit::ToggleLock(Group::Filter)));
    page.act(Action::Sound(SoundAction::Decoded(Box::new(decoded(0.9)))));
    page.act(Action::Edit(Edit::ToggleLock(Group::Filter)));
    assert_eq!(
        [Parameter::FilterCutoff, Parameter::AmpAttack].map(|parameter| heard(&page, parameter)),
        [0.2, 0.9]
    );
    assert!(page.state.is_edited() && page.state.document().locks.is_empty());
}

#[test]
fn a_new_instrument_gets_the_locked_values() {
    let mut page = with_patch();
    page.act(Action::Edit(Edit::ToggleLock(Group::Filter)));
    page.act(Action::Sound(SoundAction::NodeReady));
    assert!(held(&page).contains(&(Parameter::FilterCutoff, Some(0.2))));
}

#[test]
fn a_link_and_a_landmark_have_the_locked_values_in_their_patch() {
    let mut page = with_patch();
    page.act(Action::Edit(Edit::ToggleLock(Group::Filter)));
    page.act(Action::Sound(SoundAction::Decoded(Box::new(decoded(0.9)))));
    page.act(Action::Edit(Edit::AddLandmark("Mark".to_owned())));
    let mark = page.state.document().landmarks.all()[0].patch.clone().unwrap();
    assert_eq!((mark.get(Parameter::FilterCutoff), mark.get(Parameter::AmpAttack)), (0.2, 0.9));
    let link = Link { document: page.state.shared_document(), ..Link::default() };
    let read = Link::read(&link.write()).unwrap();
    assert_eq!(read.document.locks, page.state.document().locks);
    let mut other = with_patch();
    other.act(Action::Edit(Edit::OpenLink(Box::new(read))));
    assert_eq!(other.state.heard_patch(), page.state.heard_patch());
}

#[test]
fn a_touch_that_discards_an_edit_offers_to_restore_it_for_a_while() {
    let mut page = with_patch();
    edit(&mut page, 1.0);
    page.press(1, at(1.0));
    let ends = page.effects.iter().find_map(|effect| match effect {
        Effect::After(_, action) if matches!(**action, Action::Editing(_)) => Some((**action).clone()),
        _ => None,
    });
    page.slide(1, at(2.0));
    page.lift(1);
    assert!(page.state.editing.discarded.is_some());
    page.press(1, at(3.0));
    page.lift(1);
    page.act(Action::Edit(Edit::RestoreEdit));
    assert!(near(page.state.point(), at(0.0)) && page.state.is_edited());
    assert_eq!((heard(&page, Parameter::FilterCutoff), &page.state.editing.discarded), (1.0, &None));
    page.act(Action::Edit(Edit::Undo));
    assert!(near(page.state.point(), at(3.0)), "restoring is a step, too");
    page.act(Action::Edit(Edit::Redo));
    page.press(1, at(1.0));
    page.lift(1);
    page.act(ends.unwrap());
    assert!(page.state.editing.discarded.is_some(), "the end of an older offer ends no newer one");
    page.act(Action::Edit(Edit::Undo));
    assert_eq!(page.state.editing.discarded, None, "the edit is back");
}

#[test]
fn an_offer_ends_with_its_time_and_with_another_edit() {
    let mut page = with_patch();
    let ends = [Action::Editing(EditingAction::EndOffer(1)), Action::Edit(Edit::SetPatch(Box::default()))];
    for (x, ends) in [1.0, 2.0].into_iter().zip(ends) {
        edit(&mut page, 1.0);
        page.press(1, at(x));
        page.lift(1);
        assert!(page.state.editing.discarded.is_some());
        page.act(ends);
        assert_eq!(page.state.editing.discarded, None);
    }
}

#[test]
fn a_drag_of_two_parameters_is_one_step() {
    let mut page = with_patch();
    for step in 1..5 {
        let values =
            [Parameter::AmpDecay, Parameter::AmpSustain].map(|parameter| (parameter, 0.1 * step as f32));
        page.act(Action::Edit(Edit::SetParameters(values.to_vec())));
    }
    page.act(Action::Edit(Edit::FinishStep));
    assert_eq!(heard(&page, Parameter::AmpSustain), 0.4);
    page.act(Action::Edit(Edit::Undo));
    assert_eq!(page.state.document().patch, None);
}

#[test]
fn a_drag_is_one_step_also_while_the_sound_before_it_plays_and_ends() {
    let mut page = with_patch();
    page.act(Action::Touch(TouchAction::Sample(0.0)));
    let set = |page: &mut Page, value| {
        page.act(Action::Edit(Edit::SetParameters(vec![(Parameter::FilterCutoff, value)])));
    };
    set(&mut page, 0.4);
    page.act(Action::Touch(TouchAction::Lose(TouchSource::Tap)));
    set(&mut page, 0.6);
    page.act(Action::Touch(TouchAction::Sample(500.0)));
    set(&mut page, 0.7);
    page.act(Action::Edit(Edit::FinishStep));
    page.act(Action::Edit(Edit::Undo));
    assert_eq!(page.state.document().patch, None);
}

#[test]
fn values_that_return_within_one_drag_are_no_edit_and_no_step() {
    let mut page = with_patch();
    let start = heard(&page, Parameter::FilterCutoff);
    for value in [0.5, 0.9, start] {
        page.act(Action::Edit(Edit::SetParameters(vec![(Parameter::FilterCutoff, value)])));
    }
    assert!(page.audio().contains(&&AudioCommand::Decode(0)), "the point's own patch plays again");
    page.act(Action::Edit(Edit::FinishStep));
    assert!(!page.state.is_edited() && !page.state.history.can_undo());
    page.act(Action::Edit(Edit::SetParameters(vec![(Parameter::FilterCutoff, 0.5)])));
    page.act(Action::Edit(Edit::FinishStep));
    assert!(page.state.is_edited() && page.state.history.can_undo(), "another value is an edit");
}

/// The patch that the last action measures.
fn measured(page: &Page) -> Option<Box<Patch>> {
    page.effects.iter().find_map(|effect| match effect {
        Effect::Measure(patch) => Some(patch.clone()),
        _ => None,
    })
}

#[test]
fn an_edited_patch_is_measured_once_it_rests() {
    let mut page = with_patch();
    page.frame();
    assert_eq!(page.state.heard_values(), HeardValues::OfMap);
    assert!(page.state.editing.waiting.is_none(), "nothing is edited");
    edit(&mut page, 1.0);
    page.frame();
    edit(&mut page, 1.1);
    page.frame();
    page.act(Action::Editing(EditingAction::Measure));
    assert_eq!(measured(&page), None, "it has changed meanwhile");
    page.act(Action::Editing(EditingAction::Measure));
    let patch = measured(&page).unwrap();
    assert_eq!(
        (patch.get(Parameter::FilterCutoff), page.state.heard_values()),
        (1.1, HeardValues::Unmeasured)
    );
    page.act(Action::Editing(EditingAction::Measured(patch, Some(vec![7.0]))));
    assert_eq!(page.state.heard_values(), HeardValues::Measured(&[7.0]));
    page.frame();
    assert!(page.state.editing.waiting.is_none(), "it is known");
    edit(&mut page, 1.2);
    assert_eq!(page.state.heard_values(), HeardValues::Unmeasured);
    page.act(Action::Edit(Edit::ClearPatch));
    assert_eq!(page.state.heard_values(), HeardValues::OfMap);
}

#[test]
fn a_failed_measurement_is_not_repeated() {
    let mut page = with_patch();
    edit(&mut page, 1.0);
    page.frame();
    page.act(Action::Editing(EditingAction::Measure));
    let patch = measured(&page).unwrap();
    page.act(Action::Editing(EditingAction::Measured(patch, None)));
    page.frame();
    assert_eq!(page.state.heard_values(), HeardValues::Unmeasurable);
    assert!(page.state.editing.waiting.is_none());
}

#[test]
fn the_loudness_of_a_voice_is_a_share_of_the_volume_and_leaves_it_as_it_was() {
    let mut page = with_patch();
    page.act(Action::Edit(Edit::SetParameter(Parameter::MasterVol, 0.8)));
    page.act(Action::Key(KeyAction::VoiceGain(Some(0.25)), 0.0));
    // The amplitude is the square of the parameter.
    let [(Parameter::MasterVol, Some(value))] = held(&page)[..] else { panic!("{:?}", page.effects) };
    assert!((value - 0.4).abs() < 1e-6, "{value}");
    page.act(Action::Key(KeyAction::VoiceGain(None), 0.0));
    assert_eq!(held(&page), [(Parameter::MasterVol, None)]);
}

#[test]
fn what_else_plays_while_a_voice_rests_has_its_own_volume_and_pitch() {
    let mut page = with_patch();
    let press = |holder| Action::Key(KeyAction::Press(holder, 60, 90), 0.0);
    let bends = |page: &Page| page.audio().contains(&&AudioCommand::PitchBend(0));
    page.act(Action::Key(KeyAction::Midi(MidiMessage::PitchBend(900)), 0.0));
    page.act(press(KeyHolder::Host(60)));
    assert!(!bends(&page), "the wheel of a MIDI keyboard stays");
    page.act(Action::Key(KeyAction::VoiceGain(Some(0.1)), 0.0));
    page.act(press(KeyHolder::Voice));
    page.act(press(KeyHolder::Host(64)));
    assert!(held(&page).is_empty(), "it sings");
    page.act(Action::Key(KeyAction::Release(KeyHolder::Voice), 0.0));
    assert!(held(&page).is_empty(), "its release keeps its volume");
    page.act(press(KeyHolder::Host(67)));
    assert_eq!(held(&page), [(Parameter::MasterVol, None)]);
    assert!(bends(&page));
}

#[test]
fn the_end_of_the_last_sung_note_keeps_its_volume_and_its_bend() {
    let mut page = with_patch();
    let voices = |count| Action::Sound(SoundAction::VoicesSounding(count));
    let bends = |page: &Page| page.audio().contains(&&AudioCommand::PitchBend(0));
    let sing = |page: &mut Page| {
        page.act(Action::Key(KeyAction::VoiceGain(Some(0.1)), 0.0));
        page.act(Action::Key(KeyAction::Press(KeyHolder::Voice, 60, 90), 0.0));
        page.act(voices(1));
        page.act(Action::Key(KeyAction::Release(KeyHolder::Voice), 0.0));
        page.act(Action::Key(KeyAction::VoiceGain(None), 0.0));
    };
    sing(&mut page);
    assert!(held(&page).is_empty() && !bends(&page), "its release sounds");
    page.act(voices(0));
    assert_eq!(held(&page), [(Parameter::MasterVol, None)]);
    assert!(bends(&page));
    page.act(voices(1));
    page.act(voices(0));
    assert!(held(&page).is_empty() && !bends(&page), "once");
    // A note that sounds beside it has its own volume at once.
    page.act(Action::Key(KeyAction::Press(KeyHolder::Host(64), 64, 90), 0.0));
    sing(&mut page);
    assert_eq!(held(&page), [(Parameter::MasterVol, None)]);
    assert!(bends(&page));
}

/// The same at the first of two presets.
fn at_preset() -> Page {
    let mut page = with_patch();
    page.act(Action::Load(LoadAction::Known(known())));
    page.act(Action::Load(LoadAction::Presets(Rc::new(Presets::new([0.3, 0.7].map(decoded).to_vec())))));
    page.act(Action::Edit(Edit::GoToPreset(0)));
    page
}

#[test]
fn discarding_changes_nothing_of_a_preset_and_returns_to_it_from_an_edit() {
    let mut page = at_preset();
    let steps = page.state.history.steps();
    page.act(Action::Edit(Edit::ClearPatch));
    assert_eq!((page.state.exact_preset(), page.state.history.steps()), (Some(0), steps));
    edit(&mut page, 1.1);
    assert!(page.state.is_edited());
    page.act(Action::Edit(Edit::ClearPatch));
    assert_eq!((page.state.exact_preset(), heard(&page, Parameter::FilterCutoff)), (Some(0), 0.3));
}

#[test]
fn discarding_returns_to_the_preset_that_was_edited_of_several_at_one_point() {
    let mut page = at_preset();
    let together = Coordinates { x: vec![1.0; 2], y: vec![0.0; 2], ..(*known()).clone() };
    page.act(Action::Load(LoadAction::Known(Rc::new(together))));
    for row in [0, 1] {
        page.act(Action::Edit(Edit::GoToPreset(row)));
        edit(&mut page, 1.1);
        page.act(Action::Edit(Edit::ClearPatch));
        assert_eq!(page.state.exact_preset(), Some(row));
    }
}

/// The same presets, placed elsewhere.
fn moved() -> Action {
    let moved = Coordinates { x: vec![-1.0, 2.0], ..(*known()).clone() };
    Action::Load(LoadAction::Known(Rc::new(moved)))
}

#[test]
fn a_preset_that_another_model_places_elsewhere_while_tones_play_is_not_edited() {
    let mut page = at_preset();
    page.act(choose(Some(ToneDomain::Strings)));
    page.act(loaded(ToneDomain::Strings));
    page.act(moved());
    page.act(choose(None));
    assert_eq!(heard(&page, Parameter::FilterCutoff), 0.3);
    assert_eq!((page.state.exact_preset(), page.state.is_edited()), (Some(0), false));
}

#[test]
fn a_preset_that_another_model_places_elsewhere_is_not_edited() {
    let mut page = at_preset();
    page.act(moved());
    assert_eq!((page.state.exact_preset(), page.state.is_edited()), (Some(0), false));
    edit(&mut page, 1.1);
    assert!(page.state.is_edited());
}

#[test]
fn edits_beside_a_locked_group_that_a_landmark_keeps_are_not_gone() {
    let mut page = with_patch();
    page.act(Action::Edit(Edit::ToggleLock(Group::Filter)));
    page.act(Action::Sound(SoundAction::Decoded(Box::new(decoded(0.9)))));
    page.act(Action::Edit(Edit::SetParameter(Parameter::AmpAttack, 0.5)));
    page.act(Action::Edit(Edit::AddLandmark("Mark".to_owned())));
    page.press(1, at(1.0));
    assert_eq!(page.state.editing.discarded, None);
}

#[test]
fn a_locked_volume_is_amsynths_alone() {
    let mut page = with_patch();
    page.act(Action::Edit(Edit::ToggleLock(Group::Amplifier)));
    let volume = held(&page).into_iter().find(|(parameter, _)| *parameter == Parameter::MasterVol);
    let (_, Some(value)) = volume.unwrap() else { panic!("it is locked") };
    page.act(Action::Load(LoadAction::Known(known())));
    page.act(Action::Load(LoadAction::Presets(Rc::new(Presets::new(vec![Patch::default(); 2])))));
    page.act(choose(Some(ToneDomain::Strings)));
    page.act(loaded(ToneDomain::Strings));
    assert_eq!(held(&page), [(Parameter::MasterVol, None)]);
    page.act(choose(None));
    assert_eq!(held(&page), [(Parameter::MasterVol, Some(value))]);
}
