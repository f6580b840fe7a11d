//! The timbral scales of points of the plane, by decoding, rendering and measuring, on all cores.

use model::{ModelError, PatchDecoder};
use patch::Patch;
use plane::Point;

/// The seven scales of each point, in points and in the order of the map's layers. `done` is called once for each, from
/// any thread.
///
/// # Errors
/// If the decoder gives a number that is not finite.
pub fn scales_at(
    decoder: &mut PatchDecoder,
    points: &[Point],
    done: impl Fn() + Sync,
) -> Result<Vec<Vec<f32>>, ModelError> {
    let patches: Vec<Patch> = points.iter().map(|point| decoder.decode(*point)).collect::<Result<_, _>>()?;
    let features = features::extract_all(&patches, done);
    Ok(features.iter().map(|own| own.scales().into_iter().map(|scale| scale as f32).collect()).collect())
}
