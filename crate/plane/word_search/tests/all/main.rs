//! The promises of the search by words, in one program.

mod phrases;
mod shipped;
mod truth;
