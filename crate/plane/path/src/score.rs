//! The strokes of fingers as the words that the audio thread plays (`protocol::path_score`).

use std::ops::Range;

use protocol::constants::PART_COUNT;
use protocol::path_score::{ScoreFinger, ScoreStroke, write};

use crate::LatentPath;
use crate::conversion::FINGER_LIMIT;
use crate::strokes::{CLOSEST_S, Path, Sample};

/// The most notes that sound at the same time: one of each finger.
pub const SOUNDING_LIMIT: usize = FINGER_LIMIT;

const _: () = assert!(FINGER_LIMIT <= PART_COUNT, "a finger of a path may have no part");

/// The number of a path's notes that do not sound, or begin late, because [`SOUNDING_LIMIT`] others sound when they
/// should begin.
pub fn late_notes(path: &LatentPath) -> usize {
    let (mut sounding, mut late): (Vec<Range<f64>>, usize) = (Vec::new(), 0);
    for note in path.notes() {
        // A tap has length 0, but sounds.
        sounding.retain(|times_s| times_s.end > note.start_s || times_s.start >= note.start_s);
        if sounding.len() < SOUNDING_LIMIT {
            sounding.push(note.start_s..note.end_s());
        } else {
            late += 1;
        }
    }
    late
}

/// The words of a path of several fingers that lasts this many seconds. A tap, which has no duration, gets one;
/// at the very end of the path it begins before that.
pub fn score(fingers: &[Path], length_s: f64) -> Vec<u32> {
    let fingers: Vec<ScoreFinger> = fingers.iter().map(|path| finger(path, length_s)).collect();
    write(&fingers)
}

fn finger(path: &Path, length_s: f64) -> ScoreFinger {
    let start_s = |number: usize| match path.strokes[number].samples[..] {
        [Sample(tap_s, _)] => {
            let former_s = number.checked_sub(1).map_or(0.0, |former| path.strokes[former].end_s());
            tap_s.min(former_s.max(length_s - CLOSEST_S))
        }
        _ => path.strokes[number].start_s(),
    };
    let strokes = path.strokes.iter().enumerate().map(|(number, stroke)| {
        let next_s = if number + 1 < path.strokes.len() { start_s(number + 1) } else { length_s };
        let end_s = (start_s(number) + CLOSEST_S).min(next_s);
        let mut points: Vec<_> = stroke.samples.iter().map(|sample| (sample.0, sample.1)).collect();
        points[0].0 = start_s(number);
        points.extend(points.last().filter(|last| last.0 < end_s).map(|last| (end_s, last.1)));
        ScoreStroke { key: stroke.key, velocity: stroke.velocity, points }
    });
    // A level after the end is not audible, and the player refuses it.
    let levels = path.levels.iter().copied().filter(|&(time_s, _)| time_s <= length_s);
    ScoreFinger { strokes: strokes.collect(), levels: levels.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PathNote;
    use plane::Point;
    use protocol::path_score::{TICKS_PER_S, read};

    #[test]
    fn every_stroke_is_a_note_of_some_length() {
        let at = |x: f32| Point { x, y: 1.0 };
        let mut path = Path::default();
        path.land(0.0, at(0.0), 90);
        path.slide(0.04, at(2.0));
        path.lift(0.5);
        path.land(1.0, at(3.0), 80);
        path.land(1.004, at(4.0), 80);
        path.land(2.0, at(-1.0), 70);
        let words = score(&[path], 2.0);
        let (fingers, count) = read(&words, 2.0 * TICKS_PER_S).unwrap();
        assert_eq!((count, fingers[0].strokes()), (1, 4));
        let ticks: Vec<_> = (0..4).map(|number| fingers[0].stroke(&words, number).ticks).collect();
        let expected = [[0.0, 5_000.0], [10_000.0, 10_040.0], [10_040.0, 10_123.0], [19_917.0, 20_000.0]];
        assert_eq!(ticks, expected);
        assert_eq!(fingers[0].at(&words, &fingers[0].stroke(&words, 0), 400.0), at(2.0));
    }

    #[test]
    fn a_note_is_late_while_ten_others_sound() {
        let mut path = LatentPath::through(&[Point::default(); 4], 0.1).unwrap();
        let late = |path: &mut LatentPath, times: &[(f64, f64)]| {
            let note = |&(start_s, length_s)| PathNote { start_s, length_s, key: None, velocity: 90 };
            path.set_notes(&times.iter().map(note).collect::<Vec<_>>());
            late_notes(path)
        };
        assert_eq!(late(&mut path, &[(0.0, 1.0); 10]), 0);
        assert_eq!(late(&mut path, &[(0.0, 1.0); 12]), 2);
        let one_after_another: Vec<_> = (0..19).map(|note| (f64::from(note), 10.0)).collect();
        assert_eq!(late(&mut path, &one_after_another), 0);
        let longer: Vec<_> = (0..14).map(|note| (f64::from(note), 11.0)).collect();
        assert_eq!(late(&mut path, &longer), 1);
    }

    #[test]
    fn a_level_after_the_end_leaves_a_path_that_plays() {
        let mut path = Path::default();
        path.land(0.0, Point::default(), 90);
        path.lift(1.0);
        path.levels = vec![(0.0, 0.5), (1.0, 0.7), (2.0, 0.9)];
        let words = score(&[path], 1.0);
        assert!(read(&words, TICKS_PER_S).is_some());
    }
}
