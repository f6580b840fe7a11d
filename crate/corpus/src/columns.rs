//! The columns of the table: their names and types in order, and the numbers that come from hearing.
//! Described for readers in this crate's README; a test compares the two.

use ear::spectrum::{BAND_COUNT, SEGMENT_COUNT};
use ear::{FEATURE_COUNT, Heard};
use patch::Parameter;
use timbre::Descriptor;

/// Numbers kept of what was heard: features, descriptors (reverb is 1 or 0), loudness.
pub const HEARD_COUNT: usize = FEATURE_COUNT + Descriptor::ALL.len() + 1;

/// What was heard of a row, in the order of the columns; descriptors of silence are not-a-number.
pub type HeardNumbers = [f32; HEARD_COUNT];

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
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

/// Names and types in order.
pub fn columns() -> Vec<(String, Kind)> {
    let mut columns = vec![
        ("bank".to_owned(), Kind::Text),
        ("index".to_owned(), Kind::Integer),
        ("name".to_owned(), Kind::Text),
        ("split".to_owned(), Kind::Text),
        ("paper_row".to_owned(), Kind::OptionalInteger),
    ];
    columns.extend(Parameter::ALL.map(|parameter| (parameter.name().to_owned(), Kind::Real)));
    for segment in 0..SEGMENT_COUNT {
        columns.extend((0..BAND_COUNT).map(|band| (format!("mel_{segment}_{band:02}_db"), Kind::Real)));
    }
    columns.push(("level_step".to_owned(), Kind::Real));
    columns.push(("mel_centroid".to_owned(), Kind::Real));
    columns.extend(Descriptor::SCALES.map(|scale| (scale.name().to_owned(), Kind::OptionalReal)));
    columns.push((Descriptor::Reverb.name().to_owned(), Kind::OptionalTruth));
    columns.push(("loudness_lufs".to_owned(), Kind::Real));
    columns
}

/// What was heard, in the order of the columns.
pub fn numbers(heard: &Heard) -> HeardNumbers {
    let mut numbers = [f32::NAN; HEARD_COUNT];
    numbers[..FEATURE_COUNT].copy_from_slice(&heard.features);
    if let Some(descriptors) = &heard.descriptors {
        for (number, descriptor) in numbers[FEATURE_COUNT..].iter_mut().zip(Descriptor::ALL) {
            *number = descriptors.get(descriptor) as f32;
        }
    }
    numbers[HEARD_COUNT - 1] = heard.loudness_lufs as f32;
    numbers
}
