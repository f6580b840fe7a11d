//! One side of a curve: from the start towards more or less of a property, point by point. Each point is predicted
//! by the slopes, measured, corrected and measured again. If the slopes lead to no other point, some parameters
//! are moved far, one at a time, and the slopes corrected by the result. At the end, places between the points are
//! measured, too, since some scales have jumps. Returns the places to measure next and takes their measures, so
//! that all sides can be followed at once.

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
/// The weight of a miss of the property in a step, against 1 for a miss of another property.
pub(crate) const WEIGHT: f64 = 2.5;
/// The same weight in a comparison of places, for too little of the property: a place that moves it by 10 points
/// may move the other seven by 10 each. And for too much, which is hardly worse, since amounts follow the measured
/// property.
const WORTHS: [f64; 2] = [7.0, 1.5];
/// The cost of a loudness that the volume cannot restore, in points for each missing LU.
const QUIETER_WORTH: f64 = 20.0;
/// The cost of another note in a comparison of places, in points: none up to [`IN_TUNE_CENTS`], all of it
/// [`OUT_OF_TUNE_CENTS`] beyond that.
const PITCH_WORTH: f64 = 30.0;
/// The cost of a sound in which no pitch is found any more.
const NO_PITCH_WORTH: f64 = 15.0;
const IN_TUNE_CENTS: f64 = 5.0;
const OUT_OF_TUNE_CENTS: f64 = 30.0;
/// The steps that are tried for a prediction, and for a correction of it. Each has the damping in points², the
/// cost of a parameter's whole scale, and the weight of the other properties.
const ROUNDS: [&[[f64; 2]]; 2] = [&[[100.0, 1.0], [1500.0, 1.0], [600.0, 0.3]], &[[60.0, 1.0], [600.0, 1.0]]];
/// Further rounds for a point that these do not reach: long probes, then a prediction by corrected slopes.
const MORE_ROUNDS: usize = 2;
/// A side on which the property has changed by this many points ends instead.
const ENOUGH: f64 = 12.0;
/// If two points differ by this much, the place in the middle is measured.
const GAP: f64 = 7.0;
/// Short steps that the property alone decides, if every prediction is worse than the last point.
const AGAIN: &[[f64; 2]] = &[[3000.0, 0.3], [8000.0, 0.1]];
/// Ends of the properties' scales.
pub(crate) const SCALE: [f64; 2] = [0.0, 100.0];

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
    /// The greatest gain in dB that the volume could give the start.
    headroom_db: f64,
    /// The start, then the points.
    pub(crate) chain: Vec<MeasuredPlace>,
    /// The best place for the next point so far: at first the last point.
    best: MeasuredPlace,
    /// The finished rounds for the next point.
    round: usize,
    /// True if the places between the points are measured next, which is the last step.
    is_refining: bool,
    is_over: bool,
}

impl CurveSide {
    pub(crate) fn new(
        property: SoundProperty,
        sign: f64,
        slopes: Slopes,
        headroom_db: f64,
        from: MeasuredPlace,
    ) -> Self {
        let mut side = Self {
            property,
            sign,
            slopes,
            headroom_db,
            chain: vec![from],
            best: from,
            round: 0,
            is_refining: false,
            is_over: false,
        };
        side.is_over = side.is_at_end();
        side
    }

    /// True if the side is complete.
    pub(crate) fn is_over(&self) -> bool {
        self.is_over
    }

    /// The places to measure next; empty when the side is complete.
    pub(crate) fn candidates(&self, start: &MacroStart) -> Vec<Position> {
        if self.is_over {
            return Vec::new();
        }
        if self.is_refining {
            return self.gaps().map(|pair| between(&pair[0].position, &pair[1].position)).collect();
        }
        let from = &self.best;
        let wanted = limited(PropertyChange::from(self.goal()) - PropertyChange::from(from.sound.values));
        let own = self.property.index();
        let step = |&[damping, other]: &[f64; 2]| {
            let weights = PropertyChange::from_fn(|row, _| if row == own { WEIGHT } else { other });
            self.slopes.step(start, &from.position, &StepGoal { wanted, weights, damping })
        };
        if self.round == ROUNDS.len() {
            return self.slopes.long_probes(start, &from.position, self.property, self.sign);
        }
        let is_stuck = from.position == self.last().position;
        let tried = match self.round {
            1 if is_stuck => AGAIN,
            round => ROUNDS[round.min(ROUNDS.len() - 1)],
        };
        tried.iter().map(step).filter(|to| *to != from.position).collect()
    }

    /// Takes the measures of the candidates, in their order; `None` for silence.
    pub(crate) fn record(&mut self, start: &MacroStart, measured: &[(Position, Option<MeasuredProperties>)]) {
        if self.is_over {
            return;
        }
        if self.is_refining {
            self.refine(measured);
            self.is_over = true;
            return;
        }
        let base = self.best;
        for place in measured.iter().filter_map(heard) {
            let change = PropertyChange::from(place.sound.values) - PropertyChange::from(base.sound.values);
            self.slopes.learn(start, [&base.position, &place.position], &change);
            // If every place is worse, the slopes were wrong. They are better now, so the next round begins at the
            // same place.
            if self.miss(&place.sound) < self.miss(&self.best.sound) {
                self.best = place;
            }
        }
        self.round += 1;
        if self.round < ROUNDS.len() {
            return;
        }
        // True if the last point is the best place so far, or the new place hardly differs from it.
        let is_too_near =
            self.sign * (self.value(&self.best) - self.value(self.last())) < LEAST_SHARE * self.distance();
        let reached = self.sign * (self.value(self.last()) - self.value(&self.chain[0]));
        if is_too_near && reached < ENOUGH && self.round < ROUNDS.len() + MORE_ROUNDS {
            return;
        }
        self.round = 0;
        if is_too_near {
            return self.finish();
        }
        self.chain.push(self.best);
        if self.chain.len() > POINTS || self.is_at_end() {
            self.finish();
        }
    }

    /// Ends the search for points; the places between them come next.
    fn finish(&mut self) {
        self.is_refining = self.chain.len() > 1;
        self.is_over = !self.is_refining;
    }

    /// Neighbouring points between which the property changes much.
    fn gaps(&self) -> impl Iterator<Item = &[MeasuredPlace]> {
        self.chain.windows(2).filter(|pair| self.is_gap(pair))
    }

    fn is_gap(&self, pair: &[MeasuredPlace]) -> bool {
        (self.value(&pair[1]) - self.value(&pair[0])).abs() >= GAP
    }

    /// Takes the places between the points. The side ends at the place with most, or least, of the property.
    fn refine(&mut self, measured: &[(Position, Option<MeasuredProperties>)]) {
        let mut places = vec![self.chain[0]];
        let mut measured = measured.iter();
        for pair in self.chain.windows(2) {
            if self.is_gap(pair) {
                places.extend(measured.next().and_then(heard));
            }
            places.push(pair[1]);
        }
        let values = places.iter().map(|place| self.sign * self.value(place));
        let farthest = values.enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b)).map_or(0, |(at, _)| at);
        places.truncate(farthest + 1);
        self.chain = places;
    }

    /// Goes on while there is no place to measure, because no known slope changes the property.
    pub(crate) fn skip_empty_rounds(&mut self, start: &MacroStart) {
        while !self.is_over && self.candidates(start).is_empty() {
            self.record(start, &[]);
        }
    }

    fn last(&self) -> &MeasuredPlace {
        &self.chain[self.chain.len() - 1]
    }

    fn value(&self, place: &MeasuredPlace) -> f64 {
        place.sound.values[self.property.index()]
    }

    /// The goal of the next point: more or less of the property, and as much of the others as at the start.
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

    /// The distance of a sound from the goal. Not by squares: some scales have jumps, which one property may cost.
    fn miss(&self, sound: &MeasuredProperties) -> f64 {
        let values = &sound.values;
        let goal = self.goal();
        let miss = |row: usize| {
            let excess = values[row] - goal[row];
            let is_too_much = self.sign * excess > 0.0;
            let weight = if row == self.property.index() { WORTHS[usize::from(is_too_much)] } else { 1.0 };
            weight * excess.abs()
        };
        (0..PROPERTY_COUNT).map(miss).sum::<f64>() + self.detuning(sound) + self.quietness(sound)
    }

    /// The cost of a loudness that the volume cannot restore, in points.
    fn quietness(&self, sound: &MeasuredProperties) -> f64 {
        let missing = self.chain[0].sound.loudness_lufs - sound.loudness_lufs - self.headroom_db;
        QUIETER_WORTH * missing.max(0.0)
    }

    /// The cost of another pitch than the start's, in points.
    fn detuning(&self, sound: &MeasuredProperties) -> f64 {
        let Some(start) = self.chain[0].sound.pitch else { return 0.0 };
        let Some(pitch) = sound.pitch else { return NO_PITCH_WORTH };
        let cents = 100.0 * (pitch - start).abs();
        PITCH_WORTH * ((cents - IN_TUNE_CENTS) / OUT_OF_TUNE_CENTS).clamp(0.0, 1.0)
    }
}

/// The place, if its sound is audible.
fn heard((position, sound): &(Position, Option<MeasuredProperties>)) -> Option<MeasuredPlace> {
    Some(MeasuredPlace { position: *position, sound: (*sound)? })
}

/// The place in the middle of two.
fn between(a: &Position, b: &Position) -> Position {
    std::array::from_fn(|axis| 0.5 * (a[axis] + b[axis]))
}
