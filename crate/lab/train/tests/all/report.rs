//! Promises of the report of a training: it names the presets that it measured, and has a dash for figures that a
//! single preset cannot give.

use crate::banks::{folder, two_kinds};
use crate::common::tiny;
use train::{Settings, TrainOptions, train};

#[test]
fn the_report_says_its_grid_and_compares_one_preset_with_no_other() {
    let (banks, output) = (folder(&two_kinds(60)), tempfile::tempdir().expect("a temporary folder"));
    let settings = Settings { most_presets: [40, 1], ..tiny() };
    let options = TrainOptions {
        banks: banks.path().into(),
        output: output.path().into(),
        settings,
        ..TrainOptions::default()
    };
    let report = train(&options, &|_| {}).expect("a model");
    let text = report.to_string();
    let line = |words: &str| text.lines().find(|line| line.contains(words)).expect("a line").to_owned();
    // Steps between cells depend on how far these are apart.
    assert!(line("timbre step between").contains("4 × 4"), "{text}");
    assert!(line("the square").contains("4 × 4"), "{text}");
    assert!(line("shuffled").ends_with("–  –"), "{text}");
    let json: serde_json::Value =
        serde_json::from_slice(&std::fs::read(output.path().join("training.json")).expect("the report"))
            .expect("JSON");
    assert!(json["candidates"][0]["validation"]["shuffled"].is_null(), "{json}");
}
