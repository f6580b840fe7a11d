//! Texts of the panel Sound, and of what is edited and locked.

use plane::Layer;
use play::library::KnownValue;

use super::{Language, fill};

impl Language {
    /// The field in which a parameter's value is typed.
    pub fn value_of(&self, name: &str) -> String {
        fill(&self.value_of, &[("name", name)])
    }

    /// A text that is no value; `example` is one.
    pub fn no_value(&self, text: &str, example: &str) -> String {
        fill(&self.no_value, &[("text", text), ("example", example)])
    }

    /// The button that opens all parameters.
    pub fn all_parameters(&self, count: usize) -> String {
        fill(&self.all_parameters, &[("count", &count.to_string())])
    }

    /// The button that locks a group.
    pub fn lock_group(&self, name: &str) -> String {
        fill(&self.lock_group, &[("name", name)])
    }

    /// How many groups of parameters are locked.
    pub fn locked(&self, count: usize) -> String {
        match count {
            1 => self.locked_one.clone(),
            _ => fill(&self.locked_more, &[("count", &count.to_string())]),
        }
    }

    /// A measured value of a layer, with its name.
    pub fn measured(&self, quality: &str) -> String {
        fill(&self.measured, &[("quality", quality)])
    }

    /// A value that the map predicts.
    pub fn predicted(&self, quality: &str) -> String {
        fill(&self.predicted, &[("quality", quality)])
    }

    /// The value of a layer for a known preset.
    pub fn known_value(&self, value: KnownValue, layer: &Layer) -> String {
        match value {
            KnownValue::Measured(value) => self.quality(value, layer),
            KnownValue::Predicted(value) => self.predicted(&self.quality(value, layer)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invalid_value_and_locked_groups_have_sentences() {
        let english = Language::of("en");
        assert_eq!([1, 2].map(|count| english.locked(count)), ["1 group locked", "2 groups locked"]);
        assert_eq!(
            english.no_value("loud", "1.90 kHz"),
            "“loud” is not a value: type a number, such as 1.90 kHz."
        );
    }
}
