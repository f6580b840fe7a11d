//! Promise: the results are bit-identical to glibc 2.36 on x86-64 without fused multiply-add.
//! On other platforms `golden.rs` compares with stored values.

use std::process::Command;

use crate::common::{FUNCTIONS, Function, Random, edges, golden, is_same};

/// Disables glibc's variants with fused multiply-add for a whole process.
const TUNABLES: (&str, &str) =
    ("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-AVX2_Usable,-FMA,-FMA_Usable,-FMA4,-FMA4_Usable");

/// Runs `check` in a process of its own without fused multiply-add.
fn without_fused_multiply_add(test: &str, check: impl Fn()) {
    if std::env::var(TUNABLES.0).is_ok_and(|value| value == TUNABLES.1) {
        return check();
    }
    let version = Command::new("getconf").arg("GNU_LIBC_VERSION").output().expect("getconf comes with glibc");
    let version = String::from_utf8_lossy(&version.stdout).trim().to_owned();
    if version != "glibc 2.36" {
        eprintln!(
            "SKIPPED: this is {version}, its last bits may differ; golden.rs compares with stored values instead"
        );
        return;
    }
    let itself = std::env::current_exe().expect("the path of this test");
    let outcome = Command::new(itself)
        .args([&format!("glibc::{test}"), "--exact"])
        .env(TUNABLES.0, TUNABLES.1)
        .output();
    let outcome = outcome.expect("this test starts once more");
    let output = String::from_utf8_lossy(&outcome.stdout);
    assert!(outcome.status.success() && output.contains("1 passed"), "{output}");
}

fn assert_same(function: &Function, x: f64, y: f64) {
    let (ours, theirs) = ((function.ours)(x, y), (function.platform)(x, y));
    assert!(is_same(ours, theirs), "{}({x:e}, {y:e}) = {ours:e}, not {theirs:e}", function.name);
}

/// Every f32 from 2⁻¹³ to 200, which covers the engine's phases, and a sample of the smaller ones.
#[test]
fn sine_and_cosine_of_every_angle_equal_glibcs() {
    without_fused_multiply_add("sine_and_cosine_of_every_angle_equal_glibcs", || {
        let stride = if cfg!(debug_assertions) { 499 } else { 1 };
        let angles = (0..2_f32.powi(-13).to_bits())
            .step_by(101)
            .chain((2_f32.powi(-13).to_bits()..=200_f32.to_bits()).step_by(stride));
        for bits in angles {
            for x in [f32::from_bits(bits), -f32::from_bits(bits)] {
                assert_eq!(math::single::sin(x).to_bits(), x.sin().to_bits(), "sin({x:e})");
                assert_eq!(math::single::cos(x).to_bits(), x.cos().to_bits(), "cos({x:e})");
            }
        }
    });
}

#[test]
fn random_arguments_give_glibcs_results() {
    without_fused_multiply_add("random_arguments_give_glibcs_results", || {
        let count = if cfg!(debug_assertions) { 200_000 } else { 20_000_000 };
        for function in &FUNCTIONS {
            let mut random = Random(0x9e37_79b9_7f4a_7c15);
            for _ in 0..count {
                let (x, y) = random.arguments(function);
                assert_same(function, x, y);
            }
        }
    });
}

#[test]
fn special_arguments_give_glibcs_results() {
    without_fused_multiply_add("special_arguments_give_glibcs_results", || {
        for function in &FUNCTIONS {
            for x in edges(function.is_single) {
                for y in edges(function.is_single) {
                    assert_same(function, x, y);
                }
            }
        }
    });
}

#[test]
fn the_stored_values_are_glibcs() {
    without_fused_multiply_add("the_stored_values_are_glibcs", || {
        for (function, x, y, result) in golden() {
            let theirs = (function.platform)(x, y);
            assert!(
                is_same(theirs, result),
                "{}({x:e}, {y:e}) = {theirs:e}, stored {result:e}",
                function.name
            );
        }
    });
}
