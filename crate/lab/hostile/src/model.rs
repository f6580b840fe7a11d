//! An ONNX file: it is refused by a sentence, or it computes a patch that the parameters allow and a finite place.

use model::kinds::SoundToPatch;
use model::kinds::sound_to_patch::{FACT_COUNT, LEVEL_COUNT, NOISE_COUNT};
use model::network::{Network, read};
use model::{ModelKind, PatchDecoder, PatchEncoder};
use patch::Patch;
use plane::Point;

/// Feeds the reader.
///
/// # Panics
/// If the reader breaks its promise.
pub fn feed(onnx: &[u8]) {
    match PatchDecoder::from_onnx(onnx) {
        Ok(mut decoder) => {
            if let Ok(patch) = decoder.decode(Point { x: 0.3, y: -0.7 }) {
                assert_eq!(Patch::from_values(patch.values()), patch);
            }
        }
        Err(error) => assert!(error.to_string().chars().count() < 1024, "{error}"),
    }
    if let Ok(mut encoder) = PatchEncoder::from_onnx(onnx)
        && let Ok(found) = encoder.encode(&Patch::default(), None)
    {
        let numbers = [found.mean.x, found.mean.y].into_iter().chain(found.log_variance);
        assert!(numbers.into_iter().all(f32::is_finite));
    }
    if let Ok(mut network) = SoundToPatch::load(onnx)
        && let Ok(patch) =
            network.patch(&[0.5; LEVEL_COUNT + FACT_COUNT], &[0.0; NOISE_COUNT], &Patch::default())
    {
        assert_eq!(Patch::from_values(patch.values()), patch);
    }
    // Without the manifest, which few inputs have.
    let Ok(mut network) = read(onnx).and_then(|model| Network::new(&model)) else { return };
    let rows: Vec<_> = network.input_lengths().iter().map(|&length| vec![0.5; length]).collect();
    let inputs: Vec<_> = rows.iter().map(Vec::as_slice).collect();
    let mut output = vec![0.0; network.output_lengths()[0]];
    drop(network.run(&inputs, &mut [&mut output]));
}
