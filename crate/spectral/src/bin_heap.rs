//! A heap of bins, the strongest first, in memory of a fixed size. Never allocates after construction.

/// A bin of one of two frames.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct HeapEntry {
    /// What the heap is ordered by: the logarithm of the magnitude.
    pub(crate) level: f32,
    /// The bin's number.
    pub(crate) bin: u32,
    /// Whether it belongs to the newer of the two frames.
    pub(crate) is_new: bool,
}

/// A binary heap with its largest level on top.
#[derive(Clone)]
pub(crate) struct BinHeap {
    entries: Vec<HeapEntry>,
}

impl BinHeap {
    /// An empty heap with room for `capacity` entries.
    pub(crate) fn new(capacity: usize) -> Self {
        Self { entries: Vec::with_capacity(capacity) }
    }

    /// Removes everything.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }

    /// Adds an entry; one beyond the capacity is left out.
    pub(crate) fn push(&mut self, entry: HeapEntry) {
        if self.entries.len() == self.entries.capacity() {
            return;
        }
        let mut at = self.entries.len();
        self.entries.push(entry);
        while at > 0 {
            let parent = (at - 1) / 2;
            if self.entries[parent].level >= entry.level {
                break;
            }
            self.entries[at] = self.entries[parent];
            at = parent;
        }
        self.entries[at] = entry;
    }

    /// Removes the entry with the largest level.
    pub(crate) fn pop(&mut self) -> Option<HeapEntry> {
        let top = *self.entries.first()?;
        let last = self.entries.pop()?;
        if self.entries.is_empty() {
            return Some(top);
        }
        let mut at = 0;
        loop {
            let mut child = 2 * at + 1;
            if child >= self.entries.len() {
                break;
            }
            if child + 1 < self.entries.len() && self.entries[child + 1].level > self.entries[child].level {
                child += 1;
            }
            if last.level >= self.entries[child].level {
                break;
            }
            self.entries[at] = self.entries[child];
            at = child;
        }
        self.entries[at] = last;
        Some(top)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_comes_first_and_nothing_is_lost() {
        let mut heap = BinHeap::new(500);
        let level = |n: u32| ((n * 7919) % 501) as f32;
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
        let capacity = heap.entries.capacity() as u32;
        (0..capacity + 5).for_each(|bin| heap.push(HeapEntry { level: 0.0, bin, is_new: false }));
        assert_eq!(heap.entries.len(), capacity as usize);
    }
}
