//! The words of the page's language that become names of paths and files.

use std::rc::Rc;

use serde::Deserialize;

use crate::loops::RecordedLoop;

/// The letters of mixes, in their order.
const LETTERS: std::ops::RangeInclusive<char> = 'A'..='Z';

/// The words.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsWords {
    /// The name of a loop without a name: `{number}` stands for its number.
    pub loop_name: String,
    /// The name of a mix: `{letter}` stands for its letter.
    pub mix_name: String,
    /// The name of a found path: `{descriptor}` and `{shape}` stand for the texts of these.
    pub found_name: String,
    /// The texts of descriptors and shapes: the name of each, and its text.
    pub texts: Vec<(String, String)>,
}

impl Default for PathsWords {
    fn default() -> Self {
        Self {
            loop_name: "Loop {number}".to_owned(),
            mix_name: "Mix {letter}".to_owned(),
            found_name: "{descriptor}, {shape}".to_owned(),
            texts: Vec::new(),
        }
    }
}

impl PathsWords {
    /// The name of a loop.
    pub(super) fn name(&self, own: &RecordedLoop) -> String {
        let numbered = || self.loop_name.replace("{number}", &own.number.to_string());
        own.name.clone().unwrap_or_else(numbered)
    }

    /// The name of a path that is found for a descriptor and a shape.
    pub(super) fn found_name(&self, descriptor: &str, shape: &str) -> String {
        let text = |name: &str| {
            let known = self.texts.iter().find(|(own, _)| own == name);
            known.map_or_else(|| name.to_owned(), |(_, text)| text.clone())
        };
        self.found_name.replace("{descriptor}", &text(descriptor)).replace("{shape}", &text(shape))
    }

    /// The first name of a mix that no loop has.
    pub(super) fn free_mix_name(&self, loops: &[Rc<RecordedLoop>]) -> String {
        let used: Vec<String> = loops.iter().map(|own| self.name(own)).collect();
        let names = LETTERS.map(|letter| self.mix_name.replace("{letter}", &letter.to_string()));
        names.into_iter().find(|name| !used.contains(name)).unwrap_or_default()
    }
}
