//! The keys of a part that are down, with their velocities. The only owner of this state. Never allocates.

use voice::keys::{KEYS, keys};

/// The keys of one part that are down.
pub struct PressedKeys {
    /// Bit n: key n is down.
    down: u128,
    velocities: [u8; KEYS],
}

impl PressedKeys {
    /// No key is down.
    pub fn new() -> Self {
        Self { down: 0, velocities: [0; KEYS] }
    }

    /// A key 0…127 goes down, or up with velocity 0.
    pub fn set(&mut self, key: u8, velocity: u8) {
        let bit = 1 << (key & 127);
        if velocity > 0 {
            self.down |= bit;
            self.velocities[usize::from(key & 127)] = velocity;
        } else {
            self.down &= !bit;
        }
    }

    /// Every key is up.
    pub fn clear(&mut self) {
        self.down = 0;
    }

    /// Whether every key is up.
    pub fn is_empty(&self) -> bool {
        self.down == 0
    }

    /// How many keys are down.
    pub fn count(&self) -> u32 {
        self.down.count_ones()
    }

    /// The set of keys that are down: bit n is key n.
    pub fn set_of_keys(&self) -> u128 {
        self.down
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
        assert_eq!((keys.count(), keys.is_empty()), (2, false));
        keys.clear();
        assert!(keys.is_empty() && keys.iter().next().is_none());
    }
}
