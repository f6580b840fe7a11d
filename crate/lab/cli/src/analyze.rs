//! `latent-pad analyze`: the eight timbral descriptors of sound files.

use crate::arguments::AnalyzeArguments;
use crate::error::CliError;
use crate::output::{print, say, warn};
use crate::region_arguments::RegionArguments;
use crate::sound_input::read_measured_region;
use serde_json::{Map, Value, json};
use std::path::Path;
use timbre::{Descriptor, Descriptors};

/// Analyzes the files and prints the results, in the order of the arguments.
pub fn run(arguments: &AnalyzeArguments) -> Result<(), CliError> {
    let mut results = Vec::new();
    let mut failed = None;
    for path in &arguments.files {
        match analyze(path, &arguments.region) {
            Ok(descriptors) => results.push((path.display().to_string(), descriptors)),
            // The last error ends the call.
            Err(error) => failed.replace(error).into_iter().for_each(warn),
        }
    }
    if !results.is_empty() || failed.is_none() {
        show(arguments, &results)?;
    }
    failed.map_or(Ok(()), Err)
}

fn show(arguments: &AnalyzeArguments, results: &[(String, Descriptors)]) -> Result<(), CliError> {
    if arguments.json {
        print(&Value::Array(results.iter().map(|(file, descriptors)| as_json(file, descriptors)).collect()))
    } else if arguments.csv {
        let head = format!("file,{}", Descriptor::ALL.map(Descriptor::name).join(","));
        let line = |(file, descriptors): &(String, Descriptors)| {
            let values = Descriptor::ALL.map(|descriptor| descriptors.get(descriptor).to_string()).join(",");
            format!("{},{values}", quoted(file))
        };
        say(&std::iter::once(head).chain(results.iter().map(line)).collect::<Vec<_>>().join("\n"))
    } else {
        let words = results.iter().map(|(file, descriptors)| in_words(file, descriptors));
        say(&words.collect::<Vec<_>>().join("\n"))
    }
}

fn in_words(file: &str, descriptors: &Descriptors) -> String {
    let line = |descriptor: Descriptor| {
        let [low, high] = descriptor.ends();
        let value = descriptors.get(descriptor);
        let shown = match descriptor {
            Descriptor::Reverb => if value > 0.5 { "yes" } else { "no" }.to_owned(),
            _ => format!("{value:.1}"),
        };
        format!("  {:10} {shown:>6}  ({low} – {high})", descriptor.name())
    };
    format!("{file}\n{}", Descriptor::ALL.map(line).join("\n"))
}

fn analyze(path: &Path, region: &RegionArguments) -> Result<Descriptors, CliError> {
    let sound = read_measured_region(path, region)?;
    let result = match sound.channels.as_slice() {
        [mono] => timbre::analyze(mono, sound.sample_rate_hz),
        [left, right] => timbre::analyze_stereo(left, right, sound.sample_rate_hz),
        channels => {
            return Err(CliError::ManyChannels { path: path.to_owned(), channels: channels.len() });
        }
    };
    result.map_err(|source| CliError::Timbre { path: path.to_owned(), source })
}

fn as_json(file: &str, descriptors: &Descriptors) -> Value {
    let mut object = Map::new();
    object.insert("file".to_owned(), json!(file));
    for descriptor in Descriptor::SCALES {
        object.insert(descriptor.name().to_owned(), json!(descriptors.get(descriptor)));
    }
    object.insert(Descriptor::Reverb.name().to_owned(), json!(descriptors.reverb));
    Value::Object(object)
}

/// A field of a CSV line (RFC 4180).
fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}
