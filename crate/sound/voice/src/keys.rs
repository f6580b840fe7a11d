//! MIDI keys, and sets of them as bits of a number.

/// Number of keys.
pub const KEYS: usize = 128;

/// The keys of a set (bit n = key n) in ascending order.
pub fn keys(mut set: u128) -> impl Iterator<Item = u8> {
    std::iter::from_fn(move || {
        let key = (set != 0).then(|| set.trailing_zeros() as u8)?;
        set &= set - 1;
        Some(key)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_a_set_are_ascending() {
        assert!(keys(0).next().is_none());
        assert!(keys(1 << 127 | 1 << 60 | 1).eq([0, 60, 127]));
        assert!(keys(u128::MAX).map(usize::from).eq(0..KEYS));
    }
}
