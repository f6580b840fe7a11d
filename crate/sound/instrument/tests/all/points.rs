//! Promise: a part plays the patch decoded at its point, by the network or the grid, from the block in which the
//! point is set; a given patch stays until it is removed.

use std::cell::RefCell;
use std::rc::Rc;

use instrument::path_player::{PathDirection, PathPace, PathStart};
use instrument::{Instrument, Outcome};
use model::PatchDecoder;
use patch::{Group, PARAMETER_COUNT, Parameter, Patch};
use plane::{DecodeError, FallbackGrid, Point, PointDecoder, Presets};
use protocol::constants::TOUCH_PART_COUNT;
use protocol::path_score::{ScoreFinger, ScoreStroke, write};

const DECODER: &[u8] = include_bytes!("../../../../../models/decoder.onnx");
const RATE_HZ: f64 = 48_000.0;
const NOWHERE: [f32; 2] = [f32::NAN; 2];

fn instrument() -> Box<Instrument> {
    Instrument::new(RATE_HZ).expect("a usual rate")
}

fn fill(instrument: &mut Instrument, bytes: &[u8]) {
    instrument.buffer(bytes.len()).expect("it is small").copy_from_slice(bytes);
}

fn load_decoder(instrument: &mut Instrument) {
    let decoder = PatchDecoder::from_onnx(DECODER).expect("our decoder is one");
    instrument.set_decoder(Box::new(decoder)).expect("it decodes everywhere");
}

/// A grid of nine patches, each with another cutoff.
fn grid() -> Vec<u8> {
    let info = Parameter::FilterCutoff.info();
    let patch = |row: u8| {
        let mut patch = Patch::default();
        patch.set(Parameter::FilterCutoff, info.min + (info.max - info.min) * f32::from(row) / 8.0);
        patch
    };
    Presets::new((0..9).map(patch).collect()).to_bytes()
}

fn with_grid() -> Box<Instrument> {
    let mut instrument = instrument();
    let bytes = grid();
    fill(&mut instrument, &bytes);
    instrument.load_grid(bytes.len()).expect("it is a square");
    instrument
}

fn values(instrument: &mut Instrument, part: usize) -> [f32; PARAMETER_COUNT] {
    *instrument.patch(part).expect("there are five").values()
}

fn given() -> Patch {
    let mut patch = Patch::default();
    patch.set(Parameter::MasterVol, 0.125);
    patch
}

fn give(instrument: &mut Instrument, part: usize, point: [f32; 2]) {
    *instrument.values() = *given().values();
    instrument.set_patch(part, point);
}

#[test]
fn until_the_decoder_is_loaded_every_part_plays_the_grid_at_its_point() {
    let bytes = grid();
    let expected = FallbackGrid::from_bytes(&bytes).expect("it is a square");
    let mut instrument = with_grid();
    for step in 0..40 {
        for part in 0..TOUCH_PART_COUNT {
            let angle = 0.4 * step as f32 + part as f32;
            instrument.automate(part, [4.0 * angle.cos(), 4.0 * angle.sin()]);
        }
        (0..3).for_each(|_| assert_eq!(instrument.render(64) as u32, 0));
        for part in 0..TOUCH_PART_COUNT {
            let angle = 0.4 * step as f32 + part as f32;
            let row = expected.nearest(Point::on_plane(4.0 * angle.cos(), 4.0 * angle.sin()));
            assert_eq!(
                &values(&mut instrument, part),
                expected.patch(row).values(),
                "step {step}, part {part}"
            );
        }
    }
}

#[test]
fn a_note_on_the_grid_begins_with_the_patch_of_its_point_and_sounds() {
    let mut instrument = with_grid();
    instrument.move_to(3, [4.0, 4.0]);
    instrument.note_on(3, 60, 100);
    instrument.render(64);
    let cutoff = Parameter::FilterCutoff;
    assert_eq!(instrument.patch(3).expect("there are five").get(cutoff), cutoff.info().max);
    assert!(instrument.left().iter().any(|sample| sample.abs() > 1e-6));
}

#[test]
fn the_decoder_takes_over_from_the_grid_and_a_given_patch_stays() {
    let (mut both, mut alone) = (with_grid(), instrument());
    for part in 0..TOUCH_PART_COUNT {
        both.move_to(part, [part as f32 - 2.0, 1.0]);
        alone.move_to(part, [part as f32 - 2.0, 1.0]);
    }
    give(&mut both, 4, NOWHERE);
    both.render(64);
    load_decoder(&mut both);
    load_decoder(&mut alone);
    for part in 0..4 {
        assert_eq!(values(&mut both, part), values(&mut alone, part), "part {part}");
    }
    assert_eq!(&values(&mut both, 4), given().values());
    both.take_patch_back(4);
    both.render(64);
    assert_eq!(values(&mut both, 4), values(&mut alone, 4));
}

#[test]
fn bytes_that_are_no_grid_change_nothing() {
    let mut instrument = with_grid();
    instrument.move_to(0, [4.0, 4.0]);
    instrument.render(64);
    let before = values(&mut instrument, 0);
    fill(&mut instrument, b"no grid");
    assert!(instrument.load_grid(7).is_err());
    instrument.move_to(0, [-4.0, -4.0]);
    instrument.render(64);
    assert_ne!(values(&mut instrument, 0), before, "the old grid keeps playing");
}

#[test]
fn a_given_patch_and_its_point_take_effect_in_the_same_block() {
    let mut instrument = instrument();
    load_decoder(&mut instrument);
    give(&mut instrument, 1, [1.5, 2.5]);
    instrument.render(64);
    assert_eq!(&values(&mut instrument, 1), given().values());
    assert_eq!(instrument.patch_point(1), [1.5, 2.5]);
    for x in [0.0, 0.5, 1.0, 1.5, 3.0] {
        instrument.automate(1, [x, 1.0]);
        instrument.render(64);
        assert_eq!(&values(&mut instrument, 1), given().values(), "the AudioParams at {x}");
    }
    instrument.take_patch_back(1);
    instrument.automate(1, [3.0, 1.0]);
    instrument.render(64);
    instrument.move_to(0, [3.0, 1.0]);
    instrument.render(64);
    assert_eq!(values(&mut instrument, 1), values(&mut instrument, 0), "where the AudioParams moved it");
}

#[test]
fn of_a_message_and_an_audio_param_the_last_change_counts() {
    let mut instrument = instrument();
    load_decoder(&mut instrument);
    let at = |instrument: &mut Instrument, automated: [f32; 2]| {
        instrument.automate(0, automated);
        instrument.render(64);
        instrument.patch_point(0)
    };
    assert_eq!(at(&mut instrument, [1.0, 1.0]), [1.0, 1.0]);
    instrument.move_to(0, [-2.0, 0.5]);
    assert_eq!(at(&mut instrument, [1.0, 1.0]), [-2.0, 0.5], "the AudioParams rest");
    assert_eq!(at(&mut instrument, [1.0, 1.5]), [1.0, 1.5]);
}

#[test]
fn five_moving_parts_keep_the_values_of_a_locked_group_and_nothing_else() {
    let [mut locked, mut free] = [instrument(), instrument()];
    [&mut locked, &mut free].into_iter().for_each(|instrument| load_decoder(instrument));
    let is_filter = |parameter: &Parameter| parameter.info().group == Group::Filter;
    for parameter in Parameter::ALL.into_iter().filter(is_filter) {
        locked.hold_parameter(parameter.index(), given().get(parameter));
    }
    for step in 0..30 {
        for instrument in [&mut locked, &mut free] {
            for part in 0..TOUCH_PART_COUNT {
                let angle = 0.7 * step as f32 + part as f32;
                instrument.automate(part, [4.0 * angle.cos(), 4.0 * angle.sin()]);
            }
            (0..3).for_each(|_| assert_eq!(instrument.render(64) as u32, 0));
        }
        for part in 0..TOUCH_PART_COUNT {
            let decoded = Patch::from_values(&values(&mut free, part));
            let heard = Patch::from_values(&values(&mut locked, part));
            for parameter in Parameter::ALL {
                let source = if is_filter(&parameter) { given() } else { decoded };
                assert_eq!(heard.get(parameter), source.get(parameter), "{}", parameter.name());
            }
            assert_eq!(locked.source_patch(part), Some(&decoded), "the page receives the decoded values");
        }
    }
}

/// A decoder that fails to the right of the middle.
struct LeftHalf;

impl PointDecoder for LeftHalf {
    fn decode(&mut self, point: Point) -> Result<Patch, DecodeError> {
        if point.x > 0.0 { Err(DecodeError(point)) } else { Ok(given()) }
    }
}

#[test]
fn a_decoder_that_fails_at_a_current_point_is_rejected_and_one_that_fails_later_keeps_the_patch() {
    let mut instrument = with_grid();
    instrument.move_to(2, [1.5, 0.0]);
    instrument.render(64);
    let before = values(&mut instrument, 2);
    instrument.set_decoder(Box::new(LeftHalf)).expect_err("part 2 is to the right");
    assert_eq!(instrument.error(), "the decoder gives no patch at 1.5, 0; choose another model");
    assert_eq!(values(&mut instrument, 2), before);
    instrument.move_to(2, [-1.5, 0.0]);
    instrument.render(64);
    instrument.set_decoder(Box::new(LeftHalf)).expect("all parts are to the left");
    assert_eq!(&values(&mut instrument, 2), given().values());
    instrument.move_to(2, [1.5, 0.0]);
    assert_eq!(instrument.render(64), Outcome::DecoderFailed);
    assert_eq!(&values(&mut instrument, 2), given().values());
}

/// A decoder that keeps the points that it has decoded.
struct CountingDecoder(Rc<RefCell<Vec<Point>>>);

impl PointDecoder for CountingDecoder {
    fn decode(&mut self, point: Point) -> Result<Patch, DecodeError> {
        self.0.borrow_mut().push(point);
        Ok(given())
    }
}

#[test]
fn a_block_that_a_path_cuts_decodes_no_more_moved_points_than_others() {
    let (mut instrument, decoded) = (instrument(), Rc::new(RefCell::new(Vec::new())));
    instrument.set_decoder(Box::new(CountingDecoder(decoded.clone()))).expect("it decodes everywhere");
    instrument.claim_parts(0b01111);
    // Strokes of 14 frames, one after another.
    let strokes = (0..4).map(|number| {
        let times_s = [3e-4 * f64::from(number), 3e-4 * f64::from(number + 1)];
        let points = times_s.map(|time_s| (time_s, Point { x: 3.0, y: number as f32 })).into();
        ScoreStroke { key: Some(60), velocity: 100, points }
    });
    let words = write(&[ScoreFinger { strokes: strokes.collect(), levels: Vec::new() }]);
    instrument.path_room(words.len()).expect("it is short").copy_from_slice(&words);
    let pace = PathPace { rate: 1.0, direction: PathDirection::Forward };
    let start = PathStart { length_s: 1.0, repeats: true, pace, at_s: 0.0, lock: None };
    instrument.play_path(0, &start).expect("it is a path");
    decoded.borrow_mut().clear();
    (0..4).for_each(|part| instrument.move_to(part, [-1.0 - part as f32, 1.0]));
    instrument.render(64);
    let moved = |decoded: &[Point]| decoded.iter().filter(|point| point.x < 0.0).count();
    assert!(decoded.borrow().iter().filter(|point| point.x == 3.0).count() > 2, "the path cuts the block");
    assert_eq!(moved(&decoded.borrow()), 2);
    instrument.render(64);
    assert_eq!(moved(&decoded.borrow()), 4, "the others follow");
}
