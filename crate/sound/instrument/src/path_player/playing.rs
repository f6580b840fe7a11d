//! A path in playback: its clock, its place in the player's words, and its fingers. Never allocates.

use protocol::path_score;

use super::clock::PathClock;
use super::finger::PathFinger;
use super::transport::Transport;
use super::{PathEvent, PathPace};

/// A round that no clock counts: the next one begins anew.
pub const NO_ROUND: u64 = u64::MAX;

/// A path in playback.
#[derive(Clone, Copy, Debug)]
pub struct PlayingPath {
    pub clock: PathClock,
    /// The clock's round at the last call.
    pub round: u64,
    /// The place of the path's words in `PathPlayer::words`, and their number.
    pub at: usize,
    pub words: usize,
    pub fingers: [PathFinger; path_score::FINGER_LIMIT],
    pub count: usize,
}

impl PlayingPath {
    /// Changes its pace, if nothing begins anew with the next frame.
    pub fn set_pace(&mut self, pace: PathPace, sample_rate_hz: f64, transport: &Transport) {
        self.clock.follow(transport);
        let begins_anew = self.round != self.clock.now().round;
        self.clock.set_rate(pace.rate, pace.direction, sample_rate_hz, transport);
        self.round = if begins_anew { NO_ROUND } else { self.clock.now().round };
    }

    /// Takes the place of another path: goes on with its fingers, or lifts them.
    pub fn replace(&mut self, before: &Self, words: &[u32], goes_on: bool, act: &mut dyn FnMut(PathEvent)) {
        let (now, own) = (self.clock.now(), &words[self.at..]);
        let time_before = before.clock.now();
        for (number, finger) in before.fingers.iter().enumerate() {
            let next = self.fingers[..self.count].get_mut(number).filter(|_| goes_on);
            match next {
                // A stroke that begins with the next frame must not be taken for the one before it.
                Some(next) if finger.changes(&words[before.at..], &time_before) => next.inherit(finger),
                Some(next) => next.take_over(finger, own, &now),
                None => PathFinger::lift(&mut { *finger }, act),
            }
        }
        if goes_on && time_before.round != before.round {
            self.round = NO_ROUND;
        }
    }
}
