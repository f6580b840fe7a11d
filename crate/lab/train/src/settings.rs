//! The settings of each part of the training, full or quick.

use crate::decoder_training::DecoderSchedule;

/// The settings of a training. They were chosen on banks held out of the training rows, never on
/// test rows; the model card lists what was tried.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The number of models to train, each with its own seed; the model that best preserves the sound of the held-back
    /// patches is written.
    pub candidates: usize,
    /// The greatest number of presets to learn from, and to hold back.
    pub most_presets: [usize; 2],
    /// The number of patches augmented from the training rows.
    pub augmented: usize,
    /// The number of rounds of measuring the decoder's patches and training on them again.
    pub rounds: usize,
    /// Cells along each axis of the square that are measured in each round.
    pub grid: usize,
    /// Steps of the surrogate: before the first round, and in each.
    pub surrogate_steps: [usize; 2],
    /// Size of the surrogate's first step: before the first round, and in each.
    pub surrogate_rate: [f64; 2],
    /// The decoder's schedule before the first round; `spread` and `settings` reach their last values in
    /// the last round.
    pub decoder: DecoderSchedule,
    /// Steps of the decoder in each round.
    pub decoder_steps: usize,
    /// True if the encoder reads the known presets' timbre; false if it reads only their spectrum, in a third of the
    /// time.
    pub places_by_timbre: bool,
    /// Points along each axis of the finished plane that are measured, for the encoder and the map; at least 2.
    pub plane_grid: u16,
    /// Units of each hidden layer of the decoder: 160 make a file of 143 kB.
    pub width: usize,
}

impl Settings {
    /// The settings of the shipped model.
    pub fn full() -> Self {
        Self {
            candidates: 3,
            most_presets: [usize::MAX; 2],
            augmented: 3000,
            rounds: 5,
            grid: 24,
            surrogate_steps: [6000, 2000],
            surrogate_rate: [2e-3, 1e-3],
            decoder: DecoderSchedule {
                steps: 3000,
                rate: 2e-3,
                spread: [0.6, 0.15],
                settings: [0.3, 0.02],
                smoothness_weight: 1.5,
            },
            decoder_steps: 2500,
            places_by_timbre: true,
            plane_grid: 50,
            width: 160,
        }
    }

    /// Settings for one's own banks: faster, and less exact.
    pub fn quick() -> Self {
        let full = Self::full();
        Self {
            candidates: 1,
            most_presets: [400, 50],
            augmented: 150,
            rounds: 2,
            grid: 12,
            surrogate_steps: [600, 150],
            decoder: DecoderSchedule { steps: 400, ..full.decoder },
            decoder_steps: 200,
            places_by_timbre: false,
            plane_grid: 16,
            ..full
        }
    }
}
