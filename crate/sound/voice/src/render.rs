//! Offline rendering with amSynth's scheduling, for files, tests and comparisons.
//! Allocates; never use it on an audio thread.

use std::ops::Range;

use patch::{Parameter, Patch};

pub use crate::event::{Event, EventKind};

use crate::synthesizer::together::Together;
use crate::{MAX_BLOCK, Synthesizer};

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

/// The number of patches that [`render_many`] renders side by side: a lane each in the widest vectors in use.
pub const PATCHES_TOGETHER: usize = if cfg!(target_family = "wasm") { 4 } else { 8 };

/// As [`render`] for each of many patches, with the same bits in less time: [`PATCHES_TOGETHER`] patches side by side
/// in SIMD lanes. On one thread: give each thread some multiple of that many. Patches of equal waveforms are fastest.
pub fn render_many(
    patches: &[Patch],
    events: &[Event],
    sample_rate_hz: f32,
    host_block: usize,
    frames: usize,
) -> Vec<[Vec<f32>; 2]> {
    let performances: Vec<(Patch, &[Event])> = patches.iter().map(|&patch| (patch, events)).collect();
    let mut sounds = vec![[(); 2].map(|()| Vec::with_capacity(frames)); patches.len()];
    render_lanes(&performances, sample_rate_hz, (host_block, true), frames, &mut |part, rendered| {
        sounds[part].iter_mut().zip(rendered).for_each(|(sound, rendered)| sound.extend_from_slice(rendered));
    });
    sounds
}

/// As [`render_many`], where each patch has events of its own, and without the limiter. An event is sent at the beginning of the block of
/// [`MAX_BLOCK`] frames in which it falls, so that all lanes have the same blocks; the buffers of the host have that
/// length, too. `take` gets the next block of each sound, left and right, with the number of its performance.
pub fn render_each(
    performances: &[(Patch, Vec<Event>)],
    sample_rate_hz: f32,
    frames: usize,
    mut take: impl FnMut(usize, [&[f32]; 2]),
) {
    let at_block = |event: &Event| Event { frame: event.frame / MAX_BLOCK * MAX_BLOCK, ..*event };
    let events: Vec<Vec<Event>> =
        performances.iter().map(|(_, events)| events.iter().map(at_block).collect()).collect();
    let performances: Vec<(Patch, &[Event])> =
        performances.iter().zip(&events).map(|((patch, _), events)| (*patch, events.as_slice())).collect();
    render_lanes(&performances, sample_rate_hz, (MAX_BLOCK, false), frames, &mut take);
}

/// `run` has the frames of a host's block, and tells whether the limiter runs.
fn render_lanes(
    performances: &[(Patch, &[Event])],
    sample_rate_hz: f32,
    run: (usize, bool),
    frames: usize,
    take: &mut dyn FnMut(usize, [&[f32]; 2]),
) {
    // A reverb takes the time of all lanes of its group, and so do different waveforms.
    let waveforms = [Parameter::Osc1Waveform, Parameter::Osc2Waveform, Parameter::LfoWaveform];
    let mut order: Vec<usize> = (0..performances.len()).collect();
    order.sort_by_cached_key(|&at| {
        let patch = &performances[at].0;
        (patch.get(Parameter::ReverbWet) > 0.0, waveforms.map(|parameter| patch.get(parameter) as i32))
    });
    for group in order.chunks(PATCHES_TOGETHER) {
        let group_performances: Vec<(Patch, &[Event])> = group.iter().map(|&at| performances[at]).collect();
        let take = |part: usize, rendered: [&[f32]; 2]| take(group[part], rendered);
        // Code for one patch would make the browser's download larger.
        if group.len() == 1 && cfg!(not(target_family = "wasm")) {
            perform_together::<1>(&group_performances, sample_rate_hz, run, frames, take);
        } else {
            perform_together::<PATCHES_TOGETHER>(&group_performances, sample_rate_hz, run, frames, take);
        }
    }
}

/// Renders at most `N` patches with a host's block, with the limiter or without.
/// `take` gets the number of each and its samples of each block.
fn perform_together<const N: usize>(
    performances: &[(Patch, &[Event])],
    sample_rate_hz: f32,
    (host_block, has_limiters): (usize, bool),
    frames: usize,
    mut take: impl FnMut(usize, [&[f32]; 2]),
) {
    let new = |(patch, events): &(Patch, &[Event])| new_synthesizer(patch, events, sample_rate_hz);
    let mut together = Together::<N>::new(performances.iter().map(new).collect(), has_limiters);
    let of_part = |(part, (_, events)): (usize, &(Patch, &'_ [Event]))| {
        events.iter().map(|event| (event.frame, (part, event.kind))).collect::<Vec<_>>()
    };
    let events = performances.iter().enumerate().flat_map(of_part).collect();
    schedule(events, host_block, frames, |step| match step {
        Step::Event((part, event)) => together.send(part, event),
        Step::Block(block) => {
            for (part, rendered) in together.render_block(block.len()).iter().enumerate() {
                take(part, rendered.each_ref().map(|channel| &channel[..block.len()]));
            }
        }
    });
}

/// A new synthesizer for a whole performance.
#[inline(never)]
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
    let events = events.iter().map(|event| (event.frame, event.kind)).collect();
    schedule(events, host_block, frames, |step| match step {
        Step::Event(event) => event.send(synthesizer),
        Step::Block(block) => {
            synthesizer.render_block(&mut left[block.clone()], &mut right[block]);
        }
    });
    [left, right]
}

/// A part of a performance.
enum Step<E> {
    Event(E),
    /// The frames of a block.
    Block(Range<usize>),
}

/// Calls `step` for each part, in order; see [`perform`]. Each event has its frame.
fn schedule<E>(mut events: Vec<(usize, E)>, host_block: usize, frames: usize, mut step: impl FnMut(Step<E>)) {
    events.sort_by_key(|(frame, _)| *frame);
    let mut events = events.into_iter().peekable();
    let host_block = host_block.max(1);
    let mut frame = 0;
    while frame < frames {
        while let Some((_, event)) = events.next_if(|(at, _)| *at <= frame) {
            step(Step::Event(event));
        }
        let host_end = (frame / host_block + 1) * host_block;
        let next_event = events.peek().map_or(frames, |(at, _)| *at);
        let end = (frame + MAX_BLOCK).min(host_end).min(next_event).min(frames);
        step(Step::Block(frame..end));
        frame = end;
    }
}
