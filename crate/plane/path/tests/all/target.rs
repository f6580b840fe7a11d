//! Promises of planned paths, on the shipped map: they follow the target closely, by small steps, past landmarks and
//! around circles; a request that cannot be met is refused with one sentence.

use std::path::Path;
use std::time::Instant;

use path::target::shape::usual_range;
use path::target::{
    Circle, Goal, PlannedPath, Refinement, Rule, TargetFigures, TargetPathError, TargetRequest, TargetShape,
    path_through, plan, played_path, scales,
};
use plane::{Map, Point};

fn map() -> Map {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models/map.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn request(map: &Map, layer: &str, shape: &TargetShape) -> TargetRequest {
    let values = shape.values(64, usual_range(map.layer(layer).unwrap())).unwrap();
    TargetRequest { goals: vec![Goal { layer: layer.to_owned(), values, weight: 1.0 }], ..Default::default() }
}

/// The scales at points as the map has them.
fn rows(map: &Map, points: &[Point]) -> Vec<Vec<f32>> {
    let row =
        |point: &Point| scales(map).map(|layer| map.value_of(layer, point.x, point.y).unwrap()).collect();
    points.iter().map(row).collect()
}

#[test]
fn planned_paths_are_near_and_smooth_and_the_nearest_cells_are_not() {
    let map = map();
    let mut means = [[0.0; 4]; 2];
    let is_good = |[error, correlation, way, jump]: [f64; 4]| {
        error <= 2.0 && correlation >= 0.98 && way <= 0.2 && jump <= 1.2
    };
    let mut longest_ms = 0.0f64;
    for layer in scales(&map) {
        for shape in TargetShape::NAMED {
            for (rule, means) in [Rule::Planned, Rule::Nearest].into_iter().zip(&mut means) {
                let request = TargetRequest { rule, ..request(&map, &layer.name, &shape) };
                let start = Instant::now();
                let planned = plan(&map, &request).unwrap();
                longest_ms = longest_ms.max(start.elapsed().as_secs_f64() * 1000.0);
                let figures =
                    TargetFigures::of(&map, &request, &planned.points, &rows(&map, &planned.points));
                let figures = [figures.error, figures.correlation, figures.way, figures.jump];
                means.iter_mut().zip(figures).for_each(|(mean, own)| *mean += own / 28.0);
                let what = format!("{} {} {rule:?} {figures:.3?}", layer.name, shape.name());
                assert!(rule == Rule::Nearest || is_good(figures), "{what}");
                println!("{what}");
            }
        }
    }
    println!("means {means:.3?}, longest {longest_ms:.1} ms");
    assert!(means[1][2] > 1.0 && means[1][3] > 4.0, "the nearest cells jump: {means:?}");
}

/// The least distance of the lines between a path's points from a place.
fn distance(points: &[Point], place: Point) -> f32 {
    let to_line = |two: &[Point]| {
        let (way, from) =
            ([two[1].x - two[0].x, two[1].y - two[0].y], [place.x - two[0].x, place.y - two[0].y]);
        let share = (way[0] * from[0] + way[1] * from[1]) / (way[0] * way[0] + way[1] * way[1]);
        two[0].towards(two[1], share).distance(place)
    };
    points.windows(2).map(to_line).fold(f32::INFINITY, f32::min)
}

/// A path after all rounds, with the rows of its points.
struct Refined {
    points: Vec<Point>,
    measured: Vec<Vec<f32>>,
    /// The number of points that were measured.
    asked: usize,
}

/// Asks a refinement until its end, and answers each time with the measurements.
fn finished(mut refinement: Refinement, measure: impl Fn(&[Point]) -> Vec<Vec<f32>>) -> Refined {
    let mut asked = 0;
    loop {
        let points = refinement.ask();
        if points.is_empty() {
            let (points, measured) = refinement.finish().unwrap();
            return Refined { points, measured, asked };
        }
        asked += points.len();
        refinement.answer(measure(&points));
    }
}

/// The points after all rounds, measured as the map predicts.
fn refined(map: &Map, request: &TargetRequest, planned: &PlannedPath) -> Vec<Point> {
    finished(Refinement::new(map, request, planned), |points| rows(map, points)).points
}

#[test]
fn landmarks_are_visited_and_circles_avoided() {
    let map = map();
    let planned = plan(&map, &request(&map, "brightness", &TargetShape::Line)).unwrap();
    let circle = Circle { centre: planned.points[32], radius: 0.5 };
    let pin = (40, Point { x: 1.03, y: -2.07 });
    let request = TargetRequest {
        pins: vec![pin],
        forbidden: vec![circle],
        ..request(&map, "brightness", &TargetShape::Line)
    };
    let planned = plan(&map, &request).unwrap();
    assert_eq!(planned.points[40], pin.1);
    assert!(distance(&planned.points, circle.centre) > circle.radius);
    let points = refined(&map, &request, &planned);
    assert_eq!(points[40], pin.1);
    assert!(distance(&points, circle.centre) > circle.radius);
    let path = path_through(&points, 8.0).unwrap();
    assert_eq!((path.length_s(), path.steps()), (8.0, 64));
}

#[test]
fn no_line_between_two_steps_crosses_a_circle_however_small() {
    let map = map();
    for layer in ["brightness", "warmth", "hardness"] {
        for shape in TargetShape::NAMED {
            let free = request(&map, layer, &shape);
            let points = plan(&map, &free).unwrap().points;
            // On the longest step, smaller than that step.
            let longest = |one: &&[Point], other: &&[Point]| {
                one[0].distance(one[1]).total_cmp(&other[0].distance(other[1]))
            };
            let way = points.windows(2).max_by(longest).unwrap();
            let centre = way[0].towards(way[1], 0.5);
            let circle = Circle { centre, radius: 0.45 * way[0].distance(way[1]) };
            let landmark = Point { x: centre.x + circle.radius + 0.01, y: centre.y + 0.03 };
            for pins in [vec![], vec![(20, landmark), (50, landmark)]] {
                let request = TargetRequest { forbidden: vec![circle], pins, ..free.clone() };
                let planned = plan(&map, &request).unwrap();
                for points in [refined(&map, &request, &planned), planned.points] {
                    let nearest = distance(&points, centre);
                    assert!(nearest > circle.radius, "{layer} {}: {nearest} of {circle:?}", shape.name());
                    // Exactly the landmark as a path saves it.
                    let saved = |pin: Point| path_through(&[pin; 2], 8.0).unwrap().points().next();
                    assert!(request.pins.iter().all(|pin| Some(points[pin.0]) == saved(pin.1)));
                }
            }
        }
    }
}

#[test]
fn what_is_saved_of_a_planned_path_comes_no_nearer_to_a_circle() {
    let map = map();
    let free = request(&map, "brightness", &TargetShape::Line);
    let points = plan(&map, &free).unwrap().points;
    // Circles that end just before a point of the path, by less than the rounding of saved numbers.
    for (step, radius) in (0..points.len()).flat_map(|step| [0.3, 0.4, 0.5].map(|radius| (step, radius))) {
        let place = points[step];
        for [x, y] in [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]] {
            let away = radius + 2e-5;
            let centre = Point { x: place.x + away * x, y: place.y + away * y };
            let request = TargetRequest { forbidden: vec![Circle { centre, radius }], ..free.clone() };
            let saved = path_through(&plan(&map, &request).unwrap().points, 8.0).unwrap();
            let saved: Vec<Point> = saved.points().collect();
            let nearest = distance(&saved, centre);
            assert!(nearest > radius, "{nearest} of {radius} around {centre:?}");
        }
    }
}

#[test]
fn refinement_makes_a_path_no_worse() {
    let map = map();
    // Another plane, so that the measurements differ from the map's predictions.
    let measure = |points: &[Point]| {
        let mut rows = rows(&map, points);
        for (row, point) in rows.iter_mut().zip(points) {
            row[2] += 3.0 * (2.0 * point.x).sin();
        }
        rows
    };
    let request = request(&map, "brightness", &TargetShape::Sine(1.0));
    let planned = plan(&map, &request).unwrap();
    let before = TargetFigures::of(&map, &request, &planned.points, &measure(&planned.points));
    let refinement = Refinement::new(&map, &request, &planned);
    let Refined { points, measured, asked } = finished(refinement, measure);
    let after = TargetFigures::of(&map, &request, &points, &measured);
    assert_eq!(measured, measure(&points));
    assert!(after.error < 0.6 * before.error, "{before:?} {after:?}");
    assert!(asked <= 64 * 7, "{asked} measurements");
}

#[test]
fn two_descriptors_are_followed_at_once() {
    let map = map();
    let mut request = request(&map, "brightness", &TargetShape::Line);
    let values = TargetShape::Line.values(64, [45.0, 40.0]).unwrap();
    request.goals.push(Goal { layer: "warmth".to_owned(), values, weight: 1.0 });
    let planned = plan(&map, &request).unwrap();
    assert_eq!(planned.predicted.len(), 2);
    let figures = TargetFigures::of(&map, &request, &planned.points, &rows(&map, &planned.points));
    assert!(figures.error < 6.0, "{figures:?}");
}

#[test]
fn what_cannot_be_done_gets_one_sentence() {
    let map = map();
    let usual = || request(&map, "brightness", &TargetShape::Line);
    let change = |act: &dyn Fn(&mut TargetRequest)| {
        let mut request = usual();
        act(&mut request);
        plan(&map, &request).unwrap_err()
    };
    let unknown = change(&|request| request.goals[0].layer = "nasality".to_owned());
    assert!(unknown.to_string().contains("“nasality”; choose one of hardness"), "{unknown}");
    let far = change(&|request| request.goals[0].values[3] = 99.0);
    assert!(far.to_string().contains("brightness reaches from 22 to 85 points"), "{far}");
    assert_eq!(change(&|request| request.goals.clear()), TargetPathError::Goals);
    assert_eq!(change(&|request| request.goals[0].values[0] = f32::NAN), TargetPathError::Goals);
    assert_eq!(change(&|request| request.way_cost = f32::NAN), TargetPathError::Numbers);
    for weight in [f32::INFINITY, f32::NAN, -1.0] {
        assert_eq!(change(&|request| request.goals[0].weight = weight), TargetPathError::Numbers, "{weight}");
    }
    let late = change(&|request| request.pins.push((64, Point::default())));
    assert_eq!(late, TargetPathError::LatePin(65));
    assert!(late.to_string().starts_with("the point to pass at step 65 comes after the last step"), "{late}");
    let everywhere = Circle { centre: Point::default(), radius: 9.0 };
    assert_eq!(change(&|request| request.forbidden.push(everywhere)), TargetPathError::NoWay);
    let corner = Point { x: -4.0, y: -4.0 };
    assert_eq!(
        change(&|request| {
            request.pins.push((5, corner));
            request.forbidden.push(Circle { centre: corner, radius: 0.1 });
        }),
        TargetPathError::ForbiddenPin(6)
    );
    let far_apart = |request: &mut TargetRequest| {
        request.pins = vec![(5, corner), (6, Point { x: 4.0, y: 4.0 })];
    };
    assert_eq!(change(&far_apart), TargetPathError::NoWay);
    assert_eq!(TargetShape::Drawn(vec![1.0]).values(64, [0.0, 1.0]), Err(TargetPathError::Shape));
    for (length_s, advice) in [(0.0, "longer"), (-1.0, "longer"), (f64::NAN, "longer"), (601.0, "shorter")] {
        let reason = path_through(&[corner, corner], length_s).unwrap_err().to_string();
        assert!(reason.ends_with(&format!("; make it {advice}")), "{length_s}: {reason}");
    }
}

/// The rows of struck notes on a plane whose right half has a slow attack and whose sounds are brighter than the map's.
fn struck(map: &Map, points: &[Point]) -> Vec<Vec<f32>> {
    let mut rows = rows(map, points);
    for (row, point) in rows.iter_mut().zip(points) {
        row[2] += 6.0;
        let loudness = map.value("loudness", point.x, point.y).unwrap();
        row.push(if point.x > 0.0 { -70.0 } else { loudness });
    }
    rows
}

#[test]
fn struck_notes_leave_the_places_that_are_silent_and_follow_the_target() {
    let map = map();
    for layer in ["brightness", "hardness"] {
        let held = request(&map, layer, &TargetShape::Sine(1.0));
        let request = TargetRequest { note_s: Some(0.5), ..held };
        let planned = plan(&map, &request).unwrap();
        let refinement = Refinement::new(&map, &request, &planned);
        let Refined { points, measured, asked } = finished(refinement, |points| struck(&map, points));
        assert_eq!(measured, struck(&map, &points));
        let silent = points.iter().filter(|point| point.x > 0.0).count();
        let figures = TargetFigures::of(&map, &request, &points, &measured);
        assert_eq!(silent, 0, "{layer} {figures:?}");
        assert!(figures.correlation > 0.97 && figures.error < 4.0, "{layer} {figures:?}");
        assert!(asked <= 64 * 11, "{asked} measurements");
        let path = played_path(&points, &measured, 8.0, request.note_s).unwrap();
        assert_eq!((path.notes().len(), path.level().map(<[f32]>::len)), (16, Some(64)));
    }
}

#[test]
fn a_saved_path_keeps_its_strikes_and_levels() {
    let points: Vec<Point> = (0..64).map(|step| Point { x: step as f32 / 32.0, y: -0.5 }).collect();
    let measured: Vec<Vec<f32>> =
        (0..64).map(|step| vec![50.0, -30.0 + 15.0 * (step as f32 / 9.0).sin()]).collect();
    let path = played_path(&points, &measured, 8.0, Some(0.4)).unwrap();
    assert_eq!(path::read(&path::write(&path)).unwrap(), path);
    let usual = path::midi::MidiUsual { key: 60, bpm: 120.0 };
    let midi = path::midi::read_midi(&path::midi::write_midi(&path, usual)).unwrap().path;
    let level = path.level().expect("struck paths have a level");
    for (position, own) in level.iter().enumerate() {
        let again = midi.level_at(position as f64 / path.rate_hz());
        // A step of controller 7, and a moment in which the level moves.
        assert!((again - own).abs() < 0.03, "{position}: {own} {again}");
    }
    assert_eq!(midi.notes().len(), 20);
    for (one, other) in path.notes().iter().zip(midi.notes()) {
        assert!((one.start_s - other.start_s).abs() < 2e-3 && (one.end_s() - other.end_s()).abs() < 4e-3);
    }
}

#[test]
fn rows_of_struck_notes_without_a_loudness_change_nothing() {
    let map = map();
    let request = TargetRequest { note_s: Some(0.5), ..request(&map, "depth", &TargetShape::Line) };
    let planned = plan(&map, &request).unwrap();
    let mut refinement = Refinement::new(&map, &request, &planned);
    let asked = refinement.ask();
    refinement.answer(rows(&map, &asked));
    assert_eq!(refinement.finish(), None);
}
