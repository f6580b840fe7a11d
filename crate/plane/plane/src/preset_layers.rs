//! The timbre of each known preset itself: the value of every layer of the timbral map for it. The map has the timbre
//! of the plane's patches, which only approximate the presets. The values are those of one note, C4 at velocity 100,
//! held for two of four seconds. Opens no file.
//!
//! The file `preset_layers.bin` begins with eight bytes `LAYERS 1`. The hash of the presets' names follows as u64
//! (FNV-1a over the names with a line break between them), then the number of layers as u16 and of presets as u32. The
//! values follow layer by layer, in tenths of the layer's unit, as i16. All numbers are little-endian.

/// Change its number with the results of the voice or of the timbre models, or with the map's layers.
const HEAD: &[u8; 8] = b"LAYERS 1";
/// Where the number of presets is.
const COUNT_AT: usize = 18;
/// The names of the layers in the file's order, as the map of `models/` has them, and the order in which a patch is
/// measured: `crate/plane/search/tests/all/page_layers.rs` compares them with the map's.
pub const LAYERS: [&str; 9] = [
    "hardness",
    "depth",
    "brightness",
    "roughness",
    "warmth",
    "sharpness",
    "boominess",
    "reverb",
    "loudness",
];
/// The values are kept in tenths, as the map's.
const TENTHS: f32 = 10.0;

/// The values of the known presets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresetLayers {
    names: u64,
    presets: usize,
    /// In tenths, layer by layer.
    values: Vec<i16>,
}

/// A file that is damaged, or that holds the values of other presets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the values of the known presets are damaged or those of other presets; make them with `latent-pad map -o map.json --preset-layers preset_layers.bin`"
)]
pub struct PresetLayersError;

impl PresetLayers {
    /// The values of presets with these names; a row of values for each, in the order of the map's layers and in their
    /// units. All rows are as long as the first.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>, rows: &[Vec<f32>]) -> Self {
        let layers = rows.first().map_or(0, Vec::len);
        let value =
            |row: &Vec<f32>, layer: usize| (row.get(layer).copied().unwrap_or(0.0) * TENTHS).round() as i16;
        let values = (0..layers).flat_map(|layer| rows.iter().map(move |row| value(row, layer)));
        Self { names: number_of(names), presets: rows.len(), values: values.collect() }
    }

    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = HEAD.to_vec();
        bytes.extend(self.names.to_le_bytes());
        bytes.extend((self.layers() as u16).to_le_bytes());
        bytes.extend((self.presets as u32).to_le_bytes());
        bytes.extend(self.values.iter().flat_map(|value| value.to_le_bytes()));
        bytes
    }

    /// Reads the bytes of a file for presets with these names and a map of so many layers.
    ///
    /// # Errors
    /// If it is damaged or belongs to others.
    pub fn from_bytes<'a>(
        bytes: &[u8],
        names: impl ExactSizeIterator<Item = &'a str>,
        layers: usize,
    ) -> Result<Self, PresetLayersError> {
        let wrong = PresetLayersError;
        let rest = bytes.strip_prefix(HEAD).ok_or(wrong)?;
        let (number, rest) = rest.split_first_chunk().ok_or(wrong)?;
        let (layer_count, rest) = rest.split_first_chunk().ok_or(wrong)?;
        let (preset_count, rest) = rest.split_first_chunk().ok_or(wrong)?;
        let presets = names.len();
        let fits = u16::from_le_bytes(*layer_count) as usize == layers
            && u32::from_le_bytes(*preset_count) as usize == presets
            && rest.len() == 2 * layers * presets
            && u64::from_le_bytes(*number) == number_of(names);
        let values = rest.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect();
        if fits { Ok(Self { names: u64::from_le_bytes(*number), presets, values }) } else { Err(wrong) }
    }

    /// The values of a layer in its unit, preset by preset; an empty list if there is no such layer.
    pub fn layer(&self, layer: usize) -> impl Iterator<Item = f32> {
        let own = self.values.chunks_exact(self.presets.max(1)).nth(layer).unwrap_or_default();
        own.iter().map(|value| f32::from(*value) / TENTHS)
    }

    /// The value of a layer of this name for a preset, in the layer's unit; a reverberant preset has 1.
    pub fn value(&self, layer: &str, preset: usize) -> Option<f32> {
        let number = LAYERS.iter().position(|name| *name == layer)?;
        let own = self.values.chunks_exact(self.presets.max(1)).nth(number)?;
        own.get(preset).map(|value| f32::from(*value) / TENTHS)
    }

    /// The number of presets.
    pub fn count(&self) -> usize {
        self.presets
    }

    /// Reads the bytes of a file for the first presets of a table, as the page's own files have them.
    ///
    /// # Errors
    /// If it is damaged or belongs to others.
    pub fn of_page(bytes: &[u8], names: &[String]) -> Result<Self, PresetLayersError> {
        let wrong = PresetLayersError;
        let count = bytes.get(COUNT_AT..).and_then(|rest| rest.first_chunk()).ok_or(wrong)?;
        let own = names.get(..u32::from_le_bytes(*count) as usize).ok_or(wrong)?;
        Self::from_bytes(bytes, own.iter().map(String::as_str), LAYERS.len())
    }

    fn layers(&self) -> usize {
        self.values.len() / self.presets.max(1)
    }
}

/// The hash of names: FNV-1a (Fowler, Noll, Vo) with 64 bits.
fn number_of<'a>(names: impl IntoIterator<Item = &'a str>) -> u64 {
    let bytes = names.into_iter().flat_map(|name| name.bytes().chain([b'\n']));
    bytes
        .fold(0xcbf2_9ce4_8422_2325, |number, byte| (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_other_presets_are_refused() {
        let names = ["Strings", "Bass", "Strings"];
        let rows = [vec![1.0, -23.04], vec![2.5, -9.0], vec![3.0, 0.0]];
        let own = PresetLayers::new(names, &rows);
        let bytes = own.to_bytes();
        assert_eq!(PresetLayers::from_bytes(&bytes, names.into_iter(), 2), Ok(own.clone()));
        assert_eq!(own.layer(1).collect::<Vec<_>>(), [-23.0, -9.0, 0.0]);
        assert_eq!(own.layer(2).count(), 0);
        let read = |bytes: &[u8], names: [&str; 3], layers| {
            PresetLayers::from_bytes(bytes, names.into_iter(), layers)
        };
        for end in 0..bytes.len() {
            assert_eq!(read(&bytes[..end], names, 2), Err(PresetLayersError), "{end} bytes");
        }
        assert_eq!(read(&bytes, names, 3), Err(PresetLayersError));
        assert_eq!(read(&bytes, ["Strings", "Bass", "Pad"], 2), Err(PresetLayersError));
        assert_eq!(read(&[&bytes[..], &[0]].concat(), names, 2), Err(PresetLayersError));
    }

    #[test]
    fn no_presets_are_fine() {
        let none = PresetLayers::new([], &[]);
        assert_eq!(PresetLayers::from_bytes(&none.to_bytes(), [].into_iter(), 0), Ok(none));
    }
}
