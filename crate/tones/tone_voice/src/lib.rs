//! Plays a latent space of tones as an instrument: keys, controllers and points of a pad in, samples out. Real time:
//! never allocates after construction and the loading of a model. Never reads a file, starts a thread or knows the web.
#![forbid(unsafe_code)]
// The README's examples are doctests.
#![cfg_attr(doctest, doc = include_str!("../README.md"))]

mod block;
mod contour_walk;
mod controls;
mod ending;
mod envelope;
mod feedback;
mod feedback_sound;
mod instrument;
mod limiter;
mod live_tone;
mod part;
mod timbre;
mod tone;

pub use block::BLOCK_SAMPLES;
pub use feedback_sound::{FeedbackCurve, feedback_sound};
pub use instrument::{ToneInstrument, VOICE_COUNT};
pub use live_tone::LiveMode;
pub use spectral::SAMPLE_RATES_HZ;
