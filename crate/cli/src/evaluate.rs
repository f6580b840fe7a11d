//! `latent-pad evaluate`: the figures of a model as a table or as JSON.

use crate::arguments::{EvaluateArguments, LayoutArgument, ProtocolArgument, RowsArgument};
use crate::error::CliError;
use crate::learned;
use crate::model::{ModelFile, encoder_beside};
use crate::output::{print, say, warn};
use crate::progress::{advance, bar};
use ::evaluate::{EvaluateOptions, EvaluatedModel, LoadError, ModelLayout, Protocol, RowSet, evaluate};

/// Evaluates and prints.
pub fn run(arguments: &EvaluateArguments) -> Result<(), CliError> {
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

fn row_set(rows: RowsArgument) -> RowSet {
    match rows {
        RowsArgument::Validation => RowSet::Validation,
        RowsArgument::Test => RowSet::Test,
        RowsArgument::Unseen => RowSet::Unseen,
    }
}
