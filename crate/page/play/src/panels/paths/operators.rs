//! The operators on the edited path: the chosen one, its amount, and what it makes. An operator starts from the path
//! as it was when it was chosen; all changes of its amount are one step of undo.

use std::rc::Rc;

use path::{LatentPath, Scope, blend, closing, noise, operators, quantise, smooth};
use serde::{Deserialize, Serialize};

use super::curves;
use super::lanes::PathsLane;
use super::loop_path::finger_path;
use crate::reduce::Reducer;

/// The longest path, in seconds.
const LONGEST_S: f64 = 600.0;
/// The seconds that random changes take.
const RANDOM_SMOOTHNESS_S: f64 = 0.25;
/// The steps of an amount in a unit.
const FINENESS: f64 = 100.0;

/// An operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum PathsOperator {
    /// Multiplies the values of a lane.
    Scale,
    /// Adds to the values of a lane.
    Shift,
    /// Changes a lane at random.
    Random,
    /// Plays the path backward.
    Reverse,
    /// Smooths a lane.
    Smooth,
    /// Moves the path towards the nearest presets.
    Presets,
    /// Stretches the path in time.
    Stretch,
    /// Leads the end back to the beginning.
    Loop,
    /// Mixes another path into it.
    Mix,
    /// Makes a part of a lane straight, by hand.
    Erase,
}

/// The range of an operator's slider.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsAmountRange {
    /// The least value.
    pub least: f64,
    /// The greatest value.
    pub most: f64,
}

impl PathsOperator {
    /// The range of its slider, and the value that changes nothing; `None` if it has no amount.
    fn range(self) -> Option<(PathsAmountRange, f64)> {
        let (least, most, start) = match self {
            Self::Scale => (-1.0, 2.0, 1.0),
            Self::Shift | Self::Stretch => (-2.0, 2.0, 0.0),
            Self::Random => (0.0, 1.5, 0.0),
            Self::Smooth | Self::Presets | Self::Mix => (0.0, 1.0, 0.0),
            Self::Loop => (0.0, 0.5, 0.0),
            Self::Reverse | Self::Erase => return None,
        };
        Some((PathsAmountRange { least, most }, start))
    }

    /// True if it changes one lane alone.
    fn is_of_lane(self) -> bool {
        matches!(self, Self::Scale | Self::Shift | Self::Random | Self::Smooth)
    }

    /// The amount at a place of its slider: a time in seconds, a factor, or the place itself.
    pub fn amount(self, slider: f64) -> f64 {
        match self {
            Self::Smooth => 4.0 * slider * slider,
            Self::Stretch => slider.exp2(),
            _ => slider,
        }
    }
}

/// The path and the points that operators need.
#[derive(Clone, Debug, Default)]
struct Operands {
    /// The path that is mixed in.
    other: Option<Rc<LatentPath>>,
    /// The points of the known presets.
    points: Rc<Vec<Vec<f32>>>,
}

/// The operators of the editor.
#[derive(Clone, Debug)]
pub(super) struct OperatorState {
    chosen: Option<PathsOperator>,
    /// The place of the slider of the amount.
    pub slider: f64,
    pub range: PathsAmountRange,
    /// The seed of random changes.
    seed: u32,
    /// The loop that is mixed in; 0 if there is no other.
    pub other: u8,
    operands: Operands,
}

impl Default for OperatorState {
    fn default() -> Self {
        let range = PathsAmountRange { least: 0.0, most: 1.0 };
        Self { chosen: None, slider: 0.0, range, seed: 1, other: 0, operands: Operands::default() }
    }
}

impl OperatorState {
    pub fn chosen(&self) -> Option<PathsOperator> {
        self.chosen
    }

    /// True while the result of an operator is shown: then changes keep its original.
    pub fn is_open(&self) -> bool {
        self.chosen.is_some_and(|chosen| chosen.range().is_some()) && !self.lacks_other()
    }

    /// True if there is no path to mix with.
    pub fn lacks_other(&self) -> bool {
        self.chosen == Some(PathsOperator::Mix) && self.other == 0
    }

    /// True while a drag in a lane erases.
    pub fn erases(&self) -> bool {
        self.chosen == Some(PathsOperator::Erase)
    }

    /// The curve that the chosen operator changes; `None` if it changes the whole path. The lane of notes has no
    /// values: there an operator changes everything.
    pub fn curve(&self, lane: PathsLane) -> Option<usize> {
        lane.curve().filter(|_| self.chosen.is_some_and(PathsOperator::is_of_lane))
    }

    /// The result of the chosen operator on a path.
    fn apply(&self, path: &LatentPath, lane: PathsLane) -> Option<LatentPath> {
        let operator = self.chosen?;
        let amount = operator.amount(self.slider);
        let scope = self.curve(lane).map_or(Scope::Lanes, curves::scope);
        Some(match operator {
            PathsOperator::Scale => operators::scale(path, scope, amount),
            PathsOperator::Shift => operators::bias(path, scope, amount),
            PathsOperator::Random => {
                noise::randomise(path, scope, self.seed.into(), amount, RANDOM_SMOOTHNESS_S)
            }
            PathsOperator::Reverse => operators::reverse(path),
            PathsOperator::Smooth => smooth::smooth(path, scope, amount),
            PathsOperator::Presets => {
                between(path, &quantise::quantise(path, &self.operands.points), amount as f32)
            }
            // At its own rate, so that it is drawn no more coarsely afterwards.
            PathsOperator::Stretch => operators::stretch(path, amount).at_rate(path.rate_hz()),
            PathsOperator::Loop => closing::closed(path, amount * path.length_s()),
            PathsOperator::Mix => mixed(path, self.operands.other.as_deref()?, amount)?,
            PathsOperator::Erase => return None,
        })
    }
}

/// A mix of two paths with the name of the first one: the other path only lends its values.
fn mixed(path: &LatentPath, other: &LatentPath, amount: f64) -> Option<LatentPath> {
    let mut mixed = blend::mix(&[path, other], &[1.0 - amount, amount]).ok()??;
    mixed.set_name(path.name());
    Some(mixed)
}

/// A share of the way from a path to one of as many steps.
fn between(from: &LatentPath, to: &LatentPath, share: f32) -> LatentPath {
    let mut path = from.clone();
    for (lane, (one, other)) in from.lanes().iter().zip(to.lanes()).enumerate() {
        let values: Vec<f32> =
            one.iter().zip(other).map(|(one, other)| one + (other - one) * share).collect();
        path.set_values(lane, 0, &values);
    }
    path
}

impl Reducer<'_> {
    /// A person presses an operator: chooses it, or ends it.
    pub(super) fn choose_path_operator(&mut self, operator: PathsOperator) {
        let chosen = Some(operator).filter(|_| self.paths().operator.chosen != Some(operator));
        self.close_path_operator();
        let paths = self.paths();
        paths.operator.chosen = chosen;
        let (Some(edited), Some(operator)) = (&mut paths.edited, chosen) else { return };
        edited.keep();
        if operator == PathsOperator::Reverse {
            self.apply_path_operator(false);
            return self.end_path_operator();
        }
        self.begin_path_operator(operator);
    }

    /// The operator has done all that it does: its result is one step of undo.
    fn end_path_operator(&mut self) {
        self.paths().operator.chosen = None;
        self.path_changed();
        self.path_done();
    }

    /// Ends the operator; its result stays, as one step of undo.
    pub(super) fn close_path_operator(&mut self) {
        let operator = &mut self.paths().operator;
        let was_open = operator.is_open();
        operator.chosen = None;
        if was_open {
            self.path_done();
        }
    }

    /// A change by hand begins: it changes the operator's result and not its original.
    pub(super) fn commit_path_operator(&mut self) {
        if self.paths().operator.is_open() {
            self.close_path_operator();
        }
    }

    /// The path or the lane is another one now: the amount begins anew.
    pub(super) fn restart_path_operator(&mut self) {
        if let Some(operator) = self.paths().operator.chosen {
            self.begin_path_operator(operator);
        }
    }

    /// Sets the amount that changes nothing, and its range, and fetches what the operator needs.
    fn begin_path_operator(&mut self, chosen: PathsOperator) {
        let paths = self.paths();
        if let Some((range, start)) = chosen.range() {
            let room = paths.edited.as_ref().map_or(1.0, |edited| LONGEST_S / edited.length_s());
            // In whole hundredths, as the steps of the slider.
            let most = match chosen {
                PathsOperator::Stretch => range.most.min((FINENESS * room.log2()).floor() / FINENESS),
                _ => range.most,
            };
            paths.operator.range = PathsAmountRange { most, ..range };
            paths.operator.slider = start;
        }
        match chosen {
            PathsOperator::Mix => self.choose_mixed_path(None),
            PathsOperator::Presets => {
                let known = self.state.library.known.clone();
                let points = known.map_or_else(Vec::new, |known| {
                    known.x.iter().zip(&known.y).map(|(&x, &y)| vec![x, y]).collect()
                });
                self.paths().operator.operands.points = Rc::new(points);
            }
            _ => {}
        }
    }

    /// Chooses the loop that is mixed in; `None`: the last one, or the first one that there is.
    fn choose_mixed_path(&mut self, wanted: Option<u8>) {
        let chosen = self.paths().number;
        let wanted = wanted.unwrap_or(self.paths().operator.other);
        let others = self.state.document().loops.all().iter().filter(|own| own.number != chosen);
        let others: Vec<_> = others.collect();
        let other = others.iter().find(|own| own.number == wanted).or(others.first());
        let path = other.and_then(|own| finger_path(own, 0)).map(Rc::new);
        let number = other.map_or(0, |own| own.number);
        let operator = &mut self.paths().operator;
        operator.other = number;
        operator.operands.other = path;
    }

    /// A person chooses the other path of a mix.
    pub(super) fn mix_path_with(&mut self, number: u8) {
        self.choose_mixed_path(Some(number));
        let slider = self.paths().operator.slider;
        self.move_path_amount(slider, true);
    }

    /// The slider of the amount moves; at the end of a move the result is kept.
    pub(super) fn move_path_amount(&mut self, slider: f64, is_last: bool) {
        let operator = &mut self.paths().operator;
        if !operator.is_open() {
            return;
        }
        let PathsAmountRange { least, most } = operator.range;
        operator.slider = if slider.is_nan() { operator.slider } else { slider.max(least).min(most) };
        self.apply_path_operator(!is_last);
        self.path_changed();
        if is_last {
            self.path_done();
        }
    }

    /// Random changes with another seed.
    pub(super) fn change_path_at_random(&mut self, seed: u32) {
        self.paths().operator.seed = seed;
        let slider = self.paths().operator.slider;
        self.move_path_amount(slider, true);
    }

    /// The path goes over into the other one.
    pub(super) fn go_over_into_path(&mut self) {
        let paths = self.paths();
        let (Some(edited), Some(other)) = (&mut paths.edited, &paths.operator.operands.other) else { return };
        if paths.operator.is_open() && edited.operate(false, |path| blend::interpolate(path, other).ok()) {
            self.end_path_operator();
        }
    }

    fn apply_path_operator(&mut self, is_draft: bool) {
        let paths = self.paths();
        let (operator, lane) = (&paths.operator, paths.lanes.chosen);
        if let Some(edited) = &mut paths.edited {
            edited.operate(is_draft, |path| operator.apply(path, lane));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mixed_path_keeps_its_name() {
        let named = |name: &str, value: f32| {
            let mut path = LatentPath::new(vec![vec![value; 11]; 2], 10.0).unwrap();
            path.set_name(name);
            path
        };
        let path = named("Tide", 0.0);
        for other in [named("Storm", 1.0), named("", 1.0)] {
            for amount in [0.0, 0.3, 0.8, 1.0] {
                assert_eq!(mixed(&path, &other, amount).unwrap().name(), "Tide", "{amount}");
            }
        }
    }
}
