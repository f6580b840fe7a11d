//! Layers that say yes or no at each point of the grid, as a smooth likelihood: one answer is a classifier's guess
//! about one sound, and the answers at neighbouring points show how certain it is. Pure arithmetic.

use crate::map::{Layer, Map};

/// Unit of a layer that is 1 (yes) or 0 (no).
pub const YES_NO: &str = "yes/no";
/// Unit of a layer that is a likelihood, 0…100 per cent.
pub const LIKELIHOOD: &str = "likelihood";
/// From this likelihood on something counts as likely, in per cent.
pub const LIKELY_PERCENT: f32 = 50.0;

/// Standard deviation of the Gaussian over which the answers are averaged, in cells of the grid: on the map of reverb,
/// single answers then no longer stand alone, and the large areas keep their outlines.
const SPREAD_CELLS: f32 = 1.2;
/// Distance from the centre at which the Gaussian is cut off, in cells.
const CUT_CELLS: usize = 4;

impl Layer {
    /// True if the values are a likelihood.
    pub fn is_likelihood(&self) -> bool {
        self.unit == LIKELIHOOD
    }
}

impl Map {
    /// The same map with every yes/no layer as a likelihood of 0…100 per cent.
    #[must_use]
    pub fn with_likelihoods(&self) -> Self {
        let grid = usize::from(self.grid);
        let smooth = |layer: &Layer| match layer.unit.as_str() {
            YES_NO => smoothed(layer, grid),
            _ => layer.clone(),
        };
        Self { layers: self.layers.iter().map(smooth).collect(), ..self.clone() }
    }
}

fn smoothed(layer: &Layer, grid: usize) -> Layer {
    let answers: Vec<f32> = (0..grid * grid).map(|cell| layer.at(cell % grid, cell / grid, grid)).collect();
    let across = averaged(&answers, grid, |line, cell| line * grid + cell);
    let likelihoods = averaged(&across, grid, |line, cell| cell * grid + line);
    let ends = layer.ends.each_ref().map(String::as_str);
    let percent = likelihoods.iter().map(|likelihood| 100.0 * likelihood);
    // The scale is that of all likelihoods, whichever occur.
    Layer { minimum: 0, maximum: 1000, ..Layer::new(&layer.name, LIKELIHOOD, ends, percent) }
}

/// The weighted averages along each line; `index` is that of a cell of a line.
fn averaged(values: &[f32], grid: usize, index: impl Fn(usize, usize) -> usize) -> Vec<f32> {
    let bell = |distance: usize| (-0.5 * (distance as f32 / SPREAD_CELLS).powi(2)).exp();
    let mut averages = vec![0.0; values.len()];
    for line in 0..grid {
        for cell in 0..grid {
            let near = cell.saturating_sub(CUT_CELLS)..(cell + CUT_CELLS + 1).min(grid);
            let weights: f32 = near.clone().map(|other| bell(other.abs_diff(cell))).sum();
            let sum: f32 = near.map(|other| bell(other.abs_diff(cell)) * values[index(line, other)]).sum();
            averages[index(line, cell)] = sum / weights;
        }
    }
    averages
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn map(grid: u16, answers: impl IntoIterator<Item = bool>) -> Map {
        let values = answers.into_iter().map(|yes| f32::from(u8::from(yes)));
        let layer = Layer::new("reverb", YES_NO, ["dry", "reverberant"], values);
        Map { grid, limit: 4.0, layers: vec![layer], ..Map::default() }.with_likelihoods()
    }

    #[test]
    fn a_lone_answer_among_others_is_unlikely_and_an_area_is_likely() {
        let lone = map(21, (0..441).map(|cell| cell == 220));
        let value = lone.value("reverb", 0.0, 0.0).unwrap();
        assert!(value > 5.0 && value < LIKELY_PERCENT, "{value}");
        let half = map(21, (0..441).map(|cell| cell % 21 > 10));
        let at = |x: f32| half.value("reverb", x, 1.0).unwrap();
        assert!(at(-3.0) < 1.0 && at(3.0) > 99.0 && at(0.0) < LIKELY_PERCENT && at(0.4) > LIKELY_PERCENT);
    }

    #[test]
    fn other_layers_stay() {
        let layer = Layer::new("brightness", "points", ["dark", "bright"], [1.0, 2.0, 3.0, 4.0]);
        let map = Map { grid: 2, limit: 4.0, layers: vec![layer], ..Map::default() };
        assert_eq!(map.with_likelihoods(), map);
    }

    proptest! {
        #[test]
        fn a_likelihood_is_a_share_and_never_jumps(answers in prop::collection::vec(any::<bool>(), 100)) {
            let map = map(10, answers);
            let layer = &map.layers[0];
            prop_assert!(layer.is_likelihood() && layer.values.iter().all(|value| (0..=1000).contains(value)));
            for row in 0..10 {
                for column in 1..10 {
                    let step = layer.at(column, row, 10) - layer.at(column - 1, row, 10);
                    prop_assert!(step.abs() < 55.0, "{step}");
                }
            }
        }
    }
}
