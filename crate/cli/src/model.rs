//! Where a model comes from: the file that was named, else that of the folder `models/` here, else the
//! one that the program carries, so that it works wherever it is installed.

use crate::error::CliError;
use ear::Hearing;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// A file of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A point of the plane → a patch.
    Decoder,
    /// A patch → a point of the plane.
    Encoder,
    /// The sense of distance that presets are placed by; the program carries none.
    Hearing,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Decoder => "decoder.onnx",
            Self::Encoder => "encoder.onnx",
            Self::Hearing => "hearing.json",
        }
    }

    fn carried(self) -> Option<&'static [u8]> {
        match self {
            Self::Decoder => Some(include_bytes!("../../../models/decoder.onnx")),
            Self::Encoder => Some(include_bytes!("../../../models/encoder.onnx")),
            Self::Hearing => None,
        }
    }

    /// Its bytes, and the path to name in an error.
    pub fn read(self, named: Option<&Path>) -> Result<(PathBuf, Cow<'static, [u8]>), CliError> {
        let here = Path::new("models").join(self.name());
        let path = match (named, self.carried()) {
            (Some(path), _) => path.to_owned(),
            (None, Some(carried)) if !here.is_file() => {
                return Ok((self.name().into(), Cow::Borrowed(carried)));
            }
            (None, _) => here,
        };
        match std::fs::read(&path) {
            Ok(bytes) => Ok((path, Cow::Owned(bytes))),
            Err(source) if self == Self::Hearing => Err(CliError::ReadHearing { path, source }),
            Err(source) => Err(CliError::read_model(&path)(source)),
        }
    }
}

/// The encoder that belongs to a decoder that was named: beside it, with the other word in its name.
pub fn encoder_beside(decoder: &Path) -> PathBuf {
    let name = decoder.file_name().unwrap_or_default().to_string_lossy().replace("decoder", "encoder");
    decoder.with_file_name(name)
}

/// The sense of distance of a file, or of `models/hearing.json`.
pub fn hearing(named: Option<&Path>) -> Result<Hearing, CliError> {
    let (path, json) = Part::Hearing.read(named)?;
    serde_json::from_slice(&json).map_err(|source| CliError::Json { path, source })
}
