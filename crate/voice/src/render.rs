//! Offline rendering with amSynth's scheduling, for files, tests and comparisons.
//! Allocates; never use it on an audio thread.

use std::ops::Range;

use patch::{Parameter, Patch};

use crate::synthesizer::together::Together;
use crate::{MAX_BLOCK, Synthesizer};

/// An event at a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// Time in frames from the start.
    pub frame: usize,
    /// What happens.
    pub kind: EventKind,
}

impl Event {
    fn is_note(&self) -> bool {
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
    let mut synthesizer = new_synthesizer(patch, events, sample_rate_hz);
    perform(&mut synthesizer, events, host_block, frames)
}

/// How many patches [`render_many`] renders side by side: a lane each in the widest vectors that are used.
pub const PATCHES_TOGETHER: usize = 8;

/// As [`render`] for each of many patches, with the same bits in less time: natively, if all events are notes and
/// pitch bends, [`PATCHES_TOGETHER`] patches side by side in SIMD lanes. On one thread: give each thread some multiple of that many.
/// Patches of equal waveforms are fastest.
pub fn render_many(
    patches: &[Patch],
    events: &[Event],
    sample_rate_hz: f32,
    host_block: usize,
    frames: usize,
) -> Vec<[Vec<f32>; 2]> {
    // In WebAssembly four lanes take as long as four patches one after the other: the module that renders many is linked for
    // size, and then nothing is vectorised. In a trial with `-C passes=function(slp-vectorizer)` for this crate they were
    // faster, but the module was larger than its budget in build/sizes.mjs.
    if cfg!(target_family = "wasm") || !events.iter().all(Event::is_note) {
        let render = |patch| render(patch, events, sample_rate_hz, host_block, frames);
        return patches.iter().map(render).collect();
    }
    let waveforms = [Parameter::Osc1Waveform, Parameter::Osc2Waveform, Parameter::LfoWaveform];
    let mut order: Vec<usize> = (0..patches.len()).collect();
    order.sort_by_key(|&at| waveforms.map(|parameter| patches[at].get(parameter) as i32));
    let silence = [(); 2].map(|()| vec![0.0; frames]);
    let mut sounds = vec![silence; patches.len()];
    for group in order.chunks(PATCHES_TOGETHER) {
        let synthesizer = |&at: &usize| new_synthesizer(&patches[at], events, sample_rate_hz);
        let mut together: Together<PATCHES_TOGETHER> = Together::new(group.iter().map(synthesizer).collect());
        schedule(events, host_block, frames, |step| match step {
            Step::Event(event) => {
                together.synthesizers.iter_mut().for_each(|synthesizer| event.send(synthesizer));
            }
            Step::Block(block) => {
                let rendered = together.render_block(block.len());
                for (&at, rendered) in group.iter().zip(rendered) {
                    for (sound, rendered) in sounds[at].iter_mut().zip(rendered) {
                        sound[block.clone()].copy_from_slice(&rendered[..block.len()]);
                    }
                }
            }
        });
    }
    sounds
}

/// A new synthesizer for a whole performance.
fn new_synthesizer(patch: &Patch, events: &[Event], sample_rate_hz: f32) -> Synthesizer {
    let mut synthesizer = Synthesizer::new(sample_rate_hz);
    synthesizer.set_patch(patch);
    if events.iter().all(Event::is_note) {
        synthesizer.leave_out_unheard_reverb();
    }
    synthesizer
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
    let [mut left, mut right] = [vec![0.0; frames], vec![0.0; frames]];
    schedule(events, host_block, frames, |step| match step {
        Step::Event(event) => event.send(synthesizer),
        Step::Block(block) => {
            synthesizer.render_block(&mut left[block.clone()], &mut right[block]);
        }
    });
    [left, right]
}

/// A part of a performance.
enum Step {
    Event(EventKind),
    /// The frames of a block.
    Block(Range<usize>),
}

/// Calls `step` for each part, in order; see [`perform`].
fn schedule(events: &[Event], host_block: usize, frames: usize, mut step: impl FnMut(Step)) {
    let mut events = events.to_vec();
    events.sort_by_key(|event| event.frame);
    let mut events = events.into_iter().peekable();
    let host_block = host_block.max(1);
    let mut frame = 0;
    while frame < frames {
        while let Some(event) = events.next_if(|event| event.frame <= frame) {
            step(Step::Event(event.kind));
        }
        let host_end = (frame / host_block + 1) * host_block;
        let next_event = events.peek().map_or(frames, |event| event.frame);
        let end = (frame + MAX_BLOCK).min(host_end).min(next_event).min(frames);
        step(Step::Block(frame..end));
        frame = end;
    }
}
