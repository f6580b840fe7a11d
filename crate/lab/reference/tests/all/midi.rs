//! Promise: sustain pedal, controllers, pitch bend and pan give the same samples as Debian's amSynth.

use patch::{Parameter, Patch};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use reference::residual::residual;
use voice::render::{Event, EventKind, render};

const RATE_HZ: u32 = 44_100;
/// A tenth of a second on amSynth's grid.
const STEP: usize = 4_416;
const MODES: [f32; 3] = [0.0, 1.0, 2.0];

fn on(step: usize, key: u8) -> Event {
    Event { frame: step * STEP, kind: EventKind::NoteOn { key, velocity: 100 } }
}

fn off(step: usize, key: u8) -> Event {
    Event { frame: step * STEP, kind: EventKind::NoteOff { key } }
}

fn control(step: usize, controller: u8, value: u8) -> Event {
    Event { frame: step * STEP, kind: EventKind::ControlChange { controller, value } }
}

/// A patch with modulation, portamento and a long release.
fn patch(mode: f32) -> Patch {
    let mut patch = Patch::default();
    for (parameter, value) in [
        (Parameter::KeyboardMode, mode),
        (Parameter::PortamentoTime, 0.08),
        (Parameter::AmpRelease, 0.6),
        (Parameter::AmpDecay, 0.5),
        (Parameter::AmpSustain, 0.4),
        (Parameter::LfoFreq, 1.5),
    ] {
        patch.set(parameter, value);
    }
    patch
}

/// Asserts equal samples that are not silent.
fn assert_same(what: &str, patch: &Patch, events: &[Event], host_block: usize, steps: usize) {
    let ours = assert_equal(what, patch, events, host_block, steps);
    assert!(ours.iter().any(|sample| sample.abs() > 0.01), "{what}: nothing was played");
}

/// Asserts equal samples; returns the left channel.
fn assert_equal(what: &str, patch: &Patch, events: &[Event], host_block: usize, steps: usize) -> Vec<f32> {
    let frames = steps * STEP;
    let ours = render(patch, events, RATE_HZ as f32, host_block, frames);
    let amsynth = reference::render(patch, events, RATE_HZ, host_block, frames)
        .unwrap_or_else(|error| panic!("{error}"));
    let residual = residual(&ours, &amsynth);
    assert!(residual.is_exact(), "{what}: differs from frame {:?} on", residual.first_frame);
    let [left, _] = ours;
    left
}

#[test]
fn the_pedal_sounds_as_amsynths_in_every_mode_and_order_of_keys() {
    let orders: [[u8; 3]; 4] = [[60, 64, 67], [67, 64, 60], [64, 60, 67], [60, 67, 64]];
    for mode in MODES {
        for keys in orders {
            for held in 0..4 {
                let mut events = vec![control(0, 64, 127)];
                events.extend((1..).zip(keys).map(|(step, key)| on(step, key)));
                let released = (4..).zip(keys).filter(|(step, _)| *step != held + 4);
                events.extend(released.map(|(step, key)| off(step, key)));
                events.extend([control(8, 64, 0), on(10, 62), off(11, 62)]);
                events.extend(keys.map(|key| off(12, key)));
                assert_same(
                    &format!("mode {mode}, keys {keys:?}, {held} held"),
                    &patch(mode),
                    &events,
                    64,
                    15,
                );
            }
        }
    }
}

/// In a single host call, because a DSSI host overwrites the change of a mapped controller at its next one.
#[test]
fn modulation_wheel_and_volume_sound_as_amsynths() {
    for (controller, value) in [(1, 90), (7, 40), (7, 127), (1, 1)] {
        let events = [on(0, 60), control(2, controller, value), on(3, 64), control(5, controller, 64)];
        assert_same(&format!("controller {controller} at {value}"), &patch(0.0), &events, 8 * STEP, 8);
    }
}

#[test]
fn every_pan_position_sounds_as_amsynths() {
    let mut events = vec![on(0, 60)];
    events.extend((0..128).map(|value| Event {
        frame: 1_024 + usize::from(value) * 64,
        kind: EventKind::ControlChange { controller: 10, value },
    }));
    assert_same("pan", &patch(0.0), &events, 64, 4);
}

#[test]
fn every_pitch_bend_range_sounds_as_amsynths() {
    let bend = |step: usize, value| Event { frame: step * STEP, kind: EventKind::PitchBend(value) };
    for (registered, entry) in [((0, 0), 12), ((0, 0), 0), ((0, 1), 7), ((127, 127), 7), ((0, 0), 127)] {
        let events = [
            on(0, 60),
            bend(1, 4_321),
            control(2, 101, registered.0),
            control(2, 100, registered.1),
            control(2, 6, entry),
            bend(3, -8_192),
            bend(4, 8_191),
            control(5, 99, 1),
            control(5, 98, 1),
            control(5, 6, 3),
            bend(6, 100),
            control(7, 121, 0),
        ];
        assert_same(&format!("range {entry} to {registered:?}"), &patch(0.0), &events, 64, 8);
    }
}

#[test]
fn channel_mode_messages_sound_as_amsynths_in_every_keyboard_mode() {
    for mode in MODES {
        let mut patch = patch(mode);
        patch.set(Parameter::ReverbWet, 0.6);
        for controller in 120..=127 {
            for value in [0, 1, 127] {
                let events = [
                    on(0, 60),
                    control(1, 64, 127),
                    on(1, 67),
                    off(2, 67),
                    control(3, controller, value),
                    on(5, 64),
                    off(6, 64),
                    control(7, 64, 0),
                ];
                let what = format!("controller {controller} at {value}, mode {mode}");
                assert_same(&what, &patch, &events, 64, 9);
            }
        }
    }
}

#[test]
fn every_velocity_sounds_as_amsynths() {
    let mut patch = patch(0.0);
    patch.set(Parameter::FilterCutoff, 0.4);
    let events: Vec<Event> = (0..128)
        .flat_map(|velocity| {
            let frame = usize::from(velocity) * 640;
            let on = EventKind::NoteOn { key: 60, velocity };
            [Event { frame, kind: on }, Event { frame: frame + 320, kind: EventKind::NoteOff { key: 60 } }]
        })
        .collect();
    assert_same("velocities", &patch, &events, 64, 20);
}

/// Few keys, so that notes overlap; for a single host call, so that changes of mapped controllers last.
fn random_notes(seed: u64) -> (Patch, Vec<Event>) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut patch = patch(random.random_range(0..3) as f32);
    patch.set(Parameter::PortamentoTime, choose(&mut random, &[0.0, 0.1]));
    patch.set(Parameter::PortamentoMode, choose(&mut random, &[0.0, 1.0]));
    patch.set(Parameter::AmpRelease, choose(&mut random, &[0.2, 0.8]));
    patch.set(Parameter::ReverbWet, choose(&mut random, &[0.0, 0.5]));
    let mut events = vec![on(0, 60)];
    let mut frame = 0;
    for _ in 0..random.random_range(5..40) {
        frame += choose(&mut random, &[0, 0, 37, 64, 640, 1_920]);
        let key = choose(&mut random, &[60, 62, 64, 67, 72]);
        let kind = match random.random_range(0..20) {
            0..=7 => EventKind::NoteOn { key, velocity: random.random_range(0..128) },
            8..=13 => EventKind::NoteOff { key },
            14..=16 => EventKind::ControlChange { controller: 64, value: choose(&mut random, &[0, 127]) },
            17 => EventKind::ControlChange {
                controller: random.random_range(120..128),
                value: choose(&mut random, &[0, 1]),
            },
            18 => EventKind::ControlChange {
                controller: choose(&mut random, &[1, 6, 7, 10, 100, 101, 121]),
                value: choose(&mut random, &[0, 0, 3, 64, 127]),
            },
            _ => EventKind::PitchBend(random.random_range(-8_192..8_192)),
        };
        events.push(Event { frame, kind });
    }
    (patch, events)
}

fn choose<T: Copy>(random: &mut ChaCha8Rng, choices: &[T]) -> T {
    choices[random.random_range(0..choices.len())]
}

#[test]
fn random_notes_on_few_keys_sound_as_amsynths() {
    let mut audible = 0;
    for seed in 0..100 {
        let (patch, events) = random_notes(seed);
        let steps = events.last().map_or(0, |event| event.frame) / STEP + 2;
        let sound = assert_equal(&format!("seed {seed}"), &patch, &events, steps * STEP, steps);
        audible += usize::from(sound.iter().any(|sample| sample.abs() > 0.01));
    }
    assert!(audible > 90, "only {audible} of 100 were audible");
}
