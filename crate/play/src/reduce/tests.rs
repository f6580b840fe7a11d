//! What a person notices of the decisions: which notes sound, where, with which patch, and what is told.

use std::collections::BTreeSet;
use std::rc::Rc;

use patch::{Parameter, Patch};
use plane::{Coordinates, Layer, Map, Presets};
use proptest::prelude::*;

use crate::action::*;
use crate::effect::{AudioCommand, Effect, Effects, Event};
use crate::error::AppError;
use crate::held_keys::{KeyHolder, NoteEvent};
use crate::midi::MidiMessage;
use crate::notes::{Layout, MIDDLE_C, NoteMode};
use crate::sound_state::{DecoderChoice, SoundPhase};
use crate::state::{LoadStatus, State};
use crate::touches::{PART_COUNT, TouchSource};
use crate::{Link, Notes, Options, Point, Session, reduce};

/// A page with an instrument that does what it is sent.
struct Page {
    state: State,
    /// Keys that sound, by part.
    sounding: BTreeSet<(usize, u8)>,
    /// Where the parts are.
    points: [Point; PART_COUNT],
    /// What was done last.
    effects: Effects,
    now_ms: f64,
}

impl Page {
    fn new() -> Self {
        let state = State::new(Start::default());
        let mut page = Self {
            state,
            sounding: BTreeSet::new(),
            points: Default::default(),
            effects: Vec::new(),
            now_ms: 0.0,
        };
        page.act(Action::Map(MapAction::Resize(400.0, 400.0)));
        page
    }

    /// A page whose sound is there and awake.
    fn awake() -> Self {
        let mut page = Self::new();
        page.act(Action::Load(LoadAction::Begin));
        page.act(Action::Sound(SoundAction::ContextChanged(true)));
        page.act(Action::Sound(SoundAction::NodeReady));
        page.act(Action::Sound(SoundAction::DecoderReady));
        page
    }

    fn latched() -> Self {
        let mut page = Self::awake();
        page.act(Action::Edit(Edit::ToggleLatch));
        page
    }

    fn act(&mut self, action: Action) -> &Effects {
        self.effects = reduce(&mut self.state, action);
        for effect in &self.effects {
            match effect {
                Effect::Audio(AudioCommand::Note(NoteEvent::On { part, key, .. }, _)) => {
                    self.sounding.insert((*part, *key));
                }
                Effect::Audio(AudioCommand::Note(NoteEvent::Off { part, key }, _)) => {
                    self.sounding.remove(&(*part, *key));
                }
                Effect::Audio(AudioCommand::JumpTo(part, point) | AudioCommand::GlideTo(part, point)) => {
                    self.points[*part] = *point;
                }
                Effect::Audio(AudioCommand::Silence) => self.sounding.clear(),
                _ => {}
            }
        }
        &self.effects
    }

    fn pointer(&self, id: i32, point: Point) -> Pointer {
        let at_px = self.state.map.viewport.to_screen(point);
        Pointer { id, is_mouse: false, at_px, now_ms: self.now_ms }
    }

    fn press(&mut self, id: i32, point: Point) {
        let pointer = self.pointer(id, point);
        self.act(Action::Pointer(PointerAction::Down(pointer)));
    }

    fn slide(&mut self, id: i32, point: Point) {
        let pointer = self.pointer(id, point);
        self.act(Action::Pointer(PointerAction::Move(pointer)));
        self.frame();
    }

    fn lift(&mut self, id: i32) {
        let pointer = self.pointer(id, Point::default());
        self.act(Action::Pointer(PointerAction::Up(pointer)));
    }

    fn frame(&mut self) {
        self.now_ms += 16.0;
        self.act(Action::Frame(self.now_ms));
    }

    fn audio(&self) -> Vec<&AudioCommand> {
        let audio = |effect| if let &Effect::Audio(ref command) = effect { Some(command) } else { None };
        self.effects.iter().filter_map(audio).collect()
    }

    fn parts(&self) -> Vec<usize> {
        self.state.touches.all().iter().map(|touch| touch.part).collect()
    }

    fn errors(&self) -> Vec<AppError> {
        let error = |effect: &Effect| match effect {
            Effect::Notify(Event::Error(error)) => Some(error.clone()),
            _ => None,
        };
        self.effects.iter().filter_map(error).collect()
    }
}

fn at(x: f32) -> Point {
    Point { x, y: 0.0 }
}

fn near(one: Point, other: Point) -> bool {
    one.distance(other) < 1e-4
}

fn known() -> Rc<Coordinates> {
    Rc::new(Coordinates {
        version: plane::coordinates::VERSION,
        banks: vec!["A.bank".to_owned()],
        name: vec!["Bass".to_owned(), "Bell".to_owned()],
        bank: vec![0, 0],
        index: vec![0, 1],
        x: vec![1.0, -2.0],
        y: vec![1.0, 0.0],
        ..Coordinates::default()
    })
}

#[test]
fn a_touch_plays_moves_and_ends() {
    let mut page = Page::awake();
    page.press(1, at(1.0));
    assert_eq!(page.sounding, BTreeSet::from([(0, MIDDLE_C)]));
    assert!(near(page.points[0], at(1.0)), "the note begins where the touch landed");
    page.slide(1, at(2.0));
    assert!(near(page.points[0], at(2.0)) && near(page.state.point(), at(2.0)));
    page.lift(1);
    assert!(page.sounding.is_empty());
    assert!(near(page.state.point(), at(2.0)), "the current point stays");
}

#[test]
fn a_note_begins_after_its_point_and_patch_are_sent() {
    let mut page = Page::awake();
    page.act(Action::Edit(Edit::SetPatch(Box::default())));
    page.press(1, at(1.0));
    let kinds: Vec<u8> = page
        .audio()
        .iter()
        .filter_map(|command| match command {
            AudioCommand::Decode(0) => Some(1),
            AudioCommand::JumpTo(0, _) => Some(2),
            AudioCommand::Note(NoteEvent::On { .. }, Some(_)) => Some(3),
            _ => None,
        })
        .collect();
    assert_eq!(kinds, [1, 2, 3]);
}

#[test]
fn each_touch_has_a_part_and_the_sixth_none() {
    let mut page = Page::awake();
    for id in 0..6 {
        page.press(id, at(id as f32 * 0.5));
    }
    assert_eq!(page.parts(), [0, 1, 2, 3, 4]);
    page.lift(2);
    page.press(9, at(3.0));
    assert!(near(page.points[2], at(3.0)), "a part that is free is taken again");
    assert!(near(page.state.point(), at(0.0)));
}

#[test]
fn over_a_scale_a_sliding_touch_changes_its_key_and_legato_binds_the_two() {
    for (keyboard_mode, mode, is_legato) in
        [(0.0, NoteMode::Drone, false), (2.0, NoteMode::Drone, true), (0.0, NoteMode::ArpeggioUp, true)]
    {
        let mut page = Page::awake();
        let notes = Notes { layout: Layout::ScaleAcross, keyboard_mode, mode, ..Notes::default() };
        page.act(Action::Edit(Edit::SetNotes(notes, None)));
        page.press(1, at(-3.9));
        page.slide(1, at(3.9));
        let notes: Vec<bool> = page
            .audio()
            .iter()
            .filter_map(|command| match command {
                AudioCommand::Note(event, _) => Some(matches!(event, NoteEvent::On { .. })),
                _ => None,
            })
            .collect();
        assert_eq!((notes[0], notes[notes.len() - 1]), (is_legato, !is_legato));
    }
}

#[test]
fn latched_notes_sound_until_the_next_touch_or_until_the_latch_ends() {
    let mut page = Page::latched();
    page.press(1, at(1.0));
    page.press(2, at(2.0));
    page.lift(1);
    page.lift(2);
    assert!(
        page.state.is_sounding() && !page.state.touches.is_touching() && !page.state.touches.is_pressed()
    );
    page.press(1, at(3.0));
    assert_eq!(page.sounding.len(), 1, "a new touch, a new sound");
    page.lift(1);
    page.act(Action::Edit(Edit::ToggleLatch));
    assert!(page.sounding.is_empty());
}

#[test]
fn a_touch_that_is_lost_is_not_latched() {
    let mut page = Page::latched();
    page.press(1, at(1.0));
    page.act(Action::Pointer(PointerAction::Lost(1)));
    assert!(page.sounding.is_empty());
}

#[test]
fn asleep_nothing_plays_and_the_tap_that_wakes_the_sound_is_heard_for_a_moment() {
    let mut page = Page::new();
    page.act(Action::Sound(SoundAction::NodeReady));
    page.press(1, at(1.0));
    assert!(page.sounding.is_empty());
    page.lift(1);
    let waits = page.effects.iter().any(|effect| matches!(effect, Effect::After(1500, _)));
    assert!(waits, "a tap that finds no sound in time is given up: {:?}", page.effects);
    page.act(Action::Sound(SoundAction::ContextChanged(true)));
    assert_eq!(page.sounding.len(), 1);
    let ends = page.effects.iter().find_map(|effect| match effect {
        Effect::After(400, action) => Some((**action).clone()),
        _ => None,
    });
    page.act(ends.expect("it ends by itself"));
    assert!(page.sounding.is_empty());
}

#[test]
fn an_old_timer_does_not_end_a_newer_tap() {
    let mut page = Page::awake();
    page.act(Action::Touch(TouchAction::Sample(0.0)));
    let old = page.state.touches.of(TouchSource::Tap).unwrap().id;
    page.act(Action::Touch(TouchAction::EndTap(old, false)));
    page.act(Action::Touch(TouchAction::Sample(0.0)));
    page.act(Action::Touch(TouchAction::EndTap(old, false)));
    assert_eq!(page.sounding.len(), 1);
}

#[test]
fn an_instrument_that_is_made_anew_plays_what_is_held() {
    let mut page = Page::latched();
    page.press(1, at(1.0));
    page.lift(1);
    page.act(Action::Key(KeyAction::Press(KeyHolder::Midi(40), 40, 77)));
    page.act(Action::Load(LoadAction::Begin));
    page.sounding.clear();
    page.act(Action::Sound(SoundAction::NodeReady));
    assert_eq!(page.sounding, BTreeSet::from([(0, MIDDLE_C), (0, 40)]));
    assert!(near(page.points[0], at(1.0)));
}

#[test]
fn a_touch_ends_a_tap_and_what_a_button_plays() {
    for source in [TouchSource::Tap, TouchSource::PlayButton] {
        let mut page = Page::awake();
        page.act(Action::Touch(TouchAction::Press(source, 0.0)));
        page.press(1, at(3.0));
        assert_eq!(page.parts(), [0]);
        assert!(near(page.state.point(), at(3.0)));
    }
}

#[test]
fn arrow_keys_move_the_note_that_the_space_key_holds() {
    let mut page = Page::awake();
    page.press(1, at(-1.0));
    page.act(Action::Touch(TouchAction::Press(TouchSource::Keyboard, 0.0)));
    page.act(Action::Edit(Edit::MoveTo(at(0.5))));
    page.frame();
    assert!(near(page.points[0], at(0.5)) && near(page.points[1], at(0.5)));
}

#[test]
fn a_stroke_is_one_step_back_and_a_patch_of_its_own_comes_back_with_its_point() {
    let mut page = Page::awake();
    page.act(Action::Edit(Edit::SetPatch(Box::default())));
    page.press(1, at(1.0));
    page.slide(1, at(2.0));
    page.slide(1, at(3.0));
    page.lift(1);
    assert_eq!(page.state.document().patch, None, "a patch of its own stays behind");
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
fn a_press_on_a_dot_plays_that_very_preset_until_the_finger_slides_away() {
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
fn an_edit_of_what_holds_in_every_patch_is_no_edit_of_the_patch() {
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
fn two_fingers_on_the_map_look_around_and_a_tap_is_heard() {
    let mut page = Page::awake();
    page.act(Action::Map(MapAction::ToggleExplore));
    page.press(1, at(0.0));
    assert!(page.sounding.is_empty());
    page.now_ms += 50.0;
    page.lift(1);
    assert_eq!(page.sounding.len(), 1, "a tap plays its point for a moment");
    page.press(1, at(-1.0));
    page.press(2, at(1.0));
    let before = page.state.map.viewport.zoom();
    let pointer = page.pointer(2, at(3.0));
    page.act(Action::Pointer(PointerAction::Move(pointer)));
    assert!(page.state.map.viewport.zoom() > before);
}

#[test]
fn a_mouse_that_plays_without_being_pressed_stops_by_a_click_and_goes_on_by_another() {
    let mut page = Page::awake();
    page.act(Action::Map(MapAction::SetOptions(Options { free_mouse: true, ..Options::default() })));
    let mouse = |page: &Page, x: f32| Pointer { is_mouse: true, ..page.pointer(1, at(x)) };
    page.act(Action::Pointer(PointerAction::Hover(mouse(&page, 1.0))));
    assert_eq!(page.sounding.len(), 1);
    page.act(Action::Pointer(PointerAction::Down(mouse(&page, 1.0))));
    page.act(Action::Pointer(PointerAction::Hover(mouse(&page, 3.0))));
    assert!(near(page.state.point(), at(1.0)) && page.sounding.len() == 1);
    page.act(Action::Pointer(PointerAction::Down(mouse(&page, 2.0))));
    assert!(near(page.state.point(), at(2.0)));
    page.act(Action::Pointer(PointerAction::Leave));
    assert!(page.sounding.is_empty());
}

#[test]
fn a_recorded_gesture_repeats_and_stops_when_the_page_is_hidden() {
    let mut page = Page::awake();
    page.act(Action::Gesture(GestureAction::ToggleRecording(0.0)));
    page.press(1, at(0.0));
    for step in 1..20 {
        page.now_ms = f64::from(step) * 50.0;
        page.slide(1, at(step as f32 * 0.1));
    }
    page.lift(1);
    page.act(Action::Gesture(GestureAction::ToggleRecording(page.now_ms)));
    let mut reached = BTreeSet::new();
    for _ in 0..60 {
        page.frame();
        reached.insert((page.state.point().x * 10.0).round() as i32);
    }
    assert!(reached.len() > 10 && page.sounding.len() == 1, "{reached:?}");
    page.act(Action::Sound(SoundAction::PageHidden));
    assert!(page.sounding.is_empty() && !page.state.gesture.is_moving());
}

#[test]
fn everything_is_ready_when_the_sound_decodes_and_the_map_is_known() {
    let mut page = Page::awake();
    assert_eq!(page.state.loading.status, LoadStatus::Loading);
    page.act(Action::Load(LoadAction::Known(known())));
    assert_eq!(page.state.loading.status, LoadStatus::Ready);
}

#[test]
fn a_sound_that_stopped_is_told_and_made_anew_by_the_next_try() {
    let mut page = Page::awake();
    page.press(1, at(1.0));
    page.act(Action::Sound(SoundAction::VoicesSounding(1)));
    page.act(Action::Sound(SoundAction::Stopped));
    assert_eq!(page.errors(), [AppError::SoundStopped]);
    assert!(page.effects.contains(&Effect::Notify(Event::Sounding(false))));
    assert_eq!(page.state.loading.status, LoadStatus::Failed(AppError::SoundStopped));
    page.act(Action::Load(LoadAction::Begin));
    assert!(page.effects.contains(&Effect::Load { sound: true, known: true }));
}

#[test]
fn files_that_the_worklet_refuses_are_fetched_anew_but_a_later_fault_is_its_own() {
    let mut page = Page::new();
    page.act(Action::Sound(SoundAction::NodeReady));
    page.act(Action::Sound(SoundAction::Fault("no".to_owned())));
    assert!(page.effects.contains(&Effect::ForgetSoundFiles));
    assert_eq!(page.errors(), [AppError::DecoderRefused("no".to_owned())]);
    let mut page = Page::awake();
    page.act(Action::Sound(SoundAction::Fault("no".to_owned())));
    assert_eq!(page.errors(), [AppError::SoundFault("no".to_owned())]);
    assert!(!page.effects.contains(&Effect::ForgetSoundFiles));
    page.act(Action::Load(LoadAction::Begin));
    assert_eq!(page.state.sound.phase, SoundPhase::Preparing);
}

#[test]
fn an_imported_decoder_that_the_sound_refuses_gives_way_to_the_own_one() {
    let mut page = Page::awake();
    page.act(Action::Sound(SoundAction::DecoderImported(true)));
    page.act(Action::Load(LoadAction::Begin));
    page.act(Action::Sound(SoundAction::NodeReady));
    page.act(Action::Sound(SoundAction::Fault("no".to_owned())));
    assert_eq!(page.state.sound.decoder, DecoderChoice::Refused("no".to_owned()));
    assert!(page.effects.contains(&Effect::DropImportedDecoder));
    assert!(page.effects.iter().any(|effect| matches!(effect, Effect::Load { sound: true, .. })));
    assert_eq!(page.errors(), [AppError::ModelRefused("no".to_owned())]);
}

#[test]
fn a_sleeping_sound_counts_as_decoding_only_if_nothing_else_is_known() {
    let mut page = Page::new();
    page.act(Action::Sound(SoundAction::NodeReady));
    page.act(Action::Sound(SoundAction::DecoderAssumed));
    assert_eq!(page.state.sound.phase, SoundPhase::Assumed);
    page.act(Action::Sound(SoundAction::Stopped));
    page.act(Action::Sound(SoundAction::DecoderAssumed));
    assert_eq!(page.state.sound.phase, SoundPhase::Stopped);
}

#[test]
fn who_has_marked_something_is_told_once_that_nothing_is_kept() {
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
fn the_layer_that_was_wished_for_is_shown_when_the_map_comes() {
    let mut page = Page::new();
    page.act(Action::Map(MapAction::WishLayer("depth".to_owned())));
    let layers = ["brightness", "depth"].map(|name| Layer::new(name, "points", ["", ""], [0.0; 4])).to_vec();
    let map = Map { version: 1, grid: 2, limit: 4.0, layers, ..Map::default() };
    page.act(Action::Load(LoadAction::Map(Some(Rc::new(map)))));
    assert_eq!(page.state.map.layer, 2);
}

#[test]
fn midi_plays_leads_the_point_and_goes_to_landmarks() {
    let mut page = Page::awake();
    page.act(Action::Edit(Edit::AddLandmark("Here".to_owned())));
    page.act(Action::Key(KeyAction::Midi(MidiMessage::ControlChange { controller: 16, value: 127 })));
    assert!(near(page.points[0], Point { x: 4.0, y: 0.0 }));
    page.act(Action::Key(KeyAction::Midi(MidiMessage::Program(0))));
    assert!(near(page.points[0], at(0.0)));
    page.act(Action::Key(KeyAction::Midi(MidiMessage::NoteOn { key: 50, velocity: 9 })));
    assert_eq!(page.sounding, BTreeSet::from([(0, 50)]));
    page.act(Action::Key(KeyAction::MidiLost));
    assert!(page.sounding.is_empty());
}

#[test]
fn a_link_brings_its_point_patch_and_landmarks_and_can_be_undone() {
    let mut page = Page::awake();
    let mut link = Link::default();
    link.document.point = at(2.5);
    link.document.landmarks.drop_at(at(1.0), "Sent", None).unwrap();
    page.act(Action::Edit(Edit::OpenLink(Box::new(link))));
    assert!(near(page.points[0], at(2.5)) && page.state.document().landmarks.all().len() == 1);
    page.act(Action::Edit(Edit::Undo));
    assert!(near(page.state.point(), at(0.0)));
}

#[test]
fn words_follow_a_moving_point_ten_times_a_second_and_others_in_each_frame() {
    let mut page = Page::awake();
    page.press(1, at(0.0));
    page.frame();
    let (mut shown, mut followed) = (0, 0);
    for step in 1..=60 {
        page.slide(1, at(step as f32 * 0.05));
        shown += page.effects.iter().filter(|effect| **effect == Effect::ShowViews).count();
        followed += page.effects.iter().filter(|effect| **effect == Effect::FollowPoint).count();
    }
    assert!((8..=11).contains(&shown) && followed == 60, "{shown} {followed}");
}

#[test]
fn an_idle_page_asks_for_no_frames() {
    let mut page = Page::awake();
    for _ in 0..3 {
        page.frame();
    }
    assert!(!page.effects.contains(&Effect::RequestFrame), "{:?}", page.effects);
}

fn any_action() -> impl Strategy<Value = Action> {
    let x = -4.0f32..4.0;
    let px = (0.0f64..400.0, 0.0f64..400.0);
    let pointer = (0i32..7, px, any::<bool>()).prop_map(|(id, at_px, is_mouse)| Pointer {
        id,
        is_mouse,
        at_px,
        now_ms: 0.0,
    });
    let source = prop_oneof![
        Just(TouchSource::Keyboard),
        Just(TouchSource::Tap),
        Just(TouchSource::PlayButton),
        Just(TouchSource::Hover)
    ];
    prop_oneof![
        6 => (0u8..5, pointer).prop_map(|(kind, pointer)| Action::Pointer(match kind {
            0 | 1 => PointerAction::Down(pointer),
            2 => PointerAction::Move(pointer),
            3 => PointerAction::Hover(pointer),
            _ => PointerAction::Up(pointer),
        })),
        1 => (0i32..7).prop_map(|id| Action::Pointer(PointerAction::Lost(id))),
        1 => Just(Action::Pointer(PointerAction::Blur)),
        2 => (0u8..3, source).prop_map(|(kind, source)| Action::Touch(match kind {
            0 => TouchAction::Press(source, 0.0),
            1 => TouchAction::Lift(source, 0.0),
            _ => TouchAction::Lose(source),
        })),
        2 => (0u8..3, 58u8..64).prop_map(|(kind, key)| Action::Key(match kind {
            0 => KeyAction::Press(KeyHolder::Midi(key), key, 90),
            1 => KeyAction::Release(KeyHolder::Midi(key)),
            _ => KeyAction::Slide(KeyHolder::Midi(key), key + 1, 90),
        })),
        1 => Just(Action::Edit(Edit::ToggleLatch)),
        1 => x.prop_map(|x| Action::Edit(Edit::MoveTo(at(x)))),
        1 => prop_oneof![Just(Edit::Undo), Just(Edit::Redo), Just(Edit::SwitchSides)].prop_map(Action::Edit),
        1 => any::<bool>().prop_map(|across| {
            let layout = if across { Layout::ScaleAcross } else { Layout::RootNote };
            Action::Edit(Edit::SetNotes(Notes { layout, latch: across, ..Notes::default() }, None))
        }),
        1 => any::<bool>().prop_map(|is_running| Action::Sound(SoundAction::ContextChanged(is_running))),
        1 => prop_oneof![
            Just(SoundAction::Panic),
            Just(SoundAction::PageHidden),
            Just(SoundAction::Stopped),
            Just(SoundAction::DecoderReady)
        ].prop_map(Action::Sound),
        1 => prop_oneof![Just(MapAction::ToggleExplore), Just(MapAction::ShowAll)].prop_map(Action::Map),
        1 => (0u64..9).prop_map(|seed| Action::Gesture(GestureAction::ToggleWalk(seed))),
    ]
}

proptest! {
    /// Whatever happens: what sounds is what is held, no part is used twice, and the instrument is where the state is.
    #[test]
    fn no_note_is_ever_stuck(actions in prop::collection::vec(any_action(), 0..80)) {
        let mut page = Page::awake();
        for action in actions {
            let remakes = matches!(action, Action::Sound(SoundAction::Stopped));
            page.act(action);
            if remakes {
                // A new instrument knows of no key.
                page.act(Action::Load(LoadAction::Begin));
                page.sounding.clear();
                page.act(Action::Sound(SoundAction::NodeReady));
            }
            page.frame();
            let parts: BTreeSet<usize> = page.parts().into_iter().collect();
            prop_assert_eq!(parts.len(), page.parts().len());
            prop_assert_eq!(page.points, page.state.points());
            if page.state.sound.is_audible {
                for touch in page.state.touches.all() {
                    prop_assert!(page.sounding.iter().any(|&(part, _)| part == touch.part));
                }
            }
        }
        page.act(Action::Sound(SoundAction::PageHidden));
        page.act(Action::Edit(Edit::SetNotes(Notes::default(), None)));
        prop_assert!(page.sounding.is_empty(), "{:?}", page.sounding);
    }

    /// All the way back is where it began.
    #[test]
    fn every_step_can_be_undone(points in prop::collection::vec(-4.0f32..4.0, 1..40)) {
        let mut page = Page::awake();
        for (step, &x) in points.iter().enumerate() {
            page.press(1, at(x));
            page.slide(1, at(-x));
            page.lift(1);
            if step % 3 == 0 {
                page.act(Action::Edit(Edit::AddLandmark("Mark".to_owned())));
            }
        }
        while page.state.history.can_undo() {
            page.act(Action::Edit(Edit::Undo));
        }
        prop_assert_eq!(page.state.document(), &crate::Document::default());
    }
}
