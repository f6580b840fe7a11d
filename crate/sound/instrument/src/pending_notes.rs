//! The notes and the pedal of one part before they are played: they wait for their block, and the shortest taps are
//! extended to be audible. Makes no sound. Never allocates after `new`.

use voice::keys::{KEYS, keys};

/// Most notes that wait for one block: 128 keys going down and up. The caller plays further ones early.
const PENDING_CAPACITY: usize = 256;

/// Stands for the sustain pedal among the keys, with the controller's value for the velocity.
pub const PEDAL_KEY: u8 = 128;

/// The least length of a note, s. The shortest taps press and lift within one block and would make no sound at all;
/// people cannot hold a key for less.
const LEAST_NOTE_S: f64 = 0.03;

/// The notes of one part.
pub struct PendingNotes {
    /// Keys and velocities of the block to come, in order; never grows.
    pending: Vec<(u8, u8)>,
    /// By key: frames until it may be released.
    frames_left: [usize; KEYS],
    /// Bit n: key n has frames left.
    young: u128,
    /// Bit n: the release of key n waits until no frames are left.
    released: u128,
    /// Bit n: key n, if it is young, has sounded for a block.
    sounded: u128,
    least_frames: usize,
}

impl PendingNotes {
    /// Nothing waits.
    pub fn new(sample_rate_hz: f64) -> Self {
        Self {
            pending: Vec::with_capacity(PENDING_CAPACITY),
            frames_left: [0; KEYS],
            young: 0,
            released: 0,
            sounded: 0,
            least_frames: (LEAST_NOTE_S * sample_rate_hz) as usize,
        }
    }

    /// True if no note waits.
    pub fn is_empty(&self) -> bool {
        self.pending.is_empty()
    }

    /// A key 0…127 goes down, or up with velocity 0; or the pedal. `false` if [`play`](Self::play) has to come first.
    pub fn push(&mut self, key: u8, velocity: u8) -> bool {
        let room = self.pending.len() < PENDING_CAPACITY;
        if room {
            self.pending.push((key, velocity));
        }
        room
    }

    /// Plays the waiting notes, as key and velocity; velocity 0 releases a key. In legato, released keys that have
    /// sounded go up before the next key goes down. The pedal does not hold keys that were released before it:
    /// they end when it goes down, however short they are. If one of them has not sounded yet, the pedal and all
    /// later notes wait for the next block, unless all `must_play` now.
    pub fn play(&mut self, is_legato: bool, must_play: bool, mut voice: impl FnMut(u8, u8)) {
        let mut played = 0;
        while let Some(&(key, velocity)) = self.pending.get(played) {
            let is_pedal = key == PEDAL_KEY;
            if velocity > 0 && (is_pedal || is_legato) {
                self.release(self.released & self.sounded, &mut voice);
                if is_pedal && self.released != 0 {
                    if !must_play {
                        break;
                    }
                    self.release(self.released, &mut voice);
                }
            }
            played += 1;
            if !is_pedal {
                let bit = 1 << (key & 127);
                self.released &= !bit;
                if velocity > 0 {
                    self.frames_left[usize::from(key & 127)] = self.least_frames;
                    self.young |= bit;
                    self.sounded &= !bit;
                } else if self.young & bit != 0 {
                    self.released |= bit;
                    continue;
                }
            }
            voice(key, velocity);
        }
        self.pending.drain(..played);
    }

    fn release(&mut self, set: u128, voice: &mut impl FnMut(u8, u8)) {
        self.young &= !set;
        self.released &= !set;
        keys(set).for_each(|key| voice(key, 0));
    }

    /// Advances the time by a block, and sends delayed releases of keys that have now sounded long enough.
    pub fn pass(&mut self, frames: usize, mut voice: impl FnMut(u8, u8)) {
        self.sounded = self.young;
        let mut old = 0;
        for key in keys(self.young) {
            let left = &mut self.frames_left[usize::from(key)];
            *left = left.saturating_sub(frames);
            if *left == 0 {
                old |= 1 << key;
            }
        }
        self.release(old & self.released, &mut voice);
        self.young &= !old;
    }

    /// Clears all keys and waiting notes.
    pub fn clear(&mut self) {
        self.pending.clear();
        self.lift_all();
    }

    /// Clears all keys and waiting notes; the last move of the pedal still waits.
    pub fn lift_all(&mut self) {
        let pedal = self.pending.iter().rfind(|event| event.0 == PEDAL_KEY).copied();
        self.pending.clear();
        if let Some(pedal) = pedal {
            self.pending.push(pedal);
        }
        self.young = 0;
        self.released = 0;
        self.sounded = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The notes that reach the voice from notes at frame 0, in blocks of 480 frames (10 ms).
    fn played(pushed: &[(u8, u8)], blocks: usize) -> Vec<(usize, u8, u8)> {
        let mut notes = PendingNotes::new(48_000.0);
        let mut events = Vec::new();
        pushed.iter().for_each(|(key, velocity)| assert!(notes.push(*key, *velocity)));
        for block in 0..blocks {
            notes.play(false, false, |key, velocity| events.push((block, key, velocity)));
            notes.pass(480, |key, velocity| events.push((block, key, velocity)));
        }
        events
    }

    #[test]
    fn the_shortest_tap_lasts_30_ms() {
        assert_eq!(played(&[(60, 100), (60, 0)], 5), [(0, 60, 100), (2, 60, 0)]);
    }

    #[test]
    fn a_key_pressed_again_meanwhile_stays_down() {
        assert_eq!(played(&[(127, 100), (127, 0), (127, 90)], 5), [(0, 127, 100), (0, 127, 90)]);
    }

    #[test]
    fn in_legato_a_tap_ends_before_the_next_note_but_is_audible() {
        for (is_legato, expected) in
            [(false, [(60, 100), (62, 100), (60, 0)].as_slice()), (true, &[(60, 100), (60, 0), (62, 100)])]
        {
            let (mut notes, mut events) = (PendingNotes::new(48_000.0), Vec::new());
            assert!(notes.push(60, 100) && notes.push(60, 0));
            notes.play(is_legato, false, |key, velocity| events.push((key, velocity)));
            notes.pass(64, |key, velocity| events.push((key, velocity)));
            assert!(notes.push(62, 100));
            notes.play(is_legato, false, |key, velocity| events.push((key, velocity)));
            notes.pass(1_400, |key, velocity| events.push((key, velocity)));
            assert_eq!(events, expected, "legato: {is_legato}");
        }
        let (mut notes, mut events) = (PendingNotes::new(48_000.0), Vec::new());
        [(60, 100), (60, 0), (62, 100)]
            .into_iter()
            .for_each(|(key, velocity)| assert!(notes.push(key, velocity)));
        notes.play(true, false, |key, velocity| events.push((key, velocity)));
        assert_eq!(events, [(60, 100), (62, 100)], "the first would be inaudible");
    }

    #[test]
    fn cleared_keys_are_not_released_later() {
        let mut notes = PendingNotes::new(48_000.0);
        assert!(notes.push(60, 100) && notes.push(60, 0));
        notes.play(false, false, |_, _| ());
        notes.push(61, 100);
        notes.clear();
        assert!(notes.is_empty());
        notes.pass(48_000, |key, _| panic!("{key}"));
    }

    #[test]
    fn notes_beyond_the_capacity_are_rejected() {
        let mut notes = PendingNotes::new(48_000.0);
        assert!((0..PENDING_CAPACITY).all(|_| notes.push(60, 100)));
        assert!(!notes.push(60, 100));
        notes.play(false, false, |_, _| ());
        assert!(notes.push(60, 100));
    }
}
