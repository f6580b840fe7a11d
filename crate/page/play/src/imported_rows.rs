//! Adds, moves, removes and restores rows of imported patches in the table of known patches, and recognizes what is
//! known. Pure; does not place patches.

use patch::{Parameter, Patch, Preset};
use plane::{Coordinates, Point, Presets};

use crate::imports::{ImportedBank, Imports};

/// Values this near are equal, as a share of a parameter's range: a hundred times the rounding of a written number.
const ROUNDING: f32 = 1e-5;

/// A bank's presets, of which some are known.
#[derive(Clone, Debug, PartialEq)]
pub struct SortedBank {
    /// The bank with only its unknown presets; none if all are known.
    pub fresh: Option<ImportedBank>,
    /// The rows of those that are known, in the bank's order.
    pub rows: Vec<usize>,
}

/// Divides a bank into presets that are on the map and others. Nothing is listed or drawn twice.
pub fn sorted(known: &Coordinates, presets: &Presets, bank: &ImportedBank) -> SortedBank {
    let (mut fresh, mut rows) = (Vec::new(), Vec::new());
    for preset in &bank.presets {
        match row_of(known, presets, preset) {
            Some(row) => rows.push(row),
            None => fresh.push(preset.clone()),
        }
    }
    let fresh = (!fresh.is_empty()).then(|| ImportedBank { name: bank.name.clone(), presets: fresh });
    SortedBank { fresh, rows }
}

/// The row with the values of a preset: one of the same name, or else the first one.
fn row_of(known: &Coordinates, presets: &Presets, preset: &Preset) -> Option<usize> {
    let mut equal = (0..known.len()).filter(|&row| sounds_equal(&presets.patch(row), &preset.patch));
    let first = equal.next()?;
    let is_named = |&row: &usize| known.name[row].trim() == preset.name.trim();
    std::iter::once(first).chain(equal).find(is_named).or(Some(first))
}

/// True if two patches are one, but for rounding (amSynth reads the numbers of a bank and of a preset by different
/// ways), and for the parameters that the notes override: a saved preset has those of the visit in which it was saved.
fn sounds_equal(one: &Patch, other: &Patch) -> bool {
    Parameter::ALL.into_iter().all(|parameter| {
        let info = parameter.info();
        let is_overridden = matches!(parameter, Parameter::KeyboardMode | Parameter::PortamentoTime);
        let difference = (one.get(parameter) - other.get(parameter)).abs();
        is_overridden || difference <= ROUNDING * (info.max - info.min)
    })
}

/// The table without the rows of a bank, which must be behind the page's own; unchanged if there is no such bank.
pub fn without_bank(known: &Coordinates, presets: &Presets, bank: usize) -> (Coordinates, Presets) {
    if bank >= known.banks.len() {
        return (known.clone(), presets.clone());
    }
    let kept: Vec<usize> = (0..known.len()).filter(|&row| usize::from(known.bank[row]) != bank).collect();
    let mut fewer = known.clone();
    fewer.banks.remove(bank);
    fewer.name = kept.iter().map(|&row| known.name[row].clone()).collect();
    fewer.bank =
        kept.iter().map(|&row| known.bank[row] - u16::from(usize::from(known.bank[row]) > bank)).collect();
    fewer.index = kept.iter().map(|&row| known.index[row]).collect();
    fewer.x = kept.iter().map(|&row| known.x[row]).collect();
    fewer.y = kept.iter().map(|&row| known.y[row]).collect();
    if !known.by_ear.is_empty() {
        fewer.by_ear = kept.iter().map(|&row| known.by_ear[row]).collect();
    }
    let presets = Presets::new(kept.iter().map(|&row| presets.patch(row)).collect());
    (fewer, presets)
}

/// The table with the rows of a bank behind its own; one point for each preset.
pub fn with_bank(
    known: &Coordinates,
    presets: &Presets,
    bank: &ImportedBank,
    points: &[Point],
) -> (Coordinates, Presets) {
    let mut known = known.clone();
    append_names(&mut known, bank);
    known.x.extend(points.iter().map(|point| point.x));
    known.y.extend(points.iter().map(|point| point.y));
    (known, with_patches(presets, bank.presets.iter().map(|preset| preset.patch)))
}

/// The table as another model places it, of which nothing else is known: a point for each row.
pub fn with_points(known: &Coordinates, points: &[Point]) -> Coordinates {
    let (x, y) = points.iter().map(|point| (point.x, point.y)).unzip();
    Coordinates { x, y, by_ear: Vec::new(), model: String::new(), ..known.clone() }
}

/// The page's own table with everything that was imported in an earlier visit; none if the stored points no longer
/// apply, because the page has another model or other presets now.
pub fn restored(known: &Coordinates, presets: &Presets, imports: &Imports) -> Option<(Coordinates, Presets)> {
    let rows = known.len() + imports.presets().count();
    if imports.page_model != known.model || imports.points.len() != rows {
        return None;
    }
    let mut all = known.clone();
    for bank in &imports.banks {
        append_names(&mut all, bank);
    }
    (all.x, all.y) = imports.points.iter().map(|point| (point[0], point[1])).unzip();
    if imports.model.is_some() {
        all.model = String::new();
    }
    Some((all, with_patches(presets, imports.presets().map(|preset| preset.patch))))
}

fn with_patches(presets: &Presets, patches: impl Iterator<Item = Patch>) -> Presets {
    Presets::new(presets.all().iter().copied().chain(patches).collect())
}

/// Adds a bank's rows without their points.
fn append_names(known: &mut Coordinates, ImportedBank { name, presets }: &ImportedBank) {
    let bank = known.banks.len() as u16;
    known.banks.push(name.clone());
    for (index, preset) in presets.iter().enumerate() {
        known.name.push(preset.name.clone());
        known.bank.push(bank);
        known.index.push(index as u16);
        if !known.by_ear.is_empty() {
            known.by_ear.push(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::ImportedModel;
    use proptest::prelude::*;

    /// A page's own table with this many rows, with or without the optional column.
    fn own(rows: usize, says_how: bool) -> (Coordinates, Presets) {
        let known = Coordinates {
            version: plane::coordinates::VERSION,
            model: "beef".to_owned(),
            banks: vec!["own.bank".to_owned()],
            name: (0..rows).map(|row| row.to_string()).collect(),
            bank: vec![0; rows],
            index: (0..rows as u16).collect(),
            x: vec![0.5; rows],
            y: vec![-0.5; rows],
            by_ear: if says_how { vec![1; rows] } else { Vec::new() },
        };
        (known, Presets::new(vec![Patch::default(); rows]))
    }

    fn bank(name: &str, count: usize) -> ImportedBank {
        let preset = |number: usize| Preset { name: format!("{name} {number}"), patch: Patch::default() };
        ImportedBank { name: name.to_owned(), presets: (0..count).map(preset).collect() }
    }

    proptest! {
        #[test]
        fn restored_imports_equal_those_of_the_visit(
            rows in 1usize..6, counts in prop::collection::vec(1usize..4, 0..4), says_how: bool, x in -4.0f32..4.0,
        ) {
            let (known, presets) = own(rows, says_how);
            let banks: Vec<ImportedBank> = counts.iter().map(|&count| bank("Mine", count)).collect();
            let (mut all, mut patches) = (known.clone(), presets.clone());
            for bank in &banks {
                let points = vec![Point { x, y: 1.0 }; bank.presets.len()];
                (all, patches) = with_bank(&all, &patches, bank, &points);
                prop_assert_eq!(all.check(), Ok(()));
                prop_assert_eq!(all.len(), patches.all().len());
            }
            let points = all.x.iter().zip(&all.y).map(|(&x, &y)| [x, y]).collect();
            let imports = Imports { page_model: known.model.clone(), model: None, banks, points };
            prop_assert_eq!(restored(&known, &presets, &imports), Some((all, patches)));
        }
    }

    /// A preset whose cutoff differs from row to row.
    fn preset(name: &str, cutoff: f32, mode: f32) -> Preset {
        let mut patch = Patch::default();
        patch.set(Parameter::FilterCutoff, cutoff);
        patch.set(Parameter::KeyboardMode, mode);
        Preset { name: name.to_owned(), patch }
    }

    #[test]
    fn a_known_preset_is_recognized_by_its_values_whatever_its_keyboard_mode() {
        let (known, _) = own(3, true);
        let presets = Presets::new([0.1, 0.2, 0.2].map(|cutoff| preset("", cutoff, 1.0).patch).to_vec());
        let bank = ImportedBank {
            name: "Mine".to_owned(),
            presets: vec![
                preset("renamed", 0.1 + f32::EPSILON, 0.0),
                preset("new", 0.5, 0.0),
                preset("2", 0.2, 2.0),
                preset("x", 0.2, 0.0),
            ],
        };
        let sorted_bank = sorted(&known, &presets, &bank);
        assert_eq!(sorted_bank.rows, [0, 2, 1], "the one of the same name, or else the first one");
        assert_eq!(sorted_bank.fresh.unwrap().presets, [preset("new", 0.5, 0.0)]);
    }

    #[test]
    fn a_bank_imported_again_has_nothing_new() {
        let (known, _) = own(2, false);
        let presets = Presets::new([0.1, 0.2].map(|cutoff| preset("", cutoff, 0.0).patch).to_vec());
        let mine = ImportedBank {
            name: "own".to_owned(),
            presets: vec![preset("0", 0.1, 0.0), preset("a", 0.7, 0.0)],
        };
        let fresh = sorted(&known, &presets, &mine).fresh.unwrap();
        assert_eq!(fresh.presets.len(), 1);
        let (known, presets) = with_bank(&known, &presets, &fresh, &[Point::default()]);
        assert_eq!(sorted(&known, &presets, &mine), SortedBank { fresh: None, rows: vec![0, 2] });
    }

    #[test]
    fn a_removed_bank_leaves_the_others_as_they_were() {
        let (known, presets) = own(2, true);
        let (one, other) = (bank("One", 2), bank("Other", 1));
        let point = Point { x: 1.0, y: 2.0 };
        let (with_one, of_one) = with_bank(&known, &presets, &one, &[Point::default(); 2]);
        let (both, of_both) = with_bank(&with_one, &of_one, &other, &[point]);
        let expected = with_bank(&known, &presets, &other, &[point]);
        assert_eq!(without_bank(&both, &of_both, 1), expected);
        assert_eq!(without_bank(&both, &of_both, 2), (with_one, of_one));
        assert_eq!(without_bank(&both, &of_both, 9), (both, of_both));
    }

    #[test]
    fn points_of_another_model_are_not_restored() {
        let (known, presets) = own(2, true);
        let mut imports = Imports {
            page_model: "beef".to_owned(),
            model: Some(ImportedModel::default()),
            banks: vec![bank("Mine", 1)],
            points: vec![[0.0, 0.0]; 3],
        };
        let (all, patches) = restored(&known, &presets, &imports).unwrap();
        assert_eq!(
            (all.len(), patches.all().len(), all.model.as_str()),
            (3, 3, ""),
            "an imported model has no number"
        );
        imports.points.pop();
        assert_eq!(restored(&known, &presets, &imports), None);
        imports.points.push([0.0, 0.0]);
        imports.page_model = "dead".to_owned();
        assert_eq!(restored(&known, &presets, &imports), None);
    }

    #[test]
    fn a_table_placed_anew_keeps_its_names_and_no_way_in_which_points_were_found() {
        let (known, _) = own(2, true);
        let placed = with_points(&known, &[Point { x: 1.0, y: 2.0 }, Point { x: 3.0, y: 4.0 }]);
        assert_eq!((placed.check(), &placed.name), (Ok(()), &known.name));
        assert_eq!(
            (placed.x, placed.y, placed.by_ear, placed.model.as_str()),
            (vec![1.0, 3.0], vec![2.0, 4.0], vec![], "")
        );
    }
}
