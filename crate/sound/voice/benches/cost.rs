//! Relative cost of patches side by side, silent parts, reverb tails and continuous morphing, measured alternately
//! in one run: `cargo bench -p voice`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use patch::{Parameter, Patch};
use voice::render::{Event, EventKind, PATCHES_TOGETHER, render, render_many};
use voice::{MAX_BLOCK, MultitimbralSynthesizer, Synthesizer};

const RATE_HZ: f32 = 48_000.0;
const BLOCKS_PER_SECOND: usize = RATE_HZ as usize / MAX_BLOCK;
const RUNS: usize = 15;

fn time(work: &mut impl FnMut()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// The seconds that each of two tasks takes: medians of alternating runs.
fn compare(mut first: impl FnMut(), mut second: impl FnMut(), runs: usize) -> [f64; 2] {
    let (first, second): (Vec<_>, Vec<_>) = (0..runs).map(|_| (time(&mut first), time(&mut second))).unzip();
    [first, second].map(|mut durations| {
        durations.sort();
        durations[durations.len() / 2].as_secs_f64()
    })
}

fn seconds(count: usize, mut block: impl FnMut(usize, &mut [f32], &mut [f32])) {
    let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
    for number in 0..count * BLOCKS_PER_SECOND {
        block(number, &mut left, &mut right);
        black_box((&left, &right));
    }
}

fn chord(synthesizer: &mut Synthesizer, voices: u8) {
    (0..voices).for_each(|key| synthesizer.note_on(48 + key, 100));
}

/// `count` parts, of which one plays.
fn parts(count: usize, voices: u8) -> impl FnMut() {
    let mut parts = MultitimbralSynthesizer::new(RATE_HZ, count);
    chord(parts.part(0).expect("at least one"), voices);
    move || seconds(1, |_, left, right| parts.render_block(left, right))
}

fn silent_parts() {
    for voices in [1, 4] {
        let [one, eight] = compare(parts(1, voices), parts(8, voices), RUNS);
        println!("8 parts, 7 silent, against 1 part, {voices} voices: {:.2}", eight / one);
        let [five, fifteen] = compare(parts(5, voices), parts(15, voices), RUNS);
        println!("15 parts, 14 silent, against 5 parts, {voices} voices: {:.2}", fifteen / five);
    }
    let [five, fifteen] = compare(parts(5, 0), parts(15, 0), RUNS);
    println!(
        "15 silent parts against 5: {:.2} ({:.2} µs a block)",
        fifteen / five,
        fifteen * 1e6 / BLOCKS_PER_SECOND as f64
    );
    let make = |count| move || drop(black_box(MultitimbralSynthesizer::new(RATE_HZ, count)));
    let [five, fifteen] = compare(make(5), make(15), RUNS);
    println!("15 parts made against 5: {:.2} ({:.1} ms)", fifteen / five, fifteen * 1e3);
}

/// 60 s of noise with a long reverb, and the 60 s after it.
fn tails() {
    let mut patch = Patch::default();
    patch.set(Parameter::Osc1Waveform, 3.0);
    patch.set(Parameter::FilterCutoff, 0.5);
    patch.set(Parameter::FilterResonance, 0.9);
    patch.set(Parameter::ReverbWet, 0.8);
    patch.set(Parameter::ReverbRoomsize, 1.0);
    patch.set(Parameter::AmpRelease, 2.5);
    let minute = |tail: bool| {
        move || {
            let mut synthesizer = Synthesizer::new(RATE_HZ);
            synthesizer.set_patch(&patch);
            chord(&mut synthesizer, 4);
            seconds(1, |_, left, right| synthesizer.render_block(left, right));
            if tail {
                (0..128).for_each(|key| synthesizer.note_off(key));
            }
            seconds(60, |_, left, right| synthesizer.render_block(left, right));
        }
    };
    let [noise, tail] = compare(minute(false), minute(true), 3);
    println!("60 s of tail against 60 s of noise: {:.2}", tail / noise);
}

/// Four-second notes of patches with different waveforms, filters and reverbs: side by side, and one after the other.
fn side_by_side() {
    let patch = |number: usize| {
        let number = number as f32;
        let mut patch = Patch::default();
        for (parameter, value) in [
            (Parameter::Osc1Waveform, number % 4.0),
            (Parameter::Osc2Waveform, number % 3.0),
            (Parameter::OscMix, number / 16.0),
            (Parameter::FilterCutoff, number / 16.0),
            (Parameter::FilterEnvAmount, number),
            (Parameter::AmpRelease, 0.5 + number / 16.0),
            (Parameter::ReverbWet, 0.6 - number / 16.0),
        ] {
            patch.set(parameter, value);
        }
        patch
    };
    let patches: Vec<Patch> = (0..2 * PATCHES_TOGETHER).map(patch).collect();
    let notes = [
        Event { frame: 0, kind: EventKind::NoteOn { key: 60, velocity: 100 } },
        Event { frame: 2 * RATE_HZ as usize, kind: EventKind::NoteOff { key: 60 } },
    ];
    let frames = 4 * RATE_HZ as usize;
    let [many, each] = compare(
        || {
            black_box(render_many(&patches, &notes, RATE_HZ, MAX_BLOCK, frames));
        },
        || {
            for patch in &patches {
                black_box(render(patch, &notes, RATE_HZ, MAX_BLOCK, frames));
            }
        },
        RUNS,
    );
    let a_second = patches.len() as f64 / many;
    println!("patches side by side against one after the other: {:.2} ({a_second:.0} a second)", many / each);
}

/// 16 voices, with a constant patch and with a new one each block, which always crossfades.
fn morphing() {
    let patches = [2.0, 1.0].map(|waveform| {
        let mut patch = Patch::default();
        patch.set(Parameter::Osc1Waveform, waveform);
        patch
    });
    let second = move |morphs: bool| {
        let mut synthesizer = Synthesizer::new(RATE_HZ);
        chord(&mut synthesizer, 16);
        move || {
            seconds(1, |block, left, right| {
                if morphs {
                    let mut patch = patches[block / 16 % 2];
                    patch.set(Parameter::FilterCutoff, 0.5 + (block % 97) as f32 / 97.0);
                    patch.set(Parameter::Osc1Pulsewidth, (block % 89) as f32 / 89.0);
                    synthesizer.morph_to(&patch);
                }
                synthesizer.render_block(left, right);
            });
        }
    };
    let [constant, morphing] = compare(second(false), second(true), RUNS);
    println!(
        "16 voices: constant {:.0}× real time, morphing all the time {:.0}×: {:.2} of the cost",
        1.0 / constant,
        1.0 / morphing,
        morphing / constant
    );
}

fn main() {
    side_by_side();
    silent_parts();
    morphing();
    tails();
}
