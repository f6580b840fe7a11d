//! Constants and small functions whose rounding is part of the sound.
//! Never replace them by better ones: amSynth's bits depend on them.

/// π as amSynth has it, also inside f64 expressions.
pub const PI: f32 = std::f32::consts::PI;
/// 2π, rounded to f32.
pub const TWO_PI: f32 = std::f32::consts::TAU;

/// `angle` − 2π · trunc(`angle` / 2π): the remainder with the sign of the angle.
#[inline(always)]
pub fn wrap_radians(angle: f32) -> f32 {
    // A cast is quicker than `trunc` and the same for every angle that a block can reach.
    angle - TWO_PI * ((angle / TWO_PI) as i32 as f32)
}

/// A float to an `int` as x86 does it: all that does not fit becomes `i32::MIN`.
pub fn to_int_x86(value: f32) -> i32 {
    if (-2_147_483_648.0..2_147_483_648.0).contains(&value) { value as i32 } else { i32::MIN }
}

/// An f64 state that decays towards 0, cut to 0 where no f32 signal can tell the difference.
#[inline]
pub fn cut_vanished(state: f64) -> f64 {
    if state.abs() < 1e-200 { 0.0 } else { state }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping_keeps_the_sign() {
        assert_eq!(wrap_radians(0.0), 0.0);
        assert!((wrap_radians(7.0) - 0.716_814_7).abs() < 1e-6);
        assert!((wrap_radians(-7.0) + 0.716_814_7).abs() < 1e-6);
    }

    #[test]
    fn conversion_of_what_does_not_fit_is_the_least_integer() {
        assert_eq!(to_int_x86(44_100.9), 44_100);
        assert_eq!(to_int_x86(-1.9), -1);
        assert_eq!(to_int_x86(f32::INFINITY), i32::MIN);
        assert_eq!(to_int_x86(3e9), i32::MIN);
        assert_eq!(to_int_x86(f32::NAN), i32::MIN);
    }

    #[test]
    fn what_has_vanished_is_zero() {
        assert_eq!(cut_vanished(1e-201), 0.0);
        assert_eq!(cut_vanished(-1e-199), -1e-199);
    }
}
