//! Interpolation of two patches: a number of patches from the first to the second, both included exactly. There
//! are three ways. [`PatchPair::straight`] goes straight in the parameters, [`PatchPair::along`] along any line of
//! patches such as the plane's. [`by_sound`] renders and measures, so that the timbral scales change evenly, or
//! the principal components of the spectrum. [`among`] mixes four patches. [`InterpolationFigures`] measures the
//! evenness of a series. Knows nothing of planes, networks, files or the web.
//!
//! ```
//! use interpolation::PatchPair;
//! use patch::{Parameter, Patch};
//!
//! let (from, mut to) = (Patch::default(), Patch::default());
//! to.set(Parameter::FilterCutoff, 0.5);
//! let pair = PatchPair::new(from, to)?;
//! let patches = pair.straight(9);
//! assert_eq!((patches[0], patches[8]), (from, to));
//! # Ok::<(), interpolation::InterpolationError>(())
//! ```
#![forbid(unsafe_code)]

mod candidates;
mod figures;
mod four;
#[cfg(not(target_family = "wasm"))]
mod latent;
mod meter;
mod pair;
mod refinement;
mod search;

pub use figures::InterpolationFigures;
pub use four::among;
#[cfg(not(target_family = "wasm"))]
pub use latent::measure_latent;
#[cfg(not(target_family = "wasm"))]
pub use meter::measure_scales;
pub use meter::{MeasuredScales, PlayedNote, SCALE_COUNT, ScaleMeter, ScaledSound};
pub use pair::{InterpolationError, PatchPair, changed, through};
pub use search::{InterpolationSearch, by_sound, way_by_sound};
