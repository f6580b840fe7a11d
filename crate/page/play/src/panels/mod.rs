//! The panels whose scripts load on demand. Each has a folder with its state, its actions, its decisions and its tests;
//! its script in www/ draws the model and dispatches actions. This file lists them: a new panel is one line of
//! `for_each_panel` below. It has data alone; the module `decisions` leads to the decisions of each panel.
//!
//! The way of an action: script → [`PanelAction::Act`] → `PanelDecisions::act` → state and
//! [`Effect`](crate::effect::Effect)s. The way of a task: [`Effect::Begin`](crate::effect::Effect::Begin) → script or
//! worker → [`PanelAction::News`] → `answer`, `ended` or `failed` of the same trait.

pub mod between;
pub mod breed;
pub mod codebook;
pub(crate) mod decisions;
mod life;
pub mod live;
pub mod macros;
pub mod paths;
mod script_value;
pub mod sing;
pub mod sound_match;
pub mod tasks;
pub mod tone_sounds;
pub mod tones;

use serde::{Deserialize, Deserializer, Serialize};

use tasks::{TaskNews, TaskNumber, Tasks};

/// Where a panel is in its life cycle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PanelLife {
    /// Nobody has opened it: its script is not loaded.
    #[default]
    Absent,
    /// A person has opened it, and its script loads.
    Loading,
    /// A person has closed it while its script loads.
    Unwanted,
    /// It is shown.
    Open,
    /// It is hidden, and its script is loaded.
    Closed,
    /// Its script could not be loaded. To open it again loads it again.
    Failed,
}

/// Something that happened to a panel.
#[derive(Clone, Debug, PartialEq)]
pub enum PanelAction {
    /// A person presses its button: opens it, or closes it if it is open.
    Toggle(PanelId),
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

/// Lists the panels, each in one line: a module and the type of its state; its name in scripts; its actions, answers,
/// tasks and model. Calls a macro with the list.
macro_rules! for_each_panel {
    ($call:ident) => {
        $call! {
            between: Between, "between", BetweenAction, BetweenAnswer, BetweenTask, BetweenModel;
            breed: Breed, "breed", BreedAction, BreedAnswer, BreedTask, BreedModel;
            codebook: SoundCodebook, "codebook", CodebookAction, CodebookAnswer, CodebookTask, CodebookModel;
            live: Live, "live", LiveAction, LiveAnswer, LiveTask, LiveModel;
            macros: Macros, "macros", MacrosAction, MacrosAnswer, MacrosTask, MacrosModel;
            paths: Paths, "paths", PathsAction, PathsAnswer, PathsTask, PathsModel;
            sing: Sing, "sing", SingAction, SingAnswer, SingTask, SingModel;
            sound_match: SoundMatch, "match", MatchAction, MatchAnswer, MatchTask, MatchModel;
            tone_sounds: ToneSounds, "tone-sounds", ToneSoundsAction, ToneSoundsAnswer, ToneSoundsTask, ToneSoundsModel;
            tones: RecordedTones, "tones", TonesAction, TonesAnswer, TonesTask, TonesModel;
        }
    };
}
pub(crate) use for_each_panel;

macro_rules! declare_panels {
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

            /// The file of its script.
            pub const fn script(self) -> &'static str {
                match self { $(Self::$panel => concat!($name, ".js"),)* }
            }

            /// The ids of the button that opens it and of the element that says why it cannot be opened.
            pub const fn button(self) -> [&'static str; 2] {
                match self { $(Self::$panel => [concat!($name, "-open"), concat!($name, "-status")],)* }
            }
        }

        /// The state of all panels.
        #[derive(Clone, Debug, Default)]
        pub struct Panels {
            $(#[doc = concat!("See [`", stringify!($module), "`].")] pub $module: $module::$panel,)*
            /// The time of the last action of a panel, in milliseconds on the clock of the frames.
            pub now_ms: f64,
            /// The tasks that run.
            pub(crate) tasks: Tasks,
            pub(crate) lives: [PanelLife; PanelId::ALL.len()],
        }

        /// An action of a person in a panel.
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

        /// The model that a panel's script draws.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(untagged)]
        pub enum PanelModel {
            $(#[doc = concat!("See [`", stringify!($module), "`].")] $panel(Box<$module::$model>),)*
        }

        /// Visits the types that cross the border to the panels' scripts.
        #[cfg(feature = "types")]
        pub fn visit_types(visitor: &mut impl ts_rs::TypeVisitor) {
            $(visitor.visit::<$module::$action>();
            visitor.visit::<$module::$answer>();
            visitor.visit::<$module::$task>();
            visitor.visit::<$module::$model>();)*
            visitor.visit::<paths::PathsMotion>();
            visitor.visit::<codebook::CodebookMotion>();
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
    };
}

for_each_panel!(declare_panels);

/// The part of a panel that moves from frame to frame. Its script draws it apart from the model.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum PanelMotion {
    /// Nothing.
    Still,
    /// The position of the chosen path.
    Paths(paths::PathsMotion),
    /// The current point, which the codebook marks.
    SoundCodebook(codebook::CodebookMotion),
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
