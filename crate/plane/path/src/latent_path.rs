//! A path through a latent space: one lane of values for each dimension at a constant rate, a level curve and notes.
//! Every path that exists is within its limits: each function that makes one checks or clamps.

use plane::{LATENT_LIMIT, Point};

use crate::PathNote;
use crate::strokes::PATH_LIMIT_S;

/// Steps a second of a path that states none.
pub const USUAL_RATE_HZ: f64 = 100.0;
/// Fewest and most steps a second.
pub const RATES_HZ: [f64; 2] = [0.1, 1000.0];
/// Most values of a lane: ten minutes at the usual rate.
pub const STEP_LIMIT: usize = 60_001;
/// Most values of all lanes together: eight lanes of the longest path.
pub const VALUE_LIMIT: usize = 8 * STEP_LIMIT;
/// Most lanes.
pub const LANE_LIMIT: usize = 64;
/// Most notes: seven a second for ten minutes.
pub const NOTE_LIMIT: usize = 4_200;
/// Most characters of a name.
pub const NAME_LIMIT: usize = 40;
/// Most beats: the longest path at 300 beats a minute.
pub const BEAT_LIMIT: f64 = 3000.0;
/// Largest value of a lane if the space is not the plane, whose values end at ±4.
pub const VALUE_RANGE: f32 = 100.0;
/// Steps of a unit in which values are kept, so that a saved path plays exactly as before.
const FINENESS: f64 = 1e4;

/// A path: `lanes[i][n]` is coordinate i at n / `rate_hz` seconds. Between steps the path goes in straight lines, so
/// that N values last (N − 1) / `rate_hz` seconds: the first value sounds at the beginning, the last one at the end.
#[derive(Clone, Debug, PartialEq)]
pub struct LatentPath {
    name: String,
    rate_hz: f64,
    lanes: Vec<Vec<f32>>,
    level: Option<Vec<f32>>,
    notes: Vec<PathNote>,
    is_loop: bool,
    beats: Option<f64>,
}

/// The reason why numbers do not make a path.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PathValueError {
    /// No lane or too many.
    #[error("a path has 1 to {LANE_LIMIT} lanes, this one has {0}; save it again")]
    Lanes(usize),
    /// Lanes of other lengths.
    #[error(
        "lane {lane} has {found} values, the first one {expected}; give all lanes the same number of values"
    )]
    Length {
        /// Its number, from 1.
        lane: usize,
        /// The number of its values.
        found: usize,
        /// The number of values of the first lane.
        expected: usize,
    },
    /// Too few values or too many.
    #[error(
        "a path has 2 to {STEP_LIMIT} values in each lane and at most {VALUE_LIMIT} in all, this one {0} in each; choose another length or rate"
    )]
    Steps(usize),
    /// A value that is not a number or is outside the space.
    #[error("value {step} of lane {lane} must be a number from -{limit} to {limit}; correct it")]
    Value {
        /// The lane, from 1.
        lane: usize,
        /// The value, from 1.
        step: usize,
        /// The largest allowed value.
        limit: f32,
    },
    /// A rate that is not a number or outside [`RATES_HZ`].
    #[error("the rate must be {} to {} steps a second; choose one within that", RATES_HZ[0], RATES_HZ[1])]
    Rate,
    /// It lasts too long, in seconds.
    #[error("a path lasts at most {PATH_LIMIT_S} seconds, this one {0:.0}; make it shorter")]
    Duration(f64),
    /// Its length in seconds is not above 0.
    #[error("a path lasts longer than 0 seconds; make it longer")]
    NoDuration,
}

/// The nearest value that is kept.
pub(crate) fn kept(value: f64) -> f32 {
    // Adding 0 makes −0 the same as 0.
    ((value * FINENESS).round() / FINENESS) as f32 + 0.0
}

/// The largest value in a space of this many dimensions.
pub(crate) fn limit(dimensions: usize) -> f32 {
    if dimensions == 2 { LATENT_LIMIT } else { VALUE_RANGE }
}

impl LatentPath {
    /// A path of these lanes. Its single note lasts as long as it does.
    ///
    /// # Errors
    /// If the number of lanes is not 1 to 64, or they differ in length. If a value is not a number or is outside the
    /// space (±4 for two lanes). If the rate is not 0.1 to 1,000 steps a second, or the path is too short or too long.
    pub fn new(lanes: Vec<Vec<f32>>, rate_hz: f64) -> Result<Self, PathValueError> {
        if !(1..=LANE_LIMIT).contains(&lanes.len()) {
            return Err(PathValueError::Lanes(lanes.len()));
        }
        let steps = lanes[0].len();
        if !(2..=STEP_LIMIT).contains(&steps) || steps * lanes.len() > VALUE_LIMIT {
            return Err(PathValueError::Steps(steps));
        }
        if let Some(lane) = lanes.iter().position(|lane| lane.len() != steps) {
            return Err(PathValueError::Length { lane: lane + 1, found: lanes[lane].len(), expected: steps });
        }
        let limit = limit(lanes.len());
        for (lane, values) in lanes.iter().enumerate() {
            if let Some(step) = values.iter().position(|value| !(-limit..=limit).contains(value)) {
                return Err(PathValueError::Value { lane: lane + 1, step: step + 1, limit });
            }
        }
        if !(RATES_HZ[0]..=RATES_HZ[1]).contains(&rate_hz) {
            return Err(PathValueError::Rate);
        }
        let length_s = (steps - 1) as f64 / rate_hz;
        if length_s > PATH_LIMIT_S * (1.0 + 1e-6) {
            return Err(PathValueError::Duration(length_s));
        }
        Ok(Self::of(lanes, rate_hz))
    }

    /// A path through points of the plane.
    ///
    /// # Errors
    /// As [`LatentPath::new`].
    pub fn through(points: &[Point], rate_hz: f64) -> Result<Self, PathValueError> {
        let lane = |coordinate: fn(&Point) -> f32| points.iter().map(coordinate).collect();
        Self::new(vec![lane(|point| point.x), lane(|point| point.y)], rate_hz)
    }

    /// A path of lanes that are within the limits but for the size of their values.
    pub(crate) fn of(mut lanes: Vec<Vec<f32>>, rate_hz: f64) -> Self {
        let limit = limit(lanes.len());
        for value in lanes.iter_mut().flatten() {
            *value = tidy(*value, -limit, limit);
        }
        let mut path = Self {
            name: String::new(),
            rate_hz: (rate_hz * 1e9).round() / 1e9,
            lanes,
            level: None,
            notes: Vec::new(),
            is_loop: false,
            beats: None,
        };
        path.set_notes(&[]);
        path
    }

    /// The same path with other lanes, within their limits but for the size of their values, and another rate. Keeps
    /// everything else, a level curve only if it has the new length.
    pub(crate) fn with_lanes(&self, lanes: Vec<Vec<f32>>, rate_hz: f64) -> Self {
        let mut changed = Self::of(lanes, rate_hz);
        changed.name.clone_from(&self.name);
        changed.is_loop = self.is_loop;
        changed.beats = self.beats;
        changed.level = self.level.clone().filter(|level| level.len() == changed.steps());
        changed.set_notes(&self.notes);
        changed
    }

    /// Its name; may be empty.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Names it, by up to [`NAME_LIMIT`] characters.
    pub fn set_name(&mut self, name: &str) {
        self.name = name.trim().chars().filter(|letter| !letter.is_control()).take(NAME_LIMIT).collect();
        self.name.truncate(self.name.trim_end().len());
    }

    /// True if another path differs from this one by its name at most.
    pub fn plays_like(&self, other: &Self) -> bool {
        *self == Self { name: self.name.clone(), ..other.clone() }
    }

    /// Steps a second.
    pub fn rate_hz(&self) -> f64 {
        self.rate_hz
    }

    /// The values of each dimension.
    pub fn lanes(&self) -> &[Vec<f32>] {
        &self.lanes
    }

    /// Values of a lane, 2 or more.
    pub fn steps(&self) -> usize {
        self.lanes[0].len()
    }

    /// Length in seconds, above 0.
    pub fn length_s(&self) -> f64 {
        (self.steps() - 1) as f64 / self.rate_hz
    }

    /// Writes values into a lane from a step on. Values are clamped; a value that is not a number, or has no step in
    /// the lane, is left out.
    pub fn set_values(&mut self, lane: usize, first_step: usize, values: &[f32]) {
        let limit = limit(self.lanes.len());
        let Some(lane) = self.lanes.get_mut(lane) else { return };
        for (own, value) in lane.iter_mut().skip(first_step).zip(values) {
            if value.is_finite() {
                *own = tidy(*value, -limit, limit);
            }
        }
    }

    /// The level of each step, 0…1 (MIDI controller 7), in place of the patches' own volumes; `None` if the patches'
    /// volumes apply, which differ. An operator that changes or mixes levels takes `None` as 1.
    pub fn level(&self) -> Option<&[f32]> {
        self.level.as_deref()
    }

    /// Sets or removes the level curve. Values are clamped to 0…1; a curve of another length is resampled.
    pub fn set_level(&mut self, level: Option<&[f32]>) {
        let level = level.filter(|level| !level.is_empty());
        self.level = level.map(|level| {
            let resampled = resampled(level, self.steps());
            resampled.into_iter().map(|value| tidy(value, 0.0, 1.0)).collect()
        });
    }

    /// The notes, in order of their start. At least one.
    pub fn notes(&self) -> &[PathNote] {
        &self.notes
    }

    /// Replaces the notes. Notes are cut at the ends of the path; if no note is left, one lasts as long as the path.
    pub fn set_notes(&mut self, notes: &[PathNote]) {
        let length_s = crate::strokes::rounded_s(self.length_s());
        self.notes = notes.iter().filter_map(|note| note.within(length_s)).take(NOTE_LIMIT).collect();
        self.notes.sort_by(PathNote::order);
        if self.notes.is_empty() {
            let velocity = crate::strokes::USUAL_VELOCITY;
            self.notes = vec![PathNote { start_s: 0.0, length_s, key: None, velocity }];
        }
    }

    /// True if the path begins again at its end.
    pub fn is_loop(&self) -> bool {
        self.is_loop
    }

    /// Makes it begin again at its end, or end there.
    pub fn set_loop(&mut self, is_loop: bool) {
        self.is_loop = is_loop;
    }

    /// Its length in beats of the tempo; `None` if it lasts [`LatentPath::length_s`].
    pub fn beats(&self) -> Option<f64> {
        self.beats
    }

    /// Sets its length in beats, above 0 up to [`BEAT_LIMIT`]; any other number counts as `None`.
    pub fn set_beats(&mut self, beats: Option<f64>) {
        let beats = beats.map(|beats| (beats * FINENESS).round() / FINENESS);
        self.beats = beats.filter(|beats| *beats > 0.0 && *beats <= BEAT_LIMIT);
    }

    /// The level at a time in seconds.
    pub fn level_at(&self, time_s: f64) -> f32 {
        self.level.as_ref().map_or(1.0, |level| value_at(level, time_s * self.rate_hz))
    }

    /// The point of the plane at a time in seconds: the first two lanes, in straight lines between steps.
    pub fn point_at(&self, time_s: f64) -> Point {
        let value =
            |lane: usize| self.lanes.get(lane).map_or(0.0, |lane| value_at(lane, time_s * self.rate_hz));
        Point::on_plane(value(0), value(1))
    }

    /// The points of the plane, one a step: the first two lanes.
    pub fn points(&self) -> impl Iterator<Item = Point> {
        (0..self.steps()).map(|step| {
            let value = |lane: usize| self.lanes.get(lane).map_or(0.0, |lane| lane[step]);
            Point::on_plane(value(0), value(1))
        })
    }

    /// The same path at another rate, as long as before to within a step.
    pub fn at_rate(&self, rate_hz: f64) -> Self {
        let rate_hz = if rate_hz.is_nan() { self.rate_hz } else { rate_hz.clamp(RATES_HZ[0], RATES_HZ[1]) };
        let room = STEP_LIMIT.min(VALUE_LIMIT / self.lanes.len());
        let steps = ((self.length_s() * rate_hz).round() as usize + 1).clamp(2, room);
        self.with_steps(steps, (steps - 1) as f64 / self.length_s())
    }

    /// The same path resampled to a number of steps and another rate. Notes keep their times.
    pub(crate) fn with_steps(&self, steps: usize, rate_hz: f64) -> Self {
        let lanes = self.lanes.iter().map(|lane| resampled(lane, steps)).collect();
        let mut changed = self.with_lanes(lanes, rate_hz);
        changed.set_level(self.level());
        changed
    }
}

/// The nearest kept value within limits; the middle between them if the value is not a number.
fn tidy(value: f32, least: f32, most: f32) -> f32 {
    if value.is_nan() { f32::midpoint(least, most) } else { kept(f64::from(value.clamp(least, most))) }
}

/// The value at a position in steps, in straight lines between steps.
pub(crate) fn value_at(values: &[f32], position: f64) -> f32 {
    let last = values.len() - 1;
    let position = if position.is_nan() { 0.0 } else { position.clamp(0.0, last as f64) };
    let before = (position as usize).min(last.saturating_sub(1));
    let share = position - before as f64;
    let (from, to) = (f64::from(values[before]), f64::from(values[(before + 1).min(last)]));
    (from * (1.0 - share) + to * share) as f32
}

/// Values resampled to another number, ends exact, in straight lines between them.
pub(crate) fn resampled(values: &[f32], steps: usize) -> Vec<f32> {
    if values.len() == steps {
        return values.to_vec();
    }
    let ratio = (values.len() - 1) as f64 / (steps.max(2) - 1) as f64;
    (0..steps).map(|step| value_at(values, step as f64 * ratio)).collect()
}
