//! Limits and names that both Rust and JavaScript rely on. `build.sh` writes them for JavaScript; see
//! [`crate::javascript`].

use std::ops::RangeInclusive;

/// Parts of the instrument, one for each finger of touches and paths. Part 0 is the current point, which keys play.
pub const PART_COUNT: usize = 15;

/// The first parts, which touches and keys may play. The others are for paths alone.
pub const TOUCH_PART_COUNT: usize = 5;

/// Models of tones that can be loaded side by side, by their numbers from 1 on.
pub const TONE_SOURCE_COUNT: usize = 5;

/// Frames of a block, the most that the instrument renders at once: amSynth's block.
pub const BLOCK_FRAMES: usize = 64;

/// Largest file that the worklet's module takes, bytes. Our decoder has 143,303.
pub const FILE_SIZE_LIMIT: usize = plane::MODEL_SIZE_LIMIT_BYTES;

/// Largest path file or MIDI file that becomes a path, bytes: the largest path has about 5 MB.
pub const PATH_FILE_SIZE_LIMIT: usize = 16_000_000;

/// The sample rates at which tones can be played, Hz. They equal the rates of crate `spectral`, as `tone_source`
/// checks.
pub const TONE_RATES_HZ: RangeInclusive<f32> = 8_000.0..=192_000.0;

/// The most patches that the worklet sends to the page per second: enough for the eye.
pub const PATCHES_PER_SECOND: u32 = 30;

/// The most reports of paths per second: each frame of a screen.
pub const PATH_REPORTS_PER_SECOND: u32 = 60;

/// Length of the recording that the worklet keeps, seconds.
pub const RECORDING_S: f64 = 30.0;

/// The name under which the worklet's script registers its processor.
pub const PROCESSOR_NAME: &str = "latent-pad";

/// The names of the AudioParams of the point of a part of touches, x and y.
pub fn audio_param_names(part: usize) -> [String; 2] {
    let suffix = if part == 0 { String::new() } else { part.to_string() };
    ["latentX", "latentY"].map(|axis| format!("{axis}{suffix}"))
}

/// The names of the AudioParams of a domain's axes beyond the plane, −1…1 each. Their values are added to the offsets
/// of [`crate::Command::ToneOffsets`].
pub const AXIS_PARAM_NAMES: [&str; 6] = ["axis3", "axis4", "axis5", "axis6", "axis7", "axis8"];
