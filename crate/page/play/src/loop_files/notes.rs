//! The notes of a loop as the instrument plays them: keys of its strokes, or of the lanes that a finger crosses, chords,
//! and the steps of an arpeggio, in beats of the clock.

use path::PathNote;
use path::midi::SongNote;
use path::strokes::Path;

use crate::chord::ArpeggioMode;
use crate::loops::Direction;
use crate::notes::Notes;
use crate::{LATENT_LIMIT, RecordedLoop};

/// How often it is looked where a finger is, in seconds.
const LOOK_S: f64 = 0.01;
/// The least length of a note, in beats: a tap is heard, too.
const LEAST_BEATS: f64 = 0.06;
/// Two moments that are nearer to each other, in beats, are the same.
const NEAR_BEATS: f64 = 1e-6;

/// The keys that a finger holds for a while, bit n: key n. Times are seconds of the recording, later beats.
#[derive(Clone, Copy, Debug, PartialEq)]
struct HeldSet {
    from: f64,
    to: f64,
    keys: u128,
    velocity: u8,
}

/// The length of a round at a tempo, in beats.
pub fn round_beats(own: &RecordedLoop, bpm: f32) -> f64 {
    match own.beats {
        Some(beats) => f64::from(beats) / own.speed,
        None => own.duration_s(bpm) * f64::from(bpm) / 60.0,
    }
}

/// The notes of a loop in a song that begins at a beat of the clock and has so many beats. A loop without a sound of its
/// own plays like touches with their notes.
pub fn song_notes(own: &RecordedLoop, touches: &Notes, from_beats: f64, length_beats: f64) -> Vec<SongNote> {
    let settings = own.sound.as_ref().map_or(touches, |sound| &sound.notes);
    let round = round_beats(own, touches.bpm);
    let origin = own.beats.map_or(0.0, |_| f64::from(own.offset_beats) - from_beats);
    let lanes = settings.lane_keys();
    let strokes: Vec<Vec<HeldSet>> = own.fingers.iter().flat_map(|path| strokes(path, &lanes)).collect();
    let mut notes = Vec::new();
    let first = (-origin / round).floor() as i64;
    for number in first.. {
        let begin = origin + number as f64 * round;
        if begin >= length_beats - NEAR_BEATS {
            break;
        }
        let is_backward = match own.direction {
            Direction::Forward => false,
            Direction::Backward => true,
            Direction::ThereAndBack => number.rem_euclid(2) == 1,
        };
        for stroke in &strokes {
            let held: Vec<HeldSet> = in_beats(stroke, own.length_s, begin, round, is_backward);
            let played = match settings.arpeggio {
                ArpeggioMode::Off => held_notes(&held),
                mode => stepped_notes(&held, mode, settings),
            };
            notes.extend(played.into_iter().filter_map(|note| within(note, length_beats)));
        }
    }
    notes.sort_by(|one, other| one.start_beats.total_cmp(&other.start_beats).then(one.key.cmp(&other.key)));
    notes
}

/// The part of a note that lies in a song of so many beats.
fn within(note: SongNote, length_beats: f64) -> Option<SongNote> {
    let start_beats = note.start_beats.max(0.0);
    let end_beats = (note.start_beats + note.length_beats).min(length_beats);
    (end_beats - start_beats > NEAR_BEATS).then_some(SongNote {
        start_beats,
        length_beats: end_beats - start_beats,
        ..note
    })
}

/// The keys that a finger holds in each of its strokes, in seconds of the recording.
fn strokes(path: &Path, lanes: &[u128]) -> Vec<Vec<HeldSet>> {
    let stroke = |note: PathNote| {
        let PathNote { start_s, key, velocity, .. } = note;
        let (from, to) = (start_s, note.end_s());
        if let Some(key) = key {
            return vec![HeldSet { from, to, keys: 1 << (key & 127), velocity }];
        }
        let mut held: Vec<HeldSet> = Vec::new();
        let looks = ((to - from) / LOOK_S).floor() as usize;
        for look in 0..=looks {
            let time_s = from + look as f64 * LOOK_S;
            let Some(at) = path.at(time_s) else { continue };
            let keys = keys_at(at.point.x, lanes);
            match held.last_mut() {
                Some(last) if last.keys == keys => last.to = time_s,
                Some(last) => {
                    last.to = time_s;
                    held.push(HeldSet { from: time_s, to: time_s, keys, velocity });
                }
                None => held.push(HeldSet { from, to, keys, velocity }),
            }
        }
        if let Some(last) = held.last_mut() {
            last.to = to;
        }
        held
    };
    path.notes().map(stroke).collect()
}

/// The keys of the lane at a place from left to right.
fn keys_at(x: f32, lanes: &[u128]) -> u128 {
    let share = (x + LATENT_LIMIT) / (2.0 * LATENT_LIMIT);
    let lane = ((share * lanes.len() as f32) as usize).min(lanes.len().saturating_sub(1));
    lanes.get(lane).copied().unwrap_or_default()
}

/// The same in beats of a round.
fn in_beats(held: &[HeldSet], length_s: f64, begin: f64, round: f64, is_backward: bool) -> Vec<HeldSet> {
    let beat = |time_s: f64| begin + round * time_s / length_s;
    let turned = |time_s: f64| beat(length_s - time_s);
    let own = |own: &HeldSet| match is_backward {
        false => HeldSet { from: beat(own.from), to: beat(own.to), ..*own },
        true => HeldSet { from: turned(own.to), to: turned(own.from), ..*own },
    };
    let mut played: Vec<HeldSet> = held.iter().map(own).collect();
    if is_backward {
        played.reverse();
    }
    if let Some(last) = played.last_mut() {
        last.to = last.to.max(last.from + LEAST_BEATS);
    }
    played
}

/// The keys of a set, from the lowest on.
fn keys_of(set: u128) -> impl Iterator<Item = u8> {
    (0..128).filter(move |key| set >> key & 1 == 1)
}

/// The notes of keys that sound while they are held: a key that a finger slides past goes on.
fn held_notes(held: &[HeldSet]) -> Vec<SongNote> {
    let mut notes = Vec::new();
    for (place, own) in held.iter().enumerate() {
        let before = place.checked_sub(1).map_or(0, |before| held[before].keys);
        for key in keys_of(own.keys & !before) {
            let goes_on = held[place..].iter().take_while(|later| later.keys >> key & 1 == 1);
            let end = goes_on.last().map_or(own.to, |last| last.to);
            let length_beats = end - own.from;
            notes.push(SongNote { start_beats: own.from, length_beats, key, velocity: own.velocity });
        }
    }
    notes
}

/// The notes of an arpeggio: the first step is immediate, the others lie at multiples of their length.
fn stepped_notes(held: &[HeldSet], mode: ArpeggioMode, settings: &Notes) -> Vec<SongNote> {
    let (Some(first), Some(last)) = (held.first(), held.last()) else { return Vec::new() };
    let step = 1.0 / f64::from(settings.step.steps_per_beat());
    let mut notes = Vec::new();
    let (mut at, mut number) = (first.from, 0);
    while at < last.to - NEAR_BEATS {
        let on_grid = (at / step + NEAR_BEATS).floor() * step + step;
        // A first step that would be too short is longer by a whole one.
        let next = if on_grid - at < step / 2.0 { on_grid + step } else { on_grid };
        let Some(now) = held.iter().rev().find(|own| own.from <= at + NEAR_BEATS) else { break };
        let length_beats = (f64::from(settings.gate) * (next - at)).min(last.to - at);
        let keys: Vec<u8> = keys_of(now.keys).collect();
        for key in step_keys(&keys, mode, number) {
            notes.push(SongNote { start_beats: at, length_beats, key, velocity: now.velocity });
        }
        (at, number) = (next, number + 1);
    }
    notes
}

/// The keys of a step.
fn step_keys(keys: &[u8], mode: ArpeggioMode, step: usize) -> Vec<u8> {
    let count = keys.len();
    let place = match mode {
        _ if count == 0 => return Vec::new(),
        ArpeggioMode::Off | ArpeggioMode::Gate => return keys.to_vec(),
        ArpeggioMode::Up => step % count,
        ArpeggioMode::Down => count - 1 - step % count,
        ArpeggioMode::UpAndDown => {
            let place = step % (2 * count - 2).max(1);
            if place < count { place } else { 2 * count - 2 - place }
        }
    };
    vec![keys[place]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chord::Chord;
    use crate::loops::Recorded;
    use crate::notes::Layout;
    use crate::tempo::NoteValue;
    use crate::tracks::loop_sound::LoopSound;
    use crate::{Locks, Point, Scale};

    const AT: Point = Point { x: -3.9, y: 0.0 };

    /// A loop of two seconds and four beats, 120 a minute, with these notes.
    fn own(path: Path, notes: Notes) -> RecordedLoop {
        let sound = LoopSound { notes, locks: Locks::default(), patch: None, led_cutoff: None };
        RecordedLoop {
            number: 1,
            beats: Some(4),
            sound: Some(Box::new(sound)),
            ..RecordedLoop::from(Recorded { fingers: vec![path], length_s: 2.0 })
        }
    }

    fn struck(notes: &[(f64, f64, u8)]) -> Path {
        let mut path = Path::default();
        for &(start_s, end_s, key) in notes {
            path.strike(start_s, AT, key, 90);
            path.lift(end_s);
        }
        path
    }

    fn touches() -> Notes {
        Notes { bpm: 120.0, ..Notes::default() }
    }

    fn shown(own: &RecordedLoop, length_beats: f64) -> Vec<(f64, f64, u8)> {
        let rounded = |beats: f64| (beats * 100.0).round() / 100.0;
        let notes = song_notes(own, &touches(), 0.0, length_beats);
        notes.iter().map(|note| (rounded(note.start_beats), rounded(note.length_beats), note.key)).collect()
    }

    #[test]
    fn keys_of_strokes_are_repeated_in_every_round_and_end_with_the_song() {
        let own = own(struck(&[(0.0, 0.5, 60), (1.5, 1.9, 64)]), touches());
        let round = [(0.0, 1.0, 60), (3.0, 0.8, 64)];
        assert_eq!(shown(&own, 4.0), round);
        assert_eq!(shown(&own, 8.0), [round.as_slice(), &[(4.0, 1.0, 60), (7.0, 0.8, 64)]].concat());
        assert_eq!(shown(&own, 3.5), [(0.0, 1.0, 60), (3.0, 0.5, 64)]);
    }

    #[test]
    fn a_round_begins_where_it_does_on_the_clock() {
        let late =
            RecordedLoop { offset_beats: 2, ..own(struck(&[(0.0, 0.5, 60), (1.5, 1.9, 64)]), touches()) };
        assert_eq!(shown(&late, 4.0), [(1.0, 0.8, 64), (2.0, 1.0, 60)]);
    }

    #[test]
    fn speed_and_direction_are_those_of_the_loop() {
        let fast = RecordedLoop { speed: 2.0, ..own(struck(&[(0.0, 0.5, 60)]), touches()) };
        assert_eq!(shown(&fast, 4.0), [(0.0, 0.5, 60), (2.0, 0.5, 60)]);
        let backward = RecordedLoop { direction: Direction::Backward, speed: 1.0, ..fast.clone() };
        assert_eq!(shown(&backward, 4.0), [(3.0, 1.0, 60)]);
        let both = RecordedLoop { direction: Direction::ThereAndBack, ..backward.clone() };
        assert_eq!(shown(&both, 8.0), [(0.0, 1.0, 60), (7.0, 1.0, 60)]);
        let free = RecordedLoop { beats: None, ..own(struck(&[(0.0, 0.5, 60)]), touches()) };
        assert_eq!(shown(&free, 8.0), [(0.0, 1.0, 60), (4.0, 1.0, 60)]);
    }

    #[test]
    fn a_finger_plays_the_chords_of_the_lanes_that_it_crosses() {
        let notes = Notes {
            root: 60,
            scale: Scale::Major,
            layout: Layout::ScaleAcross,
            octaves: 1,
            chord: Chord::Triad,
            ..touches()
        };
        let mut path = Path::default();
        path.land(0.0, AT, 90);
        path.lift(0.5);
        path.land(1.0, AT, 80);
        for step in 1..=10 {
            path.slide(1.0 + 0.02 * f64::from(step), Point { x: -3.9 + 0.1 * step as f32, y: 0.0 });
        }
        path.lift(1.5);
        let shown = shown(&own(path, notes), 4.0);
        let keys = |from: f64, to: f64| -> Vec<u8> {
            shown.iter().filter(|note| (from..to).contains(&note.0)).map(|note| note.2).collect()
        };
        assert_eq!(keys(0.0, 2.0), [60, 64, 67]);
        assert_eq!(keys(2.0, 2.05), [60, 64, 67]);
        assert_eq!(keys(2.05, 4.0), [62, 65, 69], "the next lane: {shown:?}");
    }

    #[test]
    fn an_arpeggio_is_its_steps_on_the_clock() {
        let notes = Notes {
            root: 60,
            scale: Scale::Major,
            chord: Chord::Triad,
            arpeggio: ArpeggioMode::Up,
            step: NoteValue::Eighth,
            gate: 0.5,
            ..touches()
        };
        let mut path = Path::default();
        path.land(0.05, AT, 90);
        path.lift(1.2);
        let shown = shown(&own(path, notes), 4.0);
        let begins: Vec<f64> = shown.iter().map(|note| note.0).collect();
        assert_eq!(begins, [0.1, 0.5, 1.0, 1.5, 2.0], "after the first touch on eighths");
        let keys: Vec<u8> = shown.iter().map(|note| note.2).collect();
        assert_eq!(keys, [60, 64, 67, 72, 60]);
        assert_eq!(shown[1].1, 0.25, "half of a step");
    }
}
