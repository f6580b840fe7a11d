//! `latent-pad encode`: a preset's place on the plane.

use crate::arguments::Encode;
use crate::error::CliError;
use crate::output::{number, print};
use serde_json::json;

/// Encodes and prints.
pub fn run(arguments: &Encode) -> Result<(), CliError> {
    let preset = arguments.preset.read()?;
    let path = &arguments.model;
    let onnx = std::fs::read(path).map_err(CliError::read_model(path))?;
    let mut encoder = latent::Encoder::from_onnx(&onnx).map_err(CliError::model(path))?;
    let encoding = encoder.encode(&preset.patch).map_err(CliError::model(path))?;
    print(&json!({
        "mean": encoding.mean.map(number),
        "logvar": encoding.log_variance.map(number),
    }));
    Ok(())
}
