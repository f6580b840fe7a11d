//! A heap of bins, the strongest first, in memory of a fixed size. Never allocates after construction.

/// A bin of one of two frames.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct HeapEntry {
    /// The logarithm of the magnitude, by which the heap is ordered.
    pub(crate) level: f32,
    /// The bin's number.
    pub(crate) bin: u32,
    /// True if the bin belongs to the newer of the two frames.
    pub(crate) is_new: bool,
}

impl HeapEntry {
    /// One number that is ordered as the levels are.
    fn key(self) -> u64 {
        let bits = self.level.to_bits();
        let ordered = if self.level.is_sign_negative() { !bits } else { bits | 1 << 31 };
        u64::from(ordered) << 32 | u64::from(self.bin << 1 | u32::from(self.is_new))
    }

    fn from_key(key: u64) -> Self {
        let ordered = (key >> 32) as u32;
        let bits = if ordered >> 31 == 0 { !ordered } else { ordered & !(1 << 31) };
        Self { level: f32::from_bits(bits), bin: key as u32 >> 1, is_new: key & 1 == 1 }
    }
}

/// A binary heap with its largest level on top.
#[derive(Clone)]
pub(crate) struct BinHeap {
    keys: Vec<u64>,
}

impl BinHeap {
    /// An empty heap with room for `capacity` entries.
    pub(crate) fn new(capacity: usize) -> Self {
        Self { keys: Vec::with_capacity(capacity) }
    }

    /// Removes everything.
    pub(crate) fn clear(&mut self) {
        self.keys.clear();
    }

    /// Adds an entry; one beyond the capacity is left out.
    pub(crate) fn push(&mut self, entry: HeapEntry) {
        if self.keys.len() < self.keys.capacity() {
            self.keys.push(entry.key());
            self.rise(self.keys.len() - 1);
        }
    }

    /// Removes the entry with the largest level.
    pub(crate) fn pop(&mut self) -> Option<HeapEntry> {
        let last = self.keys.pop()?;
        let Some(&top) = self.keys.first() else { return Some(HeapEntry::from_key(last)) };
        // The hole sinks to the bottom, then the last entry, which mostly belongs there, rises from it: fewer
        // comparisons than testing it at each level (Wegener, 1993).
        let keys = &mut self.keys[..];
        let mut hole = 0;
        while 2 * hole + 2 < keys.len() {
            let left = 2 * hole + 1;
            let larger = left + usize::from(keys[left + 1] > keys[left]);
            keys[hole] = keys[larger];
            hole = larger;
        }
        if 2 * hole + 1 < keys.len() {
            keys[hole] = keys[2 * hole + 1];
            hole = 2 * hole + 1;
        }
        keys[hole] = last;
        self.rise(hole);
        Some(HeapEntry::from_key(top))
    }

    fn rise(&mut self, mut at: usize) {
        let key = self.keys[at];
        while at > 0 {
            let parent = (at - 1) / 2;
            if self.keys[parent] >= key {
                break;
            }
            self.keys[at] = self.keys[parent];
            at = parent;
        }
        self.keys[at] = key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_comes_first_and_nothing_is_lost() {
        let mut heap = BinHeap::new(500);
        let level = |n: u32| ((n * 7919) % 501) as f32 - 250.0;
        for bin in 0..500 {
            heap.push(HeapEntry { level: level(bin), bin, is_new: bin % 2 == 0 });
        }
        let popped: Vec<HeapEntry> = std::iter::from_fn(|| heap.pop()).collect();
        assert_eq!(popped.len(), 500);
        assert!(popped.windows(2).all(|pair| pair[0].level >= pair[1].level));
        assert!(popped.iter().all(|entry| entry.level == level(entry.bin)));
    }

    #[test]
    fn a_full_heap_stays_as_it_is() {
        let mut heap = BinHeap::new(1);
        let capacity = heap.keys.capacity() as u32;
        (0..capacity + 5).for_each(|bin| heap.push(HeapEntry { level: 0.0, bin, is_new: false }));
        assert_eq!(heap.keys.len(), capacity as usize);
    }
}
