//! The meaning of one word: by its beginning and a usual ending, as a compound, or with one mistake.

use crate::lexicon::{COMPARATIVES, DENIALS, ENDINGS, LEXICON, TAILS};
use crate::meaning::Meaning;
use crate::spelling::is_mistyped;

/// The shortest part of a compound, in letters.
const PART_LENGTH: usize = 3;

/// A word that was found in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundWord {
    /// Its meaning.
    pub meaning: Meaning,
    /// True if it may be a comparison.
    pub compares: bool,
    /// True if the word denies its beginning: “noiseless”.
    pub denies: bool,
}

/// True if a list of words, separated by spaces, has this word.
pub fn is_listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

/// The meanings of a word as the lexicon spells it: none if it has none, two for a compound.
pub fn meanings(word: &str) -> Vec<FoundWord> {
    if let Some(found) = simple(word) {
        return vec![found];
    }
    if let Some(found) = with_tail(word) {
        return vec![found];
    }
    if let Some(parts) = compound(word) {
        return parts.to_vec();
    }
    stems().find(|(_, stem)| is_mistyped(word, stem)).map(|(meaning, _)| found(meaning)).into_iter().collect()
}

fn found(meaning: Meaning) -> FoundWord {
    FoundWord { meaning, compares: false, denies: false }
}

/// All beginnings of words, without the points of whole words.
fn stems() -> impl Iterator<Item = (Meaning, &'static str)> {
    let of = |&(meaning, words): &(Meaning, &'static str)| words.split(' ').map(move |word| (meaning, word));
    LEXICON.iter().flat_map(of).map(|(meaning, word)| (meaning, word.strip_suffix('.').unwrap_or(word)))
}

/// The longest beginning of the lexicon with which the word begins, if it goes on with an ending.
fn simple(word: &str) -> Option<FoundWord> {
    let mut best: Option<(usize, FoundWord)> = None;
    for &(meaning, words) in LEXICON {
        for listed in words.split(' ') {
            let (stem, is_whole) = match listed.strip_suffix('.') {
                Some(whole) => (whole, true),
                None => (listed, false),
            };
            let Some(rest) = word.strip_prefix(stem) else { continue };
            if best.is_some_and(|(length, _)| length >= stem.len()) {
                continue;
            }
            if rest.is_empty() {
                best = Some((stem.len(), found(meaning)));
            } else if let Some(compares) = (!is_whole).then(|| ending(stem, rest)).flatten() {
                best = Some((stem.len(), FoundWord { compares, ..found(meaning) }));
            }
        }
    }
    best.map(|(_, found)| found)
}

/// True if the rest of a word after its beginning is that of a comparison, false if it is another ending; none if it is
/// neither. English doubles a last letter: “thinner”.
fn ending(stem: &str, rest: &str) -> Option<bool> {
    let doubled = stem.chars().next_back().and_then(|last| rest.strip_prefix(last));
    [Some(rest), doubled].into_iter().flatten().find_map(|rest| {
        if COMPARATIVES.contains(&rest) {
            return Some(true);
        }
        ENDINGS.contains(&rest).then_some(false)
    })
}

/// A word with a tail that has no meaning of its own, or that denies it.
fn with_tail(word: &str) -> Option<FoundWord> {
    for denial in DENIALS.split(' ') {
        if let Some(found) = word.strip_suffix(denial).and_then(simple) {
            return Some(FoundWord { denies: true, ..found });
        }
    }
    let before = |tail: &str| word.find(tail).filter(|&at| at >= PART_LENGTH).map(|at| &word[..at]);
    TAILS.split(' ').filter_map(before).find_map(simple)
}

/// Two words that are written as one; the second one is as long as possible.
fn compound(word: &str) -> Option<[FoundWord; 2]> {
    let parts = |(at, _): (usize, char)| {
        let (first, second) = word.split_at(at);
        let is_long = first.len() >= PART_LENGTH && second.len() >= PART_LENGTH;
        if is_long { Some([simple(first)?, simple(second)?]) } else { None }
    };
    word.char_indices().find_map(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meaning::Meaning::{Kind, Less, More};
    use crate::property::Property::*;
    use plane::Tag;

    fn meaning(word: &str) -> Option<Meaning> {
        let found = meanings(word);
        (found.len() == 1).then(|| found[0].meaning)
    }

    #[test]
    fn inflected_words_mean_the_same() {
        for (words, expected) in [
            ("hell heller helle helles hellen hellem hellste helleren", More(Brightness)),
            ("dunkel dunkler dunkles dunkle dark darker darkest", Less(Brightness)),
            ("rau raue rauer rauhes rough rougher roughest roughness", More(Roughness)),
            ("waermer warmes warmth warm warmer warmly", More(Warmth)),
            ("kaelter kalte cold colder", Less(Warmth)),
            ("duenn duenner thin thinner", Less(Boominess)),
            ("baesse baessen bass basses", Kind(Tag::Bass)),
            ("glocken glocke bells bell glockenartig glockenklang", Kind(Tag::Bell)),
            ("floetenartiger floeten flute flutes", Kind(Tag::Wind)),
            ("metallic metalic metallisch metallische", More(Metal)),
            ("wabernder wobbling wobbly wobble", More(Wobble)),
            ("kurz kurzer kuerzer short shorter", Less(Length)),
        ] {
            for word in words.split(' ') {
                assert_eq!(meaning(word), Some(expected), "{word}");
            }
        }
    }

    #[test]
    fn a_comparison_is_told_from_a_plain_word() {
        let compares = |word| meanings(word)[0].compares;
        for word in ["darker", "heller", "duenner", "thinner", "kuerzer", "brighter"] {
            assert!(compares(word), "{word}");
        }
        for word in ["dark", "helle", "warmes", "plucky", "wobbly"] {
            assert!(!compares(word), "{word}");
        }
    }

    #[test]
    fn compounds_have_two_meanings_and_denials_one() {
        let both: Vec<Meaning> = meanings("streicherflaeche").iter().map(|found| found.meaning).collect();
        assert_eq!(both, [Kind(Tag::Strings), Kind(Tag::Pad)]);
        assert!(meanings("hallfrei")[0].denies && meanings("noiseless")[0].denies);
    }

    #[test]
    fn other_words_have_no_meaning() {
        for word in ["", "xyzzy", "moog", "dx", "tomorrow", "window", "é", "🎹", "basis"] {
            assert_eq!(meanings(word), [], "{word}");
        }
    }

    #[test]
    fn no_word_of_the_lexicon_is_listed_twice_or_spelled_so_that_nobody_finds_it() {
        let mut seen = std::collections::BTreeSet::new();
        for (meaning, stem) in stems() {
            assert!(seen.insert(stem), "{stem} is listed twice");
            assert!(stem.chars().all(|letter| letter.is_ascii_alphanumeric()), "{stem}");
            assert_eq!(self::meaning(stem), Some(meaning), "{stem}");
        }
    }
}
