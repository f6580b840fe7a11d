//! Finding known presets by name, bank, kind, descriptor and likeness, all of which combine. Pure.

use std::rc::Rc;

use patch::Patch;
use plane::{Coordinates, Layer, Map, Point, TagSet, bank_name};

use crate::library::Library;
use plane::order::{lower_case, positions};
use crate::similarity::Similarity;

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
    /// Words of the name or the bank.
    pub query: String,
    /// One bank, by its position.
    pub bank: Option<usize>,
    /// Kinds of sound, of which a result has at least one.
    pub tags: TagSet,
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
    /// The kinds of each row; empty until they are needed.
    tags: Rc<Vec<TagSet>>,
}

impl PresetFilter {
    /// True if anything is searched for.
    pub fn is_asking(&self) -> bool {
        !self.query.trim().is_empty()
            || self.bank.is_some()
            || !self.tags.is_empty()
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
    /// The kinds of a row; none before they are needed.
    pub fn tags(&self, row: usize) -> TagSet {
        self.tags.get(row).copied().unwrap_or_default()
    }

    /// Forgets the kinds: rows, patches or the map have changed.
    pub fn outdate(&mut self) {
        self.tags = Rc::default();
    }

    /// The rows that fit, best first; `shown_layer` is the layer of the map, `favourites` are rows.
    pub fn find(&mut self, library: &Library, shown_layer: usize, favourites: &[usize]) -> Vec<usize> {
        let (Some(known), true) = (library.known.as_deref(), self.filter.is_asking()) else {
            return Vec::new();
        };
        let map = library.map.as_deref();
        let presets = library.presets.as_deref();
        if let Some(presets) = presets.filter(|_| self.tags.is_empty()) {
            let value = |row: usize, name: &str| Some(library.value(row, map?.layer(name)?)?.number());
            self.tags = Rc::new(plane::tags::tags(known, presets, value));
        }
        let filter = &self.filter;
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
                && (filter.tags.is_empty() || self.tags(row).meets(filter.tags))
                && (!filter.only_favourites || favourites.binary_search(&row).is_ok())
                && is_within(row)
        };
        let found = named(known, presets.is_some(), &filter.query, fits);
        match &filter.like {
            Some(like) => most_similar(library, known, like, found),
            None => found,
        }
    }
}

/// The rows that fit and whose names, or their banks' names, hold all words of the query, in any case: names that begin
/// with it first, then those that hold it; then the order of the names, or else the table's. An empty query keeps the
/// table's order.
fn named(known: &Coordinates, by_name: bool, query: &str, fits: impl Fn(usize) -> bool) -> Vec<usize> {
    let query = lower_case(query.trim());
    let words: Vec<&str> = query.split_whitespace().collect();
    if words.is_empty() {
        return (0..known.len()).filter(|&row| fits(row)).collect();
    }
    let banks: Vec<String> = known.banks.iter().map(|bank| lower_case(bank_name(bank))).collect();
    let rank = |row: usize| {
        let name = lower_case(&known.name[row]);
        let bank = &banks[usize::from(known.bank[row])];
        let rank = match &name {
            name if name.starts_with(&query) => 0,
            name if words.iter().all(|word| name.contains(word)) => 1,
            name if words.iter().all(|word| name.contains(word) || bank.contains(word)) => 2,
            _ => return None,
        };
        // The table of a domain of tones is in the order of instrument and pitch already.
        Some((rank, if by_name { name } else { String::new() }, row))
    };
    let found: Vec<(u8, String, usize)> =
        (0..known.len()).filter(|&row| fits(row)).filter_map(rank).collect();
    let order = positions(found.len(), &mut |one, other| found[one].cmp(&found[other]));
    order.into_iter().map(|position| found[position].2).collect()
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
