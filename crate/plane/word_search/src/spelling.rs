//! Words as the lexicon spells them, and small mistakes of typing.

use plane::order::lower_case;

/// The longest text that is read, in characters; nobody types more.
const TEXT_LIMIT: usize = 400;
/// The longest word that is read, in characters; what follows is dropped.
const WORD_LIMIT: usize = 40;
/// The most words that are read.
const WORD_COUNT_LIMIT: usize = 16;
/// The shortest word in which a mistake is forgiven, in letters: shorter ones have other words beside them.
const FORGIVING_LENGTH: usize = 6;

/// One typed word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedWord {
    /// As it was typed.
    pub text: String,
    /// As the lexicon spells words; never empty.
    pub spelled: String,
    /// In lower case, as names are searched for it.
    pub lower: String,
}

/// The words of a text; commas, hyphens and other signs part them.
pub fn typed_words(text: &str) -> Vec<TypedWord> {
    let text: String = text.chars().take(TEXT_LIMIT).collect();
    let parts = text.split(|letter: char| {
        letter.is_whitespace() || letter.is_control() || ",;:.!?/()[]{}\"„“”«»|+*=".contains(letter)
    });
    let words = parts.filter_map(|part| {
        let text: String = part.trim_matches('-').chars().take(WORD_LIMIT).collect();
        let spelled = spelled(&text);
        let lower = lower_case(&text);
        (!spelled.is_empty()).then_some(TypedWord { text, spelled, lower })
    });
    words.take(WORD_COUNT_LIMIT).collect()
}

/// A word in small letters, without accents and hyphens, with ae, oe, ue and ss.
fn spelled(word: &str) -> String {
    let mut spelled = String::with_capacity(word.len() + 4);
    for letter in lower_case(word).chars() {
        match letter {
            'ä' => spelled.push_str("ae"),
            'ö' => spelled.push_str("oe"),
            'ü' => spelled.push_str("ue"),
            'ß' => spelled.push_str("ss"),
            'é' | 'è' | 'ê' => spelled.push('e'),
            '-' | '\'' | '’' => {}
            letter if letter.is_ascii_punctuation() && letter != '&' => {}
            // Dashes and symbols, and the pictures.
            '\u{2000}'..'\u{3000}' | '\u{1f000}'.. => {}
            letter => spelled.push(letter),
        }
    }
    spelled
}

/// True if one letter more, less or different, or two letters in the other order, make one word of the other, and both
/// are long and begin alike.
pub fn is_mistyped(typed: &str, word: &str) -> bool {
    let (typed, word) = (typed.as_bytes(), word.as_bytes());
    if typed.len() < FORGIVING_LENGTH || word.len() < FORGIVING_LENGTH || typed[0] != word[0] {
        return false;
    }
    let (short, long) = if typed.len() <= word.len() { (typed, word) } else { (word, typed) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let Some(at) = short.iter().zip(long).position(|(one, other)| one != other) else { return true };
    if short.len() < long.len() {
        return short[at..] == long[at + 1..];
    }
    let is_swapped = || {
        let next = at + 1;
        next < short.len()
            && short[at] == long[next]
            && short[next] == long[at]
            && short[next + 1..] == long[next + 1..]
    };
    short[at + 1..] == long[at + 1..] || is_swapped()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spelled_words(text: &str) -> Vec<String> {
        typed_words(text).into_iter().map(|word| word.spelled).collect()
    }

    #[test]
    fn words_are_spelled_as_the_lexicon_has_them() {
        assert_eq!(spelled_words("Heller Klang, KÜRZER!"), ["heller", "klang", "kuerzer"]);
        assert_eq!(spelled_words("E-Piano isn’t Süß — 🎹 ..."), ["epiano", "isnt", "suess"]);
        assert_eq!(spelled_words(" \u{0}\t\n"), [""; 0]);
    }

    #[test]
    fn one_mistake_is_forgiven_in_a_long_word() {
        for typed in ["metalic", "metalllic", "metaliic", "metallci"] {
            assert!(is_mistyped(typed, "metallic"), "{typed}");
        }
        assert!(
            !is_mistyped("bess", "bass") && !is_mistyped("violent", "violin") && !is_mistyped("", "metallic")
        );
        assert!(!is_mistyped("petallic", "metallic"));
    }

    proptest! {
        #[test]
        fn any_text_gives_few_short_words(text in "\\PC{0,200}") {
            let words = typed_words(&text);
            prop_assert!(words.len() <= WORD_COUNT_LIMIT);
            prop_assert!(words.iter().all(|word| !word.spelled.is_empty() && word.spelled.len() <= 8 * WORD_LIMIT));
        }

        #[test]
        fn any_two_words_can_be_compared(one in "\\PC{0,12}", other in "\\PC{0,12}") {
            prop_assert_eq!(is_mistyped(&one, &other), is_mistyped(&other, &one));
        }
    }
}
