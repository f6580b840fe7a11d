//! amSynth as the instrument whose paths `latent-pad evaluate --task target` evaluates.

use crate::error::CliError;
use crate::path_sound::{PathPerformance, render_path};
use ::evaluate::{EvaluateError, TargetInstrument};
use features::test_note::{KEY, SAMPLE_RATE_HZ};
use model::PatchDecoder;
use path::LatentPath;
use plane::Point;
use search::point_sounds::scales_at;

/// A decoder whose patches amSynth plays, and the file from which each played path gets a decoder of its own.
pub struct PatchTargets {
    pub decoder: PatchDecoder,
    pub onnx: Vec<u8>,
}

impl TargetInstrument for PatchTargets {
    type Failure = CliError;

    fn measure(&mut self, points: &[Point], note_s: Option<f64>) -> Result<Vec<Vec<f32>>, CliError> {
        Ok(scales_at(&mut self.decoder, points, note_s, || ()).map_err(EvaluateError::from)?)
    }

    fn play(&mut self, path: &LatentPath) -> Result<Option<[Vec<f32>; 2]>, CliError> {
        let performance = PathPerformance { key: KEY, tail_s: 0.0, sample_rate_hz: SAMPLE_RATE_HZ };
        let decoder =
            PatchDecoder::from_onnx(&self.onnx).map_err(|error| CliError::Playing(error.to_string()))?;
        render_path(path, decoder, performance).map(Some)
    }
}
