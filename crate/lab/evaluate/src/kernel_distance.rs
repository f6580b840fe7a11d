//! The distance of two sets of points as distributions: the maximum mean discrepancy with a Gaussian kernel (Gretton et
//! al., "A kernel two-sample test", JMLR 2012).

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

/// The most points whose median distance is computed: half a million pairs.
const MEDIAN_POINTS: usize = 1000;

/// The kernel exp(−d² / 2σ²) of points of `N` numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GaussianKernel<const N: usize> {
    /// σ, in the points' unit.
    pub bandwidth: f64,
}

impl<const N: usize> GaussianKernel<N> {
    /// The kernel with the median distance of the points as its bandwidth; 1 if that is 0.
    pub fn of_median(points: &[[f32; N]]) -> Self {
        let every = points.len().div_ceil(MEDIAN_POINTS).max(1);
        let some: Vec<&[f32; N]> = points.iter().step_by(every).collect();
        let pairs = some.iter().enumerate().flat_map(|(at, a)| some[..at].iter().map(move |b| (a, b)));
        let mut squares: Vec<f64> = pairs.map(|(a, b)| square(a, b)).collect();
        squares.sort_by(f64::total_cmp);
        let median = squares.get(squares.len() / 2).copied().unwrap_or(0.0).sqrt();
        Self { bandwidth: if median > 0.0 { median } else { 1.0 } }
    }

    /// The mean of the kernel over all pairs of the two sets; 0 without pairs.
    pub fn mean(&self, first: &[[f32; N]], second: &[[f32; N]]) -> f64 {
        let scale = -0.5 / (self.bandwidth * self.bandwidth);
        let row = |a: &[f32; N]| second.iter().map(|b| (scale * square(a, b)).exp()).sum::<f64>();
        // Collected first, so that the sum does not depend on the threads.
        let rows: Vec<f64> = first.par_iter().map(row).collect();
        rows.iter().sum::<f64>() / (first.len() * second.len()).max(1) as f64
    }

    /// The distance of a set from a reference whose [`Self::mean`] with itself is `of_reference`: 0 for equal sets,
    /// below √2.
    pub fn distance(&self, set: &[[f32; N]], reference: &[[f32; N]], of_reference: f64) -> f64 {
        (self.mean(set, set) + of_reference - 2.0 * self.mean(set, reference)).max(0.0).sqrt()
    }
}

fn square<const N: usize>(a: &[f32; N], b: &[f32; N]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from((a - b) * (a - b))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points on a line of this many, from `from`, 0.1 apart.
    fn line(from: f32, count: usize) -> Vec<[f32; 2]> {
        (0..count).map(|at| [from + 0.1 * at as f32, 1.0]).collect()
    }

    #[test]
    fn equal_sets_have_no_distance_and_farther_ones_more() {
        let reference = line(0.0, 40);
        let kernel = GaussianKernel::of_median(&reference);
        assert!((1.0..1.5).contains(&kernel.bandwidth), "{}", kernel.bandwidth);
        let own = kernel.mean(&reference, &reference);
        let [same, near, far] = [0.0, 1.0, 9.0].map(|from| kernel.distance(&line(from, 40), &reference, own));
        assert!(
            same < 1e-6 && near > 0.1 && far > near && far < std::f64::consts::SQRT_2,
            "{same} {near} {far}"
        );
    }

    #[test]
    fn sets_without_a_distance_between_their_points_can_be_compared() {
        let kernel = GaussianKernel::of_median(&[[1.0_f32; 3]; 5]);
        assert_eq!(kernel.bandwidth, 1.0);
        assert_eq!(kernel.distance(&[[1.0; 3]], &[[1.0; 3]; 5], 1.0), 0.0);
        assert_eq!(GaussianKernel::<3>::of_median(&[]).mean(&[], &[]), 0.0);
    }
}
