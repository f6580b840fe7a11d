//! Imports (presets, banks, a model) as bytes that a browser stores from one visit to the next. Postcard with a
//! version and a checksum: damaged or incompatible bytes are ignored, since stored data must never stop the page from
//! opening.

use crc::{CRC_32_ISO_HDLC, Crc};
use patch::{PARAMETER_COUNT, Patch, Preset};
use serde::{Deserialize, Serialize};

/// First byte of the stored bytes.
const VERSION: u8 = 1;
/// CRC-32 as in Ethernet and zip: detects damaged storage.
const CHECKSUM: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// The presets of one file.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedBank {
    /// The file's name without its ending.
    pub name: String,
    /// At least one.
    pub presets: Vec<Preset>,
}

/// The files of a model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImportedModel {
    /// decoder.onnx.
    pub decoder: Vec<u8>,
    /// encoder.onnx.
    pub encoder: Vec<u8>,
    /// map.json, if it was imported, too.
    pub map: Option<String>,
}

/// All imports and their points.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imports {
    /// Fingerprint of the page's own model at the time of import: with another one the points do not apply.
    pub page_model: String,
    /// The model that plays in place of the page's.
    pub model: Option<ImportedModel>,
    /// Presets on the map beside the page's, in their order.
    pub banks: Vec<ImportedBank>,
    /// Latent x and y of every row of the map: the page's presets, then those of the banks.
    pub points: Vec<[f32; 2]>,
}

/// The serialized fields, in this order.
#[derive(Serialize, Deserialize)]
struct StoredImports {
    page_model: String,
    model: Option<ImportedModel>,
    banks: Vec<StoredBank>,
    points: Vec<[f32; 2]>,
}

/// Its name; of each preset the name and the stored values.
type StoredBank = (String, Vec<(String, Vec<f32>)>);

impl Imports {
    /// True if there is anything.
    pub fn is_empty(&self) -> bool {
        self.model.is_none() && self.banks.is_empty()
    }

    /// All presets, bank by bank.
    pub fn presets(&self) -> impl Iterator<Item = &Preset> {
        self.banks.iter().flat_map(|bank| &bank.presets)
    }

    /// Adds stored imports that would otherwise be lost: those of another tab, or of an earlier visit not yet
    /// restored. If it adds any, all presets must be placed again.
    pub fn join(mut self, kept: Self) -> Self {
        let count = self.banks.len();
        for bank in kept.banks {
            if !self.banks.contains(&bank) {
                self.banks.push(bank);
            }
        }
        let adds_model = self.model.is_none() && kept.model.is_some();
        self.model = self.model.or(kept.model);
        if adds_model || self.banks.len() > count {
            self.points.clear();
        }
        self
    }

    /// The bytes to store.
    pub fn write(&self) -> Vec<u8> {
        let preset = |preset: &Preset| (preset.name.clone(), preset.patch.values().to_vec());
        let bank = |bank: &ImportedBank| (bank.name.clone(), bank.presets.iter().map(preset).collect());
        let written = StoredImports {
            page_model: self.page_model.clone(),
            model: self.model.clone(),
            banks: self.banks.iter().map(bank).collect(),
            points: self.points.clone(),
        };
        let mut bytes = vec![VERSION];
        bytes.extend(postcard::to_allocvec(&written).expect("numbers and texts can always be written"));
        bytes.extend(CHECKSUM.checksum(&bytes).to_le_bytes());
        bytes
    }

    /// Reads stored bytes; none if they are damaged or of another version.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (body, sum) = bytes.split_last_chunk()?;
        let (&version, written) = body.split_first()?;
        if version != VERSION || CHECKSUM.checksum(body) != u32::from_le_bytes(*sum) {
            return None;
        }
        let StoredImports { page_model, model, banks, points } = postcard::from_bytes(written).ok()?;
        let preset = |(name, values): (String, Vec<f32>)| {
            let values: [f32; PARAMETER_COUNT] = values.try_into().ok()?;
            Some(Preset { name, patch: Patch::from_values(&values) })
        };
        let bank = |(name, presets): StoredBank| {
            Some(ImportedBank { name, presets: presets.into_iter().map(preset).collect::<Option<_>>()? })
        };
        let banks = banks.into_iter().map(bank).collect::<Option<_>>()?;
        let finite = points.iter().flatten().all(|coordinate| coordinate.is_finite());
        finite.then_some(Self { page_model, model, banks, points })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn brought(names: &[String], points: &[[f32; 2]]) -> Imports {
        let presets = |name: &String| vec![Preset { name: name.clone(), patch: Patch::default() }; 2];
        let model = ImportedModel {
            decoder: vec![0, 255, 7],
            encoder: Vec::new(),
            map: Some("{\"grid\": 2}".to_owned()),
        };
        Imports {
            page_model: "beef".to_owned(),
            model: Some(model),
            banks: names
                .iter()
                .map(|name| ImportedBank { name: name.clone(), presets: presets(name) })
                .collect(),
            points: points.to_vec(),
        }
    }

    proptest! {
        #[test]
        fn stored_imports_are_restored(
            names in prop::collection::vec(".{0,20}", 0..4),
            points in prop::collection::vec([-4.0f32..4.0, -4.0f32..4.0], 0..20),
        ) {
            let kept = brought(&names, &points);
            prop_assert_eq!(kept.presets().count(), 2 * names.len());
            prop_assert_eq!(Imports::read(&kept.write()), Some(kept));
        }

        #[test]
        fn damaged_bytes_are_ignored(place in 0usize..200, bit in 0u32..8, cut in 1usize..60) {
            let mut bytes = brought(&["Mine".to_owned()], &[[1.0, 2.0]]).write();
            let place = place % bytes.len();
            prop_assert_eq!(Imports::read(&bytes[..bytes.len() - cut]), None);
            bytes[place] ^= 1 << bit;
            prop_assert_eq!(Imports::read(&bytes), None);
        }
    }

    #[test]
    fn stored_imports_survive_later_ones() {
        let kept = brought(&["Theirs".to_owned(), "Both".to_owned()], &[[1.0, 2.0]]);
        let names =
            |brought: &Imports| brought.banks.iter().map(|bank| bank.name.clone()).collect::<Vec<_>>();
        let mut ours = brought(&["Both".to_owned(), "Ours".to_owned()], &[[0.5, 0.5]]);
        assert_eq!(ours.clone().join(Imports::default()), ours);
        ours.model = None;
        let joined = ours.clone().join(kept.clone());
        assert_eq!(names(&joined), ["Both", "Ours", "Theirs"]);
        assert_eq!((joined.model, joined.points), (kept.model.clone(), Vec::new()));
        let mut other = kept.clone();
        other.model = Some(ImportedModel::default());
        assert_eq!(other.clone().join(kept), other, "the model that plays is the one that is stored");
    }

    #[test]
    fn a_point_that_is_not_finite_is_rejected() {
        assert_eq!(Imports::read(&brought(&[], &[[f32::NAN, 0.0]]).write()), None);
        assert!(Imports::default().is_empty());
    }
}
