//! Promises of the files in `models/`: they fit each other, they learned something, and the rows they
//! are tested with are those of the paper. Needs Debian's package `amsynth` for its banks.

use latent::coordinates::Coordinates;
use latent::presets::Presets;
use latent::{Decoder, Encoder};
use patch::encoding::encode;
use std::path::{Path, PathBuf};
use train::dataset::Dataset;
use train::figures::Comparison;
use train::split::Split;
use train::training::Columns;

fn banks() -> Dataset {
    let folder = Path::new("/usr/share/amsynth/banks");
    assert!(folder.is_dir(), "amSynth's banks are not installed: run `apt install amsynth` as root");
    Dataset::read(folder).expect("the banks of Debian's package")
}

fn model(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../models").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn comparison(dataset: &Dataset, rows: &[usize], training: &[usize]) -> Comparison {
    let mut encoder = Encoder::from_onnx(&model("encoder.onnx")).expect("the shipped encoder");
    let mut decoder = Decoder::from_onnx(&model("decoder.onnx")).expect("the shipped decoder");
    let columns = |rows: &[usize]| -> Vec<Columns> {
        rows.iter().map(|&row| encode(&dataset.rows[row].patch)).collect()
    };
    let guesses: Vec<Columns> = rows
        .iter()
        .map(|&row| {
            let point = encoder.encode(&dataset.rows[row].patch).expect("encoded").mean;
            decoder.columns(point).expect("decoded")
        })
        .collect();
    Comparison::new(&columns(rows), &guesses, &columns(training)).expect("rows to compare")
}

#[test]
fn the_split_is_the_papers_and_no_tested_patch_is_trained_on() {
    let dataset = banks();
    assert_eq!((dataset.banks.len(), dataset.rows.len(), dataset.distinct().len()), (28, 3482, 3303));
    let split = Split::new(&dataset);
    assert_eq!((split.test.len(), split.unseen.len()), (200, 765));
    let place = |row: usize| (dataset.banks[dataset.rows[row].bank].as_str(), dataset.rows[row].index);
    assert_eq!(place(split.test[0]), ("amsynth_factory.bank", 0));
    assert_eq!(place(split.test[26]), ("BriansBank07.amSynth.bank", 0));
    assert_eq!(place(split.test[199]), ("BriansBank14.amSynth.bank", 45));
    let columns = |row: &usize| encode(&dataset.rows[*row].patch);
    let tested: Vec<Columns> = split.test.iter().chain(&split.unseen).map(columns).collect();
    for row in &split.train {
        assert!(!tested.contains(&columns(row)), "{:?} is trained on and tested with", place(*row));
    }
}

#[test]
fn it_is_better_than_the_mean_patch_and_than_chance() {
    let dataset = banks();
    let split = Split::new(&dataset);
    // The unseen banks are of other authors and sessions: two numbers say little of their settings.
    for (rows, least_gain) in [(&split.test, 0.15), (&split.unseen, 0.01)] {
        let Comparison { model, training_mean, shuffled, .. } = comparison(&dataset, rows, &split.train);
        assert!(model.mse < (1.0 - least_gain) * training_mean.mse, "{model:?} {training_mean:?}");
        assert!(model.accuracy > training_mean.accuracy + 0.05, "{model:?} {training_mean:?}");
        assert!(model.mse < 0.9 * shuffled.mse, "{model:?} {shuffled:?}");
    }
}

#[test]
fn its_figures_are_those_in_the_report() {
    let dataset = banks();
    let split = Split::new(&dataset);
    let report: serde_json::Value = serde_json::from_slice(&model("training.json")).expect("a report");
    for (name, rows) in [("test", &split.test), ("unseen_banks", &split.unseen)] {
        let found = comparison(&dataset, rows, &split.train).model;
        for (figure, found) in [("mse", found.mse), ("accuracy", found.accuracy)] {
            let stated = report[name]["model"][figure].as_f64().expect("a figure");
            assert!((stated - found).abs() < 1e-3, "{name} {figure}: stated {stated}, found {found}");
        }
    }
}

#[test]
fn its_coordinates_belong_to_its_decoder_and_lie_on_the_square() {
    let table: Coordinates = serde_json::from_slice(&model("coordinates.json")).expect("the coordinates");
    assert_eq!(table.model, train::coordinates::fingerprint(&model("decoder.onnx")));
    assert_eq!(table.name.len(), 3303);
    let inside = table.x.iter().zip(&table.y).filter(|(x, y)| x.abs() <= 4.0 && y.abs() <= 4.0).count();
    assert!(inside as f64 >= 0.99 * 3303.0, "{inside} inside");
    for axis in [&table.x, &table.y] {
        for edge in [-3.0, 3.0] {
            assert!(axis.iter().any(|value| value * edge > 9.0), "nothing beyond {edge}");
        }
    }
}

#[test]
fn its_presets_are_the_patches_behind_the_coordinates() {
    let table: Coordinates = serde_json::from_slice(&model("coordinates.json")).expect("the coordinates");
    let presets = Presets::from_bytes(&model("presets.f32"), table.len()).expect("the presets");
    let dataset = banks();
    for row in 0..table.len() {
        let bank = &table.banks[usize::from(table.bank[row])];
        let same = |other: &&train::dataset::Row| {
            &dataset.banks[other.bank] == bank && other.index == usize::from(table.index[row])
        };
        let preset = dataset.rows.iter().find(same).expect("a preset of the banks");
        assert_eq!((presets.patch(row), &table.name[row]), (preset.patch, &preset.name));
    }
}

#[test]
fn its_decoder_is_small_enough_to_download() {
    assert!(model("decoder.onnx").len() <= 200_000);
}
