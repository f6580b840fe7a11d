//! The dots of the codebook, as page and command show them: the known presets with their own timbral scales, then the
//! points of the map, and the codebook of these scales.

use plane::preset_layers::PresetLayers;
use plane::{Layer, Map, Point};

use crate::codebook::{Codebook, CodebookError};
use crate::sound_codes::{SoundCode, sound_codes};
use crate::target::scales;

/// The dots, first the known presets, then the points of the map in its order.
#[derive(Clone, Debug, PartialEq)]
pub struct CodebookDots {
    /// The point of each dot on the plane.
    pub points: Vec<Point>,
    /// The place of each dot by its sound, and the meaning of the axes.
    pub book: Codebook,
    /// The value of each layer of the map at each dot, in the layer's unit, layer by layer.
    values: Vec<Vec<f32>>,
    /// The scales of each dot.
    sounds: Vec<Vec<f32>>,
}

impl CodebookDots {
    /// The dots of the known presets' points and of a map. Without layers of their own, presets have the values of the
    /// map at their points.
    ///
    /// # Errors
    /// If a point is not a number, or the map has fewer than two scales.
    pub fn new(map: &Map, known: &[Point], own: Option<&PresetLayers>) -> Result<Self, CodebookError> {
        let said = |layer: &Layer| {
            let value = |point: &Point| map.value_of(layer, point.x, point.y);
            known.iter().map(value).collect::<Option<Vec<f32>>>().ok_or(CodebookError)
        };
        let layer = |(number, layer): (usize, &Layer)| {
            // Measured by itself, a preset is reverberant or not, 1 or 0;
            // the likelihoods of the page's map are per cent.
            let whole = if layer.is_likelihood() { CERTAIN_PERCENT } else { 1.0 };
            let measured = |own: &PresetLayers| Ok(own.layer(number).map(|value| whole * value).collect());
            let presets = own.map_or_else(|| said(layer), measured)?;
            let cells = layer.values.iter().map(|value| f32::from(*value) / TENTHS);
            Ok(presets.into_iter().chain(cells).collect())
        };
        let values = map.layers.iter().enumerate().map(layer).collect::<Result<Vec<Vec<f32>>, _>>()?;
        let points: Vec<Point> = known.iter().copied().chain(Map::points(map.grid, map.limit)).collect();
        let names: Vec<&str> = scales(map).map(|layer| layer.name.as_str()).collect();
        let is_scale = |number: usize| names.contains(&map.layers[number].name.as_str());
        let scales: Vec<&Vec<f32>> =
            (0..values.len()).filter(|own| is_scale(*own)).map(|own| &values[own]).collect();
        if scales.iter().any(|own| own.len() != points.len()) {
            return Err(CodebookError);
        }
        let sounds: Vec<Vec<f32>> =
            (0..points.len()).map(|dot| scales.iter().map(|own| own[dot]).collect()).collect();
        let (presets, cells) = sounds.split_at(known.len());
        let book = Codebook::new(presets, cells, map)?;
        Ok(Self { points, book, values, sounds })
    }

    /// The value of a layer at each dot; empty if there is no such layer.
    pub fn values(&self, layer: usize) -> &[f32] {
        self.values.get(layer).map_or(&[], Vec::as_slice)
    }

    /// At most `count` dots that represent all, see [`sound_codes`].
    pub fn codes(&self, count: usize) -> Vec<SoundCode> {
        sound_codes(&self.sounds, count)
    }

    /// The least and the greatest value of a layer among all dots.
    pub fn range(&self, layer: usize) -> [f32; 2] {
        let values = self.values(layer);
        let ends = [f32::INFINITY, f32::NEG_INFINITY];
        let [least, most] = values.iter().fold(ends, |[least, most], own| [least.min(*own), most.max(*own)]);
        if least <= most { [least, most] } else { [0.0, 0.0] }
    }
}

/// Stored numbers of a layer per unit.
const TENTHS: f32 = 10.0;
/// The likelihood of a certain yes, in per cent.
const CERTAIN_PERCENT: f32 = 100.0;

#[cfg(test)]
mod tests {
    use super::*;
    use plane::map::VERSION;

    fn map() -> Map {
        let layer = |name: &str, values: [f32; 4]| Layer::new(name, "points", ["low", "high"], values);
        let layers =
            vec![layer("brightness", [10.0, 40.0, 60.0, 90.0]), layer("depth", [20.0, 30.0, 20.0, 30.0])];
        Map { version: VERSION, model: String::new(), grid: 2, limit: 4.0, layers }
    }

    #[test]
    fn a_preset_has_its_own_values_not_those_of_the_map_where_it_lies() {
        let (map, known) = (map(), [Point { x: -4.0, y: -4.0 }]);
        let by_map = CodebookDots::new(&map, &known, None).unwrap();
        assert_eq!(by_map.values(0), [10.0, 10.0, 40.0, 60.0, 90.0]);
        let own = PresetLayers::new(["Bell"], &[vec![95.0, 25.0]]);
        let dots = CodebookDots::new(&map, &known, Some(&own)).unwrap();
        assert_eq!(dots.values(0), [95.0, 10.0, 40.0, 60.0, 90.0]);
        assert_eq!((dots.range(0), dots.range(7)), ([10.0, 95.0], [0.0, 0.0]));
        assert!(dots.book.presets[0][0] > dots.book.cells[3][0], "brighter than all of the map");
        assert_eq!(by_map.book.presets[0], by_map.book.cells[0]);
        // The two at the map's corner sound alike.
        let codes = by_map.codes(4);
        assert_eq!(codes.iter().map(|code| code.members).max(), Some(2));
        assert_eq!(codes.len(), 4);
    }

    #[test]
    fn layers_of_other_presets_are_refused() {
        let two = PresetLayers::new(["Bell", "Bass"], &[vec![95.0, 25.0], vec![20.0, 25.0]]);
        assert!(CodebookDots::new(&map(), &[Point::default()], Some(&two)).is_err());
        assert!(CodebookDots::new(&map(), &[Point { x: f32::NAN, y: 0.0 }], None).is_err());
    }

    #[test]
    fn a_preset_that_is_reverberant_is_so_on_a_map_of_likelihoods_too() {
        let mut map = map();
        map.layers.push(Layer::new(
            "reverb",
            plane::likelihood::LIKELIHOOD,
            ["dry", "wet"],
            [0.0, 20.0, 60.0, 97.0],
        ));
        let known = [Point::default(), Point::default()];
        let own = PresetLayers::new(["Hall", "Dry"], &[vec![95.0, 25.0, 1.0], vec![90.0, 20.0, 0.0]]);
        let dots = CodebookDots::new(&map, &known, Some(&own)).unwrap();
        assert_eq!(dots.values(2), [100.0, 0.0, 0.0, 20.0, 60.0, 97.0]);
        map.layers[2].unit = plane::likelihood::YES_NO.to_owned();
        assert_eq!(CodebookDots::new(&map, &known, Some(&own)).unwrap().values(2)[..2], [1.0, 0.0]);
    }
}
