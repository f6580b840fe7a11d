//! The slopes of the properties by the parameters, near a patch. They are measured by a step of each parameter in
//! both directions, then corrected by every patch that is measured elsewhere (Broyden, "A class of methods for
//! solving nonlinear simultaneous equations", 1965). The step towards wanted properties is a damped least-squares
//! one (Levenberg and Marquardt) within the parameters' ranges.

use matching::space::{Position, SEARCHED_CONTINUOUS};
use nalgebra::{Cholesky, Const, DVector, Dyn, OMatrix, SVector};
use patch::Parameter::{self, AmpRelease, AmpSustain, DistortionCrunch, OscMixMode};

use crate::property::{PROPERTY_COUNT, SoundProperty};
use crate::start::MacroStart;
use crate::usual_slopes::USUAL_SLOPES;

/// Differences of the properties.
pub(crate) type PropertyChange = SVector<f64, PROPERTY_COUNT>;

/// A column of differences for each axis of the start.
type SlopeColumns = OMatrix<f64, Const<PROPERTY_COUNT>, Dyn>;

/// The longest step of a parameter on its scale of 0…1: slopes do not hold farther away.
const LONGEST: f64 = 0.25;
/// The share of a doubt's square that damps a parameter: some slopes do differ by direction.
const DOUBT: f64 = 0.3;
/// A greater difference between places near each other is a jump, in points.
const JUMP: f64 = 10.0;
/// A step shorter than this does not correct slopes.
const SHORTEST: f64 = 1e-4;
/// The distance of a parameter's probe that corrects slopes that led nowhere: as far as a control may move it in
/// one or two points.
const LONG_PROBE: f32 = 0.35;
/// A shorter long probe, at an end of the range, adds nothing to the step by which the slopes were measured.
const SHORTEST_LONG_PROBE: f64 = 0.05;
/// The number of parameters with a long probe.
const LONG_PROBES: usize = 4;
/// The greatest correction by a long step, in points for the whole scale of a parameter.
const STEEPEST: f64 = 60.0;
/// Parameters that a long step finds although a short one does not: more of each is more of the property.
/// amSynth's limiter hides a slightly lower sustain of a loud patch. Roughness is 0 as long as no two partials
/// beat.
fn usual(property: SoundProperty) -> &'static [Parameter] {
    match property {
        SoundProperty::Length => &[AmpSustain, AmpRelease],
        SoundProperty::Roughness => &[OscMixMode, DistortionCrunch],
        _ => &[],
    }
}

/// The slopes of the properties, in points for the whole scale of a parameter; a column for each axis of the start.
#[derive(Clone, Debug)]
pub(crate) struct Slopes {
    /// The slopes for parameters that grow, and for parameters that fall.
    pub(crate) directions: [SlopeColumns; 2],
    /// The difference of the slopes in both directions: the models have jumps, and a slope measured across one is
    /// unreliable.
    doubts: SlopeColumns,
    /// The columns of the parameters that may move.
    free: Vec<usize>,
}

/// Limits differences to the range of slopes: some scales have jumps, which no parameter undoes.
pub(crate) fn limited(difference: PropertyChange) -> PropertyChange {
    difference.map(|points| points.clamp(-JUMP, JUMP))
}

/// A step: the wanted change, the weight of each property, and the damping of long steps.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StepGoal {
    /// The wanted change of each property.
    pub(crate) wanted: PropertyChange,
    /// Weights of the properties.
    pub(crate) weights: PropertyChange,
    /// Points² that the whole scale of a parameter costs.
    pub(crate) damping: f64,
}

impl Slopes {
    /// All zero.
    pub(crate) fn new(axes: usize) -> Self {
        Self {
            directions: [(); 2].map(|()| SlopeColumns::zeros(axes)),
            doubts: SlopeColumns::zeros(axes),
            free: (0..axes).collect(),
        }
    }

    /// The slopes that the parameters of a patch usually have.
    pub(crate) fn usual(start: &MacroStart) -> Self {
        let mut slopes = Self::new(start.axes.len());
        for (column, &axis) in start.axes.iter().enumerate() {
            for (directions, usual) in slopes.directions.iter_mut().zip(&USUAL_SLOPES[axis]) {
                directions.set_column(column, &PropertyChange::from(usual.map(f64::from)));
            }
        }
        slopes
    }

    /// The change of the properties that the slopes predict between two places.
    pub(crate) fn predict(&self, start: &MacroStart, [from, to]: [&Position; 2]) -> PropertyChange {
        let step: Vec<f64> =
            start.axes.iter().map(|&axis| f64::from(to[axis]) - f64::from(from[axis])).collect();
        self.towards(&step) * DVector::from_column_slice(&step)
    }

    /// Sets the measured slopes of an axis in both directions.
    pub(crate) fn set(&mut self, column: usize, measured: [PropertyChange; 2]) {
        self.doubts.set_column(column, &((measured[0] - measured[1]) * 0.5));
        for (slopes, measured) in self.directions.iter_mut().zip(&measured) {
            slopes.set_column(column, measured);
        }
    }

    /// The same with other parameters held.
    pub(crate) fn only(&self, columns: &[usize]) -> Self {
        let only = |slopes: &SlopeColumns| {
            let mut held = SlopeColumns::zeros(slopes.ncols());
            columns.iter().for_each(|&column| held.set_column(column, &slopes.column(column)));
            held
        };
        Self {
            directions: self.directions.each_ref().map(only),
            doubts: self.doubts.clone(),
            free: columns.to_vec(),
        }
    }

    /// The change of a property with an axis, in the direction with the greater change.
    pub(crate) fn steepness(&self, property: usize, column: usize) -> f64 {
        self.directions.iter().map(|slopes| slopes[(property, column)].abs()).fold(0.0, f64::max)
    }

    /// The place at which the slopes predict the wanted change.
    pub(crate) fn step(&self, start: &MacroStart, from: &Position, goal: &StepGoal) -> Position {
        // Slopes differ by direction, and the direction by the slopes: three rounds decide nearly all.
        let mut signs = vec![0.0; start.axes.len()];
        let mut step = DVector::zeros(start.axes.len());
        for _ in 0..3 {
            step = bounded_step([&self.towards(&signs), &self.doubts], start, from, goal);
            signs = step.iter().copied().collect();
        }
        let mut to = *from;
        for (&axis, step) in start.axes.iter().zip(&step) {
            to[axis] = (from[axis] + *step as f32).clamp(0.0, 1.0);
        }
        to
    }

    /// The places to which single parameters lead that should move a property most towards `sign`; parameters that
    /// usually move it come first.
    pub(crate) fn long_probes(
        &self,
        start: &MacroStart,
        from: &Position,
        property: SoundProperty,
        sign: f64,
    ) -> Vec<Position> {
        // Inserted in order one by one: sorting code would add kilobytes to the page.
        let mut probes: Vec<(f64, Position)> = Vec::new();
        for &column in &self.free {
            let axis = start.axes[column];
            let [least, greatest] = start.range(axis);
            let is_usual = usual(property).contains(&SEARCHED_CONTINUOUS[axis]);
            for (slopes, step) in self.directions.iter().zip([LONG_PROBE, -LONG_PROBE]) {
                let mut position = *from;
                position[axis] = (from[axis] + step).clamp(least, greatest);
                let moved = f64::from(position[axis] - from[axis]);
                let gain = if is_usual && sign * moved > 0.0 {
                    f64::INFINITY
                } else {
                    sign * slopes[(property.index(), column)] * moved
                };
                if gain > 0.0 && moved.abs() > SHORTEST_LONG_PROBE {
                    let place = probes.iter().position(|(other, _)| gain > *other).unwrap_or(probes.len());
                    probes.insert(place, (gain, position));
                    probes.truncate(LONG_PROBES);
                }
            }
        }
        probes.into_iter().map(|(_, position)| position).collect()
    }

    /// Broyden's correction by a measured change between two places.
    pub(crate) fn learn(&mut self, start: &MacroStart, [from, to]: [&Position; 2], change: &PropertyChange) {
        let step: Vec<f64> =
            start.axes.iter().map(|&axis| f64::from(to[axis]) - f64::from(from[axis])).collect();
        let length = step.iter().map(|step| step * step).sum::<f64>();
        if length < SHORTEST * SHORTEST {
            return;
        }
        let said: PropertyChange = self.towards(&step) * DVector::from_column_slice(&step);
        let most = JUMP.max(STEEPEST * length.sqrt());
        let error = (change - said).map(|points| points.clamp(-most, most));
        for (column, step) in step.iter().enumerate() {
            let mut column = self.directions[usize::from(*step < 0.0)].column_mut(column);
            column += error * (step / length);
        }
    }

    /// The slopes in the directions of a step; means of both where it is 0.
    fn towards(&self, step: &[f64]) -> SlopeColumns {
        let [up, down] = &self.directions;
        let mut slopes = up.clone();
        for (column, step) in step.iter().enumerate() {
            if *step < 0.0 {
                slopes.set_column(column, &down.column(column));
            } else if *step == 0.0 {
                slopes.set_column(column, &((up.column(column) + down.column(column)) * 0.5));
            }
        }
        slopes
    }
}

/// The damped least-squares step; parameters that it would move too far stop there, and the others compensate.
fn bounded_step(
    [slopes, doubts]: [&SlopeColumns; 2],
    start: &MacroStart,
    from: &Position,
    goal: &StepGoal,
) -> DVector<f64> {
    let mut step = DVector::zeros(start.axes.len());
    let mut free: Vec<usize> = (0..start.axes.len()).collect();
    let mut wanted = goal.wanted;
    while !free.is_empty() {
        let mut columns = slopes.select_columns(&free);
        for (row, weight) in goal.weights.iter().enumerate() {
            columns.row_mut(row).scale_mut(*weight);
        }
        let weighted = goal.weights.component_mul(&wanted);
        let mut squares = columns.tr_mul(&columns);
        for (at, &column) in free.iter().enumerate() {
            let doubt = doubts.column(column).component_mul(&goal.weights).norm_squared();
            squares[(at, at)] += goal.damping + DOUBT * doubt;
        }
        let downhill = columns.tr_mul(&weighted);
        let Some(solved) = Cholesky::new(squares).map(|cholesky| cholesky.solve(&downhill)) else { break };
        let mut stopped = Vec::new();
        for (at, &column) in free.iter().enumerate() {
            let axis = start.axes[column];
            let [least, greatest] = start.range(axis).map(|end| f64::from(end) - f64::from(from[axis]));
            let moved = solved[at].clamp(least.clamp(-LONGEST, 0.0), greatest.clamp(0.0, LONGEST));
            step[column] = moved;
            if (moved - solved[at]).abs() > SHORTEST {
                stopped.push(column);
            }
        }
        if stopped.is_empty() {
            break;
        }
        for &column in &stopped {
            let change: PropertyChange = slopes.column(column) * step[column];
            wanted -= change;
        }
        free.retain(|column| !stopped.contains(column));
    }
    step
}
