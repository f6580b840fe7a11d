//! The promises of the map and of searches, one file each, in one program: each further program would
//! take seconds to compile.

mod page_layers;
mod perceptual_search;
mod shipped_map;
mod shipped_presets;
