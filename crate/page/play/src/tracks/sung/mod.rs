//! The notes of a loop from a sung or beatboxed recording: in whole bars, in tune or as they were sung.
//! Values and rules only; `panels::sing` decides when.

pub mod glide;
pub mod key;
pub mod snap;
pub mod timbre;
pub mod time;

use glide::Glide;

/// A note or a hit as it was sung.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HummedNote {
    /// Its beginning, in seconds of the recording.
    pub start_s: f64,
    /// Its end, in seconds of the recording.
    pub end_s: f64,
    /// Its pitch as a MIDI key with its fraction.
    pub pitch: f32,
    /// Its MIDI velocity, 1…127.
    pub velocity: u8,
    /// How the voice glides to it from the note before.
    pub glide: Option<Glide>,
}

impl HummedNote {
    /// Its length, in seconds.
    pub fn length_s(&self) -> f64 {
        self.end_s - self.start_s
    }
}

/// A note of the loop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedNote {
    /// Its beginning, in seconds of the round.
    pub start_s: f64,
    /// Its end, in seconds of the round.
    pub end_s: f64,
    /// Its MIDI key.
    pub key: u8,
    /// Its MIDI velocity, 1…127.
    pub velocity: u8,
    /// When it was sung: its beginning and its end, in seconds of the recording.
    pub sung_s: [f64; 2],
    /// The length of the glide with which it begins, from the note before, in seconds; none without one.
    pub glide_s: Option<f64>,
}
