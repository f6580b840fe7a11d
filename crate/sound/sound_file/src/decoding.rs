//! Any of the formats: WAV, FLAC, OGG Vorbis and MP3, recognised by the content.

use std::collections::HashSet;
use std::io::{Cursor, ErrorKind};

use symphonia::core::audio::SampleBuffer;
use symphonia::core::codecs::{CODEC_TYPE_VORBIS, CodecParameters, DecoderOptions};
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

/// The reason why bytes are no sound.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SoundFileError {
    /// No supported format begins like this.
    #[error("its format is unknown")]
    UnknownFormat,
    /// No track, or one without samples.
    #[error("it has no sound")]
    NoSound,
    /// A WAV header that says 0 samples a second.
    #[error("its sample rate is 0 Hz")]
    NoSampleRate,
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
pub fn decode(mut bytes: Vec<u8>) -> Result<SoundFile, SoundFileError> {
    let reason = |error: Error| match error {
        Error::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => SoundFileError::EndsTooEarly,
        error => SoundFileError::Damaged(error),
    };
    if has_wav_without_rate(&bytes) {
        return Err(SoundFileError::NoSampleRate);
    }
    lengthen_wav(&mut bytes);
    let is_known = begins_as_known(&bytes);
    let stream = MediaSourceStream::new(Box::new(Cursor::new(bytes)), Default::default());
    let probed = symphonia::default::get_probe()
        .format(&Hint::new(), stream, &FormatOptions::default(), &MetadataOptions::default())
        // Noise may look like any format somewhere in it.
        .map_err(|error| if is_known { reason(error) } else { SoundFileError::UnknownFormat })?;
    let mut format = probed.format;
    let track = format.default_track().ok_or(SoundFileError::NoSound)?;
    let id = track.id;
    let Own { begin, end, decoded } = own_samples(&track.codec_params);
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
        if sound.channels[0].len() >= begin.saturating_add(LONGEST_S * spec.rate as usize) {
            break;
        }
    }
    // Packets are not equally long in all formats.
    let longest = LONGEST_S * sound.sample_rate_hz as usize;
    for channel in &mut sound.channels {
        // If files were joined, only the first one states its end.
        if channel.len() <= decoded.saturating_add(LONGEST_FRAME) {
            channel.truncate(end);
        }
        // A tag that leaves nothing is wrong.
        if begin < channel.len() {
            channel.drain(..begin);
        }
        channel.truncate(longest);
    }
    if sound.channels.iter().all(Vec::is_empty) { Err(SoundFileError::NoSound) } else { Ok(sound) }
}

/// Samples of the longest frame of MP3.
const LONGEST_FRAME: usize = 1_152;

/// The range of the decoded samples that belongs to the sound itself.
struct Own {
    begin: usize,
    end: usize,
    /// The number of samples that the file declares, with the encoder's silence.
    decoded: usize,
}

/// The samples between the silences that encoders of MP3 and Vorbis put before a sound (1,105 samples of MP3) and
/// after it; the file states their lengths. symphonia 0.5.5 could leave the silence out itself (`enable_gapless`).
/// But where overflows are checked, it panics at lengths that do not fit.
fn own_samples(track: &CodecParameters) -> Own {
    let whole = |samples: u64| usize::try_from(samples).unwrap_or(usize::MAX);
    let [delay, padding] = [track.delay, track.padding].map(|samples| u64::from(samples.unwrap_or(0)));
    let is_vorbis = track.codec == CODEC_TYPE_VORBIS;
    // Encoders of Vorbis put nothing before a sound: in files of a single page symphonia takes the padding for a delay.
    let (begin, after) = if is_vorbis { (0, delay + padding) } else { (delay, padding) };
    // Without a tag the length of an MP3 file is only estimated; the last page of Vorbis has its length.
    let samples = track.n_frames.filter(|_| is_vorbis || track.padding.is_some());
    let end = samples.map(|samples| samples.saturating_sub(after)).filter(|&end| end > begin);
    Own {
        begin: whole(begin),
        end: whole(end.unwrap_or(u64::MAX)),
        decoded: whole(samples.unwrap_or(u64::MAX)),
    }
}

/// True if the first bytes are those of a format with a header.
fn begins_as_known(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WAVE")
        || [b"fLaC", b"OggS"].iter().any(|beginning| bytes.starts_with(*beginning))
}

/// Corrects the lengths in a WAV file if they are those of its beginning, so that the sound ends with the bytes. A
/// recorder that lost its power leaves such lengths, and so does a program that writes to a pipe.
fn lengthen_wav(bytes: &mut [u8]) {
    let length = |bytes: &[u8]| bytes.first_chunk().map_or(0, |length| u32::from_le_bytes(*length) as usize);
    let Some(riff) = bytes.get(4..).map(length) else { return };
    let all = bytes.len() - 8.min(bytes.len());
    if !(bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WAVE") && riff != all) {
        return;
    }
    let written = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes();
    // A longer length stays if the file is cut off before its sound.
    if riff < all {
        bytes[4..8].copy_from_slice(&written(all));
    }
    let mut at = 12;
    while let Some((name, rest)) = bytes.get(at..).and_then(<[u8]>::split_first_chunk::<4>) {
        let (own, left) = (length(rest), rest.len().saturating_sub(4));
        if name == b"data" && (own == 0 || own > left) {
            if let Some(place) = bytes.get_mut(at + 4..at + 8) {
                place.copy_from_slice(&written(left));
                bytes[4..8].copy_from_slice(&written(all));
            }
            return;
        }
        at = at.saturating_add(8).saturating_add(own.next_multiple_of(2));
    }
}

/// True if the bytes hold a WAV header with a sample rate of 0, at which symphonia 0.5.5 panics. symphonia looks
/// for a header beyond the beginning, too.
fn has_wav_without_rate(bytes: &[u8]) -> bool {
    walk_wav_chunks(bytes, || {})
}

/// The same, with a call for each chunk that it looks at. It looks at no chunk twice: a thousand headers may share
/// the same chunks.
fn walk_wav_chunks(bytes: &[u8], mut look: impl FnMut()) -> bool {
    let mut known = HashSet::new();
    let headers = bytes.windows(12).enumerate();
    headers.filter(|(_, header)| header.starts_with(b"RIFF") && header.ends_with(b"WAVE")).any(|(at, _)| {
        let mut chunks = &bytes[at + 12..];
        while let Some((&[a, b, c, d, s0, s1, s2, s3], rest)) = chunks.split_first_chunk() {
            if !known.insert(chunks.len()) {
                return false;
            }
            look();
            if [a, b, c, d] == *b"fmt " {
                return rest.get(4..8) == Some(&[0; 4]);
            }
            // Chunks begin at even places.
            let length = u32::from_le_bytes([s0, s1, s2, s3]) as usize;
            chunks = rest.get(length.next_multiple_of(2)..).unwrap_or_default();
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A WAV file of 16 bits with one field of its header replaced.
    fn wav_with(offset: usize, field: &[u8]) -> Vec<u8> {
        let spec = hound::WavSpec {
            channels: 2,
            sample_rate: 44_100,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut bytes = Vec::new();
        let mut writer = hound::WavWriter::new(Cursor::new(&mut bytes), spec).unwrap();
        (0..64_i16).for_each(|sample| writer.write_sample(sample).unwrap());
        writer.finalize().unwrap();
        bytes[offset..offset + field.len()].copy_from_slice(field);
        bytes
    }

    #[test]
    fn exactly_two_minutes_are_read() {
        let [first, second] = [vec![0.25; 8_000 * 121], vec![0.5; 8_000 * 121]];
        let bytes = crate::encode_wav(&[&first, &second], 8_000).unwrap();
        let sound = decode(bytes).unwrap();
        assert_eq!(sound.channels.iter().map(Vec::len).collect::<Vec<_>>(), [8_000 * 120; 2]);
    }

    #[test]
    fn a_wav_file_without_a_sample_rate_is_refused() {
        let rate = 24;
        assert!(decode(wav_with(rate, &44_100_u32.to_le_bytes())).is_ok());
        assert!(decode(wav_with(rate, &[0; 4])).is_err());
    }

    #[test]
    fn a_header_without_a_sample_rate_is_found_wherever_it_is() {
        let header = |fmt: &[u8]| [b"RIFF\x04\0\0\0WAVEfmt \x10\0\0\0\x01\0\x02\0", fmt].concat();
        let (good, bad) = (header(&44_100_u32.to_le_bytes()), header(&[0; 4]));
        assert!(!has_wav_without_rate(&good) && has_wav_without_rate(&bad));
        for before in [&b"noise"[..], b"RIFF\x04\0\0\0WAVE", b"RIFF\x04\0\0\0WAVELIST\x02\0\0\0ab", &good] {
            assert!(has_wav_without_rate(&[before, &bad].concat()), "{before:?}");
            assert!(!has_wav_without_rate(&[before, &good].concat()), "{before:?}");
        }
    }

    #[test]
    fn a_recording_whose_lengths_were_never_written_is_heard() {
        let mut whole = crate::encode_wav(&[&[0.5; 1000]], 44_100).expect("a file");
        let expected = decode(whole.clone()).expect("a sound");
        let data = whole.windows(4).position(|name| name == b"data").expect("samples");
        // Programs write the last three to a pipe.
        for (riff, length) in [
            ([0; 4], Some([0; 4])),
            ([36, 0, 0, 0], Some([0; 4])),
            ([4, 0, 0, 0], None),
            ([0xff; 4], Some([0; 4])),
            ([0xff; 4], Some([0xff; 4])),
            ([0x24, 0xf0, 0xff, 0x7f], Some([0, 0xf0, 0xff, 0x7f])),
        ] {
            whole[4..8].copy_from_slice(&riff);
            if let Some(length) = length {
                whole[data + 4..data + 8].copy_from_slice(&length);
            } else {
                whole[data + 4..data + 8].copy_from_slice(&4000_u32.to_le_bytes());
            }
            assert_eq!(decode(whole.clone()).expect("a sound"), expected, "{riff:?} {length:?}");
        }
    }

    #[test]
    fn chunks_after_an_empty_sound_are_not_its_samples() {
        let empty = crate::encode_wav(&[&[]], 44_100).expect("a file");
        let mut bytes = [&empty[..], b"LIST\x04\0\0\0INFO"].concat();
        let all = u32::try_from(bytes.len() - 8).expect("a length");
        bytes[4..8].copy_from_slice(&all.to_le_bytes());
        assert!(matches!(decode(bytes), Err(SoundFileError::NoSound)));
    }

    #[test]
    fn no_file_takes_longer_than_its_length_lets_expect() {
        // Each header's chunks are all headers after it.
        for pattern in
            [&b"RIFF\x04\0\0\0WAVE"[..], b"RIFF\x04\0\0\0WAVELIST\x04\0\0\0", b"RIFF\0\0\0\0WAVE\0\0\0\0"]
        {
            let bytes = pattern.repeat(2_000);
            let mut looked = 0;
            assert!(!walk_wav_chunks(&bytes, || looked += 1));
            assert!(looked <= bytes.len() / 4, "{looked} chunks of {} bytes", bytes.len());
        }
    }

    #[test]
    fn a_damaged_wav_header_never_panics() {
        for offset in 0..44 {
            for value in [0, 1, 2, 3, 0x7f, 0x80, 0xfe, 0xff] {
                let _ = decode(wav_with(offset, &[value]));
                let _ = decode(wav_with(offset.min(40), &[value; 4]));
            }
        }
    }

    #[test]
    fn a_sound_of_a_known_format_is_refused_with_the_reason() {
        let good = wav_with(0, b"");
        assert!(matches!(decode(good[..30].to_vec()), Err(SoundFileError::EndsTooEarly)));
        let (format, bits) = (20, 34);
        // 12 bits, GSM and MP3.
        for (offset, field) in [(bits, [12, 0]), (format, [0x31, 0]), (format, [0x55, 0])] {
            let error = decode(wav_with(offset, &field)).unwrap_err();
            assert!(matches!(error, SoundFileError::Damaged(_)), "{field:?}: {error}");
        }
        let flac = decode(b"fLaC\0\0\0\x22\x10\0".to_vec()).unwrap_err();
        assert!(matches!(flac, SoundFileError::EndsTooEarly), "{flac}");
        for other in [&b"RIFF\x04\0\0\0AVI LIST"[..], b"hello, this is a text", &[0xff, 0xfb, 0x90, 0]] {
            assert!(matches!(decode(other.to_vec()), Err(SoundFileError::UnknownFormat)), "{other:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_sound_are_refused() {
        for bytes in [&b""[..], b"RIFF", b"fLaC\0\0\0\x22", b"OggS\0", b"ID3\x03\0", b"hello, this is a text"]
        {
            assert!(decode(bytes.to_vec()).is_err(), "{bytes:?}");
        }
    }
}
