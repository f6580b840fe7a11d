//! The kind of what stands in the work area, which depends on the place and on the open tool.

use crate::page::Tab;
use crate::panels::PanelId;
use crate::state::State;
use crate::work_area::WorkKind;

impl State {
    /// The kind of what stands in the work area of a wide page.
    pub fn work_kind(&self) -> WorkKind {
        let tool = match self.page.tab {
            Tab::Sound => PanelId::SoundMatch,
            Tab::Loops => PanelId::Paths,
            Tab::Play | Tab::Places => return WorkKind::Place,
        };
        if self.panels.is_open(tool) { WorkKind::Tool } else { WorkKind::Place }
    }

    /// True if the settings of a track stand in the work area, which has nothing else then: not below the track.
    pub fn has_loop_card(&self) -> bool {
        self.page.is_wide && self.page.tab == Tab::Loops && self.work_kind() == WorkKind::Place
    }
}
