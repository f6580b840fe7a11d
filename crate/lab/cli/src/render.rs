//! `latent-pad render`: a preset and notes into a WAV file, in amSynth's blocks.

use crate::arguments::RenderArguments;
use crate::error::CliError;
use crate::named_files::NamedFiles;
use crate::notes::NoteList;
use crate::output::{warn, write_wav};
use sound_file::check_wav_length;
use voice::Synthesizer;
use voice::render::perform;

/// Left and right.
const CHANNELS: usize = 2;

/// Renders and writes.
pub fn run(arguments: &RenderArguments) -> Result<(), CliError> {
    let tuning = &arguments.tuning;
    NamedFiles::default()
        .read("PRESET", [arguments.preset.path()])
        .read("--tuning", tuning.scale.as_deref())
        .read("--keyboard-map", tuning.keyboard_map.as_deref())
        .write("-o", [&arguments.output])
        .check()?;
    let preset = arguments.preset.read()?;
    let frames = (arguments.seconds * f64::from(arguments.rate)).round().max(1.0) as usize;
    check_wav_length(frames, CHANNELS)
        .map_err(|source| CliError::Wav { path: arguments.output.clone(), source })?;
    let mut synthesizer = Synthesizer::new(arguments.rate as f32);
    synthesizer.set_patch(&preset.patch);
    synthesizer.set_tuning(arguments.tuning.read()?);
    let usual = || NoteList::usual(arguments.rate);
    let notes = arguments.notes.clone().unwrap_or_else(usual);
    for late in notes.from(frames) {
        warn(format_args!("the note {late} begins after the end, frame {frames}: choose longer --seconds"));
    }
    let [left, right] = perform(&mut synthesizer, &notes.events(), arguments.block as usize, frames);
    write_wav(&arguments.output, &[&left, &right], arguments.rate)
}
