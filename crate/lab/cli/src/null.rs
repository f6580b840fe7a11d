//! `latent-pad null`: compares our voice with the real amsynth, preset by preset, and prints a table of the differences
//! by feature, if there are any. Middle C, velocity 100, two of four seconds.

use crate::arguments::NullArguments;
use crate::error::CliError;
use crate::output::{print, say};
use crate::preset_source::warn_of_lossy_banks;
use dataset::read_text;
use indicatif::{ParallelProgressIterator, ProgressBar, ProgressStyle};
use patch::Preset;
use patch::file::read_bank;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use reference::residual::{Residual, residual};
use reference::{Job, ReferenceError, features, render_by};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use voice::render::{Event, EventKind};

/// Length of a comparison and of its note, in seconds.
const LENGTH_S: f64 = 4.0;
const NOTE_S: f64 = 2.0;

/// One comparison.
struct NullResult {
    place: String,
    preset: Preset,
    residual: Residual,
}

/// Compares, prints, and fails if a preset differs.
pub fn run(arguments: &NullArguments) -> Result<(), CliError> {
    let presets: Vec<_> = presets(&arguments.banks)?.into_iter().step_by(arguments.every as usize).collect();
    let bar = ProgressBar::new(presets.len() as u64).with_style(
        ProgressStyle::with_template("{bar:40} {pos}/{len} presets, {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let rows = presets
        .par_iter()
        .progress_with(bar.clone())
        .map(|(place, preset)| compare(arguments, place, preset))
        .collect::<Result<Vec<_>, _>>()?;
    bar.finish_and_clear();

    if arguments.json {
        print(&as_json(&rows))?;
    } else {
        say(&table(&rows))?;
    }
    match rows.iter().filter(|row| !row.residual.is_exact()).count() {
        0 => Ok(()),
        different => Err(CliError::NotExact { different, total: rows.len() }),
    }
}

/// All presets of the banks of a folder, each with its position, `bank#index`.
fn presets(folder: &Path) -> Result<Vec<(String, Preset)>, CliError> {
    let entries = std::fs::read_dir(folder).map_err(CliError::read(folder))?;
    let mut paths: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "bank"))
        .collect();
    paths.sort();
    warn_of_lossy_banks(folder);
    let mut presets = Vec::new();
    for path in paths {
        let text = read_text(&path).map_err(CliError::read(&path))?;
        let bank = read_bank(&text).map_err(CliError::format(&path))?;
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        presets
            .extend(bank.into_iter().enumerate().map(|(index, preset)| (format!("{file}#{index}"), preset)));
    }
    if presets.is_empty() { Err(CliError::NoPresets { path: folder.to_owned() }) } else { Ok(presets) }
}

fn compare(arguments: &NullArguments, place: &str, preset: &Preset) -> Result<NullResult, CliError> {
    let (rate_hz, host_block) = (arguments.rate, arguments.block as usize);
    // On amSynth's grid of 64 frames; at 44.1 kHz the note ends at frame 88192.
    let frame = |seconds: f64| (seconds * f64::from(rate_hz)) as usize / 64 * 64;
    let events = vec![
        Event { frame: 0, kind: EventKind::NoteOn { key: 60, velocity: 100 } },
        Event { frame: frame(NOTE_S), kind: EventKind::NoteOff { key: 60 } },
    ];
    let frames = frame(LENGTH_S);
    let set_up = reference::SetUp::default();
    let job = Job { patch: preset.patch, events, sample_rate_hz: rate_hz, host_block, frames, set_up };
    let ours = match &arguments.voice {
        Some(program) => render_by(Command::new(program), job.clone()).map_err(|source| {
            let program = program.clone();
            let reason = match source {
                ReferenceError::Start(source) => return CliError::NoVoice { program, source },
                ReferenceError::Failed(reason) => reason.trim_end_matches("; ").to_owned(),
                ReferenceError::Run(error) => dataset::files::reason(&error),
                other => other.to_string(),
            };
            CliError::OtherVoice { program, reason }
        })?,
        None => voice::render::render(&job.patch, &job.events, rate_hz as f32, host_block, frames),
    };
    let mut host = Command::new(std::env::current_exe().map_err(ReferenceError::from)?);
    host.arg("amsynth-host");
    let amsynth = render_by(host, job)?;
    Ok(NullResult { place: place.to_owned(), preset: preset.clone(), residual: residual(&ours, &amsynth) })
}

/// Residuals of a group: the number of exact ones, and the distribution, dB.
struct NullSummary {
    total: usize,
    exact: usize,
    median_db: f64,
    percentile_95_db: f64,
    worst_db: f64,
}

impl NullSummary {
    fn of(residuals: &[Residual]) -> Self {
        let mut levels_db: Vec<f64> = residuals.iter().map(|residual| residual.relative_db).collect();
        levels_db.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let position = (share * levels_db.len().saturating_sub(1) as f64).round() as usize;
            levels_db.get(position).copied().unwrap_or(f64::NEG_INFINITY)
        };
        Self {
            total: residuals.len(),
            exact: residuals.iter().filter(|residual| residual.is_exact()).count(),
            median_db: at(0.5),
            percentile_95_db: at(0.95),
            worst_db: at(1.0),
        }
    }

    fn line(&self, title: &str) -> String {
        let Self { total, exact, .. } = self;
        let [median, high, worst] = [self.median_db, self.percentile_95_db, self.worst_db].map(decibels);
        format!("{title:32} {exact:>5}/{total:<5} {median:>8} {high:>8} {worst:>8}")
    }

    /// JSON has no infinity: a level of an exact group is null.
    fn json(&self) -> Value {
        json!({
            "total": self.total,
            "exact": self.exact,
            "median_db": self.median_db,
            "percentile_95_db": self.percentile_95_db,
            "worst_db": self.worst_db,
        })
    }
}

fn decibels(level_db: f64) -> String {
    if level_db == f64::NEG_INFINITY { "exact".to_owned() } else { format!("{level_db:.1}") }
}

fn by_feature(rows: &[NullResult]) -> BTreeMap<String, NullSummary> {
    let mut groups: BTreeMap<String, Vec<Residual>> = BTreeMap::new();
    for row in rows {
        for feature in features(&row.preset.patch) {
            groups.entry(feature).or_default().push(row.residual);
        }
    }
    groups.into_iter().map(|(feature, residuals)| (feature, NullSummary::of(&residuals))).collect()
}

fn summary(rows: &[NullResult]) -> NullSummary {
    NullSummary::of(&rows.iter().map(|row| row.residual).collect::<Vec<_>>())
}

fn table(rows: &[NullResult]) -> String {
    let different = rows.iter().filter(|row| !row.residual.is_exact()).map(|row| {
        let (level, frame) = (decibels(row.residual.relative_db), row.residual.first_frame.unwrap_or(0));
        format!("{} {}: {level} dB, from frame {frame} on", row.place, row.preset.name)
    });
    let head = format!("{:32} {:^11} {:>8} {:>8} {:>8}", "residual, dB", "exact", "median", "95 %", "worst");
    let features = by_feature(rows).into_iter().map(|(feature, summary)| summary.line(&feature));
    let all = summary(rows).line("all");
    different.chain([head]).chain(features).chain([all]).collect::<Vec<_>>().join("\n")
}

fn as_json(rows: &[NullResult]) -> Value {
    let features: serde_json::Map<_, _> =
        by_feature(rows).into_iter().map(|(feature, summary)| (feature, summary.json())).collect();
    let presets: Vec<_> = rows
        .iter()
        .map(|row| {
            json!({
                "place": row.place,
                "name": row.preset.name,
                "exact": row.residual.is_exact(),
                "residual_db": row.residual.relative_db,
                "first_frame": row.residual.first_frame,
            })
        })
        .collect();
    json!({ "all": summary(rows).json(), "features": features, "presets": presets })
}
