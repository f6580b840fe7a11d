//! The timbral map of a decoder: decodes, renders and measures every point of a grid.

use features::{AudioFeatures, STRUCK_COUNT};
use model::{ModelError, PatchDecoder};
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
pub fn patches(decoder: &mut PatchDecoder, grid: u16) -> Result<Vec<Patch>, ModelError> {
    Map::points(grid, LATENT_LIMIT).map(|point| decoder.decode(point)).collect()
}

/// The value of each layer for a sound, in the map's order.
pub fn values(features: &AudioFeatures) -> Vec<f32> {
    let scales = features.scales().into_iter().map(|scale| scale as f32);
    let reverb = f32::from(u8::from(features.is_reverberant()));
    scales.chain([reverb, features.loudness_lufs as f32]).collect()
}

/// The value of each layer for struck notes, in the map's order; the reverb, which is not measured, is 0.
pub fn struck_values(row: &[f32; STRUCK_COUNT]) -> Vec<f32> {
    let [scales @ .., loudness_lufs] = row;
    scales.iter().copied().chain([0.0, *loudness_lufs]).collect()
}

/// The names of the layers, in the map's order.
pub fn layer_names() -> impl Iterator<Item = &'static str> {
    descriptors().map(Descriptor::name).chain([LOUDNESS])
}

/// The map of the features at the points of a grid, in the map's order; `model` is the fingerprint of the decoder.
pub fn map(features: &[AudioFeatures], grid: u16, model: String) -> Map {
    let rows: Vec<Vec<f32>> = features.iter().map(values).collect();
    let column = |index: usize| rows.iter().map(move |row| row[index]);
    let mut layers: Vec<Layer> = descriptors()
        .enumerate()
        .map(|(index, descriptor)| {
            Layer::new(descriptor.name(), descriptor.unit(), descriptor.ends(), column(index))
        })
        .collect();
    layers.push(Layer::new(LOUDNESS, "LUFS", ["quiet", "loud"], column(layers.len())));
    Map { version: VERSION, model, grid, limit: LATENT_LIMIT, layers }
}

fn descriptors() -> impl Iterator<Item = Descriptor> {
    Descriptor::SCALES.into_iter().chain([Descriptor::Reverb])
}
