//! Loops as tracks: the clock of bars that they share, how a loop is taken, the sound that it keeps, the beat, and what
//! the page shows of them. Values and rules only; `reduce::takes` and `reduce::loops` decide.

pub mod beat;
pub mod loop_sound;
pub mod model;
mod note_card;
pub mod picture;
pub mod sung;
pub mod take;
pub mod transport;
