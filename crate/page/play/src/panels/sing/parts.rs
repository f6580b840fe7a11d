//! The notes and patches that were found for a voice: one part for a melody, one for each kind of hits of a rhythm.

use patch::{PARAMETER_COUNT, Patch};

use crate::Point;
use crate::panels::sound_match::RhythmHit;
use crate::tracks::sung::HummedNote;

/// Numbers before the notes of a performance: its length, and the counts of notes, bends and cutoffs.
const HEAD: usize = 4;
/// Numbers of a note.
const NOTE: usize = 4;
/// The time between two bends, in seconds.
const BEND_S: f64 = 0.01;
/// A note glides at its beginning and at its end: its pitch is that of this share in the middle.
const MIDDLE: f64 = 0.6;

/// A patch with its notes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SungPart {
    /// The notes, at times of the recording.
    pub notes: Vec<HummedNote>,
    /// The best patch so far; none before the first one.
    pub patch: Option<Box<Patch>>,
    /// Where a patch lies on the plane, and that patch, which may be an earlier one.
    pub place: Option<(Box<Patch>, Point)>,
    /// The share of its search that is done, 0…1.
    pub share: f32,
}

/// The parts.
#[derive(Clone, Debug, Default)]
pub(super) struct SungParts {
    /// A rhythm's in the order of their kinds.
    pub all: Vec<SungPart>,
    /// True if they are hits, whose keys are not sung.
    pub are_hits: bool,
}

/// The patch of 41 stored values; none of others.
pub(super) fn patch_of(values: &[f32]) -> Option<Box<Patch>> {
    let values: &[f32; PARAMETER_COUNT] = values.try_into().ok()?;
    Some(Box::new(Patch::from_values(values)))
}

/// The notes of a performance as numbers, see the protocol's `SketchPerformance`; they are so much later in the
/// recording. None if the numbers are no performance.
pub(super) fn melody_of(numbers: &[f32], later_s: f64) -> Option<Vec<HummedNote>> {
    let (&[_, notes, bends, _], rest) = numbers.split_first_chunk::<HEAD>()?;
    let (notes, rest) = rest.split_at_checked((notes as usize).checked_mul(NOTE)?)?;
    let bends = rest.get(..bends as usize)?;
    let is_finite = notes.iter().chain(bends).all(|number| number.is_finite());
    let note = |&[start_s, end_s, key, velocity]: &[f32; NOTE]| HummedNote {
        start_s: f64::from(start_s) + later_s,
        end_s: f64::from(end_s) + later_s,
        pitch: key + bend_cents(bends, f64::from(start_s), f64::from(end_s)) / 100.0,
        velocity: (velocity as u8).clamp(1, 127),
    };
    is_finite.then(|| notes.as_chunks().0.iter().map(note).collect())
}

/// The median bend in the middle of a time, in cents.
fn bend_cents(bends: &[f32], start_s: f64, end_s: f64) -> f32 {
    let rim_s = (end_s - start_s) * (1.0 - MIDDLE) / 2.0;
    let at = |time_s: f64| ((time_s / BEND_S).round().max(0.0) as usize).min(bends.len());
    let (from, to) = (at(start_s + rim_s), at(end_s - rim_s));
    let mut middle: Vec<f32> = bends.get(from..to).unwrap_or_default().to_vec();
    middle.sort_by(f32::total_cmp);
    middle.get(middle.len() / 2).copied().unwrap_or_default()
}

/// The parts of hits, which are so much later in the recording.
pub(super) fn parts_of_hits(hits: &[RhythmHit], later_s: f64) -> Vec<SungPart> {
    let kinds = hits.iter().filter(|hit| hit.is_of_a_strand()).map(|hit| usize::from(hit.kind) + 1).max();
    let note = |hit: &RhythmHit| HummedNote {
        start_s: f64::from(hit.begin_s) + later_s,
        end_s: f64::from(hit.begin_s + hit.held_s) + later_s,
        pitch: f32::from(hit.key),
        velocity: hit.velocity.clamp(1, 127),
    };
    let part = |kind: usize| SungPart {
        notes: hits.iter().filter(|hit| usize::from(hit.kind) == kind).map(note).collect(),
        patch: None,
        place: None,
        share: 0.0,
    };
    (0..kinds.unwrap_or_default()).map(part).collect()
}

impl SungParts {
    /// All notes, in no order.
    pub fn notes(&self) -> Vec<HummedNote> {
        self.all.iter().flat_map(|part| part.notes.iter().copied()).collect()
    }

    /// The share of all searches that is done, 0…1.
    pub fn share(&self) -> f32 {
        let sum: f32 = self.all.iter().map(|part| part.share).sum();
        sum / self.all.len().max(1) as f32
    }

    /// The parts that become loops: those with a patch, the loudest first where there is room for fewer; in their
    /// order.
    pub fn with_room(&self, room: usize) -> Vec<usize> {
        let loudness =
            |&part: &usize| self.all[part].notes.iter().map(|note| u32::from(note.velocity)).sum::<u32>();
        let mut ready: Vec<usize> =
            (0..self.all.len()).filter(|&part| self.all[part].patch.is_some()).collect();
        ready.sort_by_key(|part| std::cmp::Reverse(loudness(part)));
        ready.truncate(room);
        ready.sort_unstable();
        ready
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pitch_of_a_note_is_that_of_its_middle() {
        let mut bends = vec![0.0; 100];
        bends[20..60].fill(30.0);
        bends[20..25].fill(-150.0);
        let head = [1.0, 1.0, bends.len() as f32, 0.0];
        let numbers = [head.to_vec(), vec![0.2, 0.6, 60.0, 95.0], bends].concat();
        let notes = melody_of(&numbers, 2.0).unwrap();
        assert!((notes[0].pitch - 60.3).abs() < 1e-4 && (notes[0].start_s - 2.2).abs() < 1e-6, "{notes:?}");
        assert_eq!(notes[0].velocity, 95);
        assert!((0..numbers.len()).all(|count| melody_of(&numbers[..count], 0.0).is_none()));
        let endless = [vec![1.0, 1.0, 0.0, 0.0], vec![0.2, f32::NAN, 60.0, 95.0]].concat();
        assert_eq!(melody_of(&endless, 0.0), None);
    }

    #[test]
    fn hits_are_parts_by_kind_and_the_loudest_have_the_room() {
        let hit = |kind, velocity| RhythmHit { kind, key: 40 + kind, begin_s: 0.5, held_s: 0.1, velocity };
        let all = parts_of_hits(&[hit(0, 60), hit(1, 90), hit(2, 50), hit(2, 60)], 1.0);
        assert_eq!(all.iter().map(|part| part.notes.len()).collect::<Vec<_>>(), [1, 1, 2]);
        assert_eq!((all[1].notes[0].start_s, all[1].notes[0].pitch), (1.5, 41.0));
        let mut parts = SungParts { all, are_hits: true };
        assert!(parts.with_room(8).is_empty(), "no patch yet");
        parts.all.iter_mut().for_each(|part| part.patch = Some(Box::default()));
        assert_eq!([parts.with_room(8), parts.with_room(2)], [vec![0, 1, 2], vec![1, 2]]);
    }
}
