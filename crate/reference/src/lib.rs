//! Renders with the real amSynth: a small host for Debian's DSSI plugin (package `amsynth`).
//!
//! For tests and benchmarks that compare `voice` with amSynth; never part of what is shipped. [`render`]
//! runs each job in a process of its own, because amSynth has one noise generator per process.

mod dssi;
mod error;
mod feature;
mod host;
mod job;
mod process;
pub mod residual;
pub mod scenario;

pub use error::ReferenceError;
pub use feature::features;
pub use host::Host;
pub use job::{Job, SetUp};
pub use process::{render, render_by, render_job, serve};
