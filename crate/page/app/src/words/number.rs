//! Numbers as a language writes them. Every number that a sentence holds comes from here.

use super::Language;

impl Language {
    /// A number with this many decimals, the language's decimal mark and a real minus sign, never “−0”.
    pub fn number(&self, value: f64, decimals: usize) -> String {
        let text = format!("{:.decimals$}", value.abs());
        let is_nothing = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        let sign = if value < 0.0 && !is_nothing { "−" } else { "" };
        format!("{sign}{}", self.marked(&text))
    }

    /// A count, its thousands separated.
    pub fn count(&self, count: usize) -> String {
        let digits = count.to_string();
        let groups: Vec<&str> =
            digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
        groups.join(&self.thousands_mark)
    }

    /// A percentage.
    pub fn percent(&self, percent: f64) -> String {
        format!("{} %", self.number(percent, 0))
    }

    /// A text with the language's decimal mark.
    pub(super) fn marked(&self, text: &str) -> String {
        text.replace('.', &self.decimal_mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thousands_of_a_count_are_separated() {
        let [english, german] = ["en", "de"].map(Language::of);
        let counts = [0, 12, 999, 3303, 1_234_567].map(|count| english.count(count));
        assert_eq!(counts, ["0", "12", "999", "3,303", "1,234,567"].map(str::to_owned));
        assert_eq!(german.count(3303), "3.303");
    }

    #[test]
    fn numbers_have_the_mark_of_their_language_and_no_negative_zero() {
        let [english, german] = ["en", "de"].map(Language::of);
        assert_eq!((english.number(0.126, 2), german.number(0.126, 2)), ("0.13".into(), "0,13".into()));
        assert_eq!((english.number(-39.6, 0), english.number(-0.04, 1)), ("−40".into(), "0.0".into()));
    }
}
