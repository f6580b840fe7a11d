//! The file of a model of timbre frames, of tones or of textures: it is refused by a sentence, or gives finite frames
//! and its own bytes again. The last twelve bytes of an input are three numbers for it.

use frame_model::{
    BIN_COUNT, FrameCoder, FrameModel, LATENT_LIMIT, TextureCoder, TextureModel, TimbreModel, texture_layout,
};
use spectral::ToneFeatures;

const RATE_HZ: f32 = 44_100.0;

/// Feeds the reader.
///
/// # Panics
/// If the reader breaks its promise.
pub fn feed(input: &[u8]) {
    let Some((file, words)) = input.split_last_chunk::<12>() else { return };
    let number = |at: usize| f32::from_le_bytes([words[at], words[at + 1], words[at + 2], words[at + 3]]);
    let numbers = [0, 4, 8].map(number);
    match TimbreModel::from_bytes(file) {
        Ok(model) => {
            let bytes = model.to_bytes();
            let again = TimbreModel::from_bytes(&bytes).expect("what is written can be read");
            assert_eq!(again.to_bytes(), bytes);
            match model {
                TimbreModel::Tones(model) => run_tones(model, numbers),
                TimbreModel::Textures(model) => run_textures(model, numbers),
            }
        }
        Err(error) => assert!(error.to_string().chars().count() < 300, "{error}"),
    }
}

fn run_tones(model: FrameModel, [first, second, frequency_hz]: [f32; 3]) {
    let mut coder = FrameCoder::new(model);
    let mut features = ToneFeatures { frequency_hz, ..ToneFeatures::default() };
    features.envelope_db[0] = first;
    let mut latent = [0.0; LATENT_LIMIT];
    coder.encode(&features, &mut latent);
    latent[0] = second;
    coder.decode(&latent, frequency_hz, &mut features);
    assert!(features.envelope_db.iter().chain(&features.noise_db).all(|level| level.is_finite()));
}

fn run_textures(model: TextureModel, [first, second, third]: [f32; 3]) {
    let mut coder = TextureCoder::new(model, texture_layout(RATE_HZ), RATE_HZ).expect("a usual rate");
    let mut magnitudes = [first; BIN_COUNT];
    let mut latent = [0.0; LATENT_LIMIT];
    let level_db = coder.encode(&magnitudes, &mut latent);
    latent[0] = second;
    for level_db in [level_db, third] {
        coder.decode(&latent, level_db, &mut magnitudes);
        assert!(magnitudes.iter().all(|magnitude| magnitude.is_finite()));
    }
}
