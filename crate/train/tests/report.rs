//! Promises of the report of a training: what it measured on.

mod common;

use common::{folder, tiny, two_kinds};
use train::{TrainOptions, train};

#[test]
fn the_report_says_its_grid() {
    let (banks, output) = (folder(&two_kinds(60)), tempfile::tempdir().expect("a temporary folder"));
    let options = TrainOptions {
        banks: banks.path().into(),
        output: output.path().into(),
        settings: tiny(),
        ..TrainOptions::default()
    };
    let report = train(&options, &|_| {}).expect("a model");
    let text = report.to_string();
    let line = |words: &str| text.lines().find(|line| line.contains(words)).expect("a line").to_owned();
    // Steps between cells depend on how far these are apart.
    assert!(line("timbre step between").contains("4 × 4"), "{text}");
    assert!(line("the square").contains("4 × 4"), "{text}");
}
