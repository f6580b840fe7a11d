//! The values of a packed map, which the site serves because it is a smaller download: differences between neighbours,
//! written as text. `build/map.mjs` packs.

use crate::map_error::MapError;
use serde::Deserializer;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserialize, Error, SeqAccess, Visitor};
use std::fmt;

/// Digits below this one end a number; most differences are one digit, and three in four of the 91 are for them.
const FIRST_CONTINUED: u32 = 61;
/// Each digit of a number counts so many times more than the one before it.
const BASE: u32 = 91 - FIRST_CONTINUED;
/// Digits of the greatest number.
const MOST_DIGITS: usize = 4;

/// Reads the values of a layer: a list of numbers, or a text for [`numbers`].
///
/// # Errors
/// If they are neither.
pub fn values<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<i16>, D::Error> {
    deserializer.deserialize_any(ValuesVisitor)
}

struct ValuesVisitor;

impl<'de> Visitor<'de> for ValuesVisitor {
    type Value = Vec<i16>;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a list of whole numbers or a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Vec<i16>, E> {
        numbers(text).ok_or_else(|| E::custom(MapError::Text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Vec<i16>, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list))
    }
}

/// The numbers of a text; `None` if it is damaged. Its characters are 91 digits: the characters from `#` to `~` except
/// the backslash, which JSON writes as two. A number's digits stand one after another, the least significant first; all
/// but the last are [`FIRST_CONTINUED`] or more. Even numbers are twice a positive value or 0, odd ones twice a
/// negative value's magnitude, less 1.
fn numbers(text: &str) -> Option<Vec<i16>> {
    let mut values = Vec::new();
    let (mut number, mut digits, mut unit) = (0, 0, 1);
    for byte in text.bytes() {
        let digit = match byte {
            b'#'..=b'[' => byte - b'#',
            b']'..=b'~' => byte - b'#' - 1,
            _ => return None,
        };
        digits += 1;
        number += unit * u32::from(digit);
        unit *= BASE;
        if u32::from(digit) < FIRST_CONTINUED {
            let twice = u16::try_from(number).ok()?;
            let magnitude = (twice >> 1) as i16;
            values.push(if twice & 1 == 1 { !magnitude } else { magnitude });
            (number, digits, unit) = (0, 0, 1);
        } else if digits == MOST_DIGITS {
            return None;
        }
    }
    (digits == 0).then_some(values)
}

/// Replaces differences, in rows of `grid`, by the values. Each is the difference from a prediction (that of LOCO-I,
/// Weinberger et al. 2000): the median of three numbers, which are the value on the left, the value below, and their
/// sum less the value below on the left. At the left and lower edges the prediction is the only neighbour; at the first
/// point it is 0.
pub fn unpack(values: &mut [i16], grid: usize) {
    for index in 0..values.len() {
        let left = (!index.is_multiple_of(grid)).then(|| index - 1);
        let below = index.checked_sub(grid);
        let value = |index: usize| i32::from(values[index]);
        let expected = match (left, below) {
            (Some(left), Some(below)) => {
                let (beside, under) = (value(left), value(below));
                let (least, greatest) = (beside.min(under), beside.max(under));
                (beside + under - value(below - 1)).clamp(least, greatest)
            }
            (Some(neighbour), None) | (None, Some(neighbour)) => value(neighbour),
            (None, None) => 0,
        };
        values[index] = (expected + value(index)) as i16;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{Map, VERSION};
    use proptest::prelude::*;

    /// The text of values, as build/map.mjs writes it.
    fn text(values: &[i16]) -> String {
        let mut text = String::new();
        for &value in values {
            let mut number = (u32::from(value as u16) << 1) as u16 ^ (value >> 15) as u16;
            let mut digit = |digit: u16| {
                let byte = digit as u8 + b'#';
                text.push(char::from(if byte < b'\\' { byte } else { byte + 1 }));
            };
            while u32::from(number) >= FIRST_CONTINUED {
                let rest = number - FIRST_CONTINUED as u16;
                digit(FIRST_CONTINUED as u16 + rest % BASE as u16);
                number = rest / BASE as u16;
            }
            digit(number);
        }
        text
    }

    fn packed(values: &str) -> String {
        format!(
            r#"{{"version":2,"model":"","grid":3,"limit":4,"layers":[{{"name":"depth","unit":"points","ends":["",""],
            "minimum":0,"maximum":30,"values":{values}}}]}}"#
        )
    }

    #[test]
    fn packed_values_are_unpacked() {
        let differences = [5, 1, -6, 2, 22, 0, -7, 8, 6];
        for values in [format!("{differences:?}"), r#""-%.'O#03/""#.to_owned()] {
            let map: Map = serde_json::from_str(&packed(&values)).unwrap();
            assert_eq!(
                (map.version, &map.layers[0].values[..]),
                (VERSION, &[5, 6, 0, 7, 29, 23, 0, 30, 30][..])
            );
        }
        assert_eq!(text(&differences), "-%.'O#03/");
        let mut hostile = [i16::MAX, 1, i16::MIN, -1];
        unpack(&mut hostile, 2);
    }

    #[test]
    fn a_packed_map_of_no_grid_is_refused() {
        let json = packed("[0]").replace("\"grid\":3", "\"grid\":0");
        assert!(serde_json::from_str::<Map>(&json).unwrap_err().to_string().contains("grid of 0 points"));
    }

    #[test]
    fn a_damaged_text_is_refused_by_a_sentence() {
        for damaged in ["-%.'O#03~", "-%.'O#03 ", "-%.'O#03ü", r"-%.'O#03\\", "~~~~#", "~~~^"] {
            let error =
                serde_json::from_str::<Map>(&packed(&format!("\"{damaged}\""))).unwrap_err().to_string();
            assert!(error.contains("text of values is damaged; make the map"), "{damaged}: {error}");
        }
        let error = serde_json::from_str::<Map>(&packed("\"-%.'O#0\"")).unwrap_err().to_string();
        assert!(error.contains("has 7 values, expected 9"), "{error}");
    }

    proptest! {
        #[test]
        fn every_list_of_numbers_has_a_text(values in prop::collection::vec(any::<i16>(), 0..99)) {
            prop_assert_eq!(numbers(&text(&values)), Some(values));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,99}") {
            numbers(&text);
        }
    }

    #[test]
    fn the_greatest_numbers_have_a_text() {
        let values = [i16::MIN, i16::MAX, 30, -30, 31, -31, 945, -946, 0];
        assert_eq!(numbers(&text(&values)), Some(values.to_vec()));
    }
}
