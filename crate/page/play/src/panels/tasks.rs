//! Tasks: work of a panel that runs outside of the state, in a worker or in the browser, and comes back as actions with
//! its number. A task that has ended or was cancelled is no longer known here, so the reducer drops its late answers in
//! one place. Knows nothing of what the tasks do.

use serde::{Deserialize, Serialize};

use crate::panels::{PanelAnswer, PanelId};

/// The number of a task; no two tasks of a visit have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct TaskNumber(u32);

/// News of a running task.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskNews {
    /// The done share, 0…1.
    Progress(f32),
    /// The name of its long job for people, if the page shows it as one.
    Name(String),
    /// A result. A task may give several.
    Answer(PanelAnswer),
    /// The task has given its last result.
    Ended,
    /// The task has failed; the reason is a word that the panel's texts explain, such as `lost` for a lost worker.
    Failed(String),
}

/// The running tasks of all panels.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    begun: u32,
    running: Vec<(TaskNumber, PanelId)>,
}

impl Tasks {
    /// A panel begins a task; returns its number.
    pub fn begin(&mut self, panel: PanelId) -> TaskNumber {
        self.begun += 1;
        let number = TaskNumber(self.begun);
        self.running.push((number, panel));
        number
    }

    /// Forgets a task; returns its panel if it was running.
    pub fn end(&mut self, number: TaskNumber) -> Option<PanelId> {
        let position = self.running.iter().position(|(running, _)| *running == number)?;
        Some(self.running.swap_remove(position).1)
    }

    /// The panel of a running task.
    pub fn panel(&self, number: TaskNumber) -> Option<PanelId> {
        self.running.iter().find(|(running, _)| *running == number).map(|(_, panel)| *panel)
    }
}

impl TaskNumber {
    /// The number as the page's scripts write it.
    pub fn from_script(number: u32) -> Self {
        Self(number)
    }
}
