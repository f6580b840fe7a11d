//! Plans and refines a path on which a descriptor follows a curve, for the lesson about it. Its notes are struck again
//! and again, because patches decay. The lesson measures: it asks for the points of a round and answers with the
//! analysis worker's measurements of them.

use path::target::{Circle, Goal};
use path::target::{
    PlannedPath, Refinement, Rule, TargetFigures, TargetRequest, TargetShape, plan, played_path, scales,
    shape,
};
use plane::{Map, Point};
use wasm_bindgen::prelude::*;

use crate::page_loop::PageLoop;
use crate::refusal;

/// The map, and the search that is under way.
#[wasm_bindgen]
pub struct PathPlanner {
    map: Map,
    request: TargetRequest,
    planned: Option<PlannedPath>,
    /// The scales that were measured, round by round, row by row.
    answers: Vec<Vec<Vec<f32>>>,
}

#[wasm_bindgen]
impl PathPlanner {
    /// Reads the timbral map (JSON).
    ///
    /// # Errors
    /// If the text is not a timbral map.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Result<Self, JsError> {
        let map: Map = serde_json::from_str(text)?;
        map.check()?;
        Ok(Self { map, request: TargetRequest::default(), planned: None, answers: Vec::new() })
    }

    /// The usual least and greatest value of a layer; empty if the map lacks it.
    pub fn range(&self, layer: &str) -> Vec<f32> {
        self.map.layer(layer).map_or_else(Vec::new, |layer| shape::usual_range(layer).to_vec())
    }

    /// The value of a layer that the map predicts at a point; not-a-number if it lacks the layer.
    pub fn value(&self, layer: &str, x: f32, y: f32) -> f32 {
        self.map.value(layer, x, y).unwrap_or(f32::NAN)
    }

    /// The values of a shape: `sine` (twice), `exponential`, `logarithm`, `line`, else the drawn curve of 0…1.
    ///
    /// # Errors
    /// If a drawn curve has fewer than two values.
    pub fn shape(name: &str, steps: usize, low: f32, high: f32, drawn: &[f32]) -> Result<Vec<f32>, JsError> {
        let shape = match name {
            "sine" => TargetShape::Sine(2.0),
            "exponential" => TargetShape::Exponential,
            "logarithm" => TargetShape::Logarithm,
            "line" => TargetShape::Line,
            _ => TargetShape::Drawn(drawn.to_vec()),
        };
        shape
            .values(steps.clamp(2, path::target::STEP_LIMIT), [low, high])
            .map_err(|reason| refusal::of_target(&reason))
    }

    /// Plans a path whose descriptors, a line each, have these values, one a step, descriptor by descriptor; by the
    /// nearest rule, if wished. `pins` are step, x and y of points to pass, `forbidden` x, y and radius of circles to
    /// keep out of. Notes are struck every `note_s` seconds. Returns the map's prediction at each step, descriptor by
    /// descriptor.
    ///
    /// # Errors
    /// If no path can follow.
    pub fn plan(
        &mut self,
        layers: &str,
        values: &[f32],
        is_nearest: bool,
        pins: &[f32],
        forbidden: &[f32],
        note_s: f64,
    ) -> Result<Vec<f32>, JsError> {
        let steps = (values.len() / layers.lines().count().max(1)).max(1);
        let goals = layers.lines().zip(values.chunks_exact(steps));
        let goals = goals.map(|(layer, values)| Goal {
            layer: layer.to_owned(),
            values: values.to_vec(),
            weight: 1.0,
        });
        let pins = pins.chunks_exact(3).map(|pin| (pin[0] as usize, Point::on_plane(pin[1], pin[2])));
        let circle =
            |circle: &[f32]| Circle { centre: Point::on_plane(circle[0], circle[1]), radius: circle[2] };
        let request = TargetRequest {
            goals: goals.collect(),
            rule: if is_nearest { Rule::Nearest } else { Rule::Planned },
            pins: pins.collect(),
            forbidden: forbidden.chunks_exact(3).map(circle).collect(),
            note_s: Some(note_s).filter(|note_s| *note_s > 0.0 && note_s.is_finite()),
            ..TargetRequest::default()
        };
        let planned = plan(&self.map, &request).map_err(|reason| refusal::of_plan(&reason, &request))?;
        let predicted = planned.predicted.concat();
        (self.request, self.planned, self.answers) = (request, Some(planned), Vec::new());
        Ok(predicted)
    }

    /// The points to measure next, x and y of each; an empty list after the last round. A path by the nearest rule is
    /// measured, but not improved.
    pub fn ask(&self) -> Vec<f32> {
        if self.request.rule == Rule::Nearest && !self.answers.is_empty() {
            return Vec::new();
        }
        let points = self.replayed().map_or_else(Vec::new, |mut refinement| refinement.ask());
        points.into_iter().flat_map(<[f32; 2]>::from).collect()
    }

    /// Takes the measurements of these points in struck notes: a value for each layer of the map, point by point.
    pub fn answer(&mut self, values: &[f32]) {
        let layers = self.map.layers.len().max(1);
        let names: Vec<&str> = scales(&self.map).map(|layer| layer.name.as_str()).collect();
        let is_scale: Vec<bool> =
            self.map.layers.iter().map(|layer| names.contains(&layer.name.as_str())).collect();
        let loudness = self.map.layers.iter().position(|layer| layer.name == "loudness");
        let loudness = loudness.filter(|_| self.request.note_s.is_some());
        let row = |row: &[f32]| {
            let scales = row.iter().zip(&is_scale).filter(|(_, is_scale)| **is_scale);
            scales.map(|(value, _)| *value).chain(loudness.map(|at| row[at])).collect::<Vec<f32>>()
        };
        self.answers.push(values.chunks_exact(layers).map(row).collect());
    }

    /// The measured descriptors at each step, descriptor by descriptor; empty before the first answer.
    pub fn measured(&self) -> Vec<f32> {
        let Some((_, rows)) = self.replayed().and_then(Refinement::finish) else { return Vec::new() };
        let scale = |goal: &Goal| scales(&self.map).position(|layer| layer.name == goal.layer);
        let numbers = self.request.goals.iter().filter_map(scale);
        numbers.flat_map(|number| rows.iter().map(move |row| row[number])).collect()
    }

    /// Mean error in points, correlation, mean way of a step in units, and mean jump of the other scales in points, as
    /// measured; empty before the first answer.
    pub fn figures(&self) -> Vec<f64> {
        let Some((points, rows)) = self.replayed().and_then(Refinement::finish) else { return Vec::new() };
        let figures = TargetFigures::of(&self.map, &self.request, &points, &rows);
        vec![figures.error, figures.correlation, figures.way, figures.jump]
    }

    /// The path as a loop (JSON) with a name and a length in seconds, its notes and, once it is measured, the level by
    /// which all steps are equally loud: in place of a loop (JSON), or a new one if that is empty; empty without a
    /// plan.
    ///
    /// # Errors
    /// If the length is invalid.
    pub fn page_loop(&self, own: &str, name: &str, length_s: f64) -> Result<String, JsError> {
        let Some(planned) = &self.planned else { return Ok(String::new()) };
        let refined = self.replayed().and_then(Refinement::finish);
        let (points, rows) = refined.unwrap_or_else(|| (planned.points.clone(), Vec::new()));
        let path = played_path(&points, &rows, length_s, self.request.note_s);
        let mut path = path.map_err(|reason| refusal::of_values(&reason))?;
        path.set_name(name);
        Ok(PageLoop::of_one_finger(own)?.write(&path))
    }

    /// The refinement with all answers so far; making it anew costs little time.
    fn replayed(&self) -> Option<Refinement> {
        let mut refinement = Refinement::new(&self.map, &self.request, self.planned.as_ref()?);
        for answer in &self.answers {
            refinement.ask();
            refinement.answer(answer.clone());
        }
        Some(refinement)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plane::preset_layers::LAYERS;

    /// A planner of a plane that brightens to the right and becomes quieter upwards.
    fn planner() -> PathPlanner {
        let points: Vec<Point> = Map::points(17, 4.0).collect();
        let layer = |name: &&str| {
            let (unit, value): (_, fn(&Point) -> f32) = match *name {
                "loudness" => ("LUFS", |point| -20.0 - point.y),
                "reverb" => ("yes/no", |_| 0.0),
                "brightness" => ("points", |point| 50.0 + 8.0 * point.x),
                _ => ("points", |_| 50.0),
            };
            plane::Layer::new(name, unit, ["", ""], points.iter().map(value))
        };
        let layers = LAYERS.iter().map(layer).collect();
        let map = Map { version: plane::map::VERSION, grid: 17, limit: 4.0, layers, ..Map::default() };
        PathPlanner::new(&serde_json::to_string(&map).unwrap()).unwrap_or_else(|_| panic!("a map"))
    }

    #[test]
    fn the_path_of_the_lesson_is_struck_and_equally_loud_as_it_is_measured() {
        let mut planner = planner();
        let values: Vec<f32> = (0..64).map(|step| 35.0 + step as f32 / 2.1).collect();
        planner.plan("brightness", &values, false, &[], &[], 0.5).unwrap_or_else(|_| panic!("a plan"));
        // The right half is 8 dB quieter than the left one.
        loop {
            let asked = planner.ask();
            if asked.is_empty() {
                break;
            }
            let row = |point: &[f32]| {
                let mut row: Vec<f32> =
                    LAYERS.iter().map(|name| planner.value(name, point[0], point[1])).collect();
                row[8] = if point[0] > 0.0 { -28.0 } else { -20.0 };
                row
            };
            let rows: Vec<f32> = asked.chunks_exact(2).flat_map(row).collect();
            planner.answer(&rows);
        }
        assert!(planner.figures()[1] > 0.99, "{:?}", planner.figures());
        let text = planner.page_loop("", "Rise", 8.0).unwrap_or_else(|_| panic!("a loop"));
        let page_loop: serde_json::Value = serde_json::from_str(&text).unwrap();
        let finger = &page_loop["fingers"][0];
        assert_eq!(finger["strokes"].as_array().map(Vec::len), Some(16), "two notes a second");
        let levels = finger["levels"].as_array().expect("it has a level");
        let level = |at: usize| levels[at][1].as_f64().unwrap();
        let louder_db = 40.0 * (level(levels.len() - 1) / level(0)).log10();
        assert!((louder_db - 8.0).abs() < 0.2, "{louder_db}");
    }
}
