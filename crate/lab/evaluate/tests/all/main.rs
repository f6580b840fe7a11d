//! The promises of evaluations, one file each, in one program: each further program would
//! take seconds to compile.

mod macro_figures;
mod small_sets;
