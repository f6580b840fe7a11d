//! A finger of a path that plays: its stroke, its part, and the keys that it holds there. Reads no clock.

use plane::Point;
use protocol::path_score::{FingerScore, ReadStroke, partition};

use super::PathEvent;
use super::clock::PathTime;

/// A finger of a path.
#[derive(Clone, Copy, Debug)]
pub struct PathFinger {
    score: FingerScore,
    /// The stroke that the finger plays, and its time in ticks.
    stroke: Option<usize>,
    ticks: f64,
    part: Option<usize>,
    /// Bit n: the finger holds key n.
    keys: u128,
    volume: Option<u8>,
}

/// The position of a finger that is down, and the note that it plays there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlayedNow {
    /// The finger's point.
    pub point: Point,
    /// The key of its stroke, 0…127, if it has one.
    pub key: Option<u8>,
    velocity: u8,
    volume: Option<u8>,
}

impl PathFinger {
    /// Before its first stroke.
    pub fn new(score: FingerScore) -> Self {
        Self { score, stroke: None, ticks: 0.0, part: None, keys: 0, volume: None }
    }

    /// Goes on with the part and keys of another finger, if both are down.
    pub fn take_over(&mut self, other: &Self, words: &[u32], now: &PathTime) {
        self.stroke = other.stroke.and_then(|_| self.stroke_at(words, now).0);
        self.inherit(other);
    }

    /// Has the part and keys of another finger, until it finds its own stroke.
    pub fn inherit(&mut self, other: &Self) {
        (self.part, self.keys, self.volume) = (other.part, other.keys, other.volume);
    }

    /// True if the finger plays another stroke at a time than before, or none.
    pub fn changes(&self, words: &[u32], now: &PathTime) -> bool {
        self.stroke != self.stroke_at(words, now).0.filter(|_| now.plays())
    }

    /// The part that the finger plays on.
    pub fn part(&self) -> Option<usize> {
        self.part
    }

    /// True while the finger plays a stroke.
    pub fn is_down(&self) -> bool {
        self.stroke.is_some()
    }

    /// The stroke at a time, and when it ends or the next one begins, in ticks. A stroke has its first moment and not
    /// its last one, so that strokes may follow each other.
    #[inline(never)]
    fn stroke_at(&self, words: &[u32], now: &PathTime) -> (Option<usize>, Option<f64>) {
        let &PathTime { ticks, is_backward, .. } = now;
        let stroke = |number: usize| self.score.stroke(words, number);
        let begun = partition(self.score.strokes(), &|number| {
            let start = stroke(number).ticks[0];
            if is_backward { start < ticks } else { start <= ticks }
        });
        let last = begun.checked_sub(1).map(stroke);
        let contains =
            |own: &ReadStroke| if is_backward { ticks <= own.ticks[1] } else { ticks < own.ticks[1] };
        match last {
            Some(own) if contains(&own) => (Some(own.number), Some(own.ticks[usize::from(!is_backward)])),
            Some(own) if is_backward => (None, Some(own.ticks[1])),
            _ if is_backward || begun == self.score.strokes() => (None, None),
            _ => (None, Some(stroke(begun).ticks[0])),
        }
    }

    /// True if a stroke follows another one without a pause and on another key: in legato the finger slides to it.
    fn is_tied(&self, words: &[u32], before: Option<usize>, next: Option<usize>) -> bool {
        let (Some(before), Some(next)) = (before, next) else { return false };
        let [first, second] =
            [before.min(next), before.max(next)].map(|number| self.score.stroke(words, number));
        let is_next = first.number + 1 == second.number && first.ticks[1] == second.ticks[0];
        is_next && first.key.is_some() && second.key.is_some() && first.key != second.key
    }

    /// Finds the finger's stroke at a time, and lifts the finger if another stroke begins, to which it does not slide
    /// in legato, or no stroke is left. Returns the time of the next change, in ticks.
    pub fn find(
        &mut self,
        words: &[u32],
        now: &PathTime,
        begins_anew: bool,
        is_legato: bool,
        act: &mut dyn FnMut(PathEvent),
    ) -> Option<f64> {
        let (mut stroke, next) = self.stroke_at(words, now);
        stroke = stroke.filter(|_| now.plays());
        self.ticks = now.ticks;
        let before = std::mem::replace(&mut self.stroke, stroke);
        let lifts = before != stroke && !(is_legato && self.is_tied(words, before, stroke));
        if lifts || begins_anew || stroke.is_none() {
            self.lift(act);
        }
        next
    }

    /// The position and note of the finger, if it is down.
    #[inline(never)]
    pub fn now(&self, words: &[u32]) -> Option<PlayedNow> {
        let stroke = self.score.stroke(words, self.stroke?);
        let volume = self.score.level(words, self.ticks).map(|level| (level * 127.0).round() as u8);
        let point = self.score.at(words, &stroke, self.ticks);
        Some(PlayedNow { point, key: stroke.key, velocity: stroke.velocity, volume })
    }

    /// The finger of a path lands on a free part.
    pub fn land(&mut self, part: usize, now: &PlayedNow, path: usize, act: &mut dyn FnMut(PathEvent)) {
        self.part = Some(part);
        self.volume = None;
        act(PathEvent::Land(part, now.point, path));
    }

    /// The finger moves, and holds exactly these keys.
    #[inline(never)]
    pub fn sound(&mut self, now: &PlayedNow, next: u128, is_legato: bool, act: &mut dyn FnMut(PathEvent)) {
        let Some(part) = self.part else { return };
        act(PathEvent::Move(part, now.point));
        if std::mem::replace(&mut self.volume, now.volume) != now.volume {
            act(PathEvent::Volume(part, now.volume));
        }
        let before = std::mem::replace(&mut self.keys, next);
        let begins = (next & !before, now.velocity);
        let ends = (before & !next, 0);
        for (set, velocity) in if is_legato { [begins, ends] } else { [ends, begins] } {
            each_key(part, set, velocity, act);
        }
    }

    /// Forgets the keys that the finger holds, after they have ended.
    pub fn forget_keys(&mut self) {
        self.keys = 0;
    }

    /// The finger's keys go up, and it leaves its part.
    #[inline(never)]
    pub fn lift(&mut self, act: &mut dyn FnMut(PathEvent)) {
        if let Some(part) = self.part.take() {
            each_key(part, std::mem::take(&mut self.keys), 0, act);
        }
    }
}

/// The keys of a set (bit n: key n) of a part, from the lowest on.
fn each_key(part: usize, set: u128, velocity: u8, act: &mut dyn FnMut(PathEvent)) {
    let keys = (0..128).filter(|key| set & 1 << key != 0);
    keys.for_each(|key| act(PathEvent::Key(part, key, velocity)));
}
