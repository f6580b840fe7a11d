//! The notes of a sung loop, on sixteenths of the beat and keys of a scale, or as they were sung.

use path::strokes::{Path, rounded_s};

use crate::Point;
use crate::tracks::sung::key::{SungKey, tuning};
use crate::tracks::sung::timbre::TimbreWay;
use crate::tracks::sung::time::SungSpan;
use crate::tracks::sung::{HummedNote, PlacedNote};

/// Steps of a beat.
const STEPS: f64 = 4.0;
/// The rest between two notes without a pause, in seconds: the second one is struck anew.
const GAP_S: f64 = 0.01;
/// The time between two points of a path that moves, in seconds: a finger that is seen less often has rested.
const SLIDE_S: f64 = 0.04;
/// The shortest note, in seconds.
const SHORTEST_S: f64 = 0.03;

/// The keys that notes get.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Keys {
    /// The notes of this key, moved by less than a semitone to the pitch of the instrument.
    InTune(SungKey),
    /// The nearest one of each note.
    AsSung,
}

/// The notes of the loop; on sixteenths of the beat if they are in time. Notes that are not in time keep their glides.
pub fn placed(notes: &[HummedNote], span: &SungSpan, keys: Keys, is_in_time: bool) -> Vec<PlacedNote> {
    let moved = match keys {
        Keys::InTune(_) => tuning(notes),
        Keys::AsSung => 0.0,
    };
    let key_of = |note: &HummedNote| match keys {
        Keys::InTune(key) => key.nearest(note.pitch - moved),
        Keys::AsSung => note.pitch.round().clamp(0.0, 127.0) as u8,
    };
    let timed = notes.iter().filter_map(|note| {
        let glide = note.glide.filter(|_| !is_in_time);
        let begin_s = glide.map_or(note.start_s, |glide| glide.begin_s);
        let (start_s, end_s) = (begin_s - span.begin_s, note.end_s - span.begin_s);
        let (start_s, end_s) =
            if is_in_time { in_time(start_s, end_s, span)? } else { as_sung(start_s, end_s, span)? };
        let sung_s = [begin_s, note.end_s];
        let glide_s = glide.map(|glide| glide.length_s);
        Some(PlacedNote { start_s, end_s, key: key_of(note), velocity: note.velocity, sung_s, glide_s })
    });
    one_by_one(timed.collect())
}

/// The sixteenths nearest to a beginning and a length. A note that begins just before the end is the first one of the
/// next round.
fn in_time(start_s: f64, end_s: f64, span: &SungSpan) -> Option<(f64, f64)> {
    if start_s >= span.length_s || end_s <= 0.0 {
        return None;
    }
    let step_s = span.beat_s() / STEPS;
    let all = f64::from(span.beats) * STEPS;
    let start = (start_s / step_s).round().max(0.0);
    let length = ((end_s - start_s.max(0.0)) / step_s).round().max(1.0);
    let start = if start >= all { 0.0 } else { start };
    Some((start * step_s, (start + length).min(all) * step_s))
}

fn as_sung(start_s: f64, end_s: f64, span: &SungSpan) -> Option<(f64, f64)> {
    let (start_s, end_s) = (start_s.max(0.0), end_s.min(span.length_s));
    (end_s > start_s && start_s < span.length_s).then_some((start_s, end_s))
}

/// The notes in order of time, each ended by the next one; one that glides begins at once where the one before ends. Of
/// those that begin together the longest stays.
fn one_by_one(mut notes: Vec<PlacedNote>) -> Vec<PlacedNote> {
    notes.sort_by(|one, other| one.start_s.total_cmp(&other.start_s).then(other.end_s.total_cmp(&one.end_s)));
    let mut kept: Vec<PlacedNote> = Vec::new();
    for mut note in notes {
        if let Some(before) = kept.last_mut() {
            if note.start_s - before.start_s < SHORTEST_S + GAP_S {
                continue;
            }
            // A voice that returns to the same key has slid away and back.
            note.glide_s = note.glide_s.filter(|_| before.key != note.key);
            before.end_s = match note.glide_s {
                Some(_) => note.start_s,
                None => before.end_s.min(note.start_s - GAP_S),
            };
        } else {
            note.glide_s = None;
        }
        kept.push(PlacedNote { end_s: note.end_s.max(note.start_s + SHORTEST_S), ..note });
    }
    kept
}

/// The path of notes that all stand at one point.
pub fn path_at(notes: &[PlacedNote], point: Point) -> Path {
    path_through(notes, |_| point)
}

/// The path of notes along a way: in each note as much of it as the voice went while it sang that note.
pub fn path_along(notes: &[PlacedNote], way: &TimbreWay) -> Path {
    path_through(notes, |sung_s| way.at(sung_s))
}

/// The path of notes through the point of each second of the recording.
fn path_through(notes: &[PlacedNote], point_at: impl Fn(f64) -> Point) -> Path {
    let mut path = Path::default();
    for note in notes {
        let [from_s, to_s] = note.sung_s;
        let length_s = note.end_s - note.start_s;
        let mut last = point_at(from_s);
        path.strike(rounded_s(note.start_s), last, note.key, note.velocity);
        let steps = (length_s / SLIDE_S).ceil();
        for step in 1..steps as u32 {
            let share = f64::from(step) / steps;
            let point = point_at(from_s + share * (to_s - from_s));
            if point != last {
                path.slide(rounded_s(note.start_s + share * length_s), point);
            }
            last = point;
        }
        path.lift(rounded_s(note.end_s));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scale;

    /// Two bars at 120.
    const SPAN: SungSpan =
        SungSpan { begin_s: 1.0, length_s: 4.0, beats: 8, offset_beats: 0, sets_bpm: None };
    const C_MAJOR: Keys = Keys::InTune(SungKey { root: 0, scale: Scale::Major });

    fn note(start_s: f64, end_s: f64, pitch: f32) -> HummedNote {
        HummedNote { start_s, end_s, pitch, velocity: 90, glide: None }
    }

    fn shown(notes: &[PlacedNote]) -> Vec<(f64, f64, u8)> {
        let rounded = |time_s: f64| (time_s * 1000.0).round() / 1000.0;
        notes.iter().map(|note| (rounded(note.start_s), rounded(note.end_s), note.key)).collect()
    }

    #[test]
    fn notes_in_tune_lie_on_sixteenths_and_on_keys_of_the_scale() {
        let sung = [note(1.04, 1.51, 60.1), note(1.53, 1.9, 62.9), note(2.57, 2.7, 67.1)];
        let placed = placed(&sung, &SPAN, C_MAJOR, true);
        assert_eq!(shown(&placed), [(0.0, 0.49, 60), (0.5, 0.875, 62), (1.625, 1.75, 67)]);
    }

    #[test]
    fn as_sung_only_the_semitone_is_chosen() {
        let sung = [note(0.9, 1.47, 60.1), note(1.53, 1.9, 62.9), note(4.9, 5.4, 66.6)];
        let placed = placed(&sung, &SPAN, Keys::AsSung, false);
        assert_eq!(shown(&placed), [(0.0, 0.47, 60), (0.53, 0.9, 63), (3.9, 4.0, 67)]);
    }

    #[test]
    fn an_early_note_belongs_to_the_bar_and_one_just_before_the_end_to_the_next_round() {
        let early = placed(&[note(0.8, 1.5, 60.0)], &SPAN, C_MAJOR, true);
        assert_eq!(shown(&early), [(0.0, 0.5, 60)]);
        let late = placed(&[note(2.0, 2.4, 64.0), note(4.97, 5.4, 60.0)], &SPAN, C_MAJOR, true);
        assert_eq!(shown(&late), [(0.0, 0.375, 60), (1.0, 1.375, 64)]);
        assert!(placed(&[note(5.2, 5.4, 60.0)], &SPAN, C_MAJOR, true).is_empty(), "sung after the end");
        assert!(placed(&[note(5.2, 5.4, 60.0)], &SPAN, Keys::AsSung, false).is_empty());
    }

    #[test]
    fn two_notes_on_one_sixteenth_are_one_and_none_outlasts_the_next() {
        let sung = [note(1.0, 1.05, 60.0), note(1.03, 1.6, 62.0), note(1.5, 1.8, 64.0)];
        assert_eq!(shown(&placed(&sung, &SPAN, C_MAJOR, true)), [(0.0, 0.49, 62), (0.5, 0.75, 64)]);
    }

    #[test]
    fn a_path_strikes_each_note_at_the_place_of_the_sound() {
        let sung = [note(1.0, 1.5, 60.0), note(1.5, 2.0, 64.0)];
        let path = path_at(&placed(&sung, &SPAN, C_MAJOR, true), Point { x: 1.0, y: -2.0 });
        let notes: Vec<_> = path.notes().map(|note| (note.start_s, note.key, note.velocity)).collect();
        assert_eq!(notes, [(0.0, Some(60), 90), (0.5, Some(64), 90)]);
        assert_eq!(path.at(0.6).unwrap().point, Point { x: 1.0, y: -2.0 });
    }
}
