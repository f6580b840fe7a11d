//! The promises of the search by words, in one program.

mod phrases;
mod promises;
mod shipped;
mod truth;
