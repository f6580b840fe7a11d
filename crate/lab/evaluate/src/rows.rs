//! The compared rows and the training rows, prepared for a protocol.

use crate::omitted::omitted_parameters;
use crate::{Columns, EvaluateError};
use dataset::{Dataset, Split, read_text};
use patch::Patch;
use patch::encoding::{decode, encode, learned};
use serde::Serialize;
use std::path::Path;

/// The protocols by which both sides of a comparison are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// Parameters that a bank leaves out have amSynth's defaults, every class can be chosen, the point is the encoder's
    /// mean, and all rows count.
    #[default]
    Clean,
    /// As published: a parameter that a bank leaves out is 0, the last class of each categorical is never chosen, the
    /// point is drawn from the encoder's distribution, and only the first 128 rows count.
    Paper,
}

/// Rows of the paper's protocol.
const PAPER_ROWS: usize = 128;

/// The sets of rows that can be compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RowSet {
    /// Training rows held back to choose a model: three of Debian's banks, or one in eight of other rows.
    Validation,
    /// The paper's 200 test rows, or the first tenth of other presets.
    #[default]
    Test,
    /// The presets of the banks that no training sees; only Debian's banks have them.
    Unseen,
}

impl RowSet {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Validation => "validation",
            Self::Test => "test",
            Self::Unseen => "unseen",
        }
    }
}

/// Patches with the seven fixed parameters at their fixed values.
#[derive(Clone, Debug, Default)]
pub struct PatchSet {
    /// The patches.
    pub patches: Vec<Patch>,
    /// Their columns, which the networks read.
    pub columns: Vec<Columns>,
}

/// The compared rows and the training rows.
#[derive(Clone, Debug)]
pub struct ComparedRows {
    /// The training rows, without the compared ones.
    pub training: PatchSet,
    /// The compared rows.
    pub chosen: PatchSet,
}

impl ComparedRows {
    /// Reads the banks of a folder.
    ///
    /// # Errors
    /// If the folder cannot be read or has no such rows.
    pub fn read(folder: &Path, row_set: RowSet, protocol: Protocol) -> Result<Self, EvaluateError> {
        let mut dataset = Dataset::read(folder)?;
        // Split by the original values: the protocol must not move a row into another set.
        let split = Split::new(&dataset);
        let (learned_from, held_back) = split.held_back(&dataset);
        if protocol == Protocol::Paper {
            zero_omitted(&mut dataset, folder)?;
        }
        let (training, mut chosen) = match row_set {
            RowSet::Validation => (learned_from, held_back),
            RowSet::Test => (split.train, split.test),
            RowSet::Unseen => (split.train, split.unseen),
        };
        if chosen.is_empty() || training.is_empty() {
            return Err(EvaluateError::NoRows { folder: folder.to_owned(), rows: row_set.name() });
        }
        if protocol == Protocol::Paper {
            chosen.truncate(PAPER_ROWS);
        }
        Ok(Self { training: PatchSet::new(&dataset, &training), chosen: PatchSet::new(&dataset, &chosen) })
    }
}

impl PatchSet {
    fn new(dataset: &Dataset, rows: &[usize]) -> Self {
        let patches: Vec<Patch> = rows.iter().map(|&row| learned(dataset.rows[row].patch)).collect();
        let columns = patches.iter().map(encode).collect();
        Self { patches, columns }
    }
}

/// The playable patches of columns.
pub fn played(columns: &[Columns]) -> Vec<Patch> {
    columns.iter().map(decode).collect()
}

fn zero_omitted(dataset: &mut Dataset, folder: &Path) -> Result<(), EvaluateError> {
    for (bank, name) in dataset.banks.iter().enumerate() {
        let path = folder.join(name);
        let omitted =
            omitted_parameters(&read_text(&path).map_err(|source| EvaluateError::Read { path, source })?);
        for row in dataset.rows.iter_mut().filter(|row| row.bank == bank) {
            for &parameter in omitted.get(row.index).into_iter().flatten() {
                row.patch.set(parameter, 0.0);
            }
        }
    }
    Ok(())
}
