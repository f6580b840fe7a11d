//! Plans transforms. Plans of one planner share their tables.

use std::sync::Arc;

use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};
use rustfft::{Fft, FftPlanner};

/// Plans transforms in single precision. No transform divides by its length.
pub struct Planner {
    real: RealFftPlanner<f32>,
    complex: FftPlanner<f32>,
}

impl Planner {
    /// A planner without any plan.
    pub fn new() -> Self {
        Self { real: RealFftPlanner::new(), complex: FftPlanner::new() }
    }

    /// Plans a transform from `length` samples to `length / 2 + 1` bins.
    pub fn real_forward(&mut self, length: usize) -> Arc<dyn RealToComplex<f32>> {
        self.real.plan_fft_forward(length)
    }

    /// Plans a transform from `length / 2 + 1` bins to `length` samples.
    pub fn real_inverse(&mut self, length: usize) -> Arc<dyn ComplexToReal<f32>> {
        self.real.plan_fft_inverse(length)
    }

    /// Plans a transform from `length` complex samples to as many bins.
    pub fn complex_forward(&mut self, length: usize) -> Arc<dyn Fft<f32>> {
        self.complex.plan_fft_forward(length)
    }

    /// Plans a transform from `length` bins to as many complex samples.
    pub fn complex_inverse(&mut self, length: usize) -> Arc<dyn Fft<f32>> {
        self.complex.plan_fft_inverse(length)
    }
}

impl Default for Planner {
    fn default() -> Self {
        Self::new()
    }
}

/// Plans transforms in double precision.
pub struct ExactPlanner(RealFftPlanner<f64>);

impl ExactPlanner {
    /// A planner without any plan.
    pub fn new() -> Self {
        Self(RealFftPlanner::new())
    }

    /// Plans a transform from `length` samples to `length / 2 + 1` bins.
    pub fn real_forward(&mut self, length: usize) -> Arc<dyn RealToComplex<f64>> {
        self.0.plan_fft_forward(length)
    }
}

impl Default for ExactPlanner {
    fn default() -> Self {
        Self::new()
    }
}
