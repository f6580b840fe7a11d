//! What an ONNX file must say of itself to be our decoder or encoder. The writer takes the metadata
//! from here and the reader checks them here, so that a model is never played with the columns of
//! another. Nobody else writes a key or a port name.

use crate::ModelError;
use crate::onnx::{ModelProto, StringStringEntryProto, ValueInfoProto};
use patch::encoding::{COLUMN_COUNT, CONTINUOUS, FIXED, column_names};
use plane::excerpt;
use std::fmt::Display;

/// Value of the key `version`: changes when a file of before would be misread.
pub const VERSION: &str = "1";
/// The latent square is [-`LATENT_LIMIT`, `LATENT_LIMIT`]².
pub const LATENT_LIMIT: f32 = 4.0;
/// Value of the key `heard`: which features a listening encoder wants. To be changed with the features.
const HEARD_FEATURES: &str = "mel 32 x 5 + level step + centroid + judged + 7 timbral scales";
/// Number of latent coordinates.
pub const LATENT_COUNT: usize = 2;

/// Input of the decoder, shape [1, 2].
pub const LATENT: &str = "latent";
/// Output of the decoder and input of an encoder that does not listen, shape [1, 56]: 27 numbers of
/// 0…1, then class logits (decoder) or one-hot classes (encoder); the order is
/// `patch::encoding::column_names`.
pub const COLUMNS: &str = "columns";
/// Input of an encoder that listens, shape [1, 170]: what crate `ear` measures, `ear::Heard::numbers`.
pub const HEARD: &str = "heard";
/// How many numbers tell of a sound.
pub const HEARD_COUNT: usize = 170;
/// First output of the encoder, shape [1, 2].
pub const MEAN: &str = "mean";
/// Second output of the encoder, shape [1, 2].
pub const LOG_VARIANCE: &str = "log_variance";

/// Which of the two networks a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Latent point → columns.
    Decoder,
    /// Columns → latent point.
    Encoder,
    /// What a patch sounds like → latent point.
    ListeningEncoder,
}

impl Kind {
    /// Names and lengths of the inputs; each has shape [1, length].
    pub fn inputs(self) -> &'static [(&'static str, usize)] {
        match self {
            Self::Decoder => &[(LATENT, LATENT_COUNT)],
            Self::Encoder => &[(COLUMNS, COLUMN_COUNT)],
            Self::ListeningEncoder => &[(HEARD, HEARD_COUNT)],
        }
    }

    /// Names and lengths of the outputs; each has shape [1, length].
    pub fn outputs(self) -> &'static [(&'static str, usize)] {
        match self {
            Self::Decoder => &[(COLUMNS, COLUMN_COUNT)],
            Self::Encoder | Self::ListeningEncoder => &[(MEAN, LATENT_COUNT), (LOG_VARIANCE, LATENT_COUNT)],
        }
    }

    fn format(self) -> &'static str {
        match self {
            Self::Decoder => "latent-pad decoder",
            Self::Encoder | Self::ListeningEncoder => "latent-pad encoder",
        }
    }
}

/// The entries that every file of `kind` must carry. A writer may append others under other keys
/// (seed, banks, figures of the training, licence); they are not checked.
pub fn metadata(kind: Kind) -> Vec<StringStringEntryProto> {
    entries(kind).into_iter().map(|(key, value)| StringStringEntryProto::new(key, value)).collect()
}

/// Checks metadata, inputs and outputs of a file.
///
/// # Errors
/// Names the first key or port that differs, with what was found and what is expected.
pub fn check(model: &ModelProto, kind: Kind) -> Result<(), ModelError> {
    for (key, expected) in entries(kind) {
        let Some(entry) = model.metadata_props.iter().find(|entry| entry.key == key) else {
            return Err(ModelError::MetadataMissing { key, expected: excerpt::name(&expected) });
        };
        compare(key, &entry.value, &expected)?;
    }
    let graph = model.graph.as_ref().ok_or_else(|| ModelError::Graph("there is none".to_owned()))?;
    check_ports("input", &graph.input, kind.inputs())?;
    check_ports("output", &graph.output, kind.outputs())
}

fn entries(kind: Kind) -> Vec<(&'static str, String)> {
    let mut entries = vec![
        ("format", kind.format().to_owned()),
        ("version", VERSION.to_owned()),
        ("columns", column_names().join(",")),
        ("minimum", joined(CONTINUOUS.iter().map(|parameter| parameter.info().min))),
        ("maximum", joined(CONTINUOUS.iter().map(|parameter| parameter.info().max))),
        ("fixed", joined(FIXED.iter().map(|(parameter, value)| format!("{}={value}", parameter.name())))),
        ("latent_range", joined([-LATENT_LIMIT, LATENT_LIMIT])),
    ];
    if kind == Kind::ListeningEncoder {
        entries.push((HEARD, HEARD_FEATURES.to_owned()));
    }
    entries
}

fn joined(items: impl IntoIterator<Item = impl Display>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(",")
}

/// Lists are compared item by item, so that the message shows the one that differs and not 56.
fn compare(key: &'static str, found: &str, expected: &str) -> Result<(), ModelError> {
    let error = |key: String, found: &str, expected: &str| {
        Err(ModelError::Metadata { key, found: excerpt::name(found), expected: excerpt::name(expected) })
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
    found: &[ValueInfoProto],
    expected: &[(&str, usize)],
) -> Result<(), ModelError> {
    let matches = found.len() == expected.len()
        && found.iter().zip(expected).all(|(port, &(name, length))| {
            port.name == name && port.float_shape() == Some(vec![Some(1), Some(length as i64)])
        });
    if matches {
        return Ok(());
    }
    let size = |size: Option<i64>| size.map_or("?".to_owned(), |size| size.to_string());
    let found = found.iter().map(|port| match port.float_shape() {
        Some(shape) => format!("{} [{}]", port.name, joined(shape.into_iter().map(size))),
        None => format!("{} (not a float tensor)", port.name),
    });
    let expected = expected.iter().map(|(name, length)| format!("{name} [1,{length}]"));
    Err(ModelError::Port { place, found: excerpt::name(&joined(found)), expected: joined(expected) })
}
