//! The time of a path that plays. A free path counts frames, so that it never drifts from the sound; its pace and
//! direction change without a jump. A locked path reads its time from the transport, again and again, so that it never
//! drifts from other locked paths.

use protocol::path_score::{PathDirection, TICKS_PER_S};

use super::transport::Transport;

/// The fastest pace, in ticks of the path in a frame: a tenth of a second, which no setting of a page reaches.
const FASTEST_TICKS_PER_FRAME: f64 = 1e3;
/// The fastest speed of a locked path, which no setting of a page reaches.
const FASTEST_RATE: f64 = 1e3;
/// The rounds of locked paths, in beats, and their beginnings: further than any page goes. Others are clamped.
const ROUND_BEATS: [f64; 2] = [1.0 / 64.0, 1e6];
const FURTHEST_BEATS: f64 = 1e9;
/// A locked path that is so near to a whole tick is there: 10 ns, a two-thousandth of a frame at 48 kHz. Two paths
/// compute the same beat with different roundings, and must find it in the same frame.
const NEAR_TICKS: f64 = 1e-4;

/// The rounds of a path that is locked to the transport.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BeatLock {
    beats: f64,
    origin_beats: f64,
}

impl BeatLock {
    /// A lock of rounds of this many beats, the first of which begins at the beat of the origin; `None`, for a free
    /// path, if a round has no length above 0. An origin that is not a number is beat 0.
    pub fn new(beats: f64, origin_beats: f64) -> Option<Self> {
        let origin_beats = if origin_beats.is_nan() { 0.0 } else { origin_beats };
        (beats > 0.0).then(|| Self {
            beats: beats.clamp(ROUND_BEATS[0], ROUND_BEATS[1]),
            origin_beats: origin_beats.clamp(-FURTHEST_BEATS, FURTHEST_BEATS),
        })
    }
}

/// The time of a path.
#[derive(Clone, Copy, Debug)]
pub struct PathClock {
    length_ticks: f64,
    direction: PathDirection,
    repeats: bool,
    ticks_per_frame: f64,
    /// Ticks passed when the pace was last set, and frames since then.
    anchor_ticks: f64,
    frames: u64,
    lock: Option<BeatLock>,
    /// The speed of a locked path.
    rate: f64,
    /// True while a locked path waits for its first round, or for the transport.
    is_resting: bool,
}

/// The position of a clock in its path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathTime {
    /// Ticks from the path's beginning.
    pub ticks: f64,
    /// Counts the rounds. There and back is one round.
    pub round: u64,
    /// True if time runs backward.
    pub is_backward: bool,
    /// True if the path does not repeat and has ended.
    pub has_ended: bool,
    /// True if the path is locked, and the transport is stopped or before the path's origin.
    pub is_resting: bool,
}

impl PathTime {
    /// True if strokes sound at this time.
    pub fn plays(&self) -> bool {
        !self.has_ended && !self.is_resting
    }
}

impl PathClock {
    /// A clock at a time of a path of a length above 0, both in ticks; there and back, on its way back if it returns.
    pub fn new(
        length_ticks: f64,
        direction: PathDirection,
        repeats: bool,
        at_ticks: f64,
        returns: bool,
    ) -> Self {
        let mut clock = Self {
            length_ticks,
            direction,
            repeats,
            ticks_per_frame: 0.0,
            anchor_ticks: 0.0,
            frames: 0,
            lock: None,
            rate: 1.0,
            is_resting: false,
        };
        clock.anchor_ticks = clock.passed_at(at_ticks.clamp(0.0, length_ticks), returns);
        clock
    }

    /// A clock that reads its time from the transport.
    pub fn locked(length_ticks: f64, repeats: bool, lock: BeatLock, transport: &Transport) -> Self {
        let mut clock = Self::new(length_ticks, PathDirection::Forward, repeats, 0.0, false);
        clock.lock = Some(lock);
        clock.follow(transport);
        clock
    }

    /// Reads the time of a locked path from the transport; changes no other path.
    #[inline(never)]
    pub fn follow(&mut self, transport: &Transport) {
        let Some(BeatLock { beats, origin_beats }) = self.lock else { return };
        self.anchor_ticks = self.passed_ticks();
        self.frames = 0;
        (self.is_resting, self.ticks_per_frame) = (true, 0.0);
        if let Some(now_beats) = transport.beats() {
            let ticks_per_beat = self.length_ticks / beats * self.rate;
            let passed = (now_beats - origin_beats) * ticks_per_beat;
            let near = passed.round();
            self.anchor_ticks = if (passed - near).abs() < NEAR_TICKS { near } else { passed };
            self.ticks_per_frame = transport.beats_per_frame() * ticks_per_beat;
            self.is_resting = self.anchor_ticks < 0.0 || self.rate == 0.0 && now_beats < origin_beats;
        }
    }

    /// Ticks that have passed since the beginning of the first round.
    fn passed_ticks(&self) -> f64 {
        self.anchor_ticks + self.frames as f64 * self.ticks_per_frame
    }

    /// The passed ticks of a first round that is at a time.
    fn passed_at(&self, ticks: f64, returns: bool) -> f64 {
        match self.direction {
            PathDirection::Forward => ticks,
            PathDirection::Backward => self.length_ticks - ticks,
            PathDirection::ThereAndBack if returns => 2.0 * self.length_ticks - ticks,
            PathDirection::ThereAndBack => ticks,
        }
    }

    /// The ticks of a round.
    fn round_ticks(&self) -> f64 {
        let rounds = if self.direction == PathDirection::ThereAndBack { 2.0 } else { 1.0 };
        rounds * self.length_ticks
    }

    /// The present position.
    #[inline(never)]
    pub fn now(&self) -> PathTime {
        let (passed, length) = (self.passed_ticks().max(0.0), self.length_ticks);
        let round_ticks = self.round_ticks();
        let has_ended = !self.repeats && passed >= round_ticks;
        let phase = if has_ended { round_ticks } else { passed % round_ticks };
        let (ticks, is_backward) = match self.direction {
            PathDirection::Forward => (phase, false),
            PathDirection::Backward => (length - phase, true),
            PathDirection::ThereAndBack if phase >= length => (2.0 * length - phase, true),
            PathDirection::ThereAndBack => (phase, false),
        };
        // There and back turns without lifting.
        let turns = self.direction == PathDirection::ThereAndBack;
        let round = if turns { 0 } else { (passed / length) as u64 };
        PathTime { ticks, round, is_backward, has_ended, is_resting: self.is_resting }
    }

    /// True if the clock reads its time from the transport.
    pub fn is_locked(&self) -> bool {
        self.lock.is_some()
    }

    /// Sets the speed and direction of a path: `rate` seconds of it pass in a second, or its rounds on the transport
    /// are so much faster. A free path goes on from its present time; a locked one goes where the transport says.
    pub fn set_rate(
        &mut self,
        rate: f64,
        direction: PathDirection,
        sample_rate_hz: f64,
        transport: &Transport,
    ) {
        if !self.is_locked() {
            return self.set_pace(rate * TICKS_PER_S / sample_rate_hz, direction);
        }
        self.rate = if rate >= 0.0 { rate.min(FASTEST_RATE) } else { 0.0 };
        self.direction = direction;
        self.follow(transport);
    }

    /// Sets ticks per frame and direction; the path goes on from its present time.
    fn set_pace(&mut self, ticks_per_frame: f64, direction: PathDirection) {
        let PathTime { ticks, is_backward, .. } = self.now();
        self.direction = direction;
        self.anchor_ticks = self.passed_at(ticks, is_backward);
        self.frames = 0;
        let is_pace = ticks_per_frame >= 0.0;
        self.ticks_per_frame = if is_pace { ticks_per_frame.min(FASTEST_TICKS_PER_FRAME) } else { 0.0 };
    }

    /// Frames, at least 1, until the clock reaches a time that lies ahead in its direction.
    pub fn frames_to(&self, ticks: f64) -> f64 {
        self.frames_of((ticks - self.now().ticks).abs())
    }

    /// Frames, at least 1, in which these ticks pass.
    fn frames_of(&self, ticks: f64) -> f64 {
        let near = if self.is_locked() { NEAR_TICKS } else { 0.0 };
        ((ticks - near) / self.ticks_per_frame).ceil().max(1.0)
    }

    /// Frames, at least 1, until the path itself changes: it turns or begins anew, or its first round begins. Infinite
    /// if nothing comes.
    pub fn frames_to_change(&self) -> f64 {
        let now = self.now();
        let waits_for = -self.passed_ticks();
        match now {
            _ if now.plays() => self.frames_to(if now.is_backward { 0.0 } else { self.length_ticks }),
            _ if now.is_resting && waits_for > 0.0 && self.ticks_per_frame > 0.0 => self.frames_of(waits_for),
            _ => f64::INFINITY,
        }
    }

    /// Advances by frames.
    pub fn pass(&mut self, frames: usize) {
        self.frames += frames as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LENGTH: f64 = 20_000.0;

    fn clock(direction: PathDirection, at_ticks: f64) -> PathClock {
        let mut clock = PathClock::new(LENGTH, direction, true, at_ticks, false);
        clock.set_pace(1.0, direction);
        clock
    }

    #[test]
    fn every_direction_covers_the_path() {
        let ticks = |direction, at_ticks, frames| {
            let mut clock = clock(direction, at_ticks);
            clock.pass(frames);
            let now = clock.now();
            (now.ticks, now.round)
        };
        assert_eq!(ticks(PathDirection::Forward, 0.0, 25_000), (5_000.0, 1));
        assert_eq!(ticks(PathDirection::Backward, LENGTH, 25_000), (15_000.0, 1));
        assert_eq!(ticks(PathDirection::ThereAndBack, 0.0, 25_000), (15_000.0, 0));
        assert_eq!(ticks(PathDirection::ThereAndBack, 0.0, 45_000), (5_000.0, 0));
    }

    #[test]
    fn pace_and_direction_change_without_a_jump() {
        let mut clock = clock(PathDirection::Forward, 0.0);
        clock.pass(8_000);
        for (direction, expected) in [
            (PathDirection::Backward, 7_000.0),
            (PathDirection::ThereAndBack, 6_000.0),
            (PathDirection::Forward, 7_000.0),
            (PathDirection::ThereAndBack, 8_000.0),
        ] {
            let before = clock.now().ticks;
            clock.set_pace(0.5, direction);
            assert_eq!(clock.now().ticks, before);
            clock.pass(2_000);
            assert_eq!(clock.now().ticks, expected);
        }
    }

    #[test]
    fn a_path_that_does_not_repeat_ends() {
        let mut clock = PathClock::new(LENGTH, PathDirection::Forward, false, 0.0, false);
        clock.set_pace(1.0, PathDirection::Forward);
        clock.pass(19_999);
        assert!(!clock.now().has_ended);
        clock.pass(9_000);
        assert!(clock.now().has_ended && clock.now().ticks == LENGTH);
    }

    #[test]
    fn days_of_frames_do_not_drift() {
        let mut clock = clock(PathDirection::Forward, 0.0);
        clock.set_pace(TICKS_PER_FRAME, PathDirection::Forward);
        // A whole number of rounds of 96,000 frames, in blocks.
        (0..2_000).for_each(|_| clock.pass(96_000 * 1_000));
        let off = clock.now().ticks.min(LENGTH - clock.now().ticks);
        assert!(off < TICKS_PER_FRAME / 100.0, "{off} ticks after 46 days");
    }

    const TICKS_PER_FRAME: f64 = 1e4 / 48_000.0;
}
