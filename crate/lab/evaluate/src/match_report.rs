//! The figures of matched sounds as a table.

use crate::match_figures::MatchFigures;
use crate::report_line::{ReportLine, write_lines};
use serde::Serialize;
use std::fmt::{self, Display};

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
    pub lines: Vec<ReportLine<MatchFigures>>,
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

impl Display for MatchReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { matched, names, training, lines, .. } = self;
        writeln!(out, "{} {matched}, {training} known presets\n", names.len())?;
        write_lines(out, "below: 95 % intervals", lines)
    }
}
