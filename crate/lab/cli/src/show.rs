//! `latent-pad show`: the 41 values of a preset.

use crate::arguments::ShowArguments;
use crate::error::CliError;
use crate::output::{patch_json, print};

/// Reads and prints.
pub fn run(arguments: &ShowArguments) -> Result<(), CliError> {
    print(&patch_json(&arguments.preset.read()?.patch))
}
