//! Excerpts of a file for error messages: a message stays one readable line even for a hostile file.

/// Most characters of a name or a word: more than any of ours has, and enough to find it.
const NAME: usize = 60;
/// Most characters of a library's message about the file: ours are shorter.
const SENTENCE: usize = 240;
/// Most characters of tract's chains of causes, which are long: with our words below 1024, the size of the worklet's
/// buffer.
const CHAIN: usize = 900;

/// A name from a file.
pub fn name(text: &str) -> String {
    shortened(text, NAME)
}

/// A message about a file, which may quote it.
pub fn sentence(text: &str) -> String {
    shortened(text, SENTENCE)
}

/// All causes of an error about a file.
pub fn chain(text: &str) -> String {
    shortened(text, CHAIN)
}

fn shortened(text: &str, most: usize) -> String {
    let mut shown: String = text.chars().take(most).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(most).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_and_a_short_one_is_not() {
        assert_eq!(sentence("line 1\nline 2"), "line 1 line 2");
        assert_eq!(sentence(&"ü".repeat(SENTENCE)), "ü".repeat(SENTENCE));
        assert_eq!(sentence(&"ü".repeat(SENTENCE + 1)), "ü".repeat(SENTENCE) + "…");
    }
}
