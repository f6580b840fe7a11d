//! Outputs that take bytes and are not replaced: pipes, devices, and files that this process or another one holds open.
//! Must never replace or truncate a file.

use std::io::{Result, Write};
use std::path::{Path, PathBuf};

/// The output that takes the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputStream {
    /// Standard output, of any kind.
    Out,
    /// Standard error, of any kind.
    Error,
    /// A pipe or device at a path, or the open file of a descriptor that the path names. Bytes are added at the end of
    /// that file, because safe code cannot use the descriptor's own position in it.
    Named(PathBuf),
}

impl OutputStream {
    /// The stream of the descriptor that a path such as `/dev/fd/1` names; `None` for any other path.
    pub(crate) fn of_descriptor(path: &Path) -> Option<Self> {
        let folder = path.parent()?.canonicalize().ok()?;
        let is_process = folder.starts_with("/proc") && folder.ends_with("fd");
        if !is_process && folder != Path::new("/dev/fd") {
            return None;
        }
        let is_ours = Path::new("/dev/fd").canonicalize().is_ok_and(|ours| ours == folder);
        Some(match path.file_name()?.to_str()? {
            "1" if is_ours => Self::Out,
            "2" if is_ours => Self::Error,
            _ => Self::Named(path.to_owned()),
        })
    }

    /// Writes all bytes.
    ///
    /// # Errors
    /// If the stream takes no more, or cannot be opened.
    pub fn write_all(&self, bytes: &[u8]) -> Result<()> {
        match self {
            Self::Out => {
                let mut output = std::io::stdout().lock();
                output.write_all(bytes)?;
                output.flush()
            }
            Self::Error => std::io::stderr().write_all(bytes),
            Self::Named(path) => std::fs::File::options().append(true).open(path)?.write_all(bytes),
        }
    }
}
