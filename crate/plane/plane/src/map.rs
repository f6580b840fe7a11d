//! The timbral map: the sound of the plane's patches on a grid of points. One table of whole numbers, so that nine
//! layers are a small download. Never reads files or measures sounds; the caller provides serde's format.

use crate::{Point, excerpt, packed_map};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use crate::map_error::{GRID_LIMIT, LAYER_LIMIT, MapError, VERSION, WORD_LIMIT};

/// Version of a map whose values are differences, for a smaller download; `build/map.mjs` writes it.
const PACKED_VERSION: u32 = 2;

/// Stored numbers per unit of a layer: values are kept in tenths.
const TENTHS: f32 = 10.0;

/// The timbral map; reading checks it, see [`Map::check`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Map {
    /// [`VERSION`].
    pub version: u32,
    /// Fingerprint of the decoder whose patches were measured, as in the table of coordinates.
    pub model: String,
    /// Points along each side, 2 to [`GRID_LIMIT`].
    pub grid: u16,
    /// Both axes run from -`limit` to `limit`, ends included.
    pub limit: f32,
    /// A layer for each quality, at most [`LAYER_LIMIT`].
    pub layers: Vec<Layer>,
}

/// One quality at every point of the grid. Each of its texts has at most [`WORD_LIMIT`] characters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// Lower-case English name: a timbral descriptor, or `loudness`.
    pub name: String,
    /// Unit of the values: `points` (of 100), `yes/no` (1 and 0), `LUFS`.
    pub unit: String,
    /// Words for the least and the greatest values.
    pub ends: [String; 2],
    /// Least of `values`, in tenths of the unit.
    pub minimum: i16,
    /// Greatest of `values`, in tenths of the unit.
    pub maximum: i16,
    /// `grid` × `grid` values in tenths of the unit, row by row; the first row is y = -`limit`, the
    /// bottom of the pad, and the first value of a row is x = -`limit`.
    #[serde(deserialize_with = "packed_map::values")]
    pub values: Vec<i16>,
}

impl Layer {
    /// A layer of values in their unit, in the order of [`Layer::values`]; each is rounded to a tenth.
    pub fn new(name: &str, unit: &str, ends: [&str; 2], values: impl IntoIterator<Item = f32>) -> Self {
        let values: Vec<i16> = values.into_iter().map(|value| (value * TENTHS).round() as i16).collect();
        Self {
            name: name.to_owned(),
            unit: unit.to_owned(),
            ends: ends.map(str::to_owned),
            minimum: values.iter().copied().min().unwrap_or(0),
            maximum: values.iter().copied().max().unwrap_or(0),
            values,
        }
    }

    /// Least and greatest value, in the unit.
    pub fn range(&self) -> [f32; 2] {
        [self.minimum, self.maximum].map(|value| f32::from(value) / TENTHS)
    }

    /// A value's fraction of the range from least to greatest, 0…1; 0 if all values are equal.
    pub fn share(&self, value: f32) -> f32 {
        let [least, greatest] = self.range();
        if greatest > least { ((value - least) / (greatest - least)).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The value at a point of the grid, in the unit: `column` counts from x = -limit, `row` from
    /// y = -limit.
    ///
    /// # Panics
    /// If the point is not on the grid of the map.
    pub fn at(&self, column: usize, row: usize, grid: usize) -> f32 {
        assert!(column < grid && row < grid, "column {column}, row {row} of a grid of {grid}");
        f32::from(self.values[row * grid + column]) / TENTHS
    }
}

impl Map {
    /// The coordinates of the grid's points along either axis, for `grid` points from -`limit` to `limit`.
    pub fn axis(grid: u16, limit: f32) -> impl Iterator<Item = f32> + Clone {
        let last = f32::from(grid.max(2) - 1);
        (0..grid).map(move |index| limit * (2.0 * f32::from(index) / last - 1.0))
    }

    /// The points of a grid in the order of [`Layer::values`].
    pub fn points(grid: u16, limit: f32) -> impl Iterator<Item = Point> {
        Self::axis(grid, limit).flat_map(move |y| Self::axis(grid, limit).map(move |x| Point { x, y }))
    }

    /// The layer of a name.
    pub fn layer(&self, name: &str) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.name == name)
    }

    /// The value of a layer at any point of the plane, in the layer's unit, by bilinear interpolation. Outside the
    /// square it is that of the nearest edge; `None` if the point is not finite or there is no such layer.
    pub fn value(&self, name: &str, x: f32, y: f32) -> Option<f32> {
        self.value_of(self.layer(name)?, x, y)
    }

    /// The same for a layer of this map.
    pub fn value_of(&self, layer: &Layer, x: f32, y: f32) -> Option<f32> {
        let (column, right) = self.cell(x)?;
        let (row, up) = self.cell(y)?;
        let at = |column, row| layer.at(column, row, usize::from(self.grid));
        let across = |row| at(column, row) + right * (at(column + 1, row) - at(column, row));
        Some(across(row) + up * (across(row + 1) - across(row)))
    }

    /// The point of the grid at or before a coordinate (never the last), and the fraction of the way to the next.
    fn cell(&self, coordinate: f32) -> Option<(usize, f32)> {
        let last = f32::from(self.grid - 1);
        let place = ((coordinate / self.limit + 1.0) * 0.5 * last).clamp(0.0, last);
        if !coordinate.is_finite() {
            return None;
        }
        let before = place.floor().min(last - 1.0);
        Some((before as usize, place - before))
    }

    /// Checks the invariants that readers rely on: version, a grid, and layers within their limits, of the grid's
    /// length and with their extremes.
    ///
    /// # Errors
    /// Names the first layer that breaks a rule.
    pub fn check(&self) -> Result<(), MapError> {
        let &Self { version, grid, limit, .. } = self;
        if version != VERSION {
            return Err(MapError::Version(version));
        }
        if !(2..=GRID_LIMIT).contains(&grid) || !limit.is_finite() || limit <= 0.0 {
            return Err(MapError::Grid { grid, limit });
        }
        if self.layers.len() > LAYER_LIMIT {
            return Err(MapError::Layers(self.layers.len()));
        }
        let expected = usize::from(grid) * usize::from(grid);
        for Layer { name, unit, ends: [least, greatest], values, minimum, maximum } in &self.layers {
            if [name, unit, least, greatest].iter().any(|text| text.chars().count() > WORD_LIMIT) {
                return Err(MapError::Words(excerpt::name(name)));
            }
            if values.len() != expected {
                return Err(MapError::Length { layer: excerpt::name(name), found: values.len(), expected });
            }
            if values.iter().min() != Some(minimum) || values.iter().max() != Some(maximum) {
                return Err(MapError::Extremes(excerpt::name(name)));
            }
        }
        Ok(())
    }
}

impl Serialize for Map {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Map {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // serde's own messages quote the file at full length.
        let mut map = Self::deserialize(deserializer)
            .map_err(|error| D::Error::custom(excerpt::sentence(&error.to_string())))?;
        if map.version == PACKED_VERSION {
            map.version = VERSION;
            for layer in &mut map.layers {
                packed_map::unpack(&mut layer.values, map.grid.into());
            }
        }
        map.check().map_err(D::Error::custom)?;
        Ok(map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Three by three points over ±2 of a layer that grows by 1 to the right and by 10 upwards.
    fn map() -> Map {
        let values = Map::points(3, 2.0).map(|Point { x, y }| x / 2.0 + 5.0 * y);
        Map {
            version: VERSION,
            model: "test".to_owned(),
            grid: 3,
            limit: 2.0,
            layers: vec![Layer::new("brightness", "points", ["dark", "bright"], values)],
        }
    }

    fn refusal(change: impl Fn(&mut Map)) -> String {
        let mut map = map();
        change(&mut map);
        let json = serde_json::to_string(&map).unwrap();
        serde_json::from_str::<Map>(&json).unwrap_err().to_string()
    }

    #[test]
    fn a_share_grows_from_the_least_value_to_the_greatest() {
        let layer = Layer::new("brightness", "points", ["dark", "bright"], [-10.0, 30.0]);
        assert_eq!(
            [-20.0, -10.0, 10.0, 30.0, 40.0].map(|value| layer.share(value)),
            [0.0, 0.0, 0.5, 1.0, 1.0]
        );
        let flat = Layer::new("brightness", "points", ["dark", "bright"], [5.0, 5.0]);
        assert_eq!(flat.share(5.0), 0.0);
    }

    #[test]
    fn values_lie_at_their_points() {
        let map = map();
        for Point { x, y } in Map::points(3, 2.0) {
            assert_eq!(map.value("brightness", x, y), Some(x / 2.0 + 5.0 * y));
        }
        assert_eq!(map.layers[0].range(), [-11.0, 11.0]);
        assert_eq!(map.layers[0].at(2, 0, 3), -9.0);
    }

    #[test]
    fn values_between_points_are_interpolated() {
        let map = map();
        assert!((map.value("brightness", 0.5, -1.5).unwrap() - (0.25 - 7.5)).abs() < 1e-5);
        assert_eq!(map.value("brightness", 99.0, 2.0), map.value("brightness", 2.0, 2.0));
        assert_eq!(map.value("brightness", f32::NAN, 0.0), None);
        assert_eq!(map.value("colour", 0.0, 0.0), None);
    }

    proptest! {
        #[test]
        fn a_written_map_is_read_unchanged(
            (grid, values) in (2u16..9).prop_flat_map(|grid| {
                (Just(grid), prop::collection::vec(any::<f32>(), usize::from(grid) * usize::from(grid)))
            }),
            limit in 0.01f32..100.0,
            words in ("\\PC{0,9}", "\\PC{0,9}", "\\PC{0,9}", "\\PC{0,9}"),
        ) {
            let layer = Layer::new(&words.0, &words.1, [&words.2, &words.3], values);
            let map = Map { version: VERSION, model: words.0.clone(), grid, limit, layers: vec![layer] };
            let json = serde_json::to_string(&map).unwrap();
            prop_assert_eq!(serde_json::from_str::<Map>(&json).unwrap(), map);
        }
    }

    #[test]
    fn an_invalid_map_is_rejected_with_its_reason() {
        assert!(refusal(|map| map.version = 9).contains("version 9, expected 1"));
        assert!(refusal(|map| map.grid = 1).contains("grid of 1 points"));
        assert!(refusal(|map| map.limit = -4.0).contains("finite limit"));
        assert!(
            refusal(|map| map.layers[0].values.truncate(8))
                .contains("\"brightness\" has 8 values, expected 9")
        );
        assert!(refusal(|map| map.layers[0].maximum = 7).contains("wrong extremes"));
    }

    /// A constant map of this many layers.
    fn flat(grid: u16, layers: usize) -> Map {
        let silence = vec![0.0; usize::from(grid) * usize::from(grid)];
        let layers = vec![Layer::new("brightness", "points", ["dark", "bright"], silence); layers];
        Map { grid, layers, ..map() }
    }

    #[test]
    fn a_map_has_room_up_to_its_limits() {
        assert_eq!(flat(GRID_LIMIT, 1).check(), Ok(()));
        assert_eq!(flat(GRID_LIMIT + 1, 1).check(), Err(MapError::Grid { grid: 257, limit: 2.0 }));
        assert_eq!(flat(2, LAYER_LIMIT).check(), Ok(()));
        assert_eq!(flat(2, LAYER_LIMIT + 1).check(), Err(MapError::Layers(33)));
        let word = "ü".repeat(WORD_LIMIT);
        let change = |map: &mut Map, more: &str| map.layers[0].ends[1] = format!("{word}{more}");
        let mut map = map();
        change(&mut map, "");
        assert_eq!(map.check(), Ok(()));
        assert!(refusal(|map| change(map, "!")).contains("\"brightness\" has a name, unit or word of more"));
    }

    #[test]
    fn no_text_of_a_file_makes_a_long_message() {
        let long = "x".repeat(100_000);
        for sentence in [
            refusal(|map| map.layers[0].name = long.clone()),
            serde_json::from_str::<Map>(&format!("{{\"version\":\"{long}\"}}")).unwrap_err().to_string(),
            serde_json::from_str::<Map>(&format!("{{\"{long}\":1}}")).unwrap_err().to_string(),
        ] {
            assert!(sentence.contains('x') && sentence.chars().count() < 300, "{sentence}");
        }
    }
}
