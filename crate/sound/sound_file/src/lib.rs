//! Sounds as the bytes of files, and back: WAV, FLAC, OGG Vorbis, Opus and MP3 are read, WAV is written. Never opens a
//! file. A crate of its own, because the command that reads and writes the files is compiled without optimisation.
#![forbid(unsafe_code)]

mod decoding;
mod error;
mod ogg;
mod opus;
mod pcm;
mod sound;
mod tags;
mod wav_reading;
mod wav_writing;

pub use decoding::decode;
pub use error::{SoundFileError, SoundLoss};
pub use hound::Error as WavError;
pub use sound::SoundFile;
pub use wav_writing::{WavWriteError, check_wav_length, encode_wav};
