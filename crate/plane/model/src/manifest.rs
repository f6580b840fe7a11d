//! The manifest of a model file: kind and version, inputs and outputs, the columns of a patch with their
//! normalisation, and provenance. Writers and readers both use it, so that a model is never played with the columns
//! of another. Knows no particular kind: those are in `kinds`. No other code writes or reads a key.

use crate::ModelError;
use crate::onnx::{GraphProto, ModelProto, StringStringEntryProto, ValueInfoProto};
use patch::encoding::{CONTINUOUS, FIXED, column_names};
use plane::{LATENT_LIMIT, excerpt};
use std::fmt::{self, Display, Formatter};

/// Most bytes of a value, and most entries: ours have 700 and 10. Longer ones are rejected before parsing, since the
/// audio thread's memory does not grow.
const VALUE_LIMIT_BYTES: usize = 16_384;
const ENTRY_LIMIT: usize = 64;
/// The most ports to read, more than any kind has.
const PORT_LIMIT: usize = 8;

/// The statements of a model file. A kind's own manifest has the required values; where it is empty (an empty text or
/// list, `None`), a file may have any value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manifest {
    /// Key `format`: which kind of model this is.
    pub format: String,
    /// Key `version`: changes when an older file would be misread.
    pub version: String,
    /// The inputs of the network.
    pub inputs: Vec<Port>,
    /// The outputs of the network.
    pub outputs: Vec<Port>,
    /// Key `columns`: names of a patch's columns.
    pub columns: Vec<String>,
    /// Key `minimum`: the stored value of each continuous column at 0.
    pub minimum: Vec<f32>,
    /// Key `maximum`: the stored value of each continuous column at 1.
    pub maximum: Vec<f32>,
    /// Key `fixed`: parameters without a column, each with its value as `name=value`.
    pub fixed: Vec<String>,
    /// Key `latent_range`: least and greatest latent coordinate.
    pub latent_range: Vec<f32>,
    /// Key `source`: what the model was trained on, in words. Optional.
    pub source: Option<String>,
    /// Key `licence`: SPDX expression of the terms of use. Optional.
    pub licence: Option<String>,
    /// Any other keys: first the keys that a kind requires, then the keys that a writer adds. Values are compared as
    /// text ("1" is not "1.0"); an empty one is neither written nor required.
    pub other: Vec<(String, String)>,
}

/// An input or output of a network.
#[derive(Clone, Debug, PartialEq)]
pub struct Port {
    /// Its name in the graph.
    pub name: String,
    /// Sizes of its dimensions, `None` for a free one; no list if it is not a tensor of floats.
    pub shape: Option<Vec<Option<i64>>>,
}

impl Port {
    /// One row of `length` floats: shape [1, `length`].
    pub fn row(name: &str, length: usize) -> Self {
        Self { name: name.to_owned(), shape: Some(vec![Some(1), Some(length as i64)]) }
    }

    fn read(info: &ValueInfoProto) -> Self {
        Self { name: info.name.clone(), shape: info.float_shape() }
    }

    fn write(&self) -> ValueInfoProto {
        let sizes = self.shape.iter().flatten().map(|size| size.unwrap_or(1) as usize);
        ValueInfoProto::new(&self.name, &sizes.collect::<Vec<_>>())
    }
}

impl Display for Port {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let size = |size: &Option<i64>| size.map_or("?".to_owned(), |size| size.to_string());
        match &self.shape {
            Some(shape) => write!(f, "{} [{}]", self.name, joined(shape.iter().map(size))),
            None => write!(f, "{} (not a float tensor)", self.name),
        }
    }
}

impl Manifest {
    /// The statements about patches and the plane that every kind shares that reads or computes them.
    pub fn of_patches() -> Self {
        Self {
            columns: column_names().into(),
            minimum: CONTINUOUS.iter().map(|parameter| parameter.info().min).collect(),
            maximum: CONTINUOUS.iter().map(|parameter| parameter.info().max).collect(),
            fixed: FIXED.iter().map(|(parameter, value)| format!("{}={value}", parameter.name())).collect(),
            latent_range: vec![-LATENT_LIMIT, LATENT_LIMIT],
            ..Self::default()
        }
    }

    /// The statements of a file; nothing is compared yet. Errors advise `remedy`, the kind's
    /// [`REMEDY`](crate::ModelKind::REMEDY).
    ///
    /// # Errors
    /// If the file holds no graph, an entry is far too long, or a list of numbers has an item that is not a number.
    pub fn read(file: &ModelProto, remedy: &'static str) -> Result<Self, ModelError> {
        let graph = file.graph.as_ref().ok_or_else(|| ModelError::Graph("there is none".to_owned()))?;
        let ports = |ports: &[ValueInfoProto]| ports.iter().take(PORT_LIMIT).map(Port::read).collect();
        let mut manifest =
            Self { inputs: ports(&graph.input), outputs: ports(&graph.output), ..Self::default() };
        if file.metadata_props.len() > ENTRY_LIMIT {
            let found = format!("{} entries", file.metadata_props.len());
            return Err(too_long("metadata", found, ENTRY_LIMIT, remedy));
        }
        for StringStringEntryProto { key, value } in &file.metadata_props {
            if key.len() + value.len() > VALUE_LIMIT_BYTES {
                let found = format!("{} bytes", value.len());
                return Err(too_long(key, found, VALUE_LIMIT_BYTES, remedy));
            }
            match key.as_str() {
                "format" => manifest.format.clone_from(value),
                "version" => manifest.version.clone_from(value),
                "columns" => manifest.columns = items(value),
                "minimum" => manifest.minimum = numbers(key, value, remedy)?,
                "maximum" => manifest.maximum = numbers(key, value, remedy)?,
                "fixed" => manifest.fixed = items(value),
                "latent_range" => manifest.latent_range = numbers(key, value, remedy)?,
                "source" => manifest.source = Some(value.clone()),
                "licence" => manifest.licence = Some(value.clone()),
                _ => manifest.other.push((key.clone(), value.clone())),
            }
        }
        Ok(manifest)
    }

    /// Compares a file's statements with the statements that its kind requires. Errors advise `remedy`, the kind's
    /// [`REMEDY`](crate::ModelKind::REMEDY).
    ///
    /// # Errors
    /// Names the first key or port that differs, with what was found and what is expected.
    pub fn check(&self, expected: &Self, remedy: &'static str) -> Result<(), ModelError> {
        let found = self.entries();
        for (key, expected) in expected.entries() {
            let Some((_, found)) = found.iter().find(|(other, _)| *other == key) else {
                return Err(ModelError::MetadataMissing {
                    key: key.to_owned(),
                    expected: excerpt::name(&expected),
                    remedy,
                });
            };
            compare(key, found, &expected, remedy)?;
        }
        check_ports("input", &self.inputs, &expected.inputs, remedy)?;
        check_ports("output", &self.outputs, &expected.outputs, remedy)
    }

    /// A file of a graph with this manifest; the graph's ports become those of the manifest.
    pub fn into_file(self, graph: GraphProto) -> ModelProto {
        let ports = |ports: &[Port]| ports.iter().map(Port::write).collect();
        let graph = GraphProto { input: ports(&self.inputs), output: ports(&self.outputs), ..graph };
        let entries = self.entries().into_iter();
        ModelProto::new(graph, entries.map(|(key, value)| StringStringEntryProto::new(key, value)).collect())
    }

    /// Non-empty keys and values in the order of writing.
    fn entries(&self) -> Vec<(&str, String)> {
        let mut entries = vec![
            ("format", self.format.clone()),
            ("version", self.version.clone()),
            ("columns", self.columns.join(",")),
            ("minimum", joined(&self.minimum)),
            ("maximum", joined(&self.maximum)),
            ("fixed", self.fixed.join(",")),
            ("latent_range", joined(&self.latent_range)),
        ];
        entries.extend(self.other.iter().map(|(key, value)| (key.as_str(), value.clone())));
        entries.extend(self.source.iter().map(|source| ("source", source.clone())));
        entries.extend(self.licence.iter().map(|licence| ("licence", licence.clone())));
        entries.retain(|(_, value)| !value.is_empty());
        entries
    }
}

fn too_long(key: &str, found: String, limit: usize, remedy: &'static str) -> ModelError {
    ModelError::Metadata { key: excerpt::name(key), found, expected: format!("at most {limit}"), remedy }
}

fn items(value: &str) -> Vec<String> {
    value.split(',').map(str::to_owned).collect()
}

fn numbers(key: &str, value: &str, remedy: &'static str) -> Result<Vec<f32>, ModelError> {
    let number = |(index, item): (usize, &str)| {
        item.parse().map_err(|_| ModelError::Metadata {
            key: format!("{key}[{index}]"),
            found: excerpt::name(item),
            expected: "a number".to_owned(),
            remedy,
        })
    };
    value.split(',').enumerate().map(number).collect()
}

fn joined(items: impl IntoIterator<Item = impl Display>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(",")
}

/// Compares lists item by item, so that the message shows the item that differs and not all 56.
fn compare(key: &str, found: &str, expected: &str, remedy: &'static str) -> Result<(), ModelError> {
    let error = |key: String, found: &str, expected: &str| {
        Err(ModelError::Metadata {
            key,
            found: excerpt::name(found),
            expected: excerpt::name(expected),
            remedy,
        })
    };
    let counts = (found.split(',').count(), expected.split(',').count());
    if counts.0 != counts.1 {
        let items = |count: usize| format!("{count} items");
        return error(key.to_owned(), &items(counts.0), &items(counts.1));
    }
    for (index, (found, expected)) in found.split(',').zip(expected.split(',')).enumerate() {
        if found != expected {
            let place = if counts.1 == 1 { key.to_owned() } else { format!("{key}[{index}]") };
            return error(place, found, expected);
        }
    }
    Ok(())
}

fn check_ports(
    place: &'static str,
    found: &[Port],
    expected: &[Port],
    remedy: &'static str,
) -> Result<(), ModelError> {
    if found == expected {
        return Ok(());
    }
    Err(ModelError::Port { place, found: excerpt::name(&joined(found)), expected: joined(expected), remedy })
}
