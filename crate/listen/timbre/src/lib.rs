//! The timbral models of the AudioCommons project: samples in, eight descriptors out (hardness,
//! depth, brightness, roughness, warmth, sharpness, boominess, reverb). Never depends on files,
//! patches or the web.
//!
//! The models are described in the project's deliverable D5.8, "Release of timbral characterisation
//! tools for semantically annotating non-musical content" (University of Surrey, 2019; an earlier
//! version in D5.7). Every constant is that of their reference implementation, timbral_models
//! 0.4.0; each file names its source function. `README.md` says how closely the values agree.
//!
//! ```
//! let second: Vec<f32> = (0..44_100).map(|n| (n as f32 * 0.05).sin()).collect();
//! let timbre = timbre::analyze(&second, 44_100)?;
//! assert!(timbre.brightness < 40.0);
//! # Ok::<(), timbre::TimbreError>(())
//! ```
#![forbid(unsafe_code)]
// The README's examples are doctests.
#![cfg_attr(doctest, doc = include_str!("../README.md"))]

mod analyzer;
mod attack;
mod bands;
mod bandwidth;
mod bark;
mod boominess;
mod brightness;
mod depth;
mod descriptors;
mod eight_lanes;
mod envelope;
mod error;
mod filter;
mod hardness;
mod input;
mod lane_fourier;
mod median;
mod mel;
mod onset;
mod onset_strength;
mod partials;
mod peaks;
mod percussive;
mod reverb;
mod roughness;
mod scan;
mod sharpness;
mod sliding;
mod stft;
mod third_octave;
mod transform;
mod warmth;
mod window;
mod zwicker;

pub use analyzer::Analyzer;
pub use descriptors::{Descriptor, Descriptors};
pub use error::TimbreError;
pub use input::RATES_HZ;

/// Analyses one channel of samples: [`Analyzer::analyze`] planned for a single sound.
///
/// # Errors
/// See [`Analyzer::new`] and [`Analyzer::analyze`].
pub fn analyze(samples: &[f32], sample_rate_hz: u32) -> Result<Descriptors, TimbreError> {
    Analyzer::new(sample_rate_hz)?.analyze(samples)
}

/// Analyses a stereo sound: [`Analyzer::analyze_stereo`] planned for a single sound.
///
/// # Errors
/// See [`Analyzer::new`] and [`Analyzer::analyze_stereo`].
pub fn analyze_stereo(left: &[f32], right: &[f32], sample_rate_hz: u32) -> Result<Descriptors, TimbreError> {
    Analyzer::new(sample_rate_hz)?.analyze_stereo(left, right)
}

/// Decimal logarithm of at least 10⁻¹⁵. Only sounds outside the models' scope reach that floor (such as a
/// tone so high that it has no loudness below 280 Hz); there the original returns infinity or NaN.
pub(crate) fn floored_log10(value: f64) -> f64 {
    const FLOOR: f64 = 1e-15;
    if value > FLOOR { value.log10() } else { FLOOR.log10() }
}
