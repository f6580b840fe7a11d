//! Movement without a hand: the loops that play, where the audio thread reports them, and a random walk of the current
//! point; and the recording of a loop. Pure: the caller provides time and seeds. The audio thread plays the loops.

use plane::Point;

use crate::Direction;
use crate::chance::Walk;
use crate::loop_recording::LoopRecording;
use crate::loops::{Loops, Recorded, RecordedLoop};
use crate::played_finger::PlayedFinger;
use crate::touches::TouchSource;

/// Typical distance of a walk from its start, in latent units.
const WALK_REACH: f32 = 0.6;

/// A loop that plays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlayingLoop {
    /// Its number.
    pub number: u8,
    /// Where it was last, in seconds of the recording.
    pub time_s: f64,
    /// True if it is to begin at that time, even if it plays already.
    pub begins: bool,
}

/// The recording, the loops that play and the walk.
#[derive(Clone, Debug, Default)]
pub struct GesturePlayer {
    recording: Option<LoopRecording>,
    playing: Vec<PlayingLoop>,
    walk: Option<Walk>,
    /// True if a touch or a finger of a loop found no free part.
    pub is_crowded: bool,
    /// True if a finger of a loop waits for a free part.
    pub has_waiting: bool,
    /// True if a touch by a person found no free part.
    pub has_refused: bool,
}

impl GesturePlayer {
    /// A touch by a person landed or moved.
    pub fn touched(&mut self, source: TouchSource, point: Point, velocity: u8, now_ms: f64) {
        if let Some(recording) = &mut self.recording {
            recording.touch(source, now_ms / 1000.0, point, velocity);
        }
    }

    /// A touch by a person lifted.
    pub fn lifted(&mut self, source: TouchSource, now_ms: f64) {
        if let Some(recording) = &mut self.recording {
            recording.lift(source, now_ms / 1000.0);
        }
    }

    /// Every touch by a person is gone.
    pub fn lifted_all(&mut self, now_ms: f64) {
        if let Some(recording) = &mut self.recording {
            recording.lift_all(now_ms / 1000.0);
        }
    }

    /// Begins to record. Loops that play go on.
    pub fn record(&mut self) {
        self.recording = Some(LoopRecording::default());
    }

    /// True if the recording has a touch of the map.
    pub fn has_drawn(&self) -> bool {
        self.recording.as_ref().is_some_and(|recording| !recording.is_empty())
    }

    /// True if the recording is as long as a loop can be.
    pub fn is_recording_full(&self, now_ms: f64) -> bool {
        self.recording.as_ref().is_some_and(|recording| recording.is_full(now_ms / 1000.0))
    }

    /// Ends the recording; returns what was drawn, if anything.
    pub fn finish_recording(&mut self, now_ms: f64) -> Option<Recorded> {
        self.recording.take()?.finish(now_ms / 1000.0)
    }

    /// Plays a loop from its beginning.
    pub fn play(&mut self, own: &RecordedLoop) {
        self.stop_loop(own.number);
        let time_s = if own.direction == Direction::Backward { own.length_s } else { 0.0 };
        self.playing.push(PlayingLoop { number: own.number, time_s, begins: true });
    }

    /// Stops a loop.
    pub fn stop_loop(&mut self, number: u8) {
        self.playing.retain(|playing| playing.number != number);
    }

    /// Stops the loops that are gone.
    pub fn keep_only(&mut self, loops: &Loops) {
        self.playing.retain(|playing| loops.get(playing.number).is_some());
    }

    /// The loops that play.
    pub fn playing(&self) -> &[PlayingLoop] {
        &self.playing
    }

    /// The loops that play were sent to the audio thread.
    pub fn have_begun(&mut self) {
        self.playing.iter_mut().for_each(|playing| playing.begins = false);
    }

    /// Follows a report of the audio thread; returns whether a loop has ended.
    pub fn follow(&mut self, fingers: &[PlayedFinger]) -> bool {
        let count = self.playing.len();
        self.has_waiting = fingers.iter().any(|finger| finger.waits && self.plays(finger.number));
        for finger in fingers {
            if let Some(own) = self.playing.iter_mut().find(|own| own.number == finger.number && !own.begins)
            {
                own.time_s = finger.time_s;
            }
        }
        let has_ended = |number| fingers.iter().any(|finger| finger.number == number && finger.has_ended);
        self.playing.retain(|own| !has_ended(own.number));
        self.playing.len() != count
    }

    /// Walks randomly near a point.
    pub fn walk(&mut self, home: Point, seed: u64) {
        self.walk = Some(Walk::new(home, WALK_REACH, seed));
    }

    /// Ends the walk.
    pub fn stop_walk(&mut self) {
        self.walk = None;
    }

    /// Stops recording, loops and walk.
    pub fn stop(&mut self) {
        *self = Self::default();
    }

    /// Stops recording and walk. Loops play on.
    pub fn rest(&mut self) {
        (self.recording, self.walk) = (None, None);
    }

    /// Advances the walk by this many seconds; returns its point.
    pub fn advance(&mut self, elapsed_s: f64) -> Option<Point> {
        self.walk.as_mut().map(|walk| walk.advance(elapsed_s as f32))
    }

    /// True if a loop is being recorded.
    pub fn is_recording(&self) -> bool {
        self.recording.is_some()
    }

    /// True if the loop of a number plays.
    pub fn plays(&self, number: u8) -> bool {
        self.playing.iter().any(|playing| playing.number == number)
    }

    /// Where the loop of a number is, in seconds of its recording; none if it does not play.
    pub fn time_s(&self, number: u8) -> Option<f64> {
        self.playing.iter().find(|playing| playing.number == number).map(|playing| playing.time_s)
    }

    /// Where the walk is.
    pub fn walk_place(&self) -> Option<Point> {
        self.walk.as_ref().map(Walk::place)
    }

    /// True if a walk is running.
    pub fn is_walking(&self) -> bool {
        self.walk.is_some()
    }

    /// True if anything moves.
    pub fn is_moving(&self) -> bool {
        self.walk.is_some() || !self.playing.is_empty()
    }
}
