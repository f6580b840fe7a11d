//! The codebook of the page: its known presets and the points of its map, placed by their sounds on two axes, and the
//! bar of a histogram that each belongs to.

use path::codebook::bar_of;
use path::codebook_dots::CodebookDots;
use path::target::scales;
use plane::preset_layers::PresetLayers;
use plane::{Layer, Map, Point};
use wasm_bindgen::prelude::*;

/// Numbers before the points of the presets: their count, and the map's limit.
const HEAD: usize = 2;
/// Stored numbers per unit of a layer.
const TENTHS: f32 = 10.0;

/// The page gave numbers that do not make a codebook.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the map cannot be shown: load the page again")]
struct SoundsError;

/// The dots, first the known presets, then the points of the map, row by row.
#[wasm_bindgen]
pub struct PageCodebook {
    map: Map,
    dots: CodebookDots,
    is_measured: bool,
}

#[wasm_bindgen]
impl PageCodebook {
    /// Makes the codebook from the numbers of `PanelPort::sounds`, the units of the layers and the names of presets, a
    /// line each, and the bytes of `preset_layers.bin`. The layers in points are the scales that make the axes. If the
    /// bytes are those of other presets, a preset has the values of the map at its point.
    ///
    /// # Errors
    /// If the numbers do not fit together.
    #[wasm_bindgen(constructor)]
    pub fn new(sounds: &[f32], units: &str, names: &str, measured: &[u8]) -> Result<Self, JsError> {
        Ok(Self::read(sounds, units, names, measured).ok_or(SoundsError)?)
    }

    fn read(sounds: &[f32], units: &str, names: &str, measured: &[u8]) -> Option<Self> {
        let (&[known, limit], rest) = sounds.split_first_chunk::<HEAD>()?;
        let (across, rest) = rest.split_at_checked(known as usize)?;
        let (upward, values) = rest.split_at_checked(known as usize)?;
        let cells = values.len() / units.lines().count().max(1);
        let grid = cells.isqrt() as u16;
        let layer = |(number, unit): (usize, &str)| {
            let own = values[number * cells..][..cells].iter().map(|value| value / TENTHS);
            Layer::new(&number.to_string(), unit, ["", ""], own)
        };
        let layers = units.lines().enumerate().map(layer).collect();
        let map = Map { version: plane::map::VERSION, grid, limit, layers, ..Map::default() };
        map.check().ok()?;
        let presets: Vec<Point> = across.iter().zip(upward).map(|(&x, &y)| Point { x, y }).collect();
        let names: Vec<&str> = names.split('\n').collect();
        let own = PresetLayers::from_bytes(measured, names.into_iter(), map.layers.len()).ok();
        let dots = CodebookDots::new(&map, &presets, own.as_ref()).ok()?;
        Some(Self { map, dots, is_measured: own.is_some() })
    }

    /// True if the presets have values of their own.
    pub fn is_measured(&self) -> bool {
        self.is_measured
    }

    /// x and y of the dots on the plane.
    pub fn points(&self) -> Vec<f32> {
        self.dots.points.iter().flat_map(|point| [point.x, point.y]).collect()
    }

    /// The places of the dots on the two axes: two numbers each.
    pub fn places(&self) -> Vec<f32> {
        self.dots.book.presets.iter().chain(&self.dots.book.cells).flatten().copied().collect()
    }

    /// The place of a point of the plane, by the sound that the map predicts there; empty if a coordinate is not
    /// finite.
    pub fn place(&self, x: f32, y: f32) -> Vec<f32> {
        sound(&self.map, Point { x, y }).map_or_else(Vec::new, |sound| self.dots.book.place(&sound).to_vec())
    }

    /// The share of the variance that an axis explains, 0…1.
    pub fn share(&self, axis: usize) -> f64 {
        self.dots.book.axes.get(axis).map_or(0.0, |axis| axis.share)
    }

    /// The two layers with the greatest weights in an axis, the greater first: number and weight of each.
    pub fn heaviest(&self, axis: usize) -> Vec<f64> {
        let Some(axis) = self.dots.book.axes.get(axis) else { return Vec::new() };
        let number = |scale| {
            let name = scales(&self.map).nth(scale).map(|layer| &layer.name);
            self.map.layers.iter().position(|layer| Some(&layer.name) == name).unwrap_or_default()
        };
        axis.heaviest().into_iter().flat_map(|scale| [number(scale) as f64, axis.weights[scale]]).collect()
    }

    /// The least and the greatest value of a layer.
    pub fn range(&self, layer: usize) -> Vec<f32> {
        self.dots.range(layer).to_vec()
    }

    /// The value of a layer at each dot.
    pub fn values(&self, layer: usize) -> Vec<f32> {
        self.dots.values(layer).to_vec()
    }

    /// At most `count` dots that represent all: two numbers each, the dot's number and the number of dots in its group.
    pub fn codes(&self, count: u8) -> Vec<u32> {
        let codes = self.dots.codes(count.into());
        codes.iter().flat_map(|code| [code.sound as u32, code.members as u32]).collect()
    }

    /// The bar that each dot belongs to, of `count` equal parts of a layer's range.
    pub fn bars(&self, layer: usize, count: u8) -> Vec<u8> {
        let range = self.dots.range(layer);
        let bar = |value| bar_of(value, range, count.into()).unwrap_or_default() as u8;
        self.dots.values(layer).iter().map(|value| bar(*value)).collect()
    }
}

/// The scales of a point, as the map has them.
fn sound(map: &Map, point: Point) -> Option<Vec<f32>> {
    scales(map).map(|layer| map.value_of(layer, point.x, point.y)).collect()
}
