//! The settings of the notes: those of the opened track while it keeps notes of its own, else those of touches.

use crate::{Notes, RecordedLoop, State};

impl State {
    /// The loop whose notes the settings show and change; none: those of touches.
    pub fn noted_loop(&self) -> Option<&RecordedLoop> {
        self.document().loops.get(self.gesture.opened?).filter(|own| own.sound.is_some())
    }

    /// The notes that the settings show.
    pub fn shown_notes(&self) -> Notes {
        let own = self.noted_loop().and_then(|own| own.sound.as_deref());
        own.map_or_else(|| self.played_notes(), |sound| sound.notes)
    }

    /// The root that the settings show for each layout: that of a note, that of a melody.
    pub fn shown_roots(&self) -> [u8; 2] {
        let own = self.noted_loop().and_then(|own| own.sound.as_deref());
        own.map_or_else(|| self.layout_roots(), |sound| [sound.notes.root; 2])
    }

    /// The notes that the settings change: the root of touches stays that of the person, if one was chosen.
    pub fn changed_notes(&self) -> Notes {
        if self.noted_loop().is_some() { self.shown_notes() } else { *self.notes() }
    }
}
