//! The elementary functions that the sound is made with, giving the same bits on every platform:
//! those of glibc 2.36 on x86-64 without fused multiply-add (Debian 12). A browser's own functions are
//! up to a last bit off, which is another sample. Methods and figures are glibc's, that is Arm's
//! optimized routines and, for the tangent, IBM's Accurate Mathematical Library.
//!
//! Never replace an expression by a better one or reorder it: the bits are the purpose.
//! No allocation, no panic. A result that is no number is a NaN of any sign and payload.

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
    pub use crate::power::single as pow;
    pub use crate::sine::{cos, sin, sin_in_place};
}

/// Functions of f64.
pub mod double {
    pub use crate::exponential::exp;
    pub use crate::logarithm::ln;
    pub use crate::power::double as pow;
    pub use crate::tangent::{LARGEST_ANGLE, tan};
}
