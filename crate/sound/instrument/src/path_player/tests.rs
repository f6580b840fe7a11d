mod locked;

use super::*;
use protocol::path_score::{ScoreFinger, ScoreStroke, write};

const RATE_HZ: f64 = 48_000.0;
const DUE: DueParts = DueParts { reserved: 0, sounding: 0, moves: true };
const USUAL: PathPace = PathPace { rate: 1.0, direction: PathDirection::Forward };

fn at(x: f32) -> Point {
    Point { x, y: -x }
}

fn stroke(points: &[(f64, f32)], key: Option<u8>) -> ScoreStroke {
    ScoreStroke { key, velocity: 100, points: points.iter().map(|&(time_s, x)| (time_s, at(x))).collect() }
}

/// A player and the events that it plays, by frame.
struct Played {
    player: PathPlayer,
    frame: usize,
    events: Vec<(usize, PathEvent)>,
}

impl Played {
    fn new() -> Self {
        Self { player: PathPlayer::new(RATE_HZ), frame: 0, events: Vec::new() }
    }

    fn play(
        &mut self,
        number: usize,
        fingers: &[Vec<ScoreStroke>],
        length_s: f64,
        pace: PathPace,
        at_s: f64,
    ) {
        let finger = |strokes: &Vec<_>| ScoreFinger { strokes: strokes.clone(), levels: Vec::new() };
        let fingers: Vec<_> = fingers.iter().map(finger).collect();
        let words = write(&fingers);
        self.player.room(words.len()).unwrap().copy_from_slice(&words);
        let start = PathStart { length_s, repeats: true, pace, at_s, lock: None };
        self.start(number, &start);
    }

    fn start(&mut self, number: usize, start: &PathStart) {
        let Self { player, frame, events } = self;
        assert!(player.play(number, start, &mut |event| events.push((*frame, event))));
    }

    fn run(&mut self, frames: usize) {
        let end = self.frame + frames;
        while self.frame < end {
            let Self { player, frame, events } = self;
            let left = (end - *frame).min(64);
            let passed = player.play_due(left, &DUE, &mut |event| events.push((*frame, event)));
            assert!((1..=left).contains(&passed));
            player.pass(passed);
            self.frame += passed;
        }
    }

    /// The frames in which keys go down and up, with the part.
    fn keys(&self) -> Vec<(usize, usize, u8, u8)> {
        let key = |&(frame, event): &(usize, PathEvent)| match event {
            PathEvent::Key(part, key, velocity) => Some((frame, part, key, velocity)),
            _ => None,
        };
        self.events.iter().filter_map(key).collect()
    }

    fn last_point(&self) -> Point {
        let point = |(_, event): &(usize, PathEvent)| match *event {
            PathEvent::Move(_, point) => Some(point),
            _ => None,
        };
        self.events.iter().rev().find_map(point).unwrap()
    }
}

/// A stroke from 0 to 1 within a second, a pause of half a second, a tap at 3 of half a second.
fn drawn() -> Vec<Vec<ScoreStroke>> {
    vec![vec![stroke(&[(0.0, 0.0), (1.0, 1.0)], None), stroke(&[(1.5, 3.0), (2.0, 3.0)], Some(67))]]
}

#[test]
fn notes_begin_and_end_in_their_frames() {
    let mut played = Played::new();
    played.play(0, &drawn(), 2.0, USUAL, 0.0);
    played.run(200_000);
    let expected = [
        (0, 14, 60, 100),
        (48_000, 14, 60, 0),
        (72_000, 14, 67, 100),
        (96_000, 14, 67, 0),
        (96_000, 14, 60, 100),
        (144_000, 14, 60, 0),
        (168_000, 14, 67, 100),
        (192_000, 14, 67, 0),
        (192_000, 14, 60, 100),
    ];
    assert_eq!(played.keys(), expected);
}

#[test]
fn backward_and_there_and_back_play_the_same_strokes() {
    let ons = |direction, at_s| {
        let mut played = Played::new();
        played.play(0, &drawn(), 2.0, PathPace { rate: 2.0, direction }, at_s);
        played.run(3 * 48_000 - 1);
        let keys = played.keys().into_iter();
        keys.filter(|&(.., velocity)| velocity > 0).map(|(frame, _, key, _)| (frame, key)).collect::<Vec<_>>()
    };
    let backward = ons(PathDirection::Backward, 2.0);
    assert_eq!(backward, [(0, 67), (24_000, 60), (48_000, 67), (72_000, 60), (96_000, 67), (120_000, 60)]);
    // The tap at the end and the stroke at the beginning turn without lifting.
    let there_and_back = ons(PathDirection::ThereAndBack, 0.0);
    assert_eq!(there_and_back, [(0, 60), (36_000, 67), (72_000, 60), (132_000, 67)]);
}

#[test]
fn ten_minutes_do_not_drift_from_the_samples() {
    // A length and a pace that are no whole numbers of frames.
    let (length_s, rate) = (0.7331, 1.0317);
    let mut played = Played::new();
    let fingers = [vec![stroke(&[(0.1, 0.0), (0.4, 1.0)], None)]];
    played.play(0, &fingers, length_s, PathPace { rate, ..USUAL }, 0.0);
    played.run(600 * 48_000);
    let ons: Vec<usize> = played.keys().iter().filter(|key| key.3 > 0).map(|key| key.0).collect();
    assert_eq!(ons.len(), ((600.0 * rate - 0.1) / length_s) as usize + 1);
    for (round, &frame) in ons.iter().enumerate() {
        let expected = (0.1 + round as f64 * length_s) / rate * RATE_HZ;
        let late = frame as f64 - expected;
        assert!((-1e-3..1.001).contains(&late), "round {round}: {late} frames late");
    }
}

#[test]
fn pace_and_direction_change_without_a_jump() {
    let mut played = Played::new();
    played.play(0, &drawn(), 2.0, PathPace { rate: 2.0, ..USUAL }, 0.0);
    played.run(12_000);
    for (rate, direction, expected) in [
        (2.0, PathDirection::Backward, 0.3),
        (1.0, PathDirection::Backward, 0.2),
        (4.0, PathDirection::Forward, 0.6),
    ] {
        played.player.set_pace(0, PathPace { rate, direction });
        played.run(4_800);
        let x = played.last_point().x;
        assert!((x - expected).abs() < 0.01, "{x} instead of {expected}");
    }
    assert_eq!(played.keys().len(), 1, "it has not lifted: {:?}", played.keys());
}

#[test]
fn fingers_take_the_last_free_parts_and_leave_claimed_ones() {
    let held = |x: f32| vec![stroke(&[(0.0, x), (1.0, x)], None)];
    let parts =
        |played: &mut Played| -> Vec<f32> { played.player.report().chunks(4).map(|row| row[2]).collect() };
    let mut played = Played::new();
    let fingers = |count: usize| vec![held(1.0); count];
    played.play(0, &fingers(2), 1.0, USUAL, 0.0);
    played.play(1, &fingers(10), 1.0, USUAL, 0.0);
    played.play(9, &fingers(4), 1.0, USUAL, 0.0);
    played.run(64);
    let in_order: Vec<f32> = (0..15_u8).rev().map(f32::from).collect();
    assert_eq!(parts(&mut played), [in_order.as_slice(), &[-2.0]].concat());
    let Played { player, frame, events } = &mut played;
    // The parts of paths cannot be claimed.
    player.claim(0b1_0000_0000_0011, &mut |event| events.push((*frame, event)));
    assert_eq!(events.iter().filter(|(_, event)| matches!(event, PathEvent::Key(0 | 1, _, 0))).count(), 2);
    played.run(64);
    assert_eq!(parts(&mut played)[12..], [2.0, -2.0, -2.0, -2.0]);
    played.player.stop(0, &mut |_| ());
    played.run(64);
    assert_eq!(parts(&mut played)[10..], [2.0, 14.0, 13.0, -2.0]);
}

#[test]
fn a_finger_plays_the_keys_of_the_lanes_that_it_crosses() {
    for (is_legato, expected) in [(false, [(60, 0), (62, 100)]), (true, [(62, 100), (60, 0)])] {
        let mut played = Played::new();
        played.player.set_lanes([1 << 60, 1 << 62].into_iter(), is_legato);
        played.play(0, &[vec![stroke(&[(0.0, -1.0), (1.0, 1.0)], None)]], 1.0, USUAL, 0.0);
        played.run(47_000);
        let keys: Vec<_> = played.keys().iter().map(|&(_, _, key, velocity)| (key, velocity)).collect();
        assert_eq!(keys, [[(60, 100)].as_slice(), &expected].concat());
        assert!(played.keys()[1].0.abs_diff(24_000) <= 64);
        played.player.set_lanes([1 << 50].into_iter(), false);
        played.run(64);
        assert_eq!(played.keys().last().unwrap().2, 50);
    }
}

#[test]
fn in_legato_a_key_that_follows_another_one_at_once_goes_down_before_that_goes_up() {
    let line = |from_s: f64, to_s: f64, key: u8| stroke(&[(from_s, 0.0), (to_s, 0.0)], Some(key));
    for (is_legato, begin_s, expected) in [
        (true, 0.5, [(60, 100), (64, 100), (60, 0), (64, 0)]),
        (true, 0.51, [(60, 100), (60, 0), (64, 100), (64, 0)]),
        (false, 0.5, [(60, 100), (60, 0), (64, 100), (64, 0)]),
    ] {
        let mut played = Played::new();
        played.player.set_lanes([1 << 60].into_iter(), is_legato);
        played.play(0, &[vec![line(0.0, 0.5, 60), line(begin_s, 0.9, 64)]], 1.0, USUAL, 0.0);
        played.run(47_000);
        let keys: Vec<_> = played.keys().iter().map(|&(_, _, key, velocity)| (key, velocity)).collect();
        assert_eq!(keys, expected, "legato: {is_legato}, from {begin_s} s on");
    }
    let mut played = Played::new();
    played.player.set_lanes([1 << 60].into_iter(), true);
    played.play(0, &[vec![line(0.0, 0.5, 60), line(0.5, 0.9, 60)]], 1.0, USUAL, 0.0);
    played.run(47_000);
    assert_eq!(played.keys().len(), 4, "the same key is struck again");
}

#[test]
fn a_changed_path_goes_on_where_it_is_without_a_new_note() {
    let mut played = Played::new();
    let line = |x: f32| [vec![stroke(&[(0.0, 0.0), (2.0, x)], None)]];
    played.play(3, &line(1.0), 2.0, USUAL, 0.0);
    played.run(48_000);
    played.play(3, &line(4.0), 2.0, USUAL, f64::NAN);
    played.run(64);
    assert!((played.last_point().x - 2.0).abs() < 0.01);
    assert_eq!(played.keys().len(), 1);
    played.play(3, &line(4.0), 2.0, USUAL, 0.0);
    played.run(64);
    assert_eq!(played.keys().len(), 3, "from the beginning it lands again");
}

#[test]
fn a_changed_path_that_returns_goes_on_returning() {
    let mut played = Played::new();
    let line = [vec![stroke(&[(0.0, 0.0), (2.0, 1.0)], None)]];
    let pace = PathPace { direction: PathDirection::ThereAndBack, ..USUAL };
    played.play(3, &line, 2.0, pace, 0.0);
    played.run(3 * 48_000);
    for _ in 0..3 {
        played.play(3, &line, 2.0, pace, f64::NAN);
        played.run(4_800);
    }
    let x = played.last_point().x;
    assert!((x - 0.35).abs() < 0.01, "{x}");
    played.play(3, &line, 2.0, pace, 1.0);
    played.run(4_800);
    assert!((played.last_point().x - 0.55).abs() < 0.01, "with a time it begins on its way there");
}

#[test]
fn paths_fill_their_memory_and_no_more() {
    let mut player = PathPlayer::new(RATE_HZ);
    let long = |seconds: u32| {
        let points = (0..100 * seconds).map(|step| (f64::from(step) / 100.0, at((step % 7) as f32 / 7.0)));
        let strokes = vec![ScoreStroke { key: None, velocity: 100, points: points.collect() }];
        write(&[ScoreFinger { strokes, levels: Vec::new() }])
    };
    let (words, capacity) = (long(600), player.words.capacity());
    let mut play = |number: usize, words: &[u32]| {
        let Some(room) = player.room(words.len()) else { return false };
        room.copy_from_slice(words);
        let start = PathStart { length_s: 600.0, repeats: true, pace: USUAL, at_s: 0.0, lock: None };
        let plays = player.play(number, &start, &mut |_| ());
        player.play_due(64, &DUE, &mut |_| ());
        plays
    };
    assert!(play(0, &words) && play(1, &words) && !play(2, &words));
    assert!(play(1, &words), "a replaced path takes no room");
    assert!(play(0, &long(1)) && play(2, &words), "a shorter one in place of a long one leaves room");
    assert!(!play(PATH_COUNT, &long(1)) && !play(3, &[7; 100]));
    assert_eq!(player.words.capacity(), capacity);
}
