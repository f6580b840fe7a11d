//! The known presets as the search by words sees them: their names, their kinds, and the values of the properties that
//! were asked for. Computed when a search needs it, and kept until rows, patches or values change.

use std::cell::OnceCell;

use plane::order::lower_case;
use plane::tags::{said_tags, tags};
use plane::{TagSet, bank_name};
use word_search::{Property, SoundColumn, SoundTable};

use crate::library::Library;
use crate::regions::Regions;

/// What was computed of the known presets.
#[derive(Clone, Debug, Default)]
pub struct SearchedSounds {
    names: Vec<String>,
    /// The names of the banks.
    banks: Vec<String>,
    /// The kinds that the names say.
    said: Vec<TagSet>,
    /// The kinds by name or else by sound; empty without patches.
    kinds: Vec<TagSet>,
    columns: [OnceCell<SoundColumn>; Property::ALL.len()],
    regions: OnceCell<Regions>,
}

impl SearchedSounds {
    /// Of the presets of a library. Values follow when they are asked for.
    pub fn new(library: &Library) -> Self {
        let Some(known) = library.known.as_deref() else { return Self::default() };
        let names = known.name.iter().map(|name| lower_case(name.trim())).collect();
        let banks = known.banks.iter().map(|bank| lower_case(bank_name(bank))).collect();
        let Some(presets) = library.presets.as_deref() else {
            return Self { names, banks, ..Self::default() };
        };
        let map = library.map.as_deref();
        let value = |row: usize, name: &str| Some(library.value(row, map?.layer(name)?)?.number());
        let said = said_tags(known);
        let kinds = tags(&said, presets, value);
        Self { names, banks, said, kinds, ..Self::default() }
    }

    /// The kinds of a row.
    pub fn kinds(&self, row: usize) -> TagSet {
        self.kinds.get(row).copied().unwrap_or_default()
    }

    /// The kinds that the name of a row says.
    pub fn said(&self, row: usize) -> TagSet {
        self.said.get(row).copied().unwrap_or_default()
    }

    /// The regions of the map on which the presets lie.
    pub fn regions(&self, library: &Library) -> &Regions {
        self.regions.get_or_init(|| Regions::new(library))
    }

    /// True if a name or a bank has the word, which is in lower case.
    pub fn has_name(&self, word: &str) -> bool {
        self.names.iter().chain(&self.banks).any(|name| name.contains(word))
    }
}

/// The known presets of a library with what was computed of them.
pub struct LibraryTable<'a> {
    /// The library.
    pub library: &'a Library,
    /// What was computed of it.
    pub sounds: &'a SearchedSounds,
}

impl SoundTable for LibraryTable<'_> {
    fn count(&self) -> usize {
        self.sounds.names.len()
    }

    fn name(&self, row: usize) -> &str {
        self.sounds.names.get(row).map_or("", String::as_str)
    }

    fn bank(&self, row: usize) -> &str {
        let bank = self.library.known.as_deref().and_then(|known| known.bank.get(row));
        bank.and_then(|&bank| self.sounds.banks.get(usize::from(bank))).map_or("", String::as_str)
    }

    fn said(&self, row: usize) -> TagSet {
        self.sounds.said(row)
    }

    fn kinds(&self, row: usize) -> TagSet {
        self.sounds.kinds(row)
    }

    fn column(&self, property: Property) -> &SoundColumn {
        self.sounds.columns[property as usize].get_or_init(|| {
            let layer = property.layer().and_then(|name| self.library.map.as_deref()?.layer(name));
            let value = |row: usize| match (layer, self.library.presets.as_deref()) {
                (Some(layer), _) => {
                    self.library.value(row, layer).map(|value| property.of_layer(value.number()))
                }
                (None, Some(presets)) => presets.all().get(row).and_then(|patch| property.of_patch(patch)),
                _ => None,
            };
            SoundColumn::new((0..self.count()).map(|row| value(row).unwrap_or(f32::NAN)).collect())
        })
    }
}
