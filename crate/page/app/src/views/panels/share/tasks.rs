//! The queue of the panel Share: runs one task at a time and orders the waiting ones. Pure.

use std::collections::VecDeque;

use web_sys::File;

/// A waiting task.
#[derive(Debug, PartialEq)]
pub enum ImportTask {
    /// Replace the imported model, which the sound rejects, by the page's own.
    GiveUpModel,
    /// First restore the imports of an earlier visit, if due; then import files.
    Import {
        /// True if it is to be restored.
        restores: bool,
        /// The files of one drop or choice; empty if only restoring.
        files: Vec<File>,
    },
}

/// Imports of an earlier visit.
#[derive(Debug, Default, PartialEq)]
enum Restoring {
    /// Wait for the map.
    #[default]
    NotYet,
    /// To be restored next.
    Due,
    /// Restored, or none found.
    Done,
}

/// The running task and the waiting ones.
#[derive(Debug, Default)]
pub struct ImportTasks {
    is_busy: bool,
    gives_up_model: bool,
    restoring: Restoring,
    files: VecDeque<Vec<File>>,
}

impl ImportTasks {
    /// Starts a task of a button, unless another one is running; returns whether it started.
    pub fn try_begin(&mut self) -> bool {
        !std::mem::replace(&mut self.is_busy, true)
    }

    /// The running task is done.
    pub fn finish(&mut self) {
        self.is_busy = false;
    }

    /// The map is loaded: imports of an earlier visit can be restored, once.
    pub fn allow_restoring(&mut self) {
        if self.restoring == Restoring::NotYet {
            self.restoring = Restoring::Due;
        }
    }

    /// The sound rejects the imported model.
    pub fn give_up_model(&mut self) {
        self.gives_up_model = true;
    }

    /// Queues an import of files.
    pub fn add_files(&mut self, files: Vec<File>) {
        self.files.push_back(files);
    }

    /// Starts and returns the next task; none while one is running.
    pub fn next(&mut self) -> Option<ImportTask> {
        if self.is_busy {
            return None;
        }
        let task = if std::mem::take(&mut self.gives_up_model) {
            Some(ImportTask::GiveUpModel)
        } else {
            let restores = self.restoring == Restoring::Due;
            if restores {
                self.restoring = Restoring::Done;
            }
            let files = self.files.pop_front();
            let is_due = restores || files.is_some();
            is_due.then(|| ImportTask::Import { restores, files: files.unwrap_or_default() })
        };
        self.is_busy = task.is_some();
        task
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn import(restores: bool) -> Option<ImportTask> {
        Some(ImportTask::Import { restores, files: Vec::new() })
    }

    #[test]
    fn one_task_runs_at_a_time_and_a_button_does_not_wait() {
        let mut tasks = ImportTasks::default();
        assert!(tasks.next().is_none() && tasks.try_begin() && !tasks.try_begin());
        tasks.add_files(Vec::new());
        assert_eq!(tasks.next(), None);
        tasks.finish();
        assert_eq!(tasks.next(), import(false));
        assert!(!tasks.try_begin());
    }

    #[test]
    fn earlier_imports_come_back_once_and_before_new_ones() {
        let mut tasks = ImportTasks::default();
        tasks.add_files(Vec::new());
        tasks.add_files(Vec::new());
        let mut done = Vec::new();
        for _ in 0..4 {
            done.push(tasks.next());
            tasks.finish();
            tasks.allow_restoring();
        }
        assert_eq!(done, [import(false), import(true), None, None]);
        tasks.add_files(Vec::new());
        tasks.give_up_model();
        assert_eq!(tasks.next(), Some(ImportTask::GiveUpModel));
    }
}
