//! Writes WAV files, with exactly the given samples.

use std::io::Cursor;

use hound::{SampleFormat, WavSpec, WavWriter};

use crate::WavError;

/// The reason why a sound cannot be written as a WAV file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WavWriteError {
    /// Its length in bytes does not fit into the 32 bits that the format has for it.
    #[error(
        "it would have {frames} frames of {channels} channels, and a WAV file holds at most {most} such frames; \
         choose a shorter sound or a lower sample rate"
    )]
    TooLong {
        /// Samples of each channel.
        frames: usize,
        /// The number of channels.
        channels: usize,
        /// The most samples of each channel.
        most: usize,
    },
    /// The writer refuses it.
    #[error(transparent)]
    Refused(#[from] WavError),
}

/// More than the header that hound writes before the samples.
const HEADER_BYTES: usize = 128;
/// The bytes of a sample.
const SAMPLE_BYTES: usize = 4;

/// The most frames of so many channels, 32-bit floats, in a WAV file; hound starts from 0 again beyond it.
fn most_frames(channels: usize) -> usize {
    (u32::MAX as usize - HEADER_BYTES) / (SAMPLE_BYTES * channels.max(1))
}

/// Checks whether so many frames of so many channels fit into a WAV file, for a sound that is not made yet.
///
/// # Errors
/// [`WavWriteError::TooLong`] if they do not fit.
pub fn check_wav_length(frames: usize, channels: usize) -> Result<(), WavWriteError> {
    let most = most_frames(channels);
    if frames <= most { Ok(()) } else { Err(WavWriteError::TooLong { frames, channels, most }) }
}

/// The bytes of a WAV file of 32-bit floats: the shortest channel ends it.
///
/// # Errors
/// If the sound is too long for the format.
pub fn encode_wav(channels: &[&[f32]], sample_rate_hz: u32) -> Result<Vec<u8>, WavWriteError> {
    let spec = WavSpec {
        channels: channels.len() as u16,
        sample_rate: sample_rate_hz,
        bits_per_sample: 32,
        sample_format: SampleFormat::Float,
    };
    let frames = channels.iter().map(|channel| channel.len()).min().unwrap_or(0);
    check_wav_length(frames, channels.len())?;
    let mut bytes = Vec::with_capacity(frames * channels.len() * SAMPLE_BYTES + HEADER_BYTES);
    let mut writer = WavWriter::new(Cursor::new(&mut bytes), spec)?;
    for frame in 0..frames {
        for channel in channels {
            writer.write_sample(channel[frame])?;
        }
    }
    writer.finalize()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SoundFile, decode};

    #[test]
    fn samples_come_back_exactly() {
        let (left, right) = ([0.0, -1.0, 0.123_456_79, 3.5], [1e-9, 0.5, -0.25, 1.0]);
        let bytes = encode_wav(&[&left, &right], 48_000).expect("a short sound");
        let sound = SoundFile {
            channels: vec![left.to_vec(), right.to_vec()],
            sample_rate_hz: 48_000,
            losses: Vec::new(),
        };
        assert_eq!(decode(&bytes).expect("our own file"), sound);
    }

    #[test]
    fn a_sound_too_long_for_the_lengths_in_the_file_is_refused() {
        let channel = vec![0.0; 1 << 20];
        let error = encode_wav(&vec![&channel[..]; 1024], 8_000).expect_err("four gibibytes").to_string();
        assert!(error.contains("1048576 frames of 1024 channels"), "{error}");
        let most = most_frames(2);
        assert!(check_wav_length(most, 2).is_ok() && check_wav_length(most + 1, 2).is_err());
        let [short, long] = [1, 5].map(|frames| {
            let samples = vec![0.0; frames];
            encode_wav(&[&samples, &samples], 8_000).expect("a short sound").len() - 8 * frames
        });
        assert_eq!(short, long);
        assert!(short <= HEADER_BYTES, "{short}");
    }

    #[test]
    fn whole_numbers_are_shares_of_full_scale() {
        let spec = WavSpec {
            channels: 1,
            sample_rate: 8_000,
            bits_per_sample: 16,
            sample_format: SampleFormat::Int,
        };
        let mut bytes = Vec::new();
        let mut writer = WavWriter::new(Cursor::new(&mut bytes), spec).expect("into memory");
        for sample in [-32_768_i16, 0, 16_384] {
            writer.write_sample(sample).expect("into memory");
        }
        writer.finalize().expect("into memory");
        assert_eq!(decode(&bytes).expect("a WAV file").channels, [[-1.0, 0.0, 0.5]]);
    }
}
