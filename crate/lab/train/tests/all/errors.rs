//! Promises for faulty input: one sentence that names the place, and the old files unchanged.

use crate::banks::{folder, two_kinds};
use crate::common::tiny;
use dataset::DatasetError;
use patch::{Parameter, Preset};
use std::path::Path;
use train::{Settings, TrainError, TrainOptions, train};

/// Trains; panics if the training has begun, since it must find these faults before.
fn refused(banks: &Path, output: &Path) -> TrainError {
    let options = TrainOptions {
        banks: banks.to_owned(),
        output: output.to_owned(),
        settings: tiny(),
        ..TrainOptions::default()
    };
    train(&options, &|_| panic!("training has begun")).expect_err("an error")
}

/// An output folder with an old model.
fn output_with_a_model() -> tempfile::TempDir {
    let output = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(output.path().join("decoder.onnx"), "of before").expect("a writable folder");
    output
}

fn assert_untouched(output: &Path) {
    let names: Vec<_> = std::fs::read_dir(output)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(names, ["decoder.onnx"]);
    assert_eq!(std::fs::read_to_string(output.join("decoder.onnx")).expect("the file"), "of before");
}

#[test]
fn a_folder_without_banks() {
    let (banks, output) = (tempfile::tempdir().expect("a temporary folder"), output_with_a_model());
    std::fs::write(banks.path().join("notes.txt"), "no bank").expect("a writable folder");
    let error = refused(banks.path(), output.path());
    assert!(matches!(error, TrainError::Banks(DatasetError::NoBanks { .. })), "{error}");
    assert!(error.to_string().contains(&banks.path().display().to_string()), "{error}");
    assert_untouched(output.path());
}

#[test]
fn a_folder_that_does_not_exist() {
    let output = output_with_a_model();
    let error = refused(Path::new("/no such folder"), output.path());
    assert!(error.to_string().contains("/no such folder"), "{error}");
    assert_untouched(output.path());
}

#[test]
fn an_invalid_bank_is_named_with_its_line() {
    let (banks, output) = (folder(&two_kinds(100)), output_with_a_model());
    let text = std::fs::read_to_string(banks.path().join("made.bank")).expect("the bank");
    let broken: Vec<&str> = text
        .lines()
        .enumerate()
        .map(|(at, line)| if at == 4 { "<parameter> amp_attack loud" } else { line })
        .collect();
    std::fs::write(banks.path().join("made.bank"), broken.join("\n")).expect("a writable folder");
    let message = refused(banks.path(), output.path()).to_string();
    assert!(message.contains("made.bank") && message.contains("line 5"), "{message}");
    assert_untouched(output.path());
}

#[test]
fn a_bank_that_is_no_text() {
    let (banks, output) = (folder(&two_kinds(100)), output_with_a_model());
    std::fs::write(banks.path().join("noise.bank"), [0xff, 0xfe, 0, 1]).expect("a writable folder");
    let message = refused(banks.path(), output.path()).to_string();
    assert!(message.contains("noise.bank"), "{message}");
    assert_untouched(output.path());
}

#[test]
fn too_few_presets_however_often_they_are_repeated() {
    let mut presets = two_kinds(49);
    presets.extend_from_within(..);
    let (banks, output) = (folder(&presets), output_with_a_model());
    let error = refused(banks.path(), output.path());
    assert!(matches!(error, TrainError::TooFewPresets { found: 49, .. }), "{error}");
    assert!(error.to_string().contains("at least 50"), "{error}");
    assert_untouched(output.path());
}

#[test]
fn presets_that_differ_only_in_fixed_parameters_count_once() {
    let patch = two_kinds(1)[0].patch;
    let loud = |at: usize| {
        let mut patch = patch;
        patch.set(Parameter::MasterVol, at as f32 / 60.0);
        Preset { name: format!("volume {at}"), patch }
    };
    let (banks, output) = (folder(&(0..60).map(loud).collect::<Vec<_>>()), output_with_a_model());
    let error = refused(banks.path(), output.path());
    assert!(matches!(error, TrainError::TooFewToLearnFrom { found: 0, .. }), "{error}");
    let message = error.to_string();
    assert!(message.contains("count once") && message.contains("add banks"), "{message}");
    assert_untouched(output.path());
}

/// Fifty presets are the least that is accepted: the rows that remain of them to learn from must be accepted, too.
#[test]
fn the_least_number_of_presets_is_enough() {
    let (banks, output) = (folder(&two_kinds(50)), tempfile::tempdir().expect("a temporary folder"));
    let options = TrainOptions {
        banks: banks.path().into(),
        output: output.path().into(),
        settings: tiny(),
        ..TrainOptions::default()
    };
    train(&options, &|_| {}).expect("a model");
}

#[test]
fn an_output_that_is_no_folder_fails_before_training() {
    let banks = folder(&two_kinds(60));
    let output = tempfile::NamedTempFile::new().expect("a temporary file");
    let error = refused(banks.path(), output.path());
    assert!(matches!(error, TrainError::Write(_)), "{error}");
    assert!(error.to_string().contains(&output.path().display().to_string()), "{error}");
}

#[test]
fn no_candidates() {
    let (banks, output) = (folder(&two_kinds(60)), output_with_a_model());
    let settings = Settings { candidates: 0, ..tiny() };
    let options = TrainOptions {
        banks: banks.path().into(),
        output: output.path().into(),
        settings,
        ..TrainOptions::default()
    };
    let error = train(&options, &|_| {}).expect_err("an error");
    assert!(error.to_string().contains("at least 1"), "{error}");
    assert_untouched(output.path());
}

#[test]
fn a_failed_rename_leaves_no_partial_file() {
    let (banks, output) = (folder(&two_kinds(60)), tempfile::tempdir().expect("a temporary folder"));
    std::fs::create_dir(output.path().join("decoder.onnx")).expect("a folder in the file's place");
    let options = TrainOptions {
        banks: banks.path().into(),
        output: output.path().into(),
        settings: tiny(),
        ..TrainOptions::default()
    };
    let error = train(&options, &|_| {}).expect_err("an error");
    assert!(error.to_string().contains("decoder.onnx"), "{error}");
    assert_eq!(std::fs::read_dir(output.path()).expect("the folder").count(), 1, "something was left behind");
}
