//! The decisions of a panel's folder, and the ways to it from the reducer: one function for each kind of event.

use crate::panels::tasks::TaskNumber;
use crate::panels::{OwnAction, PanelAnswer, PanelId, PanelModel, PanelMotion, for_each_panel};
use crate::reduce::Reducer;
use crate::state::State;

/// A panel's folder implements this trait for its state. The default methods do nothing.
pub(crate) trait PanelDecisions {
    /// An action of a person in the panel.
    type Action;
    /// A result of one of its tasks.
    type Answer;
    /// The texts and values that its script draws.
    type Model;

    /// The model that its script draws now.
    fn model(state: &State) -> Self::Model;

    /// Decides what an action means.
    fn act(page: &mut Reducer, action: Self::Action);

    /// Takes a result of a running task.
    fn answer(_page: &mut Reducer, _task: TaskNumber, _answer: Self::Answer) {}

    /// True if a result comes so often that it is shown at a readable rate, like a moving point.
    fn is_motion(_answer: &Self::Answer) -> bool {
        false
    }

    /// Takes the done share of a running task, 0…1.
    fn progress(_page: &mut Reducer, _task: TaskNumber, _share: f32) {}

    /// A running task has given its last result.
    fn ended(_page: &mut Reducer, _task: TaskNumber) {}

    /// A running task has failed, for a reason that the panel's texts explain.
    fn failed(_page: &mut Reducer, _task: TaskNumber, _reason: &str) {}

    /// A person stops the long job of a running task.
    fn stopped(page: &mut Reducer, task: TaskNumber) {
        page.cancel_task(Some(task));
        Self::ended(page, task);
    }

    /// Its script could not be loaded.
    fn not_loaded(_page: &mut Reducer) {}

    /// The panel is shown.
    fn opened(_page: &mut Reducer) {}

    /// A person has closed the panel.
    fn closed(_page: &mut Reducer) {}

    /// A person silences the page, or leaves it: every sound ends. Also called while the panel is not open.
    fn silenced(_page: &mut Reducer) {}

    /// The page is hidden. Also called while the panel is not open.
    fn hidden(_page: &mut Reducer) {}

    /// The sound of the page has begun, also anew after a loss. Also called while the panel is not open.
    fn sound_began(_page: &mut Reducer) {}

    /// The sound of the page is lost. Also called while the panel is not open.
    fn sound_lost(_page: &mut Reducer) {}

    /// The current point, patch or document may have changed. Called before a frame is shown, while the panel is open.
    fn follow(_page: &mut Reducer) {}

    /// Returns the part of it that moves from frame to frame.
    fn motion(_state: &State) -> PanelMotion {
        PanelMotion::Still
    }
}

macro_rules! lead_to_panels {
    ($($module:ident: $panel:ident, $name:literal, $action:ident, $answer:ident, $task:ident, $model:ident;)*) => {
        impl State {
            /// The model that a panel's script draws now.
            pub fn panel_model(&self, panel: PanelId) -> PanelModel {
                match panel { $(PanelId::$panel => PanelModel::$panel(Box::new(crate::panels::$module::$panel::model(self))),)* }
            }

            /// Returns the part of a panel that moves from frame to frame.
            pub fn panel_motion(&self, panel: PanelId) -> PanelMotion {
                match panel { $(PanelId::$panel => crate::panels::$module::$panel::motion(self),)* }
            }
        }

        impl PanelAnswer {
            /// True if it comes so often that it is shown at a readable rate.
            pub(super) fn is_motion(&self) -> bool {
                match self { $(Self::$panel(answer) => crate::panels::$module::$panel::is_motion(answer),)* }
            }
        }

        impl Reducer<'_> {
            /// Every sound of the panels ends.
            pub(crate) fn silence_panels(&mut self) {
                $(crate::panels::$module::$panel::silenced(self);)*
            }

            /// The page is hidden, and its panels with it.
            pub(crate) fn hide_panels(&mut self) {
                $(crate::panels::$module::$panel::hidden(self);)*
            }

            /// The sound of the page has begun.
            pub(crate) fn begin_sound_in_panels(&mut self) {
                $(crate::panels::$module::$panel::sound_began(self);)*
            }

            /// The sound of the page is lost.
            pub(crate) fn lose_sound_in_panels(&mut self) {
                $(crate::panels::$module::$panel::sound_lost(self);)*
            }

            pub(super) fn act_in_panel(&mut self, action: OwnAction) {
                match action { $(OwnAction::$panel(action) => crate::panels::$module::$panel::act(self, action),)* }
            }

            /// An answer of another panel's kind means nothing.
            pub(super) fn give_answer(&mut self, panel: PanelId, task: TaskNumber, answer: PanelAnswer) {
                match (panel, answer) {
                    $((PanelId::$panel, PanelAnswer::$panel(answer)) => crate::panels::$module::$panel::answer(self, task, answer),)*
                    #[allow(unreachable_patterns)]
                    _ => {}
                }
            }

            pub(super) fn give_progress(&mut self, panel: PanelId, task: TaskNumber, share: f32) {
                match panel { $(PanelId::$panel => crate::panels::$module::$panel::progress(self, task, share),)* }
            }

            pub(super) fn give_end(&mut self, panel: PanelId, task: TaskNumber) {
                match panel { $(PanelId::$panel => crate::panels::$module::$panel::ended(self, task),)* }
            }

            pub(super) fn give_failure(&mut self, panel: PanelId, task: TaskNumber, reason: &str) {
                match panel { $(PanelId::$panel => crate::panels::$module::$panel::failed(self, task, reason),)* }
            }

            pub(super) fn give_stop(&mut self, panel: PanelId, task: TaskNumber) {
                match panel { $(PanelId::$panel => crate::panels::$module::$panel::stopped(self, task),)* }
            }

            pub(super) fn panel_not_loaded(&mut self, panel: PanelId) {
                match panel { $(PanelId::$panel => crate::panels::$module::$panel::not_loaded(self),)* }
            }

            pub(super) fn panel_opened(&mut self, panel: PanelId) {
                match panel { $(PanelId::$panel => crate::panels::$module::$panel::opened(self),)* }
            }

            pub(super) fn panel_closed(&mut self, panel: PanelId) {
                match panel { $(PanelId::$panel => crate::panels::$module::$panel::closed(self),)* }
            }

            pub(super) fn follow_in_panel(&mut self, panel: PanelId) {
                match panel { $(PanelId::$panel => crate::panels::$module::$panel::follow(self),)* }
            }
        }
    };
}

for_each_panel!(lead_to_panels);
