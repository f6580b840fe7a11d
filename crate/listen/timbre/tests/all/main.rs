//! The promises of the descriptors, one file each, in one program: each further program would
//! take seconds to compile.

mod agreement;
mod promises;
mod sounds;
