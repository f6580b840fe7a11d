//! The promises of the features, one file each, in one program: each further program would
//! take seconds to compile.

mod features;
mod patches;
