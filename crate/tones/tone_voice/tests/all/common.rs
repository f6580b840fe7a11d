//! Instruments of the shipped domains, and measurements of their sound.

use std::path::Path;

use frame_model::FrameModel;
use tone_voice::ToneInstrument;

pub const DOMAINS: [&str; 5] = ["strings", "voices", "winds", "brass", "amsynth"];

pub fn model(domain: &str) -> FrameModel {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../../models/timbre/{domain}.frames"));
    FrameModel::from_bytes(&std::fs::read(path).expect("it is shipped")).expect("our own file")
}

pub fn instrument(domain: &str, rate_hz: f32) -> ToneInstrument {
    let mut instrument = ToneInstrument::new(rate_hz, 5).expect("a usual rate");
    instrument.load(model(domain));
    instrument
}

pub fn play(instrument: &mut ToneInstrument, samples: usize) -> Vec<f32> {
    let mut sound = vec![0.0; samples];
    instrument.render(&mut sound);
    sound
}

pub fn level_db(sound: &[f32]) -> f32 {
    10.0 * (sound.iter().map(|sample| sample * sample).sum::<f32>() / sound.len() as f32 + 1e-20).log10()
}

/// The greatest second difference: a click has a large one.
pub fn click(sound: &[f32]) -> f32 {
    sound.windows(3).map(|three| (three[0] - 2.0 * three[1] + three[2]).abs()).fold(0.0, f32::max)
}
