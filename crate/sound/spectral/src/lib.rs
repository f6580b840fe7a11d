//! Sound as frames of a spectrum and back: short-time transforms, phase from magnitudes, pitch, harmonics and noise.
//! Whole sounds and, in forms that never allocate, live ones. Never depends on files, threads or the web.
#![forbid(unsafe_code)]
// The README's examples are doctests.
#![cfg_attr(doctest, doc = include_str!("../README.md"))]

mod additive;
mod bin_heap;
mod constant_q;
mod curve_fit;
mod decibels;
mod error;
mod filtered_noise;
mod frame_source;
mod frames;
mod griffin_lim;
mod knots;
mod layout;
mod measures;
mod mel_bands;
mod noise_bands;
mod overlap;
mod phase_integration;
mod phase_reconstruction;
mod phase_synthesis;
mod pitch_tracker;
mod real_spectrum;
mod short_time;
mod single_pass;
mod sums;
mod tone_analysis;
mod tone_bands;
mod tone_encoder;
mod tone_features;
mod tone_frame;
mod tone_synthesis;
mod transform;
mod whole_tone;
mod window;

pub use constant_q::{ConstantQ, ConstantQLayout};
pub use error::SpectralError;
pub use fourier::Complex32;
pub use frame_source::FrameSource;
pub use frames::{Magnitudes, SpectralFrames};
pub use griffin_lim::{fast_griffin_lim, random_phases};
pub use layout::FrameLayout;
pub use measures::{band_difference_db, log_spectral_distance_db, spectral_convergence_db};
pub use mel_bands::MelBands;
pub use noise_bands::NoiseBands;
pub use phase_integration::{Lookahead, PhaseIntegrator};
pub use phase_reconstruction::reconstruct;
pub use phase_synthesis::PhaseSynthesizer;
pub use pitch_tracker::{PitchEstimate, PitchTracker, SAMPLE_RATES_HZ, check_rate};
pub use short_time::ShortTimeFourier;
pub use single_pass::single_pass_inversion;
pub use tone_analysis::ToneAnalyzer;
pub use tone_bands::ToneBands;
pub use tone_encoder::ToneEncoder;
pub use tone_features::{ENVELOPE_COUNT, NOISE_LEVEL_COUNT, ToneFeatureMap, ToneFeatures};
pub use tone_frame::{HARMONIC_COUNT, NOISE_BAND_COUNT, ToneFrame};
pub use tone_synthesis::ToneSynthesizer;
pub use whole_tone::{analyze_tone, synthesize_tone};
pub use window::hann;
