//! Reads sounds from files: WAV, FLAC, OGG Vorbis and MP3, whatever the name says.

use crate::error::CliError;
use std::io::{Cursor, ErrorKind};
use std::path::Path;
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

/// Reads the beginning of a sound, up to two minutes.
pub fn read_sound(path: &Path) -> Result<SoundFile, CliError> {
    let bytes = std::fs::read(path).map_err(CliError::read(path))?;
    decoded(bytes).map_err(|reason| CliError::NoSound { path: path.to_owned(), reason })
}

fn decoded(bytes: Vec<u8>) -> Result<SoundFile, String> {
    let reason = |error: Error| match error {
        Error::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
        error => error.to_string(),
    };
    let stream = MediaSourceStream::new(Box::new(Cursor::new(bytes)), Default::default());
    let probed = symphonia::default::get_probe()
        .format(&Hint::new(), stream, &FormatOptions::default(), &MetadataOptions::default())
        .map_err(|_| "its format is unknown".to_owned())?;
    let mut format = probed.format;
    let track = format.default_track().ok_or("it has no sound")?;
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
    if sound.channels.iter().all(Vec::is_empty) { Err("it has no sound".to_owned()) } else { Ok(sound) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_sound_are_refused() {
        for bytes in [&b""[..], b"RIFF", b"fLaC\0\0\0\x22", b"OggS\0", b"ID3\x03\0", b"hello, this is a text"]
        {
            assert!(decoded(bytes.to_vec()).is_err(), "{bytes:?}");
        }
    }
}
