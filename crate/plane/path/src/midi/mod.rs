//! Paths as standard MIDI files: `write` with the latent point in controllers 16 and 17, or with the 41 parameters in
//! the controllers of amSynth's map; `read` reads the first kind again, with the events that `events` finds and the
//! notes of `notes`. `controllers` says what each controller means.
//!
//! `song` writes the notes of several loops as the tracks of one file.

pub mod controllers;
mod events;
mod notes;
pub mod read;
mod song;
pub mod write;

pub use events::is_midi;
pub use read::{MidiImport, MidiLoss, MidiPathError, read_midi};
pub use song::{Song, SongError, SongNote, SongTrack};
pub use write::{MidiUsual, write_automation, write_midi};

/// The controller of the volume (MIDI 1.0).
pub const VOLUME: u8 = 7;
