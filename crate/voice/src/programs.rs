//! A bank of patches, loaded before, and which of them a program change chose.
//! Choosing never allocates.

use patch::Patch;
use patch::file::BANK_CAPACITY;

/// The patches of a bank.
#[derive(Clone, Debug, Default)]
pub struct Programs {
    patches: Box<[Patch]>,
    chosen: Option<u8>,
}

impl Programs {
    /// Takes another bank, nothing of which is chosen yet, and gives the old one back.
    pub fn replace(&mut self, patches: Box<[Patch]>) -> Box<[Patch]> {
        self.chosen = None;
        std::mem::replace(&mut self.patches, patches)
    }

    /// Chooses a patch by its number; `None` if it is chosen already or the bank has no such number.
    pub fn choose(&mut self, program: u8) -> Option<Patch> {
        if self.chosen == Some(program) {
            return None;
        }
        let patch = *self.patches.iter().take(BANK_CAPACITY).nth(usize::from(program))?;
        self.chosen = Some(program);
        Some(patch)
    }
}
