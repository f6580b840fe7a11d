//! The square whose corners are the sounds A to D: a point in it is a mixture of all four, which a worker computes.
//! While it computes one, only the last wish counts; each step of undo has what belongs to it.

use patch::Patch;
use plane::Point;

use super::ends::BetweenEnd;
use super::hands::{BetweenControl, ControlHand};
use super::known::KnownPlaces;
use super::{BetweenProblem, BetweenTask, END_COUNT};
use crate::action::Edit;
use crate::compare::Location;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;

/// The steps of an axis.
pub(super) const SQUARE_STEPS: u8 = 100;

/// A place in the square: steps to the right and up.
pub(super) type SquarePlace = [u8; 2];

/// The square.
#[derive(Clone, Debug, Default)]
pub(super) struct MixtureSquare {
    /// The place of the point.
    pub at: SquarePlace,
    /// The sounds that the point has led to, and where it was.
    pub known: KnownPlaces<SquarePlace>,
    pub hand: ControlHand<SquarePlace>,
    /// The task that computes a mixture, and its place.
    mixing: Option<(TaskNumber, SquarePlace)>,
    /// True if another mixture is wanted after that one.
    is_late: bool,
    /// True if the continuous edit ends after the last mixture.
    is_ending: bool,
    /// True if the mixture that is computed ends a step, of keys before a pointer.
    is_cut: bool,
}

impl MixtureSquare {
    /// The current sound is another one.
    pub fn follow(&mut self, seen: &Location) {
        if let Some(at) = self.known.get(seen).filter(|_| self.mixing.is_none()) {
            self.at = at;
        }
    }
}

/// The place of a corner: lower left, lower right, upper left, upper right.
fn corner_place(corner: usize) -> SquarePlace {
    [SQUARE_STEPS * (corner % 2) as u8, SQUARE_STEPS * (corner / 2) as u8]
}

/// The step that is nearest to a share of an axis.
fn step_of(share: f32) -> u8 {
    (f32::from(SQUARE_STEPS) * share.clamp(0.0, 1.0)).round() as u8
}

impl Reducer<'_> {
    fn square(&mut self) -> &mut MixtureSquare {
        &mut self.between().square
    }

    /// An end is another sound, or A and B have changed places.
    pub(super) fn take_corners(&mut self) {
        self.drop_mixture();
        let between = self.between();
        between.square.known.clear();
        let Some(corners) = between.ends.four() else { return };
        let keys = corners.map(|corner| corner.key.clone());
        for (corner, key) in keys.into_iter().enumerate() {
            between.square.known.add(key, corner_place(corner));
        }
    }

    /// Ends the computation of a mixture.
    pub(super) fn drop_mixture(&mut self) {
        let square = self.square();
        square.is_late = false;
        let mixing = square.mixing.take();
        let is_ending = square.is_ending;
        self.cancel_task(mixing.map(|(task, _)| task));
        if is_ending {
            self.finish_square_step();
        }
    }

    /// A pointer presses the square at shares of its axes.
    pub(super) fn press_square(&mut self, pointer: i32, at: [f32; 2]) {
        let between = self.between();
        let square = &mut between.square;
        if between.ends.four().is_none() || square.hand.pressed.is_some() {
            return;
        }
        square.hand.press(pointer, square.at);
        // The moves of keys are a step of their own.
        if square.mixing.is_some() {
            (square.is_cut, square.is_ending) = (true, false);
        } else {
            self.finish_square_step();
        }
        self.hold_between();
        self.move_square(at.map(step_of));
    }

    pub(super) fn drag_square(&mut self, pointer: i32, at: [f32; 2]) {
        if self.square().hand.is_pressed_by(pointer) {
            self.move_square(at.map(step_of));
        }
    }

    pub(super) fn lift_square(&mut self, pointer: i32) {
        if self.square().hand.is_pressed_by(pointer) {
            self.release_square();
        }
    }

    /// The finger scrolls instead, or is lost.
    pub(super) fn cancel_square(&mut self, pointer: i32) {
        let hand = &self.square().hand;
        if let Some((_, before)) = hand.pressed.filter(|_| hand.is_pressed_by(pointer)) {
            self.move_square(before);
            self.release_square();
        }
    }

    pub(super) fn release_square(&mut self) {
        if self.square().hand.pressed.take().is_some() {
            self.release_between();
            self.end_square_step();
        }
    }

    /// A key moves the point along an axis, 0 or 1, to a step.
    pub(super) fn set_square_axis(&mut self, axis: usize, step: i32) {
        let between = self.between();
        let mut at = between.square.at;
        let is_ready = between.ends.four().is_some();
        let Some(own) = at.get_mut(axis).filter(|_| is_ready) else { return };
        *own = step.clamp(0, SQUARE_STEPS.into()) as u8;
        self.move_square(at);
        self.pause_between(BetweenControl::Square);
    }

    /// A key moves the point along an axis by steps.
    pub(super) fn step_square_axis(&mut self, axis: usize, by: i32) {
        if let Some(&own) = self.square().at.get(axis) {
            self.set_square_axis(axis, i32::from(own).saturating_add(by));
        }
    }

    /// The point is let go: the next move is another step of undo.
    pub(super) fn end_square_step(&mut self) {
        let square = self.square();
        square.is_ending = true;
        if square.mixing.is_none() {
            self.finish_square_step();
        }
    }

    fn finish_square_step(&mut self) {
        let square = self.square();
        (square.is_cut, square.is_ending) = (false, false);
        self.edit(Edit::FinishStep);
    }

    fn move_square(&mut self, at: SquarePlace) {
        let square = self.square();
        square.at = at;
        square.is_late = square.mixing.is_some();
        if !square.is_late {
            self.mix_square();
        }
    }

    /// Gives the sound the patch at the point; at a corner it is the chosen sound.
    fn mix_square(&mut self) {
        let between = self.between();
        let Some(corners) = between.ends.four() else { return };
        let at = between.square.at;
        if let Some(corner) = (0..END_COUNT).find(|&corner| corner_place(corner) == at) {
            let sound = corners[corner].sound.clone();
            return self.go_in_square(sound, at);
        }
        let values = corners.iter().flat_map(|corner| corner.patch.values()).copied().collect();
        let [across, upward] = at.map(share_of);
        let task = self.begin_task(BetweenTask::Among { values, across, upward });
        self.square().mixing = Some((task, at));
    }

    /// A worker has computed a mixture; returns true if it is the one that is awaited.
    pub(super) fn take_mixture(&mut self, task: TaskNumber, patch: Patch) -> bool {
        let Some((_, at)) = self.square().mixing.take_if(|(own, _)| *own == task) else { return false };
        let Some(point) = self.between().ends.four().map(|corners| point_among(corners, at)) else {
            return true;
        };
        let sound = self.state.location(point, Some(Box::new(patch)));
        self.go_in_square(sound, at);
        true
    }

    pub(super) fn fail_mixture(&mut self, task: TaskNumber) {
        let square = self.square();
        if square.mixing.take_if(|(own, _)| *own == task).is_some() {
            (square.is_late, square.is_cut) = (false, false);
            if square.is_ending {
                self.finish_square_step();
            }
            self.between().problem = Some(BetweenProblem::Lost);
        }
    }

    fn go_in_square(&mut self, sound: Location, at: SquarePlace) {
        self.edit(Edit::Glide(sound));
        let here = self.between_here();
        self.square().known.add(here, at);
        self.sample_between();
        let square = self.square();
        if std::mem::take(&mut square.is_cut) {
            self.edit(Edit::FinishStep);
        }
        let square = self.square();
        if std::mem::take(&mut square.is_late) {
            self.mix_square();
        } else if square.is_ending {
            self.finish_square_step();
        }
    }
}

fn share_of(step: u8) -> f32 {
    f32::from(step) / f32::from(SQUARE_STEPS)
}

/// The point of the map at a place between those of the corners.
fn point_among(corners: [&BetweenEnd; END_COUNT], at: SquarePlace) -> Point {
    let [across, upward] = at.map(share_of);
    let mixed = |from: f32, to: f32, share: f32| from + share * (to - from);
    let axis = |of: fn(Point) -> f32| {
        let row = |left: usize| {
            let [from, to] = [left, left + 1].map(|corner| of(corners[corner].sound.point));
            mixed(from, to, across)
        };
        mixed(row(0), row(2), upward)
    };
    Point::on_plane(axis(|point| point.x), axis(|point| point.y))
}
