//! The known patches on the plane: the point of every preset of the banks, by the encoder or by perceptual search.
//! One table of columns of equal length, so that 3,300 rows are a small download. Never reads files; the caller
//! provides serde's format.

use crate::{excerpt, packed_points};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use crate::coordinates_error::{CoordinatesError, VERSION};

/// The table. A row is one preset; reading checks the table, see [`Coordinates::check`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Coordinates {
    /// [`VERSION`].
    pub version: u32,
    /// Fingerprint of the model that the points belong to.
    pub model: String,
    /// Names of the bank files.
    pub banks: Vec<String>,
    /// Column: the preset's name.
    pub name: Vec<String>,
    /// Column: position in `banks`.
    pub bank: Vec<u16>,
    /// Column: position in the bank, from 0.
    pub index: Vec<u16>,
    /// Column: first latent coordinate. (The site's table has a text.)
    #[serde(deserialize_with = "packed_points::values")]
    pub x: Vec<f32>,
    /// Column: second latent coordinate.
    #[serde(deserialize_with = "packed_points::values")]
    pub y: Vec<f32>,
    /// Column: how the point was found: 1 by perceptual search, 0 by the encoder. Empty if unknown.
    #[serde(default)]
    pub by_ear: Vec<u8>,
}

/// A row that is near a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neighbour {
    /// The row.
    pub position: usize,
    /// Its Euclidean distance from the point, in latent units.
    pub distance: f32,
}

impl Coordinates {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.name.len()
    }

    /// True if there are no rows.
    pub fn is_empty(&self) -> bool {
        self.name.is_empty()
    }

    /// The name of a row's bank, see [`bank_name`]; empty for a row that does not exist.
    pub fn bank_of(&self, row: usize) -> &str {
        let bank = self.bank.get(row).and_then(|&bank| self.banks.get(usize::from(bank)));
        bank.map_or("", |file| bank_name(file))
    }

    /// Checks the invariants that readers rely on: version, equal lengths, banks that exist, finite points.
    ///
    /// # Errors
    /// Names the first column or row that breaks a rule.
    pub fn check(&self) -> Result<(), CoordinatesError> {
        if self.version != VERSION {
            return Err(CoordinatesError::Version(self.version));
        }
        let names = self.name.len();
        let columns = [
            ("bank", self.bank.len()),
            ("index", self.index.len()),
            ("x", self.x.len()),
            ("y", self.y.len()),
        ];
        if !self.by_ear.is_empty() && self.by_ear.len() != names {
            return Err(CoordinatesError::Length { column: "by_ear", rows: self.by_ear.len(), names });
        }
        if let Some((column, rows)) = columns.into_iter().find(|&(_, rows)| rows != names) {
            return Err(CoordinatesError::Length { column, rows, names });
        }
        let banks = self.banks.len();
        for row in 0..names {
            if usize::from(self.bank[row]) >= banks {
                return Err(CoordinatesError::Bank { row, bank: self.bank[row], banks });
            }
            if !self.x[row].is_finite() || !self.y[row].is_finite() {
                return Err(CoordinatesError::Point(row));
            }
        }
        Ok(())
    }

    /// The position of the row nearest to a point; the first of several. `None` without rows, or if the point is not
    /// finite.
    pub fn closest(&self, x: f32, y: f32) -> Option<usize> {
        if !x.is_finite() || !y.is_finite() {
            return None;
        }
        let square = |(&row_x, &row_y): (&f32, &f32)| (row_x - x).powi(2) + (row_y - y).powi(2);
        let squares = self.x.iter().zip(&self.y).map(square).enumerate();
        squares.min_by(|one, other| one.1.total_cmp(&other.1)).map(|(row, _)| row)
    }

    /// The `count` rows nearest to a point, nearest first, equal distances in the table's order. Fewer if the table has
    /// fewer; an empty list if the point is not finite.
    pub fn nearest(&self, x: f32, y: f32, count: usize) -> Vec<Neighbour> {
        let count = count.min(self.len());
        if count == 0 || !x.is_finite() || !y.is_finite() {
            return Vec::new();
        }
        let mut nearest: Vec<Neighbour> = Vec::with_capacity(count + 1);
        for (position, (&px, &py)) in self.x.iter().zip(&self.y).enumerate() {
            let distance = (px - x).hypot(py - y);
            let place = nearest.partition_point(|other| other.distance <= distance);
            if place < count {
                nearest.truncate(count - 1);
                nearest.insert(place, Neighbour { position, distance });
            }
        }
        nearest
    }
}

/// A bank's name: that of its file without the ending.
pub fn bank_name(file: &str) -> &str {
    let name = file.strip_suffix(".bank").unwrap_or(file);
    name.strip_suffix(".amSynth").unwrap_or(name)
}

impl Serialize for Coordinates {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Coordinates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // serde's own messages quote the file at full length.
        let coordinates = Self::deserialize(deserializer)
            .map_err(|error| D::Error::custom(excerpt::sentence(&error.to_string())))?;
        coordinates.check().map_err(D::Error::custom)?;
        Ok(coordinates)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table(points: &[(f32, f32)]) -> Coordinates {
        Coordinates {
            version: VERSION,
            model: "test".to_owned(),
            banks: vec!["A.bank".to_owned(), "B.bank".to_owned()],
            name: (0..points.len()).map(|row| format!("Preset {row}")).collect(),
            bank: (0..points.len()).map(|row| (row % 2) as u16).collect(),
            index: (0..points.len()).map(|row| (row / 2) as u16).collect(),
            x: points.iter().map(|point| point.0).collect(),
            y: points.iter().map(|point| point.1).collect(),
            by_ear: vec![0; points.len()],
        }
    }

    fn refusal(change: impl Fn(&mut Coordinates)) -> String {
        let mut coordinates = table(&[(0.0, 1.0), (2.0, -3.0), (0.5, 0.5)]);
        change(&mut coordinates);
        let json = serde_json::to_string(&coordinates).unwrap();
        serde_json::from_str::<Coordinates>(&json).unwrap_err().to_string()
    }

    #[test]
    fn a_bank_is_named_without_its_files_ending() {
        assert_eq!(["Low.amSynth.bank", "Low.bank", "Low"].map(bank_name), ["Low"; 3]);
        let coordinates = table(&[(0.0, 1.0), (2.0, -3.25)]);
        assert_eq!((coordinates.bank_of(1), coordinates.bank_of(2)), ("B", ""));
    }

    #[test]
    fn a_written_table_is_read_unchanged() {
        let coordinates = table(&[(0.0, 1.0), (2.0, -3.25)]);
        let json = serde_json::to_string(&coordinates).unwrap();
        assert_eq!(serde_json::from_str::<Coordinates>(&json).unwrap(), coordinates);
    }

    #[test]
    fn an_invalid_table_is_rejected_with_its_reason() {
        assert!(refusal(|table| table.version = 7).contains("version 7, expected 1"));
        assert!(refusal(|table| table.x.truncate(2)).contains("3 names but 2 entries in the column \"x\""));
        assert!(refusal(|table| table.bank[1] = 2).contains("row 1 of the coordinates is in bank 2"));
        let mut coordinates = table(&[(0.0, 1.0)]);
        coordinates.y[0] = f32::NAN;
        assert_eq!(coordinates.check(), Err(CoordinatesError::Point(0)));
    }

    #[test]
    fn no_text_of_a_file_makes_a_long_message() {
        let long = "x".repeat(100_000);
        for json in [format!("{{\"version\":\"{long}\"}}"), format!("{{\"{long}\":1}}")] {
            let sentence = serde_json::from_str::<Coordinates>(&json).unwrap_err().to_string();
            assert!(sentence.contains('x') && sentence.chars().count() < 300, "{sentence}");
        }
    }

    proptest! {
        #[test]
        fn nearest_is_the_head_of_the_whole_table_sorted(
            points in proptest::collection::vec((-4.0f32..4.0, -4.0f32..4.0), 0..200),
            x in -4.0f32..4.0,
            y in -4.0f32..4.0,
            count in 0usize..20,
        ) {
            let found = table(&points).nearest(x, y, count);
            let mut sorted: Vec<f32> = points.iter().map(|point| (point.0 - x).hypot(point.1 - y)).collect();
            sorted.sort_by(f32::total_cmp);
            sorted.truncate(count);
            prop_assert_eq!(found.iter().map(|neighbour| neighbour.distance).collect::<Vec<_>>(), sorted);
            for Neighbour { position, distance } in found {
                prop_assert_eq!((points[position].0 - x).hypot(points[position].1 - y), distance);
            }
        }
    }

    #[test]
    fn the_closest_row_is_the_nearest_one() {
        let table = table(&[(1.0, 0.0), (0.5, 0.1), (-2.0, 3.0)]);
        assert_eq!((table.closest(0.0, 0.0), table.closest(-2.0, 2.0)), (Some(1), Some(2)));
        assert_eq!((table.closest(f32::NAN, 0.0), self::table(&[]).closest(0.0, 0.0)), (None, None));
    }

    #[test]
    fn equal_distances_keep_the_order_of_the_table() {
        let positions: Vec<usize> =
            table(&[(1.0, 0.0); 5]).nearest(0.0, 0.0, 3).iter().map(|neighbour| neighbour.position).collect();
        assert_eq!(positions, [0, 1, 2]);
    }

    #[test]
    fn a_point_that_is_not_finite_has_no_neighbours() {
        assert!(table(&[(0.0, 0.0)]).nearest(f32::NAN, 0.0, 1).is_empty());
        assert!(table(&[]).nearest(0.0, 0.0, 1).is_empty());
    }
}
