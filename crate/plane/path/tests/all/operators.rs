//! Promises of the operators: the neutral amount changes nothing, ends and corners are exact, and every result is a
//! path that can be saved.

use path::blend::{corner_weights, interpolate, mix};
use path::closing::closed;
use path::noise::randomise;
use path::operators::{bias, erase, reverse, scale, stretch};
use path::quantise::quantise;
use path::smooth::smooth;
use path::{LatentPath, PathNote, Scope, read, write};
use proptest::prelude::*;

/// Any path of two lanes.
fn paths() -> impl Strategy<Value = LatentPath> {
    let curves = (2usize..200).prop_flat_map(|steps| {
        let lane = || prop::collection::vec(-4.0f32..=4.0, steps);
        (lane(), lane(), prop::option::of(prop::collection::vec(0.0f32..=1.0, steps)))
    });
    let notes = prop::collection::vec((0.0f64..1.0, 0.0f64..1.0, prop::option::of(0u8..128)), 0..6);
    (curves, 0.5f64..200.0, notes, any::<bool>()).prop_map(|((x, y, level), rate_hz, notes, is_loop)| {
        let mut path = LatentPath::new(vec![x, y], rate_hz).unwrap();
        path.set_level(level.as_deref());
        path.set_loop(is_loop);
        let length_s = path.length_s();
        let note = |(start, length, key)| PathNote {
            start_s: start * length_s,
            length_s: length * length_s,
            key,
            velocity: 80,
        };
        path.set_notes(&notes.into_iter().map(note).collect::<Vec<_>>());
        path
    })
}

fn scopes() -> impl Strategy<Value = Scope> {
    prop_oneof![Just(Scope::Lanes), Just(Scope::Lane(0)), Just(Scope::Lane(7)), Just(Scope::Level)]
}

proptest! {
    #[test]
    fn nothing_changes_nothing(path in paths(), scope in scopes(), seed: u64) {
        prop_assert_eq!(&scale(&path, scope, 1.0), &path);
        prop_assert_eq!(&bias(&path, scope, 0.0), &path);
        prop_assert_eq!(&reverse(&reverse(&path)), &path);
        prop_assert_eq!(&smooth(&path, scope, 0.0), &path);
        prop_assert_eq!(&randomise(&path, scope, seed, 0.0, 1.0), &path);
        prop_assert_eq!(&stretch(&path, 1.0), &path);
        prop_assert_eq!(&quantise(&path, &[]), &path);
        prop_assert_eq!(&erase(&path, scope, 5..5), &path);
        let (same, repeated) = (path.at_rate(path.rate_hz()), closed(&path, 0.0));
        prop_assert_eq!(same.lanes(), path.lanes());
        prop_assert_eq!(repeated.lanes(), path.lanes());
    }

    #[test]
    fn whatever_comes_out_can_be_saved(
        path in paths(), other in paths(), scope in scopes(), seed: u64, amount: f64, seconds: f64, from: u8, to: u8,
    ) {
        let range = usize::from(from)..usize::from(to);
        for changed in [
            scale(&path, scope, amount),
            scale(&path, scope, 3.0),
            bias(&path, scope, amount),
            reverse(&path),
            smooth(&path, scope, seconds),
            smooth(&path, scope, 0.7),
            randomise(&path, scope, seed, amount, seconds),
            randomise(&path, scope, seed, 0.5, 0.1),
            stretch(&path, amount),
            stretch(&path, 0.3),
            stretch(&path, 1e-9),
            stretch(&path, 1e9),
            quantise(&path, &[vec![1.0, 2.0], vec![amount as f32, 0.0]]),
            erase(&path, scope, range),
            closed(&path, seconds),
            interpolate(&path, &other).unwrap(),
            mix(&[&path, &other], &[0.3, 0.9]).unwrap().unwrap(),
        ] {
            let text = write(&changed);
            let again = read(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(again.lanes(), changed.lanes());
            prop_assert_eq!(again.level(), changed.level());
            prop_assert_eq!(again.notes(), changed.notes());
        }
    }

    #[test]
    fn each_step_moves_to_one_of_the_nearest_points(
        path in paths(), points in prop::collection::vec((-4i8..=4, -4i8..=4), 1..60),
    ) {
        let points: Vec<Vec<f32>> = points.iter().map(|(x, y)| vec![f32::from(*x), f32::from(*y)]).collect();
        let moved = quantise(&path, &points);
        for step in 0..path.steps() {
            let [x, y] = [0, 1].map(|lane| path.lanes()[lane][step]);
            let far = |point: &[f32]| (x - point[0]).powi(2) + (y - point[1]).powi(2);
            let nearest = points.iter().min_by(|one, other| far(one).total_cmp(&far(other))).unwrap();
            let [own_x, own_y] = [0, 1].map(|lane| moved.lanes()[lane][step]);
            prop_assert_eq!(far(&[own_x, own_y]), far(nearest));
        }
    }

    #[test]
    fn an_interpolation_begins_as_one_path_and_ends_as_the_other(a in paths(), b in paths()) {
        let path = interpolate(&a, &b).unwrap();
        let [first, last] = [0, path.steps() - 1];
        for lane in 0..2 {
            prop_assert_eq!(path.lanes()[lane][first], a.lanes()[lane][0]);
            prop_assert_eq!(path.lanes()[lane][last], b.lanes()[lane][b.steps() - 1]);
        }
        prop_assert!((path.length_s() - a.length_s().max(b.length_s())).abs() < 1e-6);
        let same = interpolate(&a, &a).unwrap();
        prop_assert_eq!(same.lanes(), a.lanes());
    }

    #[test]
    fn the_corners_of_a_mix_are_their_paths(a in paths(), b in paths(), c in paths(), d in paths()) {
        let corners = [&a, &b, &c, &d];
        for (corner, (x, y)) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)].into_iter().enumerate() {
            let mixed = mix(&corners, &corner_weights(x, y, [1.5; 4])).unwrap().unwrap();
            prop_assert_eq!(&mixed, corners[corner]);
        }
    }

    #[test]
    fn weights_sum_to_one_and_move_without_jumps(x in 0.0f64..1.0, y in 0.0f64..1.0, reach in 0.8f64..1.5) {
        let weights = corner_weights(x, y, [reach; 4]);
        prop_assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        prop_assert!(weights.iter().all(|weight| *weight >= 0.0));
        let near = corner_weights((x + 1e-6).min(1.0), y, [reach; 4]);
        for (one, other) in weights.iter().zip(near) {
            prop_assert!((one - other).abs() < 1e-3, "{weights:?} {near:?}");
        }
    }

    #[test]
    fn a_closed_path_ends_where_it_begins(path in paths()) {
        let closed = closed(&path, path.length_s() / 2.0);
        prop_assume!(path.steps() > 3);
        for lane in closed.lanes() {
            prop_assert_eq!(lane[0], lane[lane.len() - 1]);
        }
        prop_assert!(closed.is_loop());
        prop_assert_eq!(closed.steps(), path.steps());
    }

    #[test]
    fn smoothing_keeps_ends_and_makes_steps_smaller(path in paths(), deviation_s in 0.0f64..2.0) {
        let mut path = path;
        path.set_loop(false);
        let smoothed = smooth(&path, Scope::Lanes, deviation_s);
        let widest = |path: &LatentPath| {
            let steps = path.lanes()[0].windows(2).map(|pair| (pair[1] - pair[0]).abs());
            steps.fold(0.0f32, f32::max)
        };
        prop_assert!(widest(&smoothed) <= widest(&path) + 1e-3);
        let [first, last] = [0, path.steps() - 1];
        for (before, after) in path.lanes().iter().zip(smoothed.lanes()) {
            prop_assert!((before[first] - after[first]).abs() < 2e-4);
            prop_assert!((before[last] - after[last]).abs() < 2e-4);
        }
    }
}

fn line(steps: usize) -> LatentPath {
    let x = (0..steps).map(|step| 4.0 * step as f32 / (steps - 1) as f32 - 2.0).collect();
    LatentPath::new(vec![x, vec![0.0; steps]], 100.0).unwrap()
}

#[test]
fn operators_do_what_they_say() {
    let path = line(101);
    assert_eq!(scale(&path, Scope::Lanes, -1.0).lanes()[0][0], 2.0);
    assert_eq!(bias(&path, Scope::Lane(1), 1.5).lanes()[1][50], 1.5);
    assert_eq!(bias(&path, Scope::Lanes, 9.0).lanes()[0][0], 4.0, "values end at the plane's edge");
    assert_eq!(stretch(&path, 2.5).length_s(), 2.5);
    assert_eq!(stretch(&path, 8.0).notes()[0].length_s, 8.0);
    let quantised = quantise(&path, &[vec![-2.0, 0.0], vec![2.0, 0.0]]);
    assert!(quantised.lanes()[0].iter().all(|value| value.abs() == 2.0));
    assert_eq!(erase(&randomise(&path, Scope::Lanes, 3, 1.0, 0.0), Scope::Lane(1), 0..101).lanes()[1][3], {
        let noisy = randomise(&path, Scope::Lanes, 3, 1.0, 0.0);
        let mean = noisy.lanes()[1].iter().map(|value| f64::from(*value)).sum::<f64>() / 101.0;
        (mean * 1e4).round() as f32 / 1e4
    });
    assert_eq!(bias(&path, Scope::Level, -0.5).level_at(0.5), 0.5);
}

#[test]
fn a_stretched_path_goes_through_the_same_points() {
    // The factor, and how many steps of the stretched path lie between its own.
    let zigzag = [0.0, 1.0, 0.0, 1.0, 0.0];
    for (factor, between) in [(1.1, 2), (1.25, 2), (2.0, 2), (0.02, 1), (50.0, 50)] {
        let mut path = LatentPath::new(vec![zigzag.to_vec(), vec![0.5; 5]], 0.5).unwrap();
        path.set_level(Some(&zigzag));
        let note = |start_s: f64| PathNote { start_s, length_s: 2.0, key: Some(60), velocity: 90 };
        path.set_notes(&[note(1.0), note(5.0)]);
        let stretched = stretch(&path, factor);
        for (own, note) in path.notes().iter().zip(stretched.notes()) {
            let [start_s, end_s] = [own.start_s * factor, own.end_s() * factor];
            assert!((note.start_s - start_s).abs() < 2e-4 && (note.end_s() - end_s).abs() < 2e-4, "{note:?}");
        }
        assert!((stretched.length_s() - 8.0 * factor).abs() < 1e-6, "{}", stretched.length_s());
        let values = |curve: &[f32]| curve.iter().step_by(between).copied().collect::<Vec<_>>();
        assert_eq!(values(&stretched.lanes()[0]), zigzag, "{factor}");
        assert_eq!(values(stretched.level().unwrap()), zigzag, "{factor}");
    }
    let longest = stretch(&line(10_001), 5.9);
    assert_eq!((longest.length_s().round(), longest.steps()), (590.0, 60_001));
    let beats = |beats: f64| {
        let mut path = line(101);
        path.set_beats(Some(beats));
        stretch(&path, 200.0).beats()
    };
    assert_eq!([beats(15.0), beats(16.0)], [Some(3000.0); 2], "a path has at most 3,000 beats");
    let shortest = stretch(&line(2001), 0.001);
    assert_eq!((shortest.length_s(), shortest.steps()), (0.02, 21));
}

#[test]
fn a_path_in_beats_keeps_its_tempo_when_it_becomes_longer_or_shorter() {
    let in_beats = |steps: usize, beats: Option<f64>| {
        let mut path = line(steps);
        path.set_beats(beats);
        path
    };
    let (a, b) = (in_beats(201, Some(4.0)), in_beats(801, Some(16.0)));
    assert_eq!([0.5, 2.0].map(|factor| stretch(&a, factor).beats()), [Some(2.0), Some(8.0)]);
    assert_eq!(interpolate(&a, &b).unwrap().beats(), Some(16.0));
    assert_eq!(interpolate(&a, &in_beats(801, None)).unwrap().beats(), Some(16.0));
    let mixed = |b: &LatentPath, weights: [f64; 2]| mix(&[&a, b], &weights).unwrap().unwrap().beats();
    assert_eq!(mixed(&b, [0.5, 0.5]), Some(10.0));
    assert_eq!([[0.5, 0.5], [1.0, 0.0]].map(|weights| mixed(&line(801), weights)), [None, Some(4.0)]);
}

#[test]
fn noise_has_its_amount_and_its_seed() {
    let path = LatentPath::new(vec![vec![0.0; 2001], vec![0.0; 2001]], 100.0).unwrap();
    for smoothness_s in [0.0, 0.3] {
        let noisy = randomise(&path, Scope::Lanes, 7, 0.5, smoothness_s);
        let power: f32 = noisy.lanes()[0].iter().map(|value| value * value).sum::<f32>() / 2001.0;
        assert!((power.sqrt() - 0.5).abs() < 0.01, "{power}");
        assert_ne!(noisy.lanes()[0], noisy.lanes()[1]);
        assert_eq!(noisy, randomise(&path, Scope::Lanes, 7, 0.5, smoothness_s));
        assert_ne!(noisy, randomise(&path, Scope::Lanes, 8, 0.5, smoothness_s));
    }
    // The same bytes on every platform.
    assert_eq!(
        randomise(&path, Scope::Lane(0), 1, 1.0, 0.1).lanes()[0][..4],
        [1.1181, 1.0111, 0.8899, 0.7587]
    );
}

#[test]
fn corners_out_of_reach_do_not_count() {
    assert_eq!(corner_weights(0.4, 0.3, [0.2; 4]), [1.0, 0.0, 0.0, 0.0]);
    assert_eq!(corner_weights(0.5, 0.5, [1.0; 4]), [0.25; 4]);
    assert_eq!(corner_weights(0.5, 0.0, [1.0, 1.0, 0.1, 0.1]), [0.5, 0.5, 0.0, 0.0]);
    // Three quarters of the reach are left at a quarter of it, and one quarter at three: ((1 − d) / d)² is 9 and 1/9.
    let [near, far, ..] = corner_weights(0.25, 0.0, [1.0; 4]);
    assert!((near / far - 81.0).abs() < 1e-9, "{near} {far}");
}

#[test]
fn going_over_ends_the_notes_of_the_first_path_where_those_of_the_second_begin() {
    let note = |start_s: f64, length_s: f64| PathNote { start_s, length_s, key: None, velocity: 90 };
    let with = |notes: &[PathNote]| {
        let mut path = LatentPath::new(vec![vec![0.0; 401]; 2], 100.0).unwrap();
        path.set_notes(notes);
        path
    };
    let long = with(&[note(0.0, 0.5), note(1.0, 3.0)]);
    let late = with(&[note(0.0, 1.0), note(2.5, 1.0), note(3.5, 0.5)]);
    let expected = [note(0.0, 0.5), note(1.0, 1.5), note(2.5, 1.0), note(3.5, 0.5)];
    assert_eq!(interpolate(&long, &late).unwrap().notes(), expected);
    let whole = with(&[]);
    assert_eq!(interpolate(&long, &whole).unwrap().notes(), long.notes(), "nothing begins: it sounds on");
}

#[test]
fn smoothing_and_noise_leave_no_jump_where_a_closed_path_begins_again() {
    let wave = |step: usize| (step as f64 / 200.0 * std::f64::consts::TAU).sin() as f32;
    let mut path = LatentPath::new(vec![(0..=200).map(wave).collect(), vec![1.0; 201]], 100.0).unwrap();
    path = closed(&path, 0.0);
    let last = path.steps() - 1;
    let smoothed = smooth(&path, Scope::Lanes, 0.3);
    assert!(smoothed.lanes()[0][0].abs() < 2e-4, "{:?}", smoothed.lanes()[0]);
    for changed in
        [smoothed, randomise(&path, Scope::Lanes, 3, 0.5, 0.2), randomise(&path, Scope::Lanes, 3, 0.5, 0.0)]
    {
        for lane in changed.lanes() {
            assert_eq!(lane[0], lane[last]);
        }
    }
}

#[test]
fn a_reversed_path_plays_its_notes_from_the_end() {
    let lane: Vec<f32> = (0..41).map(|step| step as f32 / 10.0).collect();
    let mut path = LatentPath::new(vec![lane.clone(), lane], 10.0).unwrap();
    let note = |start_s, length_s, key| PathNote { start_s, length_s, key, velocity: 80 };
    path.set_notes(&[note(0.0, 0.5, Some(60)), note(1.0, 2.0, Some(64)), note(3.25, 0.25, None)]);
    let reversed = reverse(&path);
    let turned = [note(0.5, 0.25, None), note(1.0, 2.0, Some(64)), note(3.5, 0.5, Some(60))];
    assert_eq!(reversed.notes(), turned);
}

#[test]
fn a_path_plays_like_one_of_another_name_and_like_no_other() {
    let path = line(11);
    let mut renamed = path.clone();
    renamed.set_name("Ebb");
    assert!(path.plays_like(&renamed) && path != renamed);
    renamed.set_level(Some(&[0.5]));
    assert!(!path.plays_like(&renamed));
}
