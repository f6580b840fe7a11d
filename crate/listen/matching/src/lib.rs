//! Finds amSynth patches that sound like a given sound. Renders with the voice and judges by the mel features; knows
//! nothing of planes, networks, files, threads or the web; compiles to wasm.
//!
//! The pipeline: a sound becomes a [`Target`] with its onset, length, pitch and the note that patches play for it.
//! [`KnownSounds`] finds the presets nearest to it, and a [`Strand`] searches from them for an [`Answer`].
//! [`as_loud_as`] sets its volume, and [`residual()`] measures the difference that is left.
#![forbid(unsafe_code)]

mod bounded_step;
mod canonical;
mod descent;
mod fluctuation;
pub mod guess;
mod guess_input;
mod judge;
mod known;
mod levels;
mod note;
mod pitch;
mod pitch_check;
mod preparation;
mod residual;
mod settings;
pub mod space;
mod spectrogram;
mod starts;
mod strand;
mod target;
mod target_error;
#[cfg(test)]
mod testing;
mod volume;

pub use canonical::{canonical, twins};
pub use judge::{Judge, JudgedPatch};
pub use known::{KnownSounds, KnownSoundsError, volume_and_distance};
pub use levels::{LEVEL_COUNT, LevelGrid, TIME_COUNT};
pub use note::{TargetNote, render};
pub use pitch::{Pitch, find_pitch};
pub use preparation::mono;
pub use residual::{BandResidual, residual};
pub use settings::{Kept, MatchSettings};
pub use spectrogram::{FREQUENCIES_HZ, FREQUENCY_COUNT, MOMENT_COUNT, spectrogram};
pub use starts::START_COUNT;
pub use strand::{Answer, GUESS_COUNT, Strand};
pub use target::{LONGEST_S, Target};
pub use target_error::{SHORTEST_S, TargetError};
pub use volume::{as_loud_as, with_gain};
