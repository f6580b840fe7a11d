//! What a file says, as far as a sentence may repeat it: a message stays one readable line even when a
//! file is hostile.

/// Characters of a name or a word: more than any of ours has, and enough to find it again.
const NAME: usize = 60;
/// Characters of another program's sentence about the file: ours are shorter.
const SENTENCE: usize = 240;
/// Characters of tract's chains of causes, which are long: with our words around it below 1024, what the
/// worklet has room for.
const CHAIN: usize = 900;

/// A name of a file.
pub fn name(text: &str) -> String {
    shortened(text, NAME)
}

/// A sentence about a file that may repeat what it says.
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
