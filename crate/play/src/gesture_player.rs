//! What moves by itself: loops, and a random walk of the current point; and the recording of a loop. Pure: the caller
//! provides time and seeds, and gets the states of touches.

use std::rc::Rc;

use plane::Point;

use crate::chance::Walk;
use crate::loop_player::{LoopPlayback, Played};
use crate::loop_recording::LoopRecording;
use crate::loops::{Loops, Recorded, RecordedLoop};
use crate::touches::TouchSource;

/// Typical distance of a walk from its start, in latent units.
const WALK_REACH: f32 = 0.6;

/// The recording, the loops that play and the walk.
#[derive(Clone, Debug, Default)]
pub struct GesturePlayer {
    recording: Option<LoopRecording>,
    playing: Vec<LoopPlayback>,
    walk: Option<Walk>,
    /// Whether a touch or a finger of a loop found no free part.
    pub is_crowded: bool,
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

    /// Begins to record. What plays goes on.
    pub fn record(&mut self) {
        self.recording = Some(LoopRecording::default());
    }

    /// Whether the recording has a touch of the map.
    pub fn has_drawn(&self) -> bool {
        self.recording.as_ref().is_some_and(|recording| !recording.is_empty())
    }

    /// Ends the recording; returns what was drawn, if anything.
    pub fn finish_recording(&mut self, now_ms: f64) -> Option<Recorded> {
        self.recording.take()?.finish(now_ms / 1000.0)
    }

    /// Plays a loop from its beginning.
    pub fn play(&mut self, own: &RecordedLoop) {
        self.stop_loop(own.number);
        self.playing.push(LoopPlayback::new(own));
    }

    /// Stops a loop.
    pub fn stop_loop(&mut self, number: u8) {
        self.playing.retain(|playing| playing.number != number);
    }

    /// Stops the loops that are gone.
    pub fn keep_only(&mut self, loops: &Loops) {
        self.playing.retain(|playing| loops.get(playing.number).is_some());
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

    /// Advances by this many seconds at a tempo; returns the state of every touch that moves by itself.
    pub fn advance(
        &mut self,
        loops: &[Rc<RecordedLoop>],
        bpm: f32,
        elapsed_s: f64,
    ) -> Vec<(TouchSource, Played)> {
        let mut touches = Vec::new();
        if let Some(walk) = &mut self.walk {
            let now = Some((walk.advance(elapsed_s as f32), crate::velocity::USUAL_VELOCITY));
            touches.push((TouchSource::Walk, Played { now, landed: false }));
        }
        for playing in &mut self.playing {
            let Some(own) = loops.iter().find(|own| own.number == playing.number) else { continue };
            let fingers = playing.advance(own, bpm, elapsed_s).into_iter().enumerate();
            touches.extend(
                fingers.map(|(finger, played)| (TouchSource::Loop(own.number, finger as u8), played)),
            );
        }
        touches
    }

    /// Whether a loop is being recorded.
    pub fn is_recording(&self) -> bool {
        self.recording.is_some()
    }

    /// Whether the loop of a number plays.
    pub fn plays(&self, number: u8) -> bool {
        self.playing.iter().any(|playing| playing.number == number)
    }

    /// Where the loop of a number is, in seconds of its recording; none if it does not play.
    pub fn time_s(&self, number: u8) -> Option<f64> {
        self.playing.iter().find(|playing| playing.number == number).map(LoopPlayback::time_s)
    }

    /// Whether a walk is running.
    pub fn is_walking(&self) -> bool {
        self.walk.is_some()
    }

    /// Whether anything moves.
    pub fn is_moving(&self) -> bool {
        self.walk.is_some() || !self.playing.is_empty()
    }
}
