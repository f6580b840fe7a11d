//! Promises: a file gives its model again; bytes that are no model give an error of one sentence and never a panic.

use crate::common::{draw, model, texture_model};
use frame_model::{FrameCoder, FrameModel, FrameModelError};
use proptest::prelude::*;
use spectral::ToneFeatures;

#[test]
fn a_file_gives_its_model_again() {
    for (latents, width) in [(1, 1), (8, 32), (32, 40)] {
        let model = model(latents, width);
        let bytes = model.to_bytes();
        let again = FrameModel::from_bytes(&bytes).expect("our own file");
        assert_eq!(again.to_bytes(), bytes, "the rounding is final");
        assert_eq!((&again.domain, &again.axes), (&model.domain, &model.axes));
        for (a, b) in again.decoder[1].weights.iter().zip(&model.decoder[1].weights) {
            assert!((a - b).abs() < 0.01, "{a} {b}");
        }
    }
}

#[test]
fn the_rounding_is_final_for_weights_of_any_size() {
    let mut model = model(1, 500);
    for exponent in [0.0_f32, -20.0, -120.0, -125.0, -135.0, -140.0, -149.0] {
        // Of two inputs: the greatest weights of the outputs differ much.
        let layer = &mut model.decoder[0];
        let sizes = draw(layer.weights.len(), 7);
        layer.weights.iter_mut().zip(sizes).for_each(|(weight, size)| *weight = size * exponent.exp2());
        let bytes = model.to_bytes();
        let again = FrameModel::from_bytes(&bytes).expect("our own file");
        assert!(again.to_bytes() == bytes, "weights of 2 to the {exponent}");
    }
}

/// The fuzz target `frames` begins from these seeds; without one as large as a model of textures it would never
/// try any.
#[test]
fn the_seeds_of_the_fuzz_target_are_models_of_both_kinds_and_three_numbers() {
    let tones = include_bytes!("../../../../../fuzz/seeds/frames/tones");
    let textures = include_bytes!("../../../../../fuzz/seeds/frames/textures");
    let begins = |seed: &[u8], bytes: &[u8]| seed[..seed.len() - 12] == *bytes;
    let advice =
        "the format has changed: write to_bytes() of this model and twelve bytes to fuzz/seeds/frames/";
    assert!(begins(tones, &model(1, 1).to_bytes()), "{advice}tones");
    assert!(begins(textures, &texture_model(1, 1).to_bytes()), "{advice}textures");
}

#[test]
fn a_rounded_model_gives_nearly_the_same_frames() {
    let model = model(8, 64);
    let rounded = FrameModel::from_bytes(&model.to_bytes()).expect("our own file");
    let decoded = |model: FrameModel, latent: &[f32]| {
        let mut features = ToneFeatures::default();
        FrameCoder::new(model).decode(latent, 300.0, &mut features);
        features.envelope_db
    };
    for seed in 0..20 {
        let latent = draw(8, seed);
        for (a, b) in decoded(model.clone(), &latent).iter().zip(decoded(rounded.clone(), &latent)) {
            assert!((a - b).abs() < 0.5, "{a} dB, {b} dB");
        }
    }
}

#[test]
fn a_file_that_is_cut_off_or_too_long_is_refused() {
    let bytes = model(3, 8).to_bytes();
    for length in 0..bytes.len() {
        let error = FrameModel::from_bytes(&bytes[..length]).expect_err("it is cut off");
        assert!(matches!(error, FrameModelError::TooShort | FrameModelError::NoModel), "{length}: {error}");
    }
    let long = [&bytes[..], &[0, 0]].concat();
    assert_eq!(FrameModel::from_bytes(&long), Err(FrameModelError::TooLong { count: 2 }));
    assert_eq!(FrameModel::from_bytes(b"RIFF\0\0\0\0WAVEfmt "), Err(FrameModelError::NoModel));
}

#[test]
fn parts_that_do_not_fit_are_refused() {
    let broken: [fn(&mut FrameModel); 6] = [
        |model| model.axes.clear(),
        |model| model.normalisation.spreads[3] = 0.0,
        |model| model.encoder[1].weights[0] = f32::NAN,
        |model| model.decoder[0].bias.truncate(1),
        |model| model.axes[0].low = 9.0,
        |model| model.domain.name = "x".repeat(65),
    ];
    for change in broken {
        let mut model = model(4, 8);
        change(&mut model);
        let error = model.checked().expect_err("it is broken");
        assert!(matches!(error, FrameModelError::Damaged { .. }), "{error}");
    }
}

proptest! {
    #[test]
    fn changed_bytes_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = model(2, 4).to_bytes();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Ok(model) = FrameModel::from_bytes(&bytes) {
            let mut coder = FrameCoder::new(model);
            let mut features = ToneFeatures::default();
            let mut latent = [0.0; 8];
            coder.encode(&features, &mut latent);
            coder.decode(&latent, 440.0, &mut features);
            prop_assert!(latent.iter().chain(&features.envelope_db).chain(&features.noise_db).all(|value| value.is_finite()));
        }
    }
}
