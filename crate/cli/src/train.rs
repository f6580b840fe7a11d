//! `latent-pad train`: the training with a progress bar, and its figures at the end.

use crate::arguments::Train;
use crate::error::CliError;
use indicatif::{ProgressBar, ProgressStyle};

/// Trains, writes the model and prints its figures.
pub fn run(arguments: &Train) -> Result<(), CliError> {
    let options = train::Options {
        banks: arguments.banks.clone(),
        output: arguments.output.clone(),
        seed: arguments.seed,
        ..train::Options::default()
    };
    let bar = ProgressBar::new(0).with_style(
        ProgressStyle::with_template("{bar:40} epoch {pos}/{len}, {eta} left, {msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let report = train::train(&options, &mut |progress| {
        bar.set_length(progress.epochs as u64);
        bar.set_position(progress.epoch as u64);
        bar.set_message(format!("loss {:.4}", progress.loss));
    })?;
    bar.finish_and_clear();
    println!("{report}");
    Ok(())
}
