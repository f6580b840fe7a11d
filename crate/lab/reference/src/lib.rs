//! Renders with the real amSynth: a small host for Debian's DSSI plugin (package `amsynth`); and with other
//! synthesizers, for sounds that amSynth did not make ([`foreign`]).
//!
//! For tests, evaluations and benchmarks; never part of what is shipped. [`render`]
//! runs each job in a process of its own, because amSynth has one noise generator per process.

mod dssi;
mod error;
mod feature;
pub mod foreign;
mod host;
mod job;
mod plugin;
mod process;
pub mod residual;
pub mod scenario;

pub use error::ReferenceError;
pub use feature::features;
pub use host::Host;
pub use job::{Job, SetUp};
pub use process::{render, render_by, render_job, serve};
