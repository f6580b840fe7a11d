//! Sounds as the bytes of files, and back: WAV, FLAC, OGG Vorbis and MP3 are read, WAV is written. Never opens a
//! file. A crate of its own, because the command that reads and writes the files is compiled without optimisation.
#![forbid(unsafe_code)]

mod decoding;
mod wav;

pub use decoding::{SoundFile, SoundFileError, decode};
pub use hound::Error as WavError;
pub use wav::{WavWriteError, check_wav_length, encode_wav};
