//! The regions of the map, as an atlas has cities: where the presets of each kind lie densely. Computed from the names
//! and patches of the known presets and from the map, so that imported banks count; the same data give the same
//! regions. Pure; `region_labels` places their names.

use plane::order::positions;
use plane::tags::{said_tags, tags};
use plane::{LATENT_LIMIT, Point, Tag, TagSet};
use word_search::{Property, SoundColumn};

use crate::library::Library;

/// The kinds that have regions, in the order of their chips.
pub const REGION_KINDS: [Tag; 12] = [
    Tag::Bass,
    Tag::Pad,
    Tag::Bell,
    Tag::Keys,
    Tag::Lead,
    Tag::Drum,
    Tag::Noise,
    Tag::Strings,
    Tag::Brass,
    Tag::Voice,
    Tag::Pluck,
    Tag::Effect,
];
/// The qualities by which a region is divided: a scale of the map, and whether its upper half is meant.
pub const REGION_QUALITIES: [(Property, bool); 9] = [
    (Property::Depth, true),
    (Property::Brightness, true),
    (Property::Brightness, false),
    (Property::Roughness, true),
    (Property::Roughness, false),
    (Property::Warmth, true),
    (Property::Warmth, false),
    (Property::Hardness, true),
    (Property::Hardness, false),
];
/// Cells along each side of the plane.
const CELLS: usize = 40;
/// The spread of each preset, in latent units: about the distance at which neighbours still sound alike.
const SPREAD: f32 = 0.45;
/// The weight of a preset whose sound, not its name, says the kind.
const HEARD: f32 = 0.25;
/// Fewer presets make no region.
const FEWEST: usize = 5;
/// Two regions are at least so far apart, across and down, in latent units: their names have room beside each other.
const APART: [f32; 2] = [1.5, 0.6];
/// A kind has a second region beyond this distance, if it is almost as dense there as in the first.
const FAR: f32 = 3.0;
const ALMOST: f32 = 0.9;
/// Below these shares of the greatest density of all presets, and of those of a kind, hardly anything lies.
const SPARSE: f32 = 0.1;
const SPARSE_IN_KIND: f32 = 0.3;
/// Farther in a half than this are the presets of a quarter of a region's kind.
const QUARTER_DEPTH: f32 = 0.5;
/// The most quarters of a region.
const QUARTERS: usize = 4;

/// A region.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Region {
    /// Its kind.
    pub kind: Tag,
    /// What distinguishes a quarter from the rest of its kind, as a position of [`REGION_QUALITIES`]; none of a whole
    /// region.
    pub quality: Option<usize>,
    /// Where its name belongs.
    pub point: Point,
    /// How many presets are of its kind and quality.
    pub size: usize,
}

/// The regions of a plane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Regions {
    /// The regions, the largest first.
    pub whole: Vec<Region>,
    /// Their quarters, the largest first.
    pub quarters: Vec<Region>,
}

impl Regions {
    /// The regions of a library; none without names and patches.
    pub fn new(library: &Library) -> Self {
        let (Some(known), Some(presets)) = (library.known.as_deref(), library.presets.as_deref()) else {
            return Self::default();
        };
        // The map's values also where own ones are measured: those load later, and a name must not jump.
        let map = library.map.as_deref();
        let value = |row: usize, name: &str| map?.value(name, *known.x.get(row)?, *known.y.get(row)?);
        let said = said_tags(known);
        let kinds = tags(&said, presets, value);
        let point = |row: usize| Point { x: known.x[row], y: known.y[row] };
        let rows: Vec<usize> =
            (0..kinds.len().min(known.len())).filter(|&row| point(row).is_on_plane()).collect();
        let weight = |row: usize, kind: Tag| kind_weight(said[row], kinds[row], kind);
        let all = Density::of(rows.iter().map(|&row| (point(row), 1.0)));
        let of_kind = |kind: Tag| rows.iter().copied().filter(move |&row| weight(row, kind) > 0.0);
        let mut kinds_by_size: Vec<(Tag, Vec<usize>)> =
            REGION_KINDS.into_iter().map(|kind| (kind, of_kind(kind).collect::<Vec<usize>>())).collect();
        kinds_by_size.retain(|(_, rows)| rows.len() >= FEWEST);
        let order = positions(kinds_by_size.len(), &mut |one, other| {
            kinds_by_size[other].1.len().cmp(&kinds_by_size[one].1.len())
        });
        let mut regions = Self::default();
        let mut second = Vec::new();
        for (kind, own) in order.into_iter().map(|position| &kinds_by_size[position]) {
            let density = Density::of(own.iter().map(|&row| (point(row), weight(row, *kind))));
            let region = |point| Region { kind: *kind, quality: None, point, size: own.len() };
            let is_free =
                |regions: &[Region], point| regions.iter().all(|other| are_apart(other.point, point));
            let Some(first) = density.peak(&all, SPARSE, |point| is_free(&regions.whole, point)) else {
                continue;
            };
            regions.whole.push(region(first.point));
            second.push((region(first.point), density.clone(), first.height));
            regions.divide(*kind, own, &density, &point, &value);
        }
        for (region, density, height) in second {
            let is_free = |point: Point| {
                point.distance(region.point) >= FAR
                    && regions.whole.iter().all(|other| are_apart(other.point, point))
            };
            if let Some(other) =
                density.peak(&all, SPARSE, is_free).filter(|other| other.height >= ALMOST * height)
            {
                regions.whole.push(Region { point: other.point, ..region });
            }
        }
        let by_size = |regions: &[Region]| -> Vec<Region> {
            let order =
                positions(regions.len(), &mut |one, other| regions[other].size.cmp(&regions[one].size));
            order.into_iter().map(|position| regions[position]).collect()
        };
        Self { whole: by_size(&regions.whole), quarters: by_size(&regions.quarters) }
    }

    /// The region of a kind where it is densest.
    pub fn of(&self, kind: Tag) -> Option<&Region> {
        self.whole.iter().find(|region| region.kind == kind)
    }

    /// Divides the rows of a kind: where those with much of a quality are dense among all of the kind.
    fn divide(
        &mut self,
        kind: Tag,
        own: &[usize],
        density: &Density,
        point: &dyn Fn(usize) -> Point,
        value: &dyn Fn(usize, &str) -> Option<f32>,
    ) {
        let mut found: Vec<(f32, Region)> = Vec::new();
        for (quality, (property, is_upper)) in REGION_QUALITIES.into_iter().enumerate() {
            let values =
                own.iter().map(|&row| value(row, property.layer()?)).map(|value| value.unwrap_or(f32::NAN));
            let column = SoundColumn::new(values.collect());
            let far: Vec<usize> =
                (0..own.len()).filter(|&at| column.depth(at, is_upper) >= QUARTER_DEPTH).collect();
            if far.len() < FEWEST {
                continue;
            }
            let dense = Density::of(far.iter().map(|&at| (point(own[at]), 1.0)));
            if let Some(peak) = dense.peak(density, SPARSE_IN_KIND, |_| true) {
                let region = Region { kind, quality: Some(quality), point: peak.point, size: far.len() };
                found.push((peak.height, region));
            }
        }
        let order = positions(found.len(), &mut |one, other| found[other].0.total_cmp(&found[one].0));
        let before = self.quarters.len();
        for position in order {
            let region = found[position].1;
            if self.quarters.len() - before < QUARTERS
                && self.quarters[before..].iter().all(|other| are_apart(other.point, region.point))
            {
                self.quarters.push(region);
            }
        }
    }
}

/// How much a preset counts for a kind.
fn kind_weight(said: TagSet, kinds: TagSet, kind: Tag) -> f32 {
    match () {
        () if said.has(kind) => 1.0,
        () if kinds.has(kind) => HEARD,
        () => 0.0,
    }
}

fn are_apart(one: Point, other: Point) -> bool {
    (one.x - other.x).abs() >= APART[0] || (one.y - other.y).abs() >= APART[1]
}

/// How dense presets lie on the plane, cell by cell, row by row from the bottom.
#[derive(Clone, Debug)]
struct Density(Vec<f32>);

/// A place where presets lie densely.
struct DensePlace {
    point: Point,
    height: f32,
}

impl Density {
    /// Of points with weights; a Gaussian about each.
    fn of(points: impl Iterator<Item = (Point, f32)>) -> Self {
        let mut cells = vec![0.0; CELLS * CELLS];
        for (point, weight) in points {
            let cell = |at: f32| (((at / LATENT_LIMIT + 1.0) / 2.0 * CELLS as f32) as usize).min(CELLS - 1);
            cells[cell(point.y) * CELLS + cell(point.x)] += weight;
        }
        let reach = (3.0 * SPREAD / SIDE) as usize;
        let kernel: Vec<f32> = (0..=reach).map(|distance| falloff(distance as f32 * SIDE / SPREAD)).collect();
        let blurred = |from: &[f32], at: &dyn Fn(usize, usize) -> usize| -> Vec<f32> {
            let mut to = vec![0.0; CELLS * CELLS];
            for line in 0..CELLS {
                for cell in 0..CELLS {
                    let sum = |other: usize| from[at(line, other)] * kernel[other.abs_diff(cell)];
                    to[at(line, cell)] =
                        (cell.saturating_sub(reach)..(cell + reach + 1).min(CELLS)).map(sum).sum();
                }
            }
            to
        };
        let across = blurred(&cells, &|line, cell| line * CELLS + cell);
        Self(blurred(&across, &|line, cell| cell * CELLS + line))
    }

    /// Where it is high, also as a share of another density: the greatest product of both, among the cells that are
    /// free. The first of equal ones.
    /// `sparse`: the share of the other one's greatest density below which hardly anything lies.
    fn peak(&self, all: &Self, sparse: f32, is_free: impl Fn(Point) -> bool) -> Option<DensePlace> {
        let most = all.0.iter().copied().fold(0.0, f32::max);
        // There, one preset would be a whole share.
        let height = |cell: usize| self.0[cell] * self.0[cell] / (all.0[cell] + sparse * most);
        let free = (0..CELLS * CELLS).map(|cell| (cell, middle(cell))).filter(|&(_, point)| is_free(point));
        let mut best: Option<DensePlace> = None;
        for (cell, point) in free {
            let height = height(cell);
            if height > best.as_ref().map_or(0.0, |best| best.height) {
                best = Some(DensePlace { point, height });
            }
        }
        best
    }
}

/// The side of a cell, in latent units.
const SIDE: f32 = 2.0 * LATENT_LIMIT / CELLS as f32;

/// A bell of this many spreads: (1 − d²/9)², 0 from three spreads on.
fn falloff(spreads: f32) -> f32 {
    (1.0 - (spreads / 3.0).powi(2)).max(0.0).powi(4)
}

/// The middle of a cell.
fn middle(cell: usize) -> Point {
    let at = |number: usize| -LATENT_LIMIT + (number as f32 + 0.5) * SIDE;
    Point { x: at(cell % CELLS), y: at(cell / CELLS) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plane::{Coordinates, Map, Presets};
    use std::rc::Rc;

    fn file(name: &str) -> Vec<u8> {
        let path = format!("{}/../../../models/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn shipped() -> Library {
        let known: Coordinates = serde_json::from_slice(&file("coordinates.json")).unwrap();
        let presets = Presets::for_rows(&file("presets.bin"), known.len()).unwrap();
        let map: Map = serde_json::from_slice(&file("map.json")).unwrap();
        Library {
            known: Some(Rc::new(known)),
            presets: Some(Rc::new(presets)),
            map: Some(Rc::new(map.with_likelihoods())),
            ..Library::default()
        }
    }

    #[test]
    fn the_shipped_plane_has_a_region_of_each_kind_apart_from_the_others() {
        let library = shipped();
        let regions = Regions::new(&library);
        for region in regions.whole.iter().chain(&regions.quarters) {
            let quality = region.quality.map(|quality| REGION_QUALITIES[quality]);
            println!(
                "{:?} {quality:?} {:.1} {:.1} {}",
                region.kind, region.point.x, region.point.y, region.size
            );
        }
        assert!(REGION_KINDS.into_iter().all(|kind| regions.of(kind).is_some()));
        assert!((12..=16).contains(&regions.whole.len()), "{}", regions.whole.len());
        assert!(regions.whole.is_sorted_by_key(|region| std::cmp::Reverse(region.size)));
        for (number, one) in regions.whole.iter().enumerate() {
            assert!(regions.whole[..number].iter().all(|other| are_apart(one.point, other.point)), "{one:?}");
        }
        assert_eq!(Regions::new(&library), regions, "the same data give the same regions");
        assert!(regions.quarters.len() >= 24);
    }

    #[test]
    fn a_region_lies_among_presets_of_its_kind() {
        let library = shipped();
        let (known, presets) = (library.known.clone().unwrap(), library.presets.clone().unwrap());
        let said = said_tags(&known);
        let kinds =
            tags(&said, &presets, |row, name| library.map.as_ref()?.value(name, known.x[row], known.y[row]));
        for region in &Regions::new(&library).whole {
            let near = known.nearest(region.point.x, region.point.y, 60);
            let count = near.iter().filter(|near| kinds[near.position].has(region.kind)).count();
            let all = kinds.iter().filter(|kinds| kinds.has(region.kind)).count();
            // Half as many again as anywhere.
            let expected = 60.0 * all as f32 / known.len() as f32;
            assert!(count as f32 >= 1.5 * expected, "{region:?}: {count} of 60, {expected:.1} on average");
        }
    }

    #[test]
    fn an_imported_bank_moves_its_region_and_nothing_has_none() {
        assert_eq!(Regions::new(&Library::default()), Regions::default());
        let library = shipped();
        let mut known = Coordinates::clone(library.known.as_ref().unwrap());
        let mut patches = library.presets.as_ref().unwrap().all().to_vec();
        for number in 0..300 {
            known.name.push(format!("Choir {number}"));
            known.bank.push(0);
            known.index.push(0);
            known.x.push(3.0);
            known.y.push(-3.0);
            patches.push(patches[0]);
        }
        known.by_ear.clear();
        let more =
            Library { known: Some(Rc::new(known)), presets: Some(Rc::new(Presets::new(patches))), ..library };
        let choir = Regions::new(&more).of(Tag::Voice).unwrap().point;
        assert!(choir.distance(Point { x: 3.0, y: -3.0 }) < 0.5, "{choir:?}");
    }
}
