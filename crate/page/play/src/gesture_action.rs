//! The events of loops, their clock, the beat and the walk.

use crate::Direction;
use crate::notes::Layout;
use crate::tracks::beat::Beat;

/// Loops, their clock and the walk; times in milliseconds on the clock of the frames. A loop is named by its number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GestureAction {
    /// The button that records: begins a take, closes or ends it, or drops it.
    ToggleRecording(f64),
    /// Adds fingers to a loop, from its next round on.
    Overdub(u8, f64),
    /// Plays all loops and the beat from the beginning, or the current point if there are none; or stops everything.
    TogglePlay(f64),
    /// The next kind of beat; after the last one none.
    NextBeat(f64),
    /// A kind of beat.
    SetBeat(Beat, f64),
    /// Repeats a loop, or stops it.
    ToggleLoop(u8),
    /// A loop goes on in silence, or is heard again.
    ToggleMute(u8),
    /// A loop is heard alone, or all are.
    ToggleSolo(u8),
    /// Sets a loop's volume, 0…1; part of a continuous edit.
    SetLoopLevel(u8, f32),
    /// Opens the settings of a loop, or closes them.
    OpenLoop(Option<u8>),
    /// A loop plays as touches do now: its notes and its sound.
    TakeSound(u8),
    /// Moves the root of a loop's notes to this MIDI key.
    SetLoopRoot(u8, u8),
    /// The touches of a loop play one note, or a scale that lies over the map.
    SetLoopLayout(u8, Layout),
    /// A loop plays on the instrument of a number, see [`crate::tone_domain::ToneDomain::of_number`].
    SetLoopInstrument(u8, u8),
    /// Adds a copy of a loop.
    CopyLoop(u8),
    /// Deletes a loop.
    DeleteLoop(u8),
    /// Sets a loop's speed, as a factor of the recorded one; part of a continuous edit.
    SetLoopSpeed(u8, f64),
    /// Sets a loop's direction.
    SetLoopDirection(u8, Direction),
    /// True if loops last whole bars and play on one clock.
    SetInBeats(bool),
    /// Walks randomly near the current point, by a seed, or stops.
    ToggleWalk(u64),
}
