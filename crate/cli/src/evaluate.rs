//! `latent-pad evaluate`: the figures of a model as a table or as JSON.

use crate::arguments::{Evaluate, Layout, Protocol, Rows};
use crate::error::CliError;
use crate::learned;
use crate::model::{Part, encoder_beside};
use crate::output::{print, say, warn};
use crate::progress::{advance, bar};
use ::evaluate::{Choice, LoadError, Model, Options, evaluate};

/// Evaluates and prints.
pub fn run(arguments: &Evaluate) -> Result<(), CliError> {
    let named = arguments.model.as_deref();
    let (decoder, decoder_file) = Part::Decoder.read(named)?;
    let (encoder, encoder_file) = Part::Encoder.read(named.map(encoder_beside).as_deref())?;
    let layout = match arguments.layout {
        Layout::Ours => ::evaluate::Layout::Ours,
        Layout::Paper => ::evaluate::Layout::Paper,
    };
    let mut model = Model::from_onnx(&decoder_file, &encoder_file, layout).map_err(|error| match error {
        LoadError::Decoder(source) => CliError::model(&decoder)(source),
        LoadError::Encoder(source) => CliError::model(&encoder)(source),
    })?;
    // The published networks never come with what they learned; it was the paper's rows.
    if arguments.layout == Layout::Ours
        && let Some(warning) = learned::warning(named, &decoder_file, &arguments.banks)?
    {
        warn(warning);
    }
    let options = Options {
        banks: arguments.banks.clone(),
        protocol: match arguments.protocol {
            Protocol::Clean => ::evaluate::Protocol::Clean,
            Protocol::Paper => ::evaluate::Protocol::Paper,
        },
        choices: arguments.rows.iter().copied().map(choice).collect(),
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

fn choice(rows: Rows) -> Choice {
    match rows {
        Rows::Validation => Choice::Validation,
        Rows::Test => Choice::Test,
        Rows::Unseen => Choice::Unseen,
    }
}
