//! Conversion of stored values to the control values with which the engine computes, and back.
//! Source: amSynth 1.13.2, `Parameter.cpp`. Never round more than once: bit equality depends on it.

use math::double;

/// The law of one parameter: stored value `v` → control value `c`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law {
    /// `c = v`
    Linear,
    /// `c = offset + base^v`, evaluated in f64 and rounded once
    Exponential {
        /// summand
        offset: f32,
        /// base of the power
        base: f32,
    },
    /// `c = offset + v^exponent`, evaluated in f64 and rounded once
    Power {
        /// summand
        offset: f32,
        /// exponent of the power
        exponent: f32,
    },
}

impl Law {
    /// The control value of a stored value.
    pub fn control(self, value: f32) -> f32 {
        match self {
            Self::Linear => value,
            Self::Exponential { offset, base } => {
                (f64::from(offset) + double::pow(f64::from(base), f64::from(value))) as f32
            }
            Self::Power { offset, exponent } => {
                (f64::from(offset) + double::pow(f64::from(value), f64::from(exponent))) as f32
            }
        }
    }

    /// The stored value whose control value is nearest `control`.
    /// Not finite if the law cannot reach `control` (a power of a negative number).
    pub fn value(self, control: f32) -> f32 {
        let control = f64::from(control);
        match self {
            Self::Linear => control as f32,
            Self::Exponential { offset, base } => {
                (double::ln(control - f64::from(offset)) / double::ln(f64::from(base))) as f32
            }
            Self::Power { offset, exponent } => {
                double::pow(control - f64::from(offset), 1.0 / f64::from(exponent)) as f32
            }
        }
    }
}
