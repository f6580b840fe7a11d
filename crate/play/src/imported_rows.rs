//! Adds, moves and restores rows of imported patches in the table of known patches. Pure; does not place patches.

use patch::Patch;
use plane::{Coordinates, Point, Presets};

use crate::imports::{ImportedBank, Imports};

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

/// The table with another point for one row; unchanged if there is no such row.
pub fn with_point(known: &Coordinates, row: usize, point: Point) -> Coordinates {
    let mut known = known.clone();
    if let (Some(x), Some(y)) = (known.x.get_mut(row), known.y.get_mut(row)) {
        (*x, *y) = (point.x, point.y);
    }
    known
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
    use patch::Preset;
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
            let moved = with_point(&all, all.len() - 1, Point { x: -1.0, y: 2.0 });
            prop_assert_eq!(with_point(&moved, moved.len(), Point::default()), moved.clone());
            let points = moved.x.iter().zip(&moved.y).map(|(&x, &y)| [x, y]).collect();
            let imports = Imports { page_model: known.model.clone(), model: None, banks, points };
            prop_assert_eq!(restored(&known, &presets, &imports), Some((moved, patches)));
        }
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
