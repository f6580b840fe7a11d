//! amSynth 1.13.2's engine as `fundsp` nodes: a patch and notes in, samples out.
//!
//! The way of a block: [`Synthesizer`] → [`Allocation`] (who sounds) → [`Voice`] (one note) →
//! [`effects`] (what all notes share). One node, one file.
//! Rendering and events never allocate, lock, panic or log; nothing here knows of the web, of files
//! or of networks.
#![forbid(unsafe_code)]

// What the README shows compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub mod allocation;
pub mod amplifier;
pub mod controller_map;
pub mod controls;
pub mod crossfade;
pub mod distortion;
pub mod effects;
pub mod envelope;
pub mod filter;
pub mod keys;
pub mod limiter;
pub mod midi;
pub mod mixer;
pub mod noise;
mod numeric;
pub mod oscillator;
pub mod pan;
pub mod parts;
pub mod programs;
pub mod ramp;
pub mod render;
pub mod reverb;
pub mod smoother;
pub mod synthesizer;
#[cfg(test)]
mod testing;
pub mod text;
pub mod tuning;
pub mod voice;

use std::ops::RangeInclusive;

pub use allocation::Allocation;
pub use parts::Parts;
pub use synthesizer::Synthesizer;
pub use voice::Voice;

/// The sample rates that an instrument can have, Hz. amSynth goes to 192 kHz; the rest works as well.
pub const SAMPLE_RATES_HZ: RangeInclusive<f32> = 4_000.0..=768_000.0;

/// Most frames of one block: amSynth's and fundsp's.
pub const MAX_BLOCK: usize = fundsp::MAX_BUFFER_SIZE;
