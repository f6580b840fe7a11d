//! Plays paths in the time of the samples: when each finger of each path lands, its position, its keys, its volume
//! and its part. Reports that to the caller event by event; makes no sound. Keeps the transport, to which paths may be
//! locked. Reserves its memory at the beginning and never allocates later.

mod clock;
mod finger;
mod lanes;
mod playing;
#[cfg(test)]
mod tests;
mod transport;

use std::ops::RangeInclusive;

use plane::Point;
use protocol::constants::{PART_COUNT, TOUCH_PART_COUNT};
use protocol::path_score::{self, PATH_COUNT, TICKS_PER_S, WORD_LIMIT};

pub use protocol::path_score::PathDirection;

pub use self::clock::BeatLock;
use self::clock::PathClock;
use self::finger::PathFinger;
use self::lanes::KeyLanes;
use self::playing::{NO_ROUND, PlayingPath};
pub use self::transport::{Transport, TransportState};

/// Numbers of a row of the report.
pub const ROW_NUMBERS: usize = 4;
/// The most numbers of a report.
pub const REPORT_LIMIT: usize = ROW_NUMBERS * PATH_COUNT * path_score::FINGER_LIMIT;

/// An event of a path's finger on a part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathEvent {
    /// A finger of the path of this number lands: the part plays the patch decoded at its point, at its patch's own
    /// volume.
    Land(usize, Point, usize),
    /// The finger moves.
    Move(usize, Point),
    /// A key 0…127 goes down, or up with velocity 0.
    Key(usize, u8, u8),
    /// The volume by controller 7, 0…127; `None` returns to the part's own volume.
    Volume(usize, Option<u8>),
}

impl PathEvent {
    /// The part that it happens on.
    pub fn part(&self) -> usize {
        let (Self::Land(part, ..) | Self::Move(part, _) | Self::Key(part, ..) | Self::Volume(part, _)) =
            *self;
        part
    }
}

/// The speed and direction of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathPace {
    /// Seconds of the path that pass in a second, above 0.
    pub rate: f64,
    /// Its direction.
    pub direction: PathDirection,
}

/// The way in which a path begins to play.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathStart {
    /// The length of a round, seconds of the path.
    pub length_s: f64,
    /// True if it repeats, false if it plays once.
    pub repeats: bool,
    /// Its speed and direction.
    pub pace: PathPace,
    /// The time at which a free path begins, in seconds from its beginning. Without a time (not-a-number) the path goes
    /// on with the fingers of the path of the same number, a free one also at its time and on its way back.
    pub at_s: f64,
    /// Its rounds on the transport; `None` for a free path.
    pub lock: Option<BeatLock>,
}

/// The parts at a moment in which events are due.
#[derive(Clone, Copy, Debug, Default)]
pub struct DueParts {
    /// Bit n: part n is not for paths now.
    pub reserved: u32,
    /// Bit n: a note still sounds on part n, or its end.
    pub sounding: u32,
    /// True at the beginning of a block, where all fingers move. Within a block a finger only lifts and lands, so that
    /// the events of one path cut no other.
    pub moves: bool,
}

/// The lengths of rounds: the times of a path's points fit in 32 bits.
const LENGTHS_TICKS: RangeInclusive<f64> = 1.0..=u32::MAX as f64;
/// The paths that play.
pub struct PathPlayer {
    sample_rate_hz: f64,
    transport: Transport,
    playing: [Option<PlayingPath>; PATH_COUNT],
    /// The words of all paths, one after another; its capacity never grows.
    words: Vec<u32>,
    /// The number of words that belong to paths; the rest is the room of the next path.
    used: usize,
    /// The keys that touches play, and those of the paths that have their own.
    lanes: KeyLanes,
    path_lanes: [KeyLanes; PATH_COUNT],
    /// Bit n: part n belongs to the caller.
    claimed: u32,
    /// The path that landed last on each part.
    last_paths: [Option<usize>; PART_COUNT],
    report: [f32; REPORT_LIMIT],
}

impl PathPlayer {
    /// Nothing plays; touches play middle C.
    #[inline(never)]
    pub fn new(sample_rate_hz: f64) -> Self {
        Self {
            sample_rate_hz,
            transport: Transport::new(sample_rate_hz),
            playing: [None; PATH_COUNT],
            // A path that is replaced plays until its words are read.
            words: Vec::with_capacity(2 * WORD_LIMIT),
            used: 0,
            lanes: KeyLanes::NONE,
            path_lanes: [KeyLanes::NONE; PATH_COUNT],
            claimed: 0,
            last_paths: [None; PART_COUNT],
            report: [0.0; REPORT_LIMIT],
        }
    }

    /// Room for the words of the next path; `None` if one path may not have so many.
    #[inline(never)]
    pub fn room(&mut self, words: usize) -> Option<&mut [u32]> {
        self.words.resize(self.used + Some(words).filter(|&words| words <= WORD_LIMIT)?, 0);
        self.words.get_mut(self.used..)
    }

    /// True if the words in the room are few enough to play under a number, beside the paths of other numbers.
    #[inline(never)]
    pub fn fits(&self, number: usize) -> bool {
        let replaced = self.playing.get(number).copied().flatten().map_or(0, |path| path.words);
        self.words.len() - replaced <= WORD_LIMIT
    }

    /// Plays the path whose words are in the room. Returns `false` and changes nothing if the words are no path or do
    /// not fit.
    #[inline(never)]
    pub fn play(&mut self, number: usize, start: &PathStart, act: &mut dyn FnMut(PathEvent)) -> bool {
        let &PathStart { length_s, repeats, pace, at_s, lock } = start;
        let length_ticks = (length_s * TICKS_PER_S).round();
        let words = &self.words[self.used..];
        let read = path_score::read(words, length_ticks).filter(|_| LENGTHS_TICKS.contains(&length_ticks));
        let (Some((scores, count)), true) = (read, number < PATH_COUNT && self.fits(number)) else {
            return false;
        };
        let mut before = self.playing[number];
        if let Some(before) = &mut before {
            before.clock.follow(&self.transport);
        }
        let (at_ticks, returns) = match before.map(|before| before.clock.now()) {
            Some(now) if at_s.is_nan() => (now.ticks, now.is_backward),
            _ if at_s.is_nan() => (0.0, false),
            _ => (at_s * TICKS_PER_S, false),
        };
        let clock = match lock {
            Some(lock) => PathClock::locked(length_ticks, repeats, lock, &self.transport),
            None => PathClock::new(length_ticks, pace.direction, repeats, at_ticks, returns),
        };
        let mut path = PlayingPath {
            round: clock.now().round,
            clock,
            at: self.used,
            words: words.len(),
            fingers: scores.map(PathFinger::new),
            count,
        };
        path.set_pace(pace, self.sample_rate_hz, &self.transport);
        if let Some(before) = &before {
            path.replace(before, &self.words, at_s.is_nan(), act);
        }
        self.used += path.words;
        self.playing[number] = Some(path);
        if let Some(before) = before {
            self.remove_words(before.at, before.words);
        }
        true
    }

    /// Forgets the words of a path.
    #[inline(never)]
    fn remove_words(&mut self, at: usize, count: usize) {
        self.words.copy_within(at + count..self.used, at);
        self.used -= count;
        self.words.truncate(self.used);
        for path in self.playing.iter_mut().flatten().filter(|path| path.at > at) {
            path.at -= count;
        }
    }

    /// Sets the tempo and the state of the transport. From its beginning on all locked paths begin anew.
    pub fn set_transport(&mut self, bpm: f64, state: TransportState) {
        if self.transport.set(bpm, state) {
            for path in self.playing.iter_mut().flatten().filter(|path| path.clock.is_locked()) {
                path.round = NO_ROUND;
            }
        }
    }

    /// The transport.
    pub fn transport(&self) -> &Transport {
        &self.transport
    }

    /// Changes a path's pace. A free path goes on from its present time, a locked one where the transport is.
    #[inline(never)]
    pub fn set_pace(&mut self, number: usize, pace: PathPace) {
        let Self { sample_rate_hz, transport, playing, .. } = self;
        if let Some(path) = playing.get_mut(number).and_then(Option::as_mut) {
            path.set_pace(pace, *sample_rate_hz, transport);
        }
    }

    /// Stops a path: its keys go up.
    #[inline(never)]
    pub fn stop(&mut self, number: usize, act: &mut dyn FnMut(PathEvent)) {
        let Some(mut path) = self.playing.get_mut(number).and_then(Option::take) else { return };
        path.fingers.iter_mut().for_each(|finger| finger.lift(act));
        self.path_lanes[number] = KeyLanes::NONE;
        self.remove_words(path.at, path.words);
    }

    /// Forgets all paths, after the caller has silenced the sound.
    #[inline(never)]
    pub fn clear(&mut self) {
        self.playing = [None; PATH_COUNT];
        self.path_lanes.fill_with(|| KeyLanes::NONE);
        self.words.clear();
        self.used = 0;
    }

    /// Sets the keys of the lanes of touches, from left to right, and whether fingers slide to other keys in legato.
    /// Ignores an empty list and more lanes than fit.
    pub fn set_lanes(&mut self, keys: impl ExactSizeIterator<Item = u128>, is_legato: bool) {
        self.lanes.set(keys, is_legato);
    }

    /// Gives a path lanes of its own, until it stops; without lanes it has those of touches.
    pub fn set_path_lanes(
        &mut self,
        number: usize,
        keys: impl ExactSizeIterator<Item = u128>,
        is_legato: bool,
    ) {
        if let Some(own) = self.path_lanes.get_mut(number) {
            *own = KeyLanes::NONE;
            own.set(keys, is_legato);
        }
    }

    /// Takes parts of touches for the caller alone, bit n for part n, and gives the others back. A finger on such a
    /// part leaves it, and lands again on a free one.
    #[inline(never)]
    pub fn claim(&mut self, parts: u32, act: &mut dyn FnMut(PathEvent)) {
        let parts = parts & ((1 << TOUCH_PART_COUNT) - 1);
        self.claimed = parts;
        for finger in self.playing.iter_mut().flatten().flat_map(|path| &mut path.fingers) {
            if finger.part().is_some_and(|part| parts & 1 << part != 0) {
                finger.lift(act);
            }
        }
    }

    /// Presses the keys that are down on these parts again, bit n for part n, after the caller has ended them.
    #[inline(never)]
    pub fn press_again(&mut self, parts: u32) {
        let fingers = self.playing.iter_mut().flatten().flat_map(|path| &mut path.fingers);
        let own = fingers.filter(|finger| finger.part().is_some_and(|part| parts & 1 << part != 0));
        own.for_each(PathFinger::forget_keys);
    }

    /// Plays the events that are due now on free parts: parts that are neither claimed nor reserved. A finger leaves a
    /// reserved part. Returns how many of the next `frames` may pass before something else is due.
    #[inline(never)]
    pub fn play_due(&mut self, frames: usize, due: &DueParts, act: &mut dyn FnMut(PathEvent)) -> usize {
        let &DueParts { reserved, sounding, moves } = due;
        let mut passed = frames as f64;
        let Self { playing, words, lanes, path_lanes, transport, last_paths, .. } = self;
        let mut taken = self.claimed | reserved;
        // The fingers that lift come first, so that others find their parts free.
        for (number, path) in playing.iter_mut().enumerate() {
            let Some(path) = path else { continue };
            let is_legato =
                if path_lanes[number].is_empty() { &*lanes } else { &path_lanes[number] }.is_legato;
            path.clock.follow(transport);
            let (now, words) = (path.clock.now(), &words[path.at..]);
            let begins_anew = std::mem::replace(&mut path.round, now.round) != now.round;
            for finger in &mut path.fingers[..path.count] {
                let next = finger.find(words, &now, begins_anew, is_legato, act);
                if now.plays() {
                    passed = passed.min(next.map_or(passed, |ticks| path.clock.frames_to(ticks)));
                }
                let own = finger.part().map_or(0, |part| 1 << part);
                if own & reserved != 0 {
                    finger.lift(act);
                }
                taken |= own;
            }
            passed = passed.min(path.clock.frames_to_change());
        }
        for (number, path) in playing.iter_mut().enumerate() {
            let Some(path) = path else { continue };
            let words = &words[path.at..];
            let lanes = if path_lanes[number].is_empty() { &*lanes } else { &path_lanes[number] };
            for finger in &mut path.fingers[..path.count] {
                let lands = finger.part().is_none();
                if !lands && !moves {
                    continue;
                }
                let Some(now) = finger.now(words) else { continue };
                if lands {
                    let own = parts_of(last_paths, number);
                    let Some(part) = free_part(taken, own, sounding) else { continue };
                    taken |= 1 << part;
                    last_paths[part] = Some(number);
                    finger.land(part, &now, number, act);
                }
                finger.sound(&now, lanes.keys_at(&now), lanes.is_legato, act);
            }
        }
        passed as usize
    }

    /// Advances by frames, in which nothing is due.
    pub fn pass(&mut self, frames: usize) {
        self.playing.iter_mut().flatten().for_each(|path| path.clock.pass(frames));
        self.transport.pass(frames);
    }

    /// Four numbers for each finger of each path: the path's number, the finger's number, the part that it plays
    /// on, and the seconds from the path's beginning. The part is −1 in a pause and while the path rests, −2 if no part
    /// is free, −3 if the path has ended.
    #[inline(never)]
    pub fn report(&mut self) -> &[f32] {
        let mut length = 0;
        for (number, path) in self.playing.iter().enumerate() {
            let Some(path) = path else { continue };
            let now = path.clock.now();
            for (place, finger) in path.fingers[..path.count].iter().enumerate() {
                let part = match finger.part() {
                    _ if now.has_ended => -3.0,
                    Some(part) => part as f32,
                    None if finger.is_down() => -2.0,
                    None => -1.0,
                };
                let seconds = (now.ticks / TICKS_PER_S) as f32;
                let row = [number as f32, place as f32, part, seconds];
                self.report[length..length + ROW_NUMBERS].copy_from_slice(&row);
                length += ROW_NUMBERS;
            }
        }
        &self.report[..length]
    }
}

/// The part for a finger: one of paths where its own path was the last one, so that notes of one path meet; else one
/// that is silent, so that the end of another path's note stays as it is; else any. Those of paths come before those of
/// touches.
fn free_part(taken: u32, own: u32, sounding: u32) -> Option<usize> {
    let last = |parts: u32| (parts & !taken).checked_ilog2().map(|part| part as usize);
    let touches: u32 = (1 << TOUCH_PART_COUNT) - 1;
    let all: u32 = (1 << PART_COUNT) - 1;
    last(own & !touches).or_else(|| last(all & !sounding)).or_else(|| last(all))
}

/// Bit n: the path of this number was the last one on part n.
fn parts_of(last_paths: &[Option<usize>; PART_COUNT], number: usize) -> u32 {
    let own = last_paths.iter().enumerate().filter(|(_, path)| **path == Some(number));
    own.fold(0, |parts, (part, _)| parts | 1 << part)
}
