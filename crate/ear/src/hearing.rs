//! How far apart two sounds are to a listener: one number from the spectrum (phi) and the seven
//! timbral scales. Everything that places or compares patches by ear asks here.

use serde::{Deserialize, Serialize};
use timbre::Descriptor;

use crate::{Heard, Phi, Projection};

/// What the timbral scales weigh against the spectrum. A placement is judged by both (the
/// unexplained variance of phi and the mean difference of the scales); each is relative to what a
/// constant achieves, so equal weights are the plain choice.
const SCALES_WEIGHT: f32 = 1.0;

/// A sound as [`Hearing::distance`] compares it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sound {
    /// Its place along the principal components of the spectrum.
    pub phi: Phi,
    /// The seven timbral scales, 0 to 100 points.
    pub scales: [f32; Descriptor::SCALES.len()],
}

/// A sense of distance, fitted to a set of sounds (training rows only).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hearing {
    projection: Projection,
    /// Mean squared length of phi over the set: what guessing the mean sound costs.
    phi_spread: f32,
    /// Mean over scales and set of the absolute difference from the scale's median, in points: what
    /// guessing a constant costs.
    scales_spread: f32,
}

impl Hearing {
    /// Fits to a set of sounds.
    pub fn fit(set: &[Heard]) -> Self {
        let projection = Projection::fit(set.iter().map(|heard| &heard.features));
        let count = set.len().max(1) as f32;
        let squares = set.iter().map(|heard| square(&projection.phi(&heard.features)));
        let phi_spread = squares.sum::<f32>() / count;
        let scales: Vec<_> = set.iter().map(Heard::scales).collect();
        let spread = |scale: usize| {
            let mut values: Vec<f64> = scales.iter().map(|scales| scales[scale]).collect();
            values.sort_by(f64::total_cmp);
            let median = values.get(values.len() / 2).copied().unwrap_or(0.0);
            values.iter().map(|value| (value - median).abs()).sum::<f64>() / f64::from(count)
        };
        let spreads = (0..Descriptor::SCALES.len()).map(spread);
        let scales_spread = (spreads.sum::<f64>() / Descriptor::SCALES.len() as f64) as f32;
        // A set of equal sounds has no spread: then every difference counts as it is.
        let or_one = |spread: f32| if spread > 0.0 { spread } else { 1.0 };
        Self { projection, phi_spread: or_one(phi_spread), scales_spread: or_one(scales_spread) }
    }

    /// The projection of the spectrum.
    pub fn projection(&self) -> &Projection {
        &self.projection
    }

    /// A sound in the coordinates that are compared.
    pub fn sound(&self, heard: &Heard) -> Sound {
        Sound { phi: self.projection.phi(&heard.features), scales: heard.scales().map(|value| value as f32) }
    }

    /// How far apart two sounds are: 0 for equal ones, about 2 for one of the set and its mean. The
    /// sum of the squared distance in phi and the mean absolute difference of the scales, each
    /// relative to its spread in the set.
    pub fn distance(&self, a: &Sound, b: &Sound) -> f32 {
        let phi = a.phi.iter().zip(&b.phi).map(|(a, b)| (a - b) * (a - b)).sum::<f32>();
        let scales = a.scales.iter().zip(&b.scales).map(|(a, b)| (a - b).abs()).sum::<f32>();
        let scales = scales / Descriptor::SCALES.len() as f32;
        phi / self.phi_spread + SCALES_WEIGHT * scales / self.scales_spread
    }
}

fn square(phi: &Phi) -> f32 {
    phi.iter().map(|value| value * value).sum()
}
