//! The key of a touch while the person has not chosen one: that of its sound.

use super::*;
use crate::onboarding::first_document;
use crate::tone_domain::ToneDomain;

/// A bass at the left, keys in the middle, a bell at the right.
fn library() -> (Rc<Coordinates>, Rc<Presets>) {
    let known = Coordinates {
        version: plane::coordinates::VERSION,
        banks: vec!["A.bank".to_owned()],
        name: ["Deep Bass", "Piano", "Bell"].map(str::to_owned).to_vec(),
        bank: vec![0; 3],
        index: vec![0, 1, 2],
        x: vec![-3.0, 0.0, 3.0],
        y: vec![0.0; 3],
        ..Coordinates::default()
    };
    let patch = |row: u8| {
        let mut patch = Patch::default();
        patch.set(Parameter::FilterCutoff, f32::from(row) / 10.0);
        patch
    };
    (Rc::new(known), Rc::new(Presets::new((0..3).map(patch).collect())))
}

/// A page of a first visit that plays.
fn first_visit() -> Page {
    let session = Session { document: first_document(), ..Session::default() };
    let mut page = Page::of(Start { session, ..Start::default() });
    page.act(Action::Load(LoadAction::Begin));
    page.act(Action::Sound(SoundAction::ContextChanged(true)));
    page.act(Action::Sound(SoundAction::NodeReady));
    page.act(Action::Sound(SoundAction::DecoderReady));
    let (known, presets) = library();
    page.act(Action::Load(LoadAction::Library(known, presets, None)));
    page
}

fn keys(page: &Page) -> Vec<u8> {
    page.sounding.iter().map(|&(_, key)| key).collect()
}

#[test]
fn a_touch_plays_the_key_of_its_sound_until_it_lifts() {
    let mut page = first_visit();
    page.press(1, at(-3.0));
    assert_eq!((keys(&page), page.state.played_root()), (vec![36], 36));
    page.slide(1, at(2.9));
    page.frame();
    assert_eq!(keys(&page), [36], "a drag changes the sound, not the key");
    page.lift(1);
    page.press(1, at(3.0));
    assert_eq!(keys(&page), [72]);
    page.press(2, at(0.0));
    assert_eq!(keys(&page), [72, 60], "each finger has its own");
}

#[test]
fn a_preset_of_a_list_plays_at_its_register_also_while_it_is_only_heard() {
    let mut page = first_visit();
    page.act(Action::Edit(Edit::GoToPreset(0)));
    assert_eq!(page.state.played_root(), 36);
    page.act(Action::Touch(TouchAction::Sample(0.0)));
    assert_eq!(keys(&page), [36]);
    page.act(Action::Touch(TouchAction::Lose(TouchSource::Tap)));
    page.act(Action::Touch(TouchAction::Audition(2, false)));
    assert_eq!(keys(&page), [72]);
    page.act(Action::Touch(TouchAction::Lose(TouchSource::Audition)));
    // A note that is held goes to the register of the preset that a person chooses.
    page.act(Action::Touch(TouchAction::Press(TouchSource::PlayButton, 0.0)));
    page.act(Action::Edit(Edit::GoToPreset(1)));
    page.frame();
    assert_eq!(keys(&page), [60]);
}

#[test]
fn a_root_that_the_person_has_chosen_stays() {
    let mut page = first_visit();
    page.act(Action::Edit(Edit::ChooseRoot(50)));
    page.press(1, at(-3.0));
    assert_eq!((keys(&page), page.state.played_root()), (vec![50], 50));
    page.lift(1);
    page.act(Action::Touch(TouchAction::Audition(2, false)));
    assert_eq!(keys(&page), [50]);
    page.act(Action::Touch(TouchAction::Lose(TouchSource::Audition)));
    // The move of the touch, then the choice.
    page.act(Action::Edit(Edit::Undo));
    page.act(Action::Edit(Edit::Undo));
    page.act(Action::Edit(Edit::GoToPreset(0)));
    assert_eq!(page.state.played_root(), 36, "undo frees it again");
}

#[test]
fn a_melody_lies_over_the_map_from_its_own_root() {
    let mut page = first_visit();
    let notes = Notes { layout: Layout::ScaleAcross, ..*page.state.notes() };
    page.act(Action::Edit(Edit::SetNotes(notes, None)));
    page.press(1, at(-3.99));
    assert_eq!((keys(&page), page.state.played_root()), (vec![48], 48));
}

#[test]
fn the_switch_names_the_key_that_sounds_and_the_root_of_the_melody() {
    let mut page = first_visit();
    page.act(Action::Edit(Edit::GoToPreset(0)));
    assert_eq!(page.state.layout_roots(), [36, 48]);
    page.press(1, at(3.0));
    assert_eq!(page.state.layout_roots(), [72, 48]);
    page.lift(1);
    page.act(Action::Edit(Edit::GoToPreset(0)));
    let notes = Notes { layout: Layout::ScaleAcross, ..*page.state.notes() };
    page.act(Action::Edit(Edit::SetNotes(notes, None)));
    assert_eq!(page.state.layout_roots(), [36, 48], "a note would play the key of the bass");
    page.act(Action::Edit(Edit::ChooseRoot(50)));
    assert_eq!(page.state.layout_roots(), [50, 50]);
}

/// A loop of a tap at each place, the second one after the first.
fn loop_of(page: &mut Page, places: [f32; 2]) -> RecordedLoop {
    page.act(Action::Gesture(GestureAction::ToggleRecording(page.now_ms)));
    for (number, place) in (1..).zip(places) {
        page.press(number, at(place));
        page.frames(12);
        page.lift(number);
        page.frames(12);
    }
    page.act(Action::Gesture(GestureAction::ToggleRecording(page.now_ms)));
    RecordedLoop::clone(&page.state.document().loops.all()[0])
}

#[test]
fn a_loop_plays_the_keys_at_which_it_was_recorded() {
    let mut page = first_visit();
    let own = loop_of(&mut page, [-3.0, 3.0]);
    let keys: Vec<Option<u8>> =
        own.fingers.iter().flat_map(|path| path.notes()).map(|note| note.key).collect();
    let root = own.sound.as_ref().map(|sound| sound.notes.root);
    assert_eq!((root, keys), (Some(36), vec![None, Some(72)]), "a bass, then a bell");
    assert!(!page.state.notes().is_root_chosen, "touches go on as before");
}

#[test]
fn a_track_changes_to_a_melody_and_to_another_instrument_which_loads() {
    let mut page = first_visit();
    loop_of(&mut page, [-3.0, 0.0]);
    let own = |page: &Page| page.state.document().loops.all()[0].clone();
    page.act(Action::Gesture(GestureAction::SetLoopLayout(1, Layout::ScaleAcross)));
    let layout = |page: &Page| own(page).sound.as_ref().map(|sound| sound.notes.layout);
    assert_eq!((layout(&page), page.state.notes().layout), (Some(Layout::ScaleAcross), Layout::RootNote));
    page.act(Action::Gesture(GestureAction::SetLoopInstrument(1, 2)));
    assert_eq!(own(&page).domain(), Some(ToneDomain::Voices));
    assert!(page.effects.contains(&Effect::LoadLoopDomain(ToneDomain::Voices)));
    page.act(Action::Gesture(GestureAction::SetLoopInstrument(1, 77)));
    assert_eq!(own(&page).instrument, Some(2), "there is no such instrument");
    page.act(Action::Edit(Edit::Undo));
    assert_eq!((own(&page).instrument, layout(&page)), (Some(0), Some(Layout::ScaleAcross)));
}

#[test]
fn a_loop_with_a_root_that_the_person_has_chosen_has_no_other_keys() {
    let mut page = first_visit();
    page.act(Action::Edit(Edit::ChooseRoot(50)));
    let own = loop_of(&mut page, [-3.0, 3.0]);
    assert!(own.fingers.iter().flat_map(|path| path.notes()).all(|note| note.key.is_none()));
    assert_eq!(own.sound.map(|sound| sound.notes.root), Some(50));
}

#[test]
fn a_shared_sound_has_the_key_at_which_it_was_heard() {
    let mut page = first_visit();
    page.act(Action::Edit(Edit::GoToPreset(0)));
    let shared = page.state.shared_document().notes;
    assert_eq!((shared.root, shared.is_root_chosen), (36, true));
    assert!(!page.state.notes().is_root_chosen);
}
