//! The picture of a macro-control: spectrograms of the sound at amounts from −1 to 1. The script draws it;
//! here is which.

use super::{MacrosTask, PropertyReach};
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;

/// The picture.
#[derive(Clone, Debug, Default)]
pub(super) struct PictureState {
    /// The place of the slider whose picture is drawn, or is to be.
    wanted: Option<usize>,
    task: Option<TaskNumber>,
    /// The place of the slider whose picture is seen.
    pub drawn: Option<usize>,
}

impl PictureState {
    /// A task has ended.
    pub fn end(&mut self, task: TaskNumber) {
        if self.task == Some(task) {
            self.task = None;
            self.drawn = self.wanted;
        }
    }

    /// A task has failed: the picture before stays.
    pub fn end_undrawn(&mut self, task: TaskNumber) {
        if self.task == Some(task) {
            self.task = None;
        }
    }
}

impl Reducer<'_> {
    /// Draws the picture of a slider, once its curve is measured.
    pub(super) fn draw_macro(&mut self, place: usize) {
        let macros = self.macros();
        let is_measured = macros.measurement.reach.get(place).is_some_and(PropertyReach::is_measured);
        if !is_measured || macros.picture.wanted == Some(place) {
            return;
        }
        macros.picture.wanted = Some(place);
        let before = macros.picture.task.take();
        self.cancel_task(before);
        let task = self.begin_task(MacrosTask::Draw { place });
        self.macros().picture.task = Some(task);
    }

    /// Another sound has no picture yet.
    pub(super) fn clear_macro_picture(&mut self) {
        let before = std::mem::take(&mut self.macros().picture);
        self.cancel_task(before.task);
    }
}
