//! The shipped presets as a table of sounds.

use std::cell::OnceCell;

use patch::Patch;
use plane::order::lower_case;
use plane::preset_layers::PresetLayers;
use plane::tags::{said_tags, tags};
use plane::{Coordinates, Presets, TagSet, bank_name};
use word_search::{Property, SoundColumn, SoundTable};

pub struct ShippedSounds {
    pub known: Coordinates,
    pub presets: Presets,
    pub layers: PresetLayers,
    names: Vec<String>,
    banks: Vec<String>,
    said: Vec<TagSet>,
    kinds: Vec<TagSet>,
    columns: Vec<OnceCell<SoundColumn>>,
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../../models/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

impl ShippedSounds {
    pub fn load() -> Self {
        let known: Coordinates = serde_json::from_slice(&file("coordinates.json")).unwrap();
        let presets = Presets::from_bytes(&file("presets.bin")).unwrap();
        let layers = PresetLayers::of_page(&file("preset_layers.bin"), &known.name).unwrap();
        let said = said_tags(&known);
        let kinds = tags(&said, &presets, |row, layer| layers.value(layer, row));
        let names = known.name.iter().map(|name| lower_case(name.trim())).collect();
        let banks = known.banks.iter().map(|bank| lower_case(bank_name(bank))).collect();
        let columns = Property::ALL.iter().map(|_| OnceCell::new()).collect();
        Self { known, presets, layers, names, banks, said, kinds, columns }
    }

    pub fn patch(&self, row: usize) -> &Patch {
        &self.presets.all()[row]
    }

    pub fn has_name(&self, word: &str) -> bool {
        self.names.iter().chain(&self.banks).any(|name| name.contains(word))
    }
}

impl SoundTable for ShippedSounds {
    fn count(&self) -> usize {
        self.known.len()
    }

    fn name(&self, row: usize) -> &str {
        &self.names[row]
    }

    fn bank(&self, row: usize) -> &str {
        &self.banks[usize::from(self.known.bank[row])]
    }

    fn said(&self, row: usize) -> TagSet {
        self.said[row]
    }

    fn kinds(&self, row: usize) -> TagSet {
        self.kinds[row]
    }

    fn column(&self, property: Property) -> &SoundColumn {
        self.columns[property as usize].get_or_init(|| {
            let value = |row: usize| match property.layer() {
                Some(layer) => self.layers.value(layer, row),
                None => property.of_patch(self.patch(row)),
            };
            SoundColumn::new((0..self.count()).map(|row| value(row).unwrap_or(f32::NAN)).collect())
        })
    }
}
