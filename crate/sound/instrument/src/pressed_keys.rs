//! The keys of a part that are down, with their velocities. The only owner of this state. Never allocates.

use voice::keys::{KEYS, keys};

/// The keys of one part that are down.
pub struct PressedKeys {
    /// Bit n: key n is down.
    down: u128,
    velocities: [u8; KEYS],
    /// For each key, how many presses came before its last one.
    presses: [u32; KEYS],
    next_press: u32,
}

impl PressedKeys {
    /// No key is down.
    pub fn new() -> Self {
        Self { down: 0, velocities: [0; KEYS], presses: [0; KEYS], next_press: 0 }
    }

    /// A key 0…127 goes down, or up with velocity 0.
    pub fn set(&mut self, key: u8, velocity: u8) {
        let bit = 1 << (key & 127);
        if velocity > 0 {
            self.down |= bit;
            self.velocities[usize::from(key & 127)] = velocity;
            self.presses[usize::from(key & 127)] = self.next_press;
            self.next_press = self.next_press.wrapping_add(1);
        } else {
            self.down &= !bit;
        }
    }

    /// Every key is up.
    pub fn clear(&mut self) {
        self.down = 0;
    }

    /// True if every key is up.
    pub fn is_empty(&self) -> bool {
        self.down == 0
    }

    /// The number of keys that are down.
    pub fn count(&self) -> u32 {
        self.down.count_ones()
    }

    /// The set of keys that are down: bit n is key n.
    pub fn set_of_keys(&self) -> u128 {
        self.down
    }

    /// The keys that are down, in the order of their last presses.
    pub fn as_pressed(&self) -> impl Iterator<Item = u8> {
        let mut left = self.down;
        std::iter::from_fn(move || {
            let key = keys(left).min_by_key(|&key| self.presses[usize::from(key)])?;
            left &= !(1 << key);
            Some(key)
        })
    }

    /// The velocity of a key's last press.
    pub fn velocity(&self, key: u8) -> u8 {
        self.velocities[usize::from(key & 127)]
    }

    /// The keys that are down, from the lowest on, with their velocities.
    pub fn iter(&self) -> impl Iterator<Item = (u8, u8)> {
        keys(self.down).map(|key| (key, self.velocity(key)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_down_from_press_to_release() {
        let mut keys = PressedKeys::new();
        for (key, velocity) in [(60, 100), (0, 1), (127, 90), (60, 80), (0, 0), (5, 0)] {
            keys.set(key, velocity);
        }
        assert!(keys.iter().eq([(60, 80), (127, 90)]));
        assert!(keys.as_pressed().eq([127, 60]), "60 was pressed once more");
        assert_eq!((keys.count(), keys.is_empty()), (2, false));
        keys.clear();
        assert!(keys.is_empty() && keys.iter().next().is_none());
    }
}
