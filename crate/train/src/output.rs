//! The files of a trained model. All are written in full beside their place before the first is put
//! there, so that no reader ever meets half a file and a full disk leaves the old model as it was.

use crate::error::TrainError;
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Makes the folder if need be and checks that a file can be made in it: a wrong folder should be
/// known before the minutes of training, not after.
pub fn check(folder: &Path) -> Result<(), TrainError> {
    let unwritable = |source| TrainError::Write { path: folder.to_owned(), source };
    std::fs::create_dir_all(folder).map_err(unwritable)?;
    NamedTempFile::new_in(folder).map(drop).map_err(unwritable)
}

/// Writes or replaces the files `(name, contents)` in `folder`.
pub fn write(folder: &Path, files: &[(&str, Vec<u8>)]) -> Result<(), TrainError> {
    let mut written: Vec<(NamedTempFile, PathBuf)> = Vec::with_capacity(files.len());
    for (name, contents) in files {
        let path = folder.join(name);
        let file = write_beside(folder, contents)
            .map_err(|source| TrainError::Write { path: path.clone(), source })?;
        written.push((file, path));
    }
    for (file, path) in written {
        file.persist(&path).map_err(|error| TrainError::Write { path, source: error.error })?;
    }
    Ok(())
}

fn write_beside(folder: &Path, contents: &[u8]) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    // A temporary file is private by default, but a model is to be served.
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
