//! From the strokes of a finger to a path of values in time, and back. While the finger is up, the values stay where it
//! lifted, unless the strokes keep the course of an edited path there.

use plane::Point;

use crate::latent_path::{RATES_HZ, STEP_LIMIT, USUAL_RATE_HZ};
use crate::strokes::{PATH_LIMIT_S, Path, Sample, Stroke, rounded_s};
use crate::{LatentPath, PathNote};

/// Most fingers that play the notes of a path: those of two hands. Further notes at the same time are left out.
pub const FINGER_LIMIT: usize = 10;
/// The greatest distance of a left-out point from the line between its neighbours, in latent units or shares of the
/// level: the step in which values are kept.
const TOLERANCE: f64 = 1e-4;

impl LatentPath {
    /// The path of a finger, a value each hundredth of a second, as a path of this length in seconds. Each stroke
    /// becomes a note.
    pub fn from_strokes(path: &Path, length_s: f64) -> Self {
        let least_s = 1.0 / RATES_HZ[1];
        let length_s = if length_s.is_nan() { path.end_s() } else { length_s };
        let length_s = length_s.clamp(least_s, PATH_LIMIT_S);
        let steps = ((length_s * USUAL_RATE_HZ).round() as usize + 1).clamp(2, STEP_LIMIT);
        let rate_hz = (steps - 1) as f64 / length_s;
        let mut points: Vec<Point> = points_of_steps(path, steps, rate_hz);
        path.rests.iter().for_each(|rest| lead_through(rest, &mut points, rate_hz));
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
            // Taps at the same time, which last nothing, are on fingers of their own.
            let is_free = |finger: &Path| {
                finger.end_s() <= note.start_s
                    && finger.strokes.last().is_none_or(|last| last.start_s() < note.start_s)
            };
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
        // Only the first finger keeps them: fingers that play at the same time would keep the same values again and
        // again.
        if let Some(first) = fingers.first_mut() {
            first.rests = self.rests(first);
        }
        fingers
    }

    /// The course of the path in the pauses of a finger that plays it; only the pauses in which the path leaves the
    /// point where the finger lifted.
    fn rests(&self, finger: &Path) -> Vec<Vec<Sample>> {
        let rate_hz = self.rate_hz();
        let stays = points_of_steps(finger, self.steps(), rate_hz);
        let starts = finger.strokes.iter().map(|stroke| stroke.start_s()).chain([f64::INFINITY]);
        let ends =
            std::iter::once(f64::NEG_INFINITY).chain(finger.strokes.iter().map(|stroke| stroke.end_s()));
        let rest = |(end_s, start_s): (f64, f64)| {
            let first = ((end_s * rate_hz).floor() + 1.0).max(0.0) as usize;
            let steps = first..((start_s * rate_hz).ceil() as usize).min(self.steps());
            let leads = |step: usize| <[f32; 2]>::from(self.point_at(step as f64 / rate_hz));
            let differs = |step: usize| {
                let stay = <[f32; 2]>::from(stays[step]);
                leads(step).iter().zip(stay).any(|(value, stay)| f64::from((value - stay).abs()) > TOLERANCE)
            };
            if !steps.clone().any(differs) {
                return None;
            }
            let time_s = |step: usize| rounded_s((step as f64 / rate_hz).min(PATH_LIMIT_S));
            Some(samples_of(steps.map(|step| (time_s(step), leads(step))).collect()))
        };
        ends.zip(starts).filter_map(rest).collect()
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
        Stroke { samples: samples_of(samples), velocity: note.velocity, key: note.key }
    }
}

/// The samples that are needed to draw through all of these.
fn samples_of(samples: Vec<(f64, [f32; 2])>) -> Vec<Sample> {
    let tidy = |value: f32| crate::latent_path::kept(f64::from(value));
    let sample = |(time_s, [x, y]): (f64, [f32; 2])| Sample(time_s, Point { x: tidy(x), y: tidy(y) });
    simplified(samples).into_iter().map(sample).collect()
}

/// The point of a finger at each step. In a pause it is the point where the finger lifted; at the last step before a
/// stroke it is the point where the finger lands.
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

/// Leads a path through the points of a pause.
fn lead_through(rest: &[Sample], points: &mut [Point], rate_hz: f64) {
    let [Some(first), Some(last)] = [rest.first(), rest.last()] else { return };
    let step = |time_s: f64| (time_s * rate_hz).round() as usize;
    for step in step(first.0)..(step(last.0) + 1).min(points.len()) {
        let time_s = step as f64 / rate_hz;
        let next = rest.partition_point(|sample| sample.0 <= time_s);
        let Sample(from_s, from) = rest[next.max(1) - 1];
        points[step] = rest
            .get(next)
            .filter(|_| next > 0)
            .map_or(from, |&Sample(to_s, to)| from.towards(to, ((time_s - from_s) / (to_s - from_s)) as f32));
    }
}

/// Leaves out the samples that lie on the line between their remaining neighbours.
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

    #[test]
    fn a_deleted_note_leaves_the_values_under_it() {
        let x: Vec<f32> = (0..=400).map(|step| step as f32 / 100.0 - 2.0).collect();
        let mut path = LatentPath::new(vec![x, vec![0.5; 401]], 100.0).unwrap();
        let note = |start_s: f64| PathNote { start_s, length_s: 1.0, key: None, velocity: 90 };
        for notes in [vec![note(2.0)], vec![note(0.0), note(3.0)], vec![note(1.0)]] {
            path.set_notes(&notes);
            let fingers = path.to_strokes();
            let again = LatentPath::from_strokes(&fingers[0], 4.0);
            for (one, other) in path.points().zip(again.points()) {
                assert!(one.distance(other) < 4e-4, "{notes:?}: {one:?} became {other:?}");
            }
            let saved = serde_json::to_string(&fingers[0]).unwrap();
            assert_eq!(serde_json::from_str::<Path>(&saved).unwrap(), fingers[0]);
            assert!(saved.len() < 300, "a straight line needs few points: {saved}");
        }
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
