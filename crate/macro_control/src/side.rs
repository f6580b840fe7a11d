//! One side of a curve: from the start towards more or less of a property, point by point. Each point is predicted by
//! the slopes, measured, corrected and measured again. Returns the places to measure next and takes what was measured,
//! so that all sides can be followed at once.

use matching::space::Position;

use crate::meter::MeasuredProperties;
use crate::property::{PROPERTY_COUNT, PropertyValues, SoundProperty};
use crate::slopes::{PropertyChange, Slopes, StepGoal, limited};
use crate::start::MacroStart;

/// Points of a side.
const POINTS: usize = 3;
/// Change of the property from point to point, in points of its scale.
const DISTANCE: f64 = 10.0;
/// A new point has at least this share of it.
const LEAST_SHARE: f64 = 0.3;
/// A miss of the property counts in a step as much as so many times the miss of another one.
const WEIGHT: f64 = 2.5;
/// The same where places are compared, for too little: one that moves the property by 10 points may move the other seven
/// by 10 each. And for too much: amounts are given by what was measured, so that is hardly worse.
const WORTHS: [f64; 2] = [7.0, 1.5];
/// What another note costs where places are compared, in points; and from where on it is another note.
const PITCH_WORTH: f64 = 20.0;
/// What it costs where no pitch is found any more.
const NO_PITCH_WORTH: f64 = 10.0;
const IN_TUNE_CENTS: f64 = 5.0;
const OUT_OF_TUNE_CENTS: f64 = 30.0;
/// What is tried for a prediction, and for a correction of it: the damping in points², which is how much the whole scale
/// of one parameter costs; and how much the other properties count.
const ROUNDS: [&[[f64; 2]]; 2] = [&[[100.0, 1.0], [1500.0, 1.0], [600.0, 0.3]], &[[60.0, 1.0], [600.0, 1.0]]];
/// Where every prediction is worse than the last point: short steps, which the property alone decides.
const AGAIN: &[[f64; 2]] = &[[3000.0, 0.3], [8000.0, 0.1]];
/// Ends of the properties' scales.
const SCALE: [f64; 2] = [0.0, 100.0];

/// A measured place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MeasuredPlace {
    pub(crate) position: Position,
    pub(crate) sound: MeasuredProperties,
}

/// A side that is being followed.
#[derive(Clone, Debug)]
pub(crate) struct CurveSide {
    pub(crate) property: SoundProperty,
    /// 1 towards more, −1 towards less.
    sign: f64,
    slopes: Slopes,
    /// The start, then the points.
    pub(crate) chain: Vec<MeasuredPlace>,
    /// The best place for the next point so far: at first the last point.
    best: MeasuredPlace,
    /// Rounds that are done for the next point.
    round: usize,
    is_over: bool,
}

impl CurveSide {
    pub(crate) fn new(property: SoundProperty, sign: f64, slopes: Slopes, from: MeasuredPlace) -> Self {
        let mut side =
            Self { property, sign, slopes, chain: vec![from], best: from, round: 0, is_over: false };
        side.is_over = side.is_at_end();
        side
    }

    /// Whether the side is complete.
    pub(crate) fn is_over(&self) -> bool {
        self.is_over
    }

    /// The places to measure next; none when the side is complete.
    pub(crate) fn candidates(&self, start: &MacroStart) -> Vec<Position> {
        if self.is_over {
            return Vec::new();
        }
        let from = &self.best;
        let wanted = limited(PropertyChange::from(self.goal()) - PropertyChange::from(from.sound.values));
        let own = self.property.index();
        let step = |&[damping, other]: &[f64; 2]| {
            let weights = PropertyChange::from_fn(|row, _| if row == own { WEIGHT } else { other });
            self.slopes.step(start, &from.position, &StepGoal { wanted, weights, damping })
        };
        let is_stuck = self.round > 0 && from.position == self.last().position;
        let tried = if is_stuck { AGAIN } else { ROUNDS[self.round] };
        tried.iter().map(step).collect()
    }

    /// Takes what was measured at the candidates, in their order; `None` for silence.
    pub(crate) fn record(&mut self, start: &MacroStart, measured: &[(Position, Option<MeasuredProperties>)]) {
        if self.is_over {
            return;
        }
        let base = self.best;
        let heard = measured
            .iter()
            .filter_map(|(position, sound)| Some(MeasuredPlace { position: *position, sound: (*sound)? }));
        for place in heard {
            let change = PropertyChange::from(place.sound.values) - PropertyChange::from(base.sound.values);
            self.slopes.learn(start, [&base.position, &place.position], &change);
            // Where every place is worse, the slopes were wrong: they are better now, so again from the same place.
            if self.miss(&place.sound) < self.miss(&self.best.sound) {
                self.best = place;
            }
        }
        self.round += 1;
        if self.round < ROUNDS.len() {
            return;
        }
        self.round = 0;
        let progress = self.sign * (self.value(&self.best) - self.value(self.last()));
        if progress < LEAST_SHARE * self.distance() {
            self.is_over = true;
            return;
        }
        self.chain.push(self.best);
        self.is_over = self.chain.len() > POINTS || self.is_at_end();
    }

    fn last(&self) -> &MeasuredPlace {
        &self.chain[self.chain.len() - 1]
    }

    fn value(&self, place: &MeasuredPlace) -> f64 {
        place.sound.values[self.property.index()]
    }

    /// What the next point should have: more or less of the property, and of the others as much as the start.
    fn goal(&self) -> PropertyValues {
        let mut goal = self.chain[0].sound.values;
        goal[self.property.index()] = self.value(self.last()) + self.sign * self.distance();
        goal
    }

    /// Change of the property to the next point.
    fn distance(&self) -> f64 {
        let value = self.value(self.last());
        let [least, greatest] = SCALE;
        let left = if self.sign > 0.0 { greatest - value } else { value - least };
        left.min(DISTANCE)
    }

    fn is_at_end(&self) -> bool {
        self.distance() < 1.0
    }

    /// How far values are from the goal. Not by squares: some scales have jumps, which one property may cost.
    fn miss(&self, sound: &MeasuredProperties) -> f64 {
        let values = &sound.values;
        let goal = self.goal();
        let miss = |row: usize| {
            let excess = values[row] - goal[row];
            let is_too_much = self.sign * excess > 0.0;
            let weight = if row == self.property.index() { WORTHS[usize::from(is_too_much)] } else { 1.0 };
            weight * excess.abs()
        };
        (0..PROPERTY_COUNT).map(miss).sum::<f64>() + self.detuning(sound)
    }

    /// What another pitch than the start's costs, in points.
    fn detuning(&self, sound: &MeasuredProperties) -> f64 {
        let Some(start) = self.chain[0].sound.pitch else { return 0.0 };
        let Some(pitch) = sound.pitch else { return NO_PITCH_WORTH };
        let cents = 100.0 * (pitch - start).abs();
        PITCH_WORTH * ((cents - IN_TUNE_CENTS) / OUT_OF_TUNE_CENTS).clamp(0.0, 1.0)
    }
}
