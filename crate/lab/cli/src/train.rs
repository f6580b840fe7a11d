//! `latent-pad train`: trains with a progress bar, and prints the figures of the choice.

use crate::arguments::{TrainArguments, TrainingTask};
use crate::error::CliError;
use crate::model::known_presets;
use crate::output::{check_name, say};
use crate::preset_source::warn_of_lossy_banks;
use crate::timbre_training;
use indicatif::{ProgressBar, ProgressStyle};
use train::TrainingProgress;
use train::sound_to_patch::{MatchTraining, train_matching};

/// Trains, writes the model and prints its figures.
pub fn run(arguments: &TrainArguments) -> Result<(), CliError> {
    check_name(&arguments.output)?;
    let bar = ProgressBar::new(0).with_style(
        ProgressStyle::with_template("{elapsed_precise} {bar:30} {msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    bar.enable_steady_tick(std::time::Duration::from_secs(1));
    let progress = |progress: TrainingProgress| {
        let TrainingProgress { stage, done, of } = progress;
        bar.set_length(of as u64);
        bar.set_position(done as u64);
        bar.set_message(stage.to_string());
    };
    if arguments.task == TrainingTask::Timbre {
        let figures = timbre_training::run(arguments, &progress)?;
        bar.finish_and_clear();
        return say(&figures);
    }
    let banks = arguments.banks.clone().ok_or(CliError::NoBanksNamed)?;
    warn_of_lossy_banks(&banks);
    if arguments.task == TrainingTask::Match {
        let options = MatchTraining {
            banks,
            // The same lookup as that of `match` and `sketch`.
            axes: known_presets()?.1,
            output: arguments.output.clone(),
            seed: arguments.seed,
            model: arguments.model,
            is_quick: arguments.quick,
        };
        let trained = train_matching(&options, &progress)?;
        bar.finish_and_clear();
        return say(&format!("{} (seed {}): {}", options.model, options.seed, trained.figures));
    }
    let options = train::TrainOptions {
        banks,
        output: arguments.output.clone(),
        seed: arguments.seed,
        settings: if arguments.quick { train::Settings::quick() } else { train::Settings::full() },
    };
    let report = train::train(&options, &progress)?;
    bar.finish_and_clear();
    say(&report.to_string())
}
