//! `latent-pad dataset`: every preset with its features, as a table.

use crate::arguments::DatasetArguments;
use crate::error::CliError;
use crate::output::say;
use crate::progress::bar;

/// Writes the table and prints its number of rows.
pub fn run(arguments: &DatasetArguments) -> Result<(), CliError> {
    let options = dataset::table::TableOptions {
        banks: arguments.banks.clone(),
        output: arguments.output.clone(),
        shard: arguments.shard,
    };
    let bar = bar("presets");
    let summary = dataset::table::write(&options, |rows, done| {
        bar.set_length(rows as u64);
        bar.inc(done as u64);
    })?;
    bar.finish_and_clear();
    say(&format!("{} presets in {}", summary.rows, arguments.output.display()))
}
