//! Writes files so that no reader ever sees a partial file. A new file is readable by all, unlike the private temporary
//! file that is written first. A file that is replaced keeps its permissions, and a write-protected file is never
//! replaced.

use crate::output_stream::OutputStream;
use std::fs::OpenOptions;
use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The reason why a file or folder cannot be written; `path` is the requested one.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {}; choose a folder you may write to, with room in it", path.display(), reason(source))]
pub struct WriteError {
    /// The file or folder.
    pub path: PathBuf,
    /// The system's error.
    pub source: Error,
}

impl WriteError {
    /// Writing of `path` failed.
    pub fn of(path: &Path) -> impl FnOnce(Error) -> Self {
        let path = path.to_owned();
        move |source| Self { path, source }
    }
}

/// The reason why a file is not replaced, although its folder would allow that.
#[derive(Debug, thiserror::Error)]
#[error("it is write-protected")]
struct WriteProtected;

/// True if the reason is that the file itself is write-protected.
pub fn is_protection(error: &Error) -> bool {
    error.get_ref().is_some_and(|own| own.is::<WriteProtected>())
}

/// The reason why the system cannot read or write a file, without the system's numbers.
pub fn reason(error: &Error) -> String {
    let known = match error.kind() {
        _ if is_protection(error) => return error.to_string(),
        ErrorKind::NotFound => "there is no such file or folder",
        ErrorKind::PermissionDenied => "permission is denied",
        ErrorKind::IsADirectory => "it is a folder, not a file",
        ErrorKind::NotADirectory => "a part of its path is not a folder",
        ErrorKind::AlreadyExists => "a file has this name already",
        ErrorKind::StorageFull => "the disk is full",
        _ => {
            let text = error.to_string();
            return text.split(" (os error").next().unwrap_or_default().to_owned();
        }
    };
    known.to_owned()
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

/// Makes the folder if needed and checks that files of these names can be written there, also where one is a link.
///
/// # Errors
/// Names the first one that cannot.
pub fn check_files(folder: &Path, names: &[&str]) -> std::result::Result<(), WriteError> {
    check_folder(folder)?;
    for path in names.iter().map(|name| folder.join(name)) {
        if let OutputPlace::File(end) = place(&path).map_err(WriteError::of(&path))? {
            file_beside(&end).map(drop).map_err(WriteError::of(&path))?;
        }
    }
    Ok(())
}

/// The destination of an output.
pub enum OutputPlace {
    /// The path of a file, which may not exist yet, with all links resolved.
    File(PathBuf),
    /// An existing pipe or device, or an open file such as standard output: it takes the bytes and is not replaced.
    Stream(OutputStream),
}

/// The most links from one to the next, as in Linux.
const MOST_LINKS: usize = 40;

/// The destination of an output with this path.
///
/// # Errors
/// If it is a folder, or its links lead nowhere.
pub fn place(path: &Path) -> Result<OutputPlace> {
    let mut end = path.to_owned();
    for _ in 0..MOST_LINKS {
        match std::fs::metadata(&end) {
            Ok(own) if own.is_dir() => return Err(ErrorKind::IsADirectory.into()),
            Ok(own) => {
                if let Some(stream) = OutputStream::of_descriptor(&end) {
                    return Ok(OutputPlace::Stream(stream));
                }
                if !end.is_symlink() {
                    return Ok(match own.is_file() {
                        true => OutputPlace::File(end),
                        false => OutputPlace::Stream(OutputStream::Named(end)),
                    });
                }
            }
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            // A folder that does not exist yet.
            Err(_) if end.as_os_str().as_encoded_bytes().ends_with(b"/") => {
                return Err(ErrorKind::IsADirectory.into());
            }
            // A file that does not exist yet.
            Err(_) if !end.is_symlink() => return Ok(OutputPlace::File(end)),
            Err(_) => {}
        }
        end = folder_of(&end).join(std::fs::read_link(&end)?);
    }
    Err(ErrorKind::NotFound.into())
}

/// The folder of a file.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes or replaces the files `(name, contents)` in `folder`. Writes all of them to temporary files before renaming
/// the first, so that a full disk leaves the old files unchanged. A link stays, and its target is written.
///
/// # Errors
/// Names the first file that cannot be written; some of the others may be new then, but none is half-written.
pub fn write_all(folder: &Path, files: &[(&str, Vec<u8>)]) -> std::result::Result<(), WriteError> {
    let mut written: Vec<(NamedTempFile, PathBuf)> = Vec::with_capacity(files.len());
    let mut streamed = Vec::new();
    for (name, contents) in files {
        let path = folder.join(name);
        match place(&path).map_err(WriteError::of(&path))? {
            OutputPlace::File(end) => {
                let file = write_beside(&end, contents).map_err(WriteError::of(&path))?;
                written.push((file, end));
            }
            OutputPlace::Stream(stream) => streamed.push((path, stream, contents)),
        }
    }
    for (file, path) in written {
        file.persist(&path).map_err(|error| WriteError { path, source: error.error })?;
    }
    for (path, stream, contents) in streamed {
        stream.write_all(contents).map_err(WriteError::of(&path))?;
    }
    Ok(())
}

/// Writes or replaces the file at `path`.
///
/// # Errors
/// If the file cannot be written; the old one stays unchanged.
pub fn write(path: &Path, contents: &[u8]) -> std::result::Result<(), WriteError> {
    let file = write_beside(path, contents).map_err(WriteError::of(path))?;
    file.persist(path).map_err(|error| WriteError { path: path.to_owned(), source: error.error })?;
    Ok(())
}

/// A temporary file in the folder of the file at `path`, to be renamed to that. Temporary files are private; this one
/// has the permissions of the file that it replaces, or those of any new file.
///
/// # Errors
/// If there is no such folder, nothing can be written there, or the file is write-protected.
pub fn file_beside(path: &Path) -> Result<NamedTempFile> {
    if let Ok(own) = std::fs::metadata(path) {
        // The superuser may open a protected file.
        if own.permissions().readonly() {
            return Err(Error::new(ErrorKind::PermissionDenied, WriteProtected));
        }
        OpenOptions::new().write(true).open(path).map_err(|error| match error.kind() {
            ErrorKind::PermissionDenied => Error::new(error.kind(), WriteProtected),
            _ => error,
        })?;
        let file = tempfile::Builder::new().tempfile_in(folder_of(path))?;
        file.as_file().set_permissions(own.permissions())?;
        return Ok(file);
    }
    #[allow(unused_mut, reason = "only Unix has permission bits")]
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The process's umask is applied to this.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder_of(path))
}

fn write_beside(path: &Path, contents: &[u8]) -> Result<NamedTempFile> {
    let mut file = file_beside(path)?;
    file.write_all(contents)?;
    file.as_file().sync_all()?;
    Ok(file)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_link_to_an_absent_folder_is_found_before_anything_is_written() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("folder");
        std::fs::create_dir(&folder).unwrap();
        symlink("new", folder.join("a")).unwrap();
        symlink("../absent/new", folder.join("b")).unwrap();
        check_files(&folder, &["a", "c"]).unwrap();
        let error = check_files(&folder, &["a", "b", "c"]).unwrap_err().to_string();
        assert!(error.contains("folder/b: there is no such file or folder"), "{error}");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2);
        let error = place(&folder.join("new/")).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::IsADirectory, "a name that ends as that of a folder");
    }

    #[test]
    fn a_file_keeps_its_permissions_and_a_protected_one_its_contents() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let with_mode = |name: &str, mode: u32| {
            let path = root.path().join(name);
            std::fs::write(&path, "old").unwrap();
            std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
            path
        };
        for mode in [0o600, 0o640, 0o666] {
            let path = with_mode("a", mode);
            write_all(root.path(), &[("a", b"new".to_vec())]).unwrap();
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, mode, "{mode:o}");
            assert_eq!(std::fs::read(&path).unwrap(), b"new", "{mode:o}");
        }
        let path = with_mode("b", 0o444);
        for error in [
            check_files(root.path(), &["a", "b"]).unwrap_err(),
            write_all(root.path(), &[("a", Vec::new()), ("b", Vec::new())]).unwrap_err(),
            write(&path, b"new").unwrap_err(),
        ] {
            assert!(error.to_string().contains("/b: it is write-protected"), "{error}");
        }
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
    }

    #[test]
    fn links_and_devices_in_a_folder_stay_and_get_the_bytes() {
        let root = tempfile::tempdir().unwrap();
        let [folder, there] = ["folder", "there"].map(|name| root.path().join(name));
        for path in [&folder, &there] {
            std::fs::create_dir(path).unwrap();
        }
        std::fs::write(there.join("old"), "old").unwrap();
        symlink("../there/old", folder.join("a")).unwrap();
        symlink("../there/new", folder.join("b")).unwrap();
        symlink("/dev/null", folder.join("c")).unwrap();
        let files = ["a", "b", "c", "d"].map(|name| (name, name.as_bytes().to_vec()));
        write_all(&folder, &files).unwrap();
        for (path, contents) in [(there.join("old"), "a"), (there.join("new"), "b"), (folder.join("d"), "d")]
        {
            assert_eq!(std::fs::read_to_string(&path).unwrap(), contents, "{}", path.display());
        }
        for link in ["a", "b", "c"] {
            assert!(folder.join(link).is_symlink(), "{link} is a link no more");
        }
        assert!(!Path::new("/dev/null").metadata().unwrap().is_file());
        symlink("../absent/new", folder.join("e")).unwrap();
        let error = write_all(&folder, &[("e", Vec::new())]).unwrap_err();
        assert_eq!(error.path, folder.join("e"));
    }
}
