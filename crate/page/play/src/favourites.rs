//! The presets that a person has starred. A favourite names its preset by bank, position and name, since rows move when
//! banks are imported or removed; one whose preset is not there is kept.

use std::collections::BTreeSet;
use std::rc::Rc;

use plane::Coordinates;
use serde::{Deserialize, Deserializer, Serialize};

/// The most favourites that a session restores: more than there are presets.
const LIMIT: usize = 8192;

/// A starred preset.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Favourite {
    /// The bank as the table of known patches names it.
    pub bank: String,
    /// Its position in the bank, from 0.
    pub index: u16,
    /// Its name.
    pub name: String,
}

impl Favourite {
    fn of(known: &Coordinates, row: usize) -> Option<Self> {
        let bank = known.banks.get(usize::from(*known.bank.get(row)?))?.clone();
        Some(Self { bank, index: known.index[row], name: known.name[row].clone() })
    }

    fn is_row(&self, known: &Coordinates, row: usize) -> bool {
        self.index == known.index[row]
            && self.name == known.name[row]
            && known.banks.get(usize::from(known.bank[row])) == Some(&self.bank)
    }
}

/// All favourites. Cheap to clone, since each undo step holds them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<SavedFavourite>", into = "Vec<Favourite>")]
pub struct Favourites(Rc<BTreeSet<Favourite>>);

impl Favourites {
    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// True if a row of the known patches is among them.
    pub fn has(&self, known: &Coordinates, row: usize) -> bool {
        !self.is_empty() && Favourite::of(known, row).is_some_and(|own| self.0.contains(&own))
    }

    /// The rows of the favourites, in the order of the table.
    pub fn rows(&self, known: &Coordinates) -> Vec<usize> {
        (0..known.len()).filter(|&row| self.0.iter().any(|favourite| favourite.is_row(known, row))).collect()
    }

    /// Adds a row of the known patches, or removes it if it is one; ignores a row that does not exist.
    pub fn toggle(&mut self, known: &Coordinates, row: usize) {
        let Some(favourite) = Favourite::of(known, row) else { return };
        let all = Rc::make_mut(&mut self.0);
        if !all.remove(&favourite) {
            all.insert(favourite);
        }
    }

    /// The merge of two tabs' changes since `base`: theirs and ours, without those that either has removed.
    #[must_use]
    pub fn merge(&self, base: &Self, theirs: &Self) -> Self {
        let is_kept =
            |own: &&Favourite| self.0.contains(*own) && theirs.0.contains(*own) || !base.0.contains(*own);
        Self(Rc::new(self.0.union(&theirs.0).filter(is_kept).cloned().collect()))
    }
}

/// A favourite as it was saved; none if it cannot be read.
struct SavedFavourite(Option<Favourite>);

impl<'de> Deserialize<'de> for SavedFavourite {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Favourite::deserialize(deserializer).ok()))
    }
}

impl From<Vec<SavedFavourite>> for Favourites {
    fn from(saved: Vec<SavedFavourite>) -> Self {
        Self(Rc::new(saved.into_iter().filter_map(|saved| saved.0).take(LIMIT).collect()))
    }
}

impl From<Favourites> for Vec<Favourite> {
    fn from(favourites: Favourites) -> Self {
        favourites.0.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(names: &[&str]) -> Coordinates {
        Coordinates {
            banks: vec!["A.bank".to_owned()],
            name: names.iter().map(|&name| name.to_owned()).collect(),
            bank: vec![0; names.len()],
            index: (0..names.len() as u16).collect(),
            ..Coordinates::default()
        }
    }

    fn starred(known: &Coordinates, rows: &[usize]) -> Favourites {
        let mut favourites = Favourites::default();
        rows.iter().for_each(|&row| favourites.toggle(known, row));
        favourites
    }

    #[test]
    fn a_star_is_set_and_removed_by_the_same_press() {
        let known = known(&["Bass", "Bell", "Bell"]);
        let mut favourites = starred(&known, &[2, 7]);
        assert_eq!((favourites.rows(&known), favourites.has(&known, 1)), (vec![2], false));
        favourites.toggle(&known, 2);
        assert!(favourites.is_empty());
    }

    #[test]
    fn a_favourite_outlives_the_removal_of_its_bank() {
        let all = known(&["Bass", "Bell"]);
        let favourites = starred(&all, &[1]);
        assert!(favourites.rows(&known(&["Bass"])).is_empty());
        assert_eq!(favourites.rows(&all), [1]);
    }

    #[test]
    fn favourites_are_restored_and_an_unreadable_one_affects_no_other() {
        let all = known(&["Bass", "Bell"]);
        let favourites = starred(&all, &[0, 1]);
        let mut json = serde_json::to_value(&favourites).unwrap();
        assert_eq!(serde_json::from_value::<Favourites>(json.clone()).unwrap(), favourites);
        json[0] = serde_json::json!({ "bank": 7 });
        assert_eq!(serde_json::from_value::<Favourites>(json).unwrap().rows(&all), [1]);
    }

    #[test]
    fn two_tabs_keep_both_stars_and_both_removals() {
        let all = known(&["a", "b", "c", "d"]);
        let (base, theirs, ours) = (starred(&all, &[0, 1]), starred(&all, &[0, 2]), starred(&all, &[1, 3]));
        assert_eq!(ours.merge(&base, &theirs).rows(&all), [2, 3]);
        assert_eq!(ours.merge(&ours, &theirs), theirs);
    }
}
