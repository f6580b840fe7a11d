//! What a training reports: the figures of the model card, in the words and order of its tables.
//! Holds no times and no machine's name, so that the same training gives the same file.

use crate::figures::{Comparison, Figures};
use crate::plane::Plane;
use serde::Serialize;
use std::fmt::{self, Display, Formatter};

/// The outcome of a training; written as `training.json`, printed as tables.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The seed that was given.
    pub seed: u64,
    /// The epochs that were given.
    pub epochs: usize,
    /// Fingerprint of `decoder.onnx`, as in `coordinates.json`.
    pub model: String,
    /// Number of banks read.
    pub banks: usize,
    /// Number of presets in them.
    pub presets: usize,
    /// Number of distinct patches.
    pub distinct: usize,
    /// Number of distinct patches trained on.
    pub training_rows: usize,
    /// The rows held back for the test.
    pub test: Option<Comparison>,
    /// Patches of banks that training never saw; none if the banks are not Debian's.
    pub unseen_banks: Option<Comparison>,
    /// Figures of the latent square.
    pub plane: Plane,
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} presets in {} banks, {} distinct; trained on {} for {} epochs, seed {}",
            self.presets, self.banks, self.distinct, self.training_rows, self.epochs, self.seed
        )?;
        for (title, comparison) in [("test rows", &self.test), ("unseen banks", &self.unseen_banks)] {
            if let Some(comparison) = comparison {
                table(f, title, comparison)?;
            }
        }
        let plane = &self.plane;
        writeln!(f, "\nthe square [-4, 4]²")?;
        writeln!(f, "known patches inside        {:.4}", plane.known_inside)?;
        writeln!(f, "16 × 16 cells occupied      {:.3}", plane.cells_occupied)?;
        writeln!(f, "neighbour step, mean / max  {:.4} / {:.3}", plane.mean_step, plane.greatest_step)?;
        writeln!(f, "class flips                 {:.3}", plane.class_flips)?;
        writeln!(f, "class combinations          {}", plane.class_combinations)?;
        let classes = plane.classes_found.iter().map(|(name, found, of)| format!("{name} {found}/{of}"));
        writeln!(f, "classes found               {}", classes.collect::<Vec<_>>().join(", "))?;
        writeln!(f, "clicks / attacks over 1 s   {:.4} / {:.4}", plane.clicks, plane.slow_attacks)
    }
}

fn table(f: &mut Formatter<'_>, title: &str, comparison: &Comparison) -> fmt::Result {
    writeln!(f, "\n{title} ({})            MSE     accuracy", comparison.rows)?;
    let lines: [(&str, &Figures); 4] = [
        ("model", &comparison.model),
        ("training-mean patch (constant)", &comparison.training_mean),
        ("model, shuffled", &comparison.shuffled),
        ("nearest training patch", &comparison.nearest_training_row),
    ];
    for (name, Figures { mse, accuracy }) in lines {
        writeln!(f, "{name:32}{mse:.4}  {accuracy:.3}")?;
    }
    Ok(())
}
