//! Words in, sounds out: what the words of a search mean, in English and German, and which known patches fit them. A
//! text is read ([`reading::read`]), and a table of sounds is ranked by what it asks for ([`ranking::rank`]). Pure;
//! renders no sound, and no text makes it panic.
#![forbid(unsafe_code)]

mod column;
mod lexicon;
mod lookup;
pub mod meaning;
pub mod property;
pub mod ranking;
pub mod reading;
mod spelling;

pub use column::SoundColumn;
pub use meaning::Degree;
pub use property::Property;
pub use ranking::{Ranking, SoundTable, fits, rank};
pub use reading::{QueryReading, ReadWord, SoundChange, WordMeaning, read, read_names};
