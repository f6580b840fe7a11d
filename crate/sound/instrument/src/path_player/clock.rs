//! The time of a path that plays: counted in frames, so that it never drifts from the sound. Pace and direction change
//! without a jump.

use protocol::path_score::PathDirection;

/// The fastest pace, in ticks of the path in a frame: a tenth of a second, which no setting of a page reaches.
const FASTEST_TICKS_PER_FRAME: f64 = 1e3;

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
        let mut clock =
            Self { length_ticks, direction, repeats, ticks_per_frame: 0.0, anchor_ticks: 0.0, frames: 0 };
        clock.anchor_ticks = clock.passed_at(at_ticks.clamp(0.0, length_ticks), returns);
        clock
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
        let (passed, length) = (self.passed_ticks(), self.length_ticks);
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
        PathTime { ticks, round, is_backward, has_ended }
    }

    /// Sets ticks per frame and direction; the path goes on from its present time.
    pub fn set_pace(&mut self, ticks_per_frame: f64, direction: PathDirection) {
        let PathTime { ticks, is_backward, .. } = self.now();
        self.direction = direction;
        self.anchor_ticks = self.passed_at(ticks, is_backward);
        self.frames = 0;
        let is_pace = ticks_per_frame >= 0.0;
        self.ticks_per_frame = if is_pace { ticks_per_frame.min(FASTEST_TICKS_PER_FRAME) } else { 0.0 };
    }

    /// Frames, at least 1, until the clock reaches a time that lies ahead in its direction.
    pub fn frames_to(&self, ticks: f64) -> f64 {
        ((ticks - self.now().ticks).abs() / self.ticks_per_frame).ceil().max(1.0)
    }

    /// The time at which the clock turns or begins anew, in ticks.
    pub fn next_turn(&self) -> f64 {
        if self.now().is_backward { 0.0 } else { self.length_ticks }
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
