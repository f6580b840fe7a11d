//! The hidden `latent-pad markdown-help`: the help of every command as Markdown, which is docs/command.md.

use crate::arguments::CommandLine;
use crate::error::CliError;
use crate::output::say;
use clap_markdown::{MarkdownOptions, help_markdown_custom};

/// Stands before the title, for a person who opens the file to change it.
const NOTICE: &str = "<!-- Written by `latent-pad markdown-help > docs/command.md`. Change the help in crate/lab/cli/src/ \
     instead of this file. -->";

/// Prints.
pub fn run() -> Result<(), CliError> {
    let options = MarkdownOptions::new().title("The command latent-pad".to_owned()).show_footer(false);
    let help = help_markdown_custom::<CommandLine>(&options);
    say(&format!("{NOTICE}\n\n{}", help.trim_end()))
}
