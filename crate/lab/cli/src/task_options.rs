//! Options that belong to another task than the chosen one: they would be ignored, and are refused.

use crate::arguments::{Call, PlacedBy};
use crate::error::CliError;
use crate::evaluate_arguments::TaskArgument;
use clap::parser::ValueSource;
use clap::{ArgMatches, ValueEnum};

/// The options of `latent-pad evaluate` that do not belong to every task, by the names of their fields.
const EVALUATE: [(&str, &[&str]); 26] = [
    ("model", &["plane", "target", "interpolation", "timbre"]),
    ("renders", &["match", "files"]),
    ("sounds", &["match", "files", "sketch"]),
    ("every", &["match", "files", "macro", "interpolation", "sketch"]),
    ("match_model", &["match", "files", "sketch"]),
    ("networks_only", &["match"]),
    ("png", &["match", "files"]),
    ("rows", &["plane", "match", "files", "macro", "interpolation"]),
    ("protocol", &["plane"]),
    ("layout", &["plane"]),
    ("banks", &["plane", "match", "files", "macro", "interpolation"]),
    ("kinds", &["files"]),
    ("made", &["files"]),
    ("made_seed", &["files"]),
    ("count", &["files"]),
    ("answers", &["files"]),
    ("keep", &["files"]),
    ("notes", &["timbre"]),
    ("learned", &["timbre"]),
    ("beside", &["timbre"]),
    ("others", &["timbre"]),
    ("domain", &["target"]),
    ("key", &["macro", "target"]),
    ("descriptor", &["target"]),
    ("strikes", &["target"]),
    ("played", &["interpolation"]),
];

/// The same for `latent-pad train`.
const TRAIN: [(&str, &[&str]); 7] = [
    ("banks", &["plane", "match"]),
    ("model", &["match"]),
    ("sounds", &["timbre"]),
    ("domain", &["timbre"]),
    ("head", &["timbre"]),
    ("latent", &["timbre"]),
    ("notices", &["timbre"]),
];

/// Refuses an option that the call would ignore; `matches` are the matches of the call's command.
pub fn check(call: &Call, matches: &ArgMatches) -> Result<(), CliError> {
    match call {
        Call::Evaluate(arguments) => {
            check_tasks(matches, arguments.task, &EVALUATE)?;
            let has_one_model = matches!(arguments.task, TaskArgument::Sketch | TaskArgument::Files);
            if has_one_model && arguments.match_model.len() > 1 {
                return Err(CliError::NeedsOption {
                    option: "a second --match-model",
                    needed: "--task match",
                });
            }
            let has_key = matches.value_source("key") == Some(ValueSource::CommandLine);
            let is_target = matches!(arguments.task, TaskArgument::Target);
            if has_key && is_target && arguments.timbre.domain.is_none() {
                return Err(CliError::NeedsOption { option: "--key", needed: "--domain" });
            }
            Ok(())
        }
        Call::Train(arguments) => check_tasks(matches, arguments.task, &TRAIN),
        Call::Encode(arguments) if arguments.by == PlacedBy::Encoder && arguments.distance.is_some() => {
            Err(CliError::NeedsOption { option: "--distance", needed: "--by ear" })
        }
        _ => Ok(()),
    }
}

fn check_tasks(
    matches: &ArgMatches,
    task: impl ValueEnum,
    options: &[(&str, &[&str])],
) -> Result<(), CliError> {
    let task = task.to_possible_value();
    let name = task.as_ref().map_or("", |task| task.get_name());
    let is_ignored = |(field, tasks): &&(&str, &[&str])| {
        matches.value_source(field) == Some(ValueSource::CommandLine) && !tasks.contains(&name)
    };
    let Some((field, tasks)) = options.iter().find(is_ignored) else { return Ok(()) };
    let tasks = match tasks {
        [all @ .., last] if !all.is_empty() => format!("{} or {last}", all.join(", ")),
        tasks => tasks.concat(),
    };
    Err(CliError::OtherTask { option: format!("--{}", field.replace('_', "-")), tasks })
}
