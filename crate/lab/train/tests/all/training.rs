//! Promises of a whole training: the same seed gives the same bytes, the exported networks compute the same as the
//! trained ones, and the written tables match. Some hundred sounds are rendered: about ten seconds.

use crate::banks::{folder, two_kinds, write_bank};
use crate::common::tiny;
use model::{PatchDecoder, PatchEncoder};
use patch::Preset;
use patch::encoding::CONTINUOUS;
use plane::Point;
use plane::coordinates::Coordinates;
use plane::presets::Presets;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;
use train::export::Provenance;
use train::posterior::{Posterior, SCALES_WEIGHT, STEP, TEMPERATURE};
use train::{Settings, TrainOptions, decoder_training, export, train};

const FILES: [&str; 7] = [
    "decoder.onnx",
    "encoder.onnx",
    "coordinates.json",
    "presets.bin",
    "sounds.bin",
    "preset_sounds.bin",
    "training.json",
];

fn provenance() -> Provenance {
    Provenance { seed: 3, source: "a test".to_owned() }
}

fn trained(banks: &Path, seed: u64, settings: Settings) -> [Vec<u8>; FILES.len()] {
    let output = tempfile::tempdir().expect("a temporary folder");
    let options = TrainOptions {
        banks: banks.to_owned(),
        output: output.path().join("made/on the way"),
        seed,
        settings,
    };
    train(&options, &|_| {}).expect("training");
    FILES.map(|name| std::fs::read(options.output.join(name)).expect("a written file"))
}

/// Sixty presets, one of them twice under two names and ten of them in two banks, and a training on them, which three
/// tests read.
static SHARED: LazyLock<(Vec<Preset>, TempDir, [Vec<u8>; FILES.len()])> = LazyLock::new(|| {
    let mut presets = two_kinds(60);
    presets.push(Preset { name: "again".into(), patch: presets[4].patch });
    let banks = folder(&presets);
    write_bank(banks.path(), "a second.bank", &presets[..10]);
    let files = trained(banks.path(), 7, tiny());
    (presets, banks, files)
});

#[test]
fn the_same_seed_gives_the_same_bytes_with_any_number_of_threads_and_another_seed_does_not() {
    let (_, banks, first) = &*SHARED;
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool of threads");
    let again = one_thread.install(|| trained(banks.path(), 7, tiny()));
    assert!(*first == again, "two trainings with one seed differ");
    let other = trained(banks.path(), 8, tiny());
    // The presets and their sounds depend on the banks alone.
    let of_banks = ["presets.bin", "preset_sounds.bin"];
    for (file, name) in FILES.iter().enumerate().filter(|(_, name)| !of_banks.contains(name)) {
        assert!(first[file] != other[file], "{name} does not depend on the seed");
    }
}

#[test]
fn the_exported_decoder_computes_what_candle_computed() {
    let decoder = decoder_training::untrained(32, &mut ChaCha8Rng::seed_from_u64(3));
    let points: Vec<Point> =
        (0..20).map(|at| Point { x: 0.4 * at as f32 - 4.0, y: 3.0 - 0.3 * at as f32 }).collect();
    let decoded = decoder_training::decoded(&decoder, &points).expect("decoded");
    let file = export::decoder(&decoder, &provenance());
    let mut decoder = PatchDecoder::from_onnx(&file).expect("our own decoder");
    for (point, expected) in points.iter().zip(&decoded) {
        let columns = decoder.columns(*point).expect("decoded");
        assert_close(&columns[..CONTINUOUS.len()], &expected[..CONTINUOUS.len()]);
        assert_close(&columns[CONTINUOUS.len()..], &expected[CONTINUOUS.len()..]);
        let outputs = model::generic::run(&file, &[&<[f32; 2]>::from(*point)]).expect("any reader");
        assert_close(&outputs[0], expected);
    }
}

/// Bayes' rule by hand, in double precision, for the sounds of twenty patches on a plane of 6 × 6 points.
#[test]
fn the_exported_encoder_gives_the_mean_and_variance_of_the_posterior() {
    let patches: Vec<_> = two_kinds(56).iter().map(|preset| preset.patch).collect();
    let all = features::extract_all(&patches, || ());
    let metric = features::PerceptualDistance::fit(&all);
    let (plane, others) = all.split_at(36);
    let file = export::encoder(&Posterior::new(&metric, plane, 6), &provenance());
    let mut encoder = PatchEncoder::from_onnx(&file).expect("our own encoder");
    assert!(encoder.needs_features());
    let coordinates = |sound: &features::AudioFeatures| -> Vec<f64> {
        let spectrum = metric.coordinates(&metric.project(sound));
        let spectrum = spectrum.into_iter().take(features::COMPONENT_COUNT).map(f64::from);
        spectrum.chain(sound.scales().map(|scale| scale * f64::from(SCALES_WEIGHT).sqrt())).collect()
    };
    let rounded = |value: &f64| (value / f64::from(STEP)).round() * f64::from(STEP);
    let points: Vec<[f32; 2]> = plane::map::Map::points(6, 4.0).map(Into::into).collect();
    let judged = [true, false];
    for (patch, sound, judged) in
        patches[36..].iter().zip(others).flat_map(|(a, b)| judged.map(|c| (a, b, c)))
    {
        let wanted = coordinates(sound);
        let compared = if judged { wanted.len() } else { features::COMPONENT_COUNT };
        let numbers = features::feature_vector(&sound.spectrum, judged.then(|| sound.scales()));
        let squares: Vec<f64> = plane
            .iter()
            .map(|place| {
                coordinates(place)
                    .iter()
                    .zip(&wanted)
                    .take(compared)
                    .map(|(a, b)| (rounded(a) - b).powi(2))
                    .sum()
            })
            .collect();
        let least = squares.iter().copied().fold(f64::INFINITY, f64::min);
        let weights: Vec<f64> =
            squares.iter().map(|square| ((least - square) / f64::from(TEMPERATURE)).exp()).collect();
        let total: f64 = weights.iter().sum();
        let mean_of = |of: &dyn Fn(f64) -> f64| -> [f64; 2] {
            [0, 1].map(|axis| {
                let terms = points.iter().zip(&weights);
                terms.map(|(point, weight)| of(f64::from(point[axis])) * weight / total).sum()
            })
        };
        let mean = mean_of(&|axis| axis);
        let squares = mean_of(&|axis| axis * axis);
        let found = encoder.encode(patch, Some(&numbers)).expect("encoded");
        let found_mean = <[f32; 2]>::from(found.mean);
        for axis in [0, 1] {
            assert!((f64::from(found_mean[axis]) - mean[axis]).abs() < 0.01, "{found:?}, {mean:?}");
            let variance = squares[axis] - mean[axis] * mean[axis] + 1.6 * 1.6 / 12.0;
            let found_variance = f64::from(found.log_variance[axis]).exp();
            assert!((found_variance - variance).abs() < 0.05, "{found_variance} is not {variance}");
        }
        let outputs = model::generic::run(&file, &[&numbers]).expect("any reader");
        assert_close(&outputs[0], &found_mean);
        assert_close(&outputs[1], &found.log_variance);
    }
}

#[track_caller]
fn assert_close(found: &[f32], expected: &[f32]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= 1e-4 * expected.abs().max(1.0), "{found} is not {expected}");
    }
}

/// The kinds differ in every class, in the attack and thus in sound. The encoder must give them different points, and
/// the decoder's patch at such a point must sound more like the kind of that point.
#[test]
fn a_short_training_learns_what_differs_most() {
    let banks = folder(&two_kinds(128));
    let settings = Settings {
        most_presets: [100, 20],
        surrogate_steps: [300, 100],
        decoder: decoder_training::DecoderSchedule { steps: 300, ..tiny().decoder },
        decoder_steps: 150,
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
    let unexplained = |candidate: &serde_json::Value| -> f64 {
        let phi = |place: &str| candidate["validation"][place]["phi"].as_f64().expect("a figure");
        phi("encoder") + phi("by_ear")
    };
    let best =
        candidates.iter().min_by(|a, b| unexplained(a).total_cmp(&unexplained(b))).expect("a candidate");
    let seeds: Vec<_> = candidates.iter().map(|candidate| &candidate["seed"]).collect();
    assert_eq!(seeds, [3, 4, 5]);
    assert_eq!(report["seed"], best["seed"]);
}

#[test]
fn the_coordinates_name_every_distinct_patch_once() {
    let (presets, banks, [decoder, _, coordinates, whole, _, _, report]) = &*SHARED;
    let whole = Presets::for_rows(whole, 60).expect("the presets behind the coordinates");
    let table: Coordinates = serde_json::from_slice(coordinates).expect("a readable table");
    assert_eq!(table.banks, ["a second.bank", "made.bank"]);
    // The report identifies the training rows, so that an evaluation can warn about them.
    let written_report: serde_json::Value = serde_json::from_slice(report).expect("a report");
    let dataset = dataset::Dataset::read(banks.path()).expect("banks");
    let split = dataset::Split::new(&dataset);
    assert_eq!(written_report["bank_names"], serde_json::json!(table.banks));
    assert_eq!(written_report["training_fingerprint"], split.fingerprint(&dataset));
    let fewer = dataset::Split { train: split.train[1..].to_vec(), ..split };
    assert_ne!(written_report["training_fingerprint"], fewer.fingerprint(&dataset));
    assert_eq!(table.name.len(), 60);
    assert_eq!(table.model, dataset::fingerprint(decoder));
    assert!(String::from_utf8_lossy(report).contains(&table.model));
    for row in 0..60 {
        let preset = &presets[usize::from(table.index[row])];
        assert_eq!(table.name[row], preset.name);
        assert_eq!(whole.patch(row), preset.patch);
        assert_eq!(table.bank[row], u16::from(row >= 10));
        assert!(table.x[row].abs() <= 4.0 && table.y[row].abs() <= 4.0);
    }
}

#[test]
fn the_coordinates_are_the_encoders_points() {
    let (presets, _, [_, encoder, coordinates, ..]) = &*SHARED;
    let table: Coordinates = serde_json::from_slice(coordinates).expect("a readable table");
    let mut encoder = PatchEncoder::from_onnx(encoder).expect("our own encoder");
    for row in [0, 7, 59] {
        let patch = patch::encoding::learned(presets[row].patch);
        let vector = features::feature_vector(&features::FeatureExtractor::new().spectrum(&patch), None);
        let mean = encoder.encode(&patch, Some(&vector)).expect("encoded").mean;
        // The table has two decimals.
        assert!((mean.x - table.x[row]).abs() < 0.0051 && (mean.y - table.y[row]).abs() < 0.0051);
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
    // A training reads its presets in the same way.
    let dataset = dataset::Dataset::read(banks.path()).expect("a bank and files");
    assert_eq!((dataset.rows.len(), dataset.banks.len()), (60, 31));
}

#[test]
fn banks_of_ones_own_are_tested_with_their_first_tenth() {
    let mut presets = two_kinds(70);
    presets.push(Preset { name: "again".into(), patch: presets[4].patch });
    let mut louder = presets[2].patch;
    louder.set(patch::Parameter::MasterVol, 0.0);
    presets.push(Preset { name: "differs in volume alone".into(), patch: louder });
    let dataset = dataset::Dataset::read(folder(&presets).path()).expect("a bank");
    let split = dataset::Split::new(&dataset);
    assert_eq!(split.test, (0..7).collect::<Vec<_>>());
    assert_eq!(split.train, (7..70).collect::<Vec<_>>());
    assert!(split.unseen.is_empty());
    let (fitted, held_back) = split.held_back(&dataset);
    assert_eq!(held_back, [7, 15, 23, 31, 39, 47, 55, 63]);
    assert_eq!(fitted.len() + held_back.len(), 63);
}

/// The three banks that the paper tests with, under their names, and a bank of one's own, but none of the
/// three that a training on Debian's banks holds back.
#[test]
fn published_test_banks_without_those_held_back_still_leave_presets_to_choose_by() {
    let presets = two_kinds(260);
    let banks = folder(&presets[200..]);
    write_bank(banks.path(), "amsynth_factory.bank", &presets[..26]);
    write_bank(banks.path(), "BriansBank07.amSynth.bank", &presets[26..154]);
    write_bank(banks.path(), "BriansBank14.amSynth.bank", &presets[154..200]);
    let dataset = dataset::Dataset::read(banks.path()).expect("banks");
    let split = dataset::Split::new(&dataset);
    assert_eq!((split.test.len(), split.train.len()), (200, 60));
    let (fitted, held_back) = split.held_back(&dataset);
    assert_eq!((fitted.len(), held_back.len()), (52, 8));
    let [.., report] = trained(banks.path(), 1, tiny());
    let report: serde_json::Value = serde_json::from_slice(&report).expect("a report");
    let validation = &report["candidates"][0]["validation"];
    assert_eq!(validation["rows"], 8, "{validation}");
    assert!(validation["encoder"]["phi"].as_f64().is_some_and(|phi| phi > 0.0), "{validation}");
}

/// If a training has only the held-back bank to learn from, its rows must serve for learning and for choosing.
#[test]
fn a_bank_that_is_held_back_is_learned_from_where_there_is_no_other() {
    let presets = two_kinds(260);
    let banks = tempfile::tempdir().expect("a temporary folder");
    write_bank(banks.path(), "amsynth_factory.bank", &presets[..26]);
    write_bank(banks.path(), "BriansBank07.amSynth.bank", &presets[26..154]);
    write_bank(banks.path(), "BriansBank14.amSynth.bank", &presets[154..200]);
    write_bank(banks.path(), "BriansBank03.amSynth.bank", &presets[200..]);
    let dataset = dataset::Dataset::read(banks.path()).expect("banks");
    let (fitted, held_back) = dataset::Split::new(&dataset).held_back(&dataset);
    assert_eq!((fitted.len(), held_back.len()), (52, 8));
}

#[test]
fn a_bank_with_a_name_in_an_old_encoding_is_read() {
    let banks = tempfile::tempdir().expect("a temporary folder");
    let text = b"amSynth\n<preset> <name> Sch\xF6n\n<parameter> osc1_waveform 0\nEOF\n";
    std::fs::write(banks.path().join("old.bank"), text).expect("a writable folder");
    let dataset = dataset::Dataset::read(banks.path()).expect("a bank");
    assert_eq!(dataset.rows[0].name, "Schön");
}
