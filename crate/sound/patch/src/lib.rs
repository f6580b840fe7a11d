//! The single source of truth for amSynth's 41 parameters: names, ranges, scaling laws, text formats, file
//! formats and the network's encoding; also the names of keys. Never depends on sound, networks or the web.
#![forbid(unsafe_code)]

mod display;
pub mod encoding;
mod entry;
pub mod file;
pub mod full_encoding;
mod law;
mod note_name;
mod response;
mod table;
mod text;
mod values;

pub use display::Display;
pub use law::Law;
pub use note_name::note_name;
pub use response::filter_gain_db;
pub use table::{CUTOFF_BASE_HZ, Group, Info, PARAMETER_COUNT, Parameter};
pub use text::TextError;
pub use values::{Patch, Preset};
