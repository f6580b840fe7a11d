//! Runs hot loops with the widest vector instructions of the machine. Never makes a result depend on
//! them: the order of every sum is fixed in the loops.

/// Runs `kernel` compiled for AVX2 if available. Only functions that are inlined into it benefit.
#[inline(always)]
pub(crate) fn widest<Output>(kernel: impl FnOnce() -> Output) -> Output {
    pulp::Arch::new().dispatch(kernel)
}
