//! Shapes of a target: the course of its value in time between a least and a greatest value.

use plane::Layer;

use super::TargetPathError;

/// The curvature of exponential and logarithmic shapes: the slope at one end is e⁴ ≈ 55 times that at the other.
const BEND: f64 = 4.0;
/// The share of the plane below and above which a target's usual range does not go: extremes are single points.
const TAIL: f64 = 0.05;

/// A shape.
#[derive(Clone, Debug, PartialEq)]
pub enum TargetShape {
    /// From the middle up, down and back to the middle, this many times.
    Sine(f64),
    /// Slowly at first, then ever faster from the least to the greatest value.
    Exponential,
    /// Fast at first, then ever slower from the least to the greatest value.
    Logarithm,
    /// Evenly from the least to the greatest value.
    Line,
    /// Any curve, for example the contour of a sound: at least two values, 0 for the least and 1 for the greatest.
    Drawn(Vec<f32>),
}

impl TargetShape {
    /// The shapes with a name of their own, once through.
    pub const NAMED: [Self; 4] = [Self::Sine(1.0), Self::Exponential, Self::Logarithm, Self::Line];

    /// The name of the shape, one word.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sine(_) => "sine",
            Self::Exponential => "exponential",
            Self::Logarithm => "logarithm",
            Self::Line => "line",
            Self::Drawn(_) => "drawn",
        }
    }

    /// The value at each of `steps` steps, from `least` to `greatest`. A range that goes down turns the shape over.
    ///
    /// # Errors
    /// If a drawn shape has fewer than two values or one that is not a number.
    pub fn values(&self, steps: usize, [least, greatest]: [f32; 2]) -> Result<Vec<f32>, TargetPathError> {
        let drawn = match self {
            Self::Drawn(values) if values.len() < 2 || !values.iter().all(|value| value.is_finite()) => {
                return Err(TargetPathError::Shape);
            }
            Self::Drawn(values) => crate::latent_path::resampled(values, steps),
            _ => Vec::new(),
        };
        let last = steps.max(2) - 1;
        let share = |step: usize| {
            let time = step as f64 / last as f64;
            match self {
                Self::Sine(cycles) => 0.5 + 0.5 * (std::f64::consts::TAU * cycles * time).sin(),
                Self::Exponential => ((BEND * time).exp() - 1.0) / (BEND.exp() - 1.0),
                Self::Logarithm => (1.0 + (BEND.exp() - 1.0) * time).ln() / BEND,
                Self::Line => time,
                Self::Drawn(_) => f64::from(drawn[step]),
            }
        };
        let value = |step: usize| f64::from(least) + f64::from(greatest - least) * share(step);
        // Rounded to hundredths: exact enough, and the same on every device.
        Ok((0..steps).map(|step| ((value(step) * 100.0).round() / 100.0) as f32).collect())
    }
}

/// A gap in the values of the plane, in tenths: no point has a value within it, so that no path crosses it.
const GAP: i16 = 50;

/// The usual range of a layer: the values of nine tenths of the plane. If the values have gaps, for example between
/// sounds without any roughness and all others, it is the range of the largest part without a gap.
pub fn usual_range(layer: &Layer) -> [f32; 2] {
    let mut values = layer.values.clone();
    values.sort_unstable();
    let parts = values.chunk_by(|one, next| next.saturating_sub(*one) < GAP);
    let values = parts.max_by_key(|part| part.len()).unwrap_or_default();
    let at = |share: f64| {
        let place = (share * (values.len().max(1) - 1) as f64).round() as usize;
        values.get(place).map_or(0.0, |value| f32::from(*value) / 10.0)
    };
    [at(TAIL), at(1.0 - TAIL)]
}
