//! Offline rendering with amSynth's scheduling, for files, tests and comparisons.
//! Allocates; never use it on an audio thread.

use patch::{Parameter, Patch};

use crate::{MAX_BLOCK, Synthesizer};

/// An event at a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// Time in frames from the start.
    pub frame: usize,
    /// What happens.
    pub kind: EventKind,
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

/// Renders `frames` frames of a patch on a new synthesizer, left and right; see [`perform`].
pub fn render(
    patch: &Patch,
    events: &[Event],
    sample_rate_hz: f32,
    host_block: usize,
    frames: usize,
) -> [Vec<f32>; 2] {
    let mut synthesizer = Synthesizer::new(sample_rate_hz);
    synthesizer.set_patch(patch);
    let is_note = |event: &Event| {
        matches!(event.kind, EventKind::NoteOn { .. } | EventKind::NoteOff { .. } | EventKind::PitchBend(_))
    };
    if events.iter().all(is_note) {
        synthesizer.leave_out_unheard_reverb();
    }
    perform(&mut synthesizer, events, host_block, frames)
}

/// Renders `frames` frames on a given synthesizer, left and right.
///
/// Blocks are split as in amSynth: at most 64 frames, ending with the host's buffer of `host_block` frames
/// (0 counts as 1) and before the next event. Both are audible. Events are sent in the order of their
/// frames, those of the same frame in the given order.
pub fn perform(
    synthesizer: &mut Synthesizer,
    events: &[Event],
    host_block: usize,
    frames: usize,
) -> [Vec<f32>; 2] {
    let mut events = events.to_vec();
    events.sort_by_key(|event| event.frame);
    let mut events = events.into_iter().peekable();
    let host_block = host_block.max(1);
    let [mut left, mut right] = [vec![0.0; frames], vec![0.0; frames]];
    let mut frame = 0;
    while frame < frames {
        while let Some(event) = events.next_if(|event| event.frame <= frame) {
            event.kind.send(synthesizer);
        }
        let host_end = (frame / host_block + 1) * host_block;
        let next_event = events.peek().map_or(frames, |event| event.frame);
        let end = (frame + MAX_BLOCK).min(host_end).min(next_event).min(frames);
        synthesizer.render_block(&mut left[frame..end], &mut right[frame..end]);
        frame = end;
    }
    [left, right]
}
