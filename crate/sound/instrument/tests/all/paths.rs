//! Promise: a path plays in the time of the samples, with the same samples as in a browser, on parts that nothing else
//! plays, and leaves them as they were.

use crate::steady_source::choose;
use crate::volume_source::VolumeSource;
use instrument::Instrument;
use instrument::path_player::{PathDirection, PathPace, PathStart};
use patch::{Parameter, Patch};
use plane::{Point, Presets};
use protocol::constants::{PART_COUNT, TOUCH_PART_COUNT};
use protocol::path_score::{ScoreFinger, ScoreStroke, write};

const RATE_HZ: f64 = 44_100.0;
const FORWARD: PathPace = PathPace { rate: 1.0, direction: PathDirection::Forward };
/// The checksum of the samples below, which `wasm-tests/paths.test.mjs` compares, too.
const CHECKSUM: &str = include_str!("../path_render.txt");

/// An instrument with a grid of nine patches, each with another cutoff.
fn instrument() -> Box<Instrument> {
    let mut instrument = Instrument::new(RATE_HZ).expect("a usual rate");
    let patch = |row: u8| {
        let mut patch = Patch::default();
        patch.set(Parameter::FilterCutoff, f32::from(row) / 16.0);
        patch
    };
    let grid = Presets::new((0..9).map(patch).collect()).to_bytes();
    instrument.buffer(grid.len()).expect("it is small").copy_from_slice(&grid);
    instrument.load_grid(grid.len()).expect("it is a square");
    instrument
}

fn stroke(points: &[(f64, f32, f32)], key: Option<u8>) -> ScoreStroke {
    let points = points.iter().map(|&(time_s, x, y)| (time_s, Point { x, y })).collect();
    ScoreStroke { key, velocity: 100, points }
}

fn play(instrument: &mut Instrument, strokes: Vec<ScoreStroke>, levels: Vec<(f64, f32)>, length_s: f64) {
    play_from(instrument, strokes, levels, length_s, 0.0);
}

fn play_from(
    instrument: &mut Instrument,
    strokes: Vec<ScoreStroke>,
    levels: Vec<(f64, f32)>,
    length_s: f64,
    at_s: f64,
) {
    let words = write(&[ScoreFinger { strokes, levels }]);
    instrument.path_room(words.len()).expect("it is short").copy_from_slice(&words);
    instrument.play_path(0, &free(length_s, at_s)).expect("it is a path");
}

/// A path that repeats and is not locked.
fn free(length_s: f64, at_s: f64) -> PathStart {
    PathStart { length_s, repeats: true, pace: FORWARD, at_s, lock: None }
}

/// Leaves only the part of the current point to further paths: another path has the others.
fn leave_current_point(instrument: &mut Instrument) {
    let finger = ScoreFinger { strokes: vec![stroke(&HELD, None)], levels: Vec::new() };
    let words = write(&vec![finger; PART_COUNT - TOUCH_PART_COUNT]);
    instrument.path_room(words.len()).expect("it is short").copy_from_slice(&words);
    instrument.play_path(9, &free(100.0, 0.0)).expect("it is a path");
    instrument.claim_parts(0b11110);
    render(instrument, 64);
}

/// The part of the path 0, as in the report.
fn part_of_path(instrument: &mut Instrument) -> f32 {
    instrument.path_report()[2]
}

/// The left channel.
fn render(instrument: &mut Instrument, frames: usize) -> Vec<f32> {
    let mut sound = Vec::new();
    while sound.len() < frames {
        let count = (frames - sound.len()).min(64);
        instrument.render(count);
        sound.extend_from_slice(&instrument.left()[..count]);
    }
    sound
}

#[test]
fn the_same_path_has_the_same_samples_everywhere() {
    let mut instrument = instrument();
    let strokes = vec![
        stroke(&[(0.0, -4.0, -4.0), (0.3, 4.0, -1.0), (0.5, 0.0, 4.0)], None),
        stroke(&[(0.6, 1.0, 1.0), (0.9, -2.0, 3.0)], Some(67)),
    ];
    play(&mut instrument, strokes, vec![(0.0, 1.0), (1.0, 0.25)], 1.0);
    let sound = render(&mut instrument, 2 * 44_100);
    assert!(sound.iter().any(|sample| sample.abs() > 0.01));
    // FNV-1a of the samples' bits (Fowler, Noll, Vo).
    let hash = sound
        .iter()
        .fold(0x811c_9dc5_u32, |hash, sample| (hash ^ sample.to_bits()).wrapping_mul(0x0100_0193));
    assert_eq!(format!("{hash:08x}"), CHECKSUM.trim());
}

#[test]
fn a_note_of_a_path_equals_the_same_note_by_hand_in_its_frame() {
    let (mut path, mut by_messages) = (instrument(), instrument());
    let start_frame = 1_000;
    let start_s = start_frame as f64 / RATE_HZ;
    // Ticks are rounded: the first frame after the tick.
    let ticks = (start_s * 1e4).round();
    let start_frame = (ticks / 1e4 * RATE_HZ).ceil() as usize;
    play(&mut path, vec![stroke(&[(ticks / 1e4, 2.0, 2.0), (3.0, 2.0, 2.0)], None)], Vec::new(), 3.0);
    let heard = render(&mut path, 44_100);
    let mut expected = render(&mut by_messages, start_frame);
    by_messages.move_to(4, [2.0, 2.0]);
    by_messages.note_on(4, 60, 100);
    // Blocks end where a note begins.
    let rest = (64 - start_frame % 64) % 64;
    expected.extend(render(&mut by_messages, rest));
    expected.extend(render(&mut by_messages, 44_100 - start_frame - rest));
    assert!(heard[start_frame..].iter().any(|sample| sample.abs() > 0.01));
    assert!(
        heard == expected,
        "first difference: {:?}",
        heard.iter().zip(&expected).position(|(a, b)| a != b)
    );
}

#[test]
fn a_part_returns_from_a_path_to_its_point_and_volume() {
    let mut instrument = instrument();
    leave_current_point(&mut instrument);
    for part in 1..5 {
        instrument.automate(part, [0.5, 0.5]);
    }
    instrument.automate(0, [-3.0, -3.0]);
    render(&mut instrument, 640);
    let (before, revision) = (*instrument.patch(0).expect("there are five"), instrument.patch_revision(0));
    let strokes = vec![stroke(&[(0.0, 3.0, 3.0), (1.0, -3.0, 3.0)], None)];
    play(&mut instrument, strokes, vec![(0.0, 0.25)], 1.0);
    render(&mut instrument, 4_410);
    assert_ne!(instrument.patch(0), Some(&before));
    assert_eq!(instrument.patch_revision(0), revision, "the page's current point has not moved");
    assert_eq!(part_of_path(&mut instrument), 0.0);
    instrument.claim_parts(0b11111);
    render(&mut instrument, 640);
    assert_eq!(instrument.patch(0), Some(&before));
    assert_eq!(part_of_path(&mut instrument), -2.0, "it waits for a part");
    instrument.all_sound_off();
    assert!(instrument.path_report().is_empty() && instrument.active_voices() == 0);
}

#[test]
fn a_given_patch_of_the_current_point_is_not_taken_by_a_path() {
    let mut instrument = instrument();
    *instrument.values() = *Patch::default().values();
    instrument.set_patch(0, [f32::NAN; 2]);
    leave_current_point(&mut instrument);
    play(&mut instrument, vec![stroke(&[(0.0, 3.0, 3.0), (1.0, 3.0, 3.0)], None)], Vec::new(), 1.0);
    render(&mut instrument, 640);
    assert_eq!(part_of_path(&mut instrument), -2.0);
    assert_eq!(instrument.patch(0), Some(&Patch::default()));
}

#[test]
fn a_path_leaves_the_current_point_when_that_is_given_a_patch() {
    let mut instrument = instrument();
    instrument.automate(0, [-3.0, 1.0]);
    leave_current_point(&mut instrument);
    play(&mut instrument, vec![stroke(&[(0.0, 3.0, 3.0), (1.0, 2.0, 3.0)], None)], Vec::new(), 1.0);
    render(&mut instrument, 640);
    assert_eq!(part_of_path(&mut instrument), 0.0);
    instrument.claim_parts(0b01110);
    *instrument.values() = *Patch::default().values();
    instrument.set_patch(0, [f32::NAN; 2]);
    render(&mut instrument, 640);
    assert_eq!(part_of_path(&mut instrument), 4.0, "another part is free");
    assert_eq!(instrument.patch(0), Some(&Patch::default()));
    assert_eq!(instrument.patch_point(0), [-3.0, 1.0], "its own point, not the path's");
    let revision = instrument.patch_revision(0);
    instrument.take_patch_back(0);
    render(&mut instrument, 640);
    assert_eq!((instrument.patch_point(0), instrument.patch_revision(0)), ([-3.0, 1.0], revision + 1));
}

#[test]
fn the_current_point_is_decoded_while_a_path_leads_its_part_elsewhere() {
    let mut instrument = instrument();
    leave_current_point(&mut instrument);
    instrument.automate(0, [-3.0, 1.0]);
    play(&mut instrument, vec![stroke(&[(0.0, 3.0, 3.0), (4.0, 2.0, 3.0)], None)], Vec::new(), 4.0);
    render(&mut instrument, 640);
    let heard = instrument.patch(0).copied();
    for point in [[-4.0, -4.0], [4.0, -4.0]] {
        let revision = instrument.patch_revision(0);
        instrument.automate(0, point);
        render(&mut instrument, 640);
        assert_eq!((instrument.patch_point(0), instrument.patch_revision(0)), (point, revision + 1));
    }
    assert_ne!(instrument.source_patch(0).copied(), heard);
    let own = instrument.source_patch(0).copied();
    instrument.claim_parts(1);
    render(&mut instrument, 640);
    assert_eq!(instrument.patch_point(0), [4.0, -4.0]);
    assert_eq!(own, instrument.source_patch(0).copied(), "what it plays when the path has left");
    assert_eq!(own, instrument.patch(0).copied());
}

/// An instrument with a source beside amSynth; its path plays with a loudness of a quarter on the part of the current
/// point.
fn with_loudness() -> (Box<Instrument>, VolumeSource) {
    let (mut instrument, source) = (instrument(), VolumeSource::default());
    choose(&mut instrument, Box::new(source.clone()));
    leave_current_point(&mut instrument);
    (instrument, source)
}

const HELD: [(f64, f32, f32); 2] = [(0.0, 3.0, 3.0), (100.0, 3.0, 3.0)];
const QUARTER: (f64, f32) = (0.0, 0.25);

/// The volumes of a part: amSynth's in steps of controller 7, and that of the source beside it.
fn volumes(instrument: &mut Instrument, source: &VolumeSource, part: usize) -> [u8; 2] {
    render(instrument, 640);
    let volume = instrument.patch(part).expect("there are five").get(Parameter::MasterVol);
    [(volume * 127.0).round() as u8, source.0.borrow()[part]]
}

#[test]
fn a_path_keeps_its_loudness_while_the_volume_is_held_and_after_that() {
    let (mut instrument, source) = with_loudness();
    play(&mut instrument, vec![stroke(&HELD, None)], vec![QUARTER], 100.0);
    assert_eq!(volumes(&mut instrument, &source, 0), [32, 32]);
    for (held, others) in [(0.9, [114, 114]), (f32::NAN, [85, 100])] {
        instrument.hold_parameter(Parameter::MasterVol.index(), held);
        assert_eq!(volumes(&mut instrument, &source, 0), [32, 32]);
        assert_eq!(volumes(&mut instrument, &source, 1), others);
    }
    instrument.claim_parts(0b11111);
    assert_eq!(volumes(&mut instrument, &source, 0), [85, 100]);
}

#[test]
fn a_controller_sets_the_volume_again_when_neither_a_path_nor_a_hold_does() {
    let (mut instrument, source) = with_loudness();
    instrument.hold_parameter(Parameter::MasterVol.index(), 0.9);
    instrument.control_change(0, 7, 50);
    assert_eq!(volumes(&mut instrument, &source, 0), [50, 50]);
    play(&mut instrument, vec![stroke(&HELD, None)], vec![QUARTER], 100.0);
    assert_eq!(volumes(&mut instrument, &source, 0), [32, 32]);
    instrument.hold_parameter(Parameter::MasterVol.index(), f32::NAN);
    instrument.claim_parts(0b11111);
    assert_eq!(volumes(&mut instrument, &source, 0), [50, 50]);
    instrument.hold_parameter(Parameter::MasterVol.index(), f32::NAN);
    assert_eq!(volumes(&mut instrument, &source, 0), [50, 50]);
    instrument.claim_parts(0b11110);
    assert_eq!(volumes(&mut instrument, &source, 0), [32, 32]);
    instrument.control_change(0, 7, 60);
    instrument.claim_parts(0b11111);
    assert_eq!(volumes(&mut instrument, &source, 0), [60, 60]);
}

#[test]
fn a_path_whose_loudness_is_erased_has_the_volume_of_its_patch() {
    let (mut instrument, source) = with_loudness();
    play(&mut instrument, vec![stroke(&HELD, None)], vec![QUARTER], 100.0);
    assert_eq!(volumes(&mut instrument, &source, 0), [32, 32]);
    play_from(&mut instrument, vec![stroke(&HELD, None)], Vec::new(), 100.0, f64::NAN);
    assert_eq!(volumes(&mut instrument, &source, 0), [85, 100]);
    *instrument.values() = *Patch::default().values();
    play_from(&mut instrument, vec![stroke(&HELD, None)], vec![QUARTER], 100.0, f64::NAN);
    assert_eq!(volumes(&mut instrument, &source, 0), [32, 32]);
    instrument.set_patch(0, [f32::NAN; 2]);
    instrument.stop_path(0);
    assert_eq!(volumes(&mut instrument, &source, 0), [85, 100], "so does a patch that is given");
}

#[test]
fn an_edited_or_given_volume_ends_the_controllers_volume_in_both_sources() {
    let (mut instrument, source) = with_loudness();
    instrument.control_change(0, 7, 40);
    assert_eq!(volumes(&mut instrument, &source, 0), [40, 40]);
    *instrument.values() = *Patch::default().values();
    instrument.set_patch(0, [f32::NAN; 2]);
    assert_eq!(volumes(&mut instrument, &source, 0), [40, 40], "the volume is the same");
    instrument.values()[Parameter::MasterVol.index()] = 0.25;
    instrument.set_patch(0, [f32::NAN; 2]);
    assert_eq!(volumes(&mut instrument, &source, 0), [32, 100]);
    instrument.control_change(0, 7, 40);
    instrument.set_parameter(0, Parameter::MasterVol.index(), 0.5);
    assert_eq!(volumes(&mut instrument, &source, 0), [64, 100]);
}

#[test]
fn a_long_path_that_plays_can_be_changed_and_one_too_many_is_refused_with_a_sentence() {
    let mut instrument = instrument();
    let points: Vec<_> = (0..60_000).map(|step| (f64::from(step) / 100.0, 1.0, 1.0)).collect();
    let words = write(&[ScoreFinger { strokes: vec![stroke(&points, None)], levels: Vec::new() }]);
    let mut play = |number, at_s| {
        instrument.path_room(words.len()).expect("it is a path").copy_from_slice(&words);
        let plays = instrument.play_path(number, &free(600.0, at_s));
        plays.map_err(|_| instrument.error().to_owned())
    };
    assert_eq!(
        [(0, 0.0), (1, 0.0), (1, f64::NAN), (0, 0.0)].map(|(number, at_s)| play(number, at_s)),
        [const { Ok(()) }; 4]
    );
    assert!(play(2, 0.0).is_err_and(|error| error.contains("too long to play together; stop one of them")));
}

#[test]
fn a_damaged_path_is_rejected_with_a_sentence() {
    let mut instrument = instrument();
    instrument.path_room(3).expect("it is short").copy_from_slice(&[1, 9, 9]);
    instrument.play_path(0, &free(1.0, 0.0)).expect_err("it has no strokes");
    assert!(instrument.error().contains("draw it again"), "{}", instrument.error());
    assert!(instrument.path_room(usize::MAX).is_none() && instrument.error().contains("too long"));
    assert!(instrument.path_report().is_empty());
}
