//! All 41 values of each known patch, which a dot on the map plays exactly; the decoder only approximates them. The
//! rows are those of [`crate::coordinates`].
//!
//! The file `presets.bin` begins with the number of rows as u32. Then, for each parameter in amSynth's order, come the
//! number of its distinct values as u32 and these values in rising order as u32, each as the difference of its rank
//! from the rank of the value before it. The rows follow; each holds the positions of its values among the distinct
//! ones (`preset_rows.rs`). All numbers are little-endian. The distances of a parameter are written byte by byte, first
//! the lowest byte of every number, then the next. Most of a bank's values repeat, and many patches are variants of
//! one: a row holds only what differs from the most similar earlier one, and a host's compression finds equal bytes
//! side by side.

use crate::preset_rows::{self, Positions, RowReader};
use patch::{PARAMETER_COUNT, Patch};

/// The patches of all rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Presets {
    patches: Vec<Patch>,
}

/// The reason why a file is invalid.
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
        let columns: Vec<Vec<u32>> = (0..PARAMETER_COUNT).map(|parameter| self.ranks(parameter)).collect();
        for ranks in &columns {
            bytes.extend((ranks.len() as u32).to_le_bytes());
            let before = [0].into_iter().chain(ranks.iter().copied());
            let distances: Vec<[u8; 4]> =
                ranks.iter().zip(before).map(|(rank, before)| (rank - before).to_le_bytes()).collect();
            for byte in 0..4 {
                bytes.extend(distances.iter().map(|distance| distance[byte]));
            }
        }
        let positions = |patch: &Patch| -> Positions {
            let position = |parameter: usize| {
                let own = rank(patch.values()[parameter]);
                columns[parameter].partition_point(|&other| other < own) as u32
            };
            std::array::from_fn(position)
        };
        let rows: Vec<Positions> = self.patches.iter().map(positions).collect();
        bytes.extend(preset_rows::write(&rows, &std::array::from_fn(|parameter| columns[parameter].len())));
        bytes
    }

    /// The ranks of a parameter's distinct values, rising.
    fn ranks(&self, parameter: usize) -> Vec<u32> {
        let mut ranks: Vec<u32> = self.patches.iter().map(|patch| rank(patch.values()[parameter])).collect();
        ranks.sort_unstable();
        ranks.dedup();
        ranks
    }

    /// Reads the bytes of a file. Values that no parameter allows are snapped.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PresetsError> {
        let mut reader = bytes;
        let rows = read_count(&mut reader)?;
        let columns: Vec<Vec<f32>> =
            (0..PARAMETER_COUNT).map(|_| read_values(&mut reader)).collect::<Result<_, _>>()?;
        let counts = std::array::from_fn(|parameter| columns[parameter].len());
        let (mut reader, rest) = RowReader::new(reader, rows, &counts).ok_or(PresetsError::Damaged)?;
        let mut patches: Vec<Patch> = Vec::with_capacity(rows);
        for row in 0..rows {
            let distance = reader.distance(row).ok_or(PresetsError::Damaged)?;
            let mut values = if distance > 0 { *patches[row - distance].values() } else { [0.0; _] };
            for (parameter, column) in columns.iter().enumerate() {
                if reader.differs(row, parameter) {
                    values[parameter] = *column.get(reader.next(parameter)).ok_or(PresetsError::Damaged)?;
                }
            }
            patches.push(Patch::from_values(&values));
        }
        if rest.is_empty() { Ok(Self { patches }) } else { Err(PresetsError::Damaged) }
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

/// The place of a number in the order of all numbers, from the lowest negative one up.
fn rank(value: f32) -> u32 {
    let bits = value.to_bits();
    if bits >> 31 == 1 { !bits } else { bits | 1 << 31 }
}

/// The number of a rank.
fn ranked(rank: u32) -> f32 {
    f32::from_bits(if rank >> 31 == 1 { rank & !(1 << 31) } else { !rank })
}

fn read<'a>(reader: &mut &'a [u8], size: usize) -> Result<&'a [u8], PresetsError> {
    let (bytes, rest) = reader.split_at_checked(size).ok_or(PresetsError::Damaged)?;
    *reader = rest;
    Ok(bytes)
}

fn read_count(reader: &mut &[u8]) -> Result<usize, PresetsError> {
    let (count, rest) = reader.split_first_chunk().ok_or(PresetsError::Damaged)?;
    *reader = rest;
    Ok(u32::from_le_bytes(*count) as usize)
}

/// The distinct values of a parameter.
fn read_values(reader: &mut &[u8]) -> Result<Vec<f32>, PresetsError> {
    let count = read_count(reader)?;
    let bytes = read(reader, count.checked_mul(4).ok_or(PresetsError::Damaged)?)?;
    let mut rank = 0_u32;
    let value = |index| {
        let distance = u32::from_le_bytes(std::array::from_fn(|byte| bytes[byte * count + index]));
        rank = rank.wrapping_add(distance);
        ranked(rank)
    };
    Ok((0..count).map(value).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use patch::Parameter;
    use proptest::prelude::*;

    /// Patches of which some are variants of others.
    fn some_patches() -> impl Strategy<Value = Vec<Patch>> {
        let change = (0..PARAMETER_COUNT, 0.0f32..=1.0);
        let row = (any::<prop::sample::Index>(), prop::collection::vec(change, 0..9));
        prop::collection::vec(row, 0..40).prop_map(|rows| {
            let mut patches = Vec::new();
            for (similar, changes) in rows {
                let mut patch = if patches.is_empty() { Patch::default() } else { *similar.get(&patches) };
                for (parameter, share) in changes {
                    let info = Parameter::ALL[parameter].info();
                    patch.set(Parameter::ALL[parameter], info.min + share * (info.max - info.min));
                }
                patches.push(patch);
            }
            patches
        })
    }

    proptest! {
        #[test]
        fn written_presets_are_read_unchanged(patches in some_patches()) {
            let presets = Presets::new(patches);
            let bytes = presets.to_bytes();
            prop_assert_eq!(Presets::from_bytes(&bytes).unwrap(), presets);
            for end in 0..bytes.len() {
                prop_assert_eq!(Presets::from_bytes(&bytes[..end]), Err(PresetsError::Damaged));
            }
            prop_assert_eq!(Presets::from_bytes(&[&bytes[..], &[0]].concat()), Err(PresetsError::Damaged));
        }

        #[test]
        fn what_a_damaged_file_is_read_as_can_be_written(
            patches in some_patches(),
            at in any::<prop::sample::Index>(),
            byte in any::<u8>(),
        ) {
            let mut bytes = Presets::new(patches).to_bytes();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            if let Ok(presets) = Presets::from_bytes(&bytes) {
                prop_assert_eq!(Presets::from_bytes(&presets.to_bytes()), Ok(presets));
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
            assert_eq!(Presets::from_bytes(&changed), Err(PresetsError::Damaged), "byte {at}");
        }
        let rows = u32::MAX.to_le_bytes();
        let many = [&rows[..], &[0; 4 * PARAMETER_COUNT]].concat();
        assert_eq!(Presets::from_bytes(&many), Err(PresetsError::Damaged));
    }

    /// Three equal rows but for the cutoff of the last: after the values 3 low and 3 high bytes of distances, 3 × 6 of
    /// marks, and the positions of the cutoff in the first and the last row.
    #[test]
    fn a_row_that_follows_no_row_or_has_no_value_is_refused() {
        let mut other = Patch::default();
        other.set(Parameter::FilterCutoff, Parameter::FilterCutoff.info().min);
        let mut bytes = Presets::new(vec![Patch::default(), Patch::default(), other]).to_bytes();
        let start = bytes.len() - (3 * 2 + 3 * 6 + 2);
        let cutoff = Parameter::FilterCutoff.index();
        assert_eq!(bytes[start..start + 6], [0, 1, 1, 0, 0, 0]);
        assert_eq!(bytes[start + 6 + cutoff / 8 * 3 + 2], 1 << (cutoff % 8));
        let last = bytes.len() - 1;
        for (at, byte, what) in [
            (start, 1, "the first row follows one"),
            (start + 2, 3, "before the first row"),
            (start + 3, 1, "far before the first row"),
            (start + 1, 0, "unchanged, but from no row"),
            (start + 6 + 5 * 3 + 1, 0x80, "a parameter that does not exist"),
            (start + 6 + cutoff / 8 * 3 + 1, 1 << (cutoff % 8), "a value without a position"),
            (last, 2, "a position without a value"),
        ] {
            let before = std::mem::replace(&mut bytes[at], byte);
            assert_ne!(before, byte, "{what}");
            assert_eq!(Presets::from_bytes(&bytes), Err(PresetsError::Damaged), "{what}");
            bytes[at] = before;
        }
        assert!(Presets::from_bytes(&bytes).is_ok());
    }
}
