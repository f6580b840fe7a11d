//! `latent-pad decode`: decodes a point of the plane to a patch, or to the network's own output.

use crate::arguments::DecodeArguments;
use crate::error::CliError;
use crate::model::ModelFile;
use crate::named_files::NamedFiles;
use crate::output::{number, patch_json, print, warn, write_whole};
use model::PatchDecoder;
use patch::Preset;
use patch::file::write_preset;
use plane::{LATENT_LIMIT, Point};
use serde_json::Value;

/// Decodes and prints or writes.
pub fn run(arguments: &DecodeArguments) -> Result<(), CliError> {
    NamedFiles::default()
        .model("--model", ModelFile::Decoder, arguments.model.as_deref())
        .write("-o", arguments.output.as_deref())
        .check()?;
    let point = Point { x: arguments.x, y: arguments.y };
    let (path, onnx) = ModelFile::Decoder.read(arguments.model.as_deref())?;
    let path = &path;
    if arguments.raw {
        let outputs = model::generic::run(&onnx, &[&[point.x, point.y]]).map_err(CliError::model(path))?;
        let array = |numbers: &Vec<f32>| Value::Array(numbers.iter().map(|&value| number(value)).collect());
        // A network with one output, as decoders have, prints one array.
        return match outputs.as_slice() {
            [output] => print(&array(output)),
            outputs => print(&Value::Array(outputs.iter().map(array).collect())),
        };
    }
    if !point.is_on_plane() {
        warn(format_args!("the map ends at ±{LATENT_LIMIT}; beyond it the model has learned nothing"));
    }
    let mut decoder = PatchDecoder::from_onnx(&onnx).map_err(CliError::model(path))?;
    let patch = decoder.decode(point).map_err(CliError::model(path))?;
    let Some(output) = &arguments.output else {
        return print(&patch_json(&patch));
    };
    let name = format!("latent {:.2} {:.2}", arguments.x, arguments.y);
    let text = write_preset(&Preset { name, patch });
    write_whole(output, |file| file.write_all(text.as_bytes()).map_err(CliError::write(output)))
}
