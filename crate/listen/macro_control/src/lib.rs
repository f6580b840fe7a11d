//! Macro-controls: from any patch, for each of eight properties of its sound, a curve of patches along which that
//! property changes monotonically and the others change little. Renders with the voice and measures the sounds; knows
//! nothing of planes, networks, files or the web; compiles to wasm.
//!
//! The pipeline: a patch → [`MacroSearch`], which returns patches to measure and takes the measures of a
//! [`PropertyMeter`] → [`MacroControls`], a [`MacroCurve`] for each [`SoundProperty`] → the patch at any amount of
//! −1…1 of each.
//!
//! ```
//! use macro_control::{MacroAmounts, MacroSearch, PropertyMeter, SoundProperty, find};
//!
//! let mut patch = patch::Patch::default();
//! patch.set(patch::Parameter::FilterCutoff, 0.5);
//! let search = MacroSearch::new(&patch).only(&[SoundProperty::Brightness]);
//! let (controls, _) = find(search, |patches| PropertyMeter::new().measure_patches(patches))?;
//! let mut amounts = MacroAmounts::default();
//! amounts.set(SoundProperty::Brightness, 0.5);
//! assert_ne!(controls.patch(&amounts), patch);
//! # Ok::<(), macro_control::MacroError>(())
//! ```
#![forbid(unsafe_code)]

mod controls;
mod curve;
mod level_curve;
mod meter;
mod movement;
mod prediction;
mod property;
mod search;
mod side;
mod slopes;
mod start;
mod usual_slopes;

pub use controls::{MacroAmounts, MacroControls};
pub use curve::MacroCurve;
#[cfg(not(target_family = "wasm"))]
pub use meter::measure_all;
pub use meter::{MeasuredProperties, PropertyMeter};
pub use property::{PROPERTY_COUNT, PropertyValues, SoundProperty};
pub use search::{MacroError, MacroSearch, find};
