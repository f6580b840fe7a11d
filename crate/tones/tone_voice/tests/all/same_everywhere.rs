//! Promise: the module of the browser gives the samples of native code. Both play this score and compare with
//! tests/score.json: wasm-tests/tones.test.mjs does it for the module. `WRITE_SCORE=1` writes the file anew.

use std::path::Path;

use tone_voice::ToneInstrument;

use crate::common::{model, play};

const RATE_HZ: f32 = 48_000.0;
const BLOCKS: usize = 240;
/// The parts of the module, whose number decides the noise of each tone.
const MODULE_PARTS: usize = 15;
/// Sines and exponentials of two platforms differ in their last digits.
const TOLERANCE: f32 = 2e-4;

#[test]
fn the_score_has_the_samples_of_the_file() {
    let mut instrument = ToneInstrument::new(RATE_HZ, MODULE_PARTS).expect("a usual rate");
    instrument.load(model("strings"));
    let mut sound = Vec::new();
    for block in 0..BLOCKS {
        match block {
            0 => instrument.note(0, 60, 100),
            40 => instrument.note(1, 67, 80),
            80 => instrument.move_to(0, [1.5, -2.0]),
            120 => instrument.control_change(0, 1, 127),
            160 => instrument.note(0, 60, 0),
            200 => instrument.pitch_bend(1, 4_096),
            _ => {}
        }
        sound.extend(play(&mut instrument, 64));
    }
    let every: Vec<f32> = sound.into_iter().step_by(61).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/score.json");
    if std::env::var_os("WRITE_SCORE").is_some() {
        let texts: Vec<String> = every.iter().map(|sample| format!("{sample:.5}")).collect();
        std::fs::write(&path, format!("[{}]\n", texts.join(", "))).expect("it can be written");
    }
    let text = std::fs::read_to_string(&path).expect("it is there");
    let wanted: Vec<f32> = text
        .trim()
        .trim_matches(['[', ']'])
        .split(", ")
        .map(|number| number.parse().expect("a number"))
        .collect();
    assert_eq!(every.len(), wanted.len());
    for (index, (sample, wanted)) in every.iter().zip(&wanted).enumerate() {
        assert!((sample - wanted).abs() < TOLERANCE, "{index}: {sample} is not {wanted}");
    }
    assert!(wanted.iter().any(|sample| sample.abs() > 0.1), "it sounds");
}
