//! Every message between the page, the audio worklet ([`Command`], [`WorkletMessage`]) and the analysis worker
//! ([`AnalysisCall`], [`ScriptCall`], [`AnalysisMessage`]), declared once, and the constants that Rust and JavaScript
//! share ([`constants`]). [`javascript`] writes the JavaScript side from the same declarations. Scripts that load on
//! demand declare the messages of their own workers and processors themselves (`www/path-files/`, `www/tone-sounds/`,
//! `www/live/`, `www/element/`).
//!
//! Knows no web type unless the feature `web` is on, which adds the conversions to and from JavaScript
//! values. Decides nothing.
#![forbid(unsafe_code)]

mod analysis;
mod command;
pub mod constants;
mod declare;
pub mod field;
pub mod javascript;
pub mod path_score;
mod script_calls;
#[cfg(feature = "web")]
pub mod web;
mod worklet_message;

pub use analysis::{AnalysisCall, AnalysisMessage};
pub use command::Command;
pub use declare::{FieldRow, MessageRow};
pub use script_calls::ScriptCall;
pub use worklet_message::WorkletMessage;
