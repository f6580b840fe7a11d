//! Promises of a whole training: the same seed gives the same bytes, what ships is what was trained,
//! and the tables that are written fit together. Some hundred sounds are heard: about ten seconds.

mod common;

use common::{folder, tiny, two_kinds, write_bank};
use latent::coordinates::Coordinates;
use latent::presets::Presets;
use latent::{Decoder, Encoder};
use patch::Preset;
use patch::encoding::{CONTINUOUS, encode};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::path::Path;
use train::dense::{Autoencoder, Half};
use train::{Columns, Options, Settings, decoder_training, encoder_training, export, tensors, train};

const FILES: [&str; 5] = ["decoder.onnx", "encoder.onnx", "coordinates.json", "presets.f32", "training.json"];

fn trained(banks: &Path, seed: u64, settings: Settings) -> [Vec<u8>; 5] {
    let output = tempfile::tempdir().expect("a temporary folder");
    let options =
        Options { banks: banks.to_owned(), output: output.path().join("made/on the way"), seed, settings };
    train(&options, &mut |_| {}).expect("training");
    FILES.map(|name| std::fs::read(options.output.join(name)).expect("a written file"))
}

#[test]
fn the_same_seed_gives_the_same_bytes_with_any_number_of_threads_and_another_seed_does_not() {
    let banks = folder(&two_kinds(60));
    let first = trained(banks.path(), 7, tiny());
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool of threads");
    let again = one_thread.install(|| trained(banks.path(), 7, tiny()));
    assert!(first == again, "two trainings with one seed differ");
    let other = trained(banks.path(), 8, tiny());
    for (file, name) in FILES.iter().enumerate().filter(|&(_, &name)| name != "presets.f32") {
        assert!(first[file] != other[file], "{name} does not depend on the seed");
    }
}

#[test]
fn the_exported_files_compute_what_candle_computed() {
    let mut random = ChaCha8Rng::seed_from_u64(3);
    let presets = two_kinds(20);
    let rows: Vec<Columns> = presets.iter().map(|preset| encode(&preset.patch)).collect();
    let patches: Vec<_> = presets.iter().map(|preset| preset.patch).collect();
    let heard = ear::hear_all(&patches, || ());
    let hearing = ear::Hearing::fit(&heard);
    let spectra: Vec<[f32; ear::COMPONENT_COUNT]> = heard
        .iter()
        .map(|heard| hearing.coordinates(&hearing.sound(heard)))
        .map(|coordinates| std::array::from_fn(|at| coordinates[at]))
        .collect();
    let features: Vec<ear::Features> = heard.iter().map(|heard| heard.features).collect();
    let encoder = encoder_training::untrained(32, &mut random);
    let decoder = decoder_training::untrained(32, &mut random);

    let columns = tensors::rows_of(&rows).expect("a tensor");
    let spectra = tensors::rows_of(&spectra).expect("a tensor");
    let input = candle_core::Tensor::cat(&[columns, spectra], 1).expect("a tensor");
    let network = Half::fixed(&encoder).expect("tensors");
    let [mean, log_variance] = encoder_training::encode(&network, &input).expect("encoded");
    let means: Vec<Vec<f32>> = mean.to_vec2().expect("numbers");
    let log_variances: Vec<Vec<f32>> = log_variance.to_vec2().expect("numbers");
    let points: Vec<[f32; 2]> = means.iter().map(|mean| [mean[0], mean[1]]).collect();
    let decoded = decoder_training::decoded(&decoder, &points).expect("decoded");

    let weights = Autoencoder { encoder: encoder.reading(&hearing.spectrum_weights()), decoder };
    let (encoder_file, decoder_file) = (export::encoder(&weights, 3), export::decoder(&weights, 3));
    let mut encoder = Encoder::from_onnx(&encoder_file).expect("our own encoder");
    let mut decoder = Decoder::from_onnx(&decoder_file).expect("our own decoder");
    assert!(encoder.listens());
    for (row, preset) in presets.iter().enumerate() {
        let encoding = encoder.encode(&preset.patch, Some(&features[row])).expect("encoded");
        assert_close(&encoding.mean, &means[row]);
        assert_close(&encoding.log_variance, &log_variances[row]);
        let columns = decoder.columns(points[row]).expect("decoded");
        assert_close(&columns[..CONTINUOUS.len()], &decoded[row][..CONTINUOUS.len()]);
        assert_close(&columns[CONTINUOUS.len()..], &decoded[row][CONTINUOUS.len()..]);
    }
    for row in [0, 1, 10] {
        let outputs = latent::foreign::run(&encoder_file, &[&rows[row], &features[row]]).expect("any reader");
        assert_close(&outputs[0], &means[row]);
        assert_close(&outputs[1], &log_variances[row]);
        let outputs = latent::foreign::run(&decoder_file, &[&means[row]]).expect("any reader");
        assert_close(&outputs[0], &decoded[row]);
    }
}

#[track_caller]
fn assert_close(found: &[f32], expected: &[f32]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= 1e-4 * expected.abs().max(1.0), "{found} is not {expected}");
    }
}

/// The kinds differ in every class, in the attack and thus in sound: the point that the encoder gives must
/// tell them apart, and the decoder must sound more like the kind that is meant.
#[test]
fn a_short_training_learns_what_differs_most() {
    let banks = folder(&two_kinds(128));
    let settings = Settings {
        most_presets: [100, 20],
        surrogate_steps: [300, 100],
        decoder: decoder_training::DecoderLesson { steps: 300, ..tiny().decoder },
        decoder_steps: 150,
        encoder: encoder_training::EncoderLesson { steps: 300, ..tiny().encoder },
        grid: 6,
        plane_grid: 10,
        ..tiny()
    };
    let [.., report] = trained(banks.path(), 1, settings);
    let report: serde_json::Value = serde_json::from_slice(&report).expect("a report");
    let validation = &report["candidates"][0]["validation"];
    let phi = |name: &str| validation[name]["phi"].as_f64().expect("a figure");
    assert!(phi("encoder") < 0.8 * phi("shuffled"), "{validation}");
    assert!(phi("by_ear") < 0.9 * phi("constant"), "{validation}");
    assert!(phi("by_ear") < phi("encoder"), "{validation}");
}

#[test]
fn the_best_of_the_candidates_is_written() {
    let banks = folder(&two_kinds(60));
    let [.., report] = trained(banks.path(), 3, Settings { candidates: 3, ..tiny() });
    let report: serde_json::Value = serde_json::from_slice(&report).expect("a report");
    let candidates = report["candidates"].as_array().expect("candidates");
    let distance = |candidate: &serde_json::Value| candidate["validation"]["distance"].as_f64().expect("one");
    let best = candidates.iter().min_by(|a, b| distance(a).total_cmp(&distance(b))).expect("a candidate");
    let seeds: Vec<_> = candidates.iter().map(|candidate| &candidate["seed"]).collect();
    assert_eq!(seeds, [3, 4, 5]);
    assert_eq!(report["seed"], best["seed"]);
}

#[test]
fn the_coordinates_name_every_distinct_patch_once() {
    let mut presets = two_kinds(70);
    presets.push(Preset { name: "again".into(), patch: presets[4].patch });
    let banks = folder(&presets);
    write_bank(banks.path(), "a second.bank", &presets[..10]);
    let [decoder, _, coordinates, whole, report] = trained(banks.path(), 1, tiny());
    let whole = Presets::from_bytes(&whole, 70).expect("the presets behind the coordinates");
    let table: Coordinates = serde_json::from_slice(&coordinates).expect("a readable table");
    assert_eq!(table.banks, ["a second.bank", "made.bank"]);
    assert_eq!(table.name.len(), 70);
    assert_eq!(table.model, train::coordinates::fingerprint(&decoder));
    assert!(String::from_utf8_lossy(&report).contains(&table.model));
    for row in 0..70 {
        let preset = &presets[usize::from(table.index[row])];
        assert_eq!(table.name[row], preset.name);
        assert_eq!(whole.patch(row), preset.patch);
        assert_eq!(table.bank[row], u16::from(row >= 10));
        assert!(table.x[row].abs() <= 4.0 && table.y[row].abs() <= 4.0);
    }
}

#[test]
fn the_coordinates_are_the_encoders_points() {
    let presets = two_kinds(60);
    let banks = folder(&presets);
    let [_, encoder, coordinates, ..] = trained(banks.path(), 1, tiny());
    let table: Coordinates = serde_json::from_slice(&coordinates).expect("a readable table");
    let mut encoder = Encoder::from_onnx(&encoder).expect("our own encoder");
    for row in [0, 7, 59] {
        let patch = patch::encoding::learned(presets[row].patch);
        let features = ear::Ear::new().features(&patch);
        let mean = encoder.encode(&patch, Some(&features)).expect("encoded").mean;
        assert!((mean[0] - table.x[row]).abs() < 1e-4 && (mean[1] - table.y[row]).abs() < 1e-4);
    }
}

#[test]
fn presets_in_files_of_their_own_are_read_like_a_bank() {
    let presets = two_kinds(60);
    let banks = folder(&presets[..30]);
    for (at, preset) in presets[30..].iter().enumerate() {
        let path = banks.path().join(format!("single {at}.amSynthPreset"));
        std::fs::write(path, patch::file::write_preset(preset)).expect("a writable folder");
    }
    let [_, _, coordinates, ..] = trained(banks.path(), 1, tiny());
    let table: Coordinates = serde_json::from_slice(&coordinates).expect("a readable table");
    assert_eq!((table.len(), table.banks.len()), (60, 31));
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
    let (fitted, held_back) = split.held_back(&dataset);
    assert_eq!(held_back, [7, 15, 23, 31, 39, 47, 55, 63]);
    assert_eq!(fitted.len() + held_back.len(), 63);
}
