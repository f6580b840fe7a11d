//! The first seconds: the first visit, hints, and a link's sound.

use super::*;
use crate::demo::Demo;
use crate::hints::{Hint, LEAVES_MS, READ_MS, SeenHints};
use crate::instruments::InstrumentAction;
use crate::notes::Layout;
use crate::onboarding::first_document;
use crate::page::Tab;
use crate::tone_domain::{LocationInstrument, ToneDomain};

const SHARED: Point = Point { x: 2.0, y: -1.0 };

/// A link with a patch of its own.
fn link() -> Box<Link> {
    let mut patch = Patch::default();
    patch.set(Parameter::FilterCutoff, 0.9);
    let mut link = Link::default();
    (link.document.point, link.document.patch) = (SHARED, Some(Box::new(patch)));
    Box::new(link)
}

/// A page that a link has opened.
fn opened(mut page: Page) -> Page {
    page.act(Action::Edit(Edit::OpenLink(link())));
    page.frame();
    page
}

fn offers(page: &Page) -> bool {
    page.state.page.onboarding.is_offered()
}

/// True if the last action has removed the link from the address.
fn clears(page: &Page) -> bool {
    page.effects.contains(&Effect::ClearLink)
}

fn is_as_shared(page: &Page) -> bool {
    page.state.document().here() == link().document.here()
}

/// A first visit whose map is not loaded.
fn first_visit() -> Page {
    let session = Session { document: first_document(), layer: 1, ..Session::default() };
    Page::of(Start { session, is_first_visit: true, ..Start::default() })
}

fn map() -> Rc<Map> {
    Rc::new(Map {
        layers: vec![Layer::new("brightness", "points", ["dark", "bright"], [0.0, 1.0])],
        ..Map::default()
    })
}

/// The same with everything loaded.
fn load(page: &mut Page) {
    page.act(Action::Load(LoadAction::Begin));
    page.act(Action::Sound(SoundAction::ContextChanged(true)));
    page.act(Action::Sound(SoundAction::NodeReady));
    page.act(Action::Sound(SoundAction::DecoderReady));
    page.act(Action::Load(LoadAction::Known(known())));
    page.act(Action::Load(LoadAction::Map(Some(map()))));
    page.frame();
}

/// Time passes, with a frame at its end.
fn wait(page: &mut Page, ms: f64) {
    page.now_ms += ms;
    page.frame();
}

fn shown(page: &Page) -> Option<Hint> {
    page.state.page.onboarding.hints.shown()
}

#[test]
fn after_a_link_a_first_visit_has_nothing_to_undo_and_amsynth_where_it_begins() {
    let page = opened(first_visit());
    assert!(is_as_shared(&page) && !page.state.history.can_undo());
    let mut page = first_visit();
    let mut sent = link();
    sent.document.instrument = LocationInstrument { number: 1, ..LocationInstrument::default() };
    page.act(Action::Edit(Edit::OpenLink(sent)));
    page.act(Action::Instrument(InstrumentAction::Choose(None)));
    assert_eq!(page.state.document().here(), first_document().here());
}

#[test]
fn what_was_shared_is_offered_again_after_a_tap_that_nobody_heard() {
    let mut page = opened(Page::new());
    page.act(Action::Sound(SoundAction::NodeReady));
    page.act(Action::Touch(TouchAction::HearShared(0.0)));
    assert!(!offers(&page));
    let dropped = page.effects.iter().find_map(|effect| match effect {
        Effect::After(5000, action) => Some((**action).clone()),
        _ => None,
    });
    page.act(dropped.expect("it does not wait for ever"));
    assert!(offers(&page) && is_as_shared(&page));
    page.act(Action::Sound(SoundAction::ContextChanged(true)));
    page.act(Action::Touch(TouchAction::HearShared(0.0)));
    assert!(page.sounding.len() == 1 && !offers(&page));
}

#[test]
fn the_first_tap_anywhere_plays_what_was_shared_and_does_not_move_it() {
    let mut page = opened(Page::awake());
    assert!(offers(&page));
    page.press(1, at(-3.0));
    assert!(!offers(&page) && is_as_shared(&page));
    assert_eq!(page.sounding, BTreeSet::from([(0, MIDDLE_C)]));
    assert!(near(page.points[0], SHARED));
    page.slide(1, at(-2.0));
    assert!(is_as_shared(&page), "a drag that begins with it stays, too");
    page.lift(1);
    assert!(page.sounding.is_empty());
    page.press(1, at(-3.0));
    assert!(near(page.points[0], at(-3.0)), "the next touch plays normally");
    page.slide(1, at(-2.0));
    assert!(near(page.points[0], at(-2.0)));
}

#[test]
fn the_tap_that_wakes_the_sound_plays_what_was_shared_for_longer_than_a_tap() {
    for by_button in [false, true] {
        let mut page = opened(Page::new());
        page.act(Action::Sound(SoundAction::NodeReady));
        if by_button {
            page.act(Action::Touch(TouchAction::HearShared(page.now_ms)));
        } else {
            page.press(1, at(-3.0));
            page.lift(1);
        }
        page.act(Action::Sound(SoundAction::ContextChanged(true)));
        assert_eq!(page.sounding.len(), 1);
        assert!(is_as_shared(&page));
        let lasts = page.effects.iter().any(|effect| matches!(effect, Effect::After(2500, _)));
        assert!(lasts, "{:?}", page.effects);
    }
}

#[test]
fn a_touch_before_the_sound_has_loaded_is_not_the_first() {
    let mut page = opened(Page::new());
    page.press(1, at(-3.0));
    page.lift(1);
    assert!(offers(&page) && is_as_shared(&page));
}

#[test]
fn a_key_plays_what_was_shared_and_a_second_finger_moves_freely() {
    let mut page = opened(Page::awake());
    page.act(Action::Key(KeyAction::Press(KeyHolder::Midi(40), 40, 77), 0.0));
    assert!(!offers(&page) && is_as_shared(&page));
    let mut page = opened(Page::awake());
    page.press(1, at(-3.0));
    page.press(2, at(1.0));
    page.slide(2, at(1.5));
    page.slide(1, at(-1.0));
    assert!(is_as_shared(&page) && near(page.points[1], at(1.5)));
}

#[test]
fn the_address_keeps_its_link_until_the_sound_is_moved_or_edited() {
    let mut page = opened(Page::awake());
    page.press(1, at(-3.0));
    assert!(!clears(&page));
    page.lift(1);
    assert!(!clears(&page));
    page.press(1, at(-3.0));
    assert!(clears(&page));
    let mut page = opened(Page::awake());
    page.act(Action::Edit(Edit::SetParameter(Parameter::FilterCutoff, 0.1)));
    assert!(clears(&page) && !offers(&page));
}

#[test]
fn a_link_is_named_by_its_landmark_or_the_nearest_preset() {
    let mut page = opened(Page::new());
    assert_eq!(page.state.shared_name(), None);
    page.act(Action::Load(LoadAction::Known(known())));
    assert_eq!(page.state.shared_name(), Some("Bass"));
    let mut named = link();
    named.document.landmarks.drop_at(SHARED.into(), "Night").unwrap();
    page.act(Action::Edit(Edit::OpenLink(named)));
    assert_eq!(page.state.shared_name(), Some("Night"));
}

#[test]
fn a_first_visit_shows_its_line_and_the_demonstration_until_the_first_touch() {
    let mut page = first_visit();
    page.frame();
    assert!(page.state.page.onboarding.is_welcome);
    assert_eq!(page.state.page.onboarding.demo, Demo::Waiting, "there is no map to draw on");
    load(&mut page);
    assert!(matches!(page.state.page.onboarding.demo, Demo::Running(..)));
    page.press(1, at(1.0));
    assert!(!page.state.page.onboarding.is_welcome);
    assert_eq!(page.state.page.onboarding.demo, Demo::Over);
    wait(&mut page, 20_000.0);
    assert_eq!(page.state.page.onboarding.demo, Demo::Over, "never again");
}

#[test]
fn who_plays_by_keys_ends_the_first_line_and_the_first_step_is_named() {
    let plays = [
        Action::Touch(TouchAction::Press(TouchSource::Keyboard, READ_MS + 100.0)),
        Action::Key(KeyAction::Press(KeyHolder::Typed("KeyQ".to_owned()), 60, 100), 0.0),
        Action::Key(KeyAction::Midi(MidiMessage::NoteOn { key: 60, velocity: 100 }), 0.0),
    ];
    for play in plays {
        let mut page = first_visit();
        load(&mut page);
        assert_eq!(shown(&page), None, "one line at a time");
        wait(&mut page, READ_MS);
        page.act(play);
        page.frame();
        assert!(!page.state.page.onboarding.is_welcome);
        assert_eq!(page.state.page.onboarding.demo, Demo::Over);
        assert_eq!(shown(&page), Some(Hint::Melody));
    }
}

#[test]
fn the_demonstration_ends_by_itself_and_never_comes_with_reduced_motion_a_link_or_a_second_visit() {
    let mut page = first_visit();
    load(&mut page);
    wait(&mut page, 20_000.0);
    assert_eq!(page.state.page.onboarding.demo, Demo::Over);
    assert!(page.state.page.onboarding.is_welcome, "the line stays");
    let calm = Start { is_first_visit: true, is_motion_reduced: true, ..Start::default() };
    for mut page in [Page::of(calm), Page::new(), opened(first_visit())] {
        load(&mut page);
        assert_eq!(page.state.page.onboarding.demo, Demo::Over);
    }
    assert!(!opened(first_visit()).state.page.onboarding.is_welcome);
}

#[test]
fn the_first_steps_are_named_one_after_the_other_until_they_are_done() {
    let mut page = first_visit();
    load(&mut page);
    page.press(1, at(1.0));
    page.lift(1);
    page.frame();
    assert_eq!(shown(&page), Some(Hint::Melody));
    page.act(Action::Page(PageAction::ChooseLayout(Layout::ScaleAcross)));
    page.frame();
    assert_eq!(shown(&page), Some(Hint::Beat));
    page.act(Action::Gesture(GestureAction::ToggleRecording(page.now_ms)));
    page.frame();
    wait(&mut page, READ_MS);
    page.press(1, at(1.5));
    page.frame();
    assert_eq!(shown(&page), Some(Hint::Colours), "a loop is recorded already");
}

#[test]
fn the_invitation_survives_a_reload_until_someone_has_played() {
    let kept = |page: &mut Page| {
        page.act(Action::Load(LoadAction::KeepSession));
        let kept = page.effects.iter().find_map(|effect| match effect {
            Effect::KeepSession(session) => Some((**session).clone()),
            _ => None,
        });
        kept.expect("the session is kept")
    };
    let mut page = first_visit();
    load(&mut page);
    assert!(kept(&mut page).hints.unplayed);
    page.press(1, at(1.0));
    assert!(!kept(&mut page).hints.unplayed);
}

#[test]
fn hints_wait_for_their_moment_and_come_once() {
    let mut page = first_visit();
    page.frame();
    assert_eq!(shown(&page), None, "there are no colours yet");
    load(&mut page);
    assert_eq!(shown(&page), None, "the invitation comes first");
    page.act(Action::Page(PageAction::SelectTab(Tab::Places)));
    page.press(1, at(3.0));
    page.lift(1);
    page.frame();
    assert_eq!(shown(&page), Some(Hint::Colours));
    wait(&mut page, READ_MS);
    page.press(1, Point { x: 1.0, y: 1.0 });
    page.frame();
    assert_eq!(shown(&page), Some(Hint::Dots), "the touch is at a dot");
    page.act(Action::Edit(Edit::ToggleLatch));
    assert_eq!(shown(&page), Some(Hint::Latch), "the answer to a press comes first");
    page.lift(1);
    wait(&mut page, READ_MS);
    wait(&mut page, READ_MS);
    page.press(1, at(3.0));
    assert_eq!(shown(&page), None);
    assert!(
        page.state.page.onboarding.hints.seen.has(Hint::Colours)
            && page.state.page.onboarding.hints.seen.has(Hint::Latch)
    );
    page.act(Action::Map(MapAction::ToggleExplore));
    assert_eq!(shown(&page), Some(Hint::Explore));
}

#[test]
fn a_hint_that_follows_an_action_goes_by_itself_and_does_not_come_again() {
    let mut page = first_visit();
    load(&mut page);
    page.act(Action::Edit(Edit::ToggleLatch));
    let leaves = page.effects.iter().find_map(|effect| match effect {
        Effect::After(LEAVES_MS, action) => Some((**action).clone()),
        _ => None,
    });
    page.frame();
    assert_eq!(shown(&page), Some(Hint::Latch));
    page.act(leaves.expect("a time after which the hint goes"));
    assert_ne!(shown(&page), Some(Hint::Latch));
    assert!(page.state.page.onboarding.hints.seen.has(Hint::Latch));
}

#[test]
fn what_is_said_of_a_landmark_goes_with_it_or_with_its_instrument() {
    let strings = || InstrumentAction::Loaded(ToneDomain::Strings, known(), map());
    let leaves = [
        vec![Action::Edit(Edit::DeleteLandmark(0))],
        vec![Action::Edit(Edit::Undo)],
        vec![
            Action::Instrument(InstrumentAction::Choose(Some(ToneDomain::Strings))),
            Action::Instrument(strings()),
        ],
    ];
    for leave in leaves {
        let mut page = first_visit();
        load(&mut page);
        page.act(Action::Edit(Edit::AddLandmark("Night".to_owned())));
        page.frame();
        assert_eq!(shown(&page), Some(Hint::Landmark));
        page.act(Action::Edit(Edit::RenameLandmark(0, "Day".to_owned())));
        assert_eq!(shown(&page), Some(Hint::Landmark), "it is still there");
        page.act(Action::Edit(Edit::Undo));
        for action in leave {
            page.act(action);
        }
        assert_eq!(shown(&page), None);
        assert!(page.state.page.onboarding.hints.seen.has(Hint::Landmark), "it is not said again");
    }
}

#[test]
fn a_host_page_and_an_offered_link_get_no_hints() {
    let mut page = Page::of(Start { is_embedded: true, ..Start::default() });
    load(&mut page);
    page.act(Action::Map(MapAction::SetLayer(1)));
    page.act(Action::Edit(Edit::ToggleLatch));
    page.frame();
    assert_eq!(shown(&page), None);
    let mut page = opened(first_visit());
    load(&mut page);
    page.act(Action::Map(MapAction::SetLayer(1)));
    page.frame();
    assert_eq!(shown(&page), None);
}

#[test]
fn hints_that_were_seen_stay_seen_on_this_device() {
    let hints = SeenHints { colours: true, melody: true, beat: true, record: true, ..SeenHints::default() };
    let session = Session { layer: 1, hints, ..Session::default() };
    let mut page = Page::of(Start { session, ..Start::default() });
    load(&mut page);
    assert_eq!(shown(&page), None);
    page.act(Action::Load(LoadAction::KeepSession));
    let keeps = |effect: &Effect| matches!(effect, Effect::KeepSession(session) if session.hints == hints);
    assert!(page.effects.iter().any(keeps));
}
