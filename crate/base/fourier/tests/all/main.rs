//! The promises of the transforms, one file each, in one program: each further program would
//! take seconds to compile.

mod resampling;
mod transforms;
