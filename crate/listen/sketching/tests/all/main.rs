//! The promises of sketches, one file each, in one program: each further program would
//! take seconds to compile.

mod brightness;
mod comparison;
mod kinds;
mod loudest_part;
mod midi;
mod remarks;
mod rhythm;
mod steps;
mod vibrato;
