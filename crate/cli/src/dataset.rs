//! `latent-pad dataset`: every preset with its features, as a table.

use crate::arguments::DatasetArguments;
use crate::error::CliError;
use crate::named_files::NamedFiles;
use crate::output::{place_of_file, say};
use crate::progress::bar;
use std::path::PathBuf;

/// Writes the table and prints its number of rows.
pub fn run(arguments: &DatasetArguments) -> Result<(), CliError> {
    let banks = dataset::Dataset::files(&arguments.banks)?;
    NamedFiles::default()
        .read("--banks", banks.iter().map(PathBuf::as_path))
        .write("-o", [&arguments.output])
        .check()?;
    let options = dataset::table::TableOptions {
        banks: arguments.banks.clone(),
        output: place_of_file(&arguments.output, "-o")?,
        shard: arguments.shard,
    };
    let bar = bar("presets");
    let summary = dataset::table::write(&options, |rows, done| {
        bar.set_length(rows as u64);
        bar.inc(done as u64);
    })?;
    bar.finish_and_clear();
    let presets = if summary.rows == 1 { "preset" } else { "presets" };
    say(&format!("{} {presets} in {}", summary.rows, arguments.output.display()))
}
