//! Promises about reports of few rows: a figure that cannot be computed is a dash, and the report names the rows of
//! every figure.

use evaluate::neighbourhood::{Neighbourhood, squared};
use evaluate::{
    EvaluateError, EvaluationReport, PlaneFigures, Protocol, RowSet, TargetInstrument, evaluate_targets,
};
use path::LatentPath;
use plane::map::Layer;
use plane::{Map, Point};

fn report(training: usize) -> EvaluationReport {
    let rows: Vec<[f32; 2]> =
        (0..training).map(|at| [(at * 37 % 101) as f32, (at * 61 % 97) as f32]).collect();
    let points: Vec<Point> = rows.iter().map(|&[x, y]| Point { x, y }).collect();
    let plane = PlaneFigures {
        grid: 50,
        known_inside: 1.0,
        cells_occupied: 0.5,
        mean_step: 0.1,
        greatest_step: 0.2,
        mean_timbre_step: 2.0,
        greatest_timbre_step: 9.0,
        class_flips: 0.1,
        class_combinations: 7,
        classes_found: Vec::new(),
        clicks: 0.0,
        slow_attacks: 0.0,
    };
    EvaluationReport {
        protocol: Protocol::Clean,
        rows: RowSet::Test,
        compared: 4,
        training,
        lines: Vec::new(),
        plane,
        neighbours_in_settings: Neighbourhood::new(&rows, &points, squared),
        neighbours_in_sound: Neighbourhood::new(&rows, &points, squared),
    }
}

/// The last lines: the figures of neighbours.
fn neighbours(training: usize) -> String {
    let text = report(training).to_string();
    text.split("combinations)\n").nth(1).expect("the neighbours").to_owned()
}

#[test]
fn neighbours_of_too_few_rows_are_a_dash() {
    assert!(neighbours(20).contains("settings        – / –"), "{}", neighbours(20));
    assert!(neighbours(21).contains("settings        1.000 / 1.000"), "{}", neighbours(21));
}

#[test]
fn neighbours_are_said_to_be_those_of_the_training_rows() {
    assert!(neighbours(21).contains("training rows"), "{}", neighbours(21));
}

/// An instrument that nobody may ask for a sound.
struct Silence;

impl TargetInstrument for Silence {
    type Failure = EvaluateError;

    fn measure(&mut self, _: &[Point], _: Option<f64>) -> Result<Vec<Vec<f32>>, EvaluateError> {
        panic!("it is measured")
    }

    fn play(&mut self, _: &LatentPath) -> Result<Option<[Vec<f32>; 2]>, EvaluateError> {
        panic!("it is played")
    }
}

#[test]
fn a_scale_that_the_map_lacks_is_named() {
    let layer = Layer::new("warmth", "points", ["cold", "warm"], (0..9).map(|at| at as f32));
    let map = Map { version: 1, model: String::new(), grid: 3, limit: 4.0, layers: vec![layer] };
    let error =
        evaluate_targets(&map, Some("depth"), 2.0, &mut Silence, |_, _, _| ()).unwrap_err().to_string();
    assert!(error.contains("depth") && error.contains("warmth"), "{error}");
}
