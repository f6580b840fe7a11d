//! The lines of a report: each has the figures of one method, of all sounds and of each. One table shows them.

use crate::estimate::{Estimate, estimates};
use crate::figure_column::ReportedFigures;
use serde::{Serialize, Serializer};
use std::fmt;

/// The least width of a column: an interval of two numbers with three decimals.
const LEAST_WIDTH: usize = 11;
/// The width of the methods' names.
const NAME_WIDTH: usize = 28;

/// The figures of a search or of a baseline.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(bound = "F: ReportedFigures + Serialize")]
pub struct ReportLine<F> {
    /// The method.
    pub name: String,
    /// The figures of the columns, in their order.
    #[serde(serialize_with = "by_key::<F, _>")]
    pub figures: Vec<Option<Estimate>>,
    /// The figures of each sound.
    pub each: Vec<F>,
}

impl<F: ReportedFigures> ReportLine<F> {
    /// A line from the figures of each sound.
    pub fn new(name: String, each: Vec<F>) -> Self {
        Self { name, figures: estimates(&each), each }
    }
}

fn by_key<F: ReportedFigures, S: Serializer>(
    figures: &[Option<Estimate>],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(F::COLUMNS.iter().map(|column| column.key).zip(figures))
}

/// Marks every answer that is nearer to its sound than that of the line `nearest`, except for that line.
pub(crate) fn mark_nearer<F: ReportedFigures>(figures: &mut [Vec<F>], nearest: usize) {
    let least: Vec<f64> = figures[nearest].iter().map(F::distance).collect();
    for (_, line) in figures.iter_mut().enumerate().filter(|(at, _)| *at != nearest) {
        for (figures, least) in line.iter_mut().zip(&least) {
            figures.set_nearer(figures.distance() < *least);
        }
    }
}

/// Writes the lines as a table, each figure above its interval.
pub(crate) fn write_lines<F: ReportedFigures>(
    out: &mut fmt::Formatter<'_>,
    title: &str,
    lines: &[ReportLine<F>],
) -> fmt::Result {
    let columns: Vec<_> = F::COLUMNS.iter().map(|column| (column.heading, column.decimals)).collect();
    write_table(out, title, &columns, lines.iter().map(|line| (line.name.as_str(), line.figures.as_slice())))
}

/// Writes named figures as a table, each above its interval. The columns are their headings and their decimals.
pub(crate) fn write_table<'a>(
    out: &mut fmt::Formatter<'_>,
    title: &str,
    columns: &[(&str, usize)],
    lines: impl Iterator<Item = (&'a str, &'a [Option<Estimate>])>,
) -> fmt::Result {
    let widest = columns.iter().map(|(heading, _)| heading.chars().count()).max();
    let width = widest.unwrap_or_default().max(LEAST_WIDTH);
    write!(out, "{title:NAME_WIDTH$}")?;
    columns.iter().try_for_each(|(heading, _)| write!(out, " {heading:>width$}"))?;
    for (name, figures) in lines {
        let mut row = |name: &str, text: fn(&Estimate, usize) -> String| {
            write!(out, "\n{name:NAME_WIDTH$}")?;
            figures.iter().zip(columns).try_for_each(|(figure, (_, decimals))| {
                let text = figure.as_ref().map(|figure| text(figure, *decimals));
                write!(out, " {:>width$}", text.as_deref().unwrap_or("–"))
            })
        };
        row(name, |figure, decimals| format!("{:.decimals$}", figure.value))?;
        row("", |figure, decimals| figure.interval_text(decimals, "–"))?;
    }
    Ok(())
}
