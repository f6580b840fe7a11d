//! Plans of Fourier transforms (rustfft, realfft) and resampling by them (rubato). These libraries are generic, so the
//! compiler would compile their planners, which hold every algorithm, again in each crate that calls one: half a minute
//! each. Here nothing is generic, and nothing may be `inline`.

#![forbid(unsafe_code)]

mod planner;
mod power_spectra;
mod resampling;
mod samples;

pub use num_complex::{Complex32, Complex64};
pub use planner::{ExactPlanner, Planner};
pub use power_spectra::PowerSpectra;
pub use realfft::{ComplexToReal, RealToComplex};
pub use resampling::{resampled, resampled_exactly};
pub use rustfft::Fft;
pub use samples::{samples, samples_mut};
