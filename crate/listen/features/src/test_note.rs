//! The test note: the one note by which patches are compared. The paper that the plane comes from
//! played it (Peachey et al., IS² 2023: MIDI key 60, velocity 100, two of four seconds).

use patch::Patch;
use voice::render::{Event, EventKind};

/// MIDI key of the note: C4.
pub const KEY: u8 = 60;
/// MIDI velocity of the note.
pub const VELOCITY: u8 = 100;
/// Sample rate of the rendered note, in Hz.
pub const SAMPLE_RATE_HZ: u32 = 44_100;
/// Frame of the note-off: the last of amSynth's blocks of 64 to begin before 2 s.
pub const OFF_FRAME: usize = 88_192;
/// Length of the sound in frames: 4 s.
pub const FRAMES: usize = 4 * SAMPLE_RATE_HZ as usize;

/// Frames per buffer of the host: whole blocks of amSynth.
const HOST_BLOCK: usize = 64;

/// Renders the note with a fresh voice; left and right, [`FRAMES`] each.
pub fn render(patch: &Patch) -> [Vec<f32>; 2] {
    render_many(std::slice::from_ref(patch)).pop().unwrap_or_default()
}

/// As [`render`] for each patch, in less time.
pub fn render_many(patches: &[Patch]) -> Vec<[Vec<f32>; 2]> {
    render_many_at(patches, KEY)
}

/// As [`render_many`], with another MIDI key.
pub fn render_many_at(patches: &[Patch], key: u8) -> Vec<[Vec<f32>; 2]> {
    let events = [
        Event { frame: 0, kind: EventKind::NoteOn { key, velocity: VELOCITY } },
        Event { frame: OFF_FRAME, kind: EventKind::NoteOff { key } },
    ];
    voice::render::render_many(patches, &events, SAMPLE_RATE_HZ as f32, HOST_BLOCK, FRAMES)
}
