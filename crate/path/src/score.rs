//! The strokes of fingers as the words that the audio thread plays (`protocol::path_score`).

use protocol::path_score::{NO_KEY, TICKS_PER_S};

use crate::strokes::{CLOSEST_S, Path, Sample, Stroke};

/// The words of a path of several fingers that lasts this many seconds. A tap, which has no duration, gets one.
pub fn score(fingers: &[Path], length_s: f64) -> Vec<u32> {
    let mut words = vec![fingers.len() as u32];
    let mut rest = Vec::new();
    for path in fingers {
        let mut points = Vec::new();
        for (number, stroke) in path.strokes.iter().enumerate() {
            let most_s = path.strokes.get(number + 1).map_or(length_s, Stroke::start_s);
            let end_s = (stroke.start_s() + CLOSEST_S).min(most_s);
            let last = stroke.samples.last().filter(|last| last.0 < end_s).map(|last| Sample(end_s, last.1));
            for Sample(time_s, point) in stroke.samples.iter().chain(&last) {
                points.extend([ticks(*time_s), point.x.to_bits(), point.y.to_bits()]);
            }
            let key = stroke.key.map_or(NO_KEY, u32::from);
            rest.extend([(points.len() / 3) as u32, u32::from(stroke.velocity) | key << 8]);
        }
        for &(time_s, level) in &path.levels {
            rest.extend([ticks(time_s), level.to_bits()]);
        }
        words.extend([path.strokes.len() as u32, path.levels.len() as u32, (points.len() / 3) as u32]);
        rest.append(&mut points);
    }
    words.append(&mut rest);
    words
}

fn ticks(time_s: f64) -> u32 {
    (time_s * TICKS_PER_S).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
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
        let expected = [[0.0, 5_000.0], [10_000.0, 10_040.0], [10_040.0, 10_123.0], [20_000.0, 20_000.0]];
        assert_eq!(ticks, expected);
        assert_eq!(fingers[0].at(&words, &fingers[0].stroke(&words, 0), 400.0), at(2.0));
    }
}
