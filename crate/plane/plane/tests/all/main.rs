//! Promises of the files of `models/` about presets. One program has all of them, because each further program would
//! take seconds to compile.

mod shipped_layers;
mod shipped_tags;
