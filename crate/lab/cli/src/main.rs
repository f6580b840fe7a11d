//! The native command `latent-pad`: reads its arguments, runs one file per command, and prints an error as one
//! sentence. The exit code is 0 if the command is done, 1 after an error, 2 after wrong usage.
#![forbid(unsafe_code)]

mod analyze;
mod arguments;
mod codebook;
mod contour;
mod conventions;
mod dataset;
mod decode;
mod distinct_names;
mod encode;
mod error;
mod evaluate;
mod evaluate_arguments;
mod file_choice;
mod file_evaluation;
mod interpolation;
mod interpolation_arguments;
mod learned;
mod macro_arguments;
mod macro_control;
mod map;
mod markdown_help;
mod match_arguments;
mod match_sound;
mod model;
mod named_files;
mod negative_numbers;
mod notes;
mod null;
mod output;
mod path_arguments;
mod path_checks;
mod path_file;
mod path_sound;
mod picture;
mod place;
mod plane_sounds;
mod preset_source;
mod progress;
mod region_arguments;
mod remark_words;
mod render;
mod show;
mod sketch;
mod sketch_arguments;
mod sound_input;
mod sound_words;
mod target;
mod target_instrument;
mod task_options;
mod timbre;
mod timbre_arguments;
mod timbre_contours;
mod timbre_evaluation;
mod timbre_feedback;
mod timbre_files;
mod timbre_plane;
mod timbre_training;
mod train;
mod tuning;
mod value_parsers;

use arguments::{Call, CommandLine};
use clap::{ArgMatches, Command, CommandFactory, FromArgMatches};
use error::CliError;
use std::process::ExitCode;

/// Each rendered sound allocates some megabytes; the system's allocator returns them to the kernel every time, which
/// costs a fifth of the time of a map.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let words = negative_numbers::spelled_out(std::env::args_os());
    let matches = lenient(CommandLine::command()).get_matches_from(words);
    let line = CommandLine::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match matches.subcommand().map_or(Ok(()), |(_, own)| run(line.call, own)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::warn(&error);
            if error.is_wrong_usage() { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}

/// Every option takes a negative number, so that one out of its range gets an error about the range.
fn lenient(command: Command) -> Command {
    let takes_value =
        |argument: &clap::Arg| argument.get_action().takes_values() && !argument.is_positional();
    command
        .mut_args(
            |argument| {
                if takes_value(&argument) { argument.allow_negative_numbers(true) } else { argument }
            },
        )
        .mut_subcommands(lenient)
}

/// Runs a call; `matches` are those of its command.
fn run(call: Call, matches: &ArgMatches) -> Result<(), CliError> {
    task_options::check(&call, matches)?;
    match call {
        Call::Render(arguments) => render::run(&arguments),
        Call::Decode(arguments) => decode::run(&arguments),
        Call::Encode(arguments) => encode::run(&arguments),
        Call::Show(arguments) => show::run(&arguments),
        Call::Train(arguments) => train::run(&arguments),
        Call::Analyze(arguments) => analyze::run(&arguments),
        Call::Dataset(arguments) => dataset::run(&arguments),
        Call::Place(arguments) => place::run(&arguments),
        Call::Evaluate(arguments) => evaluate::run(&arguments),
        Call::Map(arguments) => map::run(&arguments),
        Call::Match(arguments) => match_sound::run(&arguments),
        Call::Macro(arguments) => macro_control::run(&arguments),
        Call::Interpolate(arguments) => interpolation::run(&arguments),
        Call::Sketch(arguments) => sketch::run(&arguments),
        Call::Target(arguments) => target::run(&arguments),
        Call::Path(arguments) => path_file::run(&arguments),
        Call::Codebook(arguments) => codebook::run(&arguments),
        Call::Timbre(arguments) => timbre::run(&arguments),
        Call::Null(arguments) => null::run(&arguments),
        Call::AmsynthHost => {
            reference::serve(std::io::stdin().lock(), std::io::stdout().lock()).map_err(Into::into)
        }
        Call::MarkdownHelp => markdown_help::run(),
    }
}
