//! The exponential function: a table for powers of 2^(1/128) and a polynomial for the small remainder. Constants:
//! glibc 2.36, `sysdeps/ieee754/dbl-64/e_exp_data.c`.

use core::f64::consts::LOG2_E;

use crate::tables::exponential::POWERS_OF_TWO;

/// Adding and subtracting this rounds to a whole number; the sum's lower bits are that number.
pub const ROUNDER: f64 = 6_755_399_441_055_744.0;
/// −ln 2 / 128 in two parts; of the first, a multiple by a whole number up to 2¹⁸ is exact.
const STEP: [f64; 2] = [-0.005_415_212_348_111_709, -1.286_402_311_163_834_6e-14];
/// Coefficients of the powers from the second on.
const POLYNOMIAL: [f64; 4] =
    [0.499_999_999_999_967_86, 0.166_666_666_666_658_86, 0.041_666_680_841_067_4, 0.008_333_335_853_059_549];

/// Exponents of a lower magnitude give 1.
const TINY: f64 = 1.0 / (1_u64 << 54) as f64;
/// Below this neither the result nor the table's power is subnormal or infinite.
const MODERATE: f64 = 512.0;
/// From this magnitude on the result is 0 or infinity.
const HUGE: f64 = 1024.0;

/// e to the power of `exponent`.
#[inline]
pub fn exp(exponent: f64) -> f64 {
    exp_of_sum(exponent, 0.0, 0)
}

/// e to the power of `exponent` + `tail`, where `tail` is small relative to `exponent`, with the sign bit
/// `sign`.
#[inline]
pub fn exp_of_sum(exponent: f64, tail: f64, sign: u64) -> f64 {
    let magnitude = exponent.abs();
    if !(TINY..MODERATE).contains(&magnitude) {
        if magnitude < TINY {
            return signed(1.0, sign);
        }
        if exponent.is_nan() || exponent >= HUGE {
            return signed(exponent * f64::INFINITY, sign);
        }
        if exponent <= -HUGE {
            return signed(0.0, sign);
        }
    }
    let rounded = exponent * (LOG2_E * 128.0) + ROUNDER;
    let steps = rounded.to_bits();
    let rounded = rounded - ROUNDER;
    let rest = exponent + rounded * STEP[0] + rounded * STEP[1] + tail;
    let [low, high] = POWERS_OF_TWO[(steps & 127) as usize];
    let scale = high.wrapping_add(steps << 45).wrapping_add(sign);
    let square = rest * rest;
    let factor = f64::from_bits(low)
        + rest
        + square * (POLYNOMIAL[0] + rest * POLYNOMIAL[1])
        + square * square * (POLYNOMIAL[2] + rest * POLYNOMIAL[3]);
    if magnitude >= MODERATE {
        return scale_near_limits(factor, scale, steps as i32 >= 0);
    }
    let scale = f64::from_bits(scale);
    scale + scale * factor
}

fn signed(value: f64, sign: u64) -> f64 {
    f64::from_bits(value.to_bits() ^ sign)
}

/// `scale` · (1 + `factor`) if it may overflow or be subnormal, with a `scale` whose exponent overflowed.
#[cold]
fn scale_near_limits(factor: f64, scale: u64, large: bool) -> f64 {
    if large {
        let scale = f64::from_bits(scale.wrapping_sub(1009 << 52));
        return f64::from_bits((1023 + 1009) << 52) * (scale + scale * factor);
    }
    let bits = scale.wrapping_add(1022 << 52);
    let scale = f64::from_bits(bits);
    let mut value = scale + scale * factor;
    if value.abs() < 1.0 {
        // Rounds to the precision of subnormal numbers, so that the multiplication below is exact.
        let one = 1.0_f64.copysign(value);
        let lost = scale - value + scale * factor;
        let high = one + value;
        let low = one - high + value + lost;
        value = (high + low) - one;
        if value == 0.0 {
            value = 0.0_f64.copysign(scale);
        }
    }
    f64::MIN_POSITIVE * value
}
