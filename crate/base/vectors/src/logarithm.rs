//! Logarithms of many numbers in single precision, in a form that compilers vectorise. Never exact to the last bit: the
//! error is at most 3 · 10⁻⁷ times the larger of one and the result.
//!
//! Polynomial of S. L. Moshier's Cephes library, `logf` (1989).

use std::f32::consts::{LOG2_E, SQRT_2};

/// The binary logarithm of a positive, normal number.
#[inline(always)]
pub fn log2(value: f32) -> f32 {
    const MANTISSA: u32 = (1 << 23) - 1;
    const ONE: u32 = 127 << 23;
    let bits = value.to_bits();
    let mantissa = f32::from_bits((bits & MANTISSA) | ONE);
    let exponent = (bits >> 23) as i32 - 127;
    let is_high = mantissa > SQRT_2;
    let exponent = (exponent + i32::from(is_high)) as f32;
    let x = (if is_high { 0.5 * mantissa } else { mantissa }) - 1.0;
    const TERMS: [f32; 9] = [
        7.037_683_6e-2,
        -0.115_146_1,
        0.116_769_99,
        -0.124_201_41,
        0.142_493_23,
        -0.166_680_58,
        0.200_007_14,
        -0.249_999_94,
        0.333_333_3,
    ];
    let square = x * x;
    let series = TERMS.iter().fold(0.0, |sum, term| sum * x + term);
    let natural = series * x * square - 0.5 * square + x;
    natural * LOG2_E + exponent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_have_six_digits() {
        for step in -3_700..3_700 {
            let power = f64::from(step) / 30.0;
            let value = power.exp2() as f32;
            let error = f64::from(log2(value)) - f64::from(value).log2();
            assert!(error.abs() <= 3e-7 * power.abs().max(1.0), "log2 {value}: {error}");
        }
    }
}
