//! The choice of the vector instructions for operations on eight lanes of single precision: natively SSE2 or AVX2, at
//! run time; in the browser simd128. Not AVX-512, whose vectors are longer than eight.

use pulp::{Arch, WithSimd};

/// Runs `operation` in the longest vectors of the machine that hold at most eight numbers.
pub(crate) fn eight_lanes<Operation: WithSimd>(operation: Operation) -> Operation::Output {
    match Arch::new() {
        #[cfg(target_arch = "x86_64")]
        Arch::V4(wider) => pulp::Simd::vectorize(*wider, operation),
        arch => arch.dispatch(operation),
    }
}
