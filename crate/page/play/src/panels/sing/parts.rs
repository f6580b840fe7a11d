//! The notes and patches that were found for a voice: one part for a melody, one for each kind of hits of a rhythm.

use patch::{Info, PARAMETER_COUNT, Parameter, Patch};

use crate::Point;
use crate::panels::sound_match::RhythmHit;
use crate::tracks::sung::HummedNote;
use crate::tracks::sung::glide::{Glide, NotePair, PITCH_S, glide};
use crate::tracks::sung::timbre::{TimbreGround, VoiceTimbre};

/// Numbers before the notes of a performance: its length, and the counts of notes, bends and cutoffs.
const HEAD: usize = 4;
/// Numbers of a note.
const NOTE: usize = 4;
/// The greatest value of a controller.
const CONTROLLER_END: f32 = 127.0;
/// A note glides at its beginning and at its end: its pitch is that of this share in the middle.
const MIDDLE: f64 = 0.6;

/// A patch with its notes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SungPart {
    /// The notes, at times of the recording.
    pub notes: Vec<HummedNote>,
    /// The cutoffs with which the patch is as bright as the voice.
    pub timbre: VoiceTimbre,
    /// The best patch so far; none before the first one.
    pub patch: Option<Box<Patch>>,
    /// Where a patch lies on the plane, and that patch, which may be an earlier one.
    pub place: Option<(Box<Patch>, Point)>,
    /// The cutoffs around a place, once they are known.
    pub ground: Option<TimbreGround>,
    /// The share of its search that is done, 0…1.
    pub share: f32,
}

impl SungPart {
    /// The point whose surroundings are not known, but needed: the timbre moves.
    pub fn unknown_ground(&self) -> Option<Point> {
        let (_, point) = self.place.as_ref()?;
        let is_known = self.ground.as_ref().is_some_and(|ground| ground.centre() == *point);
        (!is_known && self.timbre.moves(&self.notes)).then_some(*point)
    }
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

/// The notes and the timbre of a performance as numbers, see the protocol's `SketchPerformance`; they are so much later
/// in the recording. None if the numbers are no performance.
pub(super) fn melody_of(numbers: &[f32], later_s: f64) -> Option<(Vec<HummedNote>, VoiceTimbre)> {
    let (&[_, notes, bends, cutoffs], rest) = numbers.split_first_chunk::<HEAD>()?;
    let (notes, rest) = rest.split_at_checked((notes as usize).checked_mul(NOTE)?)?;
    let (bends, cutoffs) =
        (rest.get(..bends as usize)?, rest.get(bends as usize..)?.get(..cutoffs as usize)?);
    if !numbers.iter().all(|number| number.is_finite()) {
        return None;
    }
    let notes: &[[f32; NOTE]] = notes.as_chunks().0;
    let pitches = pitches(notes, bends);
    let mut hummed: Vec<HummedNote> = Vec::new();
    for &[start_s, end_s, key, velocity] in notes {
        let [start_s, end_s] = [start_s, end_s].map(f64::from);
        let pitch = key + bend_cents(bends, start_s, end_s) / 100.0;
        let glide = hummed.last().and_then(|before| {
            let pair = NotePair { end_s: before.end_s - later_s, start_s, from: before.pitch, to: pitch };
            glide(&pitches, pair).map(|own| Glide { begin_s: own.begin_s + later_s, ..own })
        });
        let (start_s, end_s) = (start_s + later_s, end_s + later_s);
        hummed.push(HummedNote { start_s, end_s, pitch, velocity: (velocity as u8).clamp(1, 127), glide });
    }
    let &Info { min, max, .. } = Parameter::FilterCutoff.info();
    let cutoffs = cutoffs.iter().map(|value| min + value / CONTROLLER_END * (max - min)).collect();
    Some((hummed, VoiceTimbre { begin_s: later_s, cutoffs }))
}

/// The pitch at the time of each bend, as a MIDI key with its fraction: of the note that has begun last.
fn pitches(notes: &[[f32; NOTE]], bends: &[f32]) -> Vec<f32> {
    let key_at = |at: usize| {
        let begun = notes.partition_point(|note| f64::from(note[0]) <= at as f64 * PITCH_S + PITCH_S / 2.0);
        notes.get(begun.saturating_sub(1)).map_or(0.0, |note| note[2])
    };
    bends.iter().enumerate().map(|(at, cents)| key_at(at) + cents / 100.0).collect()
}

/// The median bend in the middle of a time, in cents.
fn bend_cents(bends: &[f32], start_s: f64, end_s: f64) -> f32 {
    let rim_s = (end_s - start_s) * (1.0 - MIDDLE) / 2.0;
    let at = |time_s: f64| ((time_s / PITCH_S).round().max(0.0) as usize).min(bends.len());
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
        glide: None,
    };
    let part = |kind: usize| SungPart {
        notes: hits.iter().filter(|hit| usize::from(hit.kind) == kind).map(note).collect(),
        timbre: VoiceTimbre::default(),
        patch: None,
        place: None,
        ground: None,
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
        let (notes, timbre) = melody_of(&numbers, 2.0).unwrap();
        assert!((notes[0].pitch - 60.3).abs() < 1e-4 && (notes[0].start_s - 2.2).abs() < 1e-6, "{notes:?}");
        assert_eq!((notes[0].velocity, timbre.cutoffs.len()), (95, 0));
        assert!((0..numbers.len()).all(|count| melody_of(&numbers[..count], 0.0).is_none()));
        let endless = [vec![1.0, 1.0, 0.0, 0.0], vec![0.2, f32::NAN, 60.0, 95.0]].concat();
        assert_eq!(melody_of(&endless, 0.0), None);
    }

    #[test]
    fn a_slide_between_two_notes_is_a_glide_and_cutoffs_are_the_timbre() {
        // C until 0.4 s, then up to E until 0.6 s; the second note begins half-way.
        let key = |at: usize| if at < 50 { 60.0 } else { 64.0 };
        let pitch = |at: usize| 60.0 + 4.0 * ((at as f32 - 40.0) / 20.0).clamp(0.0, 1.0);
        let bends: Vec<f32> = (0..100).map(|at| 100.0 * (pitch(at) - key(at))).collect();
        let head = [1.0, 2.0, bends.len() as f32, 3.0];
        let notes = vec![0.0, 0.5, 60.0, 95.0, 0.5, 1.0, 64.0, 95.0];
        let numbers = [head.to_vec(), notes, bends, vec![0.0, 127.0, 63.5]].concat();
        let (notes, timbre) = melody_of(&numbers, 2.0).unwrap();
        let glide = notes[1].glide.expect("the voice slides");
        assert!((glide.begin_s - 2.4).abs() < 0.02 && (glide.length_s - 0.2).abs() < 0.03, "{glide:?}");
        assert_eq!(notes[0].glide, None);
        assert_eq!((timbre.begin_s, timbre.cutoffs), (2.0, vec![-0.5, 1.5, 0.5]));
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
