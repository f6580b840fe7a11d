//! Moves the current point automatically, by a recorded gesture or a random walk. Pure: the caller provides time and
//! seeds, and gets the states of one touch.

use plane::Point;

use crate::chance::Walk;
use crate::gesture::{GestureRecording, Played, TEMPOS};
use crate::touches::TouchSource;
use crate::{Direction, Gesture, Loop, Session};

/// Typical distance of a walk from its start, in latent units.
const WALK_REACH: f32 = 0.6;

/// The running motion.
#[derive(Clone, Debug)]
enum Moving {
    Loop(Loop),
    Walk(Walk),
}

/// The gesture, the recording and the running motion.
#[derive(Clone, Debug)]
pub struct GesturePlayer {
    recording: Option<(GestureRecording, Option<TouchSource>)>,
    gesture: Option<Gesture>,
    tempo: f64,
    direction: Direction,
    moving: Option<Moving>,
}

impl GesturePlayer {
    /// A player with the last visit's gesture, stopped.
    pub fn new(session: &Session) -> Self {
        Self {
            recording: None,
            gesture: session.gesture.clone(),
            tempo: session.tempo.clamp(TEMPOS[0], TEMPOS[1]),
            direction: session.direction,
            moving: None,
        }
    }

    /// The session with the gesture, its tempo and its direction.
    pub fn keep_in(&self, session: Session) -> Session {
        Session { gesture: self.gesture.clone(), tempo: self.tempo, direction: self.direction, ..session }
    }

    /// A finger landed or moved. Only the first one to land is recorded.
    pub fn touched(&mut self, finger: TouchSource, point: Point, now_ms: f64) {
        if let Some((recording, whose)) = &mut self.recording
            && *whose.get_or_insert(finger) == finger
        {
            recording.touch(now_ms / 1000.0, point);
        }
    }

    /// A finger lifted.
    pub fn lifted(&mut self, finger: TouchSource, now_ms: f64) {
        if let Some((recording, whose)) = &mut self.recording
            && *whose == Some(finger)
        {
            recording.lift(now_ms / 1000.0);
            *whose = None;
        }
    }

    /// Begins to record; stops any motion.
    pub fn record(&mut self) {
        self.moving = None;
        self.recording = Some((GestureRecording::default(), None));
    }

    /// Ends the recording and repeats it; without a stroke, the previous gesture stays.
    pub fn finish_recording(&mut self, now_ms: f64) {
        let Some((recording, _)) = self.recording.take() else { return };
        if let Some(gesture) = recording.finish(now_ms / 1000.0) {
            self.gesture = Some(gesture);
            self.play();
        }
    }

    /// Repeats the gesture from its beginning, if there is one.
    pub fn play(&mut self) {
        self.moving =
            self.gesture.clone().map(|gesture| Moving::Loop(Loop::new(gesture, self.tempo, self.direction)));
    }

    /// Walks randomly near a point.
    pub fn walk(&mut self, home: Point, seed: u64) {
        self.moving = Some(Moving::Walk(Walk::new(home, WALK_REACH, seed)));
    }

    /// Stops recording and motion.
    pub fn stop(&mut self) {
        self.moving = None;
        self.recording = None;
    }

    /// Sets the tempo, as a factor of the recorded one.
    pub fn set_tempo(&mut self, tempo: f64) {
        self.tempo = tempo.clamp(TEMPOS[0], TEMPOS[1]);
        if let Some(Moving::Loop(playing)) = &mut self.moving {
            playing.set_tempo(self.tempo);
        }
    }

    /// Sets the gesture's direction.
    pub fn set_direction(&mut self, direction: Direction) {
        self.direction = direction;
        if let Some(Moving::Loop(playing)) = &mut self.moving {
            playing.set_direction(direction);
        }
    }

    /// Advances by this many seconds; none while nothing moves.
    pub fn advance(&mut self, elapsed_s: f64) -> Option<Played> {
        match self.moving.as_mut()? {
            Moving::Loop(playing) => Some(playing.advance(elapsed_s)),
            Moving::Walk(walk) => Some(Played { point: Some(walk.advance(elapsed_s as f32)), landed: false }),
        }
    }

    /// The recorded gesture.
    pub fn gesture(&self) -> Option<&Gesture> {
        self.gesture.as_ref()
    }

    /// Its tempo as a factor of the recorded one.
    pub fn tempo(&self) -> f64 {
        self.tempo
    }

    /// Its direction.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// Whether a gesture is being recorded.
    pub fn is_recording(&self) -> bool {
        self.recording.is_some()
    }

    /// Whether the gesture is being repeated.
    pub fn is_looping(&self) -> bool {
        matches!(self.moving, Some(Moving::Loop(_)))
    }

    /// Whether a walk is running.
    pub fn is_walking(&self) -> bool {
        matches!(self.moving, Some(Moving::Walk(_)))
    }

    /// Whether anything moves.
    pub fn is_moving(&self) -> bool {
        self.moving.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f32) -> Point {
        Point { x, y: 0.0 }
    }

    #[test]
    fn only_the_first_finger_is_recorded() {
        let mut player = GesturePlayer::new(&Session::default());
        player.record();
        player.touched(TouchSource::Pointer(1), at(0.0), 1000.0);
        player.touched(TouchSource::Pointer(2), at(-3.0), 1100.0);
        player.touched(TouchSource::Pointer(1), at(1.0), 1500.0);
        player.lifted(TouchSource::Pointer(1), 2000.0);
        player.finish_recording(2000.0);
        assert!(player.is_looping());
        let places: Vec<f32> =
            (0..100).filter_map(|_| player.advance(0.01)?.point).map(|point| point.x).collect();
        assert!(places.iter().all(|x| (0.0..=1.0).contains(x)), "{places:?}");
        assert!(places.iter().any(|&x| x > 0.9) && places.iter().any(|&x| x < 0.3));
    }

    #[test]
    fn a_recording_without_a_stroke_keeps_the_previous_gesture() {
        let mut player = GesturePlayer::new(&Session::default());
        player.record();
        player.finish_recording(5.0);
        assert!(player.gesture().is_none() && !player.is_moving());
    }

    #[test]
    fn stopping_stops_a_walk() {
        let mut player = GesturePlayer::new(&Session::default());
        player.walk(at(1.0), 7);
        assert!(player.advance(0.02).is_some_and(|step| step.point.is_some()));
        player.stop();
        assert_eq!(player.advance(0.02), None);
    }
}
