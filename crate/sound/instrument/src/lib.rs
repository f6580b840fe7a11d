//! The instrument on the audio thread: 15 parts that play amSynth's patches or another source of sound
//! ([`SoundSource`]), with arpeggio, paths and the recording of the last 30 s. The patches follow points of the
//! latent plane; one decoder serves all parts. Numbers in, blocks of samples out; invalid numbers are ignored or
//! clamped. Knows nothing of wasm, networks or the web (crates `model` and `worklet`); of messages only the sizes and
//! the words of a path (crate `protocol`).
#![forbid(unsafe_code)]

mod amsynth;
mod arpeggio;
mod controllers;
mod end_ramp;
mod error_buffer;
mod fade;
mod instrument;
mod kept_controls;
mod keyboard;
mod parameter_overrides;
mod part_set;
mod patch_source;
pub mod path_player;
mod path_sounds;
mod pending_notes;
mod pressed_keys;
mod sound_history;
mod sound_source;
mod sound_sources;
mod tuning;

pub use error_buffer::Refused;
pub use instrument::{Instrument, Outcome, PathSoundSettings};
pub use protocol::constants::{BLOCK_FRAMES, PART_COUNT};

pub use sound_history::PIECE_FRAMES;
pub use sound_source::SoundSource;
pub use sound_sources::LiveSound;
pub use voice::tuning::Tuning;
