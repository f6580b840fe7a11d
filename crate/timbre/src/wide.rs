//! Runs the hot loops with the widest vectors that the machine has. The loops are written so that
//! the order of every sum is fixed: the results are the same whatever the width.

/// Runs `kernel` compiled for AVX2 where the machine has it, and as it is elsewhere. What it calls
/// must be inlined into it to gain anything.
#[inline(always)]
pub(crate) fn wide<Output>(kernel: impl FnOnce() -> Output) -> Output {
    pulp::Arch::new().dispatch(kernel)
}
