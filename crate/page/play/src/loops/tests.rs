//! Tests of `loops`.

use super::*;
use crate::{Locks, Notes, Point};
use serde_json::json;

fn recorded(length_s: f64) -> RecordedLoop {
    let mut path = Path::default();
    path.land(0.0, Point::default(), 100);
    path.lift(length_s);
    let own = RecordedLoop::from(Recorded { fingers: vec![path], length_s });
    RecordedLoop { instrument: Some(STRINGS.number), ..own }
}

/// The instrument of a document.
const STRINGS: LocationInstrument = LocationInstrument { number: 1, axes: [0; 6] };

#[test]
fn a_loop_keeps_the_instrument_on_which_it_was_made() {
    let mut loops = Loops::default();
    loops.add(RecordedLoop { instrument: Some(0), ..recorded(1.0) });
    loops.put(RecordedLoop { number: 0, instrument: None, ..loops.get(1).unwrap().clone() }, STRINGS);
    let of_link = RecordedLoop { number: 0, instrument: Some(3), ..loops.get(1).unwrap().clone() };
    loops.put(of_link, STRINGS);
    let changed = RecordedLoop { length_s: 2.0, ..loops.get(1).unwrap().clone() };
    loops.put(changed, STRINGS);
    let domains: Vec<_> = loops.all().iter().map(|own| own.domain()).collect();
    assert_eq!(domains, [None, Some(ToneDomain::Strings), Some(ToneDomain::Winds)]);
}

#[test]
fn loops_are_numbered_and_a_free_number_is_used_again() {
    let mut loops = Loops::default();
    let numbers: Vec<_> = (0..9).map(|_| loops.add(recorded(1.0))).collect();
    assert_eq!((numbers[0], numbers[7], numbers[8]), (Some(1), Some(8), None));
    loops.delete(3);
    assert!(!loops.are_full());
    assert_eq!(loops.add(recorded(2.0)), Some(3));
}

#[test]
fn a_loop_that_is_put_replaces_that_of_its_number_or_is_added_and_an_unplayable_one_changes_nothing() {
    let mut loops = Loops::default();
    loops.add(recorded(1.0));
    let longer = RecordedLoop { length_s: 2.0, ..loops.get(1).unwrap().clone() };
    loops.put(longer.clone(), STRINGS);
    assert_eq!(loops.all().iter().map(|own| own.length_s).collect::<Vec<_>>(), [2.0]);
    loops.put(RecordedLoop { number: 0, ..longer.clone() }, STRINGS);
    assert_eq!(loops.all().iter().map(|own| own.number).collect::<Vec<_>>(), [1, 2]);
    let before = loops.clone();
    loops.put(RecordedLoop { length_s: 0.5, ..longer.clone() }, STRINGS);
    loops.put(RecordedLoop { fingers: Vec::new(), ..longer.clone() }, STRINGS);
    assert_eq!(loops, before);
    (0..9).for_each(|_| loops.put(RecordedLoop { number: 0, ..longer.clone() }, STRINGS));
    assert_eq!(loops.all().len(), LOOP_LIMIT);
}

#[test]
fn loops_that_come_to_the_clock_get_whole_beats_and_follow_the_tempo() {
    let mut loops = Loops::default();
    loops.add(recorded(1.9));
    assert!((loops.get(1).unwrap().duration_s(60.0) - 1.9).abs() < 1e-9, "as recorded");
    loops.add(recorded(0.1));
    loops.add(RecordedLoop { beats: Some(8), ..recorded(2.0) });
    loops.set_in_beats(true, 120.0);
    assert_eq!(loops.all().iter().map(|own| own.beats).collect::<Vec<_>>(), [Some(4), Some(1), Some(8)]);
    assert!((loops.get(1).unwrap().duration_s(120.0) - 2.0).abs() < 1e-9);
    assert!((loops.get(1).unwrap().duration_s(60.0) - 4.0).abs() < 1e-9);
    loops.change(1, |own| own.speed = 2.0);
    assert!((loops.get(1).unwrap().duration_s(60.0) - 2.0).abs() < 1e-9);
    loops.set_in_beats(false, 60.0);
    assert_eq!(loops.get(1).unwrap().beats, None);
}

#[test]
fn a_volume_is_a_square_law_and_an_odd_one_is_the_usual_one() {
    let mut loops = Loops::default();
    loops.add(recorded(1.0));
    let gains = [USUAL_LEVEL, 0.4, 0.0, 7.0, f32::NAN].map(|level| {
        loops.change(1, |own| own.level = level);
        loops.get(1).unwrap().gain()
    });
    assert!((gains[0] - 1.0).abs() < 1e-6 && (gains[1] - 0.25).abs() < 1e-6 && gains[2] == 0.0);
    assert!((gains[3] - 1.5625).abs() < 1e-6 && gains[4] == 1.0);
}

#[test]
fn loops_are_read_as_written_and_a_damaged_one_affects_no_other() {
    let mut loops = Loops::default();
    loops.add(recorded(1.0));
    loops.set_in_beats(true, 120.0);
    let sound = LoopSound { notes: Notes::default(), locks: Locks::default(), patch: None, led_cutoff: None };
    let placed =
        RecordedLoop { beats: Some(8), offset_beats: 4, sound: Some(Box::new(sound)), ..recorded(2.5) };
    loops.add(RecordedLoop { is_muted: true, level: 0.3, ..placed });
    loops.change(2, |own| (own.speed, own.direction) = (0.5, Direction::Backward));
    let written = serde_json::to_value(&loops).unwrap();
    assert_eq!(serde_json::from_value::<Loops>(written.clone()).unwrap(), loops);
    for (field, odd) in [
        ("number", json!(99)),
        ("fingers", json!([])),
        ("fingers", json!([{ "strokes": [] }])),
        ("length_s", json!(0)),
        ("length_s", json!(0.5)),
        ("length_s", json!(1e9)),
        ("beats", json!("many")),
        ("offset_beats", json!(-1)),
        ("level", json!("loud")),
        ("sound", json!(7)),
    ] {
        let mut damaged = written.clone();
        damaged["list"][0][field] = odd;
        let read: Loops = serde_json::from_value(damaged).unwrap();
        assert_eq!(read.all(), &loops.all()[1..], "{field}");
    }
    let mut twice = written;
    twice["list"][1]["number"] = json!(1);
    assert_eq!(serde_json::from_value::<Loops>(twice).unwrap().all().len(), 1);
}
