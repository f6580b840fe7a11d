//! Tests of `strokes`.

use super::*;

fn at(x: f32) -> Point {
    Point { x, y: -x }
}

#[test]
fn a_resting_finger_stays_in_place() {
    let mut path = Path::default();
    path.land(0.0, at(0.0), 90);
    path.slide(1.0, at(2.0));
    path.lift(1.5);
    let point = |time_s: f64| path.at(time_s).map(|now| now.point);
    assert_eq!((point(0.9), point(1.2)), (Some(at(0.0)), Some(at(2.0))));
    assert_eq!((point(1.6), path.end_s()), (None, 1.5));
    assert_eq!(path.at(0.5).unwrap().velocity, 90);
}

#[test]
fn a_thinned_path_has_fewer_points_and_stays_near_at_every_time() {
    let mut path = Path::default();
    path.land(0.0, at(0.0), 90);
    (1..=300).for_each(|step| {
        let time_s = f64::from(step) * 0.01;
        path.slide(time_s, Point { x: (3.0 * time_s).sin() as f32, y: (2.0 * time_s).cos() as f32 });
    });
    for distance in [0.01, 0.05, 0.2] {
        let thin = path.thinned(distance);
        let count = |path: &Path| path.strokes[0].samples.len();
        assert!(count(&thin) < count(&path) / 4, "{} of {}", count(&thin), count(&path));
        assert_eq!((thin.end_s(), thin.strokes[0].samples[0]), (path.end_s(), path.strokes[0].samples[0]));
        for Sample(time_s, point) in &path.strokes[0].samples {
            let off = thin.at(*time_s).unwrap().point.distance(*point);
            assert!(off <= distance + 1e-4, "{off} at {time_s}");
        }
    }
}

#[test]
fn a_path_that_is_cut_ends_there_and_has_no_later_stroke() {
    let mut path = Path::default();
    path.land(0.0, at(0.0), 90);
    path.slide(0.04, at(1.0));
    path.lift(0.5);
    path.land(0.9, at(3.0), 90);
    path.lift(1.5);
    path.land(2.0, at(1.0), 90);
    let cut = path.until(1.0);
    assert_eq!((cut.end_s(), cut.notes().count()), (1.0, 2));
    assert_eq!(cut.at(1.0).map(|now| now.point), Some(at(3.0)));
    assert_eq!(path.until(0.02).at(0.02).map(|now| now.point), Some(at(0.5)));
    assert_eq!(path.until(9.0), path);
    assert!(path.until(0.0).is_empty());
    path.strike(3.0, at(1.0), 60, 90);
    let keys: Vec<_> = path.transposed(-12).notes().map(|note| note.key).collect();
    assert_eq!(keys, [None, None, None, Some(48)]);
    assert_eq!(path.stretched(0.5).notes().nth(1).map(|note| note.start_s), Some(0.45));
}

#[test]
fn keys_and_levels_are_saved_only_where_there_are_any() {
    let mut path = Path::default();
    path.land(0.0, at(0.0), 90);
    path.lift(1.0);
    assert_eq!(path.level_at(0.5), 1.0);
    assert!(!serde_json::to_string(&path).unwrap().contains("keys"));
    path.strokes[0].key = Some(60);
    path.levels = vec![(0.0, 0.0), (1.0, 0.5)];
    let read: Path = serde_json::from_str(&serde_json::to_string(&path).unwrap()).unwrap();
    assert_eq!((read.at(0.5).unwrap().key, read.level_at(0.5), read.level_at(9.0)), (Some(60), 0.25, 0.5));
    assert_eq!(read, path);
}

#[test]
fn a_damaged_path_is_rejected_and_an_earlier_one_plays_at_the_usual_velocity() {
    for damaged in [
        r#"{"strokes":[[[0.5,[0,0]],[0.2,[1,1]]]]}"#,
        r#"{"strokes":[[]]}"#,
        r#"{"strokes":[[[1e9,[0,0]]]]}"#,
        r#"{"strokes":[[[-1,[0,0]]]]}"#,
    ] {
        assert!(serde_json::from_str::<Path>(damaged).is_err(), "{damaged}");
    }
    let earlier: Path = serde_json::from_str(r#"{"length_s":2,"strokes":[[[0,[1,1]]]]}"#).unwrap();
    assert_eq!(earlier.at(0.0).unwrap().velocity, USUAL_VELOCITY);
}
