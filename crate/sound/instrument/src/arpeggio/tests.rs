//! The notes of the arpeggio, frame by frame, for keys that go down and up.

use super::*;
use crate::keyboard::press;

const RATE_HZ: f64 = 48_000.0;

/// An arpeggio and the keys that it plays.
struct Player {
    pressed: PressedKeys,
    arpeggio: Arpeggio,
}

impl Player {
    fn new() -> Self {
        Self { pressed: PressedKeys::new(), arpeggio: Arpeggio::new(RATE_HZ) }
    }

    fn set(&mut self, pattern: Pattern, steps_per_second: f64, gate: f64, voice: impl FnMut(u8, u8)) {
        let settings = ArpeggioSettings { pattern, steps_per_second, gate };
        self.arpeggio.set(&self.pressed, &settings, voice);
    }

    fn key(&mut self, key: u8, velocity: u8, next_step: Option<f64>, mut voice: impl FnMut(u8, u8)) {
        press(&mut self.pressed, &mut self.arpeggio, key, velocity, next_step, &mut voice);
    }

    fn to_next_step(&self) -> Option<f64> {
        self.arpeggio.next_step(&self.pressed)
    }

    fn play_due(&mut self, frames: usize, voice: impl FnMut(u8, u8)) -> usize {
        self.arpeggio.play_due(&self.pressed, frames, voice)
    }
}

/// The notes that reach the voice, with their frames: keys held from frame 0 on, in blocks of 64.
fn played(pattern: Pattern, speed_hz: f64, gate: f64, held: &[u8], frames: usize) -> Vec<(usize, u8, u8)> {
    let mut arpeggio = Player::new();
    arpeggio.set(pattern, speed_hz, gate, |_, _| ());
    held.iter().for_each(|key| arpeggio.key(*key, 100, None, |_, _| panic!("struck at once")));
    let mut notes = Vec::new();
    run(&mut arpeggio, 0, frames, &mut notes);
    notes
}

fn run(arpeggio: &mut Player, from: usize, to: usize, notes: &mut Vec<(usize, u8, u8)>) {
    let mut frame = from;
    while frame < to {
        let block = to.min(frame / 64 * 64 + 64) - frame;
        let passed = arpeggio.play_due(block, |key, velocity| notes.push((frame, key, velocity)));
        arpeggio.arpeggio.pass(passed);
        frame += passed;
    }
}

fn struck(notes: &[(usize, u8, u8)]) -> Vec<u8> {
    notes.iter().filter(|(_, _, velocity)| *velocity > 0).map(|(_, key, _)| *key).collect()
}

#[test]
fn patterns_go_through_the_keys_in_order() {
    let keys = |pattern, held: &[u8]| struck(&played(pattern, 10.0, 0.5, held, 32_000));
    assert_eq!(keys(Pattern::Up, &[64, 60, 67]), [60, 64, 67, 60, 64, 67, 60]);
    assert_eq!(keys(Pattern::Down, &[64, 60, 67]), [67, 64, 60, 67, 64, 60, 67]);
    assert_eq!(keys(Pattern::UpAndDown, &[64, 60, 67, 72]), [60, 64, 67, 72, 67, 64, 60]);
    assert_eq!(keys(Pattern::UpAndDown, &[64]), [64; 7]);
    assert_eq!(keys(Pattern::UpAndDown, &[64, 0]), [0, 64, 0, 64, 0, 64, 0]);
    assert_eq!(keys(Pattern::Chord, &[64, 127]), [64, 127].repeat(7));
}

#[test]
fn steps_and_gates_come_at_their_frames() {
    let notes = played(Pattern::Up, 10.0, 0.25, &[60], 9_600);
    assert_eq!(notes, [(0, 60, 100), (1_200, 60, 0), (4_800, 60, 100), (6_000, 60, 0)]);
}

#[test]
fn a_speed_that_is_no_whole_number_of_frames_does_not_drift() {
    let notes = played(Pattern::Up, 7.0, 0.0, &[60], 479_000);
    let steps: Vec<usize> = notes.iter().filter(|(_, _, v)| *v > 0).map(|(frame, ..)| *frame).collect();
    assert_eq!(steps.len(), 70);
    for (step, frame) in steps.iter().enumerate() {
        let exact = step as f64 * RATE_HZ / 7.0;
        assert!((*frame as f64 - exact).abs() <= 1.0, "step {step}: {frame}, {exact}");
    }
}

#[test]
fn a_full_gate_is_legato_and_sends_note_on_before_note_off() {
    let notes = played(Pattern::Up, 10.0, 1.0, &[60, 62], 5_000);
    assert_eq!(notes, [(0, 60, 100), (4_800, 62, 100), (4_800, 60, 0)]);
    // At a speed that is no whole number of frames, too.
    let notes = played(Pattern::Up, 7.0, 1.0, &[60, 62], 479_000);
    assert!(
        notes[1..].chunks_exact(2).all(|pair| pair[0].0 == pair[1].0 && pair[0].2 == 100 && pair[1].2 == 0)
    );
}

#[test]
fn a_repeated_key_is_released_first() {
    let notes = played(Pattern::Up, 10.0, 1.0, &[60], 5_000);
    assert_eq!(notes, [(0, 60, 100), (4_800, 60, 0), (4_800, 60, 100)]);
    // If two chords share keys, these go up first, and the rest of the first chord last.
    let mut arpeggio = Player::new();
    arpeggio.set(Pattern::Chord, 10.0, 1.0, |_, _| ());
    let mut notes = Vec::new();
    [60, 64].into_iter().for_each(|key| arpeggio.key(key, 90, None, |_, _| ()));
    run(&mut arpeggio, 0, 4_000, &mut notes);
    [(67, 90), (60, 0)].into_iter().for_each(|(key, velocity)| arpeggio.key(key, velocity, None, |_, _| ()));
    run(&mut arpeggio, 4_000, 5_000, &mut notes);
    let change = [(64, 0), (64, 90), (67, 90), (60, 0)].map(|(key, velocity)| (4_800, key, velocity));
    assert_eq!(notes[2..], change);
}

#[test]
fn the_last_key_ends_it_and_the_next_begins_anew() {
    let mut arpeggio = Player::new();
    arpeggio.set(Pattern::Up, 10.0, 1.0, |_, _| ());
    let mut notes = Vec::new();
    [60, 62].into_iter().for_each(|key| arpeggio.key(key, 90, None, |_, _| ()));
    run(&mut arpeggio, 0, 5_000, &mut notes);
    [60, 62]
        .into_iter()
        .for_each(|key| arpeggio.key(key, 0, None, |key, velocity| notes.push((5_000, key, velocity))));
    run(&mut arpeggio, 5_000, 6_000, &mut notes);
    arpeggio.key(50, 80, None, |_, _| ());
    run(&mut arpeggio, 6_000, 7_000, &mut notes);
    assert_eq!(notes[3..], [(5_000, 62, 0), (6_000, 50, 80)]);
}

#[test]
fn a_later_arpeggio_sounds_at_once_and_then_synchronizes() {
    for (landing, second) in [(1_000, 4_800), (4_000, 9_600)] {
        let mut arpeggios = [(); 2].map(|()| Player::new());
        let mut notes = [Vec::new(), Vec::new()];
        arpeggios.iter_mut().for_each(|arpeggio| arpeggio.set(Pattern::Up, 10.0, 0.5, |_, _| ()));
        let [first, other] = &mut arpeggios;
        first.key(60, 90, None, |_, _| ());
        run(first, 0, landing, &mut notes[0]);
        other.key(64, 90, first.to_next_step(), |_, _| ());
        run(other, landing, 15_000, &mut notes[1]);
        let struck = notes[1].iter().filter(|(_, _, velocity)| *velocity > 0);
        let frames: Vec<usize> = struck.map(|(frame, ..)| *frame).collect();
        assert_eq!(frames[..2], [landing, second], "a first step of less than half a step is extended");
        assert_eq!(frames[2], second + 4_800);
    }
}

#[test]
fn a_new_rhythm_keeps_two_arpeggios_synchronized() {
    let mut arpeggios = [(); 2].map(|()| Player::new());
    arpeggios.iter_mut().for_each(|arpeggio| arpeggio.set(Pattern::Up, 10.0, 0.5, |_, _| ()));
    let [first, other] = &mut arpeggios;
    first.key(60, 90, None, |_, _| ());
    run(first, 0, 4_100, &mut Vec::new());
    other.key(64, 90, first.to_next_step(), |_, _| ());
    for arpeggio in [&mut *first, &mut *other] {
        run(arpeggio, 4_100, 4_200, &mut Vec::new());
        arpeggio.set(Pattern::Up, 10.0, 0.7, |_, _| ());
        run(arpeggio, 4_200, 6_000, &mut Vec::new());
        arpeggio.set(Pattern::Up, 8.0, 0.7, |_, _| ());
    }
    let steps = |arpeggio: &mut Player| {
        let mut notes = Vec::new();
        run(arpeggio, 6_000, 40_000, &mut notes);
        notes.iter().filter(|(_, _, velocity)| *velocity > 0).map(|(frame, ..)| *frame).collect::<Vec<_>>()
    };
    let (first, other) = (steps(first), steps(other));
    assert!(other.len() >= 4 && first.ends_with(&other), "{first:?}, {other:?}");
}

#[test]
fn held_keys_begin_the_arpeggio_and_sound_on_after_it() {
    let mut arpeggio = Player::new();
    let mut notes = Vec::new();
    [60, 64]
        .into_iter()
        .for_each(|key| arpeggio.key(key, 90, None, |key, velocity| notes.push((key, velocity))));
    arpeggio.set(Pattern::Up, 10.0, 1.0, |key, velocity| notes.push((key, velocity)));
    arpeggio.play_due(64, |key, velocity| notes.push((key, velocity)));
    arpeggio.set(Pattern::Off, 10.0, 1.0, |key, velocity| notes.push((key, velocity)));
    arpeggio.play_due(64, |_, _| panic!("it is off"));
    let plain = [(60, 90), (64, 90)];
    assert_eq!(notes, [plain.as_slice(), &[(60, 0), (64, 0), (60, 90), (60, 0)], &plain].concat());
}

#[test]
fn extreme_rhythms_are_clamped_and_not_a_number_is_ignored() {
    assert_eq!(played(Pattern::Chord, 1e9, 9.0, &[60], 1_000).len(), 3);
    assert_eq!(played(Pattern::Chord, -1.0, -1.0, &[60], 480_001).len(), 3);
    for (pattern, steps_per_second, gate) in [(1, f64::NAN, 0.5), (1, 8.0, f64::NAN), (5, 8.0, 0.5)] {
        assert_eq!(ArpeggioSettings::new(pattern, steps_per_second, gate), None);
    }
}
