//! Finds the recordings that two fonts share, by their values, whatever their names and keys say.

use crate::sound_font::{Header, SoundFont};
use std::collections::{HashMap, HashSet};

/// Values of a window that is compared.
const WINDOW: usize = 32;
/// One window in this many values of a recording is looked up.
const STEP: usize = 997;
/// A window is only compared if the range of its values exceeds this: silence is in every font.
const LEAST_RANGE: i32 = 200;

/// The beginnings of shared recordings.
pub struct SharedRecordings(HashSet<usize>);

impl SharedRecordings {
    /// The recordings of `font` that have a window in common with `other`.
    pub fn find(font: &SoundFont, other: &SoundFont) -> Self {
        let mut windows: HashMap<u64, Vec<(usize, &[i16])>> = HashMap::new();
        for header in &font.headers {
            for window in font.recording(header).chunks_exact(STEP).map(|part| &part[..WINDOW]) {
                let values = || window.iter().map(|&value| i32::from(value));
                if values().max() > values().min().map(|least| least + LEAST_RANGE) {
                    windows.entry(hash(window)).or_default().push((header.start, window));
                }
            }
        }
        let mut shared = HashSet::new();
        let factor = (0..WINDOW).fold(1_u64, |power, _| power.wrapping_mul(BASE));
        let mut rolling = 0_u64;
        for (end, &value) in other.values.iter().enumerate() {
            rolling = rolling.wrapping_mul(BASE).wrapping_add(value as u64);
            if end >= WINDOW {
                rolling = rolling.wrapping_sub(factor.wrapping_mul(other.values[end - WINDOW] as u64));
            }
            let Some(candidates) = windows.get(&rolling) else { continue };
            let found = &other.values[(end + 1).saturating_sub(WINDOW)..=end];
            shared.extend(candidates.iter().filter(|(_, window)| *window == found).map(|(start, _)| *start));
        }
        Self(shared)
    }

    pub fn is_shared(&self, header: &Header) -> bool {
        self.0.contains(&header.start)
    }
}

const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// A polynomial of the values, which can be moved along by one value.
fn hash(window: &[i16]) -> u64 {
    window.iter().fold(0, |sum: u64, &value| sum.wrapping_mul(BASE).wrapping_add(value as u64))
}
