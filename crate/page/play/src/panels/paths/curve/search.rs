//! The search: plans a path on the map, lets the page measure its points round by round, and puts what is found into
//! the document. It ends when it gains nothing more, and whenever the target or the map is another one.

use std::rc::Rc;

use path::target::{
    Goal, PlannedPath, Refinement, Rule, TargetFigures, TargetPathError, TargetRequest, note_s, plan,
    played_path, scales,
};
use path::{LatentPath, PathValueError};
use plane::{Map, Point};

use super::{PathsCurveRemark, PathsDescriptor, PathsFollowed, PathsFollowedSecond, STEPS};
use crate::action::GestureAction;
use crate::panels::paths::PathsTask;
use crate::panels::paths::loop_path::{empty_loop, of_path};
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;

/// A search ends when it makes the mean error smaller by less than this, in points: nobody hears it.
const LEAST_GAIN: f64 = 0.2;

/// A path that is found for the present target.
#[derive(Clone, Debug)]
pub(super) struct FoundPath {
    map: Rc<Map>,
    request: TargetRequest,
    planned: PlannedPath,
    refinement: Refinement,
    /// The points of the path, and the measured goals at each step, once they are measured.
    refined: Option<Refined>,
}

/// A path as it is measured.
#[derive(Clone, Debug)]
struct Refined {
    points: Vec<Point>,
    rows: Vec<Vec<f32>>,
    goals: Vec<Vec<f32>>,
    figures: TargetFigures,
}

impl FoundPath {
    fn new(map: Rc<Map>, request: TargetRequest, planned: PlannedPath) -> Self {
        let refinement = Refinement::new(&map, &request, &planned);
        Self { map, request, planned, refinement, refined: None }
    }

    /// The points to measure next; none at the end. A path by the nearest rule is measured, but not improved.
    fn ask(&mut self) -> Vec<Point> {
        if self.request.rule == Rule::Nearest && self.refined.is_some() {
            return Vec::new();
        }
        self.refinement.ask()
    }

    /// Takes a value for each layer of the map at each point that was asked for; returns whether they are complete.
    fn answer(&mut self, values: &[f32]) -> bool {
        let layers = self.map.layers.len();
        if layers == 0 || values.len() != layers * self.ask().len() {
            return false;
        }
        let names: Vec<&str> = scales(&self.map).map(|layer| layer.name.as_str()).collect();
        let is_scale: Vec<bool> =
            self.map.layers.iter().map(|layer| names.contains(&layer.name.as_str())).collect();
        let loudness = self.map.layers.iter().position(|layer| layer.name == "loudness");
        let loudness = loudness.filter(|_| self.request.note_s.is_some());
        let scales_of = |row: &[f32]| {
            let scales = row.iter().zip(&is_scale).filter(|(_, is_scale)| **is_scale);
            scales.map(|(value, _)| *value).chain(loudness.map(|at| row[at])).collect()
        };
        self.refinement.answer(values.chunks_exact(layers).map(scales_of).collect());
        self.refined = self.measured();
        self.refined.is_some()
    }

    fn measured(&self) -> Option<Refined> {
        let (points, rows) = self.refinement.clone().finish()?;
        let figures = TargetFigures::of(&self.map, &self.request, &points, &rows);
        let scale = |goal: &Goal| scales(&self.map).position(|layer| layer.name == goal.layer);
        let values = |scale: usize| rows.iter().map(|row| row[scale]).collect();
        let goals = self.request.goals.iter().filter_map(scale).map(values).collect();
        Some(Refined { points, rows, goals, figures })
    }

    /// The map's prediction of the first descriptor at each step.
    pub fn predicted(&self) -> &[f32] {
        self.planned.predicted.first().map_or(&[], Vec::as_slice)
    }

    /// The measured values of a goal at each step.
    pub fn measured_goal(&self, goal: usize) -> Option<&[f32]> {
        self.refined.as_ref()?.goals.get(goal).map(Vec::as_slice)
    }

    /// The step that is farthest off, and by how much.
    pub fn worst(&self) -> Option<(usize, f32)> {
        let measured = self.measured_goal(0)?;
        let off = measured.iter().zip(&self.request.goals.first()?.values).map(|(one, other)| one - other);
        let farther =
            |one: (usize, f32), next: (usize, f32)| if next.1.abs() > one.1.abs() { next } else { one };
        off.enumerate().reduce(farther)
    }

    /// The mean distance of a goal from its target, in points.
    fn error(&self, goal: usize) -> Option<f64> {
        let (measured, target) = (self.measured_goal(goal)?, &self.request.goals.get(goal)?.values);
        let sum: f64 = measured.iter().zip(target).map(|(one, other)| f64::from((one - other).abs())).sum();
        Some(sum / target.len().max(1) as f64)
    }

    /// The path as it plays now.
    fn path(&self, length_s: f64) -> Result<LatentPath, PathValueError> {
        let (points, rows) = match &self.refined {
            Some(refined) => (&refined.points, refined.rows.as_slice()),
            None => (&self.planned.points, [].as_slice()),
        };
        played_path(points, rows, length_s, self.request.note_s)
    }
}

/// The search.
#[derive(Clone, Debug, Default)]
pub(super) struct SearchState {
    /// True while a person waits for the map.
    pub is_waiting: bool,
    /// The task that measures points.
    pub task: Option<TaskNumber>,
    /// The path that is found for the present target.
    pub found: Option<FoundPath>,
    /// The number of the loop that is found and not kept yet; 0 without one.
    pub number: u8,
    /// The number of points that the task measures.
    asked: usize,
    /// The mean error after each half round.
    errors: Vec<f64>,
}

impl SearchState {
    pub fn is_running(&self) -> bool {
        self.is_waiting || self.task.is_some()
    }

    /// True if the search can end. A half round moves every other step: only two that gain nothing together are the
    /// end.
    fn gains_nothing(&self) -> bool {
        match self.errors.as_slice() {
            [.., before, _, now] => {
                let gain = before - now;
                gain.is_nan() || gain < LEAST_GAIN
            }
            _ => false,
        }
    }
}

impl Reducer<'_> {
    /// The button that searches, or stops the search.
    pub(super) fn press_find(&mut self) {
        if self.curve().search.is_running() {
            return self.interrupt_path_search();
        }
        self.cancel_contour();
        self.begin_path_search();
    }

    /// Plans the path, or waits for a map that is still loading.
    pub(super) fn begin_path_search(&mut self) {
        self.say_of_curve(PathsCurveRemark::Planning);
        if let Some(reason) = self.reason_without_ground() {
            return self.say_of_curve(reason);
        }
        let Some(ground) = self.curve().ground.get() else {
            self.curve().search.is_waiting = true;
            return;
        };
        let map = Rc::clone(&ground.map);
        let request = self.path_request();
        match plan(&map, &request) {
            Ok(planned) => {
                let search = &mut self.curve().search;
                search.errors.clear();
                search.found = Some(FoundPath::new(map, request, planned));
                if self.put_found_path() {
                    self.measure_found_path();
                }
            }
            Err(reason) => self.refuse_target(&reason, &request),
        }
    }

    fn path_request(&mut self) -> TargetRequest {
        let curve = self.curve();
        let goal = |descriptor: PathsDescriptor, values| Goal {
            layer: descriptor.name().to_owned(),
            values,
            weight: 1.0,
        };
        let mut goals = vec![goal(curve.target.descriptor, curve.target.values())];
        goals.extend(curve.conditions.second.goal().map(|(descriptor, values)| goal(descriptor, values)));
        TargetRequest {
            goals,
            rule: if curve.target.is_nearest { Rule::Nearest } else { Rule::Planned },
            pins: curve.conditions.places.pins(),
            forbidden: curve.conditions.places.circles(),
            note_s: note_s(curve.target.length_s, curve.strikes_hz()),
            ..TargetRequest::default()
        }
    }

    fn refuse_target(&mut self, reason: &TargetPathError, request: &TargetRequest) {
        let first = self.curve().target.descriptor;
        let second = self.curve().conditions.second.target.map(|second| second.descriptor);
        let tenths = |value: &f32| (f64::from(*value) * 10.0).round() / 10.0;
        let refused = |word: &str, numbers: Vec<f64>, descriptor| PathsCurveRemark::Refused {
            word: word.to_owned(),
            numbers,
            descriptor,
        };
        self.say_of_curve(match reason {
            TargetPathError::Unreachable { name, least, most, from, to, .. } => {
                let whose = second.filter(|second| second.name() == name).unwrap_or(first);
                refused("reach", [least, most, from, to].map(tenths).to_vec(), whose)
            }
            TargetPathError::ForbiddenPin(step) => {
                let pin = request.pins.iter().position(|pin| pin.0 + 1 == *step).unwrap_or_default();
                refused("pin", vec![pin as f64 + 1.0], first)
            }
            TargetPathError::NoWay => refused("way", Vec::new(), first),
            _ => refused("target", Vec::new(), first),
        });
    }

    /// The found path plays as it is now; returns false if it has no room.
    fn put_found_path(&mut self) -> bool {
        let curve = &self.state.panels.paths.curve;
        let Some(found) = &curve.search.found else { return false };
        let (number, length_s) = (curve.search.number, curve.target.length_s);
        let Ok(mut path) = found.path(length_s) else { return false };
        path.set_name(&self.found_name());
        let own = self.state.document().loops.get(number).map_or_else(empty_loop, Clone::clone);
        if number == 0 {
            self.state.history.finish_step();
        }
        let Some(put) = self.put_path(of_path(own, &path)) else {
            self.stop_path_search();
            self.say_of_curve(PathsCurveRemark::NoRoom);
            return false;
        };
        self.curve().search.number = put;
        self.show_changed_path(put);
        if number == 0 {
            self.gesture(GestureAction::ToggleLoop(put));
        }
        true
    }

    /// The name of a path that is found for the present target.
    fn found_name(&self) -> String {
        let paths = &self.state.panels.paths;
        let target = &paths.curve.target;
        paths.words.found_name(target.descriptor.name(), target.shape.name())
    }

    /// Measures the next round; without another one the search is over.
    fn measure_found_path(&mut self) {
        let curve = self.curve();
        let points = curve.search.found.as_mut().map(FoundPath::ask).unwrap_or_default();
        if points.is_empty() {
            return self.say_how_it_follows(0, 0);
        }
        let tones = curve.ground.get().and_then(super::ground::TargetGround::tones);
        let note_s = curve.search.found.as_ref().and_then(|found| found.request.note_s);
        let asked = points.len();
        let is_first = curve.search.errors.is_empty();
        let points = points.into_iter().map(|point| [point.x, point.y]).collect();
        let task = self.begin_task(PathsTask::Measure { points, tones, note_s });
        self.use_path_workers();
        let search = &mut self.curve().search;
        search.task = Some(task);
        search.asked = asked;
        if !is_first {
            self.say_how_it_follows(0, asked);
        }
    }

    /// So much of a round is measured.
    pub(super) fn progress_of_search(&mut self, share: f32) {
        let asked = self.curve().search.asked;
        self.say_how_it_follows((share * asked as f32).round() as usize, asked);
    }

    /// The points of a round are measured.
    pub(in super::super) fn take_measured_points(&mut self, task: TaskNumber, values: &[f32]) {
        let search = &mut self.curve().search;
        let Some(found) = search.found.as_mut().filter(|_| search.task == Some(task)) else { return };
        if !found.answer(values) {
            return self.fail_path_search();
        }
        search.task = None;
        let error = found.refined.as_ref().map_or(f64::NAN, |refined| refined.figures.error);
        search.errors.push(error);
        let is_over = search.gains_nothing();
        if !self.put_found_path() {
            return;
        }
        if is_over { self.say_how_it_follows(0, 0) } else { self.measure_found_path() }
    }

    /// The points cannot be measured.
    pub(super) fn fail_path_search(&mut self) {
        self.stop_path_search();
        self.say_of_curve(PathsCurveRemark::Lost);
    }

    /// A person ends the search: what it has found stays, and is said.
    pub(super) fn interrupt_path_search(&mut self) {
        if !self.curve().search.is_running() {
            return;
        }
        self.stop_path_search();
        match self.curve().search.found {
            Some(_) => self.say_how_it_follows(0, 0),
            None => self.say_of_curve(PathsCurveRemark::Nothing),
        }
    }

    fn stop_path_search(&mut self) {
        let search = &mut self.curve().search;
        search.is_waiting = false;
        let task = search.task.take();
        self.cancel_task(task);
    }

    /// The target has changed: what was found for another one goes from the picture.
    pub(super) fn forget_found(&mut self) {
        self.stop_path_search();
        self.curve().search.found = None;
        self.say_of_curve(PathsCurveRemark::Nothing);
    }

    /// Someone else may have deleted or undone the found path.
    pub(in super::super) fn follow_found_path(&mut self) {
        let number = self.curve().search.number;
        if number != 0 && self.state.document().loops.get(number).is_none() {
            self.curve().search.number = 0;
            self.forget_found();
        }
    }

    /// The found path is one like any other: once the editor is closed, another loop may get its number.
    pub(in super::super) fn let_go_of_found_path(&mut self) {
        self.interrupt_path_search();
        if self.curve().search.number != 0 {
            self.state.history.finish_step();
        }
        self.curve().search.number = 0;
        self.curve().target.drop_hand();
    }

    /// The workers measure something: they are freed once the editor is closed.
    pub(in super::super) fn use_path_workers(&mut self) {
        self.curve().uses_workers = true;
    }

    /// The editor is closed: it needs the workers no more, unless a sound is still measured.
    pub(in super::super) fn free_path_workers(&mut self) {
        let curve = self.curve();
        if curve.uses_workers && !curve.contour.is_reading() {
            curve.uses_workers = false;
            self.begin_task(PathsTask::Free {});
        }
    }

    fn say_how_it_follows(&mut self, done: usize, all: usize) {
        let followed = self.how_it_follows();
        self.say_of_curve(PathsCurveRemark::Followed { followed, done, all });
    }

    fn how_it_follows(&self) -> Option<PathsFollowed> {
        let curve = &self.state.panels.paths.curve;
        let found = curve.search.found.as_ref()?;
        let figures = found.refined.as_ref()?.figures;
        let (step, off) = found.worst()?;
        let second = curve.conditions.second.target.zip(found.error(1));
        Some(PathsFollowed {
            descriptor: curve.target.descriptor,
            points: if second.is_some() { found.error(0)? } else { figures.error },
            second: second
                .map(|(second, points)| PathsFollowedSecond { descriptor: second.descriptor, points }),
            worst_s: step as f64 / (STEPS - 1) as f64 * curve.target.length_s,
            worst_points: off.into(),
            way: figures.way,
            jump: figures.jump,
        })
    }
}
