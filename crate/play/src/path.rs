//! A path: the points of one finger in time, as strokes from landing to lifting with pauses between them. Plain data at
//! any time asked for; `loops` repeats paths, `loop_recording` makes them. It reads no clock.

use serde::{Deserialize, Serialize};

use crate::Point;
use crate::velocity::USUAL_VELOCITY;

/// The longest path, in seconds: long enough to repeat, small enough to save.
pub const PATH_LIMIT_S: f64 = 60.0;
/// The least time between samples, in seconds: two frames of the fastest screens.
pub const CLOSEST_S: f64 = 1.0 / 120.0;
/// After this long without an event, in seconds, the finger has rested and did not move slowly to the next point.
const REST_S: f64 = 0.05;
/// Steps of a latent unit in which points are kept: a ten-thousandth, which keeps the saved text short.
const FINENESS: f32 = 1e4;

/// A sample: seconds from the beginning, x, y.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Sample(f64, Point);

/// The points from landing to lifting.
#[derive(Clone, Debug, PartialEq)]
struct Stroke {
    /// Never empty, in order of time.
    samples: Vec<Sample>,
    /// MIDI velocity, 1…127, of its note.
    velocity: u8,
}

impl Stroke {
    fn start_s(&self) -> f64 {
        self.samples.first().map_or(f64::INFINITY, |sample| sample.0)
    }

    fn end_s(&self) -> f64 {
        self.samples.last().map_or(f64::NEG_INFINITY, |sample| sample.0)
    }
}

/// The strokes of one finger, in order of time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "SavedPath", into = "SavedPath")]
pub struct Path {
    strokes: Vec<Stroke>,
}

/// Where a path is at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathPoint {
    /// The number of the stroke.
    pub stroke: usize,
    /// The point.
    pub point: Point,
    /// MIDI velocity of the stroke, 1…127.
    pub velocity: u8,
}

/// Why a saved path cannot be played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the saved path is damaged: its times do not go forward; record it again")]
pub struct PathError;

/// A path as it is saved. Earlier versions save no velocities.
#[derive(Clone, Serialize, Deserialize)]
struct SavedPath {
    strokes: Vec<Vec<Sample>>,
    #[serde(default)]
    velocities: Vec<u8>,
}

impl TryFrom<SavedPath> for Path {
    type Error = PathError;

    fn try_from(SavedPath { strokes, velocities }: SavedPath) -> Result<Self, PathError> {
        let times: Vec<f64> = strokes.iter().flatten().map(|sample| sample.0).collect();
        let is_forward = times.is_sorted();
        let is_within = times.iter().all(|time_s| (0.0..=PATH_LIMIT_S).contains(time_s));
        if !is_forward || !is_within || strokes.iter().any(Vec::is_empty) {
            return Err(PathError);
        }
        let velocity =
            |stroke: usize| velocities.get(stroke).map_or(USUAL_VELOCITY, |own| (*own).clamp(1, 127));
        let strokes = strokes.into_iter().enumerate();
        Ok(Self {
            strokes: strokes
                .map(|(number, samples)| Stroke { samples, velocity: velocity(number) })
                .collect(),
        })
    }
}

/// The gesture of a single finger, as earlier versions saved it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct EarlierGesture {
    length_s: f64,
    strokes: Vec<Vec<Sample>>,
}

impl EarlierGesture {
    /// Its path and its length in seconds.
    ///
    /// # Errors
    /// If it cannot be played.
    pub fn into_path(self) -> Result<(Path, f64), PathError> {
        let path = Path::try_from(SavedPath { strokes: self.strokes, velocities: Vec::new() })?;
        let is_valid = !path.is_empty() && self.length_s >= path.end_s() && self.length_s <= PATH_LIMIT_S;
        if is_valid && self.length_s > 0.0 { Ok((path, self.length_s)) } else { Err(PathError) }
    }
}

impl From<Path> for SavedPath {
    fn from(Path { strokes }: Path) -> Self {
        Self {
            velocities: strokes.iter().map(|stroke| stroke.velocity).collect(),
            strokes: strokes.into_iter().map(|stroke| stroke.samples).collect(),
        }
    }
}

impl Path {
    /// Whether it has no stroke.
    pub fn is_empty(&self) -> bool {
        self.strokes.is_empty()
    }

    /// When the last stroke ends, in seconds; 0 without a stroke.
    pub fn end_s(&self) -> f64 {
        self.strokes.last().map_or(0.0, Stroke::end_s)
    }

    /// The strokes as lines to draw.
    pub fn lines(&self) -> impl Iterator<Item = impl Iterator<Item = Point>> {
        self.strokes.iter().map(|stroke| stroke.samples.iter().map(|sample| sample.1))
    }

    /// Where it is at a time in seconds; none in a pause.
    pub fn at(&self, time_s: f64) -> Option<PathPoint> {
        let within = |stroke: &Stroke| (stroke.start_s()..=stroke.end_s()).contains(&time_s);
        let number = self.strokes.iter().position(within)?;
        let Stroke { samples, velocity } = &self.strokes[number];
        let next = samples.partition_point(|sample| sample.0 <= time_s);
        let Sample(from_s, from) = samples[next.max(1) - 1];
        let point = match samples.get(next) {
            Some(&Sample(to_s, to)) => from.towards(to, ((time_s - from_s) / (to_s - from_s)) as f32),
            None => from,
        };
        Some(PathPoint { stroke: number, point, velocity: *velocity })
    }

    /// The finger lands.
    pub(crate) fn land(&mut self, time_s: f64, point: Point, velocity: u8) {
        self.strokes.push(Stroke { samples: vec![Sample(time_s, rounded(point))], velocity });
    }

    /// The finger, which is down, is at a point.
    pub(crate) fn slide(&mut self, time_s: f64, point: Point) {
        let Some(Stroke { samples, .. }) = self.strokes.last_mut() else { return };
        let Some(&Sample(last_s, last)) = samples.last() else { return };
        if time_s <= last_s {
            return;
        }
        if time_s - last_s > REST_S {
            samples.push(Sample(rounded_s(time_s - CLOSEST_S), last));
        } else if samples.len() > 1 && time_s - samples[samples.len() - 2].0 < CLOSEST_S {
            samples.pop();
        }
        samples.push(Sample(time_s, rounded(point)));
    }

    /// The finger lifts.
    pub(crate) fn lift(&mut self, time_s: f64) {
        let Some(Stroke { samples, .. }) = self.strokes.last_mut() else { return };
        if let Some(&Sample(last_s, last)) = samples.last()
            && time_s > last_s
        {
            samples.push(Sample(time_s, last));
        }
    }
}

/// Rounds a time to a tenth of a millisecond, which keeps the saved text short.
pub fn rounded_s(time_s: f64) -> f64 {
    (time_s * 1e4).round() / 1e4
}

fn rounded(point: Point) -> Point {
    let round = |value: f32| (value * FINENESS).round() / FINENESS;
    Point { x: round(point.x), y: round(point.y) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f32) -> Point {
        Point { x, y: -x }
    }

    #[test]
    fn a_resting_finger_stays_in_place() {
        let mut path = Path::default();
        path.land(0.0, at(0.0), 90);
        path.slide(1.0, at(2.0));
        path.lift(1.5);
        let point = |time_s: f64| path.at(time_s).map(|now| now.point);
        assert_eq!((point(0.9), point(1.2)), (Some(at(0.0)), Some(at(2.0))));
        assert_eq!((point(1.6), path.end_s()), (None, 1.5));
        assert_eq!(path.at(0.5).unwrap().velocity, 90);
    }

    #[test]
    fn a_damaged_path_is_rejected_and_an_earlier_one_plays_at_the_usual_velocity() {
        for damaged in [
            r#"{"strokes":[[[0.5,[0,0]],[0.2,[1,1]]]]}"#,
            r#"{"strokes":[[]]}"#,
            r#"{"strokes":[[[1e9,[0,0]]]]}"#,
            r#"{"strokes":[[[-1,[0,0]]]]}"#,
        ] {
            assert!(serde_json::from_str::<Path>(damaged).is_err(), "{damaged}");
        }
        let earlier: Path = serde_json::from_str(r#"{"length_s":2,"strokes":[[[0,[1,1]]]]}"#).unwrap();
        assert_eq!(earlier.at(0.0).unwrap().velocity, USUAL_VELOCITY);
    }
}
