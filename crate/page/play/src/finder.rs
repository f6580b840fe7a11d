//! Finding known presets by words, bank, kind, descriptor and likeness, all of which combine. Pure.

use std::cell::OnceCell;
use std::rc::Rc;

use patch::Patch;
use plane::order::positions;
use plane::{Coordinates, Layer, Map, Point, Tag, TagSet};
use word_search::{Property, QueryReading, ReadWord, SoundTable, fits, rank, read, read_names};

use crate::known_sounds::{LibraryTable, SearchedSounds};
use crate::library::Library;
use crate::similarity::Similarity;
use crate::surprise::Surprises;

/// Rows that lack a word fill the results up to this number.
const ENOUGH: usize = 40;
/// How many presets are “similar”: more than that are not.
const SIMILAR_COUNT: usize = 40;
/// The unit of a layer that a range cannot limit.
const YES_NO: &str = "yes/no";
/// The descriptor while the map shows none that a range can limit.
const USUAL_DESCRIPTOR: &str = "brightness";

/// The sound that results must be like.
#[derive(Clone, Debug, PartialEq)]
pub struct SoundReference {
    /// The name of its preset, or of the nearest one.
    pub name: String,
    /// Its point.
    pub point: Point,
    /// Its patch, if known.
    pub patch: Option<Box<Patch>>,
}

/// The conditions of a search. The default finds nothing, since nothing is searched for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PresetFilter {
    /// Words as `word_search` reads them: kinds, qualities, names.
    pub query: String,
    /// One bank, by its position.
    pub bank: Option<usize>,
    /// The kind of sound that a result has.
    pub kind: Option<Tag>,
    /// True if results are favourites.
    pub only_favourites: bool,
    /// The descriptor of the range, as the position of a layer; none: the one that the map shows.
    pub descriptor: Option<usize>,
    /// Least and greatest value of the descriptor, in its unit.
    pub range: Option<[f32; 2]>,
    /// The sound that results are like, nearest first.
    pub like: Option<SoundReference>,
}

/// The search: what is searched for, and what is known of the presets.
#[derive(Clone, Debug, Default)]
pub struct Finder {
    /// The conditions of the search.
    pub filter: PresetFilter,
    /// The words of the query as they were understood.
    pub reading: Rc<QueryReading>,
    /// The surprises of this visit.
    surprises: Surprises,
    /// What was computed of the presets; empty until it is needed.
    sounds: OnceCell<SearchedSounds>,
}

/// The rows that a search has found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundRows {
    /// The rows, best first.
    pub rows: Vec<usize>,
    /// How many of the first rows fit all words of the query.
    pub whole_count: usize,
}

impl PresetFilter {
    /// True if anything is searched for.
    pub fn is_asking(&self) -> bool {
        !self.query.trim().is_empty()
            || self.bank.is_some()
            || self.kind.is_some()
            || self.only_favourites
            || self.range.is_some()
            || self.like.is_some()
    }

    /// The layer whose values the range limits, with its position: the chosen one, or that of the map (`shown` counts
    /// from 1, see [`crate::state::MapState::layer`]), or brightness.
    pub fn descriptor_of<'a>(&self, map: &'a Map, shown: usize) -> Option<(usize, &'a Layer)> {
        let fit = |position: usize| {
            map.layers.get(position).filter(|layer| can_limit(layer)).map(|layer| (position, layer))
        };
        let usual = || map.layers.iter().position(|layer| layer.name == USUAL_DESCRIPTOR);
        self.descriptor
            .and_then(fit)
            .or_else(|| shown.checked_sub(1).and_then(fit))
            .or_else(|| usual().and_then(fit))
    }
}

/// True if a range can limit a layer's values.
pub fn can_limit(layer: &Layer) -> bool {
    layer.unit != YES_NO && layer.maximum > layer.minimum
}

impl Finder {
    /// What is known of the presets; computed at the first call.
    pub fn sounds(&self, library: &Library) -> &SearchedSounds {
        self.sounds.get_or_init(|| SearchedSounds::new(library))
    }

    /// The kinds of a row; none before they are needed.
    pub fn tags(&self, row: usize) -> TagSet {
        self.sounds.get().map_or_else(TagSet::default, |sounds| sounds.kinds(row))
    }

    /// True if a row has what a word of the query asks for.
    pub fn fits(&self, library: &Library, row: usize, word: &ReadWord) -> bool {
        self.sounds.get().is_some_and(|sounds| fits(&LibraryTable { library, sounds }, row, word))
    }

    /// The value of a property for a row, in its unit.
    pub fn value(&self, library: &Library, row: usize, property: Property) -> Option<f32> {
        LibraryTable { library, sounds: self.sounds.get()? }.column(property).value(row)
    }

    /// The value of a property that divides the presets into two halves.
    pub fn median(&self, library: &Library, property: Property) -> Option<f32> {
        Some(LibraryTable { library, sounds: self.sounds.get()? }.column(property).median())
    }

    /// The next surprise by a seed, as a row; `here` is the row that plays.
    pub fn surprise(&mut self, library: &Library, here: Option<usize>, seed: u64) -> Option<usize> {
        let sounds = self.sounds.get_or_init(|| SearchedSounds::new(library));
        self.surprises.next(library, sounds, here, seed)
    }

    /// Forgets what was computed: rows, patches, values or the map have changed.
    pub fn outdate(&mut self) {
        self.sounds = OnceCell::new();
    }

    /// The rows that fit, best first; `shown_layer` is the layer of the map, `favourites` are rows.
    pub fn find(&mut self, library: &Library, shown_layer: usize, favourites: &[usize]) -> FoundRows {
        let (Some(known), true) = (library.known.as_deref(), self.filter.is_asking()) else {
            self.reading = Rc::default();
            return FoundRows::default();
        };
        let sounds = self.sounds.get_or_init(|| SearchedSounds::new(library));
        let filter = &self.filter;
        let map = library.map.as_deref();
        let limit = filter.range.zip(map.and_then(|map| Some(filter.descriptor_of(map, shown_layer)?.1)));
        let is_within = |row: usize| {
            limit.is_none_or(|([least, greatest], layer)| {
                // As they are shown: in whole numbers.
                let value = library.value(row, layer);
                value.is_some_and(|value| (least..=greatest).contains(&value.number().round()))
            })
        };
        let fits = |row: usize| {
            filter.bank.is_none_or(|bank| usize::from(known.bank[row]) == bank)
                && filter.kind.is_none_or(|kind| sounds.kinds(row).has(kind))
                && (!filter.only_favourites || favourites.binary_search(&row).is_ok())
                && is_within(row)
        };
        // Recorded tones have no patches; their names are those of instruments and pitches.
        let has_patches = library.presets.is_some();
        let is_name = |word: &str| sounds.has_name(word);
        let reading =
            if has_patches { read(&filter.query, is_name) } else { read_names(&filter.query, is_name) };
        let found = if reading.words.is_empty() {
            let rows: Vec<usize> = (0..known.len()).filter(|&row| fits(row)).collect();
            FoundRows { whole_count: rows.len(), rows }
        } else {
            let table = LibraryTable { library, sounds };
            // The table of a domain of tones is in the order of instrument and pitch already.
            let ranking = rank(&table, &reading, &filter.query, ENOUGH, fits, has_patches);
            FoundRows { rows: ranking.rows, whole_count: ranking.whole_count }
        };
        self.reading = Rc::new(reading);
        match &self.filter.like {
            Some(like) => {
                let FoundRows { mut rows, whole_count } = found;
                rows.truncate(if whole_count > 0 { whole_count } else { rows.len() });
                let rows = most_similar(library, known, like, rows);
                FoundRows { whole_count: whole_count.min(rows.len()), rows }
            }
            None => found,
        }
    }
}

/// The rows that sound most like another sound, nearest first.
fn most_similar(
    library: &Library,
    known: &Coordinates,
    like: &SoundReference,
    rows: Vec<usize>,
) -> Vec<usize> {
    let similarity = Similarity::new(library);
    let patch = like.patch.as_deref();
    let own = patch.and_then(|patch| library.exact_preset(like.point, patch));
    let target = similarity.traits(like.point, patch, own);
    let far = |row: usize| {
        let patch = library.presets.as_deref().map(|presets| presets.patch(row));
        let point = Point { x: known.x[row], y: known.y[row] };
        target.distance(&similarity.traits(point, patch.as_ref(), Some(row)))
    };
    let distances: Vec<f32> = rows.iter().map(|&row| far(row)).collect();
    let order = positions(rows.len(), &mut |one, other| distances[one].total_cmp(&distances[other]));
    order.into_iter().take(SIMILAR_COUNT).map(|position| rows[position]).collect()
}
