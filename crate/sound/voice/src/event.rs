//! The events of an offline performance, and their times.

use patch::Parameter;

use crate::Synthesizer;

/// An event at a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// Time in frames from the start.
    pub frame: usize,
    /// The kind of the event.
    pub kind: EventKind,
}

impl Event {
    /// True for a note or a pitch bend.
    pub(crate) fn is_note(&self) -> bool {
        matches!(self.kind, EventKind::NoteOn { .. } | EventKind::NoteOff { .. } | EventKind::PitchBend(_))
    }
}

/// The kinds of events.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EventKind {
    /// Note on.
    NoteOn {
        /// 0…127
        key: u8,
        /// 0…127; 0 is a note off
        velocity: u8,
    },
    /// Note off.
    NoteOff {
        /// 0…127
        key: u8,
    },
    /// Pitch bend, −8192…8191.
    PitchBend(i16),
    /// MIDI control change.
    ControlChange {
        /// 0…127
        controller: u8,
        /// 0…127
        value: u8,
    },
    /// A stored value of the patch changes.
    Parameter(Parameter, f32),
}

impl EventKind {
    /// Sends the event to a synthesizer.
    #[inline(never)]
    pub fn send(self, synthesizer: &mut Synthesizer) {
        match self {
            Self::NoteOn { key, velocity } => synthesizer.note_on(key, velocity),
            Self::NoteOff { key } => synthesizer.note_off(key),
            Self::PitchBend(value) => synthesizer.pitch_bend(value),
            Self::ControlChange { controller, value } => synthesizer.control_change(controller, value),
            Self::Parameter(parameter, value) => synthesizer.set_parameter(parameter, value),
        }
    }
}
