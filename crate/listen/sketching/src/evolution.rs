//! A search by samples around a place, whose width in each direction adapts: separable CMA-ES (Ros and Hansen, "A
//! simple modification in CMA-ES achieving linear time and space complexity", 2008) in the unit cube.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Places of a generation.
pub const GENERATION: usize = 12;
/// The best places of a generation, which decide about the next ones.
const PARENTS: usize = GENERATION / 2;
/// The width of the first generation.
const FIRST_WIDTH: f32 = 0.08;

/// A running search.
pub struct Evolution {
    random: ChaCha8Rng,
    weights: [f32; PARENTS],
    middle: Vec<f32>,
    width: f32,
    /// Variance in each direction.
    variances: Vec<f32>,
    width_path: Vec<f32>,
    variance_path: Vec<f32>,
}

impl Evolution {
    /// Around a place in the unit cube.
    pub fn new(middle: Vec<f32>, seed: u64) -> Self {
        let raw: [f32; PARENTS] =
            std::array::from_fn(|at| (PARENTS as f32 + 0.5).ln() - ((at + 1) as f32).ln());
        let sum: f32 = raw.iter().sum();
        let axes = middle.len();
        Self {
            random: ChaCha8Rng::seed_from_u64(seed),
            weights: raw.map(|weight| weight / sum),
            middle,
            width: FIRST_WIDTH,
            variances: vec![1.0; axes],
            width_path: vec![0.0; axes],
            variance_path: vec![0.0; axes],
        }
    }

    /// The places to judge next.
    pub fn places(&mut self) -> Vec<Vec<f32>> {
        let place = |_| {
            let axes = self.middle.iter().zip(&self.variances);
            axes.map(|(middle, variance)| {
                // The sum of twelve uniform numbers, less its mean, is nearly normal with variance 1.
                let normal: f32 = (0..12).map(|_| self.random.random_range(-0.5_f32..0.5)).sum();
                (middle + self.width * variance.sqrt() * normal).clamp(0.0, 1.0)
            })
            .collect()
        };
        (0..GENERATION).map(place).collect()
    }

    /// Takes the places with their losses.
    pub fn learn(&mut self, mut judged: Vec<(Vec<f32>, f32)>) {
        judged.sort_by(|a, b| a.1.total_cmp(&b.1));
        judged.truncate(PARENTS);
        let axes = self.middle.len() as f32;
        let mass = 1.0 / self.weights.iter().map(|weight| weight * weight).sum::<f32>();
        let of_width = (mass + 2.0) / (axes + mass + 5.0);
        let of_path = (4.0 + mass / axes) / (axes + 4.0 + 2.0 * mass / axes);
        let faster = (axes + 2.0) / 3.0;
        let of_rank_one = (faster * 2.0 / ((axes + 1.3).powi(2) + mass)).min(0.5);
        let of_rank_many = faster * 2.0 * (mass - 2.0 + 1.0 / mass) / ((axes + 2.0).powi(2) + mass);
        let of_rank_many = of_rank_many.min(1.0 - of_rank_one);
        let damping = 1.0 + of_width + 2.0 * (((mass - 1.0) / (axes + 1.0)).sqrt() - 1.0).max(0.0);
        for axis in 0..self.middle.len() {
            let mean: f32 =
                judged.iter().zip(&self.weights).map(|((place, _), weight)| weight * place[axis]).sum();
            let step = (mean - self.middle[axis]) / self.width;
            let deviation = self.variances[axis].sqrt();
            let path = &mut self.width_path[axis];
            *path = (1.0 - of_width) * *path + (of_width * (2.0 - of_width) * mass).sqrt() * step / deviation;
            let path = &mut self.variance_path[axis];
            *path = (1.0 - of_path) * *path + (of_path * (2.0 - of_path) * mass).sqrt() * step;
            let spread: f32 = judged
                .iter()
                .zip(&self.weights)
                .map(|((place, _), weight)| weight * ((place[axis] - self.middle[axis]) / self.width).powi(2))
                .sum();
            let variance = &mut self.variances[axis];
            *variance = (1.0 - of_rank_one - of_rank_many) * *variance
                + of_rank_one * self.variance_path[axis].powi(2)
                + of_rank_many * spread;
            *variance = variance.clamp(1e-4, 1e2);
            self.middle[axis] = mean;
        }
        let length = self.width_path.iter().map(|path| path * path).sum::<f32>().sqrt();
        let expected = axes.sqrt() * (1.0 - 1.0 / (4.0 * axes) + 1.0 / (21.0 * axes * axes));
        self.width *= ((of_width / damping) * (length / expected - 1.0)).exp();
        self.width = self.width.clamp(1e-4, 0.3);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_valley_is_found() {
        let loss =
            |place: &[f32]| (0..6).map(|at| (1.0 + at as f32 * 5.0) * (place[at] - 0.3).powi(2)).sum::<f32>();
        let mut search = Evolution::new(vec![0.6; 6], 1);
        let mut best = f32::INFINITY;
        for _ in 0..40 {
            let places = search.places();
            let judged: Vec<_> = places.into_iter().map(|place| (place.clone(), loss(&place))).collect();
            best = judged.iter().map(|judged| judged.1).fold(best, f32::min);
            search.learn(judged);
        }
        // The start is at 7.3.
        assert!(best < 0.01, "{best}");
    }
}
