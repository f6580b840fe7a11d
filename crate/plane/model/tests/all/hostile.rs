//! No bytes make the reader panic, allocate without bound or give a patch that is not allowed.

use super::models;
use model::network::{Network, read};
use model::{PatchDecoder, PatchEncoder};
use plane::Point;
use proptest::prelude::*;

/// Loads with and without the manifest, and runs whatever was loaded.
fn survive(bytes: &[u8]) {
    if let Ok(patch) =
        PatchDecoder::from_onnx(bytes).and_then(|mut decoder| decoder.decode(Point { x: 0.3, y: -0.7 }))
    {
        assert_eq!(patch::Patch::from_values(patch.values()), patch);
    }
    drop(PatchEncoder::from_onnx(bytes));
    if let Ok(mut network) = read(bytes).and_then(|model| Network::new(&model)) {
        let rows: Vec<_> = network.input_lengths().iter().map(|&length| vec![0.5; length]).collect();
        let inputs: Vec<_> = rows.iter().map(Vec::as_slice).collect();
        let mut output = vec![0.0; network.output_lengths()[0]];
        drop(network.run(&inputs, &mut [&mut output]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        survive(&bytes);
    }

    #[test]
    fn truncated(cut in 0.0f64..1.0) {
        let bytes = models::decoder().to_bytes();
        survive(&bytes[..(cut * bytes.len() as f64) as usize]);
    }

    #[test]
    fn flipped_bits(flips in proptest::collection::vec((0.0f64..1.0, 0u8..8), 1..6), encoder: bool) {
        let mut bytes = if encoder { models::encoder() } else { models::decoder() }.to_bytes();
        for (place, bit) in flips {
            let index = (place * bytes.len() as f64) as usize;
            bytes[index] ^= 1 << bit;
        }
        survive(&bytes);
    }

    /// Most bits of a file are weights: here only those around them flip.
    #[test]
    fn flipped_bits_of_the_structure(flips in proptest::collection::vec((0usize..600, 0u8..8), 1..4)) {
        let mut bytes = models::decoder().to_bytes();
        for (index, bit) in flips {
            bytes[index] ^= 1 << bit;
        }
        survive(&bytes);
    }
}
