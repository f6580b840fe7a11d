//! Prints level and cost: the loudness of held keys of each domain, and the time of a block with a live sound, and
//! with 1, 8 and 12 steady and living voices whose points move or rest. `cargo run --release -p tone_voice --example listen`

use std::path::Path;
use std::time::Instant;

use frame_model::FrameModel;
use tone_voice::{BLOCK_SAMPLES, LiveMode, ToneInstrument};

const RATE_HZ: f32 = 48_000.0;

fn instrument(domain: &str) -> ToneInstrument {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../../models/timbre/{domain}.frames"));
    let model = FrameModel::from_bytes(&std::fs::read(path).expect("a shipped file")).expect("our own file");
    let mut instrument = ToneInstrument::new(RATE_HZ, 5).expect("a usual rate");
    instrument.load(model);
    instrument
}

fn main() {
    for domain in ["strings", "voices", "winds", "brass"] {
        let mut levels = String::new();
        for key in [36, 48, 60, 72, 84] {
            let mut instrument = instrument(domain);
            instrument.note(0, key, 100);
            let mut sound = vec![0.0; 48_000];
            instrument.render(&mut sound);
            let held = &sound[12_000..];
            let power = held.iter().map(|sample| sample * sample).sum::<f32>() / held.len() as f32;
            let peak = held.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
            levels += &format!("  key {key}: {:.1} dB, peak {:.2}", 10.0 * power.log10(), peak);
        }
        println!("{domain}:{levels}");
    }
    // 0 voices stand for a live sound.
    print_cost("live sound", &block_times_us(0, 1.0, true));
    for voices in [1, 8, 12] {
        for (what, is_moving) in [("points move", true), ("points rest", false)] {
            // In turns, so that other work of the machine meets both.
            let mut times_us = [Vec::new(), Vec::new()];
            for _ in 0..8 {
                for (times_us, life) in times_us.iter_mut().zip([0.0, 1.0]) {
                    times_us.extend(block_times_us(voices, life, is_moving));
                }
            }
            for (times_us, voice) in times_us.iter().zip(["steady", "living"]) {
                print_cost(&format!("{voices} {voice} voices, {what}"), times_us);
            }
            let [steady, living] = times_us.map(|times_us| mean(&fastest(times_us)));
            println!("  living beside steady: {:.2}", living / steady);
        }
    }
}

/// The time of each block of two seconds, in hops: the voices begin theirs in different blocks.
fn block_times_us(voices: usize, life: f32, is_moving: bool) -> Vec<f32> {
    let mut instrument = instrument("strings");
    instrument.set_life(life);
    for key in 0..voices {
        instrument.note(key % 5, 48 + key as u8, 60);
    }
    if voices == 0 {
        instrument.set_live(LiveMode::Input);
    }
    let mut phase = 0.0_f32;
    let mut block = [0.0; BLOCK_SAMPLES];
    let mut times_us = Vec::new();
    for count in 0..1_500 {
        for part in 0..if is_moving { 5 } else { 0 } {
            let turns = (count as f32 + part as f32) * 0.01;
            instrument.move_to(part, [3.0 * turns.sin(), 3.0 * turns.cos()]);
        }
        let mut input = [0.0; BLOCK_SAMPLES];
        for sample in &mut input {
            phase = (phase + 220.0 / RATE_HZ).fract();
            *sample = 0.4 * phase - 0.2;
        }
        let start = Instant::now();
        instrument.listen(&input);
        instrument.render(&mut block);
        times_us.push(start.elapsed().as_secs_f32() * 1e6);
    }
    times_us
}

/// The times without the slowest twentieth, in which other programs ran.
fn fastest(mut times_us: Vec<f32>) -> Vec<f32> {
    times_us.sort_by(f32::total_cmp);
    times_us.truncate(times_us.len() * 19 / 20);
    times_us
}

fn mean(times_us: &[f32]) -> f32 {
    times_us.iter().sum::<f32>() / times_us.len() as f32
}

fn print_cost(what: &str, times_us: &[f32]) {
    let fast = fastest(times_us.to_vec());
    let block_us = BLOCK_SAMPLES as f32 / RATE_HZ * 1e6;
    println!(
        "{what}: {:.1} µs a block of {block_us:.0} µs ({:.2} % of a core), median {:.1}",
        mean(&fast),
        100.0 * mean(&fast) / block_us,
        fast[times_us.len() / 2],
    );
}
