//! Sound as frames of a spectrum and back: short-time transforms, phase from magnitudes, pitch, harmonics and noise.
//! Whole sounds and, in forms that never allocate, live ones. Never depends on files, threads or the web.
#![forbid(unsafe_code)]
// The README's examples are doctests.
#![cfg_attr(doctest, doc = include_str!("../README.md"))]

mod bin_heap;
mod error;
mod frame_source;
mod frames;
mod griffin_lim;
mod layout;
mod measures;
mod mel_bands;
mod overlap;
mod phase_integration;
mod phase_reconstruction;
mod phase_synthesis;
mod short_time;
mod single_pass;
mod transform;
mod window;

pub use error::SpectralError;
pub use frame_source::FrameSource;
pub use frames::{Magnitudes, SpectralFrames};
pub use griffin_lim::{fast_griffin_lim, random_phases};
pub use layout::FrameLayout;
pub use measures::{band_difference_db, log_spectral_distance_db, spectral_convergence_db};
pub use mel_bands::MelBands;
pub use phase_integration::{Lookahead, PhaseIntegrator};
pub use phase_reconstruction::reconstruct;
pub use phase_synthesis::PhaseSynthesizer;
pub use realfft::num_complex::Complex32;
pub use short_time::ShortTimeFourier;
pub use single_pass::single_pass_inversion;
pub use window::hann;
