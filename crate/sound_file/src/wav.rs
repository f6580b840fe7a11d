//! WAV alone, with exactly its samples.

use std::io::Cursor;

use hound::{SampleFormat, WavReader, WavSpec, WavWriter};

use crate::{SoundFile, WavError};

/// All samples of a WAV file.
///
/// # Errors
/// If the bytes are no WAV file, or end too early.
pub fn decode_wav(bytes: &[u8]) -> Result<SoundFile, WavError> {
    let mut reader = WavReader::new(bytes)?;
    let spec = reader.spec();
    let samples: Vec<f32> = match spec.sample_format {
        SampleFormat::Float => reader.samples().collect::<Result<_, _>>()?,
        SampleFormat::Int => {
            let full_scale = 2.0_f32.powi(i32::from(spec.bits_per_sample) - 1);
            reader
                .samples::<i32>()
                .map(|sample| Ok(sample? as f32 / full_scale))
                .collect::<Result<_, WavError>>()?
        }
    };
    let count = usize::from(spec.channels);
    let channel = |first: usize| samples.iter().skip(first).step_by(count).copied().collect();
    Ok(SoundFile { channels: (0..count).map(channel).collect(), sample_rate_hz: spec.sample_rate })
}

/// The bytes of a WAV file of 32-bit floats: the shortest channel ends it.
///
/// # Errors
/// If the sound is too long for the format.
pub fn encode_wav(channels: &[&[f32]], sample_rate_hz: u32) -> Result<Vec<u8>, WavError> {
    let spec = WavSpec {
        channels: channels.len() as u16,
        sample_rate: sample_rate_hz,
        bits_per_sample: 32,
        sample_format: SampleFormat::Float,
    };
    let frames = channels.iter().map(|channel| channel.len()).min().unwrap_or(0);
    let mut bytes = Vec::with_capacity(frames * channels.len() * 4 + 128);
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

    #[test]
    fn samples_come_back_exactly() {
        let (left, right) = ([0.0, -1.0, 0.123_456_79, 3.5], [1e-9, 0.5, -0.25, 1.0]);
        let bytes = encode_wav(&[&left, &right], 48_000).expect("a short sound");
        let sound = decode_wav(&bytes).expect("our own file");
        assert_eq!(
            sound,
            SoundFile { channels: vec![left.to_vec(), right.to_vec()], sample_rate_hz: 48_000 }
        );
        assert_eq!(crate::decode(bytes.clone()).expect("our own file"), sound);
        assert!(decode_wav(&bytes[..bytes.len() - 3]).is_err());
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
        assert_eq!(decode_wav(&bytes).expect("a WAV file").channels, [[-1.0, 0.0, 0.5]]);
    }
}
