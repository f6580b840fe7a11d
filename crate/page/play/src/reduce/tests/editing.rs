//! Points, patches, landmarks and links, and undo.

use super::*;
use crate::compare::Location;
use crate::landmarks::LANDMARK_LIMIT;

#[test]
fn a_stroke_is_one_undo_step_and_an_edited_patch_returns_with_its_point() {
    let mut page = Page::awake();
    page.act(Action::Edit(Edit::SetPatch(Box::default())));
    page.press(1, at(1.0));
    page.slide(1, at(2.0));
    page.slide(1, at(3.0));
    page.lift(1);
    assert_eq!(page.state.document().patch, None, "an edited patch stays behind");
    page.act(Action::Edit(Edit::Undo));
    assert!(near(page.state.point(), at(0.0)) && page.state.document().patch.is_some());
    let audio = page.audio();
    assert!(
        audio
            .iter()
            .any(|command| matches!(command, AudioCommand::SetPatch(0, _, point) if near(*point, at(0.0))))
    );
}

#[test]
fn a_press_on_a_dot_plays_its_exact_preset_until_the_finger_slides_away() {
    let mut page = Page::awake();
    let presets = [0.2, 0.7].map(|cutoff| {
        let mut patch = Patch::default();
        patch.set(Parameter::FilterCutoff, cutoff);
        patch
    });
    page.act(Action::Load(LoadAction::Known(known())));
    page.act(Action::Load(LoadAction::Presets(Rc::new(Presets::new(presets.to_vec())))));
    page.act(Action::Map(MapAction::SetOptions(Options { snap: true, ..Options::default() })));
    for (id, part) in [(1, 0), (2, 1)] {
        page.press(id, Point { x: 1.1, y: 1.05 });
        let sent = page.audio().into_iter().find_map(|command| match command {
            AudioCommand::SetPatch(sent_part, patch, point) if *sent_part == part => Some((**patch, *point)),
            _ => None,
        });
        assert_eq!(sent, Some((presets[0], Point { x: 1.0, y: 1.0 })), "part {part}");
    }
    assert_eq!(page.state.exact_preset(), Some(0));
    page.slide(1, Point { x: 1.12, y: 1.06 });
    assert_eq!(page.state.exact_preset(), Some(0), "no finger is quite still");
    page.slide(1, at(-1.0));
    assert!(page.audio().contains(&&AudioCommand::Decode(0)) && page.state.exact_preset().is_none());
    let pointer = page.pointer(2, at(-1.5));
    page.act(Action::Pointer(PointerAction::Move(pointer)));
    assert!(page.audio().contains(&&AudioCommand::Decode(1)));
}

#[test]
fn an_imported_preset_plays_as_itself_while_it_is_on_the_map() {
    let mut page = Page::awake();
    let mut imported = Patch::default();
    imported.set(Parameter::FilterCutoff, 0.3);
    let library = |rows: usize| {
        let mut all = Coordinates::clone(&known());
        all.name.truncate(rows);
        all.bank.truncate(rows);
        all.index.truncate(rows);
        all.x.truncate(rows);
        all.y.truncate(rows);
        let presets = Presets::new(vec![Patch::default(), imported][..rows].to_vec());
        Action::Load(LoadAction::Library(Rc::new(all), Rc::new(presets), Some(2)))
    };
    let place = Location { patch: Some(Box::new(imported)), ..at(-2.0).into() };
    page.act(Action::Edit(Edit::GoTo(place)));
    for (rows, exact, is_edited) in [(1, None, true), (2, Some(1), false), (1, None, false)] {
        page.act(library(rows));
        assert_eq!((page.state.exact_preset(), page.state.is_edited()), (exact, is_edited), "{rows} rows");
    }
}

#[test]
fn a_sound_has_the_name_of_a_preset_or_a_landmark_only_where_it_is_that_sound() {
    let mut page = Page::awake();
    let [mut filtered, mut edited] = [Patch::default(); 2];
    filtered.set(Parameter::FilterCutoff, 0.3);
    edited.set(Parameter::FilterResonance, 0.5);
    page.act(Action::Load(LoadAction::Known(known())));
    page.act(Action::Load(LoadAction::Presets(Rc::new(Presets::new(vec![Patch::default(), filtered])))));
    let preset = Location { patch: Some(Box::default()), ..Point { x: 1.0, y: 1.0 }.into() };
    page.act(Action::Edit(Edit::GoTo(preset.clone())));
    page.act(Action::Edit(Edit::AddLandmark("Bass".to_owned())));
    let is_bass = |page: &Page| page.state.is_sound_of(&page.state.document().landmarks.all()[0]);
    assert!(page.state.heard_preset().is_some() && is_bass(&page));
    page.act(Action::Edit(Edit::GoTo(Location { patch: Some(Box::new(edited)), ..preset.clone() })));
    assert!(!is_bass(&page), "an edited sound at the same point is another one");
    page.act(Action::Edit(Edit::GoTo(Location { patch: Some(Box::new(filtered)), ..at(-2.0).into() })));
    page.act(Action::Edit(Edit::ToggleLock(patch::Group::Filter)));
    page.act(Action::Edit(Edit::GoTo(preset)));
    assert!(page.state.exact_preset().is_some());
    assert!(
        page.state.heard_preset().is_none() && !is_bass(&page),
        "with the locked cutoff it is another one"
    );
}

#[test]
fn an_edit_of_an_overridden_parameter_does_not_edit_the_patch() {
    let mut page = Page::awake();
    page.act(Action::Sound(SoundAction::Decoded(Box::default())));
    page.act(Action::Edit(Edit::SetParameter(Parameter::KeyboardMode, 2.0)));
    assert!(page.state.document().patch.is_none() && page.state.notes().keyboard_mode == 2.0);
    page.act(Action::Edit(Edit::SetParameter(Parameter::FilterCutoff, 0.3)));
    let patch = page.state.heard_patch().unwrap();
    assert_eq!((patch.get(Parameter::FilterCutoff), patch.get(Parameter::KeyboardMode)), (0.3, 2.0));
    assert!(page.state.is_edited());
}

#[test]
fn a_person_with_a_landmark_is_told_once_that_nothing_is_stored() {
    let mut page = Page::awake();
    page.act(Action::Load(LoadAction::SessionKept(false)));
    assert_eq!(page.errors(), []);
    page.act(Action::Edit(Edit::AddLandmark("Bass".to_owned())));
    page.act(Action::Load(LoadAction::SessionKept(false)));
    assert_eq!(page.errors(), [AppError::NothingKept]);
    page.act(Action::Load(LoadAction::SessionKept(false)));
    assert_eq!(page.errors(), []);
}

#[test]
fn a_person_with_only_an_edited_patch_is_told_that_nothing_is_stored() {
    let mut page = Page::awake();
    page.act(Action::Sound(SoundAction::Decoded(Box::default())));
    page.act(Action::Load(LoadAction::SessionKept(false)));
    assert_eq!(page.errors(), [], "there is nothing to lose yet");
    page.act(Action::Edit(Edit::SetParameter(Parameter::FilterCutoff, 0.3)));
    page.act(Action::Load(LoadAction::SessionKept(false)));
    assert_eq!(page.errors(), [AppError::NothingKept]);
}

#[test]
fn a_person_with_only_a_locked_group_is_told_that_nothing_is_stored() {
    let mut page = Page::awake();
    page.act(Action::Sound(SoundAction::Decoded(Box::default())));
    page.act(Action::Edit(Edit::ToggleLock(patch::Group::Filter)));
    assert!(!page.state.document().locks.is_empty());
    page.act(Action::Load(LoadAction::SessionKept(false)));
    assert_eq!(page.errors(), [AppError::NothingKept]);
}

#[test]
fn a_landmark_too_many_is_refused_with_a_sentence() {
    let mut page = Page::awake();
    for _ in 0..LANDMARK_LIMIT {
        page.act(Action::Edit(Edit::AddLandmark("Bass".to_owned())));
        assert_eq!(page.errors(), []);
    }
    page.act(Action::Edit(Edit::AddLandmark("Bass".to_owned())));
    assert_eq!(page.errors(), [AppError::LandmarksFull]);
    assert_eq!(page.state.document().landmarks.all().len(), LANDMARK_LIMIT);
}

#[test]
fn a_visit_is_kept_after_a_change_and_opens_again() {
    let mut page = Page::awake();
    page.act(Action::Edit(Edit::MoveTo(at(1.5))));
    page.frame();
    assert!(page.effects.iter().any(|effect| matches!(effect, Effect::After(800, _))));
    page.act(Action::Load(LoadAction::KeepSession));
    let kept = page.effects.iter().find_map(|effect| match effect {
        Effect::KeepSession(session) => Some((**session).clone()),
        _ => None,
    });
    let session: Session = kept.unwrap();
    let again = State::new(Start { session, ..Start::default() });
    assert!(near(again.point(), at(1.5)));
    let mut element = State::new(Start { is_embedded: true, ..Start::default() });
    assert_eq!(reduce(&mut element, Action::Load(LoadAction::KeepSession)), []);
}

#[test]
fn a_link_sets_its_point_patch_and_landmarks_and_can_be_undone() {
    let mut page = Page::awake();
    page.act(Action::Edit(Edit::MoveTo(at(0.0))));
    page.act(Action::Edit(Edit::ToggleLatch));
    let mut link = Link::default();
    link.document.point = at(2.5);
    link.document.landmarks.drop_at(at(1.0).into(), "Sent").unwrap();
    page.act(Action::Edit(Edit::OpenLink(Box::new(link))));
    assert!(near(page.points[0], at(2.5)) && page.state.document().landmarks.all().len() == 1);
    page.act(Action::Edit(Edit::Undo));
    assert!(near(page.state.point(), at(0.0)));
}

#[test]
fn each_series_of_taps_is_one_undo_step() {
    let mut page = Page::awake();
    let before = page.state.notes().bpm;
    let tap = |page: &mut Page, ms| {
        page.act(Action::Edit(Edit::TapTempo(ms)));
    };
    [0.0, 500.0, 990.0, 1500.0].into_iter().for_each(|ms| tap(&mut page, ms));
    let slow = page.state.notes().bpm;
    [9000.0, 9400.0, 9790.0].into_iter().for_each(|ms| tap(&mut page, ms));
    assert!(page.state.notes().bpm > slow);
    page.act(Action::Edit(Edit::Undo));
    assert_eq!(page.state.notes().bpm, slow);
    page.act(Action::Edit(Edit::Undo));
    assert_eq!(page.state.notes().bpm, before);
}
