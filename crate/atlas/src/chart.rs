//! The timbral map of a decoder: every point of a grid decoded, played and listened to.

use ear::Heard;
use model::{Decoder, ModelError};
use patch::Patch;
use plane::LATENT_LIMIT;
use plane::map::{Layer, Map, VERSION};
use timbre::Descriptor;

/// Points along each side of the shipped map, as in the paper (Peachey et al., IS² 2023).
pub const GRID: u16 = 50;

/// Name of the layer that is not one of the eight descriptors.
pub const LOUDNESS: &str = "loudness";

/// Decodes the points of a grid over the latent square, in the map's order.
///
/// # Errors
/// If the decoder gives a number that is not finite.
pub fn patches(decoder: &mut Decoder, grid: u16) -> Result<Vec<Patch>, ModelError> {
    Map::points(grid, LATENT_LIMIT).map(|point| decoder.decode(point)).collect()
}

/// The map of what was heard at the points of a grid, in the map's order; `model` is the fingerprint
/// of the decoder.
pub fn map(heard: &[Heard], grid: u16, model: String) -> Map {
    let mut layers: Vec<Layer> = (Descriptor::SCALES.into_iter().enumerate())
        .map(|(scale, descriptor)| layer(descriptor, heard.iter().map(|heard| heard.scales()[scale] as f32)))
        .collect();
    let reverb = heard.iter().map(|heard| f32::from(u8::from(heard.is_reverberant())));
    layers.push(layer(Descriptor::Reverb, reverb));
    let loudness = heard.iter().map(|heard| heard.loudness_lufs as f32);
    layers.push(Layer::new(LOUDNESS, "LUFS", ["quiet", "loud"], loudness));
    Map { version: VERSION, model, grid, limit: LATENT_LIMIT, layers }
}

fn layer(descriptor: Descriptor, values: impl Iterator<Item = f32>) -> Layer {
    Layer::new(descriptor.name(), descriptor.unit(), descriptor.ends(), values)
}
