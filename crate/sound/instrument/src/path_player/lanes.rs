//! The keys that fingers of paths press: sets of keys of lanes across the plane. Never allocates.

use plane::LATENT_LIMIT;
use protocol::path_score::LANE_LIMIT;

use super::finger::PlayedNow;

/// The key of touches until lanes are set.
const MIDDLE_C: u8 = 60;

/// The keys of lanes. Each lane, from left to right, has a set of keys: bit n is key n.
pub struct KeyLanes {
    keys: [u128; LANE_LIMIT],
    count: usize,
    /// True if a finger that slides to other keys presses them before it releases the last ones.
    pub is_legato: bool,
}

impl KeyLanes {
    /// No lanes.
    pub const NONE: Self = Self { keys: [0; LANE_LIMIT], count: 0, is_legato: false };

    /// True if no lanes are set.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Sets the keys of the lanes, from left to right, and whether fingers slide to other keys in legato. Ignores
    /// an empty list and more lanes than [`LANE_LIMIT`].
    pub fn set(&mut self, keys: impl ExactSizeIterator<Item = u128>, is_legato: bool) {
        if (1..=LANE_LIMIT).contains(&keys.len()) {
            self.count = keys.len();
            self.is_legato = is_legato;
            self.keys.iter_mut().zip(keys).for_each(|(own, keys)| *own = keys);
        }
    }

    /// The keys of a finger: the key of its stroke, or the keys of the lane at its point.
    pub fn keys_at(&self, now: &PlayedNow) -> u128 {
        match now.key {
            Some(key) => 1 << (key & 127),
            None if self.count == 0 => 1 << MIDDLE_C,
            None => {
                let share = (now.point.x + LATENT_LIMIT) / (2.0 * LATENT_LIMIT);
                self.keys[((share * self.count as f32) as usize).min(self.count - 1)]
            }
        }
    }
}
