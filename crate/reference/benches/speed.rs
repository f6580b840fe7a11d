//! How fast a second of sound is made, ours against amSynth's plugin in the same run:
//! `cargo bench -p reference`. 16 held saw voices at 48 kHz, blocks of 64 frames.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use patch::Patch;
use reference::Host;
use voice::render::{Event, Message};
use voice::{MAX_BLOCK, Synthesizer};

const SAMPLE_RATE_HZ: u32 = 48_000;
const KEYS: std::ops::Range<u8> = 48..64;
/// Runs of each for the ratio.
const RUNS: usize = 15;

/// A second of the default patch (two saws per voice) with 16 keys held.
fn ours() -> impl FnMut() {
    let mut synthesizer = Synthesizer::new(SAMPLE_RATE_HZ as f32);
    synthesizer.set_patch(&Patch::default());
    KEYS.for_each(|key| synthesizer.note_on(key, 100));
    move || {
        let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
        for _ in 0..SAMPLE_RATE_HZ as usize / MAX_BLOCK {
            synthesizer.render_block(&mut left, &mut right);
            black_box((&left, &right));
        }
    }
}

/// The same with amSynth; nothing where it is not installed.
fn amsynth() -> Option<impl FnMut()> {
    let mut host = match Host::new(SAMPLE_RATE_HZ, MAX_BLOCK) {
        Ok(host) => host,
        Err(error) => {
            eprintln!("no comparison: {error}");
            return None;
        }
    };
    let strike: Vec<Event> =
        KEYS.map(|key| Event { frame: 0, message: Message::NoteOn { key, velocity: 100 } }).collect();
    host.run(&strike, MAX_BLOCK);
    Some(move || {
        for _ in 0..SAMPLE_RATE_HZ as usize / MAX_BLOCK {
            black_box(host.run(&[], MAX_BLOCK));
        }
    })
}

fn time(second: &mut impl FnMut()) -> Duration {
    let start = Instant::now();
    second();
    start.elapsed()
}

fn median(mut durations: Vec<Duration>) -> f64 {
    durations.sort();
    durations[durations.len() / 2].as_secs_f64()
}

fn speed(criterion: &mut Criterion) {
    let mut ours = ours();
    let amsynth = amsynth();
    criterion.bench_function("ours, 16 saw voices, one second", |bench| bench.iter(&mut ours));
    let Some(mut amsynth) = amsynth else { return };
    criterion.bench_function("amsynth, 16 saw voices, one second", |bench| bench.iter(&mut amsynth));
    // Taken in turns, so that a busy machine slows both.
    let (mine, theirs): (Vec<_>, Vec<_>) = (0..RUNS).map(|_| (time(&mut ours), time(&mut amsynth))).unzip();
    let (mine, theirs) = (median(mine), median(theirs));
    println!(
        "ours {:.1}× real time, amsynth {:.1}×: ours takes {:.2} of amsynth's time",
        1.0 / mine,
        1.0 / theirs,
        mine / theirs
    );
}

criterion_group! { name = benches; config = Criterion::default().sample_size(20); targets = speed }
criterion_main!(benches);
