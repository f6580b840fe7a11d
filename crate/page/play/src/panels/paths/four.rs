//! The plane of four: a square with a path in each corner. The nearer a finger is to a corner, the more its path
//! counts in the mix, which plays while the finger moves. A held note of the mix is struck again and again.

use std::rc::Rc;

use path::target::{STRIKES_HZ, USUAL_STRIKES_HZ, note_s, strike};
use path::{LatentPath, blend};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use serde::Serialize;

use super::loop_path::{empty_loop, finger_path, of_path};
use super::mix_level::MeasuredMix;
use super::{PathsRemark, PathsWay};
use crate::action::GestureAction;
use crate::loops::RecordedLoop;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;

/// The number of corners: upper left, upper right, lower left, lower right.
pub(super) const CORNER_COUNT: usize = 4;
/// The radius of a corner's circle of reach, as a share of the side: the next corner is just beyond it.
const REACH: f64 = 1.0;
/// While a finger moves, the mix changes no more often than this, in milliseconds.
const PAUSE_MS: f64 = 40.0;
/// A corner reaches over more than three quarters of the square.
const MOST_TRIES: usize = 50;

/// The loop in a corner, and its path.
#[derive(Clone, Debug)]
struct Corner {
    own: Rc<RecordedLoop>,
    path: LatentPath,
}

/// A mix that was added, and its sources.
#[derive(Clone, Debug)]
struct AddedMix {
    number: u8,
    place: [f64; 2],
    sources: [Option<Rc<RecordedLoop>>; CORNER_COUNT],
}

/// The square.
#[derive(Clone, Debug)]
pub(super) struct FourState {
    corners: [Option<Corner>; CORNER_COUNT],
    /// The corners that a person has emptied.
    emptied: [bool; CORNER_COUNT],
    /// The place of the finger: shares of the side, to the right and down.
    place: [f64; 2],
    /// The loop that follows the finger; 0 before the finger has touched.
    number: u8,
    added: Vec<AddedMix>,
    /// The time of the last change of the mix, in milliseconds.
    put_ms: f64,
    /// Notes a second of a mix whose heaviest path holds one note; 0 if it holds it, too.
    strikes_hz: f64,
    pub(super) measuring: Option<MeasuredMix>,
}

impl Default for FourState {
    fn default() -> Self {
        Self {
            corners: [const { None }; CORNER_COUNT],
            emptied: [false; CORNER_COUNT],
            place: [0.5; 2],
            number: 0,
            added: Vec::new(),
            put_ms: f64::NEG_INFINITY,
            strikes_hz: USUAL_STRIKES_HZ,
            measuring: None,
        }
    }
}

/// The plane of four as the script draws it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsFourModel {
    /// The number of the loop in each corner; 0: no loop.
    pub corners: [u8; CORNER_COUNT],
    /// The weight of each corner, 0…1; all 0 while nothing can be mixed.
    pub weights: [f64; CORNER_COUNT],
    /// The place of the finger: shares of the side, to the right and down.
    pub place: [f64; 2],
    /// The mixes that were added.
    pub added: Vec<PathsMix>,
    /// The mix under the finger, which no corner can have; 0 before the first touch.
    pub number: u8,
    /// The notes a second of a mix whose heaviest path holds one note; null for recorded tones, which are held.
    pub strikes_hz: Option<f64>,
    /// The sentence that says what is missing.
    pub missing: Option<PathsRemark>,
}

/// An added mix.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsMix {
    /// Its place: shares of the side, to the right and down.
    pub place: [f64; 2],
    /// Its name.
    pub name: String,
}

impl FourState {
    fn numbers(&self) -> [u8; CORNER_COUNT] {
        std::array::from_fn(|corner| self.corners[corner].as_ref().map_or(0, |own| own.own.number))
    }

    fn sources(&self) -> [Option<Rc<RecordedLoop>>; CORNER_COUNT] {
        std::array::from_fn(|corner| self.corners[corner].as_ref().map(|own| Rc::clone(&own.own)))
    }

    /// The weight of each corner at a place; that of a corner without a path is 0. They sum to 1, or to 0 without
    /// paths.
    fn weights(&self, [right, down]: [f64; 2]) -> [f64; CORNER_COUNT] {
        let weights = blend::corner_weights(right, down, [REACH; CORNER_COUNT]);
        let filled = |corner: usize| if self.corners[corner].is_some() { weights[corner] } else { 0.0 };
        let weights: [f64; CORNER_COUNT] = std::array::from_fn(filled);
        let total: f64 = weights.iter().sum();
        if total > 0.0 { weights.map(|weight| weight / total) } else { weights }
    }

    /// The sentence about what mixing needs first: another path, or another corner with one.
    fn missing(&self, loops: usize) -> Option<PathsRemark> {
        if self.corners.iter().flatten().count() > 1 {
            None
        } else if loops.saturating_sub(usize::from(self.number != 0)) < 2 {
            Some(PathsRemark::NeedTwo)
        } else {
            Some(PathsRemark::NeedCorner)
        }
    }

    /// The mix under the finger stays, as an added one.
    fn leave(&mut self) {
        if self.number != 0 {
            self.added.push(AddedMix { number: self.number, place: self.place, sources: self.sources() });
        }
        self.number = 0;
    }

    /// True if the mix under the finger is made of several paths.
    pub fn is_mixed(&self) -> bool {
        self.weights(self.place).iter().filter(|weight| **weight > 0.0).count() > 1
    }

    /// The number of the mix under the finger; 0 before the finger has touched.
    pub fn number(&self) -> u8 {
        self.number
    }

    /// True if this task measures the mix.
    pub fn has_task(&self, task: TaskNumber) -> bool {
        self.measuring.as_ref().is_some_and(|measured| measured.task() == task)
    }

    pub fn model(
        &self,
        loops: &[Rc<RecordedLoop>],
        is_amsynth: bool,
        name: impl Fn(&RecordedLoop) -> String,
    ) -> PathsFourModel {
        let missing = self.missing(loops.len());
        let mix = |added: &AddedMix| {
            let own = loops.iter().find(|own| own.number == added.number)?;
            Some(PathsMix { place: added.place, name: name(own) })
        };
        PathsFourModel {
            corners: self.numbers(),
            weights: if missing.is_none() { self.weights(self.place) } else { [0.0; CORNER_COUNT] },
            place: self.place,
            added: self.added.iter().filter_map(mix).collect(),
            number: self.number,
            strikes_hz: is_amsynth.then_some(self.strikes_hz),
            missing,
        }
    }
}

impl Reducer<'_> {
    /// The loops have changed: a loop that is gone is in no corner. While the square is shown, empty corners take the
    /// oldest loops, except corners that a person has emptied.
    pub(super) fn follow_loops_in_four(&mut self) {
        let loops = self.state.document().loops.all().to_vec();
        let paths = self.paths();
        let is_shown = paths.way == PathsWay::Four;
        let four = &mut paths.four;
        let find = |number: u8| loops.iter().find(|own| own.number == number);
        if find(four.number).is_none() {
            four.number = 0;
        }
        four.added.retain(|added| find(added.number).is_some());
        let mut numbers = four.numbers().map(|number| find(number).map_or(0, |own| own.number));
        if is_shown {
            let is_free = |number: u8| {
                number != four.number
                    && !numbers.contains(&number)
                    && four.added.iter().all(|added| added.number != number)
            };
            let free: Vec<u8> =
                loops.iter().map(|own| own.number).filter(|&number| is_free(number)).collect();
            let mut free = free.into_iter();
            for (corner, number) in numbers.iter_mut().enumerate() {
                if *number == 0 && !four.emptied[corner] {
                    *number = free.next().unwrap_or(0);
                }
            }
        }
        for (corner, number) in numbers.into_iter().enumerate() {
            self.place_in_four(corner, number);
        }
    }

    /// Puts a loop into a corner; 0 empties it.
    fn place_in_four(&mut self, corner: usize, number: u8) {
        let own = self.state.document().loops.all().iter().find(|own| own.number == number).cloned();
        let place = &mut self.paths().four.corners[corner];
        let is_there =
            |own: &Rc<RecordedLoop>| place.as_ref().is_some_and(|there| Rc::ptr_eq(&there.own, own));
        if own.as_ref().is_some_and(is_there) {
            return;
        }
        *place = own.and_then(|own| Some(Corner { path: finger_path(&own, 0)?, own }));
    }

    /// A person chooses a loop for a corner, or empties it.
    pub(super) fn choose_corner(&mut self, corner: usize, number: u8) {
        if corner < CORNER_COUNT {
            self.paths().four.emptied[corner] = number == 0;
            self.place_in_four(corner, number);
        }
    }

    /// The finger moves in the square.
    pub(super) fn move_in_four(&mut self, place: [f64; 2]) {
        self.drop_mix_measurement();
        let now_ms = self.state.panels.now_ms;
        let four = &mut self.paths().four;
        four.place = place.map(|share| if share.is_nan() { 0.5 } else { share.clamp(0.0, 1.0) });
        if now_ms - four.put_ms >= PAUSE_MS {
            four.put_ms = now_ms;
            self.put_mix();
        }
    }

    /// The finger is up: the mix is a step of undo, with the level that it gets once its places are measured.
    pub(super) fn end_mix(&mut self) {
        self.put_mix();
        if !self.measure_mix() {
            self.state.history.finish_step();
        }
    }

    /// A person types the notes a second: the mix under the finger gets them.
    pub(super) fn type_mix_strikes(&mut self, value: f64) {
        self.take_typed_value();
        if !(STRIKES_HZ[0]..=STRIKES_HZ[1]).contains(&value) {
            let former_hz = self.paths().four.strikes_hz;
            return self.say_of_paths(PathsRemark::NoStrikes { former_hz, most_hz: STRIKES_HZ[1] });
        }
        self.paths().four.strikes_hz = value;
        if self.paths().four.number != 0 {
            self.end_mix();
        }
    }

    /// The mix plays as it is now.
    fn put_mix(&mut self) {
        let loops = self.state.document().loops.all().to_vec();
        let four = &self.state.panels.paths.four;
        if let Some(missing) = four.missing(loops.len()) {
            return self.say_of_paths(missing);
        }
        let weights = four.weights(four.place);
        let counting = four.corners.iter().zip(weights);
        let (parts, shares): (Vec<&LatentPath>, Vec<f64>) =
            counting.filter_map(|(corner, weight)| Some((&corner.as_ref()?.path, weight))).unzip();
        let Ok(Some(mut path)) = blend::mix(&parts, &shares) else { return };
        // A path alone stays as it is, and so do notes that a person has played.
        if four.is_mixed()
            && path.notes().len() == 1
            && self.state.is_amsynth()
            && let Some(note_s) = note_s(path.length_s(), four.strikes_hz)
        {
            strike(&mut path, note_s);
        }
        let number = four.number;
        let former = loops.iter().find(|own| own.number == number);
        let own = match former {
            Some(own) => {
                path.set_name(own.name.as_deref().unwrap_or_default());
                RecordedLoop::clone(own)
            }
            None => {
                path.set_name(&self.paths().words.free_mix_name(&loops));
                self.state.history.finish_step();
                empty_loop()
            }
        };
        let Some(number) = self.put_path(of_path(own, &path)) else {
            return self.say_of_paths(PathsRemark::NoRoom);
        };
        self.clear_remarks_of_paths();
        self.paths().four.number = number;
        if self.paths().number == number {
            // The lanes show it, and would put back the mix from before.
            self.show_changed_path(number);
        }
        if !self.state.gesture.plays(number) {
            self.gesture(GestureAction::ToggleLoop(number));
        }
    }

    /// The mix stays where it is; the next touch makes another one.
    pub(super) fn add_mix(&mut self) {
        let four = &self.paths().four;
        let sources = four.sources();
        let is_same = |one: &Option<Rc<RecordedLoop>>, other: &Option<Rc<RecordedLoop>>| match (one, other) {
            (Some(one), Some(other)) => Rc::ptr_eq(one, other) || one == other,
            (None, None) => true,
            _ => false,
        };
        let is_here = |added: &&AddedMix| {
            added.place == four.place
                && added.sources.iter().zip(&sources).all(|(one, other)| is_same(one, other))
        };
        if four.number == 0
            && let Some(number) = four.added.iter().find(is_here).map(|added| added.number)
        {
            let name = self.path_name(number);
            return self.say_of_paths(PathsRemark::MixIsHere { name });
        }
        self.end_mix();
        if self.paths().four.number != 0 {
            self.paths().four.leave();
            self.follow_loops_in_four();
        }
    }

    /// Adds a mix at a random place. The mix under the finger stays where it is.
    pub(super) fn add_random_mix(&mut self, seed: u32) {
        let loops = self.state.document().loops.all().len();
        let four = &mut self.paths().four;
        if let Some(missing) = four.missing(loops) {
            return self.say_of_paths(missing);
        }
        four.leave();
        let mut chance = SmallRng::seed_from_u64(seed.into());
        // A place must be in reach of a path: some corners may be empty.
        let mut places = (0..MOST_TRIES).map(|_| [chance.random::<f64>(), chance.random::<f64>()]);
        if let Some(place) = places.find(|&place| four.weights(place).iter().any(|&weight| weight > 0.0)) {
            four.place = place;
        }
        self.add_mix();
    }

    /// Ends the mix under the finger, and its measurement: before the editor opens again, another loop may get its
    /// number.
    pub(super) fn leave_mix(&mut self) {
        self.drop_mix_measurement();
        self.state.history.finish_step();
        self.paths().four.leave();
    }
}
