//! Promises: our reader computes the network of the ONNX file, to 1e-6 of double precision and (with the feature
//! `generic`) of tract-onnx. A file that is not ours is refused with the reason. No bytes make it panic.

#[cfg(feature = "generic")]
use crate::generic;
use crate::models;
use model::kinds::FEATURE_COUNT;
use model::{PatchDecoder, PatchEncoder};
use patch::encoding::encode;
use patch::{PARAMETER_COUNT, Patch};
use plane::Point;

/// Points over the plane, its corners included.
fn points() -> impl Iterator<Item = Point> {
    (0..81).map(|index| [index % 9, index / 9].map(|step| step as f32 - 4.0)).map(Point::from)
}

#[track_caller]
fn assert_near(found: &[f32], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (index, (&found, &expected)) in found.iter().zip(expected).enumerate() {
        assert!((f64::from(found) - expected).abs() <= 1e-6, "{index}: {found}, expected {expected}");
    }
}

#[test]
fn the_decoder_computes_its_file() {
    let onnx = models::decoder().to_bytes();
    let mut decoder = PatchDecoder::from_onnx(&onnx).unwrap();
    for point in points() {
        let columns = decoder.columns(point).unwrap();
        assert_near(&columns, &models::decoder_by_hand(point.into()));
        #[cfg(feature = "generic")]
        assert_near(&columns, &generic::by_tract_onnx(&onnx, &<[f32; 2]>::from(point))[0]);
        assert_eq!(decoder.decode(point).unwrap(), patch::encoding::decode(&columns));
    }
}

/// A distribution is what another way computes: its mean, then its log variance.
#[track_caller]
fn assert_distribution(found: &model::LatentDistribution, expected: &[Vec<f64>]) {
    assert_eq!(expected.len(), 2);
    assert_near(&<[f32; 2]>::from(found.mean), &expected[0]);
    assert_near(&found.log_variance, &expected[1]);
}

#[test]
fn the_encoder_computes_its_file() {
    let onnx = models::encoder().to_bytes();
    let mut encoder = PatchEncoder::from_onnx(&onnx).unwrap();
    for seed in 0..20 {
        let values: [f32; PARAMETER_COUNT] = models::weights(seed, PARAMETER_COUNT, 4.0).try_into().unwrap();
        let patch = Patch::from_values(&values);
        let found = encoder.encode(&patch, None).unwrap();
        let columns = encode(&patch);
        assert_distribution(&found, &models::encoder_by_hand(&columns));
        #[cfg(feature = "generic")]
        assert_distribution(&found, &generic::by_tract_onnx(&onnx, &columns));
    }
}

#[test]
fn an_encoder_of_sounds_computes_its_file_and_insists_on_features() {
    let onnx = models::sound_encoder().to_bytes();
    let mut encoder = PatchEncoder::from_onnx(&onnx).unwrap();
    assert!(
        encoder.needs_features()
            && !PatchEncoder::from_onnx(&models::encoder().to_bytes()).unwrap().needs_features()
    );
    let patch = Patch::default();
    assert_eq!(encoder.encode(&patch, None), Err(model::ModelError::FeaturesMissing));
    for seed in 0..20 {
        let features = models::weights(seed, FEATURE_COUNT, 1.0).try_into().unwrap();
        let found = encoder.encode(&patch, Some(&features)).unwrap();
        assert_distribution(&found, &models::sound_encoder_by_hand(&features));
        #[cfg(feature = "generic")]
        assert_distribution(&found, &generic::by_tract_onnx(&onnx, &features));
    }
}

#[test]
fn the_same_point_gives_the_same_bits() {
    let onnx = models::decoder().to_bytes();
    let mut decoder = PatchDecoder::from_onnx(&onnx).unwrap();
    let first = decoder.columns(Point { x: 1.0, y: -2.0 }).unwrap();
    for point in points() {
        decoder.columns(point).unwrap();
    }
    assert_eq!(decoder.columns(Point { x: 1.0, y: -2.0 }).unwrap(), first);
    assert_eq!(PatchDecoder::from_onnx(&onnx).unwrap().columns(Point { x: 1.0, y: -2.0 }).unwrap(), first);
}

#[test]
fn weights_may_be_floats_or_bytes() {
    let mut model = models::decoder();
    for tensor in &mut model.graph.as_mut().unwrap().initializer {
        let (floats, _) = tensor.raw_data.as_chunks();
        tensor.float_data = floats.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
        tensor.raw_data.clear();
    }
    let mut decoder = PatchDecoder::from_onnx(&model.to_bytes()).unwrap();
    assert_near(&decoder.columns(Point { x: 0.5, y: 3.0 }).unwrap(), &models::decoder_by_hand([0.5, 3.0]));
}
