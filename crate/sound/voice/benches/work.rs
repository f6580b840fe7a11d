//! The work of the browser's module, natively: microseconds per block of 64 frames at 48 kHz, one line per
//! task. `wasm-tests/benchmark.mjs` alternates it with the module and prints the ratios.

use std::hint::black_box;
use std::time::{Duration, Instant};

use patch::{Parameter, Patch};
use voice::{MAX_BLOCK, MultitimbralSynthesizer, Synthesizer};

const RATE_HZ: f32 = 48_000.0;
/// Number of parts in the module.
const PARTS: usize = 15;
/// 11 ms of sound, of a second. The fastest of all rounds counts for each slice, which excludes other load
/// on the machine.
const BLOCKS_PER_SLICE: usize = 8;
const SLICES: usize = 93;
const ROUNDS: usize = 5;

/// Microseconds per block of one part's `voices` held keys with this patch.
fn held(patch: &Patch, voices: u8) -> f64 {
    let mut least = [Duration::MAX; SLICES];
    for _ in 0..ROUNDS {
        let mut parts = MultitimbralSynthesizer::new(RATE_HZ, PARTS);
        let part: &mut Synthesizer = parts.part(0).expect("fifteen parts");
        part.set_patch(patch);
        (0..voices).for_each(|voice| part.note_on(36 + voice, 100));
        let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
        for least in &mut least {
            let start = Instant::now();
            for _ in 0..BLOCKS_PER_SLICE {
                parts.render_block(&mut left, &mut right);
                black_box((&left, &right));
            }
            *least = start.elapsed().min(*least);
        }
    }
    least.iter().sum::<Duration>().as_secs_f64() * 1e6 / (SLICES * BLOCKS_PER_SLICE) as f64
}

fn main() {
    for voices in [1, 4, 16, 64] {
        println!("{voices} held voices: {:.3} µs", held(&Patch::default(), voices));
    }
    let mut busy = Patch::default();
    for (parameter, value) in [
        (Parameter::Osc1Waveform, 1.0),
        (Parameter::Osc2Waveform, 3.0),
        (Parameter::DistortionCrunch, 0.5),
        (Parameter::ReverbWet, 0.5),
        (Parameter::FreqModAmount, 0.3),
        (Parameter::FilterModAmount, 0.3),
    ] {
        busy.set(parameter, value);
    }
    println!("16 voices with all effects: {:.3} µs", held(&busy, 16));
}
