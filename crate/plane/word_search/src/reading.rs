//! What a typed text asks for: each word with its meaning, and whether the text as a whole asks to change the current
//! sound. Any text can be read.

use plane::Tag;

use crate::lexicon::{
    ENVELOPE_NOUNS, FILLING, HIGH, INCREASING, JOINING, LESSENING, LOW, NEGATIONS, NOUNS, STRENGTHENING,
    WEAKENING,
};
use crate::lookup::{FoundWord, is_listed, meanings};
use crate::meaning::{Degree, Meaning};
use crate::property::Property;
use crate::spelling::{TypedWord, typed_words};

/// What a word, or a few that belong together, asks of a sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordMeaning {
    /// It is of this kind, or with `false` of any other one.
    Kind(Tag, bool),
    /// It has much of a property, or with `false` little.
    Quality(Property, bool, Degree),
    /// Its name, or that of its bank, has the word.
    Name,
    /// Nothing: nobody knows the word.
    Unknown,
}

/// A word as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadWord {
    /// As it was typed, with its negation and its degree.
    pub text: String,
    /// The word alone, in lower case.
    pub lower: String,
    /// Its meaning.
    pub meaning: WordMeaning,
}

/// A change of the current sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoundChange {
    /// What changes.
    pub property: Property,
    /// True if it becomes more.
    pub is_more: bool,
}

/// A text that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryReading {
    /// Its words, without those that mean nothing here.
    pub words: Vec<ReadWord>,
    /// The change that the text asks for: “darker”, “more plucky”, “less reverb”.
    pub change: Option<SoundChange>,
}

impl QueryReading {
    /// True if a word asks for anything.
    pub fn is_understood(&self) -> bool {
        self.words.iter().any(|word| word.meaning != WordMeaning::Unknown)
    }

    /// True if all words that ask for anything ask for names.
    pub fn asks_for_names(&self) -> bool {
        let is_name = |word: &ReadWord| matches!(word.meaning, WordMeaning::Name | WordMeaning::Unknown);
        self.words.iter().all(is_name)
    }
}

/// What waits for the word that it belongs to.
#[derive(Default)]
struct Waiting {
    texts: Vec<String>,
    is_negated: bool,
    degree: Degree,
    compares: bool,
}

/// Reads a text as words of names alone.
pub fn read_names(text: &str, is_name: impl Fn(&str) -> bool) -> QueryReading {
    let words = typed_words(text).iter().map(|word| named(word, &is_name)).collect();
    QueryReading { words, change: None }
}

/// Reads a text. `is_name`: true if a name or a bank has the word, which is in lower case.
pub fn read(text: &str, is_name: impl Fn(&str) -> bool) -> QueryReading {
    let typed = typed_words(text);
    let mut reader =
        QueryReader { is_name: &is_name, reading: QueryReading::default(), asked: 0, compares: false };
    let mut waiting = Waiting::default();
    let mut was_negated = false;
    for (at, word) in typed.iter().enumerate() {
        let spelled = word.spelled.as_str();
        let next = || typed[at + 1..].iter().find(|next| !is_listed(FILLING, &next.spelled));
        let is_before_noun = || {
            next().is_some_and(|next| {
                is_listed(NOUNS, &next.spelled) || is_listed(ENVELOPE_NOUNS, &next.spelled)
            })
        };
        let mut waits = |change: &dyn Fn(&mut Waiting)| {
            waiting.texts.push(word.text.clone());
            change(&mut waiting);
        };
        if is_listed(NEGATIONS, spelled) {
            let compares = is_listed(LESSENING, spelled);
            waits(&|waiting| (waiting.is_negated, waiting.compares) = (true, waiting.compares || compares));
        } else if is_listed(INCREASING, spelled) {
            waits(&|waiting| waiting.compares = true);
        } else if is_listed(STRENGTHENING, spelled) || is_listed(HIGH, spelled) && is_before_noun() {
            waits(&|waiting| waiting.degree = Degree::Much);
        } else if is_listed(WEAKENING, spelled) {
            waits(&|waiting| waiting.degree = Degree::Little);
        } else if is_listed(LOW, spelled) && is_before_noun() {
            waits(&|waiting| waiting.is_negated = true);
        } else if is_listed(JOINING, spelled) {
            // “ohne Hall und Rauschen” denies both.
            waiting.is_negated |= was_negated && next().is_some_and(|next| is_noun(&next.spelled));
        } else if !is_listed(FILLING, spelled) {
            was_negated = waiting.is_negated;
            reader.take(word, std::mem::take(&mut waiting));
        }
    }
    let mut reading = reader.finish();
    if reading.words.is_empty() {
        reading.words = typed.iter().map(|word| named(word, &is_name)).collect();
    }
    reading
}

/// True if a word is a thing that a sound has or lacks, not a quality.
fn is_noun(spelled: &str) -> bool {
    let is_kind = || matches!(meanings(spelled).first(), Some(FoundWord { meaning: Meaning::Kind(_), .. }));
    is_listed(NOUNS, spelled) || is_kind()
}

/// A word without a meaning of its own.
fn named(word: &TypedWord, is_name: impl Fn(&str) -> bool) -> ReadWord {
    let meaning = if is_name(&word.lower) { WordMeaning::Name } else { WordMeaning::Unknown };
    ReadWord { text: word.text.clone(), lower: word.lower.clone(), meaning }
}

struct QueryReader<'a> {
    is_name: &'a dyn Fn(&str) -> bool,
    reading: QueryReading,
    /// How many typed words ask for anything.
    asked: usize,
    /// True if the last of them compares.
    compares: bool,
}

impl QueryReader<'_> {
    fn take(&mut self, word: &TypedWord, waiting: Waiting) {
        self.asked += 1;
        let found = meanings(&word.spelled);
        if found.is_empty() {
            return self.reading.words.push(named(word, self.is_name));
        }
        self.compares = waiting.compares || found.iter().any(|found| found.compares);
        if is_listed(ENVELOPE_NOUNS, &word.spelled) && self.turn_noun(word, found[0].meaning, &waiting) {
            return;
        }
        let text = waiting.texts.iter().chain([&word.text]).map(String::as_str).collect::<Vec<_>>().join(" ");
        for found in found {
            let is_negated = waiting.is_negated != found.denies;
            let meaning = match found.meaning {
                Meaning::Kind(tag) => WordMeaning::Kind(tag, !is_negated),
                meaning => match meaning.half() {
                    Some((property, is_more)) if is_negated => {
                        WordMeaning::Quality(property, !is_more, Degree::Usual)
                    }
                    Some((property, is_more)) => WordMeaning::Quality(property, is_more, waiting.degree),
                    None => continue,
                },
            };
            let lower = word.lower.clone();
            self.push(ReadWord { text: text.clone(), lower, meaning });
        }
    }

    /// “short attack”, “langer Ausklang”: the adjective says which half of the noun is meant.
    fn turn_noun(&mut self, word: &TypedWord, noun: Meaning, waiting: &Waiting) -> bool {
        let Some(before) = self.reading.words.last_mut().filter(|_| waiting.texts.is_empty()) else {
            return false;
        };
        let WordMeaning::Quality(Property::Length | Property::Attack, is_more, degree) = before.meaning
        else {
            return false;
        };
        let Some((property, _)) = noun.half() else { return false };
        before.meaning = WordMeaning::Quality(property, is_more, degree);
        before.text = format!("{} {}", before.text, word.text);
        true
    }

    /// Adds a word unless another one asks for the same.
    fn push(&mut self, word: ReadWord) {
        let is_bass = |word: &ReadWord| word.meaning == WordMeaning::Kind(Tag::Bass, true);
        if word.meaning == WordMeaning::Kind(Tag::Drum, true)
            && self.reading.words.last().is_some_and(is_bass)
        {
            // A bass drum is no bass.
            self.reading.words.pop();
        }
        if !self.reading.words.iter().any(|other| other.meaning == word.meaning) {
            self.reading.words.push(word);
        }
    }

    fn finish(self) -> QueryReading {
        let Self { mut reading, asked, compares, .. } = self;
        let is_other =
            |word: &ReadWord| matches!(word.meaning, WordMeaning::Kind(tag, true) if tag != Tag::Synth);
        if reading.words.iter().any(is_other) {
            // Every sound here is of a synthesizer: “synth strings”.
            reading.words.retain(|word| word.meaning != WordMeaning::Kind(Tag::Synth, true));
        }
        reading.change = match reading.words.as_slice() {
            [ReadWord { meaning: WordMeaning::Quality(property, is_more, _), .. }]
                if asked == 1 && compares =>
            {
                Some(SoundChange { property: *property, is_more: *is_more })
            }
            _ => None,
        };
        reading
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::property::Property::*;
    use WordMeaning::{Kind, Name, Quality, Unknown};
    use proptest::prelude::*;

    fn read_with_moog(text: &str) -> QueryReading {
        read(text, |word| "minimoog 3".contains(word))
    }

    fn meanings_of(text: &str) -> Vec<WordMeaning> {
        read_with_moog(text).words.into_iter().map(|word| word.meaning).collect()
    }

    #[test]
    fn words_of_both_languages_have_their_meanings() {
        for (text, expected) in [
            ("warm pad", vec![Quality(Warmth, true, Degree::Usual), Kind(Tag::Pad, true)]),
            (
                "a very dark bass, please",
                vec![Quality(Brightness, false, Degree::Much), Kind(Tag::Bass, true)],
            ),
            (
                "heller Klang, kurz",
                vec![Quality(Brightness, true, Degree::Usual), Quality(Length, false, Degree::Usual)],
            ),
            ("moog bass", vec![Name, Kind(Tag::Bass, true)]),
            ("warm xyzzy", vec![Quality(Warmth, true, Degree::Usual), Unknown]),
            ("synth strings", vec![Kind(Tag::Strings, true)]),
            ("bass drum", vec![Kind(Tag::Drum, true)]),
            ("Streicherfläche", vec![Kind(Tag::Strings, true), Kind(Tag::Pad, true)]),
            ("the", vec![Unknown]),
            ("", vec![]),
        ] {
            assert_eq!(meanings_of(text), expected, "{text}");
        }
    }

    #[test]
    fn negations_and_degrees_belong_to_the_word_after_them() {
        for (text, expected) in [
            ("not bright", vec![Quality(Brightness, false, Degree::Usual)]),
            ("nicht so hell", vec![Quality(Brightness, false, Degree::Usual)]),
            ("ohne Hall", vec![Quality(Reverb, false, Degree::Usual)]),
            ("no bass", vec![Kind(Tag::Bass, false)]),
            ("ohne Hall und Rauschen", vec![Quality(Reverb, false, Degree::Usual), Kind(Tag::Noise, false)]),
            (
                "nicht hart und laut",
                vec![Quality(Hardness, false, Degree::Usual), Quality(Loudness, true, Degree::Usual)],
            ),
            ("hallfrei", vec![Quality(Reverb, false, Degree::Usual)]),
            ("ein bisschen warm", vec![Quality(Warmth, true, Degree::Little)]),
            ("lots of reverb", vec![Quality(Reverb, true, Degree::Much)]),
            ("low brightness", vec![Quality(Brightness, false, Degree::Usual)]),
            (
                "big warm bass",
                vec![
                    Quality(Depth, true, Degree::Usual),
                    Quality(Warmth, true, Degree::Usual),
                    Kind(Tag::Bass, true),
                ],
            ),
            ("short attack", vec![Quality(Attack, false, Degree::Usual)]),
            ("langer Ausklang", vec![Quality(Length, true, Degree::Usual)]),
        ] {
            assert_eq!(meanings_of(text), expected, "{text}");
        }
        assert_eq!(read_with_moog("Bass ohne Hall").words[1].text, "ohne Hall");
    }

    #[test]
    fn a_comparison_alone_asks_to_change_the_sound() {
        let change = |text: &str| read_with_moog(text).change.map(|change| (change.property, change.is_more));
        for (text, expected) in [
            ("darker", Some((Brightness, false))),
            ("Heller", Some((Brightness, true))),
            ("more plucky", Some((Length, false))),
            ("mehr Hall", Some((Reverb, true))),
            ("weniger hell", Some((Brightness, false))),
            ("etwas wärmer", Some((Warmth, true))),
            ("dark", None),
            ("heller Klang, kurz", None),
            ("darker bass", None),
            ("not darker moog", None),
        ] {
            assert_eq!(change(text), expected, "{text}");
        }
    }

    #[test]
    fn ten_thousand_letters_are_read_at_once() {
        for text in
            ["a".repeat(10_000), "bass ".repeat(2_000), "\u{0}\u{7}".repeat(5_000), "🎹".repeat(10_000)]
        {
            assert!(read_with_moog(&text).words.len() <= 16);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,80}|(not|very|short|attack|bass|und|low|hall|no){0,9}") {
            read_with_moog(&text);
            read_with_moog(&text.replace(char::is_alphabetic, " hell "));
        }
    }
}
