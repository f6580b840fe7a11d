//! A bank of patches for MIDI program changes. Selecting one never allocates.

use patch::Patch;
use patch::file::BANK_CAPACITY;

/// The patches of a bank.
#[derive(Clone, Debug, Default)]
pub struct Programs {
    patches: Box<[Patch]>,
    selected: Option<u8>,
}

impl Programs {
    /// Replaces the bank, selects none of its patches, and returns the previous bank.
    pub fn replace(&mut self, patches: Box<[Patch]>) -> Box<[Patch]> {
        self.selected = None;
        std::mem::replace(&mut self.patches, patches)
    }

    /// Selects a patch by its number; `None` if it is selected already or the bank has no such number.
    pub fn select(&mut self, program: u8) -> Option<Patch> {
        if self.selected == Some(program) {
            return None;
        }
        let patch = *self.patches.iter().take(BANK_CAPACITY).nth(usize::from(program))?;
        self.selected = Some(program);
        Some(patch)
    }
}
