//! The rows of the table: every distinct preset with its bank, its index and its use in training and test.

use crate::banks::{Dataset, identity};
use crate::split::Split;
use patch::Patch;
use std::collections::{HashMap, HashSet};

/// The permitted use of a preset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowUse {
    /// Trained on.
    Train,
    /// One of the paper's test rows.
    Test,
    /// From the banks that no training sees.
    Unseen,
    /// Not used: its columns equal those of another row.
    Twin,
}

impl RowUse {
    /// The word in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Test => "test",
            Self::Unseen => "unseen",
            Self::Twin => "twin",
        }
    }
}

/// One row.
#[derive(Clone, Debug)]
pub struct TableRow {
    /// File name of the bank.
    pub bank: String,
    /// Position in the bank, from 0.
    pub index: usize,
    /// Name of the preset.
    pub name: String,
    /// Its 41 values.
    pub patch: Patch,
    /// Its permitted use.
    pub row_use: RowUse,
    /// For test rows, the number of the row in the paper's data set.
    pub paper_row: Option<usize>,
}

/// The distinct presets of a data set, in its order; a test row stands at its first appearance as a test row.
pub fn rows(dataset: &Dataset) -> Vec<TableRow> {
    let split = Split::new(dataset);
    let identity = |row: usize| identity(&dataset.rows[row].patch);
    // If presets are equal, the name and the position are those of the test row.
    let tested: HashMap<_, _> = split
        .test
        .iter()
        .enumerate()
        .rev()
        .map(|(paper_row, &row)| (identity(row), (paper_row, row)))
        .collect();
    let [learned, unseen] =
        [&split.train, &split.unseen].map(|rows| rows.iter().copied().collect::<HashSet<usize>>());
    let row = |row: usize| {
        let (paper_row, row, row_use) = match tested.get(&identity(row)) {
            Some(&(paper_row, row)) => (Some(paper_row), row, RowUse::Test),
            None if learned.contains(&row) => (None, row, RowUse::Train),
            None if unseen.contains(&row) => (None, row, RowUse::Unseen),
            None => (None, row, RowUse::Twin),
        };
        let source = &dataset.rows[row];
        TableRow {
            bank: dataset.banks[source.bank].clone(),
            index: source.index,
            name: source.name.clone(),
            patch: source.patch,
            row_use,
            paper_row,
        }
    };
    dataset.distinct().into_iter().map(row).collect()
}
