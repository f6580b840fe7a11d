//! The channels of MIDI devices: each has keys and a bend of its own. A device for MPE (MIDI Polyphonic Expression) sends
//! each note on a channel of its own, so that its bend is that of one note.
//!
//! The instrument has one bend for all keys. While keys of several channels are down, it keeps the bend that it has: the
//! bend of one channel must not move the note of another. Channel 1, which MPE reserves for all notes, always bends.

/// The channel whose bend is that of all notes, counted from 0.
const MASTER: u8 = 0;

/// Keys that are down and bends, by channel.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct MidiChannels {
    /// Channel and key.
    down: Vec<[u8; 2]>,
    bends: [i16; 16],
    /// The bend that the instrument has.
    heard: i16,
}

impl MidiChannels {
    /// A key goes down; the bend that the instrument takes, if it is another one.
    pub fn press(&mut self, channel: u8, key: u8) -> Option<i16> {
        self.down.retain(|own| *own != [channel, key]);
        let is_alone = self.are_all_of(channel);
        self.down.push([channel, key]);
        let bend = self.bends[usize::from(channel & 15)];
        let is_other = is_alone && bend != self.heard;
        is_other.then(|| {
            self.heard = bend;
            bend
        })
    }

    /// A key goes up; returns whether no other channel holds it.
    pub fn release(&mut self, channel: u8, key: u8) -> bool {
        self.down.retain(|own| *own != [channel, key]);
        self.down.iter().all(|[_, own]| *own != key)
    }

    /// The bend of a channel moves; the bend that the instrument takes, if any.
    pub fn bend(&mut self, channel: u8, bend: i16) -> Option<i16> {
        self.bends[usize::from(channel & 15)] = bend;
        if channel != MASTER && !self.are_all_of(channel) {
            return None;
        }
        self.heard = bend;
        Some(bend)
    }

    /// All keys are up.
    pub fn release_all(&mut self) {
        self.down.clear();
    }

    fn are_all_of(&self, channel: u8) -> bool {
        self.down.iter().all(|[own, _]| *own == channel)
    }
}
