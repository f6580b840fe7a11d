//! All 41 values of each known patch, which a dot on the map plays exactly; the decoder only approximates them. Row
//! for row with [`crate::coordinates`].
//!
//! The file `presets.bin`: the number of rows as u32; then for each parameter in amSynth's order the number of its
//! distinct values as u32 and those values in rising order as u32, each as the distance of its rank from that of the
//! value before it; then row by row, for each parameter, the position of its value among them, in as few bytes as hold the
//! last position (none where all rows have one value). All numbers are little-endian. The distances of a parameter are
//! written byte by byte, first the lowest byte of every number, then the next. Most of a bank's values repeat, and many
//! patches are variants of one: a host's compression then finds equal bytes side by side, and leaves half of the plain
//! values' size.

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
        for patch in &self.patches {
            for (value, ranks) in patch.values().iter().zip(&columns) {
                let position = ranks.partition_point(|&other| other < rank(*value)) as u32;
                bytes.extend(&position.to_le_bytes()[..position_width(ranks.len())]);
            }
        }
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
        // Rows that are all alike take no bytes: their number is bounded by what a file has.
        if rows > bytes.len() {
            return Err(PresetsError::Damaged);
        }
        let mut patches = Vec::with_capacity(rows);
        for _ in 0..rows {
            let mut values = [0.0; PARAMETER_COUNT];
            for (own, column) in values.iter_mut().zip(&columns) {
                let mut position = [0; 4];
                let width = position_width(column.len());
                position[..width].copy_from_slice(read(&mut reader, width)?);
                *own = *column.get(u32::from_le_bytes(position) as usize).ok_or(PresetsError::Damaged)?;
            }
            patches.push(Patch::from_values(&values));
        }
        if reader.is_empty() { Ok(Self { patches }) } else { Err(PresetsError::Damaged) }
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
