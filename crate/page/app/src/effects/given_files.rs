//! The files that a person has dropped or chosen for a panel, until its task reads them: the state names a file by its
//! number.

use std::cell::{Cell, RefCell};

use play::sounds::FileNumber;
use web_sys::File;

/// The files.
#[derive(Default)]
pub struct GivenFiles {
    count: Cell<u32>,
    kept: RefCell<Vec<(FileNumber, File)>>,
}

impl GivenFiles {
    /// Keeps a file; returns its number.
    pub fn keep(&self, file: File) -> FileNumber {
        self.count.update(|count| count.wrapping_add(1));
        let number = FileNumber::of(self.count.get());
        self.kept.borrow_mut().push((number, file));
        number
    }

    /// Takes a file, which is then no longer kept.
    pub fn take(&self, number: FileNumber) -> Option<File> {
        let mut kept = self.kept.borrow_mut();
        let position = kept.iter().position(|(own, _)| *own == number)?;
        Some(kept.swap_remove(position).1)
    }
}
