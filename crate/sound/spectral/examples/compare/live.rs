//! The cost of the live forms: the share of one processor core that they need at 44.1 kHz, and their slowest
//! blocks.

use std::error::Error;
use std::time::Instant;

use spectral::{
    FrameLayout, FrameSource, Lookahead, PhaseSynthesizer, ToneEncoder, ToneSynthesizer, analyze_tone,
};

use crate::sounds::NamedSound;

const RATE_HZ: f32 = 44_100.0;
const BLOCK: usize = 64;

/// A live form: takes a block of samples and replaces it by its output.
type Live = Box<dyn FnMut(&mut [f32])>;

pub fn print(sounds: &[NamedSound]) -> Result<(), Box<dyn Error>> {
    let layout = FrameLayout::default();
    let mut source = FrameSource::new(layout);
    let mut phases = PhaseSynthesizer::new(layout, BLOCK, Lookahead::Causal)?;
    let mut encoder = ToneEncoder::new(layout, RATE_HZ)?;
    let mut tones = ToneSynthesizer::new(layout, BLOCK, RATE_HZ)?;
    let mut alone = ToneSynthesizer::new(layout, BLOCK, RATE_HZ)?;
    let mut frames = Vec::new();
    for sound in sounds {
        frames.extend(analyze_tone(&sound.samples, layout, RATE_HZ)?.into_iter().map(|(_, frame)| frame));
    }
    let mut count = 0;
    let ways: [(&str, Live); 3] = [
        (
            "frames, magnitudes, RTPGHI(0)",
            Box::new(move |block| {
                if source.push(block) {
                    phases.begin_frame(source.magnitudes());
                }
                phases.render_block(block);
            }),
        ),
        (
            "pitch, harmonics and noise, and their synthesis",
            Box::new(move |block| {
                if let Some(frame) = encoder.push(block) {
                    tones.begin_frame(frame);
                }
                tones.render_block(block);
            }),
        ),
        (
            "synthesis of harmonics and noise alone",
            Box::new(move |block| {
                if count % (layout.hop() / BLOCK) == 0 {
                    alone.begin_frame(&frames[count / (layout.hop() / BLOCK) % frames.len()]);
                }
                alone.render_block(block);
                count += 1;
            }),
        ),
    ];
    let block_us = 1e6 * BLOCK as f64 / f64::from(RATE_HZ);
    println!(
        "\n| live form, blocks of 64 | share of a core | µs a frame | median of all blocks | 99 % of blocks take less than |"
    );
    println!("|---|---|---|---|---|");
    for (name, mut way) in ways {
        let mut times_us = Vec::new();
        for sound in sounds {
            for block in sound.samples.clone().chunks_exact_mut(BLOCK) {
                let start = Instant::now();
                way(block);
                times_us.push(1e6 * start.elapsed().as_secs_f64());
            }
        }
        times_us.sort_by(f64::total_cmp);
        let at = |share: f64| times_us[(share * (times_us.len() - 1) as f64) as usize];
        let mean_us = times_us.iter().sum::<f64>() / times_us.len() as f64;
        println!(
            "| {name} | {:.1} % | {:.0} | {:.0} µs | {:.0} µs |",
            100.0 * mean_us / block_us,
            mean_us * (layout.hop() / BLOCK) as f64,
            at(0.5),
            at(0.99)
        );
    }
    println!("\nA block lasts {block_us:.0} µs.");
    Ok(())
}
