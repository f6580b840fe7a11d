//! The file of a model of timbre frames: it is refused by a sentence, or gives finite frames and its own bytes again.
#![no_main]

use frame_model::{FrameCoder, FrameModel, LATENT_LIMIT};
use libfuzzer_sys::fuzz_target;
use spectral::ToneFeatures;

fuzz_target!(|input: (&[u8], [f32; 3])| {
    let (file, [first, second, frequency_hz]) = input;
    match FrameModel::from_bytes(file) {
        Ok(model) => {
            let bytes = model.to_bytes();
            let again = FrameModel::from_bytes(&bytes).expect("what is written can be read");
            assert_eq!(again.domain, model.domain);
            let mut coder = FrameCoder::new(model);
            let mut features = ToneFeatures { frequency_hz, ..ToneFeatures::default() };
            features.envelope_db[0] = first;
            let mut latent = [0.0; LATENT_LIMIT];
            coder.encode(&features, &mut latent);
            latent[0] = second;
            coder.decode(&latent, frequency_hz, &mut features);
            assert!(features.envelope_db.iter().chain(&features.noise_db).all(|level| level.is_finite()));
        }
        Err(error) => assert!(error.to_string().chars().count() < 300, "{error}"),
    }
});
