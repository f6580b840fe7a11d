//! `latent-pad train`: trains with a progress bar, and prints the figures of the choice.

use crate::arguments::TrainArguments;
use crate::error::CliError;
use crate::output::say;
use indicatif::{ProgressBar, ProgressStyle};

/// Trains, writes the model and prints its figures.
pub fn run(arguments: &TrainArguments) -> Result<(), CliError> {
    let options = train::TrainOptions {
        banks: arguments.banks.clone(),
        output: arguments.output.clone(),
        seed: arguments.seed,
        settings: if arguments.quick { train::Settings::quick() } else { train::Settings::full() },
    };
    let bar = ProgressBar::new(0).with_style(
        ProgressStyle::with_template("{elapsed_precise} {bar:30} {msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    bar.enable_steady_tick(std::time::Duration::from_secs(1));
    let report = train::train(&options, &|progress| {
        let train::TrainingProgress { stage, done, of } = progress;
        bar.set_length(of as u64);
        bar.set_position(done as u64);
        bar.set_message(stage.to_string());
    })?;
    bar.finish_and_clear();
    say(&report.to_string())
}
