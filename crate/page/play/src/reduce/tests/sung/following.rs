//! Sung loops that follow the timbre and the glides of a voice.

use super::*;

#[test]
fn an_ah_and_an_oh_move_along_the_map_and_a_steady_hum_stays_at_its_point() {
    let mut singer = Singer::with_trial();
    let beat_s = (BEAT_MS / 1000.0) as f32;
    let note = [(0.5 * beat_s, 3.5 * beat_s, 60.0)];
    // In the middle of the note the voice becomes darker by two octaves, a quarter of the controller.
    let turn = (2.0 * beat_s * 100.0) as usize;
    let ah_oh: Vec<f32> = (0..300).map(|at| if at < turn { 90.0 } else { 58.0 }).collect();
    singer.voice(&note, &[], &ah_oh, 0.7);
    singer.place([1.0, -2.0]);
    singer.place([1.0, -2.0]);
    let place = Point { x: 1.0, y: -2.0 };
    assert!(singer.points().iter().all(|point| *point == place), "until the cutoffs are known");
    singer.decode();
    let points = singer.points();
    assert_eq!(points[0], place, "it begins where the sound lies");
    let last = points.last().unwrap();
    assert!((last.x + 1.0).abs() < 0.25 && (last.y + 2.0).abs() < 0.3, "two octaves darker: {last:?}");
    let middle = points.len() / 2;
    assert!(points[..middle - 3].iter().all(|point| point.distance(place) < 0.3), "ah: {points:?}");
    assert!(points[middle + 3..].iter().all(|point| point.distance(*last) < 0.3), "oh: {points:?}");
    singer.own(SingAction::Keep { names: vec![] });
    let own = singer.page.state.document().loops.get(1).unwrap();
    let settings = own.sound.as_ref().unwrap().settings(0, 112.0);
    let cutoff = Parameter::FilterCutoff.index();
    assert_eq!(settings.overrides[cutoff], None, "the points lead the cutoff");
    let stored = settings.cutoff_shift + 0.25 * place.x;
    assert!((stored - (-0.5 + 90.0 / 127.0 * 2.0)).abs() < 1e-3, "it begins as bright as the ah: {stored}");

    let mut singer = Singer::with_trial();
    let hum: Vec<f32> = (0..300).map(|at| 90.0 + (at % 4) as f32).collect();
    singer.voice(&note, &[], &hum, 0.7);
    singer.place([1.0, -2.0]);
    singer.place([1.0, -2.0]);
    assert!(singer.decoding.is_empty() && singer.points().iter().all(|point| *point == place));
}

#[test]
fn as_sung_a_glide_between_two_notes_of_one_breath_is_played_and_in_tune_it_is_a_step() {
    let mut singer = Singer::with_trial();
    let beat_s = (BEAT_MS / 1000.0) as f32;
    let turn_s = 2.0 * beat_s;
    // From C to E in 0.3 s around the middle.
    let pitch = |time_s: f32| 60.0 + 4.0 * ((time_s - turn_s) / 0.3 + 0.5).clamp(0.0, 1.0);
    let turn = (100.0 * turn_s).round() as i32;
    let key = |at: i32| if at < turn { 60.0 } else { 64.0 };
    let bends = (0..300).map(|at| 100.0 * (pitch(at as f32 / 100.0) - key(at)));
    let notes =
        [(0.5 * beat_s, turn_s, 60.0), (turn_s, 3.5 * beat_s, 64.0), (3.7 * beat_s, 4.0 * beat_s, 60.0)];
    singer.voice(&notes, &bends.collect::<Vec<f32>>(), &[], 0.7);
    let gaps_s = |singer: &Singer| {
        let own = &singer.page.state.panels.sing.loops_on_trial()[0];
        let notes: Vec<_> = own.fingers[0].notes().collect();
        notes.windows(2).map(|pair| pair[1].start_s - pair[0].end_s()).collect::<Vec<f64>>()
    };
    let playing = |singer: &Singer| {
        let own = &singer.page.state.panels.sing.loops_on_trial()[0];
        let settings = own.sound.as_ref().unwrap().settings(0, 112.0);
        let of = |parameter: Parameter| settings.overrides[parameter.index()].unwrap();
        (of(Parameter::KeyboardMode), of(Parameter::PortamentoMode), of(Parameter::PortamentoTime))
    };
    assert!(gaps_s(&singer)[0] > 0.0 && playing(&singer).2 == 0.0, "in tune");
    singer.own(SingAction::SetInTune { is_in_tune: false });
    let gaps_s = gaps_s(&singer);
    assert!(gaps_s[0] == 0.0 && gaps_s[1] > 0.05, "one breath, then another: {gaps_s:?}");
    let (keyboard, glide, glide_s) = playing(&singer);
    assert_eq!((keyboard, glide), (2.0, 1.0), "only notes of one breath glide");
    assert!((glide_s - 0.3).abs() < 0.05, "{glide_s}");
}
