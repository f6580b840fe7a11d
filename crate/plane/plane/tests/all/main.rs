//! What the files of `models/` promise of presets, in one program: each further program would take seconds to compile.

mod shipped_layers;
mod shipped_tags;
