//! The sustain pedal of a MIDI device beside a loop whose fingers want every part.

use super::*;

/// The pedal, the reset of all controllers, and the end of all notes.
const PEDAL: u8 = 64;
const RESET: u8 = 121;
const NOTES_OFF: u8 = 123;

impl Page {
    fn midi(&mut self, message: MidiMessage) {
        self.act(Action::Key(KeyAction::Midi(message), 0.0));
    }

    fn control(&mut self, controller: u8, value: u8) {
        self.midi(MidiMessage::ControlChange { controller, value });
    }

    fn tap(&mut self, key: u8) {
        self.midi(MidiMessage::NoteOn { key, velocity: 100 });
        self.frames(3);
        self.midi(MidiMessage::NoteOff { key });
    }

    /// True if the loop leaves the part of keys alone for a while.
    fn loop_leaves_keys_alone(&mut self) -> bool {
        self.frames(30);
        assert!(self.loop_parts().is_superset(&(1..PART_COUNT).collect()));
        !self.loop_parts().contains(&0)
    }
}

fn with_a_loop() -> Page {
    let mut page = Page::awake();
    page.act(Action::Gesture(GestureAction::SetInBeats(false)));
    page.record_on_all_parts();
    assert!(!page.loop_leaves_keys_alone(), "it plays everywhere");
    page
}

#[test]
fn what_the_pedal_holds_keeps_its_point_until_the_pedal_is_up() {
    let mut page = with_a_loop();
    page.control(PEDAL, 127);
    assert!(!page.loop_leaves_keys_alone(), "it holds nothing");
    page.tap(70);
    assert!(page.loop_leaves_keys_alone(), "it went down before the key");
    page.control(PEDAL, 0);
    assert!(!page.loop_leaves_keys_alone());
    page.midi(MidiMessage::NoteOn { key: 70, velocity: 100 });
    page.control(PEDAL, 127);
    page.midi(MidiMessage::NoteOff { key: 70 });
    assert!(page.loop_leaves_keys_alone(), "it went down after the key");
}

#[test]
fn whatever_lifts_the_pedal_gives_the_loop_its_part_again() {
    for end in [
        Action::Key(KeyAction::Midi(MidiMessage::ControlChange { controller: RESET, value: 0 }), 0.0),
        Action::Key(KeyAction::Midi(MidiMessage::ControlChange { controller: NOTES_OFF, value: 0 }), 0.0),
        Action::Key(KeyAction::MidiLost, 0.0),
    ] {
        let mut page = with_a_loop();
        page.control(PEDAL, 127);
        page.tap(70);
        assert!(page.loop_leaves_keys_alone());
        page.act(end.clone());
        assert!(!page.loop_leaves_keys_alone(), "{end:?}");
    }
    let mut page = with_a_loop();
    page.control(PEDAL, 127);
    page.tap(70);
    page.act(Action::Sound(SoundAction::Panic));
    for number in 1..=3 {
        page.act(Action::Gesture(GestureAction::ToggleLoop(number)));
    }
    assert!(!page.loop_leaves_keys_alone(), "silence lifts it, too");
}
