//! The names of the 41 parameters, of their groups and of their values. English comes from the `patch` crate, its only
//! source; another language's file translates it, by the parameter's name in preset files.

use std::collections::BTreeMap;

use patch::{Display, Group, Parameter};

use super::Language;

/// The translations by their keys; empty in English.
pub type Translations = BTreeMap<String, String>;

/// Reads the translations that a language has.
pub fn read(word: impl Fn(&str) -> Option<String>) -> Translations {
    keys().filter_map(|key| word(&key).map(|word| (key, word))).collect()
}

/// All keys that a translation has.
fn keys() -> impl Iterator<Item = String> {
    let names = Parameter::ALL.into_iter().map(parameter_key);
    let groups = Group::ALL.into_iter().map(group_key);
    names.chain(groups).chain(words().map(value_key))
}

/// The words within the texts of values.
fn words() -> impl Iterator<Item = &'static str> {
    let choices = Parameter::ALL.into_iter().flat_map(choices);
    choices.copied().filter(|choice| choice.chars().any(char::is_alphabetic)).chain(UNITS)
}

/// The values of a parameter that are names; empty if they are numbers.
fn choices(parameter: Parameter) -> &'static [&'static str] {
    match parameter.info().display {
        Display::Choice(names) => names,
        _ => &[],
    }
}

/// The units that are words.
const UNITS: [&str; 7] = ["cent", "cents", "octave", "octaves", "semitone", "semitones", "× note"];

/// The characters that say where lines may break and where not: the soft hyphen, the word joiner.
const BREAKS: [char; 2] = ['\u{ad}', '\u{2060}'];

fn parameter_key(parameter: Parameter) -> String {
    format!("amsynth_{}", parameter.name())
}

fn group_key(group: Group) -> String {
    format!("amsynth_group_{}", snake_case(group.label()))
}

fn value_key(value: &str) -> String {
    format!("amsynth_value_{}", snake_case(value))
}

fn snake_case(text: &str) -> String {
    let parts = text.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("_")
}

impl Language {
    /// The name of a parameter.
    pub fn parameter(&self, parameter: Parameter) -> String {
        self.breaking(parameter).chars().filter(|letter| !BREAKS.contains(letter)).collect()
    }

    /// The name of a parameter to be shown: with the marks at which its lines may break, which screen readers may
    /// speak.
    pub fn breaking(&self, parameter: Parameter) -> &str {
        self.translated(&parameter_key(parameter), parameter.info().label)
    }

    /// The name of a group of parameters.
    pub fn group(&self, group: Group) -> &str {
        self.translated(&group_key(group), group.label())
    }

    /// A stored value with its unit, its numbers as the language writes them.
    pub fn stored(&self, parameter: Parameter, value: f32) -> String {
        let text = parameter.text(value);
        if !choices(parameter).is_empty() {
            return self.choice(&text).to_owned();
        }
        let text = match text.split_once(' ') {
            Some((number, unit)) => format!("{number} {}", self.translated(&value_key(unit), unit)),
            None => text,
        };
        self.marked(&text)
    }

    /// A name among a parameter's values.
    pub fn choice<'a>(&'a self, name: &'a str) -> &'a str {
        self.translated(&value_key(name), name)
    }

    /// The name of a parameter within a sentence; German nouns keep their capital.
    pub fn in_sentence(&self, parameter: Parameter) -> String {
        let name = self.parameter(parameter);
        if name == parameter.info().label { name.to_ascii_lowercase() } else { name }
    }

    /// A value that a person has typed, with its unit in English, as the crate `patch` reads it.
    pub fn entered(&self, text: &str) -> String {
        let text = text.trim();
        let own = UNITS.into_iter().find_map(|unit| {
            let number = text.strip_suffix(self.translated(&value_key(unit), unit))?;
            number.ends_with(' ').then(|| format!("{number}{unit}"))
        });
        own.unwrap_or_else(|| text.to_owned())
    }

    fn translated<'a>(&'a self, key: &str, english: &'a str) -> &'a str {
        self.0.translations.get(key).map_or(english, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_but_english_names_every_parameter_group_and_value() {
        let (english, german) = (Language::of("en"), Language::of("de"));
        assert!(english.0.translations.is_empty(), "English has one source, crate/sound/patch");
        let missing: Vec<String> = keys().filter(|key| !german.0.translations.contains_key(key)).collect();
        assert!(missing.is_empty(), "{missing:#?}");
    }

    #[test]
    fn names_and_values_are_in_the_language() {
        let [english, german] = ["en", "de"].map(Language::of);
        assert_eq!(english.parameter(Parameter::AmpRelease), "Release");
        assert_eq!(german.parameter(Parameter::FilterResonance), "Resonanz");
        assert_eq!(german.parameter(Parameter::OscMix), "Mischung 1–2");
        assert_eq!(german.parameter(Parameter::FilterCutoff), "Grenzfrequenz", "without a soft hyphen");
        assert_eq!(german.breaking(Parameter::FilterCutoff), "Grenz\u{ad}frequenz");
        assert_eq!((english.group(Group::Effects), german.group(Group::Effects)), ("Effects", "Effekte"));
        assert_eq!(english.stored(Parameter::FilterType, 0.0), "low-pass");
        assert_eq!(german.stored(Parameter::FilterType, 0.0), "Tiefpass");
        assert!(german.stored(Parameter::Osc2Pitch, 3.0).ends_with(" Halbtöne"));
        assert_eq!(german.stored(Parameter::FilterEnvAmount, 4.77), "4,77 × Ton");
        assert_eq!(german.stored(Parameter::FilterEnvAmount, -8.0), "−50 %");
        assert_eq!(german.entered("4,77 × Ton"), "4,77 × note");
        assert!(german.stored(Parameter::LfoFreq, 2.0).contains(','));
        assert_eq!((&*german.entered("3 Halbtöne"), &*german.entered("3")), ("3 semitones", "3"));
        let cent = |text| {
            german.stored(Parameter::Osc2Detune, Parameter::Osc2Detune.parse(&german.entered(text)).unwrap())
        };
        assert_eq!(
            (cent("1"), cent("1 Cent"), cent("−2 Cent")),
            ("1 Cent".into(), "1 Cent".into(), "−2 Cent".into())
        );
        assert_eq!(german.in_sentence(Parameter::ReverbWet), "Hall");
    }
}
