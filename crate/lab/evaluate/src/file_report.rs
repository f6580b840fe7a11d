//! The figures of answers for files as a table, with what is needed to look at the answers and to hear them.

use crate::file_figures::FileFigures;
use crate::match_report::MatchPicture;
use crate::report_line::{ReportLine, write_lines};
use crate::stereo_note::PlayedPatch;
use serde::Serialize;
use std::fmt::{self, Display};

/// The sounds that are named as the farthest, and pictured.
pub const FARTHEST_COUNT: usize = 5;

/// The figures of a set of files.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileReport {
    /// The set.
    pub matched: String,
    /// The names of the sounds.
    pub names: Vec<String>,
    /// Known presets, from which searches start.
    pub known: usize,
    /// Files that cannot be matched, each with the reason.
    pub refused: Vec<(String, String)>,
    /// Searches first, then baselines.
    pub lines: Vec<ReportLine<FileFigures>>,
    /// The positions of the sounds whose answers after the most renders are farthest by the mel spectra, the farthest
    /// first.
    pub farthest: Vec<usize>,
    /// The answers after the most renders, each until its file ends.
    #[serde(skip)]
    pub answers: Vec<PlayedPatch>,
    /// Sounds that were fixed beforehand: the first of each quarter.
    #[serde(skip)]
    pub pictures: Vec<MatchPicture>,
    /// The farthest sounds.
    #[serde(skip)]
    pub farthest_pictures: Vec<MatchPicture>,
}

impl Display for FileReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { matched, names, known, refused, lines, farthest, .. } = self;
        writeln!(out, "{} {matched}, given as files, {known} known presets", names.len())?;
        if !refused.is_empty() {
            writeln!(
                out,
                "{} more that cannot be matched, first {}: {}",
                refused.len(),
                refused[0].0,
                refused[0].1
            )?;
        }
        writeln!(out)?;
        write_lines(out, "medians, 95 % intervals", lines)?;
        let farthest: Vec<&str> = farthest.iter().map(|&at| names[at].as_str()).collect();
        write!(out, "\nfarthest: {}", farthest.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_names_its_columns_the_refused_and_the_farthest() {
        let report = FileReport {
            matched: "plain sounds".to_owned(),
            names: ["plain 0", "plain 1"].map(str::to_owned).to_vec(),
            known: 7,
            refused: vec![("silence.wav".to_owned(), "it is silent".to_owned())],
            lines: vec![ReportLine::new("300 renders".to_owned(), Vec::new())],
            farthest: vec![1, 0],
            answers: Vec::new(),
            pictures: Vec::new(),
            farthest_pictures: Vec::new(),
        };
        let text = report.to_string();
        for part in ["2 plain sounds", "7 known", "silence.wav", "log-mel", "300 renders", "plain 1, plain 0"]
        {
            assert!(text.contains(part), "“{part}” is missing in {text}");
        }
    }
}
