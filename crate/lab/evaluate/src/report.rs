//! All figures of an evaluation, and their text table.

use crate::figures::Figures;
use crate::neighbourhood::Neighbourhood;
use crate::plane_figures::PlaneFigures;
use crate::rows::{Protocol, RowSet};
use serde::Serialize;
use std::fmt::{self, Display};
use timbre::Descriptor;

/// The figures of the model or of a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Line {
    /// The guesser: the model or a baseline.
    pub name: &'static str,
    /// Its figures.
    #[serde(flatten)]
    pub figures: Figures,
}

impl Line {
    /// A line of the table.
    pub fn new(name: &'static str, figures: Figures) -> Self {
        Self { name, figures }
    }
}

/// An evaluation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EvaluationReport {
    /// The protocol by which both sides were made.
    pub protocol: Protocol,
    /// The set of rows that were compared.
    pub rows: RowSet,
    /// The number of compared rows.
    pub compared: usize,
    /// The number of training rows, which define phi and the baselines.
    pub training: usize,
    /// The model first, then the baselines.
    pub lines: Vec<Line>,
    /// Figures of the plane as a whole.
    pub plane: PlaneFigures,
    /// The similarity of the settings of neighbours on the plane (training rows, encoder); `None` for too few rows.
    pub neighbours_in_settings: Option<Neighbourhood>,
    /// The similarity of the sounds of neighbours on the plane (training rows, encoder); `None` for too few rows.
    pub neighbours_in_sound: Option<Neighbourhood>,
}

impl Display for EvaluationReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let protocol = match self.protocol {
            Protocol::Clean => "clean",
            Protocol::Paper => "paper",
        };
        let rows = self.rows.name();
        writeln!(out, "{} {rows} rows, {} training rows, protocol {protocol}", self.compared, self.training)?;
        writeln!(out, "\n{:38} {:>6} {:>6} {:>6} {:>7} {:>8}", "", "A", "phi", "dB", "MSE", "accuracy")?;
        for Line { name, figures } in &self.lines {
            let Figures { mean_timbre, phi, level_db, mse, accuracy, .. } = figures;
            let or_dash = |value: &Option<f64>, digits: usize| {
                value.map_or_else(|| "–".to_owned(), |value| format!("{value:.digits$}"))
            };
            let (mse, accuracy) = (or_dash(mse, 4), or_dash(accuracy, 3));
            writeln!(out, "{name:38} {mean_timbre:6.2} {phi:6.3} {level_db:6.2} {mse:>7} {accuracy:>8}")?;
        }
        writeln!(out, "\nmean |difference| of each scale, in points, and its correlation")?;
        write!(out, "{:38}", "")?;
        for scale in Descriptor::SCALES {
            write!(out, " {:>11}", scale.name())?;
        }
        for Line { name, figures } in &self.lines {
            write!(out, "\n{name:38}")?;
            for (difference, correlation) in figures.timbre.iter().zip(&figures.correlation) {
                write!(out, " {difference:5.2} {correlation:5.2}")?;
            }
        }
        let PlaneFigures { known_inside, cells_occupied, mean_step, greatest_step, mean_timbre_step, .. } =
            self.plane;
        let PlaneFigures { greatest_timbre_step, class_flips, class_combinations, .. } = self.plane;
        let [settings, sound] = [self.neighbours_in_settings, self.neighbours_in_sound].map(|own| {
            let text = |Neighbourhood { trustworthiness, continuity }| {
                format!("{trustworthiness:.3} / {continuity:.3}")
            };
            own.map_or_else(|| "– / –".to_owned(), text)
        });
        writeln!(out, "\n\nthe square (presets: training and compared rows, by the encoder)")?;
        writeln!(out, "  presets inside [-4, 4]²                       {known_inside:.3}")?;
        writeln!(out, "  cells of 16 × 16 with a preset                {cells_occupied:.3}")?;
        writeln!(out, "  next cell of 50 × 50: columns, mean / most    {mean_step:.4} / {greatest_step:.2}")?;
        writeln!(
            out,
            "  the same: timbral scales, points              {mean_timbre_step:.2} / {greatest_timbre_step:.1}"
        )?;
        writeln!(
            out,
            "  the same: a class changes                     {class_flips:.3} ({class_combinations} combinations)"
        )?;
        writeln!(out, "  neighbours of the training rows alone:")?;
        writeln!(out, "  trustworthiness / continuity, settings        {settings}")?;
        write!(out, "  trustworthiness / continuity, sound           {sound}")
    }
}
