//! The promises of sound files, one file each, in one program: each further program would take seconds to compile.

mod chains;
mod formats;
mod lengths;
