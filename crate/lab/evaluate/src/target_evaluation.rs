//! Figures of how well a descriptor follows a target on planned paths: every scale with every shape, rendered and
//! measured, with the nearest rule beside it; and the figures of the sound of the refined path as it is played.

use std::fmt::{self, Display};

use path::LatentPath;
use path::target::shape::usual_range;
use path::target::{
    Goal, Refinement, Rule, TargetFigures, TargetPathError, TargetRequest, TargetShape, USUAL_STEPS, note_s,
    plan, played_path, scales,
};
use plane::{Map, Point};
use serde::Serialize;

use crate::EvaluateError;
use crate::played_path::{PlayedFigures, played_figures};

/// The length of the paths, in seconds.
const LENGTH_S: f64 = 8.0;
/// The methods of making a path that are compared.
const WAYS: [&str; 3] = ["planned and refined", "planned", "nearest rule"];

/// The figures of one target: planned and refined, planned, and by the nearest rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TargetLine {
    /// The scale.
    pub descriptor: String,
    /// The shape.
    pub shape: &'static str,
    /// Mean error in points, correlation, mean step in latent units, jump of the other scales in points a step.
    pub figures: Vec<[f64; 4]>,
    /// The refined path as it is played: mean error in points, correlation, the drop of the level in dB, jump of the
    /// other scales in points a step; `None` if it is not played.
    pub played: Option<[f64; 4]>,
}

/// All targets.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TargetReport {
    /// Steps of each target.
    pub steps: usize,
    /// Notes a second; 0 is one held note.
    pub strikes_hz: f64,
    /// The methods, in the order of the lines' figures.
    pub ways: [&'static str; 3],
    /// A line for each scale and shape.
    pub lines: Vec<TargetLine>,
}

/// The scales of points, row by row; of struck notes then the loudness.
pub type ScaleRows<E> = Result<Vec<Vec<f32>>, E>;

/// The instrument whose paths are evaluated.
pub trait TargetInstrument {
    /// Its errors.
    type Failure: From<EvaluateError>;

    /// The scales of points, in the order of the map; if notes are struck every `note_s` seconds, then the loudness.
    ///
    /// # Errors
    /// If it cannot play.
    fn measure(&mut self, points: &[Point], note_s: Option<f64>) -> ScaleRows<Self::Failure>;

    /// The sound of a path at the rate of the test note, left and right, without its tail; `None` if it plays no paths.
    ///
    /// # Errors
    /// If it cannot play.
    fn play(&mut self, path: &LatentPath) -> Result<Option<[Vec<f32>; 2]>, Self::Failure>;
}

/// Plans, refines, renders and measures; for one scale only, if it is named. Notes are struck `strikes_hz` times a
/// second. `progress` gets the stage, its number of targets, and the number of further targets that are done.
///
/// # Errors
/// If the map lacks a scale, or an error of the instrument.
pub fn evaluate_targets<I: TargetInstrument>(
    map: &Map,
    only: Option<&str>,
    strikes_hz: f64,
    instrument: &mut I,
    progress: impl Fn(&'static str, usize, usize) + Sync,
) -> Result<TargetReport, I::Failure> {
    let names = scales(map).map(|layer| layer.name.clone());
    let known: Vec<String> = names.collect();
    let names: Vec<String> =
        known.iter().filter(|&name| only.is_none_or(|only| only == name)).cloned().collect();
    if let Some(name) = only
        && names.is_empty()
    {
        let error = TargetPathError::Unknown { name: name.to_owned(), known: known.join(", ") };
        return Err(EvaluateError::from(error).into());
    }
    let count = names.len() * TargetShape::NAMED.len();
    let mut lines = Vec::new();
    for name in &names {
        let Some(layer) = map.layer(name) else { continue };
        for shape in TargetShape::NAMED {
            let values = shape.values(USUAL_STEPS, usual_range(layer)).map_err(EvaluateError::from)?;
            let goals = vec![Goal { layer: name.clone(), values, weight: 1.0 }];
            let note_s = note_s(LENGTH_S, strikes_hz);
            let request = TargetRequest { goals, note_s, ..TargetRequest::default() };
            let planned = plan(map, &request).map_err(EvaluateError::from)?;
            let mut refinement = Refinement::new(map, &request, &planned);
            loop {
                let points = refinement.ask();
                if points.is_empty() {
                    break;
                }
                refinement.answer(instrument.measure(&points, note_s)?);
            }
            let refined = refinement.finish().unwrap_or_default();
            let nearest = plan(map, &TargetRequest { rule: Rule::Nearest, ..request.clone() });
            let nearest = nearest.map_err(EvaluateError::from)?;
            let mut figures = vec![figures(map, &request, &refined.0, &refined.1)];
            for points in [planned.points, nearest.points] {
                figures.push(self::figures(map, &request, &points, &instrument.measure(&points, note_s)?));
            }
            let path = played_path(&refined.0, &refined.1, LENGTH_S, note_s).map_err(EvaluateError::from)?;
            let scale = known.iter().position(|own| own == name).unwrap_or(0);
            let played = instrument.play(&path)?;
            let played = played.map(|sound| played_figures(&sound, scale, &request.goals[0].values));
            let played = played.map(|own| {
                let PlayedFigures { error, correlation, drop_db, jump } = own;
                [error, correlation, drop_db, jump]
            });
            progress("Following targets", count, 1);
            lines.push(TargetLine { descriptor: name.clone(), shape: shape.name(), figures, played });
        }
    }
    Ok(TargetReport { steps: USUAL_STEPS, strikes_hz, ways: WAYS, lines })
}

fn figures(map: &Map, request: &TargetRequest, points: &[Point], rows: &[Vec<f32>]) -> [f64; 4] {
    let TargetFigures { error, correlation, way, jump } = TargetFigures::of(map, request, points, rows);
    [error, correlation, way, jump]
}

impl TargetReport {
    /// The figures of a way, or of the played sound after the last way, line by line.
    fn column(&self, way: usize) -> Vec<[f64; 4]> {
        self.lines.iter().filter_map(|line| line.figures.get(way).copied().or(line.played)).collect()
    }
}

impl Display for TargetReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "{} targets of {} steps and {LENGTH_S} s, {} notes a second (0: one held note), rendered and measured: mean \
             |difference| in points, correlation, mean step in latent units, mean jump of the other scales in points a \
             step; of the refined path as played, in windows of one second: mean |difference|, correlation, how far the \
             quietest half second is below the median in dB, mean jump",
            self.lines.len(),
            self.steps,
            self.strikes_hz
        )?;
        let is_played = self.lines.iter().all(|line| line.played.is_some());
        write!(out, "\n{:24}", "")?;
        for way in self.ways.into_iter().chain(is_played.then_some("as played")) {
            write!(out, "  {way:^27}")?;
        }
        for line in &self.lines {
            write!(out, "\n{:24}", format!("{}, {}", line.descriptor, line.shape))?;
            row(out, line.figures.iter().chain(&line.played))?;
        }
        let columns = self.ways.len() + usize::from(is_played);
        let mean = |values: Vec<[f64; 4]>| {
            std::array::from_fn(|figure| {
                values.iter().map(|own| own[figure]).sum::<f64>() / values.len().max(1) as f64
            })
        };
        let worst = |values: Vec<[f64; 4]>| {
            std::array::from_fn(|figure| {
                let all = values.iter().map(|own| own[figure]);
                if figure == 1 { all.fold(f64::INFINITY, f64::min) } else { all.fold(0.0, f64::max) }
            })
        };
        write!(out, "\n{:24}", "mean")?;
        row(out, &(0..columns).map(|way| mean(self.column(way))).collect::<Vec<_>>())?;
        write!(out, "\n{:24}", "worst")?;
        row(out, &(0..columns).map(|way| worst(self.column(way))).collect::<Vec<_>>())
    }
}

fn row<'a>(out: &mut fmt::Formatter<'_>, figures: impl IntoIterator<Item = &'a [f64; 4]>) -> fmt::Result {
    for [error, correlation, way, jump] in figures {
        write!(out, "  {error:6.2} {correlation:6.3} {way:6.3} {jump:6.2}")?;
    }
    Ok(())
}
