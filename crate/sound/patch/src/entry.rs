//! A number and a unit that a person enters as a value. Knows no parameter.

/// A number and its unit as entered.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberEntry {
    /// The number; finite.
    pub number: f32,
    /// The unit in lower case, without spaces; empty without one.
    pub unit: String,
}

impl NumberEntry {
    /// Reads a text that begins with a number; its decimal mark is a point or a comma. `None` if there is no
    /// number.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.replace('−', "-").replace(',', ".").to_ascii_lowercase();
        let text = text.trim();
        let is_number = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '-' | '+');
        let end = text.find(|letter| !is_number(letter)).unwrap_or(text.len());
        let (number, unit) = text.split_at(end);
        let number = number.parse().ok().filter(|number: &f32| number.is_finite())?;
        Some(Self { number, unit: unit.split_whitespace().collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn number_and_unit_are_separated() {
        let entry = |number, unit: &str| Some(NumberEntry { number, unit: unit.to_owned() });
        assert_eq!(NumberEntry::read(" −1,5  kHz "), entry(-1.5, "khz"));
        assert_eq!(NumberEntry::read("+3% of  cutoff"), entry(3.0, "%ofcutoff"));
        assert_eq!(NumberEntry::read("2\u{a0}s"), entry(2.0, "s"));
        for nonsense in ["", "ms", "1-2", "--1", "1.2.3", "∞", "inf"] {
            assert_eq!(NumberEntry::read(nonsense), None, "{nonsense}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,20}") {
            prop_assert!(NumberEntry::read(&text).is_none_or(|entry| entry.number.is_finite()));
        }
    }
}
