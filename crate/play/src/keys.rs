//! The keys that are down, whoever holds them: fingers on the keyboard, the computer's keys, a MIDI
//! keyboard. Says which notes begin and end. With the latch on, keys sound on when they are let go,
//! until the next ones are pressed. It makes no sound and knows no pitch.

/// What has to be done for a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The note begins (or is struck again) with a velocity of 1…127.
    On {
        /// MIDI key
        key: u8,
        /// how hard
        velocity: u8,
    },
    /// The note ends.
    Off {
        /// MIDI key
        key: u8,
    },
}

/// Who holds which key; `Who` tells the holders apart.
#[derive(Clone, Debug)]
pub struct Keys<Who> {
    held: Vec<(Who, u8)>,
    /// Let go, but sounding on.
    latched: Vec<u8>,
    latch: bool,
}

impl<Who> Default for Keys<Who> {
    fn default() -> Self {
        Self { held: Vec::new(), latched: Vec::new(), latch: false }
    }
}

impl<Who: PartialEq> Keys<Who> {
    /// Someone presses a key. One who holds another lets that go, a finger that slides: where keys bind
    /// ([`crate::Notes::binds`]) after the new one, else before it.
    pub fn press(&mut self, who: Who, key: u8, velocity: u8, binds: bool) -> Vec<Act> {
        let mut acts = Vec::new();
        if self.held.is_empty() {
            // The first key of a new chord ends the latched one; what it has in common is struck anew.
            acts.extend(self.latched.drain(..).filter(|&latched| latched != key).map(|key| Act::Off { key }));
        }
        let before = self.held.iter().position(|(holder, _)| *holder == who);
        let left = before.map(|position| self.held.swap_remove(position).1);
        self.latched.retain(|&latched| latched != key);
        self.held.push((who, key));
        let struck = Act::On { key, velocity: velocity.clamp(1, 127) };
        let left = left.filter(|&left| !self.is_down(left)).map(|key| Act::Off { key });
        if binds {
            acts.extend([struck].into_iter().chain(left));
        } else {
            acts.extend(left.into_iter().chain([struck]));
        }
        acts
    }

    /// Someone lets go of what he holds.
    pub fn release(&mut self, who: &Who) -> Option<Act> {
        let position = self.held.iter().position(|(holder, _)| holder == who)?;
        let (_, key) = self.held.swap_remove(position);
        if self.is_down(key) {
            return None;
        }
        if self.latch {
            self.latched.push(key);
            return None;
        }
        Some(Act::Off { key })
    }

    /// Whether keys sound on when they are let go. Off ends those that did.
    pub fn set_latch(&mut self, latch: bool) -> Vec<Act> {
        self.latch = latch;
        if latch {
            return Vec::new();
        }
        self.latched.drain(..).map(|key| Act::Off { key }).collect()
    }

    /// Every key is let go and none sounds on: panic, lost focus, hidden page.
    pub fn release_all(&mut self) -> Vec<Act> {
        let mut keys: Vec<u8> =
            self.held.drain(..).map(|(_, key)| key).chain(self.latched.drain(..)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().map(|key| Act::Off { key }).collect()
    }

    /// The key that someone holds.
    pub fn held_by(&self, who: &Who) -> Option<u8> {
        self.held.iter().find(|(holder, _)| holder == who).map(|&(_, key)| key)
    }

    /// Whether a key is held or sounds on.
    pub fn is_down(&self, key: u8) -> bool {
        self.held.iter().any(|&(_, held)| held == key) || self.latched.contains(&key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_sliding_finger_plays_one_key_after_the_other() {
        let mut keys = Keys::default();
        assert_eq!(keys.press(1, 60, 100, false), [Act::On { key: 60, velocity: 100 }]);
        assert_eq!(keys.press(1, 62, 90, false), [Act::Off { key: 60 }, Act::On { key: 62, velocity: 90 }]);
        assert_eq!(keys.press(1, 60, 90, true), [Act::On { key: 60, velocity: 90 }, Act::Off { key: 62 }]);
        keys.press(1, 62, 90, false);
        assert_eq!(keys.release(&1), Some(Act::Off { key: 62 }));
    }

    #[test]
    fn a_key_of_two_holders_ends_with_the_second() {
        let mut keys = Keys::default();
        keys.press("finger", 60, 100, false);
        keys.press("wire", 60, 100, false);
        assert_eq!(keys.release(&"finger"), None);
        assert_eq!(keys.release(&"wire"), Some(Act::Off { key: 60 }));
    }

    #[test]
    fn a_latched_chord_sounds_until_the_next_one() {
        let mut keys = Keys::default();
        keys.set_latch(true);
        keys.press(1, 60, 100, false);
        keys.press(2, 64, 100, false);
        assert_eq!((keys.release(&1), keys.release(&2)), (None, None));
        assert!(keys.is_down(60) && keys.is_down(64));
        assert_eq!(keys.press(1, 64, 80, false), [Act::Off { key: 60 }, Act::On { key: 64, velocity: 80 }]);
        keys.release(&1);
        assert_eq!(keys.set_latch(false), [Act::Off { key: 64 }]);
    }

    proptest! {
        /// Whatever is pressed and let go, exactly the keys that are down sound.
        #[test]
        fn no_note_is_ever_stuck(steps in prop::collection::vec((0u8..7, 0u8..4, 60u8..64), 0..80)) {
            let mut keys = Keys::default();
            let mut sounding = [false; 128];
            for (step, who, key) in steps {
                let acts = match step {
                    0..=2 => keys.press(who, key, 100, false),
                    3 | 4 => keys.release(&who).into_iter().collect(),
                    5 => keys.set_latch(key.is_multiple_of(2)),
                    _ => keys.release_all(),
                };
                for act in acts {
                    match act {
                        Act::On { key, .. } => sounding[usize::from(key)] = true,
                        Act::Off { key } => sounding[usize::from(key)] = false,
                    }
                }
                for key in 60..64 {
                    prop_assert_eq!(sounding[usize::from(key)], keys.is_down(key));
                }
            }
        }
    }
}
