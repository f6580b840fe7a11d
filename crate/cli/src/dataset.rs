//! `latent-pad dataset`: every preset with what it sounds like, as a table.

use crate::arguments::Dataset;
use crate::error::CliError;
use crate::output::say;
use crate::progress::bar;

/// Listens, writes, and says how many rows there are.
pub fn run(arguments: &Dataset) -> Result<(), CliError> {
    let options = corpus::Options {
        banks: arguments.banks.clone(),
        output: arguments.output.clone(),
        shard: arguments.shard,
    };
    let bar = bar("presets");
    let summary = corpus::write(&options, |rows, done| {
        bar.set_length(rows as u64);
        bar.inc(done as u64);
    })?;
    bar.finish_and_clear();
    say(&format!("{} presets in {}", summary.rows, arguments.output.display()))
}
