//! A sound in memory: its channels, their rate, and the parts of its file that it lacks.

use fourier::resampled;

use crate::SoundLoss;

/// The longest part that is read: a target has ten seconds, after silence of any length.
pub(crate) const LONGEST_S: usize = 120;

/// A sound as it is in a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SoundFile {
    /// Samples of each channel, ±1 is full scale.
    pub channels: Vec<Vec<f32>>,
    /// In Hz.
    pub sample_rate_hz: u32,
    /// Parts of its file that it lacks.
    pub losses: Vec<SoundLoss>,
}

impl SoundFile {
    /// The same sound at another rate; unchanged if it has that rate, or if it cannot be converted.
    pub fn at_rate(mut self, sample_rate_hz: u32) -> Self {
        if self.sample_rate_hz == sample_rate_hz {
            return self;
        }
        let convert = |channel: &Vec<f32>| resampled(channel, self.sample_rate_hz, sample_rate_hz);
        let channels: Result<_, String> = self.channels.iter().map(convert).collect();
        if let Ok(channels) = channels {
            self.channels = channels;
            self.sample_rate_hz = sample_rate_hz;
        }
        self
    }

    /// It lacks something of its file.
    pub(crate) fn lose(&mut self, loss: SoundLoss) {
        if !self.losses.contains(&loss) {
            self.losses.push(loss);
        }
    }

    /// Appends a sound with other channels or another rate.
    pub(crate) fn append(&mut self, part: Self) {
        let Self { mut channels, sample_rate_hz, losses } = part;
        losses.into_iter().for_each(|loss| self.lose(loss));
        if channels.len() != self.channels.len() {
            let share = 1.0 / channels.len().max(1) as f32;
            let length = channels.iter().map(Vec::len).min().unwrap_or(0);
            let mixed = (0..length).map(|at| share * channels.iter().map(|channel| channel[at]).sum::<f32>());
            channels = vec![mixed.collect(); self.channels.len()];
        }
        for (own, other) in self.channels.iter_mut().zip(channels) {
            if sample_rate_hz == self.sample_rate_hz {
                own.extend(other);
            } else if let Ok(other) = resampled(&other, sample_rate_hz, self.sample_rate_hz) {
                own.extend(other);
            }
        }
    }
}
