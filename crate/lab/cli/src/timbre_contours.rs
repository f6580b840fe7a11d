//! `latent-pad timbre contours`: a model of tones with the courses of recorded notes in time.

use crate::error::CliError;
use crate::named_files::NamedFiles;
use crate::output::{say, write_whole};
use crate::progress::{advance, bar};
use crate::timbre_arguments::TimbreContours;
use crate::timbre_files::model;
use crate::timbre_training::notes;
use train::TrainingProgress;
use train::frames::note_contours;

/// Measures the notes, and writes the model.
pub fn run(arguments: &TimbreContours) -> Result<(), CliError> {
    let model = model(&arguments.model)?;
    NamedFiles::default()
        .read("MODEL.frames", [arguments.model.as_path()])
        .write("-o", [&arguments.output])
        .check()?;
    let mut sounds = Vec::new();
    for folder in &arguments.notes {
        sounds.extend(notes(folder, "--notes")?);
    }
    let bar = bar("");
    let progress = |TrainingProgress { done, of, .. }: TrainingProgress| {
        advance(&bar, "Measuring notes", of, done.min(1))
    };
    let contours = note_contours(&model, &sounds, &progress)?;
    bar.finish_and_clear();
    if contours.is_empty() {
        return Err(CliError::NoHeldNotes { path: arguments.notes[0].clone() });
    }
    let count = contours.len();
    let damaged = |source| CliError::FrameModel { path: arguments.model.clone(), source };
    let bytes = model.with_contours(contours).map_err(damaged)?.to_bytes();
    write_whole(&arguments.output, |output| {
        output.write_all(&bytes).map_err(CliError::write(&arguments.output))
    })?;
    say(&format!(
        "{count} of {} notes have contours; the file has {} kB",
        sounds.len(),
        bytes.len().div_ceil(1000)
    ))
}
