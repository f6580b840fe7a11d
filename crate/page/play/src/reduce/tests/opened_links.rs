//! A link with loops: its opening, the invitation to add one, and the way back to a person's own work.

use super::*;
use crate::loops::Recorded;
use crate::onboarding::NextTrack;
use crate::{Document, Loops};
use path::strokes::Path;

/// The tempo of the link: a round of its loop lasts two seconds.
const BPM: f32 = 120.0;
const ROUND_MS: f64 = 2000.0;

/// A loop of one bar that stands at a point.
fn own_loop(point: Point) -> RecordedLoop {
    let mut path = Path::default();
    path.land(0.1, point, 90);
    path.lift(0.4);
    let own = RecordedLoop::from(Recorded { fingers: vec![path], length_s: 2.0 });
    RecordedLoop { beats: Some(4), ..own }
}

fn loops(points: &[f32]) -> Loops {
    let mut loops = Loops::default();
    for &point in points {
        loops.add(own_loop(at(point)));
    }
    loops
}

/// A link with loops at these points.
fn link(points: &[f32]) -> Action {
    let notes = Notes { bpm: BPM, ..Notes::default() };
    let title = "Night bells".to_owned();
    let document = Document { title, loops: loops(points), notes, ..Document::default() };
    Action::Edit(Edit::OpenLink(Box::new(Link { document, ..Link::default() })))
}

fn opened(mut page: Page, points: &[f32]) -> Page {
    page.act(link(points));
    page.frame();
    page
}

/// A page whose person has made a loop.
fn with_work() -> Page {
    let mut page = Page::awake();
    page.act(Action::Edit(Edit::PutLoop(Box::new(RecordedLoop { number: 0, ..own_loop(at(3.0)) }))));
    page.act(Action::Edit(Edit::FinishStep));
    page
}

impl Page {
    fn offers_loops(&self) -> bool {
        self.state.page.onboarding.offers_loops()
    }

    fn invites(&self) -> bool {
        self.state.next_track(self.now_ms).is_some_and(|next| next.is_asked_for)
    }

    fn loop_count(&self) -> usize {
        self.state.document().loops.all().len()
    }

    fn playing(&self) -> usize {
        self.state.gesture.playing().len()
    }
}

#[test]
fn a_link_with_loops_waits_for_one_press_that_starts_all_of_them() {
    let hear = [
        Action::Touch(TouchAction::HearShared(0.0)),
        Action::Touch(TouchAction::Press(TouchSource::Keyboard, 0.0)),
        Action::Gesture(GestureAction::TogglePlay(0.0)),
    ];
    for hear in hear {
        let mut page = opened(Page::awake(), &[1.0, 2.0]);
        assert!(page.offers_loops() && page.playing() == 0);
        page.act(hear.clone());
        assert!(!page.offers_loops(), "{hear:?}");
        assert_eq!(page.playing(), 2, "{hear:?}");
        assert!(!page.effects.contains(&Effect::ClearLink), "the address is still the link");
    }
    let mut page = opened(Page::awake(), &[1.0, 2.0]);
    page.press(1, at(-2.0));
    assert_eq!((page.offers_loops(), page.playing()), (false, 2), "a touch anywhere");
    assert_eq!(page.state.point(), Point::default(), "the first touch moves nothing");
}

#[test]
fn a_link_without_loops_offers_its_sound() {
    let page = opened(Page::awake(), &[]);
    assert!(page.state.page.onboarding.is_offered() && !page.offers_loops());
}

#[test]
fn before_the_sound_has_loaded_the_loops_wait() {
    let mut page = opened(Page::new(), &[1.0]);
    page.act(Action::Touch(TouchAction::HearShared(0.0)));
    assert!(page.offers_loops() && page.playing() == 0);
}

#[test]
fn after_one_round_the_next_track_is_offered_until_a_person_has_added_one() {
    let mut page = opened(Page::awake(), &[1.0, 2.0]);
    let next = |page: &Page| page.state.next_track(page.now_ms);
    assert_eq!(next(&page), Some(NextTrack { number: 3, is_asked_for: false }));
    page.act(Action::Touch(TouchAction::HearShared(page.now_ms)));
    page.now_ms += 0.9 * ROUND_MS;
    assert_eq!(next(&page), Some(NextTrack { number: 3, is_asked_for: false }), "a round is not over");
    page.now_ms += 0.2 * ROUND_MS;
    assert_eq!(next(&page), Some(NextTrack { number: 3, is_asked_for: true }));
    // A person who plays along is still invited.
    page.press(1, at(-2.0));
    page.lift(1);
    assert!(page.invites());
    page.act(Action::Gesture(GestureAction::ToggleRecording(page.now_ms)));
    assert!(!page.invites(), "a take has begun");
    page.act(Action::Gesture(GestureAction::ToggleRecording(page.now_ms)));
    page.act(Action::Edit(Edit::PutLoop(Box::new(RecordedLoop { number: 0, ..own_loop(at(3.0)) }))));
    assert!(!page.invites() && page.loop_count() == 3);
}

#[test]
fn eight_loops_leave_no_room_for_another() {
    let mut page = opened(Page::awake(), &[0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5]);
    page.act(Action::Touch(TouchAction::HearShared(page.now_ms)));
    page.now_ms += 2.0 * ROUND_MS;
    assert!(!page.invites());
}

#[test]
fn a_person_returns_to_their_own_loops_and_undo_leads_back_to_the_link() {
    let mut page = with_work();
    assert_eq!(page.state.kept_work(), None);
    page = opened(page, &[1.0, 2.0]);
    assert_eq!(page.state.kept_work().map(|kept| kept.loops.all().len()), Some(1));
    page.act(Action::Touch(TouchAction::HearShared(page.now_ms)));
    page.act(Action::Edit(Edit::ToggleFavourite(0)));
    let favourites = page.state.document().favourites.clone();
    page.act(Action::Edit(Edit::BackToYours));
    assert_eq!((page.loop_count(), page.playing()), (1, 0), "nothing of the link plays on");
    assert_eq!(page.state.document().favourites, favourites, "stars stay");
    assert!(page.state.kept_work().is_none() && page.state.document().title.is_empty());
    page.act(Action::Edit(Edit::Undo));
    assert!(page.loop_count() == 2 && page.state.kept_work().is_some(), "the way back is there again");
    page.act(Action::Edit(Edit::Redo));
    assert!(page.loop_count() == 1 && page.state.kept_work().is_none());
    page.act(Action::Edit(Edit::PutLoop(Box::new(RecordedLoop { number: 0, ..own_loop(at(0.5)) }))));
    assert!(page.state.kept_work().is_none(), "what they go on with is theirs already");
}

#[test]
fn undoing_a_link_is_a_way_back_too() {
    let mut page = opened(with_work(), &[1.0, 2.0]);
    page.act(Action::Edit(Edit::Undo));
    assert!(page.loop_count() == 1 && page.state.kept_work().is_none());
    page.act(Action::Edit(Edit::Redo));
    assert!(page.loop_count() == 2 && page.state.kept_work().is_some());
}

#[test]
fn a_second_link_replaces_no_work_by_the_loops_of_the_first() {
    let mut page = opened(with_work(), &[1.0, 2.0]);
    page.act(Action::Touch(TouchAction::HearShared(page.now_ms)));
    page.press(1, at(-2.0));
    page.lift(1);
    page = opened(page, &[0.5]);
    assert_eq!(
        page.state.kept_work().map(|kept| kept.loops.clone()),
        Some(with_work().state.document().loops.clone())
    );
}

#[test]
fn a_first_visit_and_a_page_without_loops_have_nothing_to_return_to() {
    let page = opened(Page::awake(), &[1.0]);
    assert_eq!(page.state.kept_work(), None);
}
