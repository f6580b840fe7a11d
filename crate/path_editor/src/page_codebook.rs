//! The codebook of the page: its known presets and the points of its map on two axes by what they sound like, and the bar
//! of a histogram that each belongs to.

use path::codebook::{Codebook, bar_of};
use path::target::scales;
use plane::{Layer, Map, Point};
use wasm_bindgen::prelude::*;

/// Numbers before the points of the presets: their count, and where the map ends.
const HEAD: usize = 2;
/// Stored numbers per unit of a layer.
const TENTHS: f32 = 10.0;

/// Why numbers are no codebook: the page did not give what it should.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the map cannot be shown: load the page again")]
struct SoundsError;

/// The dots, first the known presets, then the points of the map, row by row.
#[wasm_bindgen]
pub struct PageCodebook {
    map: Map,
    book: Codebook,
    /// The points of the dots.
    points: Vec<Point>,
}

#[wasm_bindgen]
impl PageCodebook {
    /// Of the numbers that `PathPort::sounds` gives, and the units of the layers, a line each. The layers in points are the
    /// scales that make the axes; a preset has the values of the map at its point.
    ///
    /// # Errors
    /// If the numbers do not fit together.
    #[wasm_bindgen(constructor)]
    pub fn new(sounds: &[f32], units: &str) -> Result<Self, JsError> {
        Ok(Self::read(sounds, units).ok_or(SoundsError)?)
    }

    fn read(sounds: &[f32], units: &str) -> Option<Self> {
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
        let presets = across.iter().zip(upward).map(|(&x, &y)| Point { x, y });
        let points: Vec<Point> = presets.chain(Map::points(grid, limit)).collect();
        let sounds = points.iter().map(|point| sound(&map, *point)).collect::<Option<Vec<_>>>()?;
        let (presets, cells) = sounds.split_at(across.len());
        let book = Codebook::new(presets, cells, &map).ok()?;
        Some(Self { map, book, points })
    }

    /// x and y of the dots on the plane.
    pub fn points(&self) -> Vec<f32> {
        self.points.iter().flat_map(|point| [point.x, point.y]).collect()
    }

    /// Where the dots lie on the two axes: two numbers each.
    pub fn places(&self) -> Vec<f32> {
        self.book.presets.iter().chain(&self.book.cells).flatten().copied().collect()
    }

    /// Where a point of the plane lies, by what the map says of it; empty if it is none.
    pub fn place(&self, x: f32, y: f32) -> Vec<f32> {
        sound(&self.map, Point { x, y }).map_or_else(Vec::new, |sound| self.book.place(&sound).to_vec())
    }

    /// The share of the variance that an axis explains, 0…1.
    pub fn share(&self, axis: usize) -> f64 {
        self.book.axes.get(axis).map_or(0.0, |axis| axis.share)
    }

    /// The two layers with the greatest weights in an axis, the greater first: number and weight of each.
    pub fn heaviest(&self, axis: usize) -> Vec<f64> {
        let Some(axis) = self.book.axes.get(axis) else { return Vec::new() };
        let number = |scale| {
            let name = scales(&self.map).nth(scale).map(|layer| &layer.name);
            self.map.layers.iter().position(|layer| Some(&layer.name) == name).unwrap_or_default()
        };
        axis.heaviest().into_iter().flat_map(|scale| [number(scale) as f64, axis.weights[scale]]).collect()
    }

    /// The least and the greatest value of a layer.
    pub fn range(&self, layer: usize) -> Vec<f32> {
        self.map.layers.get(layer).map_or_else(Vec::new, |layer| layer.range().to_vec())
    }

    /// The value of a layer at each dot.
    pub fn values(&self, layer: usize) -> Vec<f32> {
        let Some(layer) = self.map.layers.get(layer) else { return Vec::new() };
        let value = |point: &Point| self.map.value_of(layer, point.x, point.y).unwrap_or_default();
        self.points.iter().map(value).collect()
    }

    /// The bar that each dot belongs to, of so many equal parts of a layer's range.
    pub fn bars(&self, layer: usize, count: u8) -> Vec<u8> {
        let range = self.map.layers.get(layer).map_or_else(Default::default, Layer::range);
        let bar = |value| bar_of(value, range, count.into()).unwrap_or_default() as u8;
        self.values(layer).into_iter().map(bar).collect()
    }
}

/// The scales of a point, as the map has them.
fn sound(map: &Map, point: Point) -> Option<Vec<f32>> {
    scales(map).map(|layer| map.value_of(layer, point.x, point.y)).collect()
}
