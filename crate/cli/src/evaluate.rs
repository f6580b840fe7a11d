//! `latent-pad evaluate`: the figures of a model as a table or as JSON.

use crate::arguments::{Evaluate, Layout, Protocol, Rows};
use crate::error::CliError;
use crate::output::print;
use crate::progress::{advance, bar};
use ::evaluate::{Choice, Model, Options, evaluate};
use std::path::{Path, PathBuf};

/// Evaluates and prints.
pub fn run(arguments: &Evaluate) -> Result<(), CliError> {
    let decoder = &arguments.model;
    let encoder = encoder_beside(decoder);
    let [decoder_file, encoder_file] =
        [decoder, &encoder].map(|path| std::fs::read(path).map_err(CliError::read_model(path)));
    let layout = match arguments.layout {
        Layout::Ours => ::evaluate::Layout::Ours,
        Layout::Paper => ::evaluate::Layout::Paper,
    };
    let mut model =
        Model::from_onnx(&decoder_file?, &encoder_file?, layout).map_err(CliError::model(decoder))?;
    let options = Options {
        banks: arguments.banks.clone(),
        protocol: match arguments.protocol {
            Protocol::Clean => ::evaluate::Protocol::Clean,
            Protocol::Paper => ::evaluate::Protocol::Paper,
        },
        choice: match arguments.rows {
            Rows::Validation => Choice::Validation,
            Rows::Test => Choice::Test,
            Rows::Unseen => Choice::Unseen,
        },
    };
    let bar = bar("");
    let report = evaluate(&mut model, &options, |what, of, done| advance(&bar, what, of, done))?;
    bar.finish_and_clear();
    if arguments.json {
        print(&serde_json::to_value(&report).map_err(CliError::Figures)?);
    } else {
        println!("{report}");
    }
    Ok(())
}

/// The encoder's file: that of the decoder with the other word in its name.
fn encoder_beside(decoder: &Path) -> PathBuf {
    let name = decoder.file_name().unwrap_or_default().to_string_lossy().replace("decoder", "encoder");
    decoder.with_file_name(name)
}
