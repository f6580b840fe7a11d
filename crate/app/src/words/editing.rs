//! Texts of the panel Sound, and of what is edited and locked.

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

    /// The button that locks a group.
    pub fn lock_group(&self, name: &str) -> String {
        fill(&self.lock_group, &[("name", name)])
    }

    /// The tag beside the name: whether the patch is edited, and how many groups are locked; empty if neither.
    pub fn changes(&self, is_edited: bool, locked: usize) -> String {
        let groups = match locked {
            0 => return if is_edited { self.edited.clone() } else { String::new() },
            1 => self.locked_one.clone(),
            _ => fill(&self.locked_more, &[("count", &locked.to_string())]),
        };
        if is_edited { fill(&self.edited_and_locked, &[("locked", &groups)]) } else { groups }
    }

    /// A measured value of a layer, with its name.
    pub fn measured(&self, quality: &str) -> String {
        fill(&self.measured, &[("quality", quality)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_says_what_is_edited_and_locked() {
        let english = Language::of("en");
        let tags = [(false, 0), (true, 0), (false, 1), (true, 2)]
            .map(|(edited, locked)| english.changes(edited, locked));
        assert_eq!(tags, ["", "edited", "1 locked", "edited · 2 locked"]);
        assert_eq!(
            english.no_value("loud", "1.90 kHz"),
            "“loud” is not a value: type a number, such as 1.90 kHz."
        );
    }
}
