//! The evenness of ways between two presets as a person plays them: at three keys, at more places than a search
//! measures, with the level.

use crate::EvaluateError;
use crate::interpolation_evaluation::{pairs, rows_name};
use crate::rows::RowSet;
use interpolation::{InterpolationFigures, PatchPair, PlayedNote, measure_scales, through, way_by_sound};
use patch::Patch;
use serde::Serialize;
use std::fmt::{self, Display};
use std::path::Path;

/// The steps of the search, as on the page.
const STEPS: usize = 9;
/// The patches of a way on the page.
const WAY: usize = 97;
/// One in so many of them is measured.
const EVERY: usize = 4;
/// The keys: C3, C4 and C5.
const KEYS: [u8; 3] = [48, 60, 72];
/// The time that a key is held, in seconds.
const HELD_S: f32 = 1.0;
/// The level that a way may be off, in dB.
const LEVEL_DB: f64 = 3.0;
/// The ways.
const WAYS: [&str; 3] = ["straight in the parameters", "straight over the plane", "evenly by sound"];

/// The figures of a key.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PlayedKey {
    /// The MIDI key.
    pub key: u8,
    /// For each way and each pair: distance from the line, second difference and largest step in points, and the
    /// greatest distance of the level from the line between both ends in dB.
    pub ways: [Vec<[f64; 4]>; 3],
}

/// The figures of all pairs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlayedInterpolationReport {
    /// The set of presets.
    pub rows: String,
    /// The figures of each key; pairs with a silent patch on a way are left out.
    pub keys: Vec<PlayedKey>,
}

/// Evaluates the pairs of [`crate::evaluate_interpolation`] as they are played. `plane` goes straight over the plane;
/// `progress` gets the stage, its number of pairs at all keys, and the number of further ones that are done.
///
/// # Errors
/// If the banks have no such rows or no pair of them can be interpolated, or an error of `plane`.
pub fn evaluate_played_interpolation<Failure: From<EvaluateError>>(
    banks: &Path,
    row_set: RowSet,
    every: usize,
    mut plane: impl FnMut(&PatchPair, usize) -> Result<Vec<Patch>, Failure>,
    progress: impl Fn(&'static str, usize, usize),
) -> Result<PlayedInterpolationReport, Failure> {
    let chosen = pairs(banks, row_set, every)?;
    let all = KEYS.len() * chosen.len();
    progress("Interpolating", all, 0);
    let mut keys = KEYS.map(|key| PlayedKey { key, ..PlayedKey::default() });
    for [from, to] in chosen {
        let Ok(pair) = PatchPair::new(from, to) else { continue };
        let plane = plane(&pair, WAY)?;
        for own in &mut keys {
            progress("Interpolating", all, 1);
            let note = PlayedNote { key: own.key, held_s: HELD_S };
            let Ok(heard) = way_by_sound(&pair, STEPS, |asked| measure_scales(asked, note, |_| ())) else {
                continue;
            };
            let ways = [pair.straight(WAY), plane.clone(), through(&heard, WAY)];
            let figures = ways.map(|way| figures(&way, note));
            let [Some(straight), Some(plane), Some(heard)] = figures else { continue };
            own.ways.iter_mut().zip([straight, plane, heard]).for_each(|(way, figures)| way.push(figures));
        }
    }
    if keys.iter().any(|own| own.ways[0].is_empty()) {
        return Err(EvaluateError::NoPairs { rows: rows_name(row_set, every) }.into());
    }
    Ok(PlayedInterpolationReport { rows: rows_name(row_set, every), keys: keys.into() })
}

/// `None` if a patch of the way is silent.
fn figures(way: &[Patch], note: PlayedNote) -> Option<[f64; 4]> {
    let places: Vec<Patch> = way.iter().step_by(EVERY).copied().collect();
    let sounds: Option<Vec<_>> = measure_scales(&places, note, |_| ()).into_iter().collect();
    let own = InterpolationFigures::new(&sounds?);
    Some([own.nonlinearity, own.second_difference, own.largest_step, own.level_db])
}

impl Display for PlayedInterpolationReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "Pairs of {}, {} places of each way, keys held for {HELD_S} s. Points: distance from the line, second \
             difference, largest step; level: the greatest distance from the line, in dB, mean and worst of all pairs, and \
             the share of the pairs within {LEVEL_DB} dB; smoother: the share of the pairs with a smaller second difference \
             than straight\n\n{:40} {:>16} {:>16} {:>16} {:>14} {:>7} {:>8}",
            self.rows,
            WAY.div_ceil(EVERY),
            "",
            "off the line",
            "second diff.",
            "largest step",
            "level",
            "within",
            "smoother"
        )?;
        for PlayedKey { key, ways } in &self.keys {
            let mean =
                |way: &[[f64; 4]], at: usize| way.iter().map(|own| own[at]).sum::<f64>() / way.len() as f64;
            for (name, way) in WAYS.into_iter().zip(ways) {
                let own = |at: usize| {
                    let less = 100.0 * (mean(way, at) / mean(&ways[0], at) - 1.0);
                    format!("{:.2} ({less:+.0} %)", mean(way, at))
                };
                let share = |is_so: &dyn Fn(usize) -> bool| {
                    (0..way.len()).filter(|pair| is_so(*pair)).count() as f64 / way.len() as f64
                };
                let worst_db = way.iter().map(|own| own[3]).fold(0.0, f64::max);
                let level = format!("{:.2} / {worst_db:.1}", mean(way, 3));
                let title = format!("key {key}, {} pairs, {name}", way.len());
                write!(
                    out,
                    "\n{title:40} {:>16} {:>16} {:>16} {level:>14} {:>7.2} {:>8.2}",
                    own(0),
                    own(1),
                    own(2),
                    share(&|pair| way[pair][3] <= LEVEL_DB),
                    share(&|pair| way[pair][1] < ways[0][pair][1])
                )?;
            }
        }
        Ok(())
    }
}
