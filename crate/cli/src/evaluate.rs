//! `latent-pad evaluate`: the figures of a model as a table or as JSON.

use crate::arguments::{EvaluateArguments, LayoutArgument, ProtocolArgument, RowsArgument, TaskArgument};
use crate::error::CliError;
use crate::learned;
use crate::model::{ModelFile, encoder_beside};
use crate::output::{print, say, warn};
use crate::progress::{advance, bar};
use ::evaluate::{
    EvaluateOptions, EvaluatedModel, LoadError, MatchOptions, ModelLayout, Protocol, RowSet, evaluate,
    evaluate_matching,
};
use matching::MatchSettings;

/// Evaluates and prints.
pub fn run(arguments: &EvaluateArguments) -> Result<(), CliError> {
    if arguments.task == TaskArgument::Match {
        return run_matching(arguments);
    }
    let named = arguments.model.as_deref();
    let (decoder, decoder_file) = ModelFile::Decoder.read(named)?;
    let (encoder, encoder_file) = ModelFile::Encoder.read(named.map(encoder_beside).as_deref())?;
    let layout = match arguments.layout {
        LayoutArgument::Ours => ModelLayout::Ours,
        LayoutArgument::Paper => ModelLayout::Paper,
    };
    let mut model =
        EvaluatedModel::from_onnx(&decoder_file, &encoder_file, layout).map_err(|error| match error {
            LoadError::Decoder(source) => CliError::model(&decoder)(source),
            LoadError::Encoder(source) => CliError::model(&encoder)(source),
        })?;
    // The published networks have no training.json; their training rows are the paper's.
    if arguments.layout == LayoutArgument::Ours
        && let Some(warning) = learned::warning(named, &decoder_file, &arguments.banks)?
    {
        warn(warning);
    }
    let options = EvaluateOptions {
        banks: arguments.banks.clone(),
        protocol: match arguments.protocol {
            ProtocolArgument::Clean => Protocol::Clean,
            ProtocolArgument::Paper => Protocol::Paper,
        },
        row_sets: arguments.rows.iter().copied().map(row_set).collect(),
    };
    let bar = bar("");
    let reports = evaluate(&mut model, &options, |what, of, done| advance(&bar, what, of, done))?;
    bar.finish_and_clear();
    if arguments.json {
        print(&serde_json::to_value(&reports).map_err(CliError::Figures)?)
    } else {
        say(&reports.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n\n\n"))
    }
}

fn run_matching(arguments: &EvaluateArguments) -> Result<(), CliError> {
    let options = MatchOptions {
        banks: arguments.banks.clone(),
        row_sets: arguments.rows.iter().copied().map(row_set).collect(),
        renders: rising(&arguments.renders),
        seed: MatchSettings::default().seed,
    };
    let bar = bar("");
    let reports = evaluate_matching(&options, |what, of, done| advance(&bar, what, of, done))?;
    bar.finish_and_clear();
    if arguments.json {
        print(&serde_json::to_value(&reports).map_err(CliError::Figures)?)
    } else {
        say(&reports.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n\n\n"))
    }
}

fn rising(numbers: &[u32]) -> Vec<u32> {
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn row_set(rows: RowsArgument) -> RowSet {
    match rows {
        RowsArgument::Validation => RowSet::Validation,
        RowsArgument::Test => RowSet::Test,
        RowsArgument::Unseen => RowSet::Unseen,
    }
}
