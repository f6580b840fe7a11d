//! The instrument that the audio thread plays: a part for each finger, whose patch follows a point of
//! the latent plane, and one decoder for all. Numbers in, blocks of samples out; whatever number comes
//! in is ignored or clamped. Knows nothing of wasm, messages or the web: that is crate `worklet`.
#![forbid(unsafe_code)]

mod arpeggio;
mod course;
mod held;
mod instrument;
mod notes;
mod recent;
mod sentence;
mod tuning;

pub use instrument::{Instrument, Outcome, PART_COUNT};
pub use recent::PIECE_FRAMES;
