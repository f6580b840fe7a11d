//! The keys of one part between the page and the voice: strikes wait for their block, and the shortest
//! taps last long enough to be heard. Never allocates after `new`; knows no sound.

use voice::keys::{KEYS, keys};

/// Strikes that wait for one block; a browser has 128 keys to press and lift, and more come early.
const STRUCK_CAPACITY: usize = 256;

/// The least length of a note, s. The shortest taps press and lift within one block and would make no
/// sound at all; shorter than this nobody can hold a key.
const LEAST_NOTE_S: f64 = 0.03;

/// The keys of one part.
pub struct Notes {
    /// Keys and velocities of the block to come, in order; never grows.
    struck: Vec<(u8, u8)>,
    /// By key: frames until it may be let go.
    held_frames: [usize; KEYS],
    /// Bit n: key n has such frames left.
    young: u128,
    /// Bit n: key n was let go already and waits for that.
    lifted: u128,
    /// Bit n: key n, if it is young, has sounded for a block.
    heard: u128,
    least_frames: usize,
}

impl Notes {
    /// No key is down.
    pub fn new(sample_rate_hz: f64) -> Self {
        Self {
            struck: Vec::with_capacity(STRUCK_CAPACITY),
            held_frames: [0; KEYS],
            young: 0,
            lifted: 0,
            heard: 0,
            least_frames: (LEAST_NOTE_S * sample_rate_hz) as usize,
        }
    }

    /// Whether a strike waits.
    pub fn wait(&self) -> bool {
        !self.struck.is_empty()
    }

    /// A key 0…127 goes down, or up with velocity 0. `false` if [`play`](Self::play) has to come first.
    pub fn push(&mut self, key: u8, velocity: u8) -> bool {
        let room = self.struck.len() < STRUCK_CAPACITY;
        if room {
            self.struck.push((key, velocity));
        }
        room
    }

    /// Hands what waits to the voice, as key and velocity; 0 lets a key go. Where a key that is down
    /// `binds` the next one, those that were let go and have been heard are up before one is struck.
    pub fn play(&mut self, binds: bool, mut voice: impl FnMut(u8, u8)) {
        for index in 0..self.struck.len() {
            let (key, velocity) = self.struck[index];
            let bit = 1 << (key & 127);
            if binds && velocity > 0 {
                self.let_go(self.lifted & self.heard, &mut voice);
            }
            self.lifted &= !bit;
            if velocity == 0 && self.young & bit != 0 {
                self.lifted |= bit;
                continue;
            }
            if velocity > 0 {
                self.held_frames[usize::from(key & 127)] = self.least_frames;
                self.young |= bit;
                self.heard &= !bit;
            }
            voice(key, velocity);
        }
        self.struck.clear();
    }

    fn let_go(&mut self, set: u128, voice: &mut impl FnMut(u8, u8)) {
        self.young &= !set;
        self.lifted &= !set;
        keys(set).for_each(|key| voice(key, 0));
    }

    /// Passes the time of a block, and lets the keys go that were lifted too early and have sounded long
    /// enough by now.
    pub fn pass(&mut self, frames: usize, mut voice: impl FnMut(u8, u8)) {
        self.heard = self.young;
        let mut old = 0;
        for key in keys(self.young) {
            let held = &mut self.held_frames[usize::from(key)];
            *held = held.saturating_sub(frames);
            if *held == 0 {
                old |= 1 << key;
            }
        }
        self.let_go(old & self.lifted, &mut voice);
        self.young &= !old;
    }

    /// Every key is up, and nothing waits.
    pub fn forget(&mut self) {
        self.struck.clear();
        self.young = 0;
        self.lifted = 0;
        self.heard = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What reaches the voice of strikes at frame 0, block after block of 480 frames (10 ms).
    fn heard(strikes: &[(u8, u8)], blocks: usize) -> Vec<(usize, u8, u8)> {
        let mut notes = Notes::new(48_000.0);
        let mut heard = Vec::new();
        strikes.iter().for_each(|(key, velocity)| assert!(notes.push(*key, *velocity)));
        for block in 0..blocks {
            notes.play(false, |key, velocity| heard.push((block, key, velocity)));
            notes.pass(480, |key, velocity| heard.push((block, key, velocity)));
        }
        heard
    }

    #[test]
    fn the_shortest_tap_lasts_30_ms() {
        assert_eq!(heard(&[(60, 100), (60, 0)], 5), [(0, 60, 100), (2, 60, 0)]);
    }

    #[test]
    fn a_key_struck_again_meanwhile_stays_down() {
        assert_eq!(heard(&[(127, 100), (127, 0), (127, 90)], 5), [(0, 127, 100), (0, 127, 90)]);
    }

    #[test]
    fn where_keys_bind_a_tap_ends_before_the_next_strike_but_not_unheard() {
        for (binds, expected) in
            [(false, [(60, 100), (62, 100), (60, 0)].as_slice()), (true, &[(60, 100), (60, 0), (62, 100)])]
        {
            let (mut notes, mut heard) = (Notes::new(48_000.0), Vec::new());
            assert!(notes.push(60, 100) && notes.push(60, 0));
            notes.play(binds, |key, velocity| heard.push((key, velocity)));
            notes.pass(64, |key, velocity| heard.push((key, velocity)));
            assert!(notes.push(62, 100));
            notes.play(binds, |key, velocity| heard.push((key, velocity)));
            notes.pass(1_400, |key, velocity| heard.push((key, velocity)));
            assert_eq!(heard, expected, "binds: {binds}");
        }
        let (mut notes, mut heard) = (Notes::new(48_000.0), Vec::new());
        [(60, 100), (60, 0), (62, 100)]
            .into_iter()
            .for_each(|(key, velocity)| assert!(notes.push(key, velocity)));
        notes.play(true, |key, velocity| heard.push((key, velocity)));
        assert_eq!(heard, [(60, 100), (62, 100)], "the first would not be heard");
    }

    #[test]
    fn what_is_forgotten_is_not_let_go_later() {
        let mut notes = Notes::new(48_000.0);
        assert!(notes.push(60, 100) && notes.push(60, 0));
        notes.play(false, |_, _| ());
        notes.push(61, 100);
        notes.forget();
        assert!(!notes.wait());
        notes.pass(48_000, |key, _| panic!("{key}"));
    }

    #[test]
    fn more_than_fits_is_told() {
        let mut notes = Notes::new(48_000.0);
        assert!((0..STRUCK_CAPACITY).all(|_| notes.push(60, 100)));
        assert!(!notes.push(60, 100));
        notes.play(false, |_, _| ());
        assert!(notes.push(60, 100));
    }
}
