//! The report of a training: the figures of its choice. Never contains figures of test rows, which would influence
//! the choice. Contains no times or machine names, so that the same training gives the same file.

use crate::figures::{SoundFigures, Validation};
use dataset::counted;
use evaluate::PlaneFigures;
use serde::Serialize;
use std::fmt::{self, Display, Formatter};

/// A trained model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RankedModel {
    /// Its seed.
    pub seed: u64,
    /// Its figures on the held-back presets.
    pub validation: Validation,
    /// Mean change of a timbral scale between neighbouring cells of the plane's grid, in points of 100; only changes on
    /// the same grid are comparable.
    pub mean_timbre_step: f64,
}

/// The outcome of a training; written as `training.json`, printed as tables.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrainingReport {
    /// Fingerprint of `decoder.onnx`, as in `coordinates.json`.
    pub model: String,
    /// The seed of the model that was written.
    pub seed: u64,
    /// Number of banks read.
    pub banks: usize,
    /// Number of presets in them.
    pub presets: usize,
    /// Number of distinct patches.
    pub distinct: usize,
    /// Number of distinct patches learned from.
    pub training_rows: usize,
    /// Number of patches augmented from them; the file keeps the key of older reports.
    #[serde(rename = "bred")]
    pub augmented: usize,
    /// All trained models; the model with the least unexplained variance of the spectrum was written.
    pub candidates: Vec<RankedModel>,
    /// Figures of the latent square.
    pub plane: PlaneFigures,
    /// The names of the banks.
    pub bank_names: Vec<String>,
    /// Identifies the training rows, including the rows held back: [`dataset::Split::fingerprint`].
    pub training_fingerprint: String,
}

impl Display for TrainingReport {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} in {}, {} distinct; trained on {} and {} augmented ones",
            counted(self.presets, "preset"),
            counted(self.banks, "bank"),
            self.distinct,
            self.training_rows,
            self.augmented
        )?;
        for RankedModel { seed, validation, mean_timbre_step } in &self.candidates {
            let chosen = if *seed == self.seed { ", written" } else { "" };
            writeln!(f, "\nseed {seed}{chosen}: {} presets held back    phi    timbre", validation.rows)?;
            let lines = [
                ("at the encoder's point", Some(validation.encoder)),
                ("at the point found by ear", Some(validation.by_ear)),
                ("encoder's point, shuffled", validation.shuffled),
                ("mean sound (constant)", Some(validation.constant)),
                ("nearest training preset", Some(validation.nearest_training_row)),
            ];
            for (name, figures) in lines {
                match figures {
                    Some(SoundFigures { phi, timbre }) => writeln!(f, "{name:40}{phi:.3}  {timbre:.2}")?,
                    None => writeln!(f, "{name:40}–  –")?,
                }
            }
            let settings = validation.settings;
            writeln!(
                f,
                "settings, MSE / accuracy                {:.4} / {:.3}",
                settings.mse, settings.accuracy
            )?;
            let grid = self.plane.grid;
            let step = format!("timbre step between {grid} × {grid} points");
            writeln!(f, "{step:40}{mean_timbre_step:.2}")?;
            writeln!(f, "mean phi of both points (chosen by)     {:.4}", validation.unexplained())?;
        }
        let plane = &self.plane;
        writeln!(f, "\nthe square [-4, 4]², steps between {0} × {0} points", plane.grid)?;
        writeln!(f, "known patches inside        {:.4}", plane.known_inside)?;
        writeln!(f, "16 × 16 cells occupied      {:.3}", plane.cells_occupied)?;
        writeln!(f, "column step, mean / max     {:.4} / {:.3}", plane.mean_step, plane.greatest_step)?;
        let timbre_steps = (plane.mean_timbre_step, plane.greatest_timbre_step);
        writeln!(f, "timbre step, mean / max     {:.2} / {:.1}", timbre_steps.0, timbre_steps.1)?;
        writeln!(f, "class flips                 {:.3}", plane.class_flips)?;
        writeln!(f, "class combinations          {}", plane.class_combinations)?;
        let classes = plane.classes_found.iter().map(|(name, found, of)| format!("{name} {found}/{of}"));
        writeln!(f, "classes found               {}", classes.collect::<Vec<_>>().join(", "))?;
        writeln!(f, "clicks / attacks over 1 s   {:.4} / {:.4}", plane.clicks, plane.slow_attacks)
    }
}
