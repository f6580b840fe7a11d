//! The natural logarithm: the exponent, a table for the significand's first seven bits, and a polynomial
//! for the rest. Constants: glibc 2.36, `sysdeps/ieee754/dbl-64/e_log_data.c`.

use crate::tables::logarithm::MIDPOINTS;

/// ln 2 in two parts; of the first, every multiple by an exponent is exact.
pub const LN_2: [f64; 2] = [0.693_147_180_559_890_3, 5.497_923_018_708_371e-14];
/// Lower bound of the table's significands (0.6875), as bits.
const BEGIN: u64 = 0x3fe6_0000_0000_0000;
/// Numbers this close to 1 use a separate polynomial.
const NEAR_ONE: core::ops::Range<f64> = 0.9375..1.064_697_265_625;

/// Coefficients of the powers from the second on.
const POLYNOMIAL: [f64; 5] = [
    -0.500_000_000_000_000_1,
    0.333_333_333_318_255_93,
    -0.249_999_999_962_295_5,
    0.200_003_045_118_144_96,
    -0.166_670_548_276_276_67,
];
/// The same for numbers close to 1.
const POLYNOMIAL_NEAR_ONE: [f64; 11] = [
    -0.5,
    0.333_333_333_333_335_2,
    -0.249_999_999_999_984_32,
    0.199_999_999_993_203_28,
    -0.166_666_666_699_297_06,
    0.142_857_150_765_608_68,
    -0.124_999_978_639_825_55,
    0.111_107_120_329_360_46,
    -0.100_004_867_578_181_93,
    0.091_819_940_061_954_67,
    -0.083_283_630_622_893_41,
];

/// The natural logarithm.
#[inline]
pub fn ln(number: f64) -> f64 {
    if NEAR_ONE.contains(&number) {
        return ln_near_one(number);
    }
    let mut bits = number.to_bits();
    if !(f64::MIN_POSITIVE..f64::INFINITY).contains(&number) {
        if number == 0.0 {
            return f64::NEG_INFINITY;
        }
        if number == f64::INFINITY {
            return number;
        }
        if number.is_nan() || number < 0.0 {
            return f64::NAN;
        }
        bits = normalised(number);
    }
    let above = bits.wrapping_sub(BEGIN);
    let [inverse, log, midpoint, midpoint_low] = MIDPOINTS[(above >> 45 & 127) as usize];
    let exponent = (above as i64 >> 52) as f64;
    let significand = f64::from_bits(bits.wrapping_sub(above & 0xfff << 52));
    let r = (significand - midpoint - midpoint_low) * inverse;
    let base = exponent * LN_2[0] + log;
    let high = base + r;
    let low = base - high + r + exponent * LN_2[1];
    let r2 = r * r;
    let [p2, p3, p4, p5, p6] = POLYNOMIAL;
    low + r2 * p2 + r * r2 * (p3 + r * p4 + r2 * (p5 + r * p6)) + high
}

fn ln_near_one(number: f64) -> f64 {
    if number == 1.0 {
        return 0.0;
    }
    let r = number - 1.0;
    let r2 = r * r;
    let r3 = r * r2;
    let [p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12] = POLYNOMIAL_NEAR_ONE;
    let value = r3
        * (p3 + r * p4 + r2 * p5 + r3 * (p6 + r * p7 + r2 * p8 + r3 * (p9 + r * p10 + r2 * p11 + r3 * p12)));
    let scaled = r * f64::from(1 << 27);
    let r_high = r + scaled - scaled;
    let r_low = r - r_high;
    let square = r_high * r_high * p2;
    let high = r + square;
    let low = r - high + square + p2 * r_low * (r_high + r);
    value + low + high
}

/// The bits of a subnormal number as if normal numbers had no least exponent.
#[cold]
pub fn normalised(number: f64) -> u64 {
    (number.abs() * (1_u64 << 52) as f64).to_bits().wrapping_sub(52 << 52)
}
