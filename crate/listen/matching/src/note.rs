//! The note that patches play to be compared with a target, and its sound.

use features::spectrum::{ENDS_S, SEGMENT_COUNT};
use features::test_note::{self, SAMPLE_RATE_HZ};
use patch::Patch;
use voice::MAX_BLOCK;
use voice::limiter::PeakFollower;
use voice::render::{Event, EventKind};

/// A note of a patch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TargetNote {
    /// MIDI key, 0…127.
    pub key: u8,
    /// The bend of the note from the key, −100…100 cents: amSynth has no tuning of its own.
    pub bend_cents: f32,
    /// MIDI velocity, 1…127.
    pub velocity: u8,
    /// The time at which the key is released, in seconds.
    pub held_s: f32,
    /// The time at which the sound ends, in seconds.
    pub length_s: f32,
}

/// A patch to judge, and how its key is played.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// The patch.
    pub patch: Patch,
    /// The MIDI key that it plays, 0…127.
    pub key: u8,
    /// The time at which its key is released, in seconds from the beginning of the note.
    pub held_s: f32,
    /// The bend of the note from the key, −100…100 cents.
    pub bend_cents: f32,
}

impl Candidate {
    /// Another patch that is played alike.
    pub fn with_patch(self, patch: Patch) -> Self {
        Self { patch, ..self }
    }

    /// The note that it plays for a target with this note.
    pub fn note(&self, note: &TargetNote) -> TargetNote {
        TargetNote { key: self.key, held_s: self.held_s, bend_cents: self.bend_cents, ..*note }
    }
}

/// amSynth bends by two semitones at the full travel of 8,192.
const BEND_PER_CENT: f32 = 8192.0 / 200.0;

impl TargetNote {
    /// The test note.
    pub const TEST: Self = Self {
        key: test_note::KEY,
        bend_cents: 0.0,
        velocity: test_note::VELOCITY,
        held_s: 2.0,
        length_s: 4.0,
    };

    /// A patch that plays this note.
    pub fn candidate(&self, patch: Patch) -> Candidate {
        Candidate { patch, key: self.key, held_s: self.held_s, bend_cents: self.bend_cents }
    }

    /// Length in frames at 44.1 kHz.
    pub fn frames(&self) -> usize {
        (self.length_s * SAMPLE_RATE_HZ as f32).round() as usize
    }

    /// Ends of the five segments of time whose spectra are compared, in seconds. The test note has its own ends; a
    /// shorter note has a shorter attack.
    pub fn segment_ends_s(&self) -> [f64; SEGMENT_COUNT] {
        let [attack, early, _, released, _] = ENDS_S;
        let [_, _, test_held, _, test_length] = ENDS_S;
        let (held, length) = (f64::from(self.held_s), f64::from(self.length_s.max(self.held_s)));
        let shorter = |end: f64| end.min(held * 2.0 * end / test_held);
        [
            shorter(attack),
            shorter(early),
            held,
            (held + released - test_held).min(held + (length - held) * (test_held / test_length)),
            length,
        ]
    }
}

/// The sound of a patch that plays a note: the mean of both channels at 44.1 kHz.
pub fn render(patch: &Patch, note: &TargetNote) -> Vec<f32> {
    mono(render_stereo(patch, note))
}

/// As [`render`], left and right.
pub fn render_stereo(patch: &Patch, note: &TargetNote) -> [Vec<f32>; 2] {
    voice::render::render(patch, &events(note), SAMPLE_RATE_HZ as f32, MAX_BLOCK, note.frames())
}

/// The rendered sounds of candidates, one for each.
#[derive(Clone, Debug, Default)]
pub(crate) struct RenderedSounds {
    /// The means of both channels.
    pub samples: Vec<Vec<f32>>,
    /// The peaks by which amSynth's limiter would go.
    pub peaks: Vec<Vec<f32>>,
}

/// Renders candidates that play a note without amSynth's limiter, longer by `further` frames; with their peaks if those are wanted.
pub(crate) fn render_all(
    candidates: &[Candidate],
    note: &TargetNote,
    further: usize,
    with_peaks: bool,
    sounds: &mut RenderedSounds,
) {
    let performances: Vec<(Patch, Vec<Event>)> = (candidates.iter())
        .map(|candidate| (candidate.patch, events(&candidate.note(note)).to_vec()))
        .collect();
    for buffers in [&mut sounds.samples, &mut sounds.peaks] {
        buffers.resize_with(candidates.len(), Vec::new);
        buffers.iter_mut().for_each(Vec::clear);
    }
    let mut followers = vec![PeakFollower::new(SAMPLE_RATE_HZ as f32); candidates.len()];
    voice::render::render_each(
        &performances,
        SAMPLE_RATE_HZ as f32,
        note.frames() + further,
        |part, [left, right]| {
            sounds.samples[part].extend(left.iter().zip(right).map(|(left, right)| 0.5 * (left + right)));
            if with_peaks {
                let peaks = left.iter().zip(right).map(|(left, right)| followers[part].next([*left, *right]));
                sounds.peaks[part].extend(peaks);
            }
        },
    );
}

/// The frame of a release: the last of amSynth's blocks of 64 that begins before it.
fn release_frame(held_s: f32) -> usize {
    ((held_s * SAMPLE_RATE_HZ as f32) as usize / MAX_BLOCK * MAX_BLOCK).max(MAX_BLOCK)
}

fn bend_of(bend_cents: f32) -> i16 {
    (bend_cents * BEND_PER_CENT).round() as i16
}

fn events(note: &TargetNote) -> [Event; 3] {
    let key = note.key;
    [
        Event { frame: 0, kind: EventKind::PitchBend(bend_of(note.bend_cents)) },
        Event { frame: 0, kind: EventKind::NoteOn { key, velocity: note.velocity } },
        Event { frame: release_frame(note.held_s), kind: EventKind::NoteOff { key } },
    ]
}

fn mono([mut left, right]: [Vec<f32>; 2]) -> Vec<f32> {
    left.iter_mut().zip(right).for_each(|(left, right)| *left = 0.5 * (*left + right));
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find_pitch;

    #[test]
    fn the_test_note_is_rendered_and_divided_as_the_features_do() {
        let patch = Patch::default();
        let [left, right] = test_note::render(&patch);
        let mono: Vec<f32> = left.iter().zip(&right).map(|(left, right)| 0.5 * (left + right)).collect();
        assert_eq!(render(&patch, &TargetNote::TEST), mono);
        assert_eq!(TargetNote::TEST.segment_ends_s(), ENDS_S);
    }

    #[test]
    fn a_bent_note_has_the_bent_pitch() {
        let note = TargetNote { key: 57, bend_cents: -37.0, ..TargetNote::TEST };
        let pitch = find_pitch(&render(&Patch::default(), &note)).unwrap();
        assert!((pitch.keys() - 56.63).abs() < 0.03, "{pitch:?}");
    }

    #[test]
    fn segments_never_end_before_they_begin() {
        for (held_s, length_s) in [(0.05, 0.05), (0.05, 9.0), (0.3, 0.4), (10.0, 10.0), (3.0, 3.2)] {
            let ends = TargetNote { held_s, length_s, ..TargetNote::TEST }.segment_ends_s();
            assert!(ends.is_sorted() && ends[0] > 0.0, "{ends:?}");
        }
    }
}
