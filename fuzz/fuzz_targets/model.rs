//! An ONNX file: it is refused by a sentence, or what it computes is a patch that the parameters allow and a
//! finite place.
#![no_main]

use model::network::{Network, read};
use model::{Decoder, Encoder};
use libfuzzer_sys::fuzz_target;
use patch::Patch;

fuzz_target!(|onnx: &[u8]| {
    match Decoder::from_onnx(onnx) {
        Ok(mut decoder) => {
            if let Ok(patch) = decoder.decode([0.3, -0.7]) {
                assert_eq!(Patch::from_values(patch.values()), patch);
            }
        }
        Err(error) => assert!(error.to_string().chars().count() < 1024, "{error}"),
    }
    if let Ok(mut encoder) = Encoder::from_onnx(onnx)
        && let Ok(encoding) = encoder.encode(&Patch::default(), None)
    {
        assert!(encoding.mean.iter().chain(&encoding.log_variance).all(|value| value.is_finite()));
    }
    // Without the contract, which few bytes keep.
    let Ok(mut network) = read(onnx).and_then(|model| Network::new(&model)) else { return };
    let rows: Vec<_> = network.input_lengths().iter().map(|&length| vec![0.5; length]).collect();
    let inputs: Vec<_> = rows.iter().map(Vec::as_slice).collect();
    let mut output = vec![0.0; network.output_lengths()[0]];
    drop(network.run(&inputs, &mut [&mut output]));
});
