//! The files that a person has dropped or chosen for a panel, until its task reads them: the state names a file by its
//! number.

use std::cell::{Cell, RefCell};

use play::action::Action;
use play::panels::sound_match::MatchAction;
use play::panels::{OwnAction, PanelAction};
use play::sounds::FileNumber;
use web_sys::File;

use crate::app::App;
use crate::dom;

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

/// Gives a sound file to “From a sound…”.
pub fn give_sound(app: &App, sound: File) {
    let name = sound.name();
    let file = app.executor().given_files().keep(sound);
    let action = OwnAction::SoundMatch(MatchAction::TakeFile { file, name });
    app.dispatch(Action::Panel(PanelAction::Act(action), dom::now_ms()));
}
