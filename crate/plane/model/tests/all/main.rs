//! The promises of model files, one file each, in one program: each further program would
//! take seconds to compile.

#[cfg(feature = "generic")]
mod generic;
mod hostile;
mod models;
mod new_kind;
mod refusals;
mod results;
