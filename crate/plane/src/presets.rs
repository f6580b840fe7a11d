//! All 41 values of each known patch, which a dot on the map plays exactly; the decoder only approximates them. Row
//! for row with [`crate::coordinates`].
//!
//! The file `presets.f32`: for each parameter in amSynth's order, its stored values of all rows as little-endian f32,
//! written byte by byte: first the lowest byte of every row, then the next. So similar bytes lie side by side, which
//! helps a server's compression.

use patch::{PARAMETER_COUNT, Patch};

/// Bytes of a stored value.
const BYTES: usize = 4;

/// The patches of all rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Presets {
    patches: Vec<Patch>,
}

/// Why a file is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the presets have {length} bytes, expected {expected} for {rows} coordinates; make both anew with `latent-pad train`"
)]
pub struct PresetsError {
    length: usize,
    rows: usize,
    expected: usize,
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
        let mut bytes = Vec::with_capacity(self.patches.len() * PARAMETER_COUNT * BYTES);
        for parameter in 0..PARAMETER_COUNT {
            for byte in 0..BYTES {
                bytes.extend(self.patches.iter().map(|patch| patch.values()[parameter].to_le_bytes()[byte]));
            }
        }
        bytes
    }

    /// Reads the bytes of a file for this many rows. Snaps values that no parameter allows.
    ///
    /// # Errors
    /// If the length does not match the rows.
    pub fn from_bytes(bytes: &[u8], rows: usize) -> Result<Self, PresetsError> {
        let expected = rows * PARAMETER_COUNT * BYTES;
        if bytes.len() != expected {
            return Err(PresetsError { length: bytes.len(), rows, expected });
        }
        let value = |row: usize, parameter: usize| {
            let byte = |byte: usize| bytes[(parameter * BYTES + byte) * rows + row];
            f32::from_le_bytes(std::array::from_fn(byte))
        };
        let patch = |row| Patch::from_values(&std::array::from_fn(|parameter| value(row, parameter)));
        Ok(Self { patches: (0..rows).map(patch).collect() })
    }
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
            prop_assert_eq!(Presets::from_bytes(&bytes, presets.all().len()).unwrap(), presets);
        }
    }

    #[test]
    fn another_length_is_rejected_with_both_numbers() {
        let error = Presets::from_bytes(&[0; 163], 1).unwrap_err().to_string();
        assert!(error.contains("163 bytes") && error.contains("164 for 1"), "{error}");
    }
}
