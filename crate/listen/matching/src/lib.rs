//! Finds amSynth patches that sound like a given sound. Renders with the voice and judges by the mel features; knows
//! nothing of planes, networks, files, threads or the web; compiles to wasm.
//!
//! The pipeline: a sound becomes a [`Target`] with its onset, length, pitch and the note that patches play for it.
//! [`KnownSounds`] finds the presets nearest to it, and a [`Strand`] searches from them for an [`Answer`].
//! [`as_loud_as`] sets its volume, and [`residual()`] measures the difference that is left.
#![forbid(unsafe_code)]

mod answer;
mod beginning;
mod bounded_step;
mod breeding;
mod candidate_sounds;
mod canonical;
mod descent;
mod descents;
mod details;
mod difference;
mod ear_spectra;
mod envelope;
mod envelope_shape;
mod fluctuation;
mod given_level;
pub mod guess;
mod guess_input;
mod judge;
#[cfg(test)]
mod judged_files;
mod judged_patch;
mod known;
mod level_steps;
mod levels;
mod limiting;
mod neighbours;
mod note;
mod pairs;
mod pitch;
mod pitch_check;
mod plain;
mod preparation;
mod residual;
mod settings;
mod simpler;
pub mod space;
mod spectrogram;
mod starts;
mod stereo_width;
mod strand;
mod surroundings;
mod target;
mod target_error;
#[cfg(test)]
mod testing;
mod volume;

pub use answer::Answer;
pub use beginning::GUESS_COUNT;
pub use canonical::{canonical, twins};
pub use difference::{Difference, difference};
pub use ear_spectra::{EarSpectrum, RESOLUTIONS, ear_spectrum};
pub use envelope_shape::EnvelopeShape;
pub use judge::Judge;
pub use judged_patch::JudgedPatch;
pub use known::{KnownSounds, KnownSoundsError, volume_and_distance};
pub use levels::{LEVEL_COUNT, LevelGrid, TIME_COUNT};
pub use note::{Candidate, TargetNote, render, render_stereo};
pub use pitch::{Pitch, find_pitch};
pub use preparation::{aligned, is_cut_off, mono};
pub use residual::{BandResidual, residual};
pub use settings::{Kept, MatchSettings};
pub use spectrogram::{FREQUENCIES_HZ, FREQUENCY_COUNT, MOMENT_COUNT, spectrogram};
pub use starts::START_COUNT;
pub use stereo_width::stereo_width;
pub use strand::Strand;
pub use target::{LONGEST_S, Target};
pub use target_error::{SHORTEST_S, TargetError};
pub use volume::{as_loud_as, with_gain};
