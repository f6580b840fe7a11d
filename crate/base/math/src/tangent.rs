//! The tangent of an f64 in radians: a polynomial for small angles, else the addition theorem with the
//! nearest of 186 tabulated angles. Constants: glibc 2.36, `sysdeps/ieee754/dbl-64/utan.h`.

use crate::exponential::ROUNDER;
use crate::tables::tangent::ANGLES;

/// The largest magnitude of an angle, in radians; the filters use 0…π/2.
pub const LARGEST_ANGLE: f64 = 25.0;
/// Up to this angle the tangent is the angle.
const TINY: f64 = 1.258_999_304_809_549_4e-8;
/// Up to this angle the polynomial is used.
const SMALL: f64 = 0.060_799_986_124_038_696;
/// Up to this angle no range reduction is needed.
const QUARTER: f64 = 0.786_999_702_453_613_3;

/// Coefficients of the odd powers from the third on.
const POLYNOMIAL: [f64; 5] = [
    0.333_333_333_333_333_3,
    0.133_333_333_333_267_3,
    0.053_968_254_110_954_33,
    0.021_869_380_598_167_253,
    0.008_896_546_349_534_924,
];
/// The same for the difference to a tabulated angle.
const REST: [f64; 2] = [0.333_333_333_333_225_4, 0.133_333_549_206_699_13];

/// π/2 as a sum of three numbers.
const HALF_PI: [f64; 3] =
    [1.570_796_340_703_964_2, -1.390_906_756_437_715_3e-8, -4.978_996_250_514_799_4e-17];

/// The tangent of an angle in radians within ±[`LARGEST_ANGLE`]; NaN for others.
#[inline]
pub fn tan(angle: f64) -> f64 {
    let magnitude = angle.abs();
    if magnitude <= TINY {
        angle
    } else if magnitude <= SMALL {
        angle + angle * (angle * angle) * polynomial(angle * angle)
    } else if magnitude <= QUARTER {
        near_tabulated(magnitude, 0.0, false).copysign(angle)
    } else if magnitude <= LARGEST_ANGLE {
        tan_beyond_quarter(angle)
    } else {
        f64::NAN
    }
}

fn tan_beyond_quarter(angle: f64) -> f64 {
    let rounded = angle * core::f64::consts::FRAC_2_PI + ROUNDER;
    let odd = rounded.to_bits() & 1 == 1;
    let quarters = rounded - ROUNDER;
    let nearly = (angle - quarters * HALF_PI[0]) - quarters * HALF_PI[1];
    let correction = quarters * HALF_PI[2];
    let high = nearly - correction;
    let low = (nearly - high) - correction;
    if high.abs() > SMALL {
        let low = if high < 0.0 { -low } else { low };
        let value = near_tabulated(high.abs(), low, odd);
        return if (high < 0.0) != odd { -value } else { value };
    }
    let square = high * high;
    let low = low + high * square * polynomial(square);
    if odd { -inverse(high, low) } else { high + low }
}

/// Factor of the third power of a small angle, as a polynomial of the angle's square.
fn polynomial(square: f64) -> f64 {
    POLYNOMIAL.into_iter().rev().reduce(|sum, coefficient| coefficient + square * sum).unwrap_or_default()
}

/// Tangent or cotangent of the positive angle `angle` + `low`.
fn near_tabulated(angle: f64, low: f64, cotangent: bool) -> f64 {
    let at = ((-15.5 + 256.0 * angle) as usize).min(ANGLES.len() - 1);
    let [tabulated, tangent, cotangent_tabulated] = ANGLES[at];
    let rest = (angle - tabulated) + low;
    let square = rest * rest;
    let rest = rest + rest * square * (REST[0] + square * REST[1]);
    if cotangent {
        cotangent_tabulated - rest * (tangent + cotangent_tabulated) / (tangent + rest)
    } else {
        tangent + rest * (cotangent_tabulated + tangent) / (cotangent_tabulated - rest)
    }
}

/// 1 / (`high` + `low`), corrected by the remainder of the division (T. J. Dekker, 1971).
fn inverse(high: f64, low: f64) -> f64 {
    let sum = high + low;
    let lost = if high.abs() > low.abs() { (high - sum) + low } else { (low - sum) + high };
    let first = 1.0 / sum;
    let (product, product_low) = product_in_two(first, sum);
    let correction = (((1.0 - product) - product_low) - first * lost) / sum;
    let value = first + correction;
    value + ((first - value) + correction)
}

/// The exact product: its f64 and the rounding error.
fn product_in_two(a: f64, b: f64) -> (f64, f64) {
    let split = |number: f64| {
        let scaled = 134_217_729.0 * number;
        let high = (number - scaled) + scaled;
        (high, number - high)
    };
    let ((a_high, a_low), (b_high, b_low)) = (split(a), split(b));
    let high = a_high * b_high;
    let middle = a_high * b_low + a_low * b_high;
    let product = high + middle;
    (product, ((high - product) + middle) + a_low * b_low)
}
