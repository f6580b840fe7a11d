//! The figures of matched sounds as a table.

use crate::match_figures::{COLUMN_COUNT, COLUMNS, Estimate, MatchFigures, estimates};
use serde::{Serialize, Serializer};
use std::fmt::{self, Display};

/// The figures of a search or of a baseline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatchLine {
    /// The method that guesses.
    pub name: String,
    /// The figures of the columns, in their order.
    #[serde(serialize_with = "by_key")]
    pub figures: [Option<Estimate>; COLUMN_COUNT],
    /// The figures of each sound.
    pub each: Vec<MatchFigures>,
}

impl MatchLine {
    /// A line from the figures of each sound.
    pub fn new(name: String, each: Vec<MatchFigures>) -> Self {
        Self { name, figures: estimates(&each), each }
    }
}

/// The figures of a set of sounds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatchReport {
    /// The set that was matched.
    pub matched: String,
    /// The names of the sounds.
    pub names: Vec<String>,
    /// Known presets: the training rows.
    pub training: usize,
    /// Networks and searches first, then baselines.
    pub lines: Vec<MatchLine>,
    /// Four targets with their best guesses.
    #[serde(skip)]
    pub pictures: Vec<MatchPicture>,
}

/// Spectrograms to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchPicture {
    /// The sound's name.
    pub name: String,
    /// The spectrograms of the target and of the guess: for each frame of 25 ms, every 12.5 ms, the levels of 64 mel
    /// bands relative to the sound's loudest one, 0 to −80 dB.
    pub levels_db: [Vec<Vec<f32>>; 2],
}

fn by_key<S: Serializer>(
    figures: &[Option<Estimate>; COLUMN_COUNT],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(COLUMNS.iter().map(|column| column.key).zip(figures))
}

impl Display for MatchReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { matched, names, training, lines, .. } = self;
        writeln!(out, "{} {matched}, {training} known presets", names.len())?;
        write!(out, "\n{:28}", "below: 95 % intervals")?;
        COLUMNS.iter().try_for_each(|column| write!(out, " {:>11}", column.heading))?;
        for MatchLine { name, figures, .. } in lines {
            let cells = |out: &mut fmt::Formatter<'_>, text: &dyn Fn(&Estimate, usize) -> String| {
                figures.iter().zip(&COLUMNS).try_for_each(|(figure, column)| {
                    let text = figure.as_ref().map(|figure| text(figure, column.decimals));
                    write!(out, " {:>11}", text.as_deref().unwrap_or("–"))
                })
            };
            write!(out, "\n{name:28}")?;
            cells(out, &|figure, decimals| format!("{:.decimals$}", figure.value))?;
            write!(out, "\n{:28}", "")?;
            cells(out, &|figure, decimals| figure.interval_text(decimals, "–"))?;
        }
        Ok(())
    }
}
