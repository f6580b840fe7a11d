//! Runs loops compiled for the widest vector instructions of the machine. These are natively SSE2, AVX2 or
//! AVX-512, chosen at run time, and in the browser simd128, for which the whole module is compiled. No sample
//! depends on the choice.

/// Work that only benefits where everything it calls is inlined.
pub trait Kernel {
    /// Does the work; `#[inline(always)]`.
    fn run(self);
}

/// Runs `kernel`.
#[cfg(target_family = "wasm")]
#[inline(never)]
pub fn widest(kernel: impl Kernel) {
    kernel.run();
}

/// Runs `kernel`.
#[cfg(not(target_family = "wasm"))]
#[inline(always)]
pub fn widest<K: Kernel>(kernel: K) {
    struct Compiled<K>(K);

    impl<K: Kernel> pulp::NullaryFnOnce for Compiled<K> {
        type Output = ();

        #[inline(always)]
        fn call(self) {
            self.0.run();
        }
    }

    pulp::Arch::new().dispatch(Compiled(kernel));
}
