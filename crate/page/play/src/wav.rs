//! A recording as a WAV file: 32-bit float, so that the file holds the exact samples that sounded.

use std::io::Cursor;

use hound::{SampleFormat, WavSpec, WavWriter};

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WavError {
    /// Nothing has sounded yet.
    #[error("nothing has sounded yet: play something, then save it")]
    Empty,
    /// The two channels have different lengths.
    #[error(
        "the recording is incomplete ({left} samples on the left, {right} on the right): play and save again"
    )]
    Sides {
        /// Samples of the left channel.
        left: usize,
        /// Samples of the right channel.
        right: usize,
    },
    /// The writer refused: too long for the format.
    #[error("the recording could not be written as WAV ({0}): save a shorter one")]
    Format(#[from] hound::Error),
}

/// The bytes of a stereo WAV file.
///
/// # Errors
/// If there are no samples, or the channels differ in length.
pub fn write(left: &[f32], right: &[f32], sample_rate_hz: u32) -> Result<Vec<u8>, WavError> {
    if left.len() != right.len() {
        return Err(WavError::Sides { left: left.len(), right: right.len() });
    }
    if left.is_empty() {
        return Err(WavError::Empty);
    }
    let spec = WavSpec {
        channels: 2,
        sample_rate: sample_rate_hz,
        bits_per_sample: 32,
        sample_format: SampleFormat::Float,
    };
    let mut bytes = Cursor::new(Vec::with_capacity(left.len() * 8 + 128));
    let mut writer = WavWriter::new(&mut bytes, spec)?;
    for (&left, &right) in left.iter().zip(right) {
        writer.write_sample(left)?;
        writer.write_sample(right)?;
    }
    writer.finalize()?;
    Ok(bytes.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_holds_the_exact_samples() {
        let left: Vec<f32> = (0..1000).map(|n| (n as f32 * 0.1).sin()).collect();
        let right: Vec<f32> = left.iter().map(|sample| -sample / 3.0).collect();
        let bytes = write(&left, &right, 48_000).unwrap();
        let mut reader = hound::WavReader::new(Cursor::new(bytes)).unwrap();
        assert_eq!((reader.spec().sample_rate, reader.spec().channels), (48_000, 2));
        let samples: Vec<f32> = reader.samples().map(Result::unwrap).collect();
        assert!(samples.iter().step_by(2).eq(&left) && samples.iter().skip(1).step_by(2).eq(&right));
    }

    #[test]
    fn an_empty_recording_is_no_file() {
        assert!(matches!(write(&[], &[], 48_000), Err(WavError::Empty)));
        assert!(matches!(write(&[0.0], &[], 48_000), Err(WavError::Sides { left: 1, right: 0 })));
    }
}
