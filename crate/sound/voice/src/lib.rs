//! amSynth 1.13.2's engine as `fundsp` nodes: a patch and notes in, samples out.
//!
//! Signal path of a block: [`Synthesizer`] → [`Allocation`] (which voices sound) → [`Voice`] (one
//! note) → [`effects`] (shared by all notes). One node, one file.
//! Rendering and events never allocate, lock, panic or log; nothing here depends on the web, on files
//! or on networks.
#![forbid(unsafe_code)]
// The README's examples are doctests.
#![cfg_attr(doctest, doc = include_str!("../README.md"))]

pub mod allocation;
pub mod amplifier;
pub mod controller_map;
pub mod controls;
pub mod crossfade;
pub mod distortion;
pub mod effects;
pub mod envelope;
mod event;
pub mod filter;
pub mod keys;
pub mod lanes;
pub mod limiter;
pub mod midi;
pub mod mixer;
pub mod multitimbral;
pub mod noise;
mod numeric;
pub mod oscillator;
pub mod pan;
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
mod voice_group;
mod widest;

use std::ops::RangeInclusive;

pub use allocation::Allocation;
pub use multitimbral::{BusLimiter, MultitimbralSynthesizer, PART_GAIN_LIMIT};
pub use synthesizer::Synthesizer;
pub use voice::Voice;

/// Supported sample rates, Hz. amSynth is used up to 192 kHz; the tests go to 384 kHz.
pub const SAMPLE_RATES_HZ: RangeInclusive<f32> = 4_000.0..=768_000.0;

/// Most frames in one block: the limit of amSynth and of fundsp.
pub const MAX_BLOCK: usize = fundsp::MAX_BUFFER_SIZE;
