//! The settings of the notes while a track is open: they show and change its notes, and leave those of touches alone.

use super::*;
use crate::chord::Chord;
use crate::notes::Layout;

/// A page whose only loop is open.
fn with_opened_loop() -> Page {
    let mut page = Page::awake();
    page.act(Action::Gesture(GestureAction::ToggleRecording(page.now_ms)));
    page.press(1, at(1.0));
    page.frames(12);
    page.lift(1);
    page.act(Action::Gesture(GestureAction::ToggleRecording(page.now_ms)));
    page.act(Action::Gesture(GestureAction::OpenLoop(Some(1))));
    page
}

fn loop_notes(page: &Page) -> Notes {
    page.state.document().loops.all()[0].sound.as_ref().expect("a new loop keeps its sound").notes
}

#[test]
fn an_opened_track_takes_over_the_settings_of_the_notes_until_it_is_closed() {
    let mut page = with_opened_loop();
    let touches = *page.state.notes();
    assert_eq!(page.state.noted_loop().map(|own| own.number), Some(1));
    let notes = Notes { chord: Chord::Triad, portamento_time: 0.4, ..page.state.shown_notes() };
    page.act(Action::Edit(Edit::SetShownNotes(notes, None)));
    page.act(Action::Page(PageAction::ChooseLayout(Layout::ScaleAcross)));
    assert_eq!(*page.state.notes(), touches, "touches play as before");
    let own = loop_notes(&page);
    assert_eq!(
        (own.chord, own.portamento_time, own.layout),
        (Chord::Triad, 0.4, Layout::ScaleAcross),
        "also a length of glides of its own"
    );
    assert_eq!(page.state.shown_notes(), own);
    page.act(Action::Edit(Edit::Undo));
    assert_eq!(loop_notes(&page).layout, Layout::RootNote);

    page.act(Action::Gesture(GestureAction::OpenLoop(None)));
    assert_eq!(page.state.noted_loop(), None);
    page.act(Action::Edit(Edit::SetShownNotes(Notes { chord: Chord::Ninth, ..touches }, None)));
    assert_eq!((page.state.notes().chord, loop_notes(&page).chord), (Chord::Ninth, Chord::Triad));
}

#[test]
fn another_root_of_an_opened_track_moves_its_keys() {
    let mut page = with_opened_loop();
    let before = page.state.document().loops.all()[0].clone();
    let notes = page.state.shown_notes();
    page.act(Action::Edit(Edit::SetShownNotes(notes.with_root(notes.root + 5), None)));
    let own = page.state.document().loops.all()[0].clone();
    let mut moved = (*before).clone();
    moved.set_root(notes.root + 5);
    assert_eq!((own.fingers.clone(), loop_notes(&page).root), (moved.fingers, notes.root + 5));
}

#[test]
fn the_settings_are_those_of_touches_again_once_the_opened_track_is_deleted() {
    let mut page = with_opened_loop();
    page.act(Action::Gesture(GestureAction::DeleteLoop(1)));
    assert_eq!(page.state.noted_loop(), None);
    assert_eq!(page.state.shown_notes(), page.state.played_notes());
}
