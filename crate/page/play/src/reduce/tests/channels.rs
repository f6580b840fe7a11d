//! MIDI devices that send on several channels, as those for MPE do: the bend of a channel is that of its own keys.

use super::*;

const NOTE: u8 = 1;
const OTHER: u8 = 2;

impl Page {
    fn of_channel(&mut self, channel: u8, message: MidiMessage) {
        self.act(Action::Key(KeyAction::MidiOfChannel(channel, message), 0.0));
    }

    fn press_on(&mut self, channel: u8, key: u8) {
        self.of_channel(channel, MidiMessage::NoteOn { key, velocity: 100 });
    }

    fn bend_on(&mut self, channel: u8, bend: i16) -> bool {
        self.effects.clear();
        self.of_channel(channel, MidiMessage::PitchBend(bend));
        self.audio().contains(&&AudioCommand::PitchBend(bend))
    }
}

#[test]
fn a_bend_moves_only_the_keys_of_its_own_channel() {
    let mut page = Page::new();
    page.press_on(NOTE, 60);
    assert!(page.bend_on(NOTE, 100));
    assert!(!page.bend_on(OTHER, 200), "the note of another channel stays");
    page.press_on(OTHER, 64);
    assert!(!page.bend_on(OTHER, 300) && !page.bend_on(NOTE, 400), "one bend cannot move one of two notes");
    assert!(page.bend_on(0, 500), "the channel of all notes moves both");
}

#[test]
fn a_note_begins_with_the_bend_of_its_channel() {
    let mut page = Page::new();
    page.press_on(NOTE, 60);
    assert!(!page.bend_on(OTHER, 200));
    page.of_channel(NOTE, MidiMessage::NoteOff { key: 60 });
    page.effects.clear();
    page.press_on(OTHER, 64);
    assert!(page.audio().contains(&&AudioCommand::PitchBend(200)));
}

#[test]
fn a_key_that_two_channels_hold_goes_up_with_the_last_one() {
    let mut page = Page::new();
    page.press_on(NOTE, 60);
    page.press_on(OTHER, 60);
    page.of_channel(NOTE, MidiMessage::NoteOff { key: 60 });
    assert!(!page.state.keys.keys_of(&KeyHolder::Midi(60)).is_empty());
    page.of_channel(OTHER, MidiMessage::NoteOff { key: 60 });
    assert!(page.state.keys.keys_of(&KeyHolder::Midi(60)).is_empty());
}
