//! A sound as a file has it, of which a search gets nothing but the samples; and what a person hears of it: its ten
//! seconds from the onset, mixed for the measures, and the loudness of both channels.

use crate::stereo_note::PlayedPatch;
use features::loudness_lufs;
use features::test_note::SAMPLE_RATE_HZ;
use matching::{LONGEST_S, Target, TargetError, mono};

/// A sound file.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenFile {
    /// Its name in the report.
    pub name: String,
    /// At least one channel.
    pub channels: Vec<Vec<f32>>,
    /// Its sample rate.
    pub sample_rate_hz: u32,
    /// The key that made it, to check a search's key; `None` if it is unknown or the sound is a noise.
    pub key: Option<u8>,
    /// The patch and the note that made it, if they are known.
    pub made_by: Option<PlayedPatch>,
}

/// The sound of a file, as it is compared with an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct HeardFile {
    /// Its channels mixed, at 44.1 kHz, up to ten seconds after the onset.
    pub samples: Vec<f32>,
    /// The loudness of both channels, in LUFS.
    pub loudness_lufs: f64,
}

impl GivenFile {
    /// The target of a search.
    ///
    /// # Errors
    /// If the sound cannot be matched.
    pub fn target(&self) -> Result<Target, TargetError> {
        Target::new(&self.slices(), self.sample_rate_hz)
    }

    /// The sound that is compared, given its target.
    ///
    /// # Errors
    /// If the sound is silent or has a rate that cannot be resampled.
    pub fn heard(&self, target: &Target) -> Result<HeardFile, TargetError> {
        let rate_hz = self.sample_rate_hz;
        let resampled = |samples: Vec<f32>| {
            let resampled = if rate_hz == SAMPLE_RATE_HZ {
                Ok(samples)
            } else {
                fourier::resampled(&samples, rate_hz, SAMPLE_RATE_HZ)
            };
            let mut samples =
                resampled.map_err(|_| TargetError::BadRate { sample_rate_hz: self.sample_rate_hz })?;
            samples.truncate(((target.lead_s() + LONGEST_S) * SAMPLE_RATE_HZ as f32) as usize);
            Ok(samples)
        };
        let channels = self.channels.iter().take(2).map(|channel| resampled(channel.clone()));
        let channels = channels.collect::<Result<Vec<_>, TargetError>>()?;
        // A single channel plays to both ears.
        let [left, right] = [channels.first(), channels.last()];
        let (left, right) = left.zip(right).ok_or(TargetError::NoChannels)?;
        Ok(HeardFile {
            loudness_lufs: loudness_lufs(&[left, right]),
            samples: resampled(mono(&self.slices()).ok_or(TargetError::Silent)?)?,
        })
    }

    fn slices(&self) -> Vec<&[f32]> {
        self.channels.iter().map(Vec::as_slice).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f32::consts::TAU;

    fn tone(rate_hz: u32, seconds: f32) -> Vec<f32> {
        let frames = (seconds * rate_hz as f32) as usize;
        (0..frames).map(|frame| 0.3 * (TAU * 440.0 * frame as f32 / rate_hz as f32).sin()).collect()
    }

    #[test]
    fn another_rate_or_a_second_channel_changes_neither_length_nor_loudness() {
        let file = |rate_hz, count| GivenFile {
            name: String::new(),
            channels: vec![tone(rate_hz, 1.0); count],
            sample_rate_hz: rate_hz,
            key: None,
            made_by: None,
        };
        for (rate_hz, count) in [(44_100, 1), (44_100, 2), (48_000, 2), (22_050, 1)] {
            let file = file(rate_hz, count);
            let heard = file.heard(&file.target().unwrap()).unwrap();
            assert!(heard.samples.len().abs_diff(44_100) <= 2, "{rate_hz}: {}", heard.samples.len());
            // A sine of .3 in both ears: −3 − 10.46 + 3 dB, and BS.1770's −.69 dB and weighting at 440 Hz.
            assert!((heard.loudness_lufs + 10.7).abs() < 0.7, "{rate_hz}: {}", heard.loudness_lufs);
        }
    }

    #[test]
    fn only_ten_seconds_from_the_onset_are_compared() {
        let channel = [vec![0.0; 44_100], tone(44_100, 12.0)].concat();
        let file = GivenFile {
            name: String::new(),
            channels: vec![channel],
            sample_rate_hz: 44_100,
            key: None,
            made_by: None,
        };
        let heard = file.heard(&file.target().unwrap()).unwrap();
        assert!(heard.samples.len().abs_diff(11 * 44_100) < 441, "{}", heard.samples.len());
    }
}
