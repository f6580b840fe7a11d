//! Any of the formats: WAV, FLAC, OGG Vorbis and MP3, recognised by the content.

use std::io::{Cursor, ErrorKind};

use symphonia::core::audio::SampleBuffer;
use symphonia::core::codecs::DecoderOptions;
use symphonia::core::errors::Error;
use symphonia::core::formats::FormatOptions;
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;
use symphonia::core::probe::Hint;

/// The longest part that is read: a target has ten seconds, after silence of any length.
const LONGEST_S: usize = 120;

/// A sound as it is in a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SoundFile {
    /// Samples of each channel, ±1 is full scale.
    pub channels: Vec<Vec<f32>>,
    /// In Hz.
    pub sample_rate_hz: u32,
}

/// Why bytes are no sound.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SoundFileError {
    /// Nothing that is known begins like this.
    #[error("its format is unknown")]
    UnknownFormat,
    /// No track, or one without samples.
    #[error("it has no sound")]
    NoSound,
    /// The bytes end before the first sample.
    #[error("it ends too early")]
    EndsTooEarly,
    /// A part of the format that is not supported, or damaged.
    #[error(transparent)]
    Damaged(Error),
}

/// The beginning of a sound, up to two minutes, whatever the format.
///
/// # Errors
/// If the bytes are no sound of a known format.
pub fn decode(bytes: Vec<u8>) -> Result<SoundFile, SoundFileError> {
    let reason = |error: Error| match error {
        Error::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => SoundFileError::EndsTooEarly,
        error => SoundFileError::Damaged(error),
    };
    let stream = MediaSourceStream::new(Box::new(Cursor::new(bytes)), Default::default());
    let probed = symphonia::default::get_probe()
        .format(&Hint::new(), stream, &FormatOptions::default(), &MetadataOptions::default())
        .map_err(|_| SoundFileError::UnknownFormat)?;
    let mut format = probed.format;
    let track = format.default_track().ok_or(SoundFileError::NoSound)?;
    let id = track.id;
    let mut decoder = symphonia::default::get_codecs()
        .make(&track.codec_params, &DecoderOptions::default())
        .map_err(reason)?;
    let mut sound = SoundFile::default();
    // A file that is cut off is heard as far as it goes.
    while let Ok(packet) = format.next_packet() {
        if packet.track_id() != id {
            continue;
        }
        let audio = match decoder.decode(&packet) {
            Ok(audio) => audio,
            Err(Error::DecodeError(_)) => continue,
            Err(_) => break,
        };
        let spec = *audio.spec();
        let count = spec.channels.count();
        if sound.channels.is_empty() {
            sound = SoundFile { channels: vec![Vec::new(); count], sample_rate_hz: spec.rate };
        }
        // Another layout within a file ends it.
        if count != sound.channels.len() || spec.rate != sound.sample_rate_hz || count == 0 {
            break;
        }
        let mut samples = SampleBuffer::<f32>::new(audio.capacity() as u64, spec);
        samples.copy_interleaved_ref(audio);
        for (at, &sample) in samples.samples().iter().enumerate() {
            sound.channels[at % count].push(sample);
        }
        if sound.channels[0].len() > LONGEST_S * spec.rate as usize {
            break;
        }
    }
    if sound.channels.iter().all(Vec::is_empty) { Err(SoundFileError::NoSound) } else { Ok(sound) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_sound_are_refused() {
        for bytes in [&b""[..], b"RIFF", b"fLaC\0\0\0\x22", b"OggS\0", b"ID3\x03\0", b"hello, this is a text"]
        {
            assert!(decode(bytes.to_vec()).is_err(), "{bytes:?}");
        }
    }
}
