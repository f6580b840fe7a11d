//! From the strokes of a finger to a path of values in time, and back. Where the finger is up, the values stay where it
//! lifted.

use plane::Point;

use crate::latent_path::{RATES_HZ, STEP_LIMIT, USUAL_RATE_HZ};
use crate::strokes::{PATH_LIMIT_S, Path, Sample, Stroke, rounded_s};
use crate::{LatentPath, PathNote};

/// Most fingers that play the notes of a path: those of two hands. Further notes at the same time are left out.
pub const FINGER_LIMIT: usize = 10;
/// How far, in latent units or shares of the level, a left-out point may be from the line between its neighbours: the
/// step in which values are kept.
const TOLERANCE: f64 = 1e-4;

impl LatentPath {
    /// The path of a finger, a value each hundredth of a second, as a path of this length in seconds. Each stroke becomes
    /// a note.
    pub fn from_strokes(path: &Path, length_s: f64) -> Self {
        let least_s = 1.0 / RATES_HZ[1];
        let length_s = if length_s.is_nan() { path.end_s() } else { length_s };
        let length_s = length_s.clamp(least_s, PATH_LIMIT_S);
        let steps = ((length_s * USUAL_RATE_HZ).round() as usize + 1).clamp(2, STEP_LIMIT);
        let rate_hz = (steps - 1) as f64 / length_s;
        let points: Vec<Point> = points_of_steps(path, steps, rate_hz);
        let lane = |coordinate: fn(&Point) -> f32| points.iter().map(coordinate).collect::<Vec<f32>>();
        let mut made = Self::of(vec![lane(|point| point.x), lane(|point| point.y)], rate_hz);
        made.set_notes(&path.notes().collect::<Vec<PathNote>>());
        if path.has_levels() {
            let level: Vec<f32> =
                (0..steps).map(|step| path.level_at((step as f64 / rate_hz).min(length_s))).collect();
            made.set_level(Some(&level));
        }
        made
    }

    /// The strokes that play the path: one for each note, with a path for each finger that is needed, at least one.
    /// Points on the line between their neighbours are left out. Only the first two lanes count.
    pub fn to_strokes(&self) -> Vec<Path> {
        let levels = self.level().map_or_else(Vec::new, |level| {
            let samples = level.iter().enumerate().map(|(step, level)| {
                (rounded_s((step as f64 / self.rate_hz()).min(PATH_LIMIT_S)), [*level, 0.0])
            });
            simplified(samples.collect()).into_iter().map(|(time_s, [level, _])| (time_s, level)).collect()
        });
        let mut fingers: Vec<Path> = Vec::new();
        for note in self.notes() {
            let is_free = |finger: &Path| finger.end_s() <= note.start_s;
            let free = match fingers.iter().position(is_free) {
                Some(finger) => finger,
                None if fingers.len() < FINGER_LIMIT => {
                    fingers.push(Path { levels: levels.clone(), ..Path::default() });
                    fingers.len() - 1
                }
                None => continue,
            };
            fingers[free].strokes.push(self.stroke(note));
        }
        fingers
    }

    /// The stroke of a note.
    fn stroke(&self, note: &PathNote) -> Stroke {
        let (start_s, end_s) = (note.start_s.min(PATH_LIMIT_S), rounded_s(note.end_s().min(PATH_LIMIT_S)));
        let rate_hz = self.rate_hz();
        let steps = (start_s * rate_hz) as usize..self.steps();
        let inner =
            steps.map(|step| rounded_s(step as f64 / rate_hz)).skip_while(|time_s| *time_s <= start_s);
        let inner = inner.take_while(|time_s| *time_s < end_s);
        let last = (end_s > start_s).then_some(end_s);
        let times = std::iter::once(start_s).chain(inner).chain(last);
        let samples = times.map(|time_s| (time_s, <[f32; 2]>::from(self.point_at(time_s)))).collect();
        let samples = simplified(samples).into_iter().map(|(time_s, [x, y])| {
            let tidy = |value: f32| crate::latent_path::kept(f64::from(value));
            Sample(time_s, Point { x: tidy(x), y: tidy(y) })
        });
        Stroke { samples: samples.collect(), velocity: note.velocity, key: note.key }
    }
}

/// Where a finger is at each step; in a pause where it lifted, and just before it lands where it will.
fn points_of_steps(path: &Path, steps: usize, rate_hz: f64) -> Vec<Point> {
    let mut strokes = path.strokes.iter().peekable();
    let Some(mut here) = strokes.peek().and_then(|stroke| stroke.samples.first()).map(|first| first.1) else {
        return vec![Point::default(); steps];
    };
    let mut points = Vec::with_capacity(steps);
    for step in 0..steps {
        let time_s = step as f64 / rate_hz;
        while let Some(stroke) = strokes.peek() {
            let samples = &stroke.samples;
            if time_s < stroke.start_s() {
                // Between this step and the next the finger lands: no glide from where it lifted.
                if stroke.start_s() < time_s + 1.0 / rate_hz {
                    here = samples[0].1;
                }
                break;
            }
            let next = samples.partition_point(|sample| sample.0 <= time_s);
            let Sample(from_s, from) = samples[next - 1];
            match samples.get(next) {
                Some(&Sample(to_s, to)) => {
                    here = from.towards(to, ((time_s - from_s) / (to_s - from_s)) as f32);
                    break;
                }
                None => {
                    here = from;
                    strokes.next();
                }
            }
        }
        points.push(here);
    }
    points
}

/// The samples without those that lie on the line between their remaining neighbours.
fn simplified(samples: Vec<(f64, [f32; 2])>) -> Vec<(f64, [f32; 2])> {
    let Some(&first) = samples.first() else { return samples };
    let mut kept = vec![first];
    // The slopes of lines from the last kept sample that pass all later ones closely enough.
    const ANY: [[f64; 2]; 2] = [[f64::NEG_INFINITY, f64::INFINITY]; 2];
    let mut slopes = ANY;
    let mut before = first;
    for &sample in &samples[1..] {
        let slope = |from: (f64, [f32; 2]), axis: usize, margin: f64| {
            (f64::from(sample.1[axis]) - f64::from(from.1[axis]) + margin) / (sample.0 - from.0)
        };
        let mut anchor = kept[kept.len() - 1];
        let is_passed =
            (0..2).all(|axis| (slopes[axis][0]..=slopes[axis][1]).contains(&slope(anchor, axis, 0.0)));
        if !is_passed {
            kept.push(before);
            anchor = before;
            slopes = ANY;
        }
        for (axis, [least, most]) in slopes.iter_mut().enumerate() {
            *least = least.max(slope(anchor, axis, -TOLERANCE));
            *most = most.min(slope(anchor, axis, TOLERANCE));
        }
        before = sample;
    }
    if samples.len() > 1 {
        kept.push(before);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_needs_only_its_ends() {
        let x: Vec<f32> = (0..=800).map(|step| step as f32 / 200.0 - 2.0).collect();
        let mut path = LatentPath::new(vec![x, vec![1.0; 801]], 100.0).unwrap();
        path.set_level(Some(&[0.0, 1.0]));
        let fingers = path.to_strokes();
        assert_eq!(fingers.len(), 1);
        assert_eq!(fingers[0].strokes[0].samples.len(), 2);
        assert_eq!((fingers[0].level_at(4.0), fingers[0].end_s()), (0.5, 8.0));
    }

    #[test]
    fn notes_at_the_same_time_have_fingers_of_their_own() {
        let mut path = LatentPath::new(vec![vec![0.0; 101], vec![0.0; 101]], 100.0).unwrap();
        let note = |start_s: f64, key: u8| PathNote { start_s, length_s: 0.5, key: Some(key), velocity: 90 };
        path.set_notes(&[note(0.0, 60), note(0.25, 64), note(0.5, 67)]);
        let fingers = path.to_strokes();
        let keys = |finger: &Path| finger.notes().filter_map(|note| note.key).collect::<Vec<u8>>();
        assert_eq!(fingers.iter().map(keys).collect::<Vec<_>>(), [vec![60, 67], vec![64]]);
    }

    #[test]
    fn a_finger_that_lands_elsewhere_does_not_glide_there() {
        let mut path = Path::default();
        path.land(0.0, Point { x: -3.0, y: 0.0 }, 80);
        path.lift(0.503);
        path.land(1.007, Point { x: 3.0, y: 0.0 }, 90);
        path.lift(2.0);
        let made = LatentPath::from_strokes(&path, 2.0);
        assert_eq!((made.steps(), made.notes().len()), (201, 2));
        assert_eq!((made.point_at(0.5).x, made.point_at(1.007).x), (-3.0, 3.0));
        assert_eq!(made.to_strokes()[0], path);
    }

    proptest! {
        #[test]
        fn values_survive_the_way_to_strokes_and_back(
            (x, y) in (2usize..300).prop_flat_map(|steps| (
                prop::collection::vec(-4.0f32..=4.0, steps), prop::collection::vec(-0.01f32..=0.01, steps),
            )),
        ) {
            let steps = x.len();
            let path = LatentPath::new(vec![x, y], 100.0).unwrap();
            let fingers = path.to_strokes();
            prop_assert_eq!(fingers.len(), 1);
            let again = LatentPath::from_strokes(&fingers[0], path.length_s());
            prop_assert_eq!(again.steps(), steps);
            for (one, other) in path.points().zip(again.points()) {
                prop_assert!(one.distance(other) < 4e-4, "{one:?} became {other:?}");
            }
            let saved: Path = serde_json::from_str(&serde_json::to_string(&fingers[0]).unwrap()).unwrap();
            prop_assert_eq!(&saved, &fingers[0]);
        }
    }
}
