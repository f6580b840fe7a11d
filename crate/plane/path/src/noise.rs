//! The operator that randomises a path. The same seed gives the same path on every device: it uses only whole numbers
//! and sums, neither logarithms nor sines.

use crate::smooth::{Edge, smoothed};
use crate::{LatentPath, Scope};

/// SplitMix64 (Steele, Lea & Flood 2014): every seed, 0 included, gives good numbers.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Nearly normal with mean 0 and variance 1: the sum of twelve evenly distributed numbers.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| (self.next() >> 11) as f64 / (1u64 << 53) as f64).sum::<f64>() - 6.0
    }
}

/// Adds noise to the curves of a scope. `amount` is its standard deviation in units of the curve, 0 changes nothing;
/// `smoothness_s` is how long, in seconds, it takes to change: 0 gives each step a number of its own.
pub fn randomise(path: &LatentPath, scope: Scope, seed: u64, amount: f64, smoothness_s: f64) -> LatentPath {
    if amount == 0.0 || !amount.is_finite() {
        return path.clone();
    }
    let deviation = (smoothness_s * path.rate_hz()).max(0.0);
    let curves = path.lanes().len() as u64 + 1;
    let number = std::cell::Cell::new(match scope {
        Scope::Lanes => 0,
        Scope::Lane(lane) => lane as u64,
        Scope::Level => curves - 1,
    });
    path.changed(scope, |values| {
        // Each curve has numbers of its own, which do not depend on the others.
        let mut chance = Chance(seed ^ number.get().wrapping_mul(0xd1b5_4a32_d192_ed03));
        number.set(number.get() + 1);
        // The last value of a closed path is its first one again.
        let is_closed = path.is_loop() && values.first() == values.last();
        let noise: Vec<f64> = values[usize::from(is_closed)..].iter().map(|_| chance.normal()).collect();
        let noise = if deviation > 0.0 { smoothed(&noise, deviation, Edge::Repeated) } else { noise };
        let mean = noise.iter().sum::<f64>() / noise.len() as f64;
        // As few values as a very smooth curve has may all lie on one side: then its mean stays.
        let power =
            noise.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / noise.len() as f64;
        let factor = if power > 1e-12 { amount / power.sqrt() } else { 0.0 };
        let pairs = values.iter().zip(noise.iter().cycle());
        pairs.map(|(value, noise)| (f64::from(*value) + factor * (noise - mean)) as f32).collect()
    })
}
