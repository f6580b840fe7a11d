//! Promise: every platform gives the stored bits of glibc 2.36 on x86-64. `golden.csv` is the output of
//! `cargo run -p math --example golden` on such a machine, where `glibc.rs` checks it.

use crate::common;
use std::collections::BTreeMap;

#[test]
fn every_stored_value_is_reproduced() {
    let mut counts = BTreeMap::new();
    for (function, x, y, result) in common::golden() {
        *counts.entry(function.name).or_insert(0) += 1;
        let ours = (function.ours)(x, y);
        assert!(common::is_same(ours, result), "{}({x:e}, {y:e}) = {ours:e}, not {result:e}", function.name);
    }
    assert_eq!(counts.len(), common::FUNCTIONS.len());
    assert!(counts.values().all(|&count| count >= 1000), "{counts:?}");
}

#[test]
fn vectorised_sines_equal_single_ones() {
    let mut random = common::Random(3);
    for width in [3.0, 119.0, 150.0] {
        let angles: Vec<f32> = (0..1001).map(|_| random.within(-width, width) as f32).collect();
        let mut sines = angles.clone();
        math::single::sin_in_place(&mut sines);
        for (angle, sine) in angles.into_iter().zip(sines) {
            assert_eq!(sine.to_bits(), math::single::sin(angle).to_bits(), "sin({angle:e})");
        }
    }
}

#[test]
fn vectorised_powers_equal_single_ones() {
    let mut random = common::Random(4);
    let special = [0.0, -0.0, -2.0, 1.0, f32::MIN_POSITIVE / 4.0, f32::MAX, f32::INFINITY, f32::NAN];
    for limits in [[1e-6, 2.0], [1e-38, 1e38]] {
        let mut bases: Vec<f32> = (0..1001).map(|_| random.within(limits[0], limits[1]) as f32).collect();
        let exponents: Vec<f32> = (0..1001).map(|_| random.within(-3.0, 3.0) as f32).collect();
        // Among a few special numbers there are long runs of usual ones.
        bases.iter_mut().step_by(117).zip(special).for_each(|(base, special)| *base = special);
        let mut powers = bases.clone();
        math::single::pow_in_place(&mut powers, &exponents);
        for ((base, exponent), power) in bases.into_iter().zip(exponents).zip(powers) {
            let alone = math::single::pow(base, exponent);
            let is_same = power.to_bits() == alone.to_bits() || (power.is_nan() && alone.is_nan());
            assert!(is_same, "{base:e} to the power of {exponent:e} is {power:e}, not {alone:e}");
        }
    }
}

#[test]
fn angles_outside_the_tangents_domain_give_nan() {
    for angle in [25.000_001, 1e300, f64::INFINITY, f64::NAN] {
        assert!(math::double::tan(angle).is_nan() && math::double::tan(-angle).is_nan());
    }
}
