//! The descent of one patch in its continuous parameters by Levenberg and Marquardt's method. The distance is a
//! sum of squares, and has a slope for each parameter. A small step of each parameter measures the slopes once,
//! and every later patch improves them (Broyden, "A class of methods for solving nonlinear simultaneous
//! equations", 1965). The descent returns the patches to judge next and takes their sounds, so that it can be run
//! step by step.

use nalgebra::{DMatrix, DVector};
use patch::{Parameter, Patch};

use crate::bounded_step::bounded_step;
use crate::judged_patch::{Differences, JudgedPatch};
use crate::note::Candidate;
use crate::space::{SEARCHED_CONTINUOUS, is_audible, moved, position};

/// The step by which slopes are measured, on the scale of 0…1: large beside the steps of a rendered spectrum
/// (frames against periods), small beside the effect of a parameter.
const PROBE: f32 = 0.04;
/// Dampings that are tried at once, relative to the mean square of the slopes. They, the longest step and the end of a
/// descent were chosen on held-back presets: models/match.md has the figures.
const DAMPINGS: [f32; 3] = [0.0005, 0.01, 0.1];
/// The longest step of a parameter.
const LONGEST: f32 = 0.5;
/// A round that leaves more than this share of the distance is the last one.
const ENOUGH: f32 = 0.99;
/// Rounds with the same slopes, at most.
const ROUNDS: usize = 24;

/// The axis of the time at which the key is released, after those of the parameters.
const RELEASE: usize = SEARCHED_CONTINUOUS.len();
/// The earliest release in seconds.
const EARLIEST_S: f32 = 0.01;

/// The place of a candidate: its position, and its release in seconds.
type Place = [f32; RELEASE + 1];

fn place(candidate: &Candidate) -> Place {
    let mut place = [candidate.held_s; RELEASE + 1];
    place[..RELEASE].copy_from_slice(&position(&candidate.patch));
    place
}

fn moved_to(from: &Candidate, place: &Place) -> Candidate {
    let mut position = [0.0; RELEASE];
    position.copy_from_slice(&place[..RELEASE]);
    Candidate { patch: moved(&from.patch, &position), held_s: place[RELEASE].max(EARLIEST_S), ..*from }
}

/// A running descent.
pub struct Descent {
    best: JudgedPatch,
    /// The parameters that move.
    axes: Vec<usize>,
    latest_s: f32,
    slopes: DMatrix<f32>,
    /// Axes whose slope is measured.
    probed: usize,
    rounds: usize,
    is_over: bool,
    /// The best of the probes.
    nearest_probe: Option<JudgedPatch>,
}

impl Descent {
    /// A descent from a patch; a parameter may change if `is_free` returns true for it. The latest release is
    /// `latest_s`; without one the release does not move.
    pub fn new(from: JudgedPatch, is_free: impl Fn(Parameter) -> bool, latest_s: Option<f32>) -> Self {
        let moves = |&axis: &usize| {
            is_free(SEARCHED_CONTINUOUS[axis]) && is_audible(&from.candidate.patch, SEARCHED_CONTINUOUS[axis])
        };
        let mut axes: Vec<usize> = (0..SEARCHED_CONTINUOUS.len()).filter(moves).collect();
        axes.extend(latest_s.map(|_| RELEASE));
        let slopes = DMatrix::zeros(from.difference.len(), axes.len());
        let latest_s = latest_s.unwrap_or(f32::MAX);
        Self {
            is_over: axes.is_empty(),
            best: from,
            axes,
            latest_s,
            slopes,
            probed: 0,
            rounds: 0,
            nearest_probe: None,
        }
    }

    /// The best patch so far.
    pub fn best(&self) -> &JudgedPatch {
        &self.best
    }

    /// True if nothing is left to try.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// The patches to judge next, at most `most` of the probes; empty when the descent is over. `limited` gives
    /// the nearest patch within a person's limits.
    pub fn candidates(&self, most: usize, limited: impl Fn(Patch) -> Patch) -> Vec<Candidate> {
        if self.is_over {
            return Vec::new();
        }
        let limited = |candidate: Candidate| {
            let held_s = candidate.held_s.min(self.latest_s);
            Candidate { patch: limited(candidate.patch), held_s, ..candidate }
        };
        let from = self.place();
        if self.probed < self.axes.len() {
            let next = self.probed..(self.probed + most).min(self.axes.len());
            return next.map(|at| probe(&self.best.candidate, self.axes[at], limited)).collect();
        }
        let squares = self.slopes.tr_mul(&self.slopes);
        let downhill = -self.slopes.tr_mul(&DVector::from_column_slice(&self.best.difference));
        let mean = squares.trace() / self.axes.len() as f32;
        let bound = |&axis: &usize| {
            let most = if axis == RELEASE { self.latest_s.max(from[axis]) } else { 1.0 };
            [(-from[axis]).max(-LONGEST), (most - from[axis]).min(LONGEST)]
        };
        let bounds: Vec<[f32; 2]> = self.axes.iter().map(bound).collect();
        let step = |damping: f32| {
            let damped = &squares + DMatrix::identity(self.axes.len(), self.axes.len()) * (damping * mean);
            let step = bounded_step(&damped, &downhill, &bounds)?;
            let mut to = from;
            self.axes.iter().zip(&step).for_each(|(&axis, step)| to[axis] += step);
            Some(limited(moved_to(&self.best.candidate, &to)))
        };
        DAMPINGS.into_iter().filter_map(step).take(most).collect()
    }

    fn place(&self) -> Place {
        place(&self.best.candidate)
    }

    /// Takes the judged candidates, in their order.
    pub fn record(&mut self, judged: &[JudgedPatch]) {
        if judged.is_empty() {
            self.is_over = true;
            return;
        }
        if self.probed < self.axes.len() {
            for found in judged {
                // A probe may be nearer than the start of the descent; but the slopes are those of the start.
                if self.nearest_probe.as_ref().is_none_or(|probe| found.distance < probe.distance) {
                    self.nearest_probe = Some(found.clone());
                }
                let axis = self.axes[self.probed];
                let moved = place(&found.candidate)[axis] - self.place()[axis];
                if moved != 0.0 {
                    let change = difference_of(&found.difference, &self.best.difference);
                    self.slopes.set_column(self.probed, &(change / moved));
                }
                self.probed += 1;
            }
            return;
        }
        // The longest steps first: the nearest patch says most about the slopes here.
        for found in judged {
            self.learn(found);
        }
        self.rounds += 1;
        let Some(nearest) = judged.iter().min_by(|a, b| a.distance.total_cmp(&b.distance)) else { return };
        self.is_over = nearest.distance > ENOUGH * self.best.distance || self.rounds >= ROUNDS;
        let probe = self.nearest_probe.take();
        for found in probe.iter().chain([nearest]) {
            if found.distance < self.best.distance {
                self.best = found.clone();
            }
        }
    }

    /// Broyden's correction of the slopes by a patch elsewhere.
    fn learn(&mut self, found: &JudgedPatch) {
        let [from, to] = [&self.best, found].map(|judged| place(&judged.candidate));
        let step =
            DVector::from_iterator(self.axes.len(), self.axes.iter().map(|&axis| to[axis] - from[axis]));
        let square = step.norm_squared();
        if square > 0.0 {
            let change = difference_of(&found.difference, &self.best.difference);
            let error = change - &self.slopes * &step;
            self.slopes.ger(1.0 / square, &error, &step, 1.0);
        }
    }
}

fn difference_of(a: &Differences, b: &Differences) -> DVector<f32> {
    DVector::from_iterator(a.len(), a.iter().zip(b).map(|(a, b)| a - b))
}

/// A small step along one axis, away from the nearer end of its scale. If a limit leaves less than half of it, the step
/// goes the other way.
fn probe(from: &Candidate, axis: usize, limited: impl Fn(Candidate) -> Candidate) -> Candidate {
    let at = place(from);
    let stepped = |step: f32| {
        let mut to = at;
        to[axis] += step;
        limited(moved_to(from, &to))
    };
    let length = |to: &Candidate| (place(to)[axis] - at[axis]).abs();
    let step = if at[axis] > 0.5 { -PROBE } else { PROBE };
    let usual = stepped(step);
    if length(&usual) >= 0.5 * PROBE {
        return usual;
    }
    let other = stepped(-step);
    if length(&other) > length(&usual) { other } else { usual }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::MatchSettings;

    #[test]
    fn every_parameter_moves_from_its_limits() {
        for [limits, starts] in [[[0.6, 0.9]; 2], [[0.1, 0.4]; 2]] {
            for start in starts {
                let settings = MatchSettings {
                    limits: vec![(Parameter::OscMixMode, limits)],
                    ..MatchSettings::default()
                };
                let mut patch = Patch::default();
                patch.set(Parameter::OscMixMode, start);
                let from = JudgedPatch {
                    candidate: Candidate { patch, key: 60, held_s: 1.0, bend_cents: 0.0 },
                    difference: vec![0.0; 9],
                    distance: 1.0,
                    near_distance: 1.0,
                    is_in_tune: true,
                    levels: Vec::new(),
                };
                let descent = Descent::new(from, |parameter| settings.is_free(parameter), None);
                let probes = descent.candidates(SEARCHED_CONTINUOUS.len(), |patch| settings.limited(patch));
                assert_eq!(probes.len(), descent.axes.len());
                for (probe, &axis) in probes.iter().zip(&descent.axes) {
                    let step = position(&probe.patch)[axis] - position(&patch)[axis];
                    assert!(
                        (step.abs() - PROBE).abs() < 1e-4,
                        "{}: {step}",
                        SEARCHED_CONTINUOUS[axis].name()
                    );
                }
            }
        }
    }
}
