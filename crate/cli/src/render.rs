//! `latent-pad render`: a preset and notes into a WAV file, in amSynth's blocks.

use crate::arguments::RenderArguments;
use crate::error::CliError;
use crate::output::write_wav;
use voice::Synthesizer;
use voice::render::perform;

/// Renders and writes.
pub fn run(arguments: &RenderArguments) -> Result<(), CliError> {
    let preset = arguments.preset.read()?;
    let frames = (arguments.seconds * f64::from(arguments.rate)).round() as usize;
    let mut synthesizer = Synthesizer::new(arguments.rate as f32);
    synthesizer.set_patch(&preset.patch);
    synthesizer.set_tuning(arguments.tuning.read()?);
    let [left, right] =
        perform(&mut synthesizer, &arguments.notes.events(), arguments.block as usize, frames);
    write_wav(&arguments.output, &[&left, &right], arguments.rate)
}
