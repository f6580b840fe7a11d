//! The columns of a table of answers: each sums up one figure of all sounds.

/// The figures of one answer, as a report's table shows them.
pub trait ReportedFigures: Sized + 'static {
    /// The columns of the table.
    const COLUMNS: &'static [FigureColumn<Self>];

    /// The distance from the sound by which the nearest known preset is told.
    fn distance(&self) -> f64;

    /// Takes whether the answer is nearer than the nearest known preset.
    fn set_nearer(&mut self, is_nearer: bool);
}

/// A column of the table.
pub struct FigureColumn<F> {
    /// Its name in JSON.
    pub key: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// Decimals that are shown.
    pub decimals: usize,
    /// The figure of some sounds; `None` if none of them has it.
    pub value: fn(&[&F]) -> Option<f64>,
}

/// A column.
pub(crate) const fn column<F>(
    key: &'static str,
    heading: &'static str,
    decimals: usize,
    value: fn(&[&F]) -> Option<f64>,
) -> FigureColumn<F> {
    FigureColumn { key, heading, decimals, value }
}

/// The mean.
pub(crate) fn mean<F>(all: &[&F], figure: fn(&F) -> f64) -> Option<f64> {
    (!all.is_empty()).then(|| all.iter().map(|own| figure(own)).sum::<f64>() / all.len() as f64)
}

/// The sum of the first numbers as a share of the sum of the second ones.
pub(crate) fn ratio<F>(all: &[&F], parts: fn(&F) -> [f64; 2]) -> Option<f64> {
    let sum = |part: usize| all.iter().map(|own| parts(own)[part]).sum::<f64>();
    (!all.is_empty()).then(|| sum(0) / sum(1))
}

/// The median of the sounds that have the figure: between two values their mean.
pub(crate) fn median<F>(all: &[&F], figure: fn(&F) -> Option<f64>) -> Option<f64> {
    let values = sorted(all, figure);
    let middle = values.len() / 2;
    let lower = if values.len().is_multiple_of(2) { middle.checked_sub(1)? } else { middle };
    Some(0.5 * (values[lower] + values[middle]))
}

/// The median of the sounds that have the figure: of two values the greater one.
pub(crate) fn upper_median<F>(all: &[&F], figure: fn(&F) -> Option<f64>) -> Option<f64> {
    let values = sorted(all, figure);
    values.get(values.len() / 2).copied()
}

/// The share of the sounds with an answer of which it is true.
pub(crate) fn share<F>(all: &[&F], is_so: fn(&F) -> Option<bool>) -> Option<f64> {
    let answers: Vec<bool> = all.iter().filter_map(|own| is_so(own)).collect();
    let true_ones = answers.iter().filter(|answer| **answer).count();
    (!answers.is_empty()).then(|| true_ones as f64 / answers.len() as f64)
}

fn sorted<F>(all: &[&F], figure: fn(&F) -> Option<f64>) -> Vec<f64> {
    let mut values: Vec<f64> = all.iter().filter_map(|own| figure(own)).collect();
    values.sort_by(f64::total_cmp);
    values
}
