//! The settings with which several tests train.

use train::Settings;
use train::decoder_training::DecoderSchedule;

/// A training of a second or two, which learns next to nothing.
pub fn tiny() -> Settings {
    let quick = Settings::quick();
    Settings {
        most_presets: [40, 8],
        augmented: 10,
        rounds: 1,
        grid: 3,
        surrogate_steps: [10, 5],
        decoder: DecoderSchedule { steps: 10, ..quick.decoder },
        decoder_steps: 5,
        plane_grid: 4,
        ..quick
    }
}
