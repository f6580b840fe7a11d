//! Every text that the program shows. www/words/ has the words, one file per language; this module chooses them and
//! fills in numbers and names.
//!
//! English names, groups and values of parameters come from the `patch` crate; other languages translate them.

mod amsynth;
mod editing;
mod error;
mod finding;
mod map;
mod midi;
mod number;
mod onboarding;
mod place;
mod playing;
mod sharing;
mod table;

pub use map::ScaleEnd;

use std::ops::Deref;
use std::rc::Rc;

use js_sys::{Error, Reflect};
use play::tone_domain::ToneDomain;
use wasm_bindgen::JsValue;

use amsynth::Translations;
use table::Table;

/// A language. Cheap to clone; all clones are the same.
#[derive(Clone, Debug)]
pub struct Language(Rc<LanguageTexts>);

#[derive(Debug)]
struct LanguageTexts {
    table: Table,
    /// The translations of the parameters' names and units.
    translations: Translations,
}

impl Deref for Language {
    type Target = Table;

    fn deref(&self) -> &Table {
        &self.0.table
    }
}

impl Language {
    /// The language with the words of this object, by their names.
    ///
    /// # Errors
    /// If a word is missing: the files are of different versions.
    pub fn new(words: &JsValue) -> Result<Self, Error> {
        let word = |name: &str| Reflect::get(words, &name.into()).ok()?.as_string();
        let table = Table::read(word).map_err(|name| Error::new(&format!("the word {name} is missing")))?;
        Ok(Self(Rc::new(LanguageTexts { table, translations: amsynth::read(word) })))
    }

    /// The progress of loading without a known total.
    pub fn loading_bytes(&self, loaded: f64) -> String {
        fill(&self.loading_bytes, &[("megabytes", &self.number(loaded / 1e6, 1))])
    }

    /// The progress of loading.
    pub fn loading_percent(&self, percent: u32) -> String {
        fill(&self.loading_percent, &[("percent", &percent.to_string())])
    }

    /// The name of a domain of recorded tones.
    pub fn domain(&self, domain: ToneDomain) -> &str {
        [&self.strings, &self.voices, &self.winds, &self.brass, &self.amsynth][domain as usize]
    }

    /// The button of a comparison: the active side and the other one, none before it begins.
    pub fn compare(&self, sides: Option<[&str; 2]>) -> String {
        sides.map_or_else(
            || self.compare.clone(),
            |[side, other]| fill(&self.compared, &[("side", side), ("other", other)]),
        )
    }
}

/// A template with its `{…}` replaced.
fn fill(word: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::new();
    let mut rest = word;
    while let Some((before, name, after)) = first_gap(rest) {
        let value = values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        debug_assert!(value.is_some(), "nothing is known for {{{name}}} in “{word}”");
        text += before;
        text += value.unwrap_or_default();
        rest = after;
    }
    text + rest
}

/// The texts before the first `{…}`, within it and after it.
fn first_gap(word: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = word.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use super::*;

    /// All languages, by the names of their files.
    const LANGUAGES: [&str; 2] = ["en", "de"];

    /// The words of a language: those of all files in its folder below www/words/.
    fn words(language: &str) -> BTreeMap<String, String> {
        let folder = format!("{}/../../../www/words/{language}", env!("CARGO_MANIFEST_DIR"));
        let mut all = BTreeMap::new();
        for file in std::fs::read_dir(folder).unwrap() {
            for (name, word) in words_of_part(&file.unwrap().path()) {
                assert!(all.insert(name.clone(), word).is_none(), "{language}: two files have {name}");
            }
        }
        all
    }

    /// The words of one file: JSON, and comments in lines of their own.
    fn words_of_part(file: &Path) -> BTreeMap<String, String> {
        let text = std::fs::read_to_string(file).unwrap();
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code = lines.collect::<Vec<_>>().join("\n");
        let json = code.trim().strip_prefix("export default ").unwrap().strip_suffix(';').unwrap();
        serde_json::from_str(json).unwrap()
    }

    impl Language {
        /// The language of a file, for tests.
        pub fn of(language: &str) -> Self {
            let words = words(language);
            let word = |name: &str| words.get(name).cloned();
            let table = Table::read(word).unwrap();
            Self(Rc::new(LanguageTexts { table, translations: amsynth::read(word) }))
        }
    }

    /// The names in the `{…}` of a word.
    fn gaps(word: &str) -> BTreeSet<&str> {
        let (mut gaps, mut rest) = (BTreeSet::new(), word);
        while let Some((_, name, after)) = first_gap(rest) {
            gaps.insert(name);
            rest = after;
        }
        gaps
    }

    #[test]
    fn every_language_has_the_same_words_with_the_same_gaps() {
        let english = words("en");
        for language in LANGUAGES {
            let mut other = words(language);
            // English has these from the crate patch; `amsynth` tests them.
            other.retain(|name, _| !name.starts_with("amsynth_"));
            assert!(other.keys().eq(english.keys()), "{language} lacks words, or has others");
            for (name, word) in &other {
                assert!(!word.is_empty(), "{language}: {name} says nothing");
                assert_eq!(gaps(word), gaps(&english[name]), "{language}: {name}");
            }
        }
    }

    #[test]
    fn every_word_of_the_program_is_in_the_file() {
        let english = words("en");
        let missing: Vec<_> = Table::NAMES.iter().filter(|name| !english.contains_key(**name)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn gaps_are_filled_wherever_they_stand() {
        assert_eq!(fill("{a} and {b}{a}", &[("a", "one"), ("b", "{two}")]), "one and {two}one");
        assert_eq!(fill("50 % {", &[]), "50 % {");
    }
}
