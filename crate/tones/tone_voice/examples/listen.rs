//! Prints level and cost: the loudness of held keys of each domain, and the time of a block with a live sound, and
//! with 1, 8 and 12 voices whose points move. `cargo run --release -p tone_voice --example listen`

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
    for voices in [0, 1, 8, 12] {
        let mut instrument = instrument("strings");
        for key in 0..voices {
            instrument.note(key % 5, 48 + key as u8, 60);
        }
        if voices == 0 {
            instrument.set_live(LiveMode::Input);
        }
        let mut phase = 0.0_f32;
        let mut block = [0.0; BLOCK_SAMPLES];
        let mut times_us = Vec::new();
        for count in 0..7_500 {
            for part in 0..5 {
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
        let mean_us = times_us.iter().sum::<f32>() / times_us.len() as f32;
        times_us.sort_by(f32::total_cmp);
        let block_us = BLOCK_SAMPLES as f32 / RATE_HZ * 1e6;
        println!(
            "{voices} voices: {mean_us:.0} µs a block of {block_us:.0} µs ({:.1} % of a core), median {:.0}, 99 % below {:.0}",
            100.0 * mean_us / block_us,
            times_us[times_us.len() / 2],
            times_us[times_us.len() * 99 / 100],
        );
    }
}
