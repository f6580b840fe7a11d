//! Notes from the presses and releases of keys: each channel has keys and pedals of its own. A pedal holds a note
//! beyond the release of its key.

use super::events::MidiEvent;
use crate::PathNote;
use crate::latent_path::NOTE_LIMIT;

/// Controllers (MIDI 1.0): two pedals that hold every note, and one that holds the notes of the keys that were down.
const HOLD: u8 = 64;
const SOSTENUTO: u8 = 66;
const HOLD_2: u8 = 69;
/// Channel modes: the first one ends every sound, the second one lifts the pedals, the third one and all above it release
/// every key.
const SOUND_OFF: u8 = 120;
const RESET: u8 = 121;
const NOTES_OFF: u8 = 123;
/// A pedal is down from this value on.
const DOWN: u8 = 64;

/// A key of a channel.
#[derive(Clone, Copy, Default)]
struct MidiKey {
    /// The number of its note that sounds.
    note: Option<usize>,
    is_released: bool,
    /// The sostenuto pedal holds it.
    is_kept: bool,
}

/// Keys and pedals of a channel.
#[derive(Clone)]
struct MidiChannel {
    keys: [MidiKey; 128],
    holds: [bool; 2],
}

/// The notes of all channels.
pub(super) struct MidiNotes {
    channels: Vec<MidiChannel>,
    notes: Vec<PathNote>,
    /// Presses beyond [`NOTE_LIMIT`].
    pub left_out: usize,
    length_s: f64,
}

impl MidiNotes {
    /// No notes yet, for a path of this length.
    pub fn new(length_s: f64) -> Self {
        let channel = MidiChannel { keys: [MidiKey::default(); 128], holds: [false; 2] };
        Self { channels: vec![channel; 16], notes: Vec::new(), left_out: 0, length_s }
    }

    /// The notes. A note that no event has ended lasts until the end of the path.
    pub fn into_notes(self) -> Vec<PathNote> {
        self.notes
    }

    /// An event happens.
    pub fn take(&mut self, time_s: f64, event: MidiEvent) {
        let MidiEvent::Channel { kind, channel, values: [key, value] } = event else { return };
        match (kind, key) {
            (9, _) if value > 0 => self.press(time_s, channel, key, value),
            (8 | 9, _) => self.release(time_s, channel, key),
            (11, HOLD) => self.hold(time_s, channel, 0, value >= DOWN),
            (11, HOLD_2) => self.hold(time_s, channel, 1, value >= DOWN),
            (11, SOSTENUTO) => self.keep(time_s, channel, value >= DOWN),
            (11, SOUND_OFF) => (0..128).for_each(|key| self.end(time_s, channel, key)),
            (11, RESET) => {
                self.hold(time_s, channel, 0, false);
                self.hold(time_s, channel, 1, false);
                self.keep(time_s, channel, false);
            }
            (11, NOTES_OFF..) => (0..128).for_each(|key| self.release(time_s, channel, key)),
            _ => {}
        }
    }

    fn channel(&mut self, channel: u8) -> &mut MidiChannel {
        &mut self.channels[usize::from(channel & 15)]
    }

    fn key(&mut self, channel: u8, key: u8) -> &mut MidiKey {
        &mut self.channel(channel).keys[usize::from(key & 127)]
    }

    fn press(&mut self, time_s: f64, channel: u8, key: u8, velocity: u8) {
        self.end(time_s, channel, key);
        if self.notes.len() == NOTE_LIMIT {
            self.left_out += 1;
            return;
        }
        let note = Some(self.notes.len());
        *self.key(channel, key) = MidiKey { note, is_released: false, is_kept: false };
        let length_s = (self.length_s - time_s).max(0.0);
        self.notes.push(PathNote { start_s: time_s, length_s, key: Some(key), velocity });
    }

    fn release(&mut self, time_s: f64, channel: u8, key: u8) {
        self.key(channel, key).is_released = true;
        self.end_if_let_go(time_s, channel, key);
    }

    fn hold(&mut self, time_s: f64, channel: u8, pedal: usize, is_down: bool) {
        self.channel(channel).holds[pedal] = is_down;
        (0..128).for_each(|key| self.end_if_let_go(time_s, channel, key));
    }

    fn keep(&mut self, time_s: f64, channel: u8, is_down: bool) {
        for key in 0..128 {
            let own = self.key(channel, key);
            // A pedal that is down keeps no further keys.
            own.is_kept = is_down && (own.is_kept || !own.is_released);
            self.end_if_let_go(time_s, channel, key);
        }
    }

    fn end_if_let_go(&mut self, time_s: f64, channel: u8, key: u8) {
        let is_held = self.channel(channel).holds.contains(&true);
        let own = *self.key(channel, key);
        if own.is_released && !own.is_kept && !is_held {
            self.end(time_s, channel, key);
        }
    }

    fn end(&mut self, time_s: f64, channel: u8, key: u8) {
        if let Some(number) = self.key(channel, key).note.take() {
            let note = &mut self.notes[number];
            note.length_s = time_s - note.start_s;
        }
    }
}
