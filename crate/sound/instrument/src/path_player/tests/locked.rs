//! Paths that are locked to the transport.

use super::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence};

const FROM_BEGINNING: TransportState = TransportState::FromBeginning;
/// The seconds of a beat in the paths' own time, as a page gives them to all loops: 6,000 ticks.
const BEAT_S: f64 = 0.6;
/// Frames of a beat at 120 beats a minute.
const BEAT_FRAMES: usize = 24_000;

fn locked(beats: f64, origin_beats: f64) -> PathStart {
    let lock = BeatLock::new(beats, origin_beats);
    PathStart { length_s: beats * BEAT_S, repeats: true, pace: USUAL, at_s: 0.0, lock }
}

/// A finger that plays a key at each of these beats for a sixteenth.
fn notes(beats: &[f64], key: u8) -> Vec<ScoreStroke> {
    let note = |beat: &f64| stroke(&[(beat * BEAT_S, 0.0), ((beat + 0.25) * BEAT_S, 1.0)], Some(key));
    beats.iter().map(note).collect()
}

impl Played {
    fn write(&mut self, fingers: &[Vec<ScoreStroke>]) {
        let finger = |strokes: &Vec<_>| ScoreFinger { strokes: strokes.clone(), levels: Vec::new() };
        let words = write(&fingers.iter().map(finger).collect::<Vec<_>>());
        self.player.room(words.len()).unwrap().copy_from_slice(&words);
    }

    fn lock(&mut self, number: usize, fingers: &[Vec<ScoreStroke>], start: &PathStart) {
        self.write(fingers);
        self.start(number, start);
    }

    /// The frames in which a key goes down.
    fn ons(&self, key: u8) -> Vec<usize> {
        self.keys().into_iter().filter(|on| on.2 == key && on.3 > 0).map(|on| on.0).collect()
    }
}

fn rows(played: &mut Played) -> Vec<[f32; 2]> {
    played.player.report().chunks(4).map(|row| [row[2], row[3]]).collect()
}

#[test]
fn a_locked_path_waits_for_its_origin_and_rests_while_the_transport_is_stopped() {
    let mut played = Played::new();
    played.lock(0, &[notes(&[0.0, 1.0, 3.75], 60)], &locked(4.0, 1.0));
    played.run(10_000);
    assert_eq!((played.ons(60), rows(&mut played)), (vec![], vec![[-1.0, 0.0]]));
    played.player.set_transport(120.0, FROM_BEGINNING);
    let start = played.frame;
    played.run(BEAT_FRAMES - 64);
    assert_eq!((played.ons(60), rows(&mut played)), (vec![], vec![[-1.0, 0.0]]));
    played.run(5 * BEAT_FRAMES);
    let expected = [1.0, 2.0, 4.75, 5.0].map(|beat| start + (beat * BEAT_FRAMES as f64) as usize);
    assert_eq!(played.ons(60), expected, "the last note ends where the first one begins anew");
    played.run(1_000);
    played.player.set_transport(120.0, TransportState::Stopped);
    played.run(64);
    assert_eq!(played.keys().last().map(|key| key.3), Some(0), "its finger has lifted");
    assert_eq!(rows(&mut played)[0][0], -1.0);
    played.run(50_000);
    assert_eq!(played.ons(60).len(), 5);
    played.player.set_transport(120.0, TransportState::Running);
    played.run(3 * BEAT_FRAMES - 5_000);
    assert_eq!(played.ons(60).len(), 7, "it goes on in the same note, and plays the next one");
}

#[test]
fn from_the_beginning_even_a_note_without_an_end_begins_anew() {
    let held = stroke(&[(0.0, 0.0), (4.0 * BEAT_S, 1.0)], Some(60));
    let mut played = Played::new();
    played.player.set_transport(120.0, FROM_BEGINNING);
    played.lock(0, &[vec![held]], &locked(4.0, 0.0));
    played.run(9 * BEAT_FRAMES - 64);
    assert_eq!(played.ons(60), [0, 4 * BEAT_FRAMES, 8 * BEAT_FRAMES]);
    played.player.set_transport(120.0, FROM_BEGINNING);
    played.player.set_pace(0, USUAL);
    played.run(64);
    assert_eq!(played.ons(60).last(), Some(&(9 * BEAT_FRAMES - 64)));
}

#[test]
fn the_time_of_a_locked_path_comes_from_the_transport_alone() {
    for (rate, direction, at_beats) in [
        (1.0, PathDirection::Forward, 6.5),
        (2.0, PathDirection::Forward, 6.5),
        (0.5, PathDirection::Forward, 6.5),
        (1.0, PathDirection::Backward, 5.0),
        (1.0, PathDirection::ThereAndBack, 6.5),
    ] {
        let pace = PathPace { rate, direction };
        let mut played = Played::new();
        played.player.set_transport(60.0, FROM_BEGINNING);
        played.run((at_beats * 30_000.0) as usize);
        played.player.set_transport(100.0, TransportState::Running);
        played.run(10_000);
        let fingers = [notes(&[0.0, 1.0, 2.0, 3.0], 60)];
        played.lock(0, &fingers, &PathStart { pace, ..locked(4.0, 0.0) });
        played.lock(1, &fingers, &locked(4.0, 0.0));
        played.player.set_pace(1, pace);
        played.run(1);
        let beats = played.player.transport().beats().unwrap();
        let off = rows(&mut played).iter().map(|row| f64::from(row[1]) / BEAT_S).collect::<Vec<_>>();
        let phase = (beats * rate) % if direction == PathDirection::ThereAndBack { 8.0 } else { 4.0 };
        let time = match direction {
            PathDirection::Forward => phase,
            PathDirection::Backward => 4.0 - phase,
            PathDirection::ThereAndBack => phase.min(8.0 - phase),
        };
        assert!(off.iter().all(|own| (own - time).abs() < 1e-3), "{off:?} instead of {time}");
    }
}

#[test]
fn fingers_that_grow_at_their_end_are_neither_cut_nor_struck_twice() {
    let (one, more) = (notes(&[0.0, 2.0], 60), notes(&[0.0, 2.0, 3.0], 60));
    // In a note, in a pause, and in the very frame in which a note begins or a round ends.
    for change in [1_000, BEAT_FRAMES, 2 * BEAT_FRAMES, 4 * BEAT_FRAMES, 6 * BEAT_FRAMES + 100] {
        let [mut plain, mut changed] = [Played::new(), Played::new()];
        for played in [&mut plain, &mut changed] {
            played.player.set_transport(120.0, FROM_BEGINNING);
            played.lock(0, std::slice::from_ref(&one), &locked(4.0, 0.0));
            played.run(change);
        }
        let start = PathStart { at_s: f64::NAN, ..locked(4.0, 0.0) };
        changed.lock(0, &[more.clone(), notes(&[3.5], 70)], &start);
        let end = (change / BEAT_FRAMES / 4 + 1) * 4 * BEAT_FRAMES;
        [&mut plain, &mut changed].into_iter().for_each(|played| played.run(end - change - 1));
        let third = |frame: &usize| frame % (4 * BEAT_FRAMES) == 3 * BEAT_FRAMES;
        let before: Vec<_> = changed.ons(60).into_iter().filter(|frame| !third(frame)).collect();
        assert_eq!(before, plain.ons(60), "changed at {change}");
        assert_eq!(changed.ons(60).len() - before.len(), 1, "the new note plays: changed at {change}");
        assert_eq!(changed.ons(70).len(), 1);
    }
}

#[test]
fn hostile_locks_paces_and_lengths_play_on() {
    let numbers = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 0.0, 1e-300, 1e300, 1.0, 4e9];
    let mut played = Played::new();
    for (index, beats) in numbers.into_iter().enumerate() {
        for origin_beats in numbers {
            for rate in numbers {
                let lock = BeatLock::new(beats, origin_beats);
                assert_eq!(lock.is_some(), beats > 0.0);
                let pace = PathPace { rate, direction: PathDirection::from_number(index as u32 % 3) };
                let start = PathStart { lock, pace, repeats: index % 2 == 0, ..locked(4.0, 0.0) };
                played.player.set_transport(rate, TransportState::from_number(index as u32 % 3).unwrap());
                played.lock(index, &[notes(&[0.0, 1.0], 60)], &start);
                played.run(64);
                assert!(rows(&mut played).iter().flatten().all(|number| number.is_finite()));
            }
        }
    }
    played.write(&[notes(&[0.0], 60)]);
    for length_s in numbers.into_iter().filter(|length_s| !(1.0..1e5).contains(length_s)) {
        let start = PathStart { length_s, ..locked(4.0, 0.0) };
        assert!(!played.player.play(0, &start, &mut |_| ()), "{length_s}");
    }
}

/// The tempos of ten minutes: for each change the blocks until the next one, and the beats a minute.
fn tempos() -> impl Strategy<Value = Vec<(usize, f64)>> {
    let whole = (40..240_u32).prop_map(f64::from);
    prop::collection::vec((1_000..60_000_usize, prop_oneof![40.0..240.0_f64, whole]), 1..12)
}

proptest! {
    #![proptest_config(Config {
        cases: 12,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..Config::default()
    })]

    #[test]
    fn ten_minutes_of_loops_of_any_length_stay_together_to_the_sample(
        tempos in tempos(),
        sixteenths in prop::collection::btree_set(0..48_u32, 1..8),
        rate_hz in prop::sample::select(vec![44_100.0, 48_000.0, 96_000.0]),
    ) {
        let mut played = Played { player: PathPlayer::new(rate_hz), frame: 0, events: Vec::new() };
        played.player.set_transport(tempos[0].1, FROM_BEGINNING);
        // Twelfths of a beat: sixteenths and triplets.
        let bar: Vec<f64> = sixteenths.iter().map(|place| f64::from(*place) / 12.0).collect();
        for (number, bars) in [1, 2, 4, 8].into_iter().enumerate() {
            let beats: Vec<f64> = (0..bars).flat_map(|bar_number| {
                bar.iter().map(move |beat| beat + 4.0 * f64::from(bar_number))
            }).collect();
            let strokes = beats.iter().map(|beat| {
                stroke(&[(beat * BEAT_S, 0.0), ((beat + 1.0 / 24.0) * BEAT_S, 1.0)], Some(40 + number as u8))
            }).collect();
            played.lock(number, &[strokes], &locked(4.0 * f64::from(bars), -4.0 * number as f64));
        }
        let total = (600.0 * rate_hz) as usize;
        // The frame, the beat and the beats a minute of each change.
        let mut changes: Vec<(usize, f64, f64)> = Vec::new();
        for &(blocks, bpm) in tempos.iter().cycle() {
            if played.frame >= total {
                break;
            }
            played.player.set_transport(bpm, TransportState::Running);
            changes.push((played.frame, played.player.transport().beats().unwrap(), bpm));
            played.run((64 * blocks).min(total - played.frame));
        }
        let together = played.ons(40);
        for key in 41..44 {
            prop_assert!(played.ons(key) == together, "loop {key} differs");
        }
        let mut beats = (0..).flat_map(|bar_number| {
            bar.iter().map(move |beat| beat + 4.0 * f64::from(bar_number))
        });
        for &frame in &together {
            let beat = beats.next().unwrap();
            let change = changes.iter().rev().find(|change| change.1 <= beat + 1e-9).unwrap();
            let expected = change.0 as f64 + (beat - change.1) * 60.0 * rate_hz / change.2;
            let late = frame as f64 - expected;
            prop_assert!((-0.01..1.0).contains(&late), "{late} frames after beat {beat}");
        }
        let last = changes.last().unwrap();
        let end_beat = last.1 + (total - last.0) as f64 * last.2 / 60.0 / rate_hz;
        prop_assert!(beats.next().unwrap() > end_beat - 0.01, "all notes have played");
    }
}
