//! How well a model keeps what patches sound like, beside the baselines without which no figure says
//! anything. Judges any decoder and encoder that keep the contract, or the layout of the published
//! ones; trains nothing that ships, and never shows test rows to whoever asks for validation rows.
//!
//! The way of a figure: [`rows`] → [`model`] → what is heard → [`figures`], with [`baselines`] beside
//! it, all in `comparison`; [`blanks`] and [`neighbourhood`] look at the square as a whole.
#![forbid(unsafe_code)]

pub mod baselines;
pub mod blanks;
mod comparison;
mod error;
pub mod figures;
mod memory;
pub mod model;
pub mod neighbourhood;
pub mod report;
pub mod rows;

pub use error::EvaluateError;
pub use model::{Layout, LoadError, Model};
pub use report::{Line, Report};
pub use rows::{Choice, Protocol, Rows};

use memory::Memory;
use patch::encoding::COLUMN_COUNT;
use std::path::PathBuf;

/// A patch as the networks see it.
pub type Columns = [f32; COLUMN_COUNT];

/// What to evaluate, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// A folder with Debian's `.bank` files.
    pub banks: PathBuf,
    /// How both sides of a comparison are made.
    pub protocol: Protocol,
    /// The sets of rows that are compared, each in a report of its own.
    pub choices: Vec<Choice>,
}

/// Evaluates. `progress` is told what is listened to, how many sounds, and how many more are done;
/// it is called from any thread.
///
/// # Errors
/// See [`EvaluateError`].
pub fn evaluate(
    model: &mut Model,
    options: &Options,
    progress: impl Fn(&'static str, usize, usize) + Sync,
) -> Result<Vec<Report>, EvaluateError> {
    // Rows that are not there should be known before the minutes of listening to others, not after.
    let read = |&choice: &Choice| Ok((choice, Rows::read(&options.banks, choice, options.protocol)?));
    let sets = options.choices.iter().map(read).collect::<Result<Vec<_>, EvaluateError>>()?;
    let mut memory = Memory::default();
    let compare =
        |(choice, rows)| comparison::compare(model, (options.protocol, choice, rows), &mut memory, &progress);
    sets.into_iter().map(compare).collect()
}
