//! The panels whose scripts load on demand. Each has a folder with its state, its actions, its decisions and its tests;
//! its script in www/ draws the model and dispatches actions. This file lists them: a new panel is one line of
//! [`panels!`] below.
//!
//! The way of an action: script → [`PanelAction::Act`] → [`Panel::act`] → state and [`Effect`](crate::effect::Effect)s.
//! The way of a task: [`Effect::Begin`](crate::effect::Effect::Begin) → script or worker → [`PanelAction::News`] →
//! [`Panel::answer`], [`Panel::ended`] or [`Panel::failed`].

mod life;
pub mod macros;

use serde::{Deserialize, Deserializer, Serialize};

use crate::reduce::Reducer;
use crate::state::State;
use crate::tasks::{TaskNews, TaskNumber};

pub use life::PanelLife;

/// What a panel's folder implements for its state. The default methods do nothing.
pub(crate) trait Panel {
    /// What a person can do in it.
    type Action;
    /// A result of one of its tasks.
    type Answer;
    /// What its script draws.
    type Model;

    /// What its script draws now.
    fn model(state: &State) -> Self::Model;

    /// Decides what an action means.
    fn act(page: &mut Reducer, action: Self::Action);

    /// Takes a result of a running task.
    fn answer(_page: &mut Reducer, _task: TaskNumber, _answer: Self::Answer) {}

    /// Takes the done share of a running task, 0…1.
    fn progress(_page: &mut Reducer, _task: TaskNumber, _share: f32) {}

    /// A running task has given its last result.
    fn ended(_page: &mut Reducer, _task: TaskNumber) {}

    /// A running task has failed, for a reason that the panel's texts explain.
    fn failed(_page: &mut Reducer, _task: TaskNumber, _reason: &str) {}

    /// The panel is shown.
    fn opened(_page: &mut Reducer) {}

    /// A person has closed the panel.
    fn closed(_page: &mut Reducer) {}

    /// The current point, patch or document may have changed. Called before a frame is shown, while the panel is open.
    fn follow(_page: &mut Reducer) {}
}

/// Something that happened to a panel.
#[derive(Clone, Debug, PartialEq)]
pub enum PanelAction {
    /// A person opens it. Its script loads if it has not.
    Open(PanelId),
    /// Its script is loaded and has built its elements.
    Loaded(PanelId),
    /// Its script could not be loaded.
    NotLoaded(PanelId),
    /// A person closes it.
    Close(PanelId),
    /// A person does something in it.
    Act(OwnAction),
    /// News of a task.
    News(TaskNumber, TaskNews),
}

/// Lists the panels: a module and the type of its state; its name in scripts; its actions, answers, tasks and model.
macro_rules! panels {
    ($($module:ident: $panel:ident, $name:literal, $action:ident, $answer:ident, $task:ident, $model:ident;)*) => {
        /// A panel.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum PanelId {
            $(#[doc = concat!("See [`", stringify!($module), "`].")] $panel,)*
        }

        impl PanelId {
            /// All panels.
            pub const ALL: &[Self] = &[$(Self::$panel,)*];

            /// Its name: that of its script and of its folder in www/.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$panel => $name,)* }
            }
        }

        /// The state of all panels.
        #[derive(Clone, Debug, Default)]
        pub struct Panels {
            $(#[doc = concat!("See [`", stringify!($module), "`].")] pub $module: $module::$panel,)*
            /// The time of the last action of a panel, in milliseconds on the clock of the frames.
            pub now_ms: f64,
            pub(crate) lives: [PanelLife; PanelId::ALL.len()],
        }

        /// What a person can do in a panel.
        #[derive(Clone, Debug, PartialEq)]
        pub enum OwnAction {
            $(#[doc = concat!("See [`", stringify!($module), "`].")]
            $panel($module::$action),)*
        }

        /// A result of a panel's task.
        #[derive(Clone, Debug, PartialEq)]
        pub enum PanelAnswer {
            $(#[doc = concat!("See [`", stringify!($module), "`].")]
            $panel($module::$answer),)*
        }

        /// A panel's task.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(untagged)]
        pub enum PanelTask {
            $(#[doc = concat!("See [`", stringify!($module), "`].")] $panel($module::$task),)*
        }

        $(impl From<$module::$task> for PanelTask {
            fn from(task: $module::$task) -> Self { Self::$panel(task) }
        })*

        impl PanelTask {
            /// The panel that begins it.
            pub fn panel(&self) -> PanelId {
                match self { $(Self::$panel(_) => PanelId::$panel,)* }
            }
        }

        /// What a panel's script draws.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(untagged)]
        pub enum PanelModel {
            $(#[doc = concat!("See [`", stringify!($module), "`].")] $panel($module::$model),)*
        }

        impl OwnAction {
            /// Reads the action of a panel's script.
            ///
            /// # Errors
            /// Those of the deserializer.
            pub fn read<'de, D: Deserializer<'de>>(panel: PanelId, from: D) -> Result<Self, D::Error> {
                match panel { $(PanelId::$panel => Deserialize::deserialize(from).map(Self::$panel),)* }
            }
        }

        impl PanelAnswer {
            /// Reads the result of a panel's task.
            ///
            /// # Errors
            /// Those of the deserializer.
            pub fn read<'de, D: Deserializer<'de>>(panel: PanelId, from: D) -> Result<Self, D::Error> {
                match panel { $(PanelId::$panel => Deserialize::deserialize(from).map(Self::$panel),)* }
            }
        }

        impl State {
            /// What a panel's script draws now.
            pub fn panel_model(&self, panel: PanelId) -> PanelModel {
                match panel { $(PanelId::$panel => PanelModel::$panel($module::$panel::model(self)),)* }
            }
        }

        impl Reducer<'_> {
            fn act_in_panel(&mut self, action: OwnAction) {
                match action { $(OwnAction::$panel(action) => $module::$panel::act(self, action),)* }
            }

            /// An answer of another panel's kind means nothing.
            fn give_answer(&mut self, panel: PanelId, task: TaskNumber, answer: PanelAnswer) {
                match (panel, answer) {
                    $((PanelId::$panel, PanelAnswer::$panel(answer)) => $module::$panel::answer(self, task, answer),)*
                    #[allow(unreachable_patterns)]
                    _ => {}
                }
            }

            fn give_progress(&mut self, panel: PanelId, task: TaskNumber, share: f32) {
                match panel { $(PanelId::$panel => $module::$panel::progress(self, task, share),)* }
            }

            fn give_end(&mut self, panel: PanelId, task: TaskNumber) {
                match panel { $(PanelId::$panel => $module::$panel::ended(self, task),)* }
            }

            fn give_failure(&mut self, panel: PanelId, task: TaskNumber, reason: &str) {
                match panel { $(PanelId::$panel => $module::$panel::failed(self, task, reason),)* }
            }

            fn panel_opened(&mut self, panel: PanelId) {
                match panel { $(PanelId::$panel => $module::$panel::opened(self),)* }
            }

            fn panel_closed(&mut self, panel: PanelId) {
                match panel { $(PanelId::$panel => $module::$panel::closed(self),)* }
            }

            fn follow_in_panel(&mut self, panel: PanelId) {
                match panel { $(PanelId::$panel => $module::$panel::follow(self),)* }
            }
        }
    };
}

panels! {
    macros: Macros, "macros", MacrosAction, MacrosAnswer, MacrosTask, MacrosModel;
}

impl Panels {
    /// Where a panel is in its life cycle.
    pub fn life(&self, panel: PanelId) -> PanelLife {
        self.lives[panel as usize]
    }

    /// True while a panel is shown.
    pub fn is_open(&self, panel: PanelId) -> bool {
        self.life(panel) == PanelLife::Open
    }
}
