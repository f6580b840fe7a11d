//! The choice of the vector instructions: natively SSE2, AVX2 or AVX-512, at run time; in the browser the
//! instructions that the whole module is compiled for.

/// Runs `kernel` compiled for AVX-512 or AVX2 if the machine has it. Only inlined code benefits: the closure
/// itself and each function that it calls must be `#[inline(always)]`.
///
/// It is a function because a closure passed to [`pulp::Arch::dispatch`] itself is called through a shim that is not
/// inlined.
///
/// ```
/// let mut samples = [0.5_f32; 100];
/// vectors::widest(
///     #[inline(always)]
///     || samples.iter_mut().for_each(|sample| *sample *= 2.0),
/// );
/// assert_eq!(samples[99], 1.0);
/// ```
#[inline(always)]
pub fn widest<Output>(kernel: impl FnOnce() -> Output) -> Output {
    pulp::Arch::new().dispatch(kernel)
}
