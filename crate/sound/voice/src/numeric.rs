//! Constants and small functions whose rounding is audible in a null test.
//! Never replace them by more exact ones: bit equality with amSynth depends on them.

/// π as amSynth has it, also inside f64 expressions.
pub const PI: f32 = std::f32::consts::PI;
/// 2π, rounded to f32.
pub const TWO_PI: f32 = std::f32::consts::TAU;

/// `angle` − 2π · trunc(`angle` / 2π): the remainder with the sign of the angle.
#[inline(always)]
pub fn wrap_radians(angle: f32) -> f32 {
    // A cast is faster than `trunc` and equal to it for every angle that a block can reach.
    angle - TWO_PI * ((angle / TWO_PI) as i32 as f32)
}

/// Converts to `int` as x86 does (cvttss2si): values out of range and NaN become `i32::MIN`.
pub fn to_int_x86(value: f32) -> i32 {
    if (-2_147_483_648.0..2_147_483_648.0).contains(&value) { value as i32 } else { i32::MIN }
}

/// Sets a decaying f64 state to 0 where no f32 sample can show the difference (avoids denormals).
#[inline]
pub fn flush_to_zero(state: f64) -> f64 {
    if state.abs() < 1e-200 { 0.0 } else { state }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_angle_keeps_its_sign() {
        assert_eq!(wrap_radians(0.0), 0.0);
        assert!((wrap_radians(7.0) - 0.716_814_7).abs() < 1e-6);
        assert!((wrap_radians(-7.0) + 0.716_814_7).abs() < 1e-6);
    }

    #[test]
    fn numbers_out_of_range_become_the_least_integer() {
        assert_eq!(to_int_x86(44_100.9), 44_100);
        assert_eq!(to_int_x86(-1.9), -1);
        assert_eq!(to_int_x86(f32::INFINITY), i32::MIN);
        assert_eq!(to_int_x86(3e9), i32::MIN);
        assert_eq!(to_int_x86(f32::NAN), i32::MIN);
    }

    #[test]
    fn only_inaudible_states_become_zero() {
        assert_eq!(flush_to_zero(1e-201), 0.0);
        assert_eq!(flush_to_zero(-1e-199), -1e-199);
    }
}
