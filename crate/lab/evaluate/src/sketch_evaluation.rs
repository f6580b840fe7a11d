//! Figures of how well sketches follow voices, beside the nearest known preset that plays the same notes.

use crate::error::EvaluateError;
use crate::estimate::{Estimate, estimate_of};
use crate::match_guesses::nearest_known;
use crate::report_line::write_table;
use crate::sketch_figures::SketchFigures;
use crate::sound_metrics::SoundMetrics;
use matching::{KnownSounds, Target};
use model::ModelKind;
use model::kinds::SoundToPatch;
use patch::Patch;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;
use sketching::{
    SketchError, SketchPerformance, SketchSettings, VoiceAnalysis, longest_note, performed_as_loud_as, sketch,
};
use std::fmt::{self, Display};

/// The columns of a report.
const COLUMNS: [(&str, usize, SketchColumn); 11] = [
    ("in tune", 3, |own, _| own.in_tune),
    ("≥ .90", 2, |own, _| own.in_tune.map(|in_tune| share(in_tune >= 0.9))),
    ("RMS cosine", 3, |own, _| Some(own.metrics.rms_cosine)),
    ("≥ .95", 2, |own, _| Some(share(own.metrics.rms_cosine >= 0.95))),
    ("attack ≤ 20 ms", 2, |own, _| Some(share(own.attack_s.abs() <= 0.02))),
    ("brightness", 3, |own, _| Some(own.brightness)),
    ("≥ .8", 2, |own, _| Some(share(own.brightness >= 0.8))),
    ("MSS", 2, |own, _| Some(own.metrics.mss_db)),
    ("nearer", 2, |own, nearest| Some(share(own.metrics.mss_db < nearest.metrics.mss_db))),
    ("wMFCC", 2, |own, _| Some(own.metrics.wmfcc)),
    ("SOT", 3, |own, _| Some(own.metrics.sot)),
];

/// A figure of a sketch, given its figures and the figures of the nearest known preset.
type SketchColumn = fn(&SketchFigures, &SketchFigures) -> Option<f64>;

/// The figures of a folder of voices.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SketchReport {
    /// The folder.
    pub sketched: String,
    /// For each voice: its name, the figures of its sketch, and the figures of the nearest known preset.
    pub each: Vec<(String, SketchFigures, SketchFigures)>,
    /// Voices that give no sketch, each with the reason.
    pub refused: Vec<(String, String)>,
}

/// Sketches every voice of a set. `onnx` is the network that guesses patches. `progress` gets the number of voices and
/// the number of further voices that are done.
///
/// # Errors
/// [`EvaluateError::NoSketches`] if no voice gives a sketch.
pub fn evaluate_sketches(
    name: &str,
    voices: &[(String, Target)],
    (known, presets): (&KnownSounds, &[Patch]),
    onnx: &[u8],
    progress: impl Fn(usize, usize) + Sync,
) -> Result<SketchReport, EvaluateError> {
    progress(voices.len(), 0);
    let figures = |recording: &Target| -> Result<[SketchFigures; 2], SketchError> {
        let voice = VoiceAnalysis::new(recording)?;
        let samples = recording.sounding();
        let guess = SoundToPatch::load(onnx).ok().map(|mut network| -> Box<matching::guess::Guess> {
            Box::new(move |sound: &[f32], noise: &[f32], preset: &Patch| {
                network.patch(sound, noise, preset).ok()
            })
        });
        let found = sketch(recording, &voice, (known, presets), guess, &SketchSettings::default(), |_| ())?;
        let preset = nearest_known(&longest_note(recording, &voice)?, known, presets);
        // A preset has its own cutoff.
        let plain = SketchPerformance { cutoff: Vec::new(), ..found.performance.clone() };
        let nearest = performed_as_loud_as(&plain, &preset, samples);
        let mut metrics = SoundMetrics::new();
        Ok([(found.patch, &found.performance), (nearest, &plain)].map(|(patch, performance)| {
            SketchFigures::new(&mut metrics, &voice, samples, &performance.render(&patch))
        }))
    };
    let results: Vec<_> = (voices.par_iter().with_max_len(1))
        .map(|(name, recording)| {
            let found = figures(recording);
            progress(voices.len(), 1);
            (name.clone(), found)
        })
        .collect();
    let mut report = SketchReport { sketched: name.to_owned(), each: Vec::new(), refused: Vec::new() };
    for (name, found) in results {
        match found {
            Ok([own, nearest]) => report.each.push((name, own, nearest)),
            Err(error) => report.refused.push((name, error.to_string())),
        }
    }
    match report.refused.first() {
        Some((voice, reason)) if report.each.is_empty() => Err(EvaluateError::NoSketches {
            sounds: report.sketched,
            voice: voice.clone(),
            reason: reason.clone(),
        }),
        _ => Ok(report),
    }
}

fn share(is_reached: bool) -> f64 {
    f64::from(u8::from(is_reached))
}

impl SketchReport {
    fn estimates(
        &self,
        of: impl Fn(&(String, SketchFigures, SketchFigures), SketchColumn) -> Option<f64>,
    ) -> Vec<Option<Estimate>> {
        let column = |&(_, _, figure): &(&str, usize, SketchColumn)| {
            estimate_of(&self.each.iter().filter_map(|each| of(each, figure)).collect::<Vec<_>>())
        };
        COLUMNS.iter().map(column).collect()
    }
}

impl Display for SketchReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sketched, each, refused } = self;
        writeln!(out, "{} voices of {sketched}; without a sketch: {}\n", each.len(), refused.len())?;
        let lines = [
            ("sketch", self.estimates(|(_, own, nearest), figure| figure(own, nearest))),
            ("nearest known preset", self.estimates(|(_, _, nearest), figure| figure(nearest, nearest))),
        ];
        let columns = COLUMNS.map(|(heading, decimals, _)| (heading, decimals));
        let lines = lines.iter().map(|(name, estimates)| (*name, estimates.as_slice()));
        write_table(out, "below: 95 % intervals", &columns, lines)?;
        refused.iter().try_for_each(|(name, reason)| write!(out, "\n{name}: {reason}"))
    }
}
