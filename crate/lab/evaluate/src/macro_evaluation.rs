//! Figures of macro-controls on presets: each curve is rendered and measured anew at nine amounts, beside curves that
//! move the best single parameter alone.

use crate::EvaluateError;
use crate::macro_figures::{AMOUNTS, MacroFigures, semitones};
use crate::rows::{ComparedRows, Protocol, RowSet};
use features::test_note::render_many_at;
use macro_control::{MacroAmounts, MacroControls, MacroError, MacroSearch, SoundProperty, find, measure_all};
use patch::Patch;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::Serialize;
use std::fmt::{self, Display};
use std::path::Path;

/// The methods that make the curves.
const WAYS: [&str; 3] = ["all parameters", "the steepest parameter alone", "predicted, one sound"];

/// The figures of the macro-controls of all presets, made in one way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MacroLine {
    /// The method that makes them.
    pub way: &'static str,
    /// The property that they change.
    pub property: &'static str,
    /// The figures of each preset that is audible at all amounts.
    pub each: Vec<MacroFigures>,
}

/// The figures of all macro-controls.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MacroReport {
    /// The set of presets.
    pub rows: String,
    /// The number of presets, at least one; silent ones are left out.
    pub starts: usize,
    /// Number of sounds that each method rendered and measured for all eight curves of a preset: mean and most.
    pub renders: [[usize; 2]; 3],
    /// Eight lines for each method.
    pub lines: Vec<MacroLine>,
}

/// Evaluates one in `every` rows of a set, from the first, at a MIDI key. `progress` gets the stage, its number of presets, and the
/// number of further presets that are done.
///
/// # Errors
/// If the banks have no such rows, or only silent ones.
pub fn evaluate_macros(
    banks: &Path,
    row_set: RowSet,
    every: usize,
    key: u8,
    progress: impl Fn(&'static str, usize, usize) + Sync,
) -> Result<MacroReport, EvaluateError> {
    let rows = ComparedRows::read(banks, row_set, Protocol::Clean)?.chosen.patches;
    let chosen: Vec<Patch> = rows.into_iter().step_by(every.max(1)).collect();
    let lines = WAYS.into_iter().flat_map(|way| {
        SoundProperty::ALL.map(|property| MacroLine { way, property: property.name(), each: Vec::new() })
    });
    let mut lines: Vec<MacroLine> = lines.collect();
    let (mut starts, mut renders) = (0, [[0; 2]; 3]);
    progress("Following", chosen.len(), 0);
    for patch in &chosen {
        let measure = |patches: &[Patch]| measure_all(patches, key, |_| ());
        for (way, renders) in renders.iter_mut().enumerate() {
            let search = MacroSearch::new(patch);
            let search = if way == 1 { search.with_single_parameters() } else { search };
            let found = if way == 2 { predicted(search, key) } else { find(search, measure) };
            let Ok((controls, count)) = found else { continue };
            starts += usize::from(way == 0);
            *renders = [renders[0] + count, renders[1].max(count)];
            for (line, figures) in
                lines[way * SoundProperty::ALL.len()..].iter_mut().zip(figures(&controls, key))
            {
                line.each.extend(figures);
            }
        }
        progress("Following", chosen.len(), 1);
    }
    let every = if every > 1 { format!(", one in {every}") } else { String::new() };
    let rows = format!("{} rows{every}, key {key}", row_set.name());
    if starts == 0 {
        return Err(EvaluateError::Silent { rows });
    }
    for [sum, _] in &mut renders {
        *sum /= starts;
    }
    Ok(MacroReport { rows, starts, renders, lines })
}

/// The curves that are known once the patch itself is measured, and the number of sounds.
fn predicted(mut search: MacroSearch, key: u8) -> Result<(MacroControls, usize), MacroError> {
    let patches = search.candidates();
    search.record(&measure_all(&patches, key, |_| ()))?;
    Ok((search.controls().ok_or(MacroError::Silent)?, patches.len()))
}

/// The figures of all curves at a MIDI key.
fn figures(controls: &MacroControls, key: u8) -> [Option<MacroFigures>; SoundProperty::ALL.len()] {
    let patches = SoundProperty::ALL.map(|property| {
        let patch = |step: usize| {
            let mut amounts = MacroAmounts::default();
            amounts.set(property, 2.0 * step as f32 / (AMOUNTS - 1) as f32 - 1.0);
            controls.patch(&amounts)
        };
        (0..AMOUNTS).map(patch).collect::<Vec<_>>()
    });
    let sounds = measure_all(&patches.concat(), key, |_| ());
    SoundProperty::ALL.map(|property| {
        let own = &patches[property.index()];
        let sounds = &sounds[property.index() * AMOUNTS..][..AMOUNTS];
        let pitch = |at: usize| {
            let [left, right] = render_many_at(&own[at..=at], key).remove(0);
            let mono: Vec<f32> = left.iter().zip(&right).map(|(left, right)| 0.5 * (left + right)).collect();
            semitones(&mono)
        };
        let pitches: Vec<Option<f32>> =
            vec![0, AMOUNTS / 2, AMOUNTS - 1].into_par_iter().map(pitch).collect();
        MacroFigures::new(property, sounds, own, [pitches[0], pitches[1], pitches[2]])
    })
}

impl Display for MacroReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows, starts, renders, lines } = self;
        writeln!(
            out,
            "{starts} {rows}; {AMOUNTS} amounts each; sounds measured for eight curves: {} on average, {} at most ({} \
             and {} for single parameters)",
            renders[0][0], renders[0][1], renders[1][0], renders[1][1]
        )?;
        for (at, line) in lines.iter().enumerate() {
            if at % SoundProperty::ALL.len() == 0 {
                write!(
                    out,
                    "\n{:28} follows  points      far     both    sides    clean    drift     |LU|    pitch    steps",
                    line.way
                )?;
            }
            let count = line.each.len().max(1) as f64;
            let sum = |figure: &dyn Fn(&MacroFigures) -> f64| line.each.iter().map(figure).sum::<f64>();
            let share = |is: &dyn Fn(&MacroFigures) -> bool| sum(&|own| f64::from(u8::from(is(own)))) / count;
            let [same, ends] = [0, 1].map(|at| sum(&|own| own.same_pitch[at] as f64));
            write!(
                out,
                "\n{:28} {:>7.2} {:>7.1} {:>8.2} {:>8.2} {:>8.2} {:>8.2} {:>6.0} % {:>8.2} {:>8.2} {:>8.0}",
                line.property,
                share(&MacroFigures::follows),
                sum(&|own| own.range) / count,
                share(&|own| own.is_far),
                share(&|own| own.follows() && own.is_far),
                sum(&|own| own.sides as f64) / count / 2.0,
                sum(&|own| own.clean_sides as f64) / sum(&|own| own.sides as f64).max(1.0),
                100.0 * sum(&|own| own.drift) / sum(&|own| own.moved).max(f64::MIN_POSITIVE),
                sum(&|own| own.loudness_lu) / count,
                same / ends.max(1.0),
                sum(&|own| own.changed_steps as f64),
            )?;
            if at + 1 == SoundProperty::ALL.len() {
                writeln!(out)?;
            }
        }
        Ok(())
    }
}
