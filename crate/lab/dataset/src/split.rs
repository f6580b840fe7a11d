//! Splits rows into training and test. No test patch is trained on, whatever its name or bank.

use crate::banks::{Dataset, identity};
use crate::fingerprint;
use patch::encoding::{COLUMN_COUNT, encode};
use std::collections::HashSet;

/// The banks of the 200 test rows, in this order, each from its start. Source: the data set published with "Creating
/// Latent Representations of Synthesizer Patches using Variational Autoencoders" (Peachey et al., IS² 2023);
/// comparing its 2,586 rows with Debian's banks value by value shows that its test rows 0–199 are these.
const TEST_BANKS: [&str; 3] =
    ["amsynth_factory.bank", "BriansBank07.amSynth.bank", "BriansBank14.amSynth.bank"];

/// The number of the paper's test rows.
const TEST_ROWS: usize = 200;

/// The banks of Debian's package that are absent from the paper's data set. Their unique presets are the second test:
/// sounds of sessions, and of an author, that no training saw.
const UNSEEN_BANKS: [&str; 7] = [
    "BriansBank21.amSynth.bank",
    "BriansBank22.amSynth.bank",
    "PatriksBank01.bank",
    "PatriksBank02.bank",
    "PatriksBank03.bank",
    "PatriksBank04.bank",
    "PatriksBank05.bank",
];

/// The banks of Debian that a training holds back to choose its settings and its best candidate: three whole banks,
/// because presets of one bank resemble each other.
const HELD_BACK_BANKS: [&str; 3] =
    ["BriansBank03.amSynth.bank", "BriansBank08.amSynth.bank", "BriansBank15.amSynth.bank"];

/// Holds back one training row in this many if the banks are not Debian's, or if those three banks are all or none of
/// the training rows.
const HELD_BACK_IN: usize = 8;

/// Rows of a [`Dataset`], by position.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// Patches to train on, distinct in their columns.
    pub train: Vec<usize>,
    /// Patches to test with.
    pub test: Vec<usize>,
    /// Distinct patches of banks that no other bank holds; empty for banks that are not Debian's.
    pub unseen: Vec<usize>,
}

impl Split {
    /// The paper's split if the folder holds the paper's test banks, else the first 10 % (200 at most)
    /// of the distinct presets, in the order of the data set, as test rows.
    pub fn new(dataset: &Dataset) -> Self {
        let distinct = dataset.distinct();
        let (test, unseen_banks) = match published_test_rows(dataset) {
            Some(rows) => (rows, &UNSEEN_BANKS[..]),
            None => (distinct[..(distinct.len() / 10).min(TEST_ROWS)].to_vec(), &[][..]),
        };
        let tested: HashSet<_> = test.iter().map(|&row| learned(dataset, row)).collect();
        let is_unseen_bank =
            |row: usize| unseen_banks.contains(&dataset.banks[dataset.rows[row].bank].as_str());
        let known: HashSet<_> = (0..dataset.rows.len())
            .filter(|&row| !is_unseen_bank(row))
            .map(|row| identity(&dataset.rows[row].patch))
            .collect();
        let mut train = Vec::new();
        let mut unseen = Vec::new();
        for row in distinct {
            if !known.contains(&identity(&dataset.rows[row].patch)) {
                unseen.push(row);
            } else if !tested.contains(&learned(dataset, row)) {
                train.push(row);
            }
        }
        let mut barred: HashSet<_> = unseen.iter().map(|&row| learned(dataset, row)).collect();
        train.retain(|&row| barred.insert(learned(dataset, row)));
        Self { train, test, unseen }
    }

    /// The training rows in two disjoint parts without test rows: to fit the networks, and to choose the model.
    pub fn held_back(&self, dataset: &Dataset) -> (Vec<usize>, Vec<usize>) {
        if published_test_rows(dataset).is_some() {
            let bank = |row: usize| dataset.banks[dataset.rows[row].bank].as_str();
            let by_bank: (Vec<_>, Vec<_>) =
                self.train.iter().partition(|&&row| !HELD_BACK_BANKS.contains(&bank(row)));
            // A folder may have the test banks without these banks, or no others: then one of the two parts would be
            // empty.
            if !by_bank.0.is_empty() && !by_bank.1.is_empty() {
                return by_bank;
            }
        }
        let mut at = 0..;
        self.train.iter().partition(|_| at.next().unwrap_or(0) % HELD_BACK_IN != 0)
    }

    /// A fingerprint of the training rows, including the rows held back. If two splits have the same fingerprint,
    /// neither tests with rows that the other trained on.
    pub fn fingerprint(&self, dataset: &Dataset) -> String {
        let values = self.train.iter().flat_map(|&row| learned(dataset, row));
        fingerprint(&values.flat_map(u32::to_le_bytes).collect::<Vec<_>>())
    }
}

/// The columns of a row. Two presets that differ only in volume are equal to the network, so a test row must have no
/// such twin in training.
fn learned(dataset: &Dataset, row: usize) -> [u32; COLUMN_COUNT] {
    encode(&dataset.rows[row].patch).map(|value| (value + 0.0).to_bits())
}

fn published_test_rows(dataset: &Dataset) -> Option<Vec<usize>> {
    let mut rows = Vec::new();
    for name in TEST_BANKS {
        let bank = dataset.banks.iter().position(|bank| bank == name)?;
        rows.extend((0..dataset.rows.len()).filter(|&row| dataset.rows[row].bank == bank));
    }
    rows.truncate(TEST_ROWS);
    (rows.len() == TEST_ROWS).then_some(rows)
}
