//! The long jobs that the page shows in a line: their numbers, names and progress. Begins and ends none.

use crate::panels::tasks::TaskNumber;

/// The number of a long job, by which actions name it: one job may begin while another one runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobNumber {
    /// The page's own program runs it and has numbered it.
    Program(u32),
    /// It is a panel's task. The reducer ends it with the task.
    Task(TaskNumber),
}

/// A long job, shown while one plays on.
#[derive(Clone, Debug, PartialEq)]
pub struct LongJob {
    /// Its number.
    pub number: JobNumber,
    /// Its name for people; a job without one is not shown yet.
    pub name: String,
    /// The done share, 0…1; none if unknown.
    pub share: Option<f32>,
    /// True if a person can stop it.
    pub can_stop: bool,
    /// True if it is to stop.
    pub is_stopping: bool,
    /// True if it has run long enough to be shown.
    pub is_shown: bool,
}
