//! Writes files so that no reader ever sees a partial file. Every file is readable by all, unlike the private
//! temporary file that it is written to first.

use std::io::{Result, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Why a file or folder cannot be written; `path` is the requested one.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {source}; choose a folder you may write to, with room in it", path.display())]
pub struct WriteError {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system says.
    pub source: std::io::Error,
}

impl WriteError {
    /// Writing of `path` failed.
    pub fn of(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self { path, source }
    }
}

/// Makes the folder if needed and checks that it is writable, so that a wrong folder fails before minutes of work,
/// not after.
///
/// # Errors
/// If the folder cannot be made or written to.
pub fn check_folder(folder: &Path) -> std::result::Result<(), WriteError> {
    std::fs::create_dir_all(folder).map_err(WriteError::of(folder))?;
    NamedTempFile::new_in(folder).map(drop).map_err(WriteError::of(folder))
}

/// Writes or replaces the files `(name, contents)` in `folder`. Writes all of them to temporary files before renaming
/// the first, so that a full disk leaves the old files unchanged.
///
/// # Errors
/// Names the first file that cannot be written; some of the others may be new then, but none is half-written.
pub fn write_all(folder: &Path, files: &[(&str, Vec<u8>)]) -> std::result::Result<(), WriteError> {
    let mut written: Vec<(NamedTempFile, PathBuf)> = Vec::with_capacity(files.len());
    for (name, contents) in files {
        let path = folder.join(name);
        let file = write_beside(folder, contents).map_err(WriteError::of(&path))?;
        written.push((file, path));
    }
    for (file, path) in written {
        file.persist(&path).map_err(|error| WriteError { path, source: error.error })?;
    }
    Ok(())
}

/// Writes or replaces the file at `path`, whose folder is `folder`.
///
/// # Errors
/// If the file cannot be written; the old one stays unchanged.
pub fn write(folder: &Path, path: &Path, contents: &[u8]) -> std::result::Result<(), WriteError> {
    let file = write_beside(folder, contents).map_err(WriteError::of(path))?;
    file.persist(path).map_err(|error| WriteError { path: path.to_owned(), source: error.error })?;
    Ok(())
}

fn write_beside(folder: &Path, contents: &[u8]) -> Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    let builder = {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o644))
    };
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(contents)?;
    file.as_file().sync_all()?;
    Ok(file)
}
