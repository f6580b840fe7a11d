//! Loops that use the widest vector instructions of the machine, and functions that compilers vectorise in them. Never
//! makes a result depend on the machine: the loops fix the order of every sum, and the functions are plain arithmetic.
#![forbid(unsafe_code)]

mod exponential;
mod logarithm;
mod widest;

pub use exponential::exp;
pub use logarithm::log2;
pub use widest::widest;
