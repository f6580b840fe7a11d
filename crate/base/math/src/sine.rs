//! Sine and cosine of an f32 in radians: range reduction to −π/4…π/4 in f64, then a polynomial.
//! Constants: glibc 2.36, `sysdeps/x86/fpu/s_sincosf_data.c` and `sysdeps/ieee754/flt-32/s_sincosf.h`.

use core::f64::consts::{FRAC_2_PI, FRAC_PI_2};

use crate::exponential::ROUNDER;

/// Below this the sine is the angle.
const TINY: f32 = 1.0 / 4096.0;
/// Below this a single multiplication reduces the range, since π/2 as f64 is exact enough.
const MODERATE: f32 = 120.0;

/// 2π · 2⁻⁶⁴.
const TURN: f64 = 3.406_121_580_086_554_5e-19;

/// Coefficients of the odd powers from the third on; the first element is unused.
const SINE: [f64; 4] =
    [0.0, -0.166_666_549_437_010_84, 0.008_332_178_146_138_854, -0.000_195_172_989_813_857_25];
/// Coefficients of the even powers from the second on.
const COSINE: [f64; 4] = [
    -0.499_999_997_251_082_24,
    0.041_666_623_324_344_516,
    -0.001_388_676_379_437_604,
    2.439_045_070_356_454_2e-5,
];

/// The first 192 bits of 4/π, as overlapping 32-bit words eight bits apart.
const FOUR_OVER_PI: [u32; 24] = [
    0x0000_00a2,
    0x0000_a2f9,
    0x00a2_f983,
    0xa2f9_836e,
    0xf983_6e4e,
    0x836e_4e44,
    0x6e4e_4415,
    0x4e44_1529,
    0x4415_29fc,
    0x1529_fc27,
    0x29fc_2757,
    0xfc27_57d1,
    0x2757_d1f5,
    0x57d1_f534,
    0xd1f5_34dd,
    0xf534_ddc0,
    0x34dd_c0db,
    0xddc0_db62,
    0xc0db_6295,
    0xdb62_9599,
    0x6295_993c,
    0x9599_3c43,
    0x993c_4390,
    0x3c43_9041,
];

/// The sine of an angle in radians.
#[inline]
pub fn sin(angle: f32) -> f32 {
    if angle.abs() < MODERATE {
        return sin_of_moderate(angle);
    }
    let (remainder, quadrant) = reduce_large(angle);
    in_quadrant(remainder, quadrant)
}

/// The cosine of an angle in radians.
#[inline]
pub fn cos(angle: f32) -> f32 {
    let (remainder, quadrant) = if angle.abs() < MODERATE { reduce(angle) } else { reduce_large(angle) };
    in_quadrant(remainder, quadrant.wrapping_add(1))
}

/// Replaces each angle in radians by its sine: the same values as [`sin`], vectorised.
#[inline(always)]
pub fn sin_in_place(angles: &mut [f32]) {
    if angles.iter().all(|angle| angle.abs() < MODERATE) {
        angles.iter_mut().for_each(|angle| *angle = sin_of_moderate(*angle));
    } else {
        angles.iter_mut().for_each(|angle| *angle = sin(*angle));
    }
}

#[inline(always)]
fn sin_of_moderate(angle: f32) -> f32 {
    let (remainder, quadrant) = reduce(angle);
    let value = in_quadrant(remainder, quadrant);
    // Keeps the sign of 0.
    if angle.abs() < TINY { angle } else { value }
}

/// The sine of a remainder and a number of quarter turns. Both polynomials have the same form, so that
/// loops vectorise without branches.
#[inline(always)]
fn in_quadrant(x: f64, quadrant: u32) -> f32 {
    let odd = quadrant & 1 == 1;
    let x2 = x * x;
    let (first, power, c) = if odd { (1.0 + x2 * COSINE[0], x2, &COSINE) } else { (x, x, &SINE) };
    let power = power * x2;
    let low = first + power * c[1];
    let high = c[2] + x2 * c[3];
    let value = (low + power * x2 * high) as f32;
    f32::from_bits(value.to_bits() ^ (quadrant & 2) << 30)
}

/// Reduces a moderate angle to a remainder in −π/4…π/4 and a number of quarter turns modulo 4 (lower two
/// bits).
#[inline(always)]
fn reduce(angle: f32) -> (f64, u32) {
    let angle = f64::from(angle);
    let rounded = angle * FRAC_2_PI + ROUNDER;
    (angle - (rounded - ROUNDER) * FRAC_PI_2, rounded.to_bits() as u32)
}

/// As [`reduce`] for large angles, in integers: the significand times those bits of 4/π that are not full
/// turns.
#[cold]
fn reduce_large(angle: f32) -> (f64, u32) {
    if !angle.is_finite() {
        return (f64::NAN, 0);
    }
    let bits = angle.to_bits();
    let at = (bits >> 26 & 15) as usize;
    let significand = (bits & 0xff_ffff | 0x80_0000) << (bits >> 23 & 7);
    let [first, second, third] =
        [0, 4, 8].map(|step| FOUR_OVER_PI.get(at + step).copied().unwrap_or_default());
    let turns =
        u64::from(significand.wrapping_mul(first)) << 32 | (u64::from(significand) * u64::from(third)) >> 32;
    let turns = turns.wrapping_add(u64::from(significand) * u64::from(second));
    let quadrant = turns.wrapping_add(1 << 61) >> 62;
    let rest = turns.wrapping_sub(quadrant << 62) as i64;
    let remainder = rest as f64 * TURN;
    if angle < 0.0 { (-remainder, (quadrant as u32).wrapping_neg()) } else { (remainder, quadrant as u32) }
}
