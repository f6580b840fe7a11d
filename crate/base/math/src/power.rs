//! Powers in f32 and f64: the logarithm, with more bits than the result has, then the exponential. Constants: glibc
//! 2.36, `sysdeps/ieee754/flt-32/e_powf_log2_data.c` and `e_exp2f_data.c`, `sysdeps/ieee754/dbl-64/e_pow_log_data.c`.

use crate::exponential::{ROUNDER, exp_of_sum};
use crate::logarithm::{LN_2, normalised};
use crate::tables::power::MIDPOINTS;

const SIGN: u64 = 1 << 63;
/// Lower bounds of the tables' significands (0.69921875; 0.7057…), as bits.
const BEGIN_SINGLE: u64 = 0x3fe6_6000_0000_0000;
const BEGIN_DOUBLE: u64 = 0x3fe6_9555_0000_0000;

/// Reciprocal and binary logarithm of the midpoints of 16 intervals of 0.69921875…1.3984375.
const MIDPOINTS_SINGLE: [[f64; 2]; 16] = [
    [1.398_907_162_146_528, -0.484_300_221_862_896_73],
    [1.340_314_189_663_799_8, -0.422_571_229_591_947_04],
    [1.286_432_210_124_115, -0.363_375_434_767_355_6],
    [1.236_715_021_426_989_5, -0.306_513_095_674_055_77],
    [1.190_697_716_671_175_2, -0.251_807_201_605_376_34],
    [1.147_982_102_055_642_9, -0.199_100_149_437_945_63],
    [1.108_225_144_827_215_8, -0.148_251_006_232_816_15],
    [1.071_129_741_305_738_1, -0.099_133_238_073_183_92],
    [1.036_437_278_977_283, -0.051_632_812_977_629_436],
    [1.0, 0.0],
    [0.949_285_979_573_905_7, 0.075_085_319_379_430_04],
    [0.895_104_942_860_900_4, 0.159_871_259_807_131_07],
    [0.847_682_162_035_110_3, 0.238_404_666_431_768_1],
    [0.805_031_485_169_200_1, 0.312_882_886_058_632_57],
    [0.766_467_100_884_310_8, 0.383_704_226_564_531_85],
    [0.731_428_603_316_328, 0.451_211_048_935_815],
];
/// Coefficients of the binary logarithm of 1 + r, from the fifth power down to the first.
const LOG2: [f64; 5] = [
    0.288_457_581_109_214,
    -0.360_926_062_297_131_64,
    0.480_898_481_472_577,
    -0.721_347_467_500_629_1,
    1.442_695_040_877_434_2,
];
/// Coefficients of 2 to the power of r, from the third power down to the first.
const EXP2: [f64; 3] = [0.055_503_615_593_415_35, 0.240_228_452_244_572_2, 0.693_147_180_691_620_3];
/// The bits of 2^(i/32) minus i · 2⁴⁷.
const POWERS_OF_TWO: [u64; 32] = [
    0x3ff0_0000_0000_0000,
    0x3fef_d9b0_d315_8574,
    0x3fef_b558_6cf9_890f,
    0x3fef_9301_d012_5b51,
    0x3fef_72b8_3c7d_517b,
    0x3fef_5487_3168_b9aa,
    0x3fef_387a_6e75_6238,
    0x3fef_1e9d_f51f_dee1,
    0x3fef_06fe_0a31_b715,
    0x3fee_f1a7_373a_a9cb,
    0x3fee_dea6_4c12_3422,
    0x3fee_ce08_6061_892d,
    0x3fee_bfda_d536_2a27,
    0x3fee_b42b_569d_4f82,
    0x3fee_ab07_dd48_5429,
    0x3fee_a47e_b03a_5585,
    0x3fee_a09e_667f_3bcd,
    0x3fee_9f75_e8ec_5f74,
    0x3fee_a114_73eb_0187,
    0x3fee_a589_994c_ce13,
    0x3fee_ace5_422a_a0db,
    0x3fee_b737_b0cd_c5e5,
    0x3fee_c491_82a3_f090,
    0x3fee_d503_b23e_255d,
    0x3fee_e89f_995a_d3ad,
    0x3fee_ff76_f2fb_5e47,
    0x3fef_199b_dd85_529c,
    0x3fef_3720_dcef_9069,
    0x3fef_5818_dcfb_a487,
    0x3fef_7c97_337b_9b5f,
    0x3fef_a4af_a2a4_90da,
    0x3fef_d076_5b6e_4540,
];
/// Binary logarithms above this round to infinity in f32.
const OVERFLOW_LOG2: f64 = 127.999_999_957_004_33;
const UNDERFLOW_LOG2: f64 = -150.0;
/// The result of a binary logarithm below this magnitude is neither 0 nor infinity in f32.
const MODERATE_LOG2: f64 = 126.0;

/// Coefficients of the natural logarithm of 1 + r, from the second power on, scaled by powers of −½.
const LN: [f64; 7] = [
    -0.5,
    -0.666_666_666_666_667_9,
    0.500_000_000_000_000_7,
    0.799_999_999_532_397_6,
    -0.666_666_666_348_773_9,
    -1.142_909_628_459_501,
    1.000_041_526_367_554_2,
];
/// Exponents of a lower magnitude give 1, those from `HUGE` on 0 or infinity.
const TINY: f64 = 1.0 / (1_u128 << 65) as f64;
const HUGE: f64 = (1_u64 << 63) as f64;

/// `base` to the power of `exponent`, in f32.
#[inline]
pub fn single(base: f32, exponent: f32) -> f32 {
    let (base, exponent) = (f64::from(base), f64::from(exponent));
    if base > 0.0 && base < f64::INFINITY && exponent != 0.0 && exponent.abs() < f64::INFINITY {
        return exp2(exponent * log2(base)) as f32;
    }
    match special(base, exponent) {
        Special::Value(value) => value as f32,
        Special::Sign(sign) => f64::from_bits(exp2(exponent * log2(-base)).to_bits() ^ sign) as f32,
    }
}

/// Numbers that [`single_in_place`] computes at once.
const TOGETHER: usize = 16;

/// Replaces each base by its power: the same values as [`single`], vectorised. There are as many exponents as bases.
#[inline(always)]
pub fn single_in_place(bases: &mut [f32], exponents: &[f32]) {
    let mut chunks = bases.chunks_exact_mut(TOGETHER);
    let mut exponent_chunks = exponents.chunks_exact(TOGETHER);
    for (bases, exponents) in chunks.by_ref().zip(exponent_chunks.by_ref()) {
        let mut products = [0.0; TOGETHER];
        let mut is_moderate = true;
        for ((product, &base), &exponent) in products.iter_mut().zip(&*bases).zip(exponents) {
            *product = f64::from(exponent) * log2(f64::from(base));
            is_moderate &= (base > 0.0) & (base < f32::INFINITY) & (exponent != 0.0);
            is_moderate &= product.abs() < MODERATE_LOG2;
        }
        if is_moderate {
            bases
                .iter_mut()
                .zip(products)
                .for_each(|(base, product)| *base = exp2_of_moderate(product) as f32);
        } else {
            bases.iter_mut().zip(exponents).for_each(|(base, &exponent)| *base = single(*base, exponent));
        }
    }
    let rest = chunks.into_remainder().iter_mut().zip(exponent_chunks.remainder());
    rest.for_each(|(base, &exponent)| *base = single(*base, exponent));
}

/// The binary logarithm of an f32 above 0, exact enough for f32 powers.
#[inline(always)]
fn log2(number: f64) -> f64 {
    let bits = number.to_bits();
    let above = bits.wrapping_sub(BEGIN_SINGLE);
    let [inverse, log] = MIDPOINTS_SINGLE[(above >> 48 & 15) as usize];
    let significand = f64::from_bits(bits.wrapping_sub(above & 0xfff << 52));
    let r = significand * inverse - 1.0;
    // From 32 bits, because only those have a vector instruction.
    let base = log + f64::from((above >> 32) as i32 >> 20);
    let r2 = r * r;
    let high = LOG2[0] * r + LOG2[1];
    let middle = LOG2[2] * r + LOG2[3];
    let r4 = r2 * r2;
    let low = LOG2[4] * r + base;
    let low = middle * r2 + low;
    high * r4 + low
}

/// 2 to a power, exact enough for f32; 0 or infinity beyond the range of f32.
#[inline]
fn exp2(exponent: f64) -> f64 {
    if exponent.abs() >= MODERATE_LOG2 {
        if exponent > OVERFLOW_LOG2 {
            return f64::INFINITY;
        }
        if exponent <= UNDERFLOW_LOG2 {
            return 0.0;
        }
    }
    exp2_of_moderate(exponent)
}

#[inline(always)]
fn exp2_of_moderate(exponent: f64) -> f64 {
    // The constant for whole numbers, divided by 32, rounds to multiples of 1/32.
    let rounded = exponent + ROUNDER / 32.0;
    let steps = rounded.to_bits();
    let r = exponent - (rounded - ROUNDER / 32.0);
    let scale = f64::from_bits(POWERS_OF_TWO[(steps & 31) as usize].wrapping_add(steps << 47));
    let high = EXP2[0] * r + EXP2[1];
    let r2 = r * r;
    let low = EXP2[2] * r + 1.0;
    (high * r2 + low) * scale
}

/// `base` to the power of `exponent`, in f64.
#[inline]
pub fn double(base: f64, exponent: f64) -> f64 {
    let mut bits = base.to_bits();
    let mut sign = 0;
    let normal = (f64::MIN_POSITIVE..f64::INFINITY).contains(&base);
    if !(normal && (TINY..HUGE).contains(&exponent.abs())) {
        match special(base, exponent) {
            Special::Value(value) => return value,
            Special::Sign(found) => sign = found,
        }
        bits &= !SIGN;
        if exponent.abs() < TINY || bits == 1.0_f64.to_bits() {
            return f64::from_bits(1.0_f64.to_bits() ^ sign);
        }
        if exponent.abs() >= HUGE {
            return if (base.abs() > 1.0) == (exponent > 0.0) { f64::INFINITY } else { 0.0 };
        }
        if base.abs() < f64::MIN_POSITIVE {
            bits = normalised(base);
        }
    }
    let (log, log_low) = ln_in_two(bits);
    // The product as a sum: the upper parts have so few bits that their product is exact.
    let upper = |number: f64| f64::from_bits(number.to_bits() & !((1 << 27) - 1));
    let (exponent_high, log_high) = (upper(exponent), upper(log));
    let product = exponent_high * log_high;
    let product_low = (exponent - exponent_high) * log_high + exponent * (log - log_high + log_low);
    exp_of_sum(product, product_low, sign)
}

/// The natural logarithm of a positive number given by its bits, and its rounding error.
#[inline]
fn ln_in_two(bits: u64) -> (f64, f64) {
    let above = bits.wrapping_sub(BEGIN_DOUBLE);
    let [inverse, log, log_low] = MIDPOINTS[(above >> 45 & 127) as usize];
    let exponent = (above as i64 >> 52) as f64;
    let significand_bits = bits.wrapping_sub(above & 0xfff << 52);
    // Split so that the upper part, its remainder and the square of that are exact.
    let upper = f64::from_bits(significand_bits.wrapping_add(1 << 31) & 0xffff_ffff << 32);
    let r_high = upper * inverse - 1.0;
    let r_low = (f64::from_bits(significand_bits) - upper) * inverse;
    let r = r_high + r_low;
    let base = exponent * LN_2[0] + log;
    let sum = base + r;
    let lost = [exponent * LN_2[1] + log_low, base - sum + r];
    let scaled = LN[0] * r;
    let square = r * scaled;
    let cube = r * square;
    let scaled_high = LN[0] * r_high;
    let square_high = r_high * scaled_high;
    let high = sum + square_high;
    let square_low = r_low * (scaled + scaled_high);
    let high_low = sum - high + square_high;
    let polynomial = cube * (LN[1] + r * LN[2] + square * (LN[3] + r * LN[4] + square * (LN[5] + r * LN[6])));
    let low = lost[0] + lost[1] + square_low + high_low + polynomial;
    let value = high + low;
    (value, high - value + low)
}

/// The power of special arguments.
enum Special {
    /// this value
    Value(f64),
    /// the power of the base's magnitude, with this sign bit
    Sign(u64),
}

#[cold]
fn special(base: f64, exponent: f64) -> Special {
    if exponent == 0.0 || base == 1.0 {
        return Special::Value(1.0);
    }
    if base.is_nan() || exponent.is_nan() {
        return Special::Value(f64::NAN);
    }
    let magnitude = base.abs();
    if exponent.is_infinite() {
        let grows = (magnitude > 1.0) == (exponent > 0.0);
        return Special::Value(if magnitude == 1.0 {
            1.0
        } else if grows {
            f64::INFINITY
        } else {
            0.0
        });
    }
    let sign = if base.is_sign_negative() && is_odd(exponent) { SIGN } else { 0 };
    if base == 0.0 || base.is_infinite() {
        let value: f64 = if (base == 0.0) == (exponent > 0.0) { 0.0 } else { f64::INFINITY };
        return Special::Value(f64::from_bits(value.to_bits() ^ sign));
    }
    if base < 0.0 && !is_whole(exponent) {
        return Special::Value(f64::NAN);
    }
    Special::Sign(sign)
}

/// From 2⁵³ on every f64 is even.
fn is_whole(number: f64) -> bool {
    number.abs() >= (1_u64 << 53) as f64 || (number as i64) as f64 == number
}

fn is_odd(number: f64) -> bool {
    number.abs() < (1_u64 << 53) as f64 && is_whole(number) && number as i64 & 1 == 1
}
