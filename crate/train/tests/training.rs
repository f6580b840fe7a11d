//! Promises of a whole training: the same seed gives the same bytes, what ships is what was trained,
//! no class is out of reach, and the tables that are written fit together.

mod common;

use common::{folder, two_kinds, write_bank};
use latent::coordinates::Coordinates;
use latent::presets::Presets;
use latent::{Decoder, Encoder};
use patch::Preset;
use patch::encoding::{CATEGORICAL, CONTINUOUS, encode};
use std::path::Path;
use train::dense::{Autoencoder, Dense};
use train::network::Layer;
use train::training::{Columns, fit, tensor};
use train::{Options, Settings, export, train};

const FILES: [&str; 5] = ["decoder.onnx", "encoder.onnx", "coordinates.json", "presets.f32", "training.json"];

fn trained(banks: &Path, seed: u64) -> [Vec<u8>; 4] {
    let output = tempfile::tempdir().expect("a temporary folder");
    let options = Options {
        banks: banks.to_owned(),
        output: output.path().join("made/on the way"),
        seed,
        epochs: 2,
        settings: Settings::default(),
    };
    train(&options, &mut |_| {}).expect("training");
    FILES.map(|name| std::fs::read(options.output.join(name)).expect("a written file"))
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_does_not() {
    let banks = folder(&two_kinds(120));
    let first = trained(banks.path(), 7);
    assert!(first == trained(banks.path(), 7), "two trainings with one seed differ");
    let other = trained(banks.path(), 8);
    for (file, name) in FILES.iter().enumerate() {
        assert!(first[file] != other[file], "{name} does not depend on the seed");
    }
}

#[test]
fn the_exported_files_compute_what_candle_computed() {
    let rows: Vec<Columns> = two_kinds(100).iter().map(|preset| encode(&preset.patch)).collect();
    let weights = fit(&rows, 3, 5, &Settings::default(), &mut |_| {}).expect("training");
    let network = Autoencoder::<Layer>::new(&weights).expect("tensors");
    let [mean, log_variance] = network.encode(&tensor(&rows).expect("a tensor")).expect("encoded");
    let [continuous, logits] = network.decode(&mean).expect("decoded");
    let means: Vec<Vec<f32>> = mean.to_vec2().expect("numbers");
    let log_variances: Vec<Vec<f32>> = log_variance.to_vec2().expect("numbers");
    let continuous: Vec<Vec<f32>> = continuous.to_vec2().expect("numbers");
    let logits: Vec<Vec<f32>> = logits.to_vec2().expect("numbers");

    let (encoder_file, decoder_file) = (export::encoder(&weights, 3), export::decoder(&weights, 3));
    let mut encoder = Encoder::from_onnx(&encoder_file).expect("our own encoder");
    let mut decoder = Decoder::from_onnx(&decoder_file).expect("our own decoder");
    for (row, preset) in two_kinds(100).iter().enumerate() {
        let encoding = encoder.encode(&preset.patch).expect("encoded");
        assert_close(&encoding.mean, &means[row]);
        assert_close(&encoding.log_variance, &log_variances[row]);
        let columns = decoder.columns([means[row][0], means[row][1]]).expect("decoded");
        assert_close(&columns[..CONTINUOUS.len()], &continuous[row]);
        assert_close(&columns[CONTINUOUS.len()..], &logits[row]);
    }
    for row in [0, 1, 50] {
        let outputs = latent::foreign::run(&encoder_file, &rows[row]).expect("any ONNX reader can run it");
        assert_close(&outputs[0], &means[row]);
        assert_close(&outputs[1], &log_variances[row]);
        let outputs = latent::foreign::run(&decoder_file, &means[row]).expect("any ONNX reader can run it");
        assert_close(&outputs[0][..CONTINUOUS.len()], &continuous[row]);
        assert_close(&outputs[0][CONTINUOUS.len()..], &logits[row]);
    }
}

fn assert_close(found: &[f32], expected: &[f32]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= 1e-5 * expected.abs().max(1.0), "{found} is not {expected}");
    }
}

#[test]
fn stretching_the_plane_changes_no_reconstruction() {
    let presets = two_kinds(100);
    let rows: Vec<Columns> = presets.iter().map(|preset| encode(&preset.patch)).collect();
    let weights = fit(&rows, 3, 5, &Settings::default(), &mut |_| {}).expect("training");
    let mut stretched = weights.clone();
    let (before, deviations) = reconstructions(&weights, &presets);
    let axis = |values: [f32; 2]| train::scale::Stretch::fitting(values.to_vec());
    train::scale::fold(&mut stretched, [axis([-0.5, 1.5]), axis([1.0, 17.0])]);
    let (after, stretched_deviations) = reconstructions(&stretched, &presets);
    for (before, after) in before.iter().zip(&after) {
        assert_close(after, before);
    }
    for (before, after) in deviations.iter().zip(&stretched_deviations) {
        assert_close(after, &[4.0 * before[0], 0.5 * before[1]]);
    }
}

/// Decoded columns of the encoded means; standard deviations of the encodings.
fn reconstructions(weights: &Autoencoder<Dense>, presets: &[Preset]) -> (Vec<Columns>, Vec<[f32; 2]>) {
    let mut encoder = Encoder::from_onnx(&export::encoder(weights, 0)).expect("our own encoder");
    let mut decoder = Decoder::from_onnx(&export::decoder(weights, 0)).expect("our own decoder");
    let both = presets.iter().map(|preset| {
        let encoding = encoder.encode(&preset.patch).expect("encoded");
        let columns = decoder.columns(encoding.mean).expect("decoded");
        (columns, encoding.log_variance.map(|variance| (0.5 * variance).exp()))
    });
    both.unzip()
}

#[test]
fn the_last_class_of_every_categorical_can_be_chosen() {
    let presets = two_kinds(128);
    let rows: Vec<Columns> = presets.iter().map(|preset| encode(&preset.patch)).collect();
    let weights = fit(&rows, 1, 60, &Settings::default(), &mut |_| {}).expect("training");
    let mut encoder = Encoder::from_onnx(&export::encoder(&weights, 1)).expect("our own encoder");
    let mut decoder = Decoder::from_onnx(&export::decoder(&weights, 1)).expect("our own decoder");
    for parameter in CATEGORICAL {
        for (kind, preset) in presets.iter().enumerate().take(20) {
            let point = encoder.encode(&preset.patch).expect("encoded").mean;
            let class = decoder.decode(point).expect("decoded").get(parameter);
            let expected = if kind.is_multiple_of(2) { parameter.info().min } else { parameter.info().max };
            assert_eq!(class, expected, "{} of {}", parameter.name(), preset.name);
        }
    }
}

#[test]
fn progress_is_told_after_every_epoch_and_the_loss_falls() {
    let rows: Vec<Columns> = two_kinds(128).iter().map(|preset| encode(&preset.patch)).collect();
    let mut told = Vec::new();
    fit(&rows, 1, 30, &Settings::default(), &mut |progress| told.push(progress)).expect("training");
    assert_eq!(told.iter().map(|progress| progress.epoch).collect::<Vec<_>>(), (1..=30).collect::<Vec<_>>());
    assert!(told[29].loss < 0.5 * told[0].loss, "{} → {}", told[0].loss, told[29].loss);
    assert!(told[29].accuracy > 0.9, "{}", told[29].accuracy);
}

#[test]
fn the_coordinates_name_every_distinct_patch_once_and_where_the_encoder_puts_it() {
    let mut presets = two_kinds(70);
    presets.push(Preset { name: "again".into(), patch: presets[4].patch });
    let banks = folder(&presets);
    write_bank(banks.path(), "a second.bank", &presets[..10]);
    let [decoder, encoder, coordinates, whole, report] = trained(banks.path(), 1);
    let whole = Presets::from_bytes(&whole, 70).expect("the presets behind the coordinates");
    let table: Coordinates = serde_json::from_slice(&coordinates).expect("a readable table");
    assert_eq!(table.banks, ["a second.bank", "made.bank"]);
    assert_eq!(table.name.len(), 70);
    assert_eq!(table.model, train::coordinates::fingerprint(&decoder));
    assert!(String::from_utf8_lossy(&report).contains(&table.model));
    let mut encoder = Encoder::from_onnx(&encoder).expect("our own encoder");
    for row in 0..70 {
        let preset = &presets[usize::from(table.index[row])];
        assert_eq!(table.name[row], preset.name);
        assert_eq!(whole.patch(row), preset.patch);
        assert_eq!(table.bank[row], u16::from(row >= 10));
        let mean = encoder.encode(&preset.patch).expect("encoded").mean;
        assert!((mean[0] - table.x[row]).abs() < 1e-4 && (mean[1] - table.y[row]).abs() < 1e-4);
    }
    let inside = table.x.iter().zip(&table.y).filter(|(x, y)| x.abs() <= 4.0 && y.abs() <= 4.0).count();
    assert!(inside as f64 >= 0.99 * 70.0, "{inside} of 70 inside");
}

#[test]
fn banks_of_ones_own_are_tested_with_their_first_tenth() {
    let mut presets = two_kinds(70);
    presets.push(Preset { name: "again".into(), patch: presets[4].patch });
    let mut louder = presets[2].patch;
    louder.set(patch::Parameter::MasterVol, 0.0);
    presets.push(Preset { name: "differs in volume alone".into(), patch: louder });
    let dataset = train::dataset::Dataset::read(folder(&presets).path()).expect("a bank");
    let split = train::split::Split::new(&dataset);
    assert_eq!(split.test, (0..7).collect::<Vec<_>>());
    assert_eq!(split.train, (7..70).collect::<Vec<_>>());
    assert!(split.unseen.is_empty());
}
