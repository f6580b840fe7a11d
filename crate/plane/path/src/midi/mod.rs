//! Paths as standard MIDI files: `write` with the latent point in controllers 16 and 17, or with the 41 parameters in
//! the controllers of amSynth's map; `read` reads the first kind again. `controllers` says what each controller means.

pub mod controllers;
pub mod read;
pub mod write;

pub use read::{MidiPathError, read_midi};
pub use write::{write_automation, write_midi};

/// The first bytes of every standard MIDI file.
pub const MIDI_HEAD: &[u8] = b"MThd";
/// The controller of the volume (MIDI 1.0).
pub const VOLUME: u8 = 7;
