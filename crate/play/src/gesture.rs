//! A drawn gesture: recorded as strokes of timed points, and the loop that plays it back at any frame time, tempo and
//! direction. It reads no clock: the caller passes the time.

use serde::{Deserialize, Serialize};

use crate::Point;

/// The longest gesture, in seconds: long enough to repeat, small enough to save.
pub const GESTURE_LIMIT_S: f64 = 60.0;
/// The least time between samples, in seconds: two frames of the fastest screens.
const CLOSEST_S: f64 = 1.0 / 120.0;
/// After this long without an event, in seconds, the finger has rested and did not move slowly to the next point.
const REST_S: f64 = 0.05;
/// Slowest and fastest playback, as a factor of the recorded tempo.
pub const TEMPOS: [f64; 2] = [0.125, 8.0];

/// A sample: seconds from the beginning, x, y.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Sample(f64, Point);

/// A recorded gesture: the strokes of one finger, with the pauses between them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "SavedGesture", into = "SavedGesture")]
pub struct Gesture {
    /// Each from landing to lifting, never empty, in order of time.
    strokes: Vec<Vec<Sample>>,
    length_s: f64,
}

/// Why a saved gesture cannot be played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the saved gesture is damaged: its times do not go forward; record it again")]
pub struct GestureError;

/// A gesture as it is saved.
#[derive(Clone, Serialize, Deserialize)]
struct SavedGesture {
    length_s: f64,
    strokes: Vec<Vec<Sample>>,
}

impl TryFrom<SavedGesture> for Gesture {
    type Error = GestureError;

    fn try_from(SavedGesture { length_s, strokes }: SavedGesture) -> Result<Self, GestureError> {
        let times: Vec<f64> = strokes.iter().flatten().map(|sample| sample.0).chain([length_s]).collect();
        let forward = times.windows(2).all(|pair| pair[0] <= pair[1]);
        let within = times.iter().all(|time_s| (0.0..=GESTURE_LIMIT_S).contains(time_s));
        let whole = strokes.iter().all(|stroke| !stroke.is_empty());
        if forward && within && whole { Ok(Self { strokes, length_s }) } else { Err(GestureError) }
    }
}

impl From<Gesture> for SavedGesture {
    fn from(Gesture { strokes, length_s }: Gesture) -> Self {
        Self { length_s, strokes }
    }
}

impl Gesture {
    /// The length of one round at the recorded tempo, in seconds.
    pub fn length_s(&self) -> f64 {
        self.length_s
    }

    /// Whether nothing was drawn.
    pub fn is_empty(&self) -> bool {
        self.strokes.is_empty()
    }

    /// The strokes as lines to draw.
    pub fn lines(&self) -> impl Iterator<Item = impl Iterator<Item = Point>> {
        self.strokes.iter().map(|stroke| stroke.iter().map(|sample| sample.1))
    }

    /// The stroke at a time, and its point.
    fn at(&self, time_s: f64) -> Option<(usize, Point)> {
        let stroke =
            self.strokes.iter().position(|stroke| (start_s(stroke)..=end_s(stroke)).contains(&time_s))?;
        let samples = &self.strokes[stroke];
        let next = samples.partition_point(|sample| sample.0 <= time_s);
        let Sample(from_s, from) = samples[next.max(1) - 1];
        let Some(&Sample(to_s, to)) = samples.get(next) else { return Some((stroke, from)) };
        Some((stroke, from.towards(to, ((time_s - from_s) / (to_s - from_s)) as f32)))
    }
}

fn start_s(stroke: &[Sample]) -> f64 {
    stroke.first().map_or(f64::INFINITY, |sample| sample.0)
}

fn end_s(stroke: &[Sample]) -> f64 {
    stroke.last().map_or(f64::NEG_INFINITY, |sample| sample.0)
}

/// A gesture in recording. Time begins with the first touch.
#[derive(Clone, Debug, Default)]
pub struct GestureRecording {
    gesture: Gesture,
    start_s: Option<f64>,
    down: bool,
}

impl GestureRecording {
    /// The finger lands or moves. Returns whether there is time left.
    pub fn touch(&mut self, now_s: f64, point: Point) -> bool {
        let time_s = rounded(now_s - *self.start_s.get_or_insert(now_s));
        if !(0.0..=GESTURE_LIMIT_S).contains(&time_s) {
            return false;
        }
        let strokes = &mut self.gesture.strokes;
        if !std::mem::replace(&mut self.down, true) {
            strokes.push(vec![Sample(time_s, point)]);
            return true;
        }
        let Some(stroke) = strokes.last_mut() else { return true };
        let Some(&Sample(last_s, last)) = stroke.last() else { return true };
        if time_s <= last_s {
            return true;
        }
        if time_s - last_s > REST_S {
            stroke.push(Sample(rounded(time_s - CLOSEST_S), last));
        } else if stroke.len() > 1 && time_s - stroke[stroke.len() - 2].0 < CLOSEST_S {
            stroke.pop();
        }
        stroke.push(Sample(time_s, point));
        true
    }

    /// The finger lifts.
    pub fn lift(&mut self, now_s: f64) {
        if !std::mem::take(&mut self.down) {
            return;
        }
        let time_s = self.time_s(now_s);
        if let Some(stroke) = self.gesture.strokes.last_mut()
            && let Some(&Sample(last_s, last)) = stroke.last()
            && time_s > last_s
        {
            stroke.push(Sample(time_s, last));
        }
    }

    /// Its length so far, in seconds.
    pub fn time_s(&self, now_s: f64) -> f64 {
        self.start_s.map_or(0.0, |start_s| rounded(now_s - start_s).clamp(0.0, GESTURE_LIMIT_S))
    }

    /// Ends the recording; returns the gesture, with the pause since the last stroke; none if nothing was drawn.
    pub fn finish(mut self, now_s: f64) -> Option<Gesture> {
        self.lift(now_s);
        let last_s = self.gesture.strokes.last().map(|stroke| end_s(stroke))?;
        // A single tap has no duration, but a round must have one.
        self.gesture.length_s = self.time_s(now_s).max(last_s).max(CLOSEST_S);
        Some(self.gesture)
    }
}

/// Rounds a time to a tenth of a millisecond, which keeps the saved text short.
fn rounded(time_s: f64) -> f64 {
    (time_s * 1e4).round() / 1e4
}

/// The direction of playback.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Forward, in a loop.
    #[default]
    Forward,
    /// Backward, in a loop.
    Backward,
    /// Forward, then backward.
    ThereAndBack,
}

impl Direction {
    /// All directions, in menu order.
    pub const ALL: [Self; 3] = [Self::Forward, Self::Backward, Self::ThereAndBack];
}

/// The state of a gesture's touch in a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Played {
    /// Its point; none in a pause.
    pub point: Option<Point>,
    /// Whether it landed since the last frame: a note begins.
    pub landed: bool,
}

/// A gesture in playback. Tempo and direction may change at any time without a jump of the point.
#[derive(Clone, Debug)]
pub struct Loop {
    gesture: Gesture,
    tempo: f64,
    direction: Direction,
    /// Position in this round, in seconds of the gesture; up to twice its length there and back.
    phase_s: f64,
    stroke: Option<usize>,
}

impl Loop {
    /// Playback from the beginning, before the first landing.
    pub fn new(gesture: Gesture, tempo: f64, direction: Direction) -> Self {
        let mut created = Self { gesture, tempo: 1.0, direction, phase_s: 0.0, stroke: None };
        created.set_tempo(tempo);
        created
    }

    /// Sets the tempo as a factor of the recorded one; clamped to [`TEMPOS`].
    pub fn set_tempo(&mut self, tempo: f64) {
        self.tempo = if tempo.is_nan() { 1.0 } else { tempo.clamp(TEMPOS[0], TEMPOS[1]) };
    }

    /// Changes direction at the current point.
    pub fn set_direction(&mut self, direction: Direction) {
        let time_s = self.time_s();
        self.direction = direction;
        self.phase_s = match direction {
            Direction::Backward => self.gesture.length_s - time_s,
            Direction::Forward | Direction::ThereAndBack => time_s,
        };
    }

    /// The gesture in playback.
    pub fn gesture(&self) -> &Gesture {
        &self.gesture
    }

    /// The time in the gesture, in seconds from its beginning.
    pub fn time_s(&self) -> f64 {
        let length_s = self.gesture.length_s;
        match self.direction {
            Direction::Forward => self.phase_s,
            Direction::Backward => length_s - self.phase_s,
            Direction::ThereAndBack if self.phase_s <= length_s => self.phase_s,
            Direction::ThereAndBack => 2.0 * length_s - self.phase_s,
        }
    }

    /// Advances by this many seconds of real time; returns the touch's state. The result does not depend on the
    /// division into frames.
    pub fn advance(&mut self, elapsed_s: f64) -> Played {
        let length_s = self.gesture.length_s;
        if self.gesture.is_empty() || length_s <= 0.0 {
            return Played { point: None, landed: false };
        }
        let round_s = if self.direction == Direction::ThereAndBack { 2.0 * length_s } else { length_s };
        let phase_s = self.phase_s + (elapsed_s * self.tempo).max(0.0);
        // There and back, the touch turns without lifting.
        let begins_anew = phase_s >= round_s && self.direction != Direction::ThereAndBack;
        self.phase_s = phase_s % round_s;
        let now = self.gesture.at(self.time_s());
        let stroke = now.map(|(stroke, _)| stroke);
        let landed = stroke.is_some() && (begins_anew || stroke != self.stroke);
        self.stroke = stroke;
        Played { point: now.map(|(_, point)| point), landed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(x: f32) -> Point {
        Point { x, y: -x }
    }

    /// A stroke from 0 to 1 within a second, a pause of half a second, a tap at 3 of a tenth.
    fn drawn() -> Gesture {
        let mut recording = GestureRecording::default();
        for step in 0..=50 {
            recording.touch(7.0 + 0.02 * f64::from(step), at(step as f32 / 50.0));
        }
        recording.lift(8.0);
        recording.touch(8.5, at(3.0));
        recording.lift(8.6);
        recording.finish(9.0).unwrap()
    }

    fn near(point: Option<Point>, x: f32) -> bool {
        point.is_some_and(|point| point.distance(at(x)) < 0.03)
    }

    #[test]
    fn playback_keeps_the_recorded_times() {
        let mut repeated = Loop::new(drawn(), 1.0, Direction::Forward);
        assert!((repeated.gesture().length_s() - 2.0).abs() < 1e-9);
        let first = repeated.advance(0.25);
        assert!(near(first.point, 0.25) && first.landed);
        assert!(!repeated.advance(0.25).landed, "it is still down");
        assert_eq!(repeated.advance(0.75).point, None, "the pause");
        let tap = repeated.advance(0.3);
        assert!(near(tap.point, 3.0) && tap.landed);
        let again = repeated.advance(0.7);
        assert!(near(again.point, 0.25) && again.landed, "the second round: {again:?}");
    }

    #[test]
    fn tempo_and_direction_change_without_a_jump() {
        let mut repeated = Loop::new(drawn(), 2.0, Direction::Forward);
        assert!(near(repeated.advance(0.25).point, 0.5));
        repeated.set_direction(Direction::Backward);
        assert!(near(repeated.advance(0.0).point, 0.5));
        assert!(near(repeated.advance(0.1).point, 0.3));
        repeated.set_direction(Direction::ThereAndBack);
        assert!(near(repeated.advance(0.1).point, 0.5));
        repeated.set_tempo(f64::NAN);
        assert!(near(repeated.advance(0.1).point, 0.6));
    }

    #[test]
    fn a_resting_finger_stays_in_place() {
        let mut recording = GestureRecording::default();
        recording.touch(0.0, at(0.0));
        recording.touch(1.0, at(2.0));
        let mut repeated = Loop::new(recording.finish(1.5).unwrap(), 1.0, Direction::Forward);
        assert_eq!(repeated.advance(0.9).point, Some(at(0.0)));
        assert_eq!(repeated.advance(0.2).point, Some(at(2.0)));
    }

    #[test]
    fn there_and_back_turns_without_lifting() {
        let mut recording = GestureRecording::default();
        recording.touch(0.0, at(0.0));
        recording.touch(0.04, at(1.0));
        let mut repeated = Loop::new(recording.finish(0.04).unwrap(), 0.5, Direction::ThereAndBack);
        let landings = (0..100).filter(|_| repeated.advance(0.013).landed).count();
        assert_eq!(landings, 1);
    }

    #[test]
    fn an_empty_recording_is_no_gesture_and_a_tap_is_one() {
        assert_eq!(GestureRecording::default().finish(1.0), None);
        let mut recording = GestureRecording::default();
        recording.touch(5.0, at(1.0));
        let gesture = recording.finish(5.0).unwrap();
        assert_eq!(Loop::new(gesture, 1.0, Direction::Forward).advance(0.0).point, Some(at(1.0)));
    }

    #[test]
    fn the_limit_ends_a_recording() {
        let mut recording = GestureRecording::default();
        assert!(recording.touch(0.0, at(0.0)) && recording.touch(GESTURE_LIMIT_S, at(1.0)));
        assert!(!recording.touch(GESTURE_LIMIT_S + 0.1, at(2.0)));
        assert!(recording.finish(1000.0).unwrap().length_s() <= GESTURE_LIMIT_S);
    }

    #[test]
    fn a_saved_gesture_is_restored_and_a_damaged_one_is_rejected() {
        let json = serde_json::to_string(&drawn()).unwrap();
        assert_eq!(serde_json::from_str::<Gesture>(&json).unwrap(), drawn());
        for damaged in [
            r#"{"length_s":1,"strokes":[[[0.5,[0,0]],[0.2,[1,1]]]]}"#,
            r#"{"length_s":1,"strokes":[[]]}"#,
            r#"{"length_s":1e9,"strokes":[[[0,[0,0]]]]}"#,
        ] {
            assert!(serde_json::from_str::<Gesture>(damaged).is_err(), "{damaged}");
        }
    }

    proptest! {
        #[test]
        fn frames_of_any_length_lead_to_the_same_point(
            frames in prop::collection::vec(0.001f64..0.4, 1..60),
            direction in 0usize..3,
            tempo in 0.125f64..8.0,
        ) {
            let direction = Direction::ALL[direction];
            let mut many = Loop::new(drawn(), tempo, direction);
            let mut one = many.clone();
            for &frame in &frames {
                many.advance(frame);
            }
            one.advance(frames.iter().sum());
            let apart_s = (many.time_s() - one.time_s()).abs();
            prop_assert!(apart_s < 1e-6 || (apart_s - 2.0).abs() < 1e-6, "{apart_s} s apart");
        }
    }
}
