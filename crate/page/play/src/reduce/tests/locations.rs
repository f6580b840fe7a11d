//! Landmarks, undo, A and B, links and sessions across instruments: a location knows its own.

use super::instruments::{choose, complete, loaded, names, strings};
use super::*;
use crate::instruments::InstrumentAction;
use crate::tone_domain::{LocationInstrument, ToneDomain};

/// A link to a point of the instrument of this number.
fn link_to(number: u8) -> Link {
    let instrument = LocationInstrument { number, ..LocationInstrument::default() };
    let document = crate::Document { point: at(2.0), instrument, ..crate::Document::default() };
    Link { document, ..Link::default() }
}

#[test]
fn a_link_to_a_domain_names_no_preset_of_amsynth() {
    let mut page = complete();
    let link = link_to(2);
    page.act(Action::Edit(Edit::OpenLink(Box::new(link))));
    assert_eq!(page.state.shared_name(), None);
    page.act(loaded(ToneDomain::Voices));
    assert!(page.state.shared_name().is_some());
}

#[test]
fn a_loop_is_shown_on_its_own_plane_and_on_another_one_while_it_plays_there() {
    let mut page = strings();
    page.act(Action::Gesture(GestureAction::ToggleRecording(page.now_ms)));
    page.press(1, at(1.0));
    page.lift(1);
    page.act(Action::Gesture(GestureAction::ToggleRecording(page.now_ms)));
    page.act(Action::Gesture(GestureAction::ToggleLoop(1)));
    assert_eq!(page.state.loops_here().count(), 1);
    page.act(choose(None));
    assert_eq!(page.state.loops_here().count(), 0);
    page.act(Action::Gesture(GestureAction::ToggleLoop(1)));
    assert_eq!(page.state.loops_here().count(), 1);
    let own = page.state.document().loops.get(1).unwrap().clone();
    page.act(Action::Edit(Edit::PutLoop(Box::new(RecordedLoop { length_s: 9.0, ..own.clone() }))));
    page.act(Action::Edit(Edit::PutLoop(Box::new(RecordedLoop { number: 2, instrument: None, ..own }))));
    let domains: Vec<_> = page.state.document().loops.all().iter().map(|own| own.domain()).collect();
    assert_eq!(domains, [Some(ToneDomain::Strings), None], "a new one is of the instrument that plays");
}

#[test]
fn a_link_is_one_step_of_undo_unless_it_begins_a_first_visit() {
    let mut first = Page::awake();
    first.act(Action::Edit(Edit::OpenLink(Box::new(link_to(2)))));
    assert!(!first.state.history.can_undo());
    let mut other = complete();
    other.act(Action::Edit(Edit::AddLandmark("Mine".to_owned())));
    other.act(Action::Edit(Edit::OpenLink(Box::new(link_to(2)))));
    other.act(Action::Edit(Edit::Undo));
    assert_eq!(other.state.document().landmarks.all().len(), 1);
    assert!(other.state.document().instrument.is_amsynth());
}

#[test]
fn a_landmark_leads_to_its_own_instrument_with_its_axes() {
    let mut page = complete();
    page.act(Action::Edit(Edit::AddLandmark("Mine".to_owned())));
    let own = page.state.document().landmarks.all()[0].clone();
    assert!(own.patch.is_some());
    page.act(choose(Some(ToneDomain::Strings)));
    page.act(loaded(ToneDomain::Strings));
    page.act(Action::Edit(Edit::MoveTo(at(2.0))));
    page.act(Action::Instrument(InstrumentAction::SetOffsets([0.25; 6])));
    page.act(Action::Edit(Edit::AddLandmark("Bow".to_owned())));
    assert_eq!(page.state.document().landmarks.all()[1].patch, None);
    let here = |page: &Page| page.state.landmarks_here().map(|(position, _)| position).collect::<Vec<_>>();
    assert_eq!(here(&page), [1], "the map shows those of its own instrument");
    page.act(Action::Instrument(InstrumentAction::SetOffsets([0.0; 6])));
    page.act(Action::Edit(Edit::GoToLandmark(1)));
    assert!(page.audio().contains(&&AudioCommand::SetToneOffsets([0.25; 6])));
    page.act(Action::Edit(Edit::GoToLandmark(0)));
    assert!(page.effects.contains(&Effect::PlayDomain(None)), "at once");
    assert_eq!((page.state.document().here(), here(&page)), (own.location(), vec![0]));
    assert!(page.state.is_edited() && names(&page) == ["Bass", "Bell"]);
    page.act(Action::Edit(Edit::GoToLandmark(1)));
    assert!(page.effects.contains(&Effect::LoadDomain(ToneDomain::Strings)));
    page.act(loaded(ToneDomain::Strings));
    assert_eq!((page.state.point(), page.state.is_amsynth()), (at(2.0), false));
    assert!(page.audio().contains(&&AudioCommand::SetToneOffsets([0.25; 6])));
    page.act(choose(None));
    assert_eq!(page.state.document().here(), own.location(), "and back to where it was on amSynth");
}

#[test]
fn a_domain_that_a_landmark_has_left_returns_to_its_own_point() {
    let mut page = complete();
    page.act(Action::Edit(Edit::AddLandmark("Mine".to_owned())));
    page.act(choose(Some(ToneDomain::Strings)));
    page.act(loaded(ToneDomain::Strings));
    page.act(Action::Edit(Edit::MoveTo(at(3.0))));
    page.act(Action::Edit(Edit::GoToLandmark(0)));
    assert!(page.state.is_amsynth());
    page.act(choose(Some(ToneDomain::Strings)));
    page.act(loaded(ToneDomain::Strings));
    assert_eq!(page.state.point(), at(3.0));
}

#[test]
fn a_press_on_a_map_does_not_stop_at_the_flag_of_another_instrument() {
    let mut page = complete();
    page.act(Action::Edit(Edit::AddLandmark("Mine".to_owned())));
    page.act(choose(Some(ToneDomain::Strings)));
    page.act(loaded(ToneDomain::Strings));
    let flag = page.state.map.viewport.flag_center(page.state.point());
    let there = page.state.map.viewport.to_plane(flag.0, flag.1);
    page.press(1, there);
    assert!(!page.state.is_amsynth() && page.state.point() == there);
}

/// Presses the map at this pixel and lifts; returns where that led.
fn pressed(page: &mut Page, (x, y): (f64, f64)) -> Point {
    page.press(1, page.state.map.viewport.to_plane(x, y));
    page.lift(1);
    page.state.point()
}

#[test]
fn the_flag_of_a_landmark_under_the_tools_is_pressed_beside_them() {
    let mut page = Page::awake();
    for point in [Point { x: 3.4, y: 2.0 }, Point { x: 3.4, y: -0.9 }] {
        page.press(1, point);
        page.lift(1);
        page.act(Action::Edit(Edit::AddLandmark("Mine".to_owned())));
    }
    let points: Vec<Point> = page.state.landmarks_here().map(|(_, landmark)| landmark.point).collect();
    page.act(Action::Map(MapAction::Resize([400.0, 400.0], [346.0, 210.0])));
    let flags = [0, 1].map(|number| page.state.map.viewport.flag_center(points[number]));
    assert!(flags[0].0 <= 335.0 && flags[0].1 < 100.0, "to the left: {flags:?}");
    assert!(flags[1].0 > 360.0 && flags[1].1 >= 221.0, "below: {flags:?}");
    for (flag, point) in flags.into_iter().zip(&points) {
        assert!(pressed(&mut page, (100.0, 300.0)) != *point && pressed(&mut page, flag) == *point);
    }
    page.act(Action::Map(MapAction::Resize([400.0, 400.0], [0.0; 2])));
    assert!(page.state.map.viewport.flag_center(points[0]).0 > 360.0, "hidden tools cover nothing");
}

#[test]
fn a_landmark_out_of_sight_has_no_flag_to_press() {
    let mut page = Page::awake();
    page.press(1, Point { x: 3.0, y: 3.5 });
    page.lift(1);
    page.act(Action::Edit(Edit::AddLandmark("Mine".to_owned())));
    let there = page.state.point();
    page.act(Action::Map(MapAction::Zoom(4.0, (0.0, 0.0))));
    let flag = page.state.map.viewport.flag_center(there);
    assert_ne!(pressed(&mut page, flag), there);
}

#[test]
fn undo_leads_through_the_instruments_and_never_to_a_point_of_another_one() {
    let mut page = strings();
    page.press(1, at(3.0));
    page.lift(1);
    page.act(Action::Instrument(InstrumentAction::SetOffsets([0.5; 6])));
    page.act(choose(None));
    assert_eq!(page.state.point(), Point::default());
    page.act(Action::Edit(Edit::Undo));
    assert!(
        page.effects.contains(&Effect::LoadDomain(ToneDomain::Strings)),
        "the choice of amSynth is undone"
    );
    page.act(loaded(ToneDomain::Strings));
    assert_eq!((page.state.is_amsynth(), page.state.point()), (false, at(3.0)));
    page.act(Action::Edit(Edit::Undo));
    assert!(page.audio().contains(&&AudioCommand::SetToneOffsets([0.0; 6])), "then the sliders");
    page.act(Action::Edit(Edit::Undo));
    assert_eq!((page.state.is_amsynth(), page.state.point()), (false, Point::default()), "then the press");
    page.act(Action::Edit(Edit::Undo));
    assert!(page.state.is_amsynth() && page.state.is_edited(), "then the choice of strings");
    page.act(Action::Edit(Edit::Redo));
    page.act(loaded(ToneDomain::Strings));
    page.act(Action::Edit(Edit::Redo));
    assert_eq!((page.state.is_amsynth(), page.state.point()), (false, at(3.0)));
}

#[test]
fn a_drag_of_an_axis_is_one_undo_step() {
    let mut page = strings();
    for offset in [0.1, 0.2, 0.3] {
        page.act(Action::Instrument(InstrumentAction::SetOffsets([offset; 6])));
    }
    page.act(Action::Edit(Edit::FinishStep));
    page.act(Action::Instrument(InstrumentAction::SetOffsets([0.4; 6])));
    page.act(Action::Edit(Edit::Undo));
    assert_eq!(page.state.sound.instruments.own_offsets(), [0.3; 6]);
    page.act(Action::Edit(Edit::Undo));
    assert_eq!(page.state.sound.instruments.own_offsets(), [0.0; 6]);
    page.act(Action::Edit(Edit::Redo));
    assert_eq!(page.state.sound.instruments.own_offsets(), [0.3; 6]);
}

#[test]
fn the_sides_of_a_comparison_are_on_their_own_instruments() {
    let mut page = complete();
    let here = page.state.document().here();
    page.act(Action::Edit(Edit::SwitchSides));
    page.act(choose(Some(ToneDomain::Brass)));
    page.act(loaded(ToneDomain::Brass));
    page.act(Action::Edit(Edit::MoveTo(at(2.0))));
    page.act(Action::Edit(Edit::SwitchSides));
    assert!(page.effects.contains(&Effect::PlayDomain(None)));
    assert_eq!(page.state.document().here(), here);
    page.act(Action::Edit(Edit::SwitchSides));
    page.act(loaded(ToneDomain::Brass));
    assert_eq!((page.state.sound.instruments.domain, page.state.point()), (Some(ToneDomain::Brass), at(2.0)));
}

#[test]
fn a_link_has_the_axes_of_its_instrument_and_the_instruments_of_its_landmarks() {
    let mut page = strings();
    page.act(Action::Instrument(InstrumentAction::SetOffsets([0.0, -1.0, 1.0, 0.33, 0.0, 0.07])));
    page.act(Action::Edit(Edit::AddLandmark("Bow".to_owned())));
    let sent = Link { document: page.state.shared_document(), ..Link::default() };
    let read = Link::read(&sent.write()).unwrap();
    let mut page = complete();
    page.act(Action::Edit(Edit::OpenLink(Box::new(read))));
    page.act(loaded(ToneDomain::Strings));
    let offsets = AudioCommand::SetToneOffsets([0.0, -1.0, 1.0, 0.33, 0.0, 0.07]);
    assert!(page.audio().contains(&&offsets));
    assert_eq!(page.state.landmarks_here().count(), 1);
    assert!(page.state.page.onboarding.shared.is_some(), "the address is still its link");
}

#[test]
fn a_link_to_amsynth_ends_the_loading_of_a_domain() {
    let mut page = complete();
    page.act(choose(Some(ToneDomain::Strings)));
    page.act(Action::Edit(Edit::OpenLink(Box::new(link_to(0)))));
    page.act(loaded(ToneDomain::Strings));
    assert_eq!((page.state.is_amsynth(), page.state.point()), (true, at(2.0)));
}

#[test]
fn a_loading_that_is_stopped_after_an_undo_leaves_the_instrument_that_plays() {
    let mut page = strings();
    page.act(choose(None));
    page.act(Action::Edit(Edit::Undo));
    page.act(Action::Job(JobNumber::Program(7), JobAction::Begin { name: String::new(), can_stop: true }));
    page.act(Action::Instrument(InstrumentAction::Loads(JobNumber::Program(7))));
    page.act(Action::Job(JobNumber::Program(7), JobAction::Stop));
    assert!(page.state.sound.instruments.wanted.is_none());
    assert!(page.state.document().instrument.is_amsynth() && page.state.is_edited());
}

#[test]
fn the_next_visit_loads_the_domain_and_begins_where_the_last_one_ended() {
    let mut page = strings();
    let home = page.state.sound.instruments.home.clone();
    page.act(Action::Edit(Edit::MoveTo(at(2.0))));
    page.act(Action::Load(LoadAction::KeepSession));
    let kept = page.effects.iter().find_map(|effect| match effect {
        Effect::KeepSession(session) => Some((**session).clone()),
        _ => None,
    });
    let session = kept.unwrap();
    assert_eq!((session.instrument, session.layer), (1, 1));
    assert_eq!((session.document.point, session.home.as_ref()), (at(2.0), Some(&home)));
    let mut page = Page::of(Start { session, ..Start::default() });
    page.act(Action::Load(LoadAction::Known(known())));
    assert!(page.state.is_amsynth());
    page.act(Action::Load(LoadAction::Presets(Rc::new(Presets::new(vec![Patch::default(); 2])))));
    assert!(page.effects.contains(&Effect::LoadDomain(ToneDomain::Strings)));
    page.act(loaded(ToneDomain::Strings));
    assert_eq!(page.state.point(), at(2.0));
    assert!(!page.state.history.can_undo(), "nobody did it");
    page.act(choose(None));
    assert_eq!(page.state.document().here(), home);
}

#[test]
fn a_session_of_earlier_versions_opens_on_its_instrument() {
    let document = crate::Document { patch: Some(Box::default()), ..crate::Document::default() };
    let home = document.here();
    let session = Session { document, instrument: 1, ..Session::default() };
    let mut page = Page::of(Start { session, ..Start::default() });
    page.act(Action::Load(LoadAction::Known(known())));
    page.act(Action::Load(LoadAction::Presets(Rc::new(Presets::new(vec![Patch::default(); 2])))));
    page.act(loaded(ToneDomain::Strings));
    assert_eq!(page.state.document().instrument.domain(), Some(ToneDomain::Strings));
    page.act(choose(None));
    assert_eq!(page.state.document().here(), home);
}

#[test]
fn the_sound_of_a_link_waits_for_its_instrument() {
    let mut page = complete();
    let link = link_to(2);
    page.act(Action::Edit(Edit::OpenLink(Box::new(link.clone()))));
    let loads = page.effects.iter().filter(|effect| matches!(effect, Effect::LoadDomain(_)));
    assert_eq!(loads.count(), 1);
    assert!(page.effects.contains(&Effect::LoadDomain(ToneDomain::Voices)));
    page.press(1, at(-1.0));
    assert!(page.sounding.is_empty() && page.state.point() == at(2.0));
    page.lift(1);
    page.act(loaded(ToneDomain::Voices));
    page.press(1, at(-1.0));
    assert_eq!((page.sounding.len(), page.state.point()), (1, at(2.0)));
    page.lift(1);
    // Without its instrument it is a point, and touches play again.
    let mut page = complete();
    page.act(Action::Edit(Edit::OpenLink(Box::new(link))));
    page.act(Action::Instrument(InstrumentAction::Failed(AppError::FileBroken(""))));
    page.press(1, at(-1.0));
    assert_eq!(page.sounding.len(), 1);
}

#[test]
fn a_link_from_a_domain_has_no_patch() {
    let page = strings();
    let here = page.state.location(page.state.point(), None);
    assert_eq!(page.state.shared_document().here(), here);
}
