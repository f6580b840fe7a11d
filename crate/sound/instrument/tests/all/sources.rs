//! Promises of the change between amSynth and another source of sound: keys that are down end on the old one, new keys,
//! points, controllers and tunings reach the new one, and amSynth costs nothing once it is silent.

use std::cell::RefCell;
use std::rc::Rc;

use crate::steady_source::{SteadySource, choose, controller, instrument, play};
use instrument::path_player::{PathDirection, PathPace, PathStart};
use instrument::{Instrument, LiveSound, PART_COUNT};
use plane::{DecodeError, Point, PointDecoder};
use protocol::path_score::{ScoreFinger, ScoreStroke, write};

/// Counts decodes.
#[derive(Clone, Default)]
struct CountingDecoder(Rc<RefCell<usize>>);

impl PointDecoder for CountingDecoder {
    fn decode(&mut self, _point: Point) -> Result<patch::Patch, DecodeError> {
        *self.0.borrow_mut() += 1;
        Ok(patch::Patch::default())
    }
}

/// A path of one stroke at the key 60, which repeats.
fn play_stroke(instrument: &mut Instrument, length_s: f64, levels: Vec<(f64, f32)>) {
    let points = vec![(0.0, Point::default()), (length_s, Point::default())];
    let stroke = ScoreStroke { key: Some(60), velocity: 100, points };
    let words = write(&[ScoreFinger { strokes: vec![stroke], levels }]);
    instrument.path_room(words.len()).expect("it is short").copy_from_slice(&words);
    let pace = PathPace { rate: 1.0, direction: PathDirection::Forward };
    let start = PathStart { length_s, repeats: true, pace, at_s: 0.0, lock: None };
    instrument.play_path(0, &start).expect("it is a path");
}

fn loudest(sound: &[f32]) -> f32 {
    sound.iter().fold(0.0, |loudest, sample| loudest.max(sample.abs()))
}

#[test]
fn keys_that_are_down_end_on_amsynth_and_new_ones_play_the_other_source() {
    let (mut instrument, source) = (instrument(), SteadySource::default());
    instrument.note_on(0, 60, 100);
    assert!(loudest(&play(&mut instrument, 100)) > 0.01);
    choose(&mut instrument, Box::new(source.clone()));
    assert!(loudest(&play(&mut instrument, 1)) > 0.001, "it ends as after a release, not at once");
    let rest = play(&mut instrument, 1_500);
    assert_eq!(loudest(&rest[rest.len() - 64..]), 0.0);
    assert_eq!(instrument.active_voices(), 0);
    instrument.note_on(3, 64, 100);
    let sound = play(&mut instrument, 3);
    assert!(sound.iter().all(|&sample| sample == 0.25));
    assert_eq!(source.0.borrow().down, [(3, 64)]);
    // The key that went down before the change comes up.
    instrument.note_off(0, 60);
    instrument.choose_source(0);
    play(&mut instrument, 1);
    assert_eq!(source.0.borrow().down, [], "what is down on the source ends");
    instrument.note_on(0, 62, 100);
    let sound = play(&mut instrument, 100);
    assert!(loudest(&sound) > 0.01 && source.0.borrow().down.is_empty(), "amSynth plays again");
}

#[test]
fn the_stroke_of_a_path_goes_on_on_the_source_that_takes_new_notes() {
    let [source, other] = [SteadySource::default(), SteadySource::default()];
    let mut instrument = instrument();
    play_stroke(&mut instrument, 100.0, Vec::new());
    play(&mut instrument, 100);
    choose(&mut instrument, Box::new(source.clone()));
    play(&mut instrument, 10);
    assert_eq!(source.0.borrow().down, [(14, 60)]);
    instrument.set_live(LiveSound::Own);
    // Two seconds, in which the notes that ended on amSynth become silent.
    play(&mut instrument, 1_500);
    assert_eq!((source.0.borrow().down.len(), instrument.active_voices()), (0, 1), "amSynth plays it");
    choose(&mut instrument, Box::new(source.clone()));
    play(&mut instrument, 1_500);
    assert_eq!((source.0.borrow().down.len(), instrument.active_voices()), (0, 1), "amSynth plays it again");
    instrument.set_live(LiveSound::Off);
    play(&mut instrument, 10);
    assert_eq!(source.0.borrow().down, [(14, 60)]);
    choose(&mut instrument, Box::new(other.clone()));
    play(&mut instrument, 10);
    assert_eq!(other.0.borrow().down, [(14, 60)], "another model has ended it");
    instrument.choose_source(0);
    play(&mut instrument, 1_500);
    assert_eq!(
        (other.0.borrow().down.len(), instrument.active_voices()),
        (0, 1),
        "amSynth plays it once more"
    );
    instrument.stop_path(0);
    play(&mut instrument, 1_500);
    assert_eq!(instrument.active_voices(), 0);
}

#[test]
fn points_controllers_tunings_and_limits_reach_the_source() {
    let (mut instrument, source) = (instrument(), SteadySource::default());
    instrument.voice_limit(4);
    instrument.buffer(0);
    instrument.set_tuning(0, 0).expect("the usual tuning");
    instrument.automate(2, [1.5, -2.0]);
    choose(&mut instrument, Box::new(source.clone()));
    play(&mut instrument, 1);
    assert_eq!(source.0.borrow().points[2], Point { x: 1.5, y: -2.0 });
    assert_eq!((source.0.borrow().limit, source.0.borrow().tunings), (4, 1));
    instrument.move_to(2, [0.5, 0.0]);
    instrument.control_change(1, 1, 64);
    instrument.hold_parameter(patch::Parameter::MasterVol.index(), 0.5);
    play(&mut instrument, 1);
    let heard = source.0.borrow();
    assert_eq!(heard.points[2], Point { x: 0.5, y: 0.0 });
    assert!(heard.controllers.contains(&(1, 1, 64)));
    assert!(heard.controllers.contains(&(4, 7, 63)), "the page's volume is that of the tones, too");
}

/// The last values of volume and expression, and of the pedal.
fn controllers(source: &SteadySource, part: usize) -> [Option<u8>; 3] {
    [7, 11, 64].map(|number| controller(source, part, number))
}

/// The range of a part's pitch wheel in semitones that a source got: RPN 0.
fn bend_range(source: &SteadySource, part: usize) -> u8 {
    let (mut selected, mut range) = ([127; 2], 2);
    for &(_, number, value) in source.0.borrow().controllers.iter().filter(|one| one.0 == part) {
        match number {
            101 => selected[0] = value,
            100 => selected[1] = value,
            6 if selected == [0, 0] => range = value,
            _ => {}
        }
    }
    range
}

#[test]
fn a_source_that_comes_later_has_the_pitch_wheel_its_range_and_the_legato_pedal_that_were_set_before() {
    let (mut instrument, source) = (instrument(), SteadySource::default());
    instrument.pitch_bend(2, -4_000);
    instrument.control_change(3, 68, 127);
    for (number, value) in [(101, 0), (100, 0), (6, 12)] {
        instrument.control_change(1, number, value);
        // Another RPN, the fine tuning, is not the range.
        instrument.control_change(4, number, if number == 100 { 1 } else { value });
    }
    choose(&mut instrument, Box::new(source.clone()));
    assert_eq!(source.0.borrow().bends[..4], [0, 0, -4_000, 0]);
    assert_eq!([0, 3].map(|part| controller(&source, part, 68)), [Some(0), Some(127)]);
    assert_eq!([0, 1, 4].map(|part| bend_range(&source, part)), [2, 12, 2]);
    instrument.control_change(1, 6, 7);
    instrument.control_change(4, 6, 7);
    assert_eq!([1, 4].map(|part| bend_range(&source, part)), [7, 2], "what was selected before still is");
    for part in 1..4 {
        instrument.control_change(part, 121, 0);
    }
    let other = SteadySource::default();
    other.0.borrow_mut().bends = [99; PART_COUNT];
    choose(&mut instrument, Box::new(other.clone()));
    assert_eq!(
        other.0.borrow().bends,
        [0; PART_COUNT],
        "a reset of the controllers moves the wheel to the middle"
    );
    assert_eq!((controller(&other, 3, 68), bend_range(&other, 1)), (Some(0), 7), "and leaves its range");
    instrument.control_change(1, 6, 9);
    assert_eq!(bend_range(&other, 1), 7, "and selects no RPN");
}

#[test]
fn data_entry_for_an_unregistered_parameter_leaves_the_range_of_the_pitch_wheel() {
    let [mut plain, mut other] = [instrument(), instrument()];
    let source = SteadySource::default();
    for instrument in [&mut plain, &mut other] {
        [(101, 0), (100, 0), (6, 12)]
            .iter()
            .for_each(|&(number, value)| instrument.control_change(0, number, value));
    }
    [(99, 1), (98, 8), (6, 40)].iter().for_each(|&(number, value)| other.control_change(0, number, value));
    for instrument in [&mut plain, &mut other] {
        instrument.pitch_bend(0, 4_000);
        instrument.note_on(0, 60, 100);
    }
    assert_eq!(play(&mut plain, 100), play(&mut other, 100));
    choose(&mut other, Box::new(source.clone()));
    other.control_change(0, 98, 8);
    other.control_change(0, 6, 41);
    assert_eq!(bend_range(&source, 0), 12);
}

#[test]
fn a_source_that_comes_later_has_the_volume_the_expression_and_the_pedal_that_were_set_before() {
    let (mut instrument, source) = (instrument(), SteadySource::default());
    instrument.hold_parameter(patch::Parameter::MasterVol.index(), 0.25);
    instrument.control_change(2, 11, 40);
    instrument.control_change(2, 64, 127);
    play(&mut instrument, 1);
    choose(&mut instrument, Box::new(source.clone()));
    assert_eq!(controllers(&source, 2), [Some(31), Some(40), Some(127)]);
    assert_eq!(controllers(&source, 0), [Some(31), Some(127), Some(0)]);
    let other = SteadySource::default();
    instrument.control_change(2, 121, 0);
    choose(&mut instrument, Box::new(other.clone()));
    assert_eq!(controllers(&other, 2), [Some(31), Some(127), Some(0)], "a reset leaves the volume");
}

#[test]
fn a_pedal_that_is_down_holds_keys_on_the_source_that_comes_back_until_silence() {
    let (mut instrument, source) = (instrument(), SteadySource::default());
    // The voices that are left of a tap, two seconds after it.
    let tap = |instrument: &mut Instrument| {
        instrument.note_on(1, 60, 100);
        play(instrument, 100);
        instrument.note_off(1, 60);
        play(instrument, 1_500);
        instrument.active_voices()
    };
    instrument.control_change(1, 64, 127);
    play(&mut instrument, 1);
    choose(&mut instrument, Box::new(source.clone()));
    instrument.set_live(LiveSound::Own);
    assert_eq!((controller(&source, 1, 64), tap(&mut instrument)), (Some(0), 1));
    instrument.set_live(LiveSound::Off);
    assert_eq!([0, 1].map(|part| controller(&source, part, 64)), [Some(0), Some(127)]);
    play(&mut instrument, 1_500);
    instrument.choose_source(0);
    assert_eq!(tap(&mut instrument), 1);
    instrument.all_sound_off();
    assert_eq!((controller(&source, 1, 64), tap(&mut instrument)), (Some(0), 0));
    choose(&mut instrument, Box::new(source.clone()));
    assert_eq!(controller(&source, 1, 64), Some(0));
    for (number, value) in [(120, 0), (123, 0), (126, 1)] {
        instrument.control_change(1, 64, 127);
        play(&mut instrument, 1);
        instrument.control_change(1, number, value);
        assert_eq!(controller(&source, 1, 64), Some(0), "{number} lifts it, as on amSynth");
    }
}

#[test]
fn after_a_path_the_source_has_the_volume_that_is_held() {
    let (mut instrument, source) = (instrument(), SteadySource::default());
    choose(&mut instrument, Box::new(source.clone()));
    instrument.hold_parameter(patch::Parameter::MasterVol.index(), 0.25);
    play_stroke(&mut instrument, 1.0, vec![(0.0, 0.9)]);
    play(&mut instrument, 10);
    let part =
        (0..PART_COUNT).find(|&part| controllers(&source, part)[0] != Some(31)).expect("the path's volume");
    assert_eq!(part, PART_COUNT - 1);
    play_stroke(&mut instrument, 1.0, Vec::new());
    play(&mut instrument, 10);
    assert_eq!(controllers(&source, part)[0], Some(31));
}

#[test]
fn a_silent_amsynth_decodes_nothing_and_follows_when_it_is_back() {
    let (mut instrument, decoder) = (instrument(), CountingDecoder::default());
    instrument.set_decoder(Box::new(decoder.clone())).expect("it decodes every point");
    choose(&mut instrument, Box::new(SteadySource::default()));
    play(&mut instrument, 400);
    let before = *decoder.0.borrow();
    for step in 0..100_u8 {
        instrument.move_to(0, [f32::from(step) / 50.0, 0.0]);
        play(&mut instrument, 1);
    }
    assert_eq!(*decoder.0.borrow(), before);
    instrument.choose_source(0);
    play(&mut instrument, 1);
    assert_eq!(*decoder.0.borrow(), before + 1, "the point where it is now");
}

#[test]
fn without_another_source_every_sample_is_as_before() {
    let [mut plain, mut changed] = [instrument(), instrument()];
    let source = SteadySource::default();
    choose(&mut changed, Box::new(source));
    changed.choose_source(0);
    for instrument in [&mut plain, &mut changed] {
        instrument.note_on(0, 60, 100);
    }
    assert_eq!(play(&mut plain, 200), play(&mut changed, 200));
}

#[test]
fn a_pedal_that_moves_as_the_source_changes_holds_keys_on_the_new_one() {
    let (mut instrument, source) = (instrument(), SteadySource::default());
    instrument.note_on(1, 59, 100);
    instrument.control_change(1, 64, 127);
    choose(&mut instrument, Box::new(source.clone()));
    play(&mut instrument, 1);
    assert_eq!(controller(&source, 1, 64), Some(127));
    assert_eq!(source.0.borrow().down, [], "the key that waited counts as up");
    instrument.control_change(1, 64, 0);
    instrument.choose_source(0);
    play(&mut instrument, 1);
    assert_eq!(controller(&source, 1, 64), Some(0));
    instrument.note_on(1, 60, 100);
    play(&mut instrument, 100);
    instrument.note_off(1, 60);
    play(&mut instrument, 1_500);
    assert_eq!(instrument.active_voices(), 0, "the pedal is up");
    instrument.control_change(1, 64, 127);
    instrument.all_sound_off();
    choose(&mut instrument, Box::new(source.clone()));
    play(&mut instrument, 1);
    assert_eq!(controller(&source, 1, 64), Some(0), "silence drops what waits");
}
