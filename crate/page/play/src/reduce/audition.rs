//! Plays a preset without going there: the current point, its patch and undo stay as they are.

use patch::Patch;
use plane::Point;

use crate::action::{Action, TouchAction};
use crate::effect::AudioCommand;
use crate::reduce::Reducer;
use crate::touches::{TouchId, TouchSource};

/// How long a preset sounds below a mouse that rests on it, in milliseconds: the note of the map's measurements.
const HOVER_MS: i32 = 2000;

impl Reducer<'_> {
    /// A preset sounds until [`TouchAction::Lose`]; below a mouse for [`HOVER_MS`] at most, and only while nothing else
    /// sounds, since a mouse may rest anywhere. A browser wakes the sound for a press, not for a hovering mouse, whose
    /// sound would begin later, unexpectedly.
    pub(crate) fn audition(&mut self, row: usize, is_hover: bool) {
        self.end_touches(|touch| touch.source == Some(TouchSource::Audition));
        self.mark_dirty();
        let is_heard = self.state.sound.is_audible && !self.plays_anything();
        let Some((point, patch)) = self.preset(row).filter(|_| is_heard || !is_hover) else { return };
        let sounds = self.state.map.finder.sounds(&self.state.library);
        let root = self.state.library.register_of(sounds, row);
        let id = self.audition_patch(point, patch, Some(root));
        if let Some(id) = id.filter(|_| is_hover) {
            self.after(HOVER_MS, Action::Touch(TouchAction::EndAudition(id)));
        }
    }

    /// A patch at a point, or what is decoded there, sounds until [`TouchAction::Lose`], in place of the last one.
    /// It has a root of its own, or that of touches. Returns its touch; none if all parts sound.
    pub(crate) fn audition_patch(
        &mut self,
        point: Point,
        patch: Option<Box<Patch>>,
        root: Option<u8>,
    ) -> Option<TouchId> {
        self.end_touches(|touch| touch.source == Some(TouchSource::Audition));
        self.mark_dirty();
        let landed = self.state.touches.land_beside(TouchSource::Audition);
        let (part, id) = landed.map(|touch| (touch.part, touch.id))?;
        self.state.touches.set_other_point(part, point);
        self.state.touches.set_root(id, root);
        self.audio(match patch {
            Some(patch) => AudioCommand::SetPatch(part, patch, point),
            None => AudioCommand::Decode(part),
        });
        self.update_keys();
        Some(id)
    }

    /// True if a touch, a key or a loop plays.
    fn plays_anything(&self) -> bool {
        !self.state.touches.all().is_empty()
            || self.state.keys.is_any_down()
            || !self.state.gesture.playing().is_empty()
    }

    /// The point of a row of the known patches, and its exact patch, if loaded.
    pub(crate) fn preset(&self, row: usize) -> Option<(Point, Option<Box<Patch>>)> {
        let library = &self.state.library;
        let known = library.known.as_ref().filter(|known| row < known.len())?;
        let patch = library.presets.as_ref().map(|presets| Box::new(presets.patch(row)));
        Some((Point::on_plane(known.x[row], known.y[row]), patch))
    }
}
