//! Note tracking: samples of a live voice in, notes out, with the bend, the loudness and the brightness inside each
//! note. Never allocates after construction; each block costs a bounded time. Never depends on files, threads or the
//! web.
#![forbid(unsafe_code)]

mod brightness;
mod event;
mod loudness_gate;
mod note_decision;
mod tracker;

pub use event::TrackedEvent;
pub use spectral::SpectralError;
pub use tracker::NoteTracker;
