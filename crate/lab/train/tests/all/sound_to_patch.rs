//! Promises of the networks that guess a patch from a sound: the same seed gives the same bytes, a file computes the
//! same as the trained network, a flow can be inverted, and no test row is learned from. Some hundred short renders.

use crate::banks::{folder, two_kinds};
use candle_core::Tensor;
use dataset::{Dataset, Split, identity};
use features::Phi;
use matching::KnownSounds;
use matching::guess::noise;
use model::kinds::SoundToPatch;
use model::{ModelKind, generic};
use patch::full_encoding::FULL_COUNT;
use plane::presets::Presets;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::path::Path;
use train::export::Provenance;
use train::sound_to_patch::input::Input;
use train::sound_to_patch::learning::{Schedule, learn};
use train::sound_to_patch::networks::guess;
use train::sound_to_patch::pairs::Batch;
use train::sound_to_patch::parameters::Parameters;
use train::sound_to_patch::run::{MatchSizes, MatchTraining, TrainingData, data, train_matching};
use train::sound_to_patch::{Model, flow, graph};

/// The shipped axes.
fn axes() -> KnownSounds {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models");
    let [sounds, presets] =
        ["preset_sounds.bin", "presets.bin"].map(|name| std::fs::read(models.join(name)).expect("a file"));
    let presets = Presets::from_bytes(&presets).expect("the presets");
    KnownSounds::from_bytes(&sounds, presets.all().len()).expect("the known sounds")
}

fn tiny(banks: &Path) -> TrainingData {
    let schedule = Schedule { steps: 6, batch: 4, ..MatchSizes::quick().schedule };
    let sizes = MatchSizes { most_presets: [40, 2], groups: 6, schedule };
    data(banks, &axes(), &sizes, &|_| ()).expect("data")
}

fn level(data: &TrainingData) -> Phi {
    data.known.level_direction().map(|part| part * data.known.scale())
}

/// The file of a network that learned for some steps.
fn trained(data: &TrainingData, model: Model, seed: u64) -> (Parameters, Vec<u8>) {
    let level = level(data);
    let random = ChaCha8Rng::seed_from_u64(1);
    let schedule = Schedule { steps: 6, batch: 4, ..MatchSizes::quick().schedule };
    let layers = learn(model, &data.groups, &level, &schedule, seed, |_| ()).expect("layers");
    let provenance = Provenance { seed, source: "a test".to_owned() };
    let onnx = graph::file(model, &layers, &provenance).expect("a file");
    (Parameters::of(&graph::rounded_layers(&layers), random).expect("variables"), onnx)
}

#[test]
fn a_file_computes_what_was_trained_and_the_same_seed_gives_the_same_bytes() {
    let banks = folder(&two_kinds(60));
    let data = tiny(banks.path());
    for model in Model::ALL {
        let (mut layers, onnx) = trained(&data, model, 3);
        assert!(onnx == trained(&data, model, 3).1, "{model}: two trainings with one seed differ");
        assert!(onnx != trained(&data, model, 4).1, "{model} does not depend on the seed");
        SoundToPatch::load(&onnx).expect("a file of its kind");
        let batch =
            Batch::draw(&data.groups, &level(&data), 1, &mut ChaCha8Rng::seed_from_u64(2)).expect("a pair");
        let rows = [&batch.input.levels, &batch.input.facts, &batch.input.noise];
        let rows = rows.map(|row| row.flatten_all().and_then(|row| row.to_vec1::<f32>()).expect("numbers"));
        let expected = guess(&mut layers, model, &batch.input).expect("a guess").correction;
        let expected: Vec<f32> = expected.flatten_all().and_then(|row| row.to_vec1()).expect("numbers");
        let found = generic::run(&onnx, &[&rows[0], &rows[1], &rows[2]]).expect("a run");
        assert_eq!(found[0].len(), FULL_COUNT);
        for (found, expected) in found[0].iter().zip(&expected) {
            assert!((found - expected).abs() < 1e-4, "{model}: {found} {expected}");
        }
    }
}

#[test]
fn a_flow_is_inverted_both_ways_and_tells_its_change_of_volume() {
    let mut layers = Parameters::new(ChaCha8Rng::seed_from_u64(9));
    let row = Tensor::from_vec(noise(3).to_vec(), (1, 64), &candle_core::Device::Cpu).expect("a row");
    flow::forward(&mut layers, "flow", &row).expect("the layers");
    // An untrained flow changes nothing: give its quiet layers weights.
    for variable in layers.variables() {
        let count = variable.elem_count();
        let values: Vec<f32> = (0..count).map(|at| 0.1 * (at as f32 * 0.7).sin()).collect();
        let value = Tensor::from_vec(values, variable.shape(), &candle_core::Device::Cpu).expect("a tensor");
        variable.set(&value).expect("a variable");
    }
    let there = flow::forward(&mut layers, "flow", &row).expect("a row");
    let back = flow::inverse(&mut layers, "flow", &there.row).expect("a row");
    let across = flow::inverse(&mut layers, "flow", &row).expect("a row");
    let again = flow::forward(&mut layers, "flow", &across.row).expect("a row");
    let apart = |a: &Tensor, b: &Tensor| {
        (a - b).and_then(|apart| apart.abs()?.max_all()?.to_scalar::<f32>()).expect("a number")
    };
    assert!(apart(&there.row, &row) > 0.1);
    assert!(apart(&back.row, &row) < 1e-4 && apart(&again.row, &row) < 1e-4);
    let sum = |scales: &[Tensor]| -> f32 {
        scales
            .iter()
            .map(|scale| scale.sum_all().and_then(|sum| sum.to_scalar::<f32>()).expect("a sum"))
            .sum()
    };
    assert!(sum(&there.log_scales).abs() > 0.01);
    assert!((sum(&there.log_scales) - sum(&back.log_scales)).abs() < 1e-3);
}

#[test]
fn a_network_learns_along_the_axes_along_which_searches_use_it() {
    let data = tiny(folder(&two_kinds(60)).path());
    assert_eq!(data.known.projection(), axes().projection());
    assert_eq!(data.known.scale(), axes().scale());
    assert_eq!(data.known.sounds().len(), data.presets.len());
}

#[test]
fn no_test_row_is_learned_from() {
    let banks = folder(&two_kinds(60));
    let data = tiny(banks.path());
    let dataset = Dataset::read(banks.path()).expect("banks");
    let split = Split::new(&dataset);
    assert!(!split.test.is_empty());
    assert!(data.source.starts_with("6 of 40 presets of 1 banks and 60 sounds"), "{}", data.source);
    let learned: Vec<_> = data.presets.iter().map(identity).collect();
    for row in split.test {
        assert!(!learned.contains(&identity(&dataset.rows[row].patch)));
    }
}

#[test]
fn a_refused_training_leaves_no_folder() {
    let (few, output) = (folder(&two_kinds(5)), tempfile::tempdir().expect("a temporary folder"));
    let output = output.path().join("new");
    for banks in [few.path(), Path::new("/no such folder")] {
        let options = MatchTraining {
            banks: banks.to_owned(),
            axes: axes(),
            output: output.clone(),
            seed: 1,
            model: Model::ALL[0],
            is_quick: true,
        };
        train_matching(&options, &|_| panic!("training has begun")).expect_err("an error");
        assert!(!output.exists());
    }
}

#[test]
fn guesses_read_as_many_numbers_as_networks_do() {
    let inputs: usize = SoundToPatch::INPUTS.iter().map(|&(_, count)| count).sum();
    assert_eq!(inputs, matching::guess::INPUT_COUNT + matching::guess::NOISE_COUNT);
    let _ = |input: Input<Tensor>| input.noise;
}
