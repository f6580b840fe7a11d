//! The sounds of a model's plane: the sounds kept beside its decoder, else the embedded ones if they are its own, else
//! sounds that are measured now and kept for the next call.

use crate::error::CliError;
use crate::model::ModelFile;
use crate::output::{warn, write_whole};
use crate::progress::advance;
use dataset::fingerprint;
use features::PerceptualDistance;
use indicatif::ProgressBar;
use model::PatchDecoder;
use search::timbral_map::{self, GRID};
use search::{PlaneSounds, PlaneSoundsError};
use std::borrow::Cow;
use std::path::Path;

/// The sounds on the shipped map's grid, for a distance with its fingerprint. `onnx` are the decoder's bytes, as
/// [`ModelFile::read`] found them at `path`.
pub fn plane_sounds(
    (path, onnx): (&Path, &Cow<'static, [u8]>),
    decoder: &mut PatchDecoder,
    (metric, distance): &(PerceptualDistance, String),
    bar: &ProgressBar,
) -> Result<PlaneSounds, CliError> {
    let model = fingerprint(onnx);
    let fingerprints = [model.as_str(), distance.as_str()];
    let is_embedded = matches!(onnx, Cow::Borrowed(_));
    let beside = path.with_file_name(ModelFile::Sounds.name());
    let kept = match std::fs::read(&beside) {
        Ok(bytes) if !is_embedded => PlaneSounds::from_bytes(&bytes, fingerprints),
        _ => Err(PlaneSoundsError::Damaged),
    };
    let found = kept.clone().or_else(|_| PlaneSounds::from_bytes(ModelFile::Sounds.embedded(), fingerprints));
    if let Ok(sounds) = found {
        return Ok(sounds);
    }
    let patches = timbral_map::patches(decoder, GRID).map_err(CliError::model(path))?;
    let features = features::extract_all(&patches, || advance(bar, "Measuring the plane", patches.len(), 1));
    let sounds = PlaneSounds::new(metric, &features, GRID);
    // Sounds for another distance are not kept, so that the sounds for the model's own distance stay.
    if !is_embedded && kept != Err(PlaneSoundsError::OtherDistance) {
        let bytes = sounds.to_bytes(fingerprints);
        // If the folder cannot be written to, the next call only takes longer.
        if let Err(error) =
            write_whole(&beside, |file| file.write_all(&bytes).map_err(CliError::write(&beside)))
        {
            warn(error);
        }
    }
    Ok(sounds)
}
