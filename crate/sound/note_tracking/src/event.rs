//! What the tracker reports.

/// What happens in a voice.
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
    /// The pitch is so many semitones above the key, −2…2; reported before its note begins.
    Bend(f32),
    /// How loud the note is, as a factor of the amplitude: 1 for the loudest that was heard.
    Gain(f32),
    /// How bright the voice is among what was heard, −1…1.
    Brightness(f32),
}
