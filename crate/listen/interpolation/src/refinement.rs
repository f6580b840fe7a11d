//! The second stage of an interpolation by sound: each patch between the ends is moved a little so that its scales
//! come nearer to the line between the ends' scales. Slopes are measured parameter by parameter, then one damped
//! step is taken (Levenberg and Marquardt's method), at several lengths.

use matching::space::{SEARCHED_CONTINUOUS, is_audible};
use nalgebra::{Const, DMatrix, Dyn, OMatrix, SVector};
use patch::{Parameter, Patch};

use crate::candidates::{MeasuredPatch, miss};
use crate::meter::ScaledSound;
use crate::pair::{place, set_place};

/// The step by which slopes are measured, on the scale of 0…1: large beside the steps of the timbre models (which
/// find onsets, or not), small beside the effect of a parameter.
const PROBE: f32 = 0.06;
/// A slope steeper than this many points for the whole scale of a parameter is a jump of a model, and is not
/// followed.
const STEEPEST: f64 = 250.0;
/// The damping of the steps that are tried, in points²: the cost of a whole scale of a parameter.
const DAMPINGS: [f64; 4] = [30.0, 150.0, 600.0, 2400.0];
/// The farthest that a step moves a parameter, on the scale of 0…1.
const FARTHEST: f32 = 0.2;

/// A patch whose sound is to come nearer to wanted scales.
pub(crate) struct StepRefinement<const N: usize> {
    best: MeasuredPatch<N>,
    wanted: ScaledSound<N>,
    axes: Vec<Parameter>,
    slopes: OMatrix<f64, Const<N>, Dyn>,
}

impl<const N: usize> StepRefinement<N> {
    pub(crate) fn new(from: MeasuredPatch<N>, wanted: ScaledSound<N>) -> Self {
        let axes: Vec<Parameter> =
            SEARCHED_CONTINUOUS.into_iter().filter(|&parameter| is_audible(&from.patch, parameter)).collect();
        let slopes = OMatrix::<f64, Const<N>, Dyn>::zeros(axes.len());
        Self { best: from, wanted, axes, slopes }
    }

    /// The best patch so far.
    pub(crate) fn best(&self) -> MeasuredPatch<N> {
        self.best
    }

    /// The patches by which slopes are measured: one for each parameter.
    pub(crate) fn probes(&self) -> Vec<Patch> {
        let probe = |&axis: &Parameter| {
            let mut patch = self.best.patch;
            let from = place(&patch, axis);
            set_place(&mut patch, axis, if from > 0.5 { from - PROBE } else { from + PROBE });
            patch
        };
        self.axes.iter().map(probe).collect()
    }

    /// Takes the measures of the probes.
    pub(crate) fn learn(&mut self, probed: &[(Patch, Option<ScaledSound<N>>)]) {
        for ((column, &axis), (patch, sound)) in self.axes.iter().enumerate().zip(probed) {
            let step = f64::from(place(patch, axis) - place(&self.best.patch, axis));
            let Some(sound) = sound.filter(|_| step != 0.0) else { continue };
            for row in 0..N {
                let slope = (sound.scales[row] - self.best.sound.scales[row]) / step;
                self.slopes[(row, column)] = if slope.abs() < STEEPEST { slope } else { 0.0 };
            }
        }
        for (patch, sound) in probed {
            self.take(patch, sound);
        }
    }

    /// The patches to try.
    pub(crate) fn steps(&self) -> Vec<Patch> {
        let missing =
            SVector::<f64, N>::from_fn(|row, _| self.wanted.scales[row] - self.best.sound.scales[row]);
        let squares = &self.slopes * self.slopes.transpose();
        let step = |damping: f64| {
            let damped = DMatrix::from_fn(N, N, |row, column| {
                squares[(row, column)] + if row == column { damping } else { 0.0 }
            });
            let weights = damped.cholesky()?.solve(&missing);
            let moves = self.slopes.transpose() * weights;
            let mut patch = self.best.patch;
            for (&axis, change) in self.axes.iter().zip(moves.iter()) {
                let moved = place(&patch, axis) + (*change as f32).clamp(-FARTHEST, FARTHEST);
                set_place(&mut patch, axis, moved);
            }
            Some(patch)
        };
        DAMPINGS.into_iter().filter_map(step).collect()
    }

    /// Takes the measures of a patch; it becomes the best one if it is nearer to the wanted scales.
    pub(crate) fn take(&mut self, patch: &Patch, sound: &Option<ScaledSound<N>>) {
        let Some(sound) = *sound else { return };
        let own = MeasuredPatch { patch: *patch, sound };
        if miss(&own, &self.wanted) < miss(&self.best, &self.wanted) {
            self.best = own;
        }
    }
}
