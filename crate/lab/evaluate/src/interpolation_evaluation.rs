//! The evenness of interpolations: pairs of presets, nine steps each, rendered and measured anew, by each method.

use crate::EvaluateError;
use crate::rows::{ComparedRows, Protocol, RowSet};
use features::PerceptualDistance;
use interpolation::{InterpolationFigures, PatchPair, PlayedNote, by_sound, measure_latent, measure_scales};
use patch::Patch;
use serde::Serialize;
use std::fmt::{self, Display};
use std::path::Path;

/// Steps, with both ends.
const STEPS: usize = 9;
/// The methods of interpolation.
const WAYS: [&str; 4] =
    ["straight in the parameters", "straight over the plane", "evenly by components", "evenly by sound"];

/// The figures of all pairs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InterpolationReport {
    /// The set of presets.
    pub rows: String,
    /// The number of pairs, at least one; pairs with a silent patch in an interpolation are left out.
    pub pairs: usize,
    /// For each method and each pair: distance from the line, second difference and largest step, in points.
    pub ways: [Vec<[f64; 3]>; 4],
    /// Mean number of sounds that the last method measured for a pair.
    pub renders: usize,
}

/// Evaluates one in `every` pairs of a set of rows; a pair is a row of its first half with the row at the same position
/// of the second half. `plane` goes straight over the plane; `distance` has the principal components of a spectrum.
/// `progress` gets the stage, its number of pairs, and the number of further pairs that are done.
///
/// # Errors
/// If the banks have no such rows or no pair of them can be interpolated, or an error of `plane`.
pub fn evaluate_interpolation<Failure: From<EvaluateError>>(
    banks: &Path,
    row_set: RowSet,
    every: usize,
    distance: &PerceptualDistance,
    mut plane: impl FnMut(&PatchPair, usize) -> Result<Vec<Patch>, Failure>,
    progress: impl Fn(&'static str, usize, usize),
) -> Result<InterpolationReport, Failure> {
    let chosen = pairs(banks, row_set, every)?;
    progress("Interpolating", chosen.len(), 0);
    let mut report = InterpolationReport {
        rows: rows_name(row_set, every),
        pairs: 0,
        ways: Default::default(),
        renders: 0,
    };
    for [from, to] in &chosen {
        progress("Interpolating", chosen.len(), 1);
        let Ok(pair) = PatchPair::new(*from, *to) else { continue };
        let mut renders = 0;
        let heard = by_sound(&pair, STEPS, |patches| {
            renders += patches.len();
            measure_scales(patches, PlayedNote::TEST, |_| ())
        });
        let latent = by_sound(&pair, STEPS, |patches| measure_latent(patches, distance, |_| ()));
        let (Ok(heard), Ok(latent)) = (heard, latent) else { continue };
        let ways = [pair.straight(STEPS), plane(&pair, STEPS)?, latent, heard];
        let figures = ways.each_ref().map(|patches| {
            let sounds: Option<Vec<_>> =
                measure_scales(patches, PlayedNote::TEST, |_| ()).into_iter().collect();
            sounds.map(|sounds| InterpolationFigures::new(&sounds))
        });
        let [Some(straight), Some(plane), Some(latent), Some(heard)] = figures else { continue };
        report.pairs += 1;
        report.renders += renders;
        for (way, own) in report.ways.iter_mut().zip([straight, plane, latent, heard]) {
            way.push([own.nonlinearity, own.second_difference, own.largest_step]);
        }
    }
    if report.pairs == 0 {
        return Err(EvaluateError::NoPairs { rows: report.rows }.into());
    }
    report.renders /= report.pairs;
    Ok(report)
}

/// One in `every` pairs of a set of rows.
pub(crate) fn pairs(banks: &Path, row_set: RowSet, every: usize) -> Result<Vec<[Patch; 2]>, EvaluateError> {
    let rows = ComparedRows::read(banks, row_set, Protocol::Clean)?.chosen.patches;
    let (first, second) = rows.split_at(rows.len() / 2);
    let pairs = first.iter().zip(second).step_by(every.max(1));
    Ok(pairs.map(|(from, to)| [*from, *to]).collect())
}

/// The name of such pairs.
pub(crate) fn rows_name(row_set: RowSet, every: usize) -> String {
    let share = if every > 1 { format!(", one pair in {every}") } else { String::new() };
    format!("{} rows{share}", row_set.name())
}

impl Display for InterpolationReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows, pairs, ways, renders } = self;
        writeln!(
            out,
            "{pairs} pairs of {rows}, {STEPS} steps; sounds measured for a pair by sound: {renders} on average\n"
        )?;
        write!(out, "{:28} off the line          second difference     largest step    better", "")?;
        let means = ways
            .each_ref()
            .map(|way| [0, 1, 2].map(|at| way.iter().map(|own| own[at]).sum::<f64>() / way.len() as f64));
        for ((name, way), mean) in WAYS.into_iter().zip(ways).zip(means) {
            let less = |at: usize| 100.0 * (mean[at] / means[0][at] - 1.0);
            let better = way.iter().zip(&ways[0]).filter(|(own, straight)| own[0] < straight[0]).count();
            let share = better as f64 / way.len() as f64;
            write!(
                out,
                "\n{name:28} {:>8.2} ({:>+4.0} %) {:>16.2} ({:>+4.0} %) {:>8.1} ({:>+4.0} %) {share:>6.2}",
                mean[0],
                less(0),
                mean[1],
                less(1),
                mean[2],
                less(2)
            )?;
        }
        Ok(())
    }
}
