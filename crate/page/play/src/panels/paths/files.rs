//! The files of a path and the link to it: what a person saves, opens, copies, and what becomes of it.

use std::collections::VecDeque;

use path::{LatentPath, LinkedLoop, LinkedLoopError};
use serde::{Deserialize, Serialize};

use super::loop_path::{empty_loop, linked, of_link, of_path};
use super::{PathsFileValues, PathsRemark, PathsTask, PathsWay};
use crate::effect::Effect;
use crate::notes::Notes;
use crate::panels::PanelId;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::sounds::FileNumber;
use crate::tone_domain::ToneDomain;

/// A kind of file that a path is saved as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum PathsFileKind {
    /// A path file.
    Json,
    /// Its sound.
    Wav,
    /// MIDI with the point in controllers 16 and 17.
    Midi,
    /// MIDI that automates amSynth's parameters.
    Automation,
    /// amSynth's map of controllers for that.
    Controllers,
    /// A bank of patches.
    Bank,
}

impl PathsFileKind {
    fn ending(self) -> &'static str {
        match self {
            Self::Json => ".path.json",
            Self::Wav => ".wav",
            Self::Midi => ".mid",
            Self::Automation => " amSynth.mid",
            Self::Controllers => ".controllers",
            Self::Bank => ".bank",
        }
    }
}

/// A file that a person has given the page, which keeps it under this number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsFile {
    /// Its number in the page.
    pub number: FileNumber,
    /// Its name.
    pub name: String,
}

/// A file that is written.
#[derive(Clone, Debug)]
struct Saving {
    task: TaskNumber,
    kind: PathsFileKind,
    name: String,
    file: String,
    share: f32,
}

/// A file that is written, as the script shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsWriting {
    /// The name of the file.
    pub file: String,
    /// The done share, 0…1.
    pub share: f32,
}

/// The files and links of the editor.
#[derive(Clone, Debug, Default)]
pub(super) struct FileState {
    /// True while the kinds of files are shown.
    pub is_listed: bool,
    saving: Vec<Saving>,
    reading: Option<(TaskNumber, PathsFile)>,
    waiting: VecDeque<PathsFile>,
    /// The sentences about files that are no paths.
    complaints: Vec<PathsRemark>,
    /// The fragment of a link that waits for the editor, or for room.
    link: Option<String>,
    /// The task that copies a link, and the name of the path.
    copying: Option<(TaskNumber, String)>,
}

impl FileState {
    /// True if no file waits or is read.
    #[cfg(test)]
    pub fn is_idle(&self) -> bool {
        self.waiting.is_empty() && self.reading.is_none()
    }

    /// The file that is written, if that takes time.
    pub fn writing(&self) -> Option<PathsWriting> {
        let slow = self.saving.iter().find(|saving| saving.kind != PathsFileKind::Json)?;
        Some(PathsWriting { file: slow.file.clone(), share: slow.share })
    }
}

/// The name of a path as that of a file, without its ending.
fn file_stem(name: &str) -> String {
    let is_kept = |letter: &char| letter.is_alphanumeric() || matches!(letter, ' ' | '_' | '-');
    let stem: String = name.chars().filter(is_kept).collect();
    let stem = stem.trim();
    if stem.is_empty() { "path".to_owned() } else { stem.to_owned() }
}

impl Reducer<'_> {
    pub(super) fn toggle_path_files(&mut self) {
        let files = &mut self.paths().files;
        files.is_listed = !files.is_listed;
    }

    pub(super) fn save_path(&mut self, kind: PathsFileKind) {
        let paths = self.paths();
        let Some(edited) = &paths.edited else { return };
        if kind != PathsFileKind::Json && paths.files.writing().is_some() {
            return self.say_of_paths(PathsRemark::Busy);
        }
        let path = PathsFileValues::of(&edited.to_file());
        let number = paths.number;
        let name = self.path_name(number);
        let file = file_stem(&name) + kind.ending();
        let Notes { root: key, bpm, .. } = *self.state.notes();
        self.clear_remarks_of_paths();
        let task =
            self.begin_task(PathsTask::Save { kind, path: Box::new(path), file: file.clone(), key, bpm });
        self.paths().files.saving.push(Saving { task, kind, name, file, share: 0.0 });
    }

    pub(super) fn stop_saving_path(&mut self) {
        let saving = &mut self.paths().files.saving;
        let Some(at) = saving.iter().position(|saving| saving.kind != PathsFileKind::Json) else { return };
        let stopped = saving.remove(at);
        self.cancel_task(Some(stopped.task));
        self.say_of_paths(PathsRemark::Stopped { file: stopped.file });
    }

    pub(super) fn progress_of_path_file(&mut self, task: TaskNumber, share: f32) {
        if let Some(saving) = self.paths().files.saving.iter_mut().find(|saving| saving.task == task) {
            saving.share = share;
        }
    }

    /// A task is over, with the word of its failure if it has failed.
    pub(super) fn end_path_file_task(&mut self, task: TaskNumber, failure: Option<&str>) {
        let files = &mut self.paths().files;
        if let Some(at) = files.saving.iter().position(|saving| saving.task == task) {
            let Saving { name, file, .. } = files.saving.remove(at);
            return self.say_of_paths(match failure {
                None => PathsRemark::Saved { name, file },
                Some(word) => PathsRemark::Unsaved { file, word: word.to_owned() },
            });
        }
        if let Some((_, file)) = files.reading.take_if(|(reading, _)| *reading == task) {
            if let Some(word) = failure {
                files.complaints.push(PathsRemark::Unread { file: file.name, word: word.to_owned() });
            }
            return self.read_next_path();
        }
        if let Some((_, name)) = files.copying.take_if(|(copying, _)| *copying == task) {
            self.say_of_paths(match failure {
                None => PathsRemark::LinkCopied { name },
                Some(_) => PathsRemark::LinkShown { name },
            });
        }
    }

    /// A person gives the page files: they become paths, one after the other.
    pub(super) fn open_path_files(&mut self, files: Vec<PathsFile>) {
        self.paths().files.waiting.extend(files);
        if self.state.panels.is_open(PanelId::Paths) {
            self.begin_to_read_paths();
        }
    }

    /// Begins with the files that wait, unless one is read.
    pub(super) fn begin_to_read_paths(&mut self) {
        let files = &self.paths().files;
        if files.reading.is_none() && !files.waiting.is_empty() {
            self.read_next_path();
        }
    }

    fn read_next_path(&mut self) {
        let files = &mut self.paths().files;
        let Some(file) = files.waiting.pop_front() else {
            let complaints = std::mem::take(&mut files.complaints);
            self.clear_remarks_of_paths();
            for complaint in complaints {
                self.add_remark_of_paths(complaint);
            }
            return;
        };
        self.say_of_paths(PathsRemark::Reading { file: file.name.clone() });
        let task = self.begin_task(PathsTask::Read { file: file.clone() });
        self.paths().files.reading = Some((task, file));
    }

    /// A file is read: its path is a new loop.
    pub(super) fn take_read_path(&mut self, task: TaskNumber, values: PathsFileValues, losses: Vec<String>) {
        let file = self.paths().files.reading.as_ref().filter(|(reading, _)| *reading == task);
        let Some(file) = file.map(|(_, file)| file.name.clone()) else { return };
        let Some(path) = values.into_path() else { return };
        let is_added = self.add_path(&path);
        let complaints = &mut self.paths().files.complaints;
        if is_added {
            complaints
                .extend(losses.into_iter().map(|word| PathsRemark::InPart { file: file.clone(), word }));
        } else {
            complaints.push(PathsRemark::NoRoom);
        }
    }

    /// A file is no path.
    pub(super) fn take_path_refusal(&mut self, task: TaskNumber, word: String, numbers: Vec<f64>) {
        let files = &mut self.paths().files;
        if let Some((_, file)) = files.reading.as_ref().filter(|(reading, _)| *reading == task) {
            let refused = PathsRemark::Refused { file: file.name.clone(), word, numbers };
            files.complaints.push(refused);
        }
    }

    /// Adds a path as a new loop and shows it; returns whether there was room.
    pub(super) fn add_path(&mut self, path: &LatentPath) -> bool {
        self.add_path_loop(of_path(empty_loop(), path))
    }

    /// Copies a link that adds the path to another page.
    pub(super) fn copy_path_link(&mut self) {
        let number = self.paths().number;
        let Some(own) = self.state.document().loops.get(number) else { return };
        let fragment = linked(own).write();
        let name = self.path_name(number);
        let Some(fragment) = fragment else { return self.say_of_paths(PathsRemark::LinkLong { name }) };
        let task = self.begin_task(PathsTask::CopyLink { fragment });
        let before = self.paths().files.copying.replace((task, name));
        self.cancel_task(before.map(|(task, _)| task));
    }

    /// The address of the page is a link to a path: it opens with the editor.
    pub(super) fn open_path_link(&mut self, fragment: String) {
        self.paths().files.link = Some(fragment);
        if self.state.panels.is_open(PanelId::Paths) {
            self.follow_path_link();
        }
    }

    /// Adds the loop of the link that waits. Without room it waits on, and the address keeps it.
    pub(super) fn follow_path_link(&mut self) {
        let Some(fragment) = self.paths().files.link.clone() else { return };
        let own = match LinkedLoop::read(&fragment) {
            Ok(own) => of_link(own),
            Err(error) => {
                self.clear_path_link();
                return self.say_of_paths(match error {
                    LinkedLoopError::Version => PathsRemark::LinkVersion,
                    _ => PathsRemark::LinkDamaged,
                });
            }
        };
        self.set_path_way(PathsWay::Lanes);
        let instrument = own.instrument.unwrap_or_default();
        if self.add_path_loop(own) {
            self.clear_path_link();
            self.choose_instrument_of_path(instrument);
        } else {
            self.say_of_paths(PathsRemark::NoRoom);
        }
    }

    fn clear_path_link(&mut self) {
        self.paths().files.link = None;
        self.effects.push(Effect::ClearLink);
    }

    /// Chooses the instrument on which a path was made. An element has no choice of instruments.
    fn choose_instrument_of_path(&mut self, number: u8) {
        let wanted = ToneDomain::of_number(number);
        let instruments = &self.state.sound.instruments;
        let is_known = number == 0 || wanted.is_some();
        if is_known && !self.state.page.is_embedded && wanted != instruments.wanted.or(instruments.domain) {
            self.choose_instrument(wanted);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_is_that_of_the_path_without_signs_that_no_file_may_have() {
        assert_eq!(file_stem(" Ebb ♯und:Flut_2-a/"), "Ebb undFlut_2-a");
        assert_eq!(file_stem(" ?! "), "path");
    }
}
