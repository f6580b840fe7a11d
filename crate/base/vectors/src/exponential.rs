//! Exponentials of many numbers in single precision, in a form that compilers vectorise.

/// eˣ, within (5 + |x|) × 10⁻⁷ of it, for −80 ≤ x ≤ 80. Beyond a limit it is the value there; of NaN it is unspecified.
/// e^x = 2ⁿ × 2^f: n is the nearest whole number of octaves, 2^f its Taylor polynomial.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    /// Added to a small number it leaves the nearest whole one in the lowest bits: 1.5 × 2²³.
    const WHOLE: f32 = 12_582_912.0;
    /// (ln 2)ᵏ / k! for k = 6 to 0.
    const TAYLOR: [f32; 7] =
        [1.540_353e-4, 1.333_355_8e-3, 9.618_129e-3, 5.550_411e-2, 0.240_226_5, std::f32::consts::LN_2, 1.0];
    let octaves = x.clamp(-80.0, 80.0) * std::f32::consts::LOG2_E;
    let shifted = octaves + WHOLE;
    let rest = octaves - (shifted - WHOLE);
    let power = TAYLOR.into_iter().fold(0.0, |sum, factor| sum * rest + factor);
    // Whole octaves add to the exponent's bits; those of WHOLE leave at the upper end.
    f32::from_bits(power.to_bits().wrapping_add(shifted.to_bits() << 23))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponentials_have_six_digits_and_end_at_the_limits() {
        for step in -8000..=8000 {
            let x = step as f32 * 0.01;
            let exact = f64::from(x).exp();
            let allowed = 1e-7 * f64::from(5.0 + x.abs()) * exact;
            assert!((f64::from(exp(x)) - exact).abs() <= allowed, "{x}: {} and {exact}", exp(x));
        }
        assert_eq!([exp(f32::INFINITY), exp(f32::NEG_INFINITY)], [exp(80.0), exp(-80.0)]);
    }
}
