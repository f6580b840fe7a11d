//! Promises of the sounds and levels of paths: a path keeps its own settings, keys and source while touches change
//! theirs; its level changes without a click; and nothing that happens to a path changes a sample of anything else.

use std::cell::RefCell;
use std::rc::Rc;

use crate::steady_source::{SteadySource, choose, instrument, play};
use instrument::path_player::{BeatLock, PathDirection, PathPace, PathStart, TransportState};
use instrument::{Instrument, PathSoundSettings};
use patch::{PARAMETER_COUNT, Parameter, Patch};
use plane::{DecodeError, Point, PointDecoder};
use protocol::path_score::{ScoreFinger, ScoreStroke, write};

const PART: usize = 14;
const PLAIN: PathSoundSettings = PathSoundSettings {
    has_overrides: true,
    lanes: 0,
    is_legato: false,
    pattern: 0,
    steps_per_second: 8.0,
    gate: 0.5,
    source: 0,
    cutoff_shift: 0.0,
};

/// A quiet sound with a long release and a reverb.
fn quiet(cutoff: f32) -> Patch {
    let mut patch = Patch::default();
    patch.set(Parameter::MasterVol, 0.05);
    patch.set(Parameter::FilterCutoff, cutoff);
    patch.set(Parameter::AmpRelease, 1.0);
    patch.set(Parameter::ReverbWet, 0.2);
    patch
}

fn strokes(key: u8, times_s: &[[f64; 2]]) -> Vec<ScoreStroke> {
    let points =
        |times_s: &[f64; 2]| times_s.map(|time_s| (time_s, Point { x: time_s as f32, y: 0.5 })).into();
    times_s
        .iter()
        .map(|times_s| ScoreStroke { key: Some(key), velocity: 90, points: points(times_s) })
        .collect()
}

fn start(instrument: &mut Instrument, number: usize, strokes: Vec<ScoreStroke>, length_s: f64) {
    let words = write(&[ScoreFinger { strokes, levels: Vec::new() }]);
    instrument.path_room(words.len()).expect("it is short").copy_from_slice(&words);
    let pace = PathPace { rate: 1.0, direction: PathDirection::Forward };
    let start = PathStart { length_s, repeats: true, pace, at_s: 0.0, lock: None };
    instrument.play_path(number, &start).expect("it is a path");
}

fn set_sound(
    instrument: &mut Instrument,
    number: usize,
    values: &[f32; PARAMETER_COUNT],
    settings: PathSoundSettings,
) {
    *instrument.values() = *values;
    instrument.set_path_sound(number, &settings);
}

fn loudest(sound: &[f32]) -> f32 {
    sound.iter().fold(0.0, |loudest, sample| loudest.max(sample.abs()))
}

/// Counts decodes.
#[derive(Clone, Default)]
struct CountingDecoder(Rc<RefCell<usize>>);

impl PointDecoder for CountingDecoder {
    fn decode(&mut self, _point: Point) -> Result<Patch, DecodeError> {
        *self.0.borrow_mut() += 1;
        Ok(quiet(1.0))
    }
}

#[test]
fn a_path_with_its_own_sound_follows_neither_the_page_nor_its_point_until_it_stops() {
    let (mut instrument, decoder) = (instrument(), CountingDecoder::default());
    instrument.set_decoder(Box::new(decoder.clone())).expect("it decodes every point");
    set_sound(&mut instrument, 2, quiet(0.25).values(), PLAIN);
    start(&mut instrument, 2, strokes(60, &[[0.0, 0.5], [0.5, 1.0]]), 1.0);
    let before = *decoder.0.borrow();
    play(&mut instrument, 400);
    instrument.hold_parameter(Parameter::FilterCutoff.index(), 1.5);
    play(&mut instrument, 400);
    assert_eq!(instrument.patch(PART), Some(&quiet(0.25)));
    assert_eq!(*decoder.0.borrow(), before, "its moving point needs no decode");
    // A value that is not a number is the decoded one, not the held one.
    let mut values = *quiet(0.5).values();
    values[Parameter::FilterCutoff.index()] = f32::NAN;
    set_sound(&mut instrument, 2, &values, PLAIN);
    play(&mut instrument, 40);
    assert_eq!(instrument.patch(PART).map(|patch| patch.get(Parameter::FilterCutoff)), Some(1.0));
    set_sound(&mut instrument, 2, &values, PathSoundSettings { has_overrides: false, ..PLAIN });
    play(&mut instrument, 40);
    assert_eq!(instrument.patch(PART).map(|patch| patch.get(Parameter::FilterCutoff)), Some(1.5));
    set_sound(&mut instrument, 2, quiet(0.25).values(), PLAIN);
    play(&mut instrument, 40);
    instrument.stop_path(2);
    play(&mut instrument, 40);
    assert_eq!(instrument.patch(PART), Some(&quiet(0.25)), "the end of its note keeps it");
    start(&mut instrument, 2, strokes(60, &[[0.0, 1.0]]), 1.0);
    play(&mut instrument, 40);
    assert_eq!(instrument.patch(13).map(|patch| patch.get(Parameter::FilterCutoff)), Some(1.5));
}

#[test]
fn a_path_plays_its_own_keys_until_it_stops() {
    let (mut instrument, source) = (instrument(), SteadySource::default());
    choose(&mut instrument, Box::new(source.clone()));
    let free = |key| ScoreStroke {
        key,
        velocity: 90,
        points: vec![(0.0, Point::default()), (9.0, Point::default())],
    };
    instrument.lane_words()[..4].copy_from_slice(&[0, 1 << 8, 0, 0]);
    set_sound(&mut instrument, 0, quiet(1.0).values(), PathSoundSettings { lanes: 1, source: 1, ..PLAIN });
    start(&mut instrument, 0, vec![free(None)], 9.0);
    play(&mut instrument, 10);
    instrument.lane_words()[..4].copy_from_slice(&[0, 1 << 10, 0, 0]);
    instrument.set_path_keys(1, false);
    play(&mut instrument, 10);
    assert_eq!(source.0.borrow().down, [(PART, 40)]);
    instrument.stop_path(0);
    start(&mut instrument, 0, vec![free(None)], 9.0);
    play(&mut instrument, 40);
    assert_eq!(source.0.borrow().down, [(PART, 42)]);
}

#[test]
fn each_part_plays_its_own_source_and_loses_nothing_until_that_is_loaded() {
    let [touches, loops] = [SteadySource::default(), SteadySource::default()];
    let mut instrument = instrument();
    set_sound(&mut instrument, 3, quiet(1.0).values(), PathSoundSettings { source: 2, ..PLAIN });
    set_sound(&mut instrument, 4, quiet(1.0).values(), PLAIN);
    start(&mut instrument, 3, strokes(50, &[[0.0, 9.0]]), 9.0);
    start(&mut instrument, 4, strokes(52, &[[0.0, 9.0]]), 9.0);
    instrument.note_on(0, 60, 100);
    play(&mut instrument, 100);
    assert_eq!(instrument.active_voices(), 2, "the tones are not loaded");
    instrument.load_tones(2, Box::new(loops.clone()));
    play(&mut instrument, 10);
    assert_eq!(loops.0.borrow().down, [(14, 50)], "the key that is down sounds now");
    choose(&mut instrument, Box::new(touches.clone()));
    instrument.note_on(1, 64, 100);
    play(&mut instrument, 1_500);
    assert_eq!(
        (touches.0.borrow().down.clone(), loops.0.borrow().down.clone()),
        (vec![(1, 64)], vec![(14, 50)])
    );
    assert_eq!(instrument.active_voices(), 3, "the other path plays amSynth");
    // 0.25 of each of the two steady sources, and amSynth.
    let sound = play(&mut instrument, 100);
    assert!((loudest(&sound) - 0.5).abs() < 0.1);
    // Another source while it plays: its key moves.
    set_sound(&mut instrument, 3, quiet(1.0).values(), PathSoundSettings { source: 1, ..PLAIN });
    play(&mut instrument, 10);
    assert_eq!((touches.0.borrow().down.len(), loops.0.borrow().down.len()), (2, 0));
    instrument.choose_source(0);
    play(&mut instrument, 10);
    assert_eq!(touches.0.borrow().down, [(14, 50)], "the path stays there");
    instrument.stop_path(3);
    play(&mut instrument, 10);
    assert_eq!(touches.0.borrow().down, []);
}

#[test]
fn the_level_of_a_path_changes_without_a_click_to_silence_and_back_and_ends_with_it() {
    let [mut plain, mut changed] = [instrument(), instrument()];
    for instrument in [&mut plain, &mut changed] {
        set_sound(instrument, 0, quiet(1.0).values(), PLAIN);
        start(instrument, 0, strokes(60, &[[0.0, 1.5]]), 30.0);
    }
    assert_eq!(play(&mut plain, 400), play(&mut changed, 400));
    let edge = |sound: &[f32]| {
        sound.windows(3).fold(0.0_f32, |most, three| most.max((three[2] - 2.0 * three[1] + three[0]).abs()))
    };
    changed.set_path_gain(0, 0.0);
    let (own, now) = (play(&mut plain, 40), play(&mut changed, 40));
    assert!(edge(&now) <= 1.1 * edge(&own), "{} after {}", edge(&now), edge(&own));
    assert!(loudest(&now[..64]) > 0.0 && loudest(&now[512..]) == 0.0, "10 ms");
    changed.set_path_gain(0, 1.0);
    let (own, now) = (play(&mut plain, 40), play(&mut changed, 40));
    assert!(edge(&now) <= 1.1 * edge(&own));
    assert_eq!(own[512..], now[512..], "it went on in time");
    changed.set_path_gain(0, 2.0);
    play(&mut plain, 40);
    play(&mut changed, 40);
    let (own, now) = (play(&mut plain, 40), play(&mut changed, 40));
    assert!(own.iter().zip(&now).all(|(own, now)| (2.0 * own - now).abs() < 1e-6));
    // The end of its last note is silent, too.
    play(&mut plain, 800);
    play(&mut changed, 800);
    changed.set_path_gain(0, 0.0);
    play(&mut changed, 10);
    assert!(loudest(&play(&mut plain, 20)) > 1e-5 && loudest(&play(&mut changed, 20)) == 0.0);
    changed.stop_path(0);
    assert_eq!(loudest(&play(&mut changed, 20)), 0.0);
    play(&mut changed, 8_000);
    start(&mut changed, 0, strokes(60, &[[0.0, 1.5]]), 30.0);
    assert!(loudest(&play(&mut changed, 100)) > 0.001, "the next path has its whole level");
}

/// A finger of a touch, and a path of short notes that other paths cut anywhere.
fn touch_and_path(instrument: &mut Instrument) {
    instrument.hold_parameter(Parameter::MasterVol.index(), 0.05);
    instrument.arpeggio(1, 9.7, 0.5);
    [60, 64, 67].into_iter().for_each(|key| instrument.note_on(1, key, 100));
    set_sound(instrument, 0, quiet(0.7).values(), PathSoundSettings { pattern: 4, ..PLAIN });
    start(instrument, 0, strokes(48, &[[0.0, 0.31], [0.4, 0.633]]), 0.7);
}

fn second_path(instrument: &mut Instrument) {
    set_sound(instrument, 1, quiet(1.1).values(), PLAIN);
    start(instrument, 1, strokes(72, &[[0.0, 0.0213], [0.0317, 0.0521], [0.06, 0.0777]]), 0.0931);
}

#[test]
fn a_muted_stopped_or_deleted_path_changes_no_sample_of_anything_else() {
    let [mut alone, mut muted, mut both, mut second] = [(); 4].map(|()| instrument());
    for instrument in [&mut alone, &mut muted, &mut both] {
        touch_and_path(instrument);
    }
    for instrument in [&mut muted, &mut both, &mut second] {
        second_path(instrument);
    }
    muted.set_path_gain(1, 0.0);
    for round in 0..60 {
        let all = [&mut alone, &mut muted, &mut both, &mut second];
        let [alone, muted, both, second] = all.map(|instrument| play(instrument, 50));
        assert!(loudest(&alone) > 1e-3 && loudest(&second) > 1e-3);
        assert!(alone == muted, "round {round}");
        let added = alone.iter().zip(&second).zip(&both).map(|((one, other), both)| one + other - both);
        assert!(added.fold(0.0_f32, |most, off| most.max(off.abs())) < 1e-6, "round {round}");
    }
    muted.stop_path(1);
    both.stop_path(1);
    let mut ended = false;
    for _ in 0..400 {
        let [alone, muted, both] = [&mut alone, &mut muted, &mut both].map(|instrument| play(instrument, 50));
        assert_eq!(alone, muted);
        ended = alone == both;
    }
    assert!(ended, "once the end of its last note is over");
}

#[test]
fn the_steps_of_a_path_lie_on_the_transport() {
    let mut instrument = instrument();
    instrument.set_transport(97.3, TransportState::FromBeginning);
    let settings = PathSoundSettings {
        pattern: 1,
        steps_per_second: f64::from(97.3_f32 * 4.0 / 60.0),
        gate: 0.3,
        ..PLAIN
    };
    let mut patch = quiet(1.4);
    patch.set(Parameter::AmpRelease, 0.0);
    patch.set(Parameter::AmpAttack, 0.0);
    patch.set(Parameter::ReverbWet, 0.0);
    set_sound(&mut instrument, 0, patch.values(), settings);
    let words = write(&[ScoreFinger { strokes: strokes(60, &[[0.1, 2400.0]]), levels: Vec::new() }]);
    instrument.path_room(words.len()).expect("it is short").copy_from_slice(&words);
    let pace = PathPace { rate: 1.0, direction: PathDirection::Forward };
    let lock = BeatLock::new(4_000.0, 0.0);
    let start = PathStart { length_s: 2_400.0, repeats: true, pace, at_s: 0.0, lock };
    instrument.play_path(0, &start).expect("it is a path");
    play(&mut instrument, 750 * 300);
    // Each step begins with a sound after silence.
    let step_frames = 48_000.0 * 60.0 / 97.3 / 4.0;
    let (sound, mut silent, mut begun) = (play(&mut instrument, 750 * 10), 0, 0);
    for (frame, sample) in sound.iter().enumerate() {
        if *sample != 0.0 {
            if silent > 1_000 {
                let steps = (750 * 300 * 64 + frame) as f64 / step_frames;
                let late = (steps - steps.round()) * step_frames;
                assert!((-1.0..4.0).contains(&late), "{late} frames late");
                begun += 1;
            }
            silent = 0;
        } else {
            silent += 1;
        }
    }
    assert!(begun > 60, "{begun}");
}

#[test]
fn hostile_sounds_and_levels_change_nothing_or_play_on() {
    let mut instrument = instrument();
    start(&mut instrument, 0, strokes(60, &[[0.0, 0.5]]), 1.0);
    for number in [0, 9, 10, usize::MAX] {
        for gain in [f32::NAN, f32::INFINITY, -1.0, 1e30, 0.5] {
            instrument.set_path_gain(number, gain);
            for settings in [
                PathSoundSettings { source: usize::MAX, ..PLAIN },
                PathSoundSettings { lanes: usize::MAX, pattern: 9, ..PLAIN },
                PathSoundSettings {
                    lanes: 1_000,
                    steps_per_second: f64::INFINITY,
                    gate: -3.0,
                    pattern: 2,
                    ..PLAIN
                },
                PathSoundSettings { steps_per_second: f64::NAN, ..PLAIN },
                PathSoundSettings { source: 5, ..PLAIN },
            ] {
                let values = std::array::from_fn(|index| [gain, f32::NAN, 1e9][index % 3]);
                set_sound(&mut instrument, number, &values, settings);
                assert!(play(&mut instrument, 3).iter().all(|sample| sample.abs() <= 1.0));
            }
        }
    }
}
