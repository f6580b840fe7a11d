//! The events that the tracker reports.

/// An event of a live voice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TrackedEvent {
    /// A note begins; it takes the place of one that sounds.
    NoteOn {
        /// MIDI key, 0…127
        key: u8,
        /// MIDI velocity, 1…127
        velocity: u8,
    },
    /// The note ends.
    NoteOff,
    /// The pitch is this many semitones above the key, −2…2; reported before its note begins.
    Bend(f32),
    /// The loudness of the note as a factor of the amplitude: 1 for the loudest that was heard.
    Gain(f32),
    /// The brightness of the voice within the range that was heard, −1…1.
    Brightness(f32),
}
