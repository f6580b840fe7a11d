//! Promise: after any sequence of calls, at any sample rate and buffer size (repeated note ons, note offs
//! without note ons, morphs during morphs), the samples stay finite and bounded, and the sound ends.
//! A failure prints its seed and its smallest case.

use crate::common::cases;
use fundsp::audionode::AudioNode;
use fundsp::buffer::{BufferRef, BufferVec};
use patch::{PARAMETER_COUNT, Parameter, Patch};
use proptest::prelude::*;
use voice::{MAX_BLOCK, MultitimbralSynthesizer, Synthesizer};

const RATES_HZ: [f32; 6] = [8_000.0, 11_025.0, 44_100.0, 48_000.0, 192_000.0, 384_000.0];
/// Highest output of amSynth's limiter at a sample rate: see `corners.rs`.
fn bound(rate_hz: f32) -> f32 {
    0.9 / (1.0 - (-2.2 / (0.0001 * rate_hz)).exp()) * 1.001
}

#[derive(Clone, Debug)]
enum EngineCall {
    Morph(Patch),
    Set(Patch),
    On(u8, u8),
    Off(u8),
    Bend(i16),
    Control(u8, u8),
}

impl EngineCall {
    fn send(&self, synthesizer: &mut Synthesizer) {
        match self {
            Self::Morph(patch) => synthesizer.morph_to(patch),
            Self::Set(patch) => synthesizer.set_patch(patch),
            Self::On(key, velocity) => synthesizer.note_on(*key, *velocity),
            Self::Off(key) => synthesizer.note_off(*key),
            Self::Bend(value) => synthesizer.pitch_bend(*value),
            Self::Control(controller, value) => synthesizer.control_change(*controller, *value),
        }
    }
}

/// Values anywhere in their ranges, often at their limits; short releases and a short reverb keep the wait
/// for silence short. At full resonance under modulation the filter can become unstable, as amSynth's.
fn patches() -> impl Strategy<Value = Patch> {
    let position = prop_oneof![3 => 0.0f32..=1.0, 1 => Just(0.0), 1 => Just(1.0)];
    prop::collection::vec(position, PARAMETER_COUNT).prop_map(|positions| {
        let mut patch = Patch::default();
        for (parameter, position) in Parameter::ALL.into_iter().zip(positions) {
            let info = parameter.info();
            patch.set(parameter, info.min + position * (info.max - info.min));
        }
        for (parameter, most) in [
            (Parameter::AmpRelease, 0.6),
            (Parameter::ReverbRoomsize, 0.4),
            (Parameter::FilterResonance, 0.8),
        ] {
            patch.set(parameter, patch.get(parameter).min(most));
        }
        patch
    })
}

fn calls() -> impl Strategy<Value = Vec<EngineCall>> {
    // Few keys, so that they are often pressed or released twice.
    let key = || prop_oneof![3 => 57u8..=60, 1 => 0u8..=127];
    let one = prop_oneof![
        4 => patches().prop_map(EngineCall::Morph),
        1 => patches().prop_map(EngineCall::Set),
        4 => (key(), 0u8..=127).prop_map(|(key, velocity)| EngineCall::On(key, velocity)),
        3 => key().prop_map(EngineCall::Off),
        1 => (-8192i16..=8191).prop_map(EngineCall::Bend),
        1 => (0u8..=127, 0u8..=127).prop_map(|(controller, value)| EngineCall::Control(controller, value)),
    ];
    prop::collection::vec(one, 1..30)
}

/// Releases pedal and keys.
fn end(synthesizer: &mut Synthesizer) {
    synthesizer.control_change(64, 0);
    (0..128).for_each(|key| synthesizer.note_off(key));
}

/// Plays as a host does: buffers of any length, split into the 64 frames that a node takes.
fn play_node(synthesizer: &mut Synthesizer, frames: usize) -> f32 {
    let (mut peak, mut output) = (0.0f32, BufferVec::new(2));
    for start in (0..frames).step_by(MAX_BLOCK) {
        let size = (frames - start).min(MAX_BLOCK);
        synthesizer.process(size, &BufferRef::empty(), &mut output.buffer_mut());
        for i in 0..size {
            let level = output.at_f32(0, i).abs() + output.at_f32(1, i).abs();
            assert!(level.is_finite());
            peak = peak.max(level);
        }
    }
    peak
}

fn play_parts(parts: &mut MultitimbralSynthesizer, frames: usize) -> f32 {
    let mut peak = 0.0f32;
    let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
    for start in (0..frames).step_by(MAX_BLOCK) {
        let size = (frames - start).min(MAX_BLOCK);
        parts.render_block(&mut left[..size], &mut right[..size]);
        for (left, right) in left[..size].iter().zip(&right[..size]) {
            assert!(left.is_finite() && right.is_finite());
            peak = peak.max(left.abs() + right.abs());
        }
    }
    peak
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn any_calls_to_a_node_in_buffers_of_any_length_are_bounded_and_end(
        calls in calls(),
        buffers in prop::collection::vec(prop_oneof![1usize..=64, 1usize..=4096], 1..12),
        rate in 0..RATES_HZ.len(),
    ) {
        let rate_hz = RATES_HZ[rate];
        let mut synthesizer = Synthesizer::new(rate_hz);
        let mut buffers = buffers.into_iter().cycle();
        for step in &calls {
            step.send(&mut synthesizer);
            let peak = play_node(&mut synthesizer, buffers.next().unwrap_or(MAX_BLOCK));
            prop_assert!(peak <= bound(rate_hz), "{}", peak);
        }
        end(&mut synthesizer);
        // The longest release is 0.22 s.
        play_node(&mut synthesizer, (0.4 * rate_hz) as usize);
        prop_assert_eq!(synthesizer.active_voices(), 0);
        play_node(&mut synthesizer, (2.0 * rate_hz) as usize);
        let rest = play_node(&mut synthesizer, MAX_BLOCK);
        prop_assert!(rest < 1e-3, "a level of {}", rest);
    }

    #[test]
    fn any_calls_to_several_parts_in_blocks_of_any_size_are_bounded_and_end(
        calls in calls(),
        blocks in prop::collection::vec(1usize..=MAX_BLOCK, 1..8),
        rate in 0..RATES_HZ.len(),
    ) {
        let rate_hz = RATES_HZ[rate];
        let mut parts = MultitimbralSynthesizer::new(rate_hz, 3);
        let mut blocks = blocks.into_iter().cycle();
        for (number, step) in calls.iter().enumerate() {
            step.send(parts.part(number % 3).expect("three parts"));
            for _ in 0..20 {
                let peak = play_parts(&mut parts, blocks.next().unwrap_or(MAX_BLOCK));
                prop_assert!(peak <= bound(rate_hz), "{}", peak);
            }
        }
        (0..3).for_each(|index| end(parts.part(index).expect("three parts")));
        play_parts(&mut parts, (0.4 * rate_hz) as usize);
        prop_assert_eq!(parts.active_voices(), 0);
    }
}
