//! The held keys of every part, with their holders: touches on the map, pointers on the on-screen keyboard, typed
//! letters, a MIDI keyboard, the host page. Returns which notes begin and end. Makes no sound, and does not decide
//! which keys a touch plays.

use crate::midi_channels::MidiChannels;
use crate::touches::TouchId;

/// The holder of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyHolder {
    /// A touch on the map.
    Touch(TouchId),
    /// A pointer on the on-screen keyboard, by its pointerId.
    Pointer(i32),
    /// A key of the computer's keyboard, by its code.
    Typed(String),
    /// A key of a MIDI keyboard.
    Midi(u8),
    /// A live voice, which sings one note at a time.
    Voice,
    /// A key that the host page presses.
    Host(u8),
    /// A press without a pointer, by assistive technology.
    Click,
    /// The latch: the key was released while it was on.
    Latch,
}

/// A note event for the instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteEvent {
    /// A note begins or restarts.
    On {
        /// part, 0…4
        part: usize,
        /// MIDI key, 0…127
        key: u8,
        /// MIDI velocity, 1…127
        velocity: u8,
    },
    /// A note ends.
    Off {
        /// part, 0…4
        part: usize,
        /// MIDI key, 0…127
        key: u8,
    },
}

#[derive(Clone, Debug, PartialEq)]
struct HeldKey {
    holder: KeyHolder,
    part: usize,
    key: u8,
    velocity: u8,
}

/// The one list of keys that are down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeldKeys {
    held: Vec<HeldKey>,
    /// The key that was pressed last.
    last_key: Option<u8>,
    /// True if a live voice has set the bend and the volume of what sounds.
    pub(crate) is_voiced: bool,
    pub(crate) pedal: SustainPedal,
    pub(crate) channels: MidiChannels,
}

/// The sustain pedal of MIDI devices, which holds keys of part 0 that are up.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SustainPedal {
    pub(crate) is_down: bool,
    has_keys: bool,
}

impl SustainPedal {
    /// True if it holds what a person has played since it went down; `is_played`: a person plays part 0 now.
    pub(crate) fn holds(&mut self, is_played: bool) -> bool {
        self.has_keys = self.is_down && (self.has_keys || is_played);
        self.has_keys
    }
}

impl HeldKeys {
    /// A touch holds exactly these keys of its part from now on. With legato the new ones begin before the old ones
    /// end.
    pub fn set_touch(
        &mut self,
        touch: TouchId,
        part: usize,
        keys: &[u8],
        velocity: u8,
        is_legato: bool,
    ) -> Vec<NoteEvent> {
        let holder = KeyHolder::Touch(touch);
        let before = self.keys_of(&holder);
        if before == keys {
            return Vec::new();
        }
        self.held.retain(|held| held.holder != holder || keys.contains(&held.key));
        let pressed = keys.iter().copied().filter(|key| !before.contains(key));
        let pressed: Vec<u8> = pressed.collect();
        self.last_key = pressed.first().copied().or(self.last_key);
        let ons: Vec<NoteEvent> =
            pressed.into_iter().map(|key| NoteEvent::On { part, key, velocity }).collect();
        // In the order of the keys, which the comparison above relies on.
        self.held.retain(|held| held.holder != holder);
        let own = keys.iter().map(|&key| HeldKey { holder: holder.clone(), part, key, velocity });
        self.held.extend(own);
        let released = before.into_iter().filter(|key| !keys.contains(key));
        let offs = self.ends(part, released);
        in_order(ons, offs, is_legato)
    }

    /// A keyboard's key goes down on part 0. A holder releases its other key (a sliding finger). The first key of a
    /// new chord ends the latched keys; a latched key that is pressed again restarts.
    pub fn press(&mut self, holder: KeyHolder, key: u8, velocity: u8, is_legato: bool) -> Vec<NoteEvent> {
        let velocity = velocity.clamp(1, 127);
        let is_first = !self.held.iter().any(|held| is_on_keyboard(&held.holder));
        let latched: Vec<u8> = if is_first { self.keys_of(&KeyHolder::Latch) } else { Vec::new() };
        self.held.retain(|held| held.holder != KeyHolder::Latch || !is_first && held.key != key);
        let left = self.keys_of(&holder);
        self.held.retain(|held| held.holder != holder);
        self.held.push(HeldKey { holder, part: 0, key, velocity });
        self.last_key = Some(key);
        let mut events = self.ends(0, latched.into_iter());
        let left = self.ends(0, left.into_iter());
        events.extend(in_order(vec![NoteEvent::On { part: 0, key, velocity }], left, is_legato));
        events
    }

    /// A holder releases its keys; with the latch on, a keyboard's keys keep sounding.
    pub fn release(&mut self, holder: &KeyHolder, latches: bool) -> Vec<NoteEvent> {
        let latches = latches && is_on_keyboard(holder);
        if latches {
            // A key with two holders is latched only once.
            let keys = self.keys_of(holder);
            self.held.retain(|held| held.holder != KeyHolder::Latch || !keys.contains(&held.key));
            for held in self.held.iter_mut().filter(|held| held.holder == *holder) {
                held.holder = KeyHolder::Latch;
            }
            return Vec::new();
        }
        let mut released: Vec<(usize, u8)> = Vec::new();
        self.held.retain(|held| {
            if held.holder == *holder {
                released.push((held.part, held.key));
            }
            held.holder != *holder
        });
        released.into_iter().flat_map(|(part, key)| self.ends(part, std::iter::once(key))).collect()
    }

    /// Ends the keys that only the latch holds.
    pub fn release_latched(&mut self) -> Vec<NoteEvent> {
        self.release(&KeyHolder::Latch, false)
    }

    /// Releases every key of a keyboard, latched ones too, but not those of touches and the host page.
    pub fn release_keyboards(&mut self) -> Vec<NoteEvent> {
        self.release_all(|holder| !matches!(holder, KeyHolder::Touch(_) | KeyHolder::Host(_)))
    }

    /// Releases the keys whose release the page may not be told: those that pointers, letters and presses without a
    /// pointer hold. Those of a MIDI keyboard and of a voice stay, and latched ones.
    pub fn release_pressed(&mut self) -> Vec<NoteEvent> {
        self.release_all(|holder| {
            matches!(holder, KeyHolder::Pointer(_) | KeyHolder::Typed(_) | KeyHolder::Click)
        })
    }

    /// Releases the letters of the computer's keyboard.
    pub fn release_typed(&mut self) -> Vec<NoteEvent> {
        self.release_all(|holder| matches!(holder, KeyHolder::Typed(_)))
    }

    /// Releases the keys that MIDI keyboards hold down. Latched ones stay, whoever has pressed them.
    pub fn release_midi(&mut self) -> Vec<NoteEvent> {
        self.release_all(|holder| matches!(holder, KeyHolder::Midi(_)))
    }

    /// Releases the keys of these holders, which play part 0.
    fn release_all(&mut self, is_released: impl Fn(&KeyHolder) -> bool) -> Vec<NoteEvent> {
        let released = self.held.iter().filter(|held| is_released(&held.holder));
        let mut keys: Vec<u8> = released.map(|held| held.key).collect();
        keys.sort_unstable();
        keys.dedup();
        self.held.retain(|held| !is_released(&held.holder));
        self.ends(0, keys.into_iter())
    }

    /// Clears all keys without note-offs, after all sound has ended; the pedal is up then.
    pub fn clear(&mut self) {
        self.held.clear();
        self.pedal.is_down = false;
    }

    /// The note-ons of all keyboards' keys, for a restarted instrument.
    pub fn keyboard_note_ons(&self) -> Vec<NoteEvent> {
        let is_touch = |held: &&HeldKey| matches!(held.holder, KeyHolder::Touch(_));
        let others = self.held.iter().filter(|held| !is_touch(held));
        others.map(|held| NoteEvent::On { part: held.part, key: held.key, velocity: held.velocity }).collect()
    }

    /// Clears the keys of touches without note-offs, so that they begin again on a restarted instrument.
    pub fn forget_touches(&mut self) {
        self.held.retain(|held| !matches!(held.holder, KeyHolder::Touch(_)));
    }

    /// The keys of one holder, in the order of their presses.
    pub fn keys_of(&self, holder: &KeyHolder) -> Vec<u8> {
        self.held.iter().filter(|held| held.holder == *holder).map(|held| held.key).collect()
    }

    /// The keys that a person holds down, without those of touches and of the latch: holder, key and velocity.
    pub fn held_by_hand(&self) -> Vec<(KeyHolder, u8, u8)> {
        let by_hand = |held: &&HeldKey| !matches!(held.holder, KeyHolder::Touch(_) | KeyHolder::Latch);
        let own = self.held.iter().filter(by_hand);
        own.map(|held| (held.holder.clone(), held.key, held.velocity)).collect()
    }

    /// True if a touch holds any key.
    pub fn holds_touch(&self, touch: TouchId) -> bool {
        self.held.iter().any(|held| held.holder == KeyHolder::Touch(touch))
    }

    /// True if anything but touches holds a key.
    pub fn holds_any_keyboard(&self) -> bool {
        self.held.iter().any(|held| !matches!(held.holder, KeyHolder::Touch(_)))
    }

    /// The key that was pressed last, held or not; of the keys of a touch the lowest one.
    pub fn last_key(&self) -> Option<u8> {
        self.last_key
    }

    /// True if any touch holds a key.
    pub fn holds_any_touch(&self) -> bool {
        self.held.iter().any(|held| matches!(held.holder, KeyHolder::Touch(_)))
    }

    /// True if anything holds this key, a touch on the map too, so that keyboards show it as pressed.
    pub fn is_down(&self, key: u8) -> bool {
        self.held.iter().any(|held| held.key == key)
    }

    /// True if anything holds any key.
    pub fn is_any_down(&self) -> bool {
        !self.held.is_empty()
    }

    /// Note-offs of these keys, except those with another holder on the part.
    fn ends(&self, part: usize, keys: impl Iterator<Item = u8>) -> Vec<NoteEvent> {
        let is_held = |key: u8| self.held.iter().any(|held| (held.part, held.key) == (part, key));
        keys.filter(|&key| !is_held(key)).map(|key| NoteEvent::Off { part, key }).collect()
    }
}

/// True if this holder belongs to a keyboard, so that the latch applies.
fn is_on_keyboard(holder: &KeyHolder) -> bool {
    matches!(holder, KeyHolder::Pointer(_) | KeyHolder::Typed(_) | KeyHolder::Midi(_) | KeyHolder::Click)
}

fn in_order(ons: Vec<NoteEvent>, offs: Vec<NoteEvent>, is_legato: bool) -> Vec<NoteEvent> {
    let (first, second) = if is_legato { (ons, offs) } else { (offs, ons) };
    first.into_iter().chain(second).collect()
}

#[cfg(test)]
mod tests;
