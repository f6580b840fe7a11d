//! The files that a call names, checked before any work: an output that is also an input, or another output, would
//! overwrite it.

use crate::error::CliError;
use crate::model::ModelFile;
use crate::output::{check, place};
use crate::timbre_files::path_of_name;
use dataset::files::{OutputPlace, folder_of};
use std::path::{Path, PathBuf};

/// The files of a call, each with the option that names it.
#[derive(Clone, Default)]
pub struct NamedFiles {
    read: Vec<(&'static str, PathBuf)>,
    written: Vec<(&'static str, PathBuf)>,
    edited: Option<[&'static str; 2]>,
}

impl NamedFiles {
    /// Adds inputs.
    pub fn read<'a>(mut self, option: &'static str, paths: impl IntoIterator<Item = &'a Path>) -> Self {
        self.read.extend(paths.into_iter().map(|path| (option, path.to_owned())));
        self
    }

    /// Adds a file of a model as an input: the file of the option, or else of the folder `models/`.
    pub fn model(self, option: &'static str, file: ModelFile, named: Option<&Path>) -> Self {
        self.read(option, [named.map_or_else(|| file.here(), Path::to_owned).as_path()])
    }

    /// Adds files of the folder `models/`, which no option names, as inputs.
    pub fn found<const COUNT: usize>(self, files: [ModelFile; COUNT]) -> Self {
        files.into_iter().fold(self, |own, file| own.model(file.name(), file, None))
    }

    /// Adds outputs.
    pub fn write<P: Into<PathBuf>>(
        mut self,
        option: &'static str,
        paths: impl IntoIterator<Item = P>,
    ) -> Self {
        self.written.extend(paths.into_iter().map(|path| (option, path.into())));
        self
    }

    /// If `is_allowed`, lets this output replace this input, which is the same kind of file: the call then changes the
    /// file itself.
    pub fn edit(mut self, input: &'static str, output: &'static str, is_allowed: bool) -> Self {
        self.edited = is_allowed.then_some([input, output]);
        self
    }

    /// Checks that no output is an input or another output, and that each can be written.
    pub fn check(&self) -> Result<(), CliError> {
        self.check_difference()?;
        self.written.iter().try_for_each(|(_, path)| check(path))
    }

    /// Checks that no output is an input or another output.
    pub fn check_difference(&self) -> Result<(), CliError> {
        for (number, (second, path)) in self.written.iter().enumerate() {
            let Some(own) = identity(path)? else { continue };
            let inputs = self.read.iter().filter_map(|(option, path)| Some((option, file_of(path)?)));
            let outputs = self.written[..number].iter().map(|(option, path)| (option, path.clone()));
            for (first, other) in inputs.chain(outputs) {
                let is_same = identity(&other).is_ok_and(|other| other.as_ref() == Some(&own));
                if is_same && self.edited != Some([*first, *second]) {
                    return Err(CliError::SameFile { first, second, path: path.clone() });
                }
            }
        }
        Ok(())
    }
}

/// The file of an input: the path itself, or the file of the domain with this name. A path that is neither fails when
/// it is read.
fn file_of(path: &Path) -> Option<PathBuf> {
    [Some(path.to_owned()), path_of_name(path)].into_iter().flatten().find(|path| path.is_file())
}

/// The canonical path of a file, whether it exists or not; `None` for a pipe or device, which takes any number of
/// outputs.
fn identity(path: &Path) -> Result<Option<PathBuf>, CliError> {
    let OutputPlace::File(path) = place(path)? else { return Ok(None) };
    if let Ok(whole) = path.canonicalize() {
        return Ok(Some(whole));
    }
    let beside =
        folder_of(&path).canonicalize().ok().zip(path.file_name()).map(|(folder, name)| folder.join(name));
    Ok(beside.or_else(|| std::path::absolute(&path).ok()))
}
