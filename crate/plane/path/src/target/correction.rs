//! The map as measurements correct it: where a point was measured, the map takes its value, and near it a part of the
//! difference. The map was made of held notes, and struck notes sound otherwise, above all those with a slow attack.

use plane::{Layer, Map, Point};

use super::plan::scales;
use super::striking::{LOUDNESS, median};

/// The distance at which a measurement counts less by a factor of e, in cells.
const REACH_CELLS: f32 = 1.5;
/// Farther measurements count nothing, in cells.
const FARTHEST_CELLS: f32 = 4.0;
/// The weight of the middle difference of all measurements beside those nearby.
const MIDDLE_WEIGHT: f32 = 0.2;

/// The map with corrected scales and loudness, from points and their rows: the scales in the map's order, then the
/// loudness. The extremes of a layer stay, so that the same values count as reachable.
pub fn corrected(map: &Map, measured: &[(Point, Vec<f32>)]) -> Map {
    let mut corrected = map.clone();
    let names: Vec<String> =
        scales(map).map(|layer| layer.name.clone()).chain([LOUDNESS.to_owned()]).collect();
    let cell = 2.0 * map.limit / f32::from(map.grid.max(2) - 1);
    let weights: Vec<Vec<(usize, f32)>> = Map::points(map.grid, map.limit)
        .map(|point| {
            let near = measured.iter().enumerate().filter_map(|(number, (place, _))| {
                let cells = place.distance(point) / cell;
                (cells < FARTHEST_CELLS).then(|| (number, (-(cells / REACH_CELLS).powi(2)).exp()))
            });
            near.collect()
        })
        .collect();
    for layer in &mut corrected.layers {
        let Some(number) = names.iter().position(|name| *name == layer.name) else { continue };
        let differences: Vec<f32> = measured
            .iter()
            .map(|(point, row)| {
                let known = map.value(&layer.name, point.x, point.y).unwrap_or(0.0);
                row.get(number).map_or(0.0, |own| own - known)
            })
            .collect();
        correct(layer, &differences, &weights);
    }
    corrected
}

/// Adds to each value of a layer the weighted mean of the differences.
fn correct(layer: &mut Layer, differences: &[f32], weights: &[Vec<(usize, f32)>]) {
    let middle = median(differences.to_vec());
    for (value, near) in layer.values.iter_mut().zip(weights) {
        let (sum, weight) =
            near.iter().fold((MIDDLE_WEIGHT * middle, MIDDLE_WEIGHT), |(sum, all), (number, weight)| {
                (sum + weight * differences[*number], all + weight)
            });
        *value = (f32::from(*value) + 10.0 * sum / weight).round() as i16;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measured_place_and_its_neighbours_change_more_than_far_ones() {
        let layer = |name, unit| Layer::new(name, unit, ["", ""], (0..2500).map(|_| 50.0));
        let layers = vec![layer("brightness", "points"), layer(LOUDNESS, "LUFS")];
        let map = Map { version: 1, model: String::new(), grid: 50, limit: 4.0, layers };
        let even = vec![50.0, 50.0];
        let rows = [
            (Point::default(), vec![60.0, 20.0]),
            (Point { x: 3.0, y: 3.0 }, even.clone()),
            (Point { x: -3.0, y: 3.0 }, even),
        ];
        let corrected = corrected(&map, &rows);
        let value = |name: &str, x: f32| corrected.value(name, x, 0.0).unwrap();
        assert!(value("brightness", 0.0) > 57.0 && value(LOUDNESS, 0.0) < 28.0);
        assert!(value("brightness", 0.3) < value("brightness", 0.0));
        assert_eq!(value("brightness", -3.0), 50.0, "the middle difference");
    }
}
