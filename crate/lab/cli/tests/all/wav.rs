//! WAV files that the tests of the command write.

use std::path::Path;

/// Writes one channel in 32-bit floating point.
pub fn write(path: impl AsRef<Path>, samples: &[f32], sample_rate_hz: u32) {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: sample_rate_hz,
        bits_per_sample: 32,
        sample_format: hound::SampleFormat::Float,
    };
    let mut writer = hound::WavWriter::create(path, spec).unwrap();
    samples.iter().for_each(|&sample| writer.write_sample(sample).unwrap());
    writer.finalize().unwrap();
}
