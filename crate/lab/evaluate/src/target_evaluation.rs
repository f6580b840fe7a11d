//! Figures of how well a descriptor follows a target on planned paths: every scale with every shape, rendered and
//! measured, with the nearest rule beside it.

use std::fmt::{self, Display};

use path::target::shape::usual_range;
use path::target::{
    Goal, Refinement, Rule, TargetFigures, TargetPathError, TargetRequest, TargetShape, USUAL_STEPS, plan,
    scales,
};
use plane::{Map, Point};
use serde::Serialize;

use crate::EvaluateError;

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
}

/// All targets.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TargetReport {
    /// Steps of each target.
    pub steps: usize,
    /// The methods, in the order of the lines' figures.
    pub ways: [&'static str; 3],
    /// A line for each scale and shape.
    pub lines: Vec<TargetLine>,
}

/// The scales of points, row by row.
pub type ScaleRows<E> = Result<Vec<Vec<f32>>, E>;

/// Plans, refines, renders and measures; for one scale only, if it is named. `measure` returns the scales of points, in
/// the order of the map. `progress` gets the stage, its number of targets, and the number of further targets that are
/// done.
///
/// # Errors
/// If the map lacks a scale, or an error of `measure`.
pub fn evaluate_targets<E: From<EvaluateError>>(
    map: &Map,
    only: Option<&str>,
    measure: &mut dyn FnMut(&[Point]) -> ScaleRows<E>,
    progress: impl Fn(&'static str, usize, usize) + Sync,
) -> Result<TargetReport, E> {
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
            let request = TargetRequest { goals, ..TargetRequest::default() };
            let planned = plan(map, &request).map_err(EvaluateError::from)?;
            let mut refinement = Refinement::new(map, &request, &planned);
            loop {
                let points = refinement.ask();
                if points.is_empty() {
                    break;
                }
                refinement.answer(measure(&points)?);
            }
            let refined = refinement.finish().unwrap_or_default();
            let nearest = plan(map, &TargetRequest { rule: Rule::Nearest, ..request.clone() });
            let nearest = nearest.map_err(EvaluateError::from)?;
            let mut figures = vec![figures(map, &request, &refined.0, &refined.1)];
            for points in [planned.points, nearest.points] {
                figures.push(self::figures(map, &request, &points, &measure(&points)?));
            }
            progress("Following targets", count, 1);
            lines.push(TargetLine { descriptor: name.clone(), shape: shape.name(), figures });
        }
    }
    Ok(TargetReport { steps: USUAL_STEPS, ways: WAYS, lines })
}

fn figures(map: &Map, request: &TargetRequest, points: &[Point], rows: &[Vec<f32>]) -> [f64; 4] {
    let TargetFigures { error, correlation, way, jump } = TargetFigures::of(map, request, points, rows);
    [error, correlation, way, jump]
}

impl Display for TargetReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "{} targets of {} steps, rendered and measured: mean |difference| in points, correlation, mean step in \
             latent units, mean jump of the other scales in points a step",
            self.lines.len(),
            self.steps
        )?;
        write!(out, "\n{:24}", "")?;
        for way in self.ways {
            write!(out, "  {way:^27}")?;
        }
        for line in &self.lines {
            write!(out, "\n{:24}", format!("{}, {}", line.descriptor, line.shape))?;
            row(out, &line.figures)?;
        }
        let count = self.lines.len().max(1) as f64;
        let mean = |way: usize, figure: usize| {
            self.lines.iter().map(|line| line.figures[way][figure]).sum::<f64>() / count
        };
        let means: Vec<[f64; 4]> =
            (0..self.ways.len()).map(|way| std::array::from_fn(|figure| mean(way, figure))).collect();
        write!(out, "\n{:24}", "mean")?;
        row(out, &means)?;
        let worst: Vec<[f64; 4]> = (0..self.ways.len())
            .map(|way| {
                let all = |figure: usize| self.lines.iter().map(move |line| line.figures[way][figure]);
                std::array::from_fn(|figure| match figure {
                    1 => all(1).fold(f64::INFINITY, f64::min),
                    _ => all(figure).fold(0.0, f64::max),
                })
            })
            .collect();
        write!(out, "\n{:24}", "worst")?;
        row(out, &worst)
    }
}

fn row(out: &mut fmt::Formatter<'_>, figures: &[[f64; 4]]) -> fmt::Result {
    for [error, correlation, way, jump] in figures {
        write!(out, "  {error:6.2} {correlation:6.3} {way:6.3} {jump:6.2}")?;
    }
    Ok(())
}
