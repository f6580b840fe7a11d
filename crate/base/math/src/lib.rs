//! Elementary functions for synthesis, with the same bits on every platform: those of glibc 2.36 on
//! x86-64 without fused multiply-add (Debian 12). A browser's own functions can differ in the last bit,
//! which changes samples. Methods and constants are glibc's, from Arm's optimized routines and, for the
//! tangent, IBM's Accurate Mathematical Library.
//!
//! Never simplify or reorder an expression: the exact bits are the purpose. Never allocates, never
//! panics. Sign and payload of a NaN are unspecified.

#![no_std]
#![forbid(unsafe_code)]

mod exponential;
mod logarithm;
mod power;
mod sine;
mod tables;
mod tangent;

/// Functions of f32, evaluated in f64 and rounded once.
pub mod single {
    pub use crate::power::{single as pow, single_in_place as pow_in_place};
    pub use crate::sine::{cos, sin, sin_in_place};
}

/// Functions of f64.
pub mod double {
    pub use crate::exponential::exp;
    pub use crate::logarithm::ln;
    pub use crate::power::double as pow;
    pub use crate::tangent::{LARGEST_ANGLE, tan};
}
