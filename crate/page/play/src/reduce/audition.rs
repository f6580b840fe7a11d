//! Plays a preset without going there: the current point, its patch and undo stay as they are.

use patch::Patch;
use plane::Point;

use crate::effect::AudioCommand;
use crate::reduce::Reducer;
use crate::touches::TouchSource;

impl Reducer<'_> {
    /// A preset sounds until [`crate::action::TouchAction::Lose`]. A browser wakes the sound for a press, not for a
    /// hovering mouse, whose sound would begin later, unexpectedly.
    pub(crate) fn audition(&mut self, row: usize, is_hover: bool) {
        self.end_touches(|touch| touch.source == Some(TouchSource::Audition));
        self.mark_dirty();
        let Some((point, patch)) = self.preset(row).filter(|_| self.state.sound.is_audible || !is_hover)
        else {
            return;
        };
        let Some(part) = self.state.touches.land_beside(TouchSource::Audition).map(|touch| touch.part) else {
            return;
        };
        self.state.touches.set_other_point(part, point);
        self.audio(match patch {
            Some(patch) => AudioCommand::SetPatch(part, patch, point),
            None => AudioCommand::Decode(part),
        });
        self.update_keys();
    }

    /// The point of a row of the known patches, and its exact patch, if loaded.
    pub(crate) fn preset(&self, row: usize) -> Option<(Point, Option<Box<Patch>>)> {
        let library = &self.state.library;
        let known = library.known.as_ref().filter(|known| row < known.len())?;
        let patch = library.presets.as_ref().map(|presets| Box::new(presets.patch(row)));
        Some((Point::on_plane(known.x[row], known.y[row]), patch))
    }
}
