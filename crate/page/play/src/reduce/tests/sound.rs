//! The life cycle of the sound, and keys that play it.

use super::*;

#[test]
fn asleep_nothing_plays_and_the_tap_that_wakes_the_sound_plays_for_a_moment() {
    let mut page = Page::new();
    page.act(Action::Sound(SoundAction::NodeReady));
    page.press(1, at(1.0));
    assert!(page.sounding.is_empty());
    page.lift(1);
    let waits = page.effects.iter().any(|effect| matches!(effect, Effect::After(5000, _)));
    assert!(waits, "a tap that waits too long is dropped: {:?}", page.effects);
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
fn a_tap_on_the_button_waits_for_the_sound_too_and_one_that_waits_too_long_is_dropped() {
    let timer = |page: &Page| {
        page.effects.iter().find_map(|effect| match effect {
            Effect::After(ms, action) => Some((*ms, (**action).clone())),
            _ => None,
        })
    };
    let mut page = Page::new();
    page.act(Action::Sound(SoundAction::NodeReady));
    page.act(Action::Touch(TouchAction::Sample(0.0)));
    let (ms, dropped) = timer(&page).expect("it does not wait for ever");
    assert_eq!(ms, 5000);
    page.act(Action::Sound(SoundAction::ContextChanged(true)));
    assert_eq!(page.sounding.len(), 1);
    let (ms, ended) = timer(&page).expect("it ends by itself");
    assert_eq!(ms, 400);
    page.act(dropped);
    assert_eq!(page.sounding.len(), 1, "it sounds");
    page.act(ended);
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
fn a_restarted_instrument_plays_the_held_keys() {
    let mut page = Page::latched();
    page.press(1, at(1.0));
    page.lift(1);
    page.act(Action::Key(KeyAction::Press(KeyHolder::Midi(40), 40, 77), 0.0));
    page.act(Action::Load(LoadAction::Begin));
    page.sounding.clear();
    page.act(Action::Sound(SoundAction::NodeReady));
    assert_eq!(page.sounding, BTreeSet::from([(0, MIDDLE_C), (0, 40)]));
    assert!(near(page.points[0], at(1.0)));
}

#[test]
fn everything_is_ready_when_the_sound_decodes_and_the_map_is_known() {
    let mut page = Page::awake();
    assert_eq!(page.state.loading.status, LoadStatus::Loading);
    page.act(Action::Load(LoadAction::Known(known())));
    assert_eq!(page.state.loading.status, LoadStatus::Ready);
}

#[test]
fn a_stopped_sound_is_shown_and_restarted_by_the_next_try() {
    let mut page = Page::awake();
    page.press(1, at(1.0));
    page.act(Action::Sound(SoundAction::VoicesSounding(1)));
    page.act(Action::Sound(SoundAction::Stopped));
    assert_eq!(page.errors(), [AppError::SoundStopped]);
    assert!(page.effects.contains(&Effect::Notify(AppEvent::Sounding(false))));
    assert_eq!(page.state.loading.status, LoadStatus::Failed(AppError::SoundStopped));
    page.act(Action::Load(LoadAction::Begin));
    assert!(page.effects.contains(&Effect::Load { sound: true, known: true }));
}

#[test]
fn files_that_the_worklet_rejects_are_fetched_again_but_not_after_a_later_fault() {
    let mut page = Page::new();
    page.act(Action::Sound(SoundAction::NodeReady));
    page.act(Action::Sound(SoundAction::DecoderRefused("no".to_owned())));
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
fn a_fault_before_the_decoder_is_confirmed_ends_neither_the_sound_nor_its_files() {
    let mut page = Page::new();
    page.act(Action::Sound(SoundAction::NodeReady));
    page.act(Action::Sound(SoundAction::Fault("a sound became infinite".to_owned())));
    assert_eq!(page.errors(), [AppError::SoundFault("a sound became infinite".to_owned())]);
    assert!(!page.effects.contains(&Effect::ForgetSoundFiles));
    page.act(Action::Sound(SoundAction::DecoderReady));
    assert_eq!(page.state.sound.phase, SoundPhase::Decoding);
}

#[test]
fn the_own_decoder_replaces_an_imported_one_that_the_sound_rejects() {
    let mut page = Page::awake();
    page.act(Action::Sound(SoundAction::DecoderImported(true)));
    page.act(Action::Load(LoadAction::Begin));
    page.act(Action::Sound(SoundAction::NodeReady));
    page.act(Action::Sound(SoundAction::DecoderRefused("no".to_owned())));
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
fn midi_plays_moves_the_point_and_goes_to_landmarks() {
    let mut page = Page::awake();
    page.act(Action::Edit(Edit::AddLandmark("Here".to_owned())));
    page.act(Action::Key(KeyAction::Midi(MidiMessage::ControlChange { controller: 16, value: 127 }), 0.0));
    assert!(near(page.points[0], Point { x: 4.0, y: 0.0 }));
    page.act(Action::Key(KeyAction::Midi(MidiMessage::Program(0)), 0.0));
    assert!(near(page.points[0], at(0.0)));
    page.act(Action::Key(KeyAction::Midi(MidiMessage::NoteOn { key: 50, velocity: 9 }), 0.0));
    assert_eq!(page.sounding, BTreeSet::from([(0, 50)]));
    page.act(Action::Key(KeyAction::MidiLost, 0.0));
    assert!(page.sounding.is_empty());
}

#[test]
fn a_device_that_is_unplugged_ends_keys_of_devices_alone() {
    let mut page = Page::latched();
    page.act(Action::Key(KeyAction::Press(KeyHolder::Pointer(2), 62, 90), 0.0));
    for (holder, key) in [(KeyHolder::Midi(64), 64), (KeyHolder::Pointer(1), 60), (KeyHolder::Voice, 57)] {
        page.act(Action::Key(KeyAction::Press(holder, key, 90), 0.0));
    }
    page.act(Action::Key(KeyAction::Release(KeyHolder::Pointer(2)), 0.0));
    page.act(Action::Key(KeyAction::MidiLost, 0.0));
    assert_eq!(page.sounding, BTreeSet::from([(0, 57), (0, 60), (0, 62)]), "a latched key sounds on");
    assert!(!page.audio().contains(&&AudioCommand::PitchBend(0)), "the voice bends its own note");
    page.act(Action::Key(KeyAction::Release(KeyHolder::Voice), 0.0));
    page.act(Action::Key(KeyAction::MidiLost, 0.0));
    assert!(page.audio().contains(&&AudioCommand::PitchBend(0)));
}

#[test]
fn a_fault_stays_shown_until_the_next_try() {
    let mut page = Page::awake();
    page.act(Action::Sound(SoundAction::Fault("no".to_owned())));
    page.act(Action::Load(LoadAction::Known(known())));
    page.act(Action::Load(LoadAction::Finished));
    assert_eq!(page.state.loading.status, LoadStatus::Failed(AppError::SoundFault("no".to_owned())));
}

#[test]
fn a_chunk_that_does_not_change_the_progress_line_updates_no_view() {
    let mut page = Page::new();
    let progress = |bytes, percent| {
        Action::Load(LoadAction::Progress(Progress { bytes, percent: Some(percent), all_here: false }))
    };
    let shows = |page: &Page| page.effects.contains(&Effect::ShowViews);
    page.act(progress(10.0, 1));
    assert!(shows(&page));
    page.act(progress(11.0, 1));
    assert!(!shows(&page));
    page.act(progress(20.0, 2));
    assert!(shows(&page));
}

#[test]
fn a_voice_sings_one_note_at_a_time_which_the_latch_does_not_keep() {
    let mut page = Page::latched();
    let sing = |key| Action::Key(KeyAction::Press(KeyHolder::Voice, key, 90), 0.0);
    page.act(sing(57));
    page.act(sing(60));
    assert_eq!(page.sounding, BTreeSet::from([(0, 60)]));
    page.act(Action::Key(KeyAction::Release(KeyHolder::Voice), 0.0));
    assert!(page.sounding.is_empty());
}
