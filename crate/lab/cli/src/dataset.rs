//! `latent-pad dataset`: every preset with its features, as a table.

use crate::arguments::DatasetArguments;
use crate::error::CliError;
use crate::named_files::NamedFiles;
use crate::output::{place_of_file, say};
use crate::preset_source::warn_of_lossy_banks;
use crate::progress::bar;
use dataset::counted;
use std::path::PathBuf;

/// Writes the table and prints its number of rows.
pub fn run(arguments: &DatasetArguments) -> Result<(), CliError> {
    let banks = dataset::Dataset::files(&arguments.banks)?;
    NamedFiles::default()
        .read("--banks", banks.iter().map(PathBuf::as_path))
        .write("-o", [&arguments.output])
        .check()?;
    warn_of_lossy_banks(&arguments.banks);
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
    say(&format!("{} in {}", counted(summary.rows, "preset"), arguments.output.display()))
}
