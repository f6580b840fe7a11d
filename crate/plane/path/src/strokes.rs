//! A path: the points of one finger in time, as strokes from landing to lifting with pauses between them. Plain data at
//! any time asked for; crate `play` records and repeats them. It reads no clock.

use serde::{Deserialize, Serialize};

use plane::Point;

use crate::PathNote;

/// The longest path, in seconds: ten minutes.
pub const PATH_LIMIT_S: f64 = 600.0;
/// The velocity of a note that states none: that of the notes whose sounds made the map (C4, velocity 100).
pub const USUAL_VELOCITY: u8 = 100;
/// The least time between samples, in seconds: two frames of the fastest screens.
pub const CLOSEST_S: f64 = 1.0 / 120.0;
/// After this long without an event, in seconds, the finger has rested and did not move slowly to the next point.
const REST_S: f64 = 0.05;
/// Steps of a latent unit in which points are kept: a ten-thousandth, which keeps the saved text short.
const FINENESS: f32 = 1e4;

/// A sample: seconds from the beginning, x, y.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sample(pub(crate) f64, pub(crate) Point);

/// The points from landing to lifting.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stroke {
    /// Never empty, in order of time.
    pub(crate) samples: Vec<Sample>,
    /// MIDI velocity, 1…127, of its note.
    pub(crate) velocity: u8,
    /// MIDI key, 0…127, of its note; `None` if it takes the key that the page plays.
    pub(crate) key: Option<u8>,
}

impl Stroke {
    pub(crate) fn start_s(&self) -> f64 {
        self.samples.first().map_or(f64::INFINITY, |sample| sample.0)
    }

    pub(crate) fn end_s(&self) -> f64 {
        self.samples.last().map_or(f64::NEG_INFINITY, |sample| sample.0)
    }
}

/// The strokes of one finger, in order of time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "SavedPath", into = "SavedPath")]
pub struct Path {
    pub(crate) strokes: Vec<Stroke>,
    /// Seconds and level 0…1, in order of time; empty if the patches keep their own volumes.
    pub(crate) levels: Vec<(f64, f32)>,
    /// The course of an edited path in pauses, which are silent; only the pauses in which the path leaves the point
    /// where the finger lifted. They are in order of time, and each has a sample.
    pub(crate) rests: Vec<Vec<Sample>>,
}

/// The state of a path at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathPoint {
    /// The number of the stroke.
    pub stroke: usize,
    /// The point.
    pub point: Point,
    /// MIDI velocity of the stroke, 1…127.
    pub velocity: u8,
    /// MIDI key of the stroke, 0…127; `None` if it takes the key that the page plays.
    pub key: Option<u8>,
}

/// The reason why a saved path cannot be played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the saved path is damaged: its times do not go forward; record it again")]
pub struct PathError;

/// A path as it is saved. Earlier versions save no velocities, and a path without keys or levels saves none.
#[derive(Clone, Default, Serialize, Deserialize)]
struct SavedPath {
    strokes: Vec<Vec<Sample>>,
    #[serde(default)]
    velocities: Vec<u8>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    keys: Vec<Option<u8>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    levels: Vec<(f64, f32)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rests: Vec<Vec<Sample>>,
}

impl TryFrom<SavedPath> for Path {
    type Error = PathError;

    fn try_from(
        SavedPath { strokes, velocities, keys, levels, rests }: SavedPath,
    ) -> Result<Self, PathError> {
        let is_valid = |times: &mut dyn Iterator<Item = f64>| {
            let times: Vec<f64> = times.collect();
            times.is_sorted() && times.iter().all(|time_s| (0.0..=PATH_LIMIT_S).contains(time_s))
        };
        if !is_valid(&mut strokes.iter().flatten().map(|sample| sample.0))
            || !is_valid(&mut levels.iter().map(|level| level.0))
            || !is_valid(&mut rests.iter().flatten().map(|sample| sample.0))
            || strokes.iter().chain(&rests).any(Vec::is_empty)
        {
            return Err(PathError);
        }
        let key = |stroke: usize| keys.get(stroke).copied().flatten().filter(|key| *key < 128);
        let velocity =
            |stroke: usize| velocities.get(stroke).map_or(USUAL_VELOCITY, |own| (*own).clamp(1, 127));
        let strokes = strokes.into_iter().enumerate();
        Ok(Self {
            strokes: strokes
                .map(|(number, samples)| Stroke { samples, velocity: velocity(number), key: key(number) })
                .collect(),
            levels: levels.into_iter().map(|(time_s, level)| (time_s, level.clamp(0.0, 1.0))).collect(),
            rests,
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
        let path = Path::try_from(SavedPath { strokes: self.strokes, ..SavedPath::default() })?;
        let is_valid = !path.is_empty() && self.length_s >= path.end_s() && self.length_s <= PATH_LIMIT_S;
        if is_valid && self.length_s > 0.0 { Ok((path, self.length_s)) } else { Err(PathError) }
    }
}

impl From<Path> for SavedPath {
    fn from(Path { strokes, levels, rests }: Path) -> Self {
        let has_keys = strokes.iter().any(|stroke| stroke.key.is_some());
        Self {
            keys: strokes.iter().filter(|_| has_keys).map(|stroke| stroke.key).collect(),
            levels,
            rests,
            velocities: strokes.iter().map(|stroke| stroke.velocity).collect(),
            strokes: strokes.into_iter().map(|stroke| stroke.samples).collect(),
        }
    }
}

impl Path {
    /// The same path with each point put elsewhere.
    pub fn with_points(&self, mut place: impl FnMut(Point) -> Point) -> Self {
        let mut moved = self.clone();
        let strokes = moved.strokes.iter_mut().map(|stroke| &mut stroke.samples);
        for samples in strokes.chain(&mut moved.rests) {
            samples.iter_mut().for_each(|sample| sample.1 = rounded(place(sample.1)));
        }
        moved
    }

    /// The same path with fewer points: at each time it is within a distance of where it was, in latent units.
    pub fn thinned(&self, distance: f32) -> Self {
        let mut thin = self.clone();
        for Stroke { samples, .. } in &mut thin.strokes {
            let is_kept = kept_samples(samples, distance);
            let mut kept = is_kept.iter();
            samples.retain(|_| kept.next().is_some_and(|own| *own));
        }
        thin
    }

    /// The same path with its keys so many semitones higher, within those of MIDI.
    pub fn transposed(&self, semitones: i16) -> Self {
        let mut transposed = self.clone();
        for stroke in &mut transposed.strokes {
            stroke.key = stroke.key.map(|key| (i16::from(key) + semitones).clamp(0, 127) as u8);
        }
        transposed
    }

    /// The same path, in which each stroke without a key plays the one that belongs to the point where it begins.
    pub fn with_keys(&self, mut key_at: impl FnMut(Point) -> Option<u8>) -> Self {
        let mut keyed = self.clone();
        for Stroke { samples, key, .. } in &mut keyed.strokes {
            *key = key.or_else(|| key_at(samples.first()?.1));
        }
        keyed
    }

    /// The same path in a time that passes slower by a factor above 1, or faster.
    pub fn stretched(&self, factor: f64) -> Self {
        let mut stretched = self.clone();
        let strokes = stretched.strokes.iter_mut().map(|stroke| &mut stroke.samples);
        for samples in strokes.chain(&mut stretched.rests) {
            samples.iter_mut().for_each(|sample| sample.0 = rounded_s(sample.0 * factor));
        }
        stretched.levels.iter_mut().for_each(|level| level.0 = rounded_s(level.0 * factor));
        stretched
    }

    /// The same path up to a time in seconds: a stroke that is down then ends there, and later ones are left out.
    pub fn until(&self, end_s: f64) -> Self {
        let mut cut = self.clone();
        cut.strokes.retain(|stroke| stroke.start_s() < end_s);
        for Stroke { samples, .. } in &mut cut.strokes {
            let next = samples.partition_point(|sample| sample.0 <= end_s);
            if let Some(&Sample(to_s, to)) = samples.get(next) {
                let Sample(from_s, from) = samples[next - 1];
                samples.truncate(next);
                samples.push(Sample(end_s, from.towards(to, ((end_s - from_s) / (to_s - from_s)) as f32)));
            }
        }
        cut.levels.retain(|level| level.0 <= end_s);
        cut.rests.retain(|rest| rest.last().is_some_and(|sample| sample.0 <= end_s));
        cut
    }

    /// True if the path has no stroke.
    pub fn is_empty(&self) -> bool {
        self.strokes.is_empty()
    }

    /// The end of the last stroke, in seconds; 0 without a stroke.
    pub fn end_s(&self) -> f64 {
        self.strokes.last().map_or(0.0, Stroke::end_s)
    }

    /// The strokes as lines to draw.
    pub fn lines(&self) -> impl Iterator<Item = impl Iterator<Item = Point>> {
        self.strokes.iter().map(|stroke| stroke.samples.iter().map(|sample| sample.1))
    }

    /// The state of the path at a time in seconds; `None` in a pause.
    pub fn at(&self, time_s: f64) -> Option<PathPoint> {
        let within = |stroke: &Stroke| (stroke.start_s()..=stroke.end_s()).contains(&time_s);
        let number = self.strokes.iter().position(within)?;
        let &Stroke { ref samples, velocity, key } = &self.strokes[number];
        let next = samples.partition_point(|sample| sample.0 <= time_s);
        let Sample(from_s, from) = samples[next.max(1) - 1];
        let point = match samples.get(next) {
            Some(&Sample(to_s, to)) => from.towards(to, ((time_s - from_s) / (to_s - from_s)) as f32),
            None => from,
        };
        Some(PathPoint { stroke: number, point, velocity, key })
    }

    /// The level at a time in seconds, 0…1; 1 if the path has no level curve.
    pub fn level_at(&self, time_s: f64) -> f32 {
        let next = self.levels.partition_point(|level| level.0 <= time_s);
        match (next.checked_sub(1).and_then(|before| self.levels.get(before)), self.levels.get(next)) {
            (Some(&(from_s, from)), Some(&(to_s, to))) => {
                from + (to - from) * ((time_s - from_s) / (to_s - from_s)) as f32
            }
            (Some(&(_, level)), None) | (None, Some(&(_, level))) => level,
            (None, None) => 1.0,
        }
    }

    /// True if the path has a level curve.
    pub fn has_levels(&self) -> bool {
        !self.levels.is_empty()
    }

    /// Each stroke's start and end in seconds, its velocity and its key, in order of time.
    pub fn notes(&self) -> impl Iterator<Item = PathNote> {
        self.strokes.iter().map(|stroke| PathNote {
            start_s: stroke.start_s(),
            length_s: stroke.end_s() - stroke.start_s(),
            key: stroke.key,
            velocity: stroke.velocity,
        })
    }

    /// The finger lands: seconds from the beginning, MIDI velocity 1…127.
    pub fn land(&mut self, time_s: f64, point: Point, velocity: u8) {
        self.strokes.push(Stroke { samples: vec![Sample(time_s, rounded(point))], velocity, key: None });
    }

    /// A key goes down at a point: seconds from the beginning, MIDI key 0…127, MIDI velocity 1…127.
    pub fn strike(&mut self, time_s: f64, point: Point, key: u8, velocity: u8) {
        self.land(time_s, point, velocity);
        if let Some(stroke) = self.strokes.last_mut() {
            stroke.key = Some(key);
        }
    }

    /// The finger, which is down, is at a point.
    pub fn slide(&mut self, time_s: f64, point: Point) {
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
    pub fn lift(&mut self, time_s: f64) {
        let Some(Stroke { samples, .. }) = self.strokes.last_mut() else { return };
        if let Some(&Sample(last_s, last)) = samples.last()
            && time_s > last_s
        {
            samples.push(Sample(time_s, last));
        }
    }
}

/// The samples between which straight moves stay within a distance of all others: the farthest one of a part that does
/// not is kept, and then both of its sides are looked at (Douglas and Peucker 1973, by time).
fn kept_samples(samples: &[Sample], distance: f32) -> Vec<bool> {
    let mut is_kept = vec![false; samples.len()];
    let last = samples.len() - 1;
    (is_kept[0], is_kept[last]) = (true, true);
    let mut parts = vec![(0, last)];
    while let Some((first, last)) = parts.pop() {
        let (Sample(from_s, from), Sample(to_s, to)) = (samples[first], samples[last]);
        let off = |Sample(time_s, point): Sample| {
            let share = if to_s > from_s { (time_s - from_s) / (to_s - from_s) } else { 0.0 };
            point.distance(from.towards(to, share as f32))
        };
        let between = (first + 1..last).map(|number| (number, off(samples[number])));
        let farthest = between.max_by(|one, other| one.1.total_cmp(&other.1));
        if let Some((number, _)) = farthest.filter(|(_, off)| *off > distance) {
            is_kept[number] = true;
            parts.extend([(first, number), (number, last)]);
        }
    }
    is_kept
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
mod tests;
