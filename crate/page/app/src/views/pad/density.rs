//! The density of known patches over the plane. Plain arithmetic, no web types.

use plane::{LATENT_LIMIT, Point};

/// Cells along each side of the density map.
pub const SIDE: usize = 128;

/// Standard deviation of the Gaussian that each patch adds to the map, in cells: 0.16 latent units, about the
/// distance at which two patches still share a character.
const SPREAD_CELLS: f32 = 2.5;
/// Where the Gaussian is cut off, in cells (3 standard deviations: 1 % of its height).
const CUT_CELLS: usize = 8;

/// Density of the points per cell, row 0 at the top (greatest y), scaled so that the densest is 1. The square root
/// keeps isolated patches visible beside the crowded middle.
pub fn density(points: impl Iterator<Item = Point>) -> Vec<f32> {
    let mut counts = vec![0.0f32; SIDE * SIDE];
    for point in points {
        let column = cell((point.x + LATENT_LIMIT) / (2.0 * LATENT_LIMIT));
        let row = cell((LATENT_LIMIT - point.y) / (2.0 * LATENT_LIMIT));
        if let (Some(column), Some(row)) = (column, row) {
            counts[row * SIDE + column] += 1.0;
        }
    }
    let across = blur(&counts, 1, SIDE);
    let mut smooth = blur(&across, SIDE, 1);
    let most = smooth.iter().copied().fold(0.0, f32::max);
    if most > 0.0 {
        smooth.iter_mut().for_each(|value| *value = (*value / most).sqrt());
    }
    smooth
}

/// The cell at a fraction of the side; none outside the map.
fn cell(share: f32) -> Option<usize> {
    (0.0..=1.0).contains(&share).then(|| ((share * SIDE as f32) as usize).min(SIDE - 1))
}

/// Convolves the cells with the Gaussian along one direction: `step` is the distance of neighbours in the array,
/// `line_step` that of the lines themselves.
fn blur(values: &[f32], step: usize, line_step: usize) -> Vec<f32> {
    let bell = |distance: usize| (-0.5 * (distance as f32 / SPREAD_CELLS).powi(2)).exp();
    let bell: Vec<f32> = (0..=CUT_CELLS).map(bell).collect();
    let mut blurred = vec![0.0; values.len()];
    for line in 0..SIDE {
        for cell in 0..SIDE {
            let from = cell.saturating_sub(CUT_CELLS);
            let to = (cell + CUT_CELLS).min(SIDE - 1);
            blurred[line * line_step + cell * step] = (from..=to)
                .map(|other| bell[other.abs_diff(cell)] * values[line * line_step + other * step])
                .sum();
        }
    }
    blurred
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(map: &[f32], x: f32, y: f32) -> f32 {
        let cell = |v: f32| ((v + LATENT_LIMIT) / (2.0 * LATENT_LIMIT) * SIDE as f32) as usize;
        map[(SIDE - 1 - cell(y)) * SIDE + cell(x)]
    }

    #[test]
    fn densest_where_most_patches_are_and_nothing_where_none_is() {
        let crowd = (0..20).map(|_| Point { x: 2.0, y: 1.0 });
        let map = density(crowd.chain([Point { x: -2.0, y: -3.0 }]));
        assert!(at(&map, 2.0, 1.0) > 0.95);
        let lone = at(&map, -2.0, -3.0);
        assert!(lone > 0.15 && lone < 0.3, "a lone patch among twenty: {lone}");
        assert_eq!(at(&map, -2.0, 3.0), 0.0);
    }

    #[test]
    fn no_patches_or_patches_outside_give_an_empty_map() {
        assert!(density(std::iter::empty()).iter().all(|&value| value == 0.0));
        let outside = [Point { x: 9.0, y: 0.0 }, Point { x: f32::NAN, y: 0.0 }];
        assert!(density(outside.into_iter()).iter().all(|&value| value == 0.0));
    }

    #[test]
    fn edges_and_corners_belong_to_the_map() {
        for (x, y) in [(4.0, 4.0), (-4.0, -4.0)] {
            assert!(density([Point { x, y }].into_iter()).contains(&1.0));
        }
    }
}
