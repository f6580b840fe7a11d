//! Movement without a hand: the loops that play, where the audio thread reports them, the clock of bars, the loop that
//! is being taken, and a random walk of the current point. Pure: the caller provides time and seeds. The audio thread
//! plays the loops.

use plane::Point;

use crate::Direction;
use crate::chance::Walk;
use crate::held_keys::KeyHolder;
use crate::loop_recording::LoopRecording;
use crate::loops::{LOOP_LIMIT, Loops, RecordedLoop};
use crate::played_finger::PlayedFinger;
use crate::touches::TouchSource;
use crate::tracks::take::Take;
use crate::tracks::transport::BarClock;

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

/// The take, the loops that play, their clock, and the walk.
#[derive(Clone, Debug, Default)]
pub struct GesturePlayer {
    /// The loop that is being taken.
    pub take: Option<Take>,
    playing: Vec<PlayingLoop>,
    /// The loops that played until an undo or another tab removed them.
    removed: Vec<u8>,
    walk: Option<Walk>,
    /// The clock of bars.
    pub transport: BarClock,
    /// The loops that a person hears alone; none: all.
    pub soloed: Vec<u8>,
    /// The loop whose settings are open.
    pub opened: Option<u8>,
    /// True if a touch or a finger of a loop found no free part.
    pub is_crowded: bool,
    /// True if a finger of a loop waits for a free part.
    pub has_waiting: bool,
    /// True if a touch by a person found no free part.
    pub has_refused: bool,
}

impl GesturePlayer {
    fn record(&mut self, now_ms: f64, act: impl FnOnce(&mut LoopRecording, f64)) {
        let beats = self.transport.beats_at(now_ms);
        if let Some(take) = self.take.as_mut().filter(|take| !take.is_sung) {
            let time_s = take.time_s(now_ms, beats);
            act(&mut take.recording, time_s);
        }
    }

    /// A touch by a person landed or moved.
    pub fn touched(&mut self, source: TouchSource, point: Point, velocity: u8, now_ms: f64) {
        self.record(now_ms, |recording, time_s| recording.touch(source, time_s, point, velocity));
    }

    /// A touch by a person lifted.
    pub fn lifted(&mut self, source: TouchSource, now_ms: f64) {
        self.record(now_ms, |recording, time_s| recording.lift(source, time_s));
    }

    /// A key of a person goes down, where the sound is at a point.
    pub fn pressed(&mut self, holder: &KeyHolder, point: Point, key: u8, velocity: u8, now_ms: f64) {
        self.record(now_ms, |recording, time_s| recording.press(holder, time_s, point, key, velocity));
    }

    /// A key of a person goes up.
    pub fn released(&mut self, holder: &KeyHolder, now_ms: f64) {
        self.record(now_ms, |recording, time_s| recording.release(holder, time_s));
    }

    /// The point moves that keys play.
    pub fn moved_keys(&mut self, point: Point, now_ms: f64) {
        self.record(now_ms, |recording, time_s| recording.move_keys(time_s, point));
    }

    /// Every touch and key by a person is gone.
    pub fn lifted_all(&mut self, now_ms: f64) {
        self.record(now_ms, LoopRecording::lift_all);
    }

    /// True if the recording has a touch of the map or a key.
    pub fn has_drawn(&self) -> bool {
        self.take.as_ref().is_some_and(|take| !take.recording.is_empty())
    }

    /// True if the recording is as long as a loop can be.
    pub fn is_recording_full(&self, now_ms: f64) -> bool {
        let beats = self.transport.beats_at(now_ms);
        self.take.as_ref().is_some_and(|take| take.recording.is_full(take.time_s(now_ms, beats)))
    }

    /// Plays a loop from its beginning.
    pub fn play(&mut self, own: &RecordedLoop) {
        self.stop_loop(own.number);
        let time_s = if own.direction == Direction::Backward { own.length_s } else { 0.0 };
        self.playing.push(PlayingLoop { number: own.number, time_s, begins: true });
    }

    /// A loop that the audio thread plays already goes on.
    pub fn play_on(&mut self, number: u8) {
        self.stop_loop(number);
        self.playing.push(PlayingLoop { number, time_s: 0.0, begins: false });
    }

    /// Stops a loop.
    pub fn stop_loop(&mut self, number: u8) {
        self.playing.retain(|playing| playing.number != number);
    }

    /// Stops all loops and the clock.
    pub fn stop_loops(&mut self) {
        self.playing.clear();
        self.removed.clear();
        self.transport.stop();
    }

    /// Stops the loops that are gone; one that returns while the clock runs plays again.
    pub fn keep_only(&mut self, loops: &Loops) {
        let gone = self.playing.extract_if(.., |playing| loops.get(playing.number).is_none());
        self.removed.extend(gone.map(|playing| playing.number));
        let returned: Vec<u8> = self.removed.extract_if(.., |number| loops.get(*number).is_some()).collect();
        for own in returned.into_iter().filter_map(|number| loops.get(number)) {
            if self.transport.is_running() && own.beats.is_some() {
                self.play(own);
            }
        }
        self.soloed.retain(|number| loops.get(*number).is_some());
        self.opened = self.opened.filter(|&number| loops.get(number).is_some());
    }

    /// The factor of a loop's amplitude: 0 if it is muted, or if others are heard alone. The beat, whose numbers follow
    /// those of loops, goes on beside a loop that is heard alone.
    pub fn gain(&self, own: &RecordedLoop) -> f32 {
        let is_beat = usize::from(own.number) > LOOP_LIMIT;
        let is_alone = is_beat || self.soloed.is_empty() || self.soloed.contains(&own.number);
        if is_alone && (!own.is_muted || self.soloed.contains(&own.number)) { own.gain() } else { 0.0 }
    }

    /// How many of these loops are heard: they play, and are neither muted nor silenced by others.
    pub fn heard_count(&self, loops: &Loops) -> usize {
        loops.all().iter().filter(|own| self.plays(own.number) && self.gain(own) > 0.0).count()
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

    /// Stops the take, loops, clock and walk.
    pub fn stop(&mut self) {
        let (soloed, opened) = (std::mem::take(&mut self.soloed), self.opened);
        *self = Self { soloed, opened, ..Self::default() };
    }

    /// Stops the take and the walk. Loops play on.
    pub fn rest(&mut self) {
        (self.take, self.walk) = (None, None);
    }

    /// Advances the walk by this many seconds; returns its point.
    pub fn advance(&mut self, elapsed_s: f64) -> Option<Point> {
        self.walk.as_mut().map(|walk| walk.advance(elapsed_s as f32))
    }

    /// True if a loop is being recorded.
    pub fn is_recording(&self) -> bool {
        self.take.is_some()
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
