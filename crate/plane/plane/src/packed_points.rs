//! The coordinates of a packed table, which the site serves because it is a smaller download: whole steps, written as
//! text. `build/coordinates.mjs` packs.

use crate::coordinates_error::CoordinatesError;
use serde::Deserializer;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserialize, Error, SeqAccess, Visitor};
use std::fmt;

/// Steps in a unit of the plane: the file has two decimals.
const STEPS: f32 = 100.0;
/// Steps from the middle of the plane to its edge.
const MIDDLE: i32 = 400;
/// A second digit counts so many times more than the first.
const BASE: i32 = 32;

/// Reads a column of coordinates: a list of numbers, or a text for [`numbers`].
///
/// # Errors
/// If they are neither.
pub fn values<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<f32>, D::Error> {
    deserializer.deserialize_any(ColumnVisitor)
}

struct ColumnVisitor;

impl<'de> Visitor<'de> for ColumnVisitor {
    type Value = Vec<f32>;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a list of numbers or a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Vec<f32>, E> {
        numbers(text.as_bytes()).ok_or_else(|| E::custom(CoordinatesError::Text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Vec<f32>, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list))
    }
}

/// The numbers of a text; `None` if it is damaged. Its first half has the first digit of each number, its second half
/// the second; the digits begin at `#`.
fn numbers(text: &[u8]) -> Option<Vec<f32>> {
    let (first, second) = text.split_at(text.len() / 2);
    let digit = |byte: &u8| (b'#'..=b'[').contains(byte).then(|| i32::from(byte - b'#'));
    let number = |(one, other)| Some((digit(one)? + BASE * digit(other)? - MIDDLE) as f32 / STEPS);
    (first.len() == second.len()).then(|| first.iter().zip(second).map(number).collect())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_of_steps_has_two_decimals() {
        // −4, −0.74, 0, 1.08, 4: 0, 326, 400, 508, 800 steps from the left edge.
        let digits = [(0, 0), (6, 10), (16, 12), (28, 15), (0, 25)];
        let text: Vec<u8> =
            digits.iter().map(|&(one, _)| one).chain(digits.map(|(_, other)| other)).collect();
        let text: Vec<u8> = text.into_iter().map(|digit: u8| b'#' + digit).collect();
        assert_eq!(numbers(&text).unwrap(), [-4.0, -0.74, 0.0, 1.08, 4.0]);
        assert_eq!((numbers(&text[1..]), numbers(b"# "), numbers(b"#~")), (None, None, None));
    }
}
