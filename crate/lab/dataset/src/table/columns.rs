//! The columns of the table: their names and types in order, and the measured numbers. This crate's README describes
//! them; a test compares the two.

use features::spectrum::{BAND_COUNT, SEGMENT_COUNT};
use features::{AudioFeatures, SPECTRAL_COUNT};
use patch::Parameter;
use timbre::Descriptor;

/// The number of measured values: mel features, descriptors (reverb is 1 or 0), loudness.
pub const MEASURED_COUNT: usize = SPECTRAL_COUNT + Descriptor::ALL.len() + 1;

/// The measured values of a row, in the order of the columns; descriptors of silence are not-a-number.
pub type MeasuredValues = [f32; MEASURED_COUNT];

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// UTF-8.
    Text,
    /// 32-bit integer, may be null.
    OptionalInteger,
    /// 32-bit integer.
    Integer,
    /// 32-bit float.
    Real,
    /// 32-bit float, may be null.
    OptionalReal,
    /// True or false, may be null.
    OptionalTruth,
}

impl ColumnType {
    /// True if it may be null.
    pub(super) fn is_optional(self) -> bool {
        matches!(self, Self::OptionalInteger | Self::OptionalReal | Self::OptionalTruth)
    }
}

/// Names and types in order.
pub fn columns() -> Vec<(String, ColumnType)> {
    let mut columns = vec![
        ("bank".to_owned(), ColumnType::Text),
        ("index".to_owned(), ColumnType::Integer),
        ("name".to_owned(), ColumnType::Text),
        ("split".to_owned(), ColumnType::Text),
        ("paper_row".to_owned(), ColumnType::OptionalInteger),
    ];
    columns.extend(Parameter::ALL.map(|parameter| (parameter.name().to_owned(), ColumnType::Real)));
    for segment in 0..SEGMENT_COUNT {
        columns.extend((0..BAND_COUNT).map(|band| (format!("mel_{segment}_{band:02}_db"), ColumnType::Real)));
    }
    columns.push(("level_step".to_owned(), ColumnType::Real));
    columns.push(("mel_centroid".to_owned(), ColumnType::Real));
    columns.extend(Descriptor::SCALES.map(|scale| (scale.name().to_owned(), ColumnType::OptionalReal)));
    columns.push((Descriptor::Reverb.name().to_owned(), ColumnType::OptionalTruth));
    columns.push(("loudness_lufs".to_owned(), ColumnType::Real));
    columns
}

/// The features of a row, in the order of the columns.
pub fn measured_values(features: &AudioFeatures) -> MeasuredValues {
    let mut values = [f32::NAN; MEASURED_COUNT];
    values[..SPECTRAL_COUNT].copy_from_slice(&features.spectrum);
    if let Some(descriptors) = &features.descriptors {
        for (value, descriptor) in values[SPECTRAL_COUNT..].iter_mut().zip(Descriptor::ALL) {
            *value = descriptors.get(descriptor) as f32;
        }
    }
    values[MEASURED_COUNT - 1] = features.loudness_lufs as f32;
    values
}
