//! The promises of paths, one file each, in one program: each further program would
//! take seconds to compile.

mod midi;
mod midi_files;
mod operators;
mod target;
