//! All 41 values of each known patch, which a dot on the map plays exactly; the decoder only approximates them. Row
//! for row with [`crate::coordinates`].
//!
//! The file `presets.bin`: the number of rows as u32; then for each parameter in amSynth's order the number of its
//! distinct values as u32, those values in rising order as f32, and for each row the position of its value among them, in
//! as few bytes as hold the last position (none where all rows have one value). All numbers are little-endian. A list is
//! written byte by byte, first the lowest byte of every number, then the next: equal bytes lie side by side, and a host's
//! compression finds them. Most of a bank's values repeat: compressed, the file has two thirds of the plain values' size.

use patch::{PARAMETER_COUNT, Patch};

/// The patches of all rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Presets {
    patches: Vec<Patch>,
}

/// Why a file is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PresetsError {
    /// It ends early or late, or names a value that it does not have.
    #[error("the presets are damaged: make them anew with `latent-pad train`")]
    Damaged,
    /// It belongs to another table of coordinates.
    #[error("there are {found} presets for {expected} coordinates: make both anew with `latent-pad train`")]
    Rows {
        /// Rows of the file.
        found: usize,
        /// Rows of the coordinates.
        expected: usize,
    },
}

impl Presets {
    /// Patches in the order of the coordinates.
    pub fn new(patches: Vec<Patch>) -> Self {
        Self { patches }
    }

    /// The patch of a row.
    ///
    /// # Panics
    /// If there is no such row; there are as many as coordinates.
    pub fn patch(&self, row: usize) -> Patch {
        self.patches[row]
    }

    /// All patches, row by row.
    pub fn all(&self) -> &[Patch] {
        &self.patches
    }

    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = u32::try_from(self.patches.len()).unwrap_or(u32::MAX).to_le_bytes().to_vec();
        for parameter in 0..PARAMETER_COUNT {
            let column: Vec<f32> = self.patches.iter().map(|patch| patch.values()[parameter]).collect();
            let mut distinct = column.clone();
            distinct.sort_by(f32::total_cmp);
            distinct.dedup_by_key(|value| value.to_bits());
            bytes.extend((distinct.len() as u32).to_le_bytes());
            write_list(&mut bytes, &distinct.iter().map(|value| value.to_le_bytes()).collect::<Vec<_>>(), 4);
            let position =
                |value: &f32| distinct.partition_point(|other| other.total_cmp(value).is_lt()) as u32;
            let positions: Vec<[u8; 4]> = column.iter().map(|value| position(value).to_le_bytes()).collect();
            write_list(&mut bytes, &positions, position_width(distinct.len()));
        }
        bytes
    }

    /// Reads the bytes of a file. Values that no parameter allows are snapped.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PresetsError> {
        let mut reader = bytes;
        let rows = read_count(&mut reader)?;
        let mut columns = Vec::with_capacity(PARAMETER_COUNT);
        for _ in 0..PARAMETER_COUNT {
            let count = read_count(&mut reader)?;
            let distinct = read_list(&mut reader, count, 4)?;
            let positions = read_list(&mut reader, rows, position_width(count))?;
            columns.push((distinct, positions));
        }
        // Rows that are all alike take no bytes: their number is bounded by what a file has.
        if !reader.is_empty() || rows > bytes.len() {
            return Err(PresetsError::Damaged);
        }
        let value = |row: usize, (distinct, positions): &(List<'_>, List<'_>)| {
            let position = u32::from_le_bytes(positions.at(row)) as usize;
            if position < distinct.length {
                Ok(f32::from_le_bytes(distinct.at(position)))
            } else {
                Err(PresetsError::Damaged)
            }
        };
        let patch = |row: usize| {
            let mut values = [0.0; PARAMETER_COUNT];
            for (own, column) in values.iter_mut().zip(&columns) {
                *own = value(row, column)?;
            }
            Ok(Patch::from_values(&values))
        };
        Ok(Self { patches: (0..rows).map(patch).collect::<Result<_, _>>()? })
    }

    /// The same, for a table of so many rows.
    ///
    /// # Errors
    /// If the file is damaged, or has not as many rows.
    pub fn for_rows(bytes: &[u8], rows: usize) -> Result<Self, PresetsError> {
        let presets = Self::from_bytes(bytes)?;
        let found = presets.patches.len();
        if found == rows { Ok(presets) } else { Err(PresetsError::Rows { found, expected: rows }) }
    }
}

/// Bytes of a position among so many values.
fn position_width(count: usize) -> usize {
    match count {
        0..=1 => 0,
        2..=0x100 => 1,
        0x101..=0x1_0000 => 2,
        _ => 4,
    }
}

/// Writes the `width` lowest bytes of little-endian numbers, byte by byte.
fn write_list(bytes: &mut Vec<u8>, numbers: &[[u8; 4]], width: usize) {
    for byte in 0..width {
        bytes.extend(numbers.iter().map(|number| number[byte]));
    }
}

/// Little-endian numbers of `width` bytes, written byte by byte.
struct List<'a> {
    bytes: &'a [u8],
    length: usize,
    width: usize,
}

impl List<'_> {
    fn at(&self, index: usize) -> [u8; 4] {
        let byte = |byte: usize| if byte < self.width { self.bytes[byte * self.length + index] } else { 0 };
        std::array::from_fn(byte)
    }
}

fn read_count(reader: &mut &[u8]) -> Result<usize, PresetsError> {
    let (count, rest) = reader.split_first_chunk().ok_or(PresetsError::Damaged)?;
    *reader = rest;
    Ok(u32::from_le_bytes(*count) as usize)
}

fn read_list<'a>(reader: &mut &'a [u8], length: usize, width: usize) -> Result<List<'a>, PresetsError> {
    let size = length.checked_mul(width).ok_or(PresetsError::Damaged)?;
    let (bytes, rest) = reader.split_at_checked(size).ok_or(PresetsError::Damaged)?;
    *reader = rest;
    Ok(List { bytes, length, width })
}

#[cfg(test)]
mod tests {
    use super::*;
    use patch::Parameter;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn written_presets_are_read_unchanged(places in prop::collection::vec(0.0f32..=1.0, 0..200)) {
            let patches = places.chunks(7).map(|chunk| {
                let mut patch = Patch::default();
                for (parameter, share) in Parameter::ALL.into_iter().zip(chunk.iter().cycle()) {
                    let info = parameter.info();
                    patch.set(parameter, info.min + share * (info.max - info.min));
                }
                patch
            });
            let presets = Presets::new(patches.collect());
            let bytes = presets.to_bytes();
            prop_assert_eq!(Presets::from_bytes(&bytes).unwrap(), presets.clone());
            for end in 0..bytes.len() {
                prop_assert_eq!(Presets::from_bytes(&bytes[..end]), Err(PresetsError::Damaged));
            }
        }
    }

    #[test]
    fn presets_of_other_coordinates_are_refused_with_both_numbers() {
        let bytes = Presets::new(vec![Patch::default(); 3]).to_bytes();
        let error = Presets::for_rows(&bytes, 4).unwrap_err().to_string();
        assert!(error.contains("3 presets for 4 coordinates"), "{error}");
    }

    #[test]
    fn a_file_that_claims_what_it_does_not_have_is_refused() {
        let bytes = Presets::new(vec![Patch::default(); 3]).to_bytes();
        for (at, byte) in [(0, 4), (3, 0xFF), (4, 0), (4, 0xFF), (7, 0xFF)] {
            let mut changed = bytes.clone();
            changed[at] = byte;
            // All rows alike need no position, so that another number of rows is a file, too.
            assert!(Presets::from_bytes(&changed).is_err() || at == 0, "byte {at}");
        }
        let rows = u32::MAX.to_le_bytes();
        let many = [&rows[..], &[0; 4 * PARAMETER_COUNT]].concat();
        assert_eq!(Presets::from_bytes(&many), Err(PresetsError::Damaged));
    }
}
