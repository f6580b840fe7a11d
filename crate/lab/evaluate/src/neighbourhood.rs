//! Measures how similar the sounds or settings of neighbours on the plane are. Trustworthiness and continuity are those
//! of Venna and Kaski ("Neighborhood preservation in nonlinear projection methods", ICANN 2001): 1 if the k nearest are
//! the same ones, about 0.5 if the plane is shuffled.

use plane::Point;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::Serialize;

/// Neighbours of each row.
const K: usize = 10;

/// Both measures.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Neighbourhood {
    /// Low if the plane puts dissimilar rows side by side.
    pub trustworthiness: f64,
    /// Low if the plane separates similar rows.
    pub continuity: f64,
}

impl Neighbourhood {
    /// The measures of items and their points on the plane; `None` if there are too few.
    pub fn new<T: Sync>(
        items: &[T],
        points: &[Point],
        distance: impl Fn(&T, &T) -> f32 + Sync,
    ) -> Option<Self> {
        let n = items.len();
        // With fewer rows the greatest penalty differs (Venna and Kaski).
        if n <= 2 * K {
            return None;
        }
        let penalties = (0..n).into_par_iter().map(|row| {
            let true_ranks = ranks(n, row, |other| distance(&items[row], &items[other]));
            let plane_ranks = ranks(n, row, |other| squared(&points[row].into(), &points[other].into()));
            let penalty = |near: &[usize], far: &[usize]| -> usize {
                (0..n)
                    .filter(|&other| other != row && near[other] <= K)
                    .map(|other| far[other].saturating_sub(K))
                    .sum()
            };
            [penalty(&plane_ranks, &true_ranks), penalty(&true_ranks, &plane_ranks)]
        });
        let [trust, continuity] = penalties.reduce(|| [0, 0], |a, b| [a[0] + b[0], a[1] + b[1]]);
        let scale = 2.0 / (n * K * (2 * n - 3 * K - 1)) as f64;
        Some(Self {
            trustworthiness: 1.0 - scale * trust as f64,
            continuity: 1.0 - scale * continuity as f64,
        })
    }
}

/// For each item its rank by distance from `row`, the nearest other one being 1.
fn ranks(count: usize, row: usize, distance: impl Fn(usize) -> f32) -> Vec<usize> {
    let distances: Vec<f32> = (0..count).map(distance).collect();
    let mut order: Vec<usize> = (0..count).filter(|&other| other != row).collect();
    order.sort_by(|&a, &b| distances[a].total_cmp(&distances[b]).then(a.cmp(&b)));
    let mut ranks = vec![0; count];
    order.into_iter().enumerate().for_each(|(rank, other)| ranks[other] = rank + 1);
    ranks
}

/// Squared distance of rows of numbers.
pub fn squared<const N: usize>(a: &[f32; N], b: &[f32; N]) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scattered(count: usize) -> Vec<[f32; 2]> {
        (0..count).map(|at| [(at * 37 % 101) as f32, (at * 61 % 97) as f32]).collect()
    }

    fn on_plane(points: &[[f32; 2]]) -> Vec<Point> {
        points.iter().map(|&[x, y]| Point { x, y }).collect()
    }

    #[test]
    fn a_plane_that_keeps_all_neighbours_scores_one() {
        let points = scattered(90);
        let kept = Neighbourhood::new(&points, &on_plane(&points), squared).unwrap();
        assert_eq!((kept.trustworthiness, kept.continuity), (1.0, 1.0));
    }

    #[test]
    fn a_shuffled_plane_scores_lower() {
        let points = scattered(90);
        let shuffled: Vec<_> = (0..90).map(|at| points[at * 53 % 90]).collect();
        let lost = Neighbourhood::new(&points, &on_plane(&shuffled), squared).unwrap();
        assert!(lost.trustworthiness < 0.65 && lost.continuity < 0.65, "{lost:?}");
    }
}
