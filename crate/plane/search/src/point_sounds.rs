//! The timbral scales of points of the plane, by decoding, rendering and measuring, on all cores.

use model::{ModelError, PatchDecoder};
use patch::Patch;
use plane::Point;

/// The seven scales of each point, in points and in the order of the map's layers; of notes that are struck every
/// `note_s` seconds, if that is given, and then the loudness in LUFS, too. `done` is called once for each, from any
/// thread.
///
/// # Errors
/// If the decoder gives a number that is not finite.
pub fn scales_at(
    decoder: &mut PatchDecoder,
    points: &[Point],
    note_s: Option<f64>,
    done: impl Fn() + Sync,
) -> Result<Vec<Vec<f32>>, ModelError> {
    let patches: Vec<Patch> = points.iter().map(|point| decoder.decode(*point)).collect::<Result<_, _>>()?;
    if let Some(note_s) = note_s {
        return Ok(features::struck_all(&patches, note_s, done).iter().map(|row| row.to_vec()).collect());
    }
    let features = features::extract_all(&patches, done);
    Ok(features.iter().map(|own| own.scales().into_iter().map(|scale| scale as f32).collect()).collect())
}
