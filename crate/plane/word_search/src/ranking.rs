//! Which sounds fit the words of a text, best first: those with all words, then those with fewer. Among equally many
//! words the sounds that lie farther in the right halves come first, then the order of the names.

use std::cmp::Ordering;

use plane::TagSet;
use plane::order::{lower_case, positions};

use crate::column::SoundColumn;
use crate::meaning::Degree;
use crate::property::Property;
use crate::reading::{QueryReading, ReadWord, WordMeaning};

/// The score of a kind that the name says, and of one that only the sound has.
const SAID: f32 = 1.0;
const HEARD: f32 = 0.6;
/// The score of another kind: among sounds that lack one word, those of the kind come first.
const OTHER_KIND: f32 = -1.0;
/// The score of a word in the name, and in the bank's name.
const IN_NAME: f32 = 1.0;
const IN_BANK: f32 = 0.5;
/// “A little” means about this far in the half.
const LITTLE_DEPTH: f32 = 0.35;

/// The known patches as the search sees them.
pub trait SoundTable {
    /// How many rows there are.
    fn count(&self) -> usize;
    /// The name of a row, in lower case.
    fn name(&self, row: usize) -> &str;
    /// The name of its bank, in lower case.
    fn bank(&self, row: usize) -> &str;
    /// The kinds that its name says.
    fn said(&self, row: usize) -> TagSet;
    /// Its kinds, by name or else by sound.
    fn kinds(&self, row: usize) -> TagSet;
    /// The values of a property.
    fn column(&self, property: Property) -> &SoundColumn;
}

/// The sounds that fit, as rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranking {
    /// The rows, best first.
    pub rows: Vec<usize>,
    /// How many of the first rows fit all words.
    pub whole_count: usize,
}

/// True if a row has what a word asks for.
pub fn fits(table: &(impl SoundTable + ?Sized), row: usize, word: &ReadWord) -> bool {
    match word.meaning {
        WordMeaning::Kind(tag, is_wanted) => table.kinds(row).has(tag) == is_wanted,
        WordMeaning::Quality(property, is_more, degree) => {
            let column = table.column(property);
            column.is_in_half(row, is_more) && (degree != Degree::Much || column.is_in_quarter(row, is_more))
        }
        WordMeaning::Name => table.name(row).contains(&word.lower) || table.bank(row).contains(&word.lower),
        WordMeaning::Unknown => false,
    }
}

/// How well a row has it: up to 1, below 0 in the other half.
fn score(table: &(impl SoundTable + ?Sized), row: usize, word: &ReadWord) -> f32 {
    match word.meaning {
        WordMeaning::Kind(tag, true) if table.said(row).has(tag) => SAID,
        WordMeaning::Kind(tag, is_wanted) if table.kinds(row).has(tag) == is_wanted => HEARD,
        WordMeaning::Kind(..) => OTHER_KIND,
        WordMeaning::Quality(property, is_more, degree) => {
            let depth = table.column(property).depth(row, is_more);
            match degree {
                Degree::Little if depth > 0.0 => 1.0 - (depth - LITTLE_DEPTH).abs(),
                // The square root: a sound with a little of everything is better than one with all of one thing.
                _ if depth > 0.0 => depth.sqrt(),
                _ => depth,
            }
        }
        WordMeaning::Name if table.name(row).contains(&word.lower) => IN_NAME,
        WordMeaning::Name if table.bank(row).contains(&word.lower) => IN_BANK,
        _ => 0.0,
    }
}

/// A row with what decides its place.
struct RankedRow {
    row: usize,
    fitting: usize,
    score: f32,
    /// 0 if the name begins with the text, 1 if it holds all words.
    by_name: u8,
}

/// The rows that fit at least one word of the text and are allowed, best first; rows with fewer words only as far as
/// there are fewer than `enough` with all. `by_name`: false if equal rows keep the table's order.
pub fn rank(
    table: &(impl SoundTable + ?Sized),
    reading: &QueryReading,
    text: &str,
    enough: usize,
    is_allowed: impl Fn(usize) -> bool,
    by_name: bool,
) -> Ranking {
    let text = lower_case(text.trim());
    let words: Vec<&ReadWord> =
        reading.words.iter().filter(|word| word.meaning != WordMeaning::Unknown).collect();
    if words.is_empty() {
        return Ranking::default();
    }
    let typed: Vec<&str> = text.split_whitespace().collect();
    let ranked = |row: usize| {
        let name = table.name(row);
        let is_exact = name == text;
        let fitting =
            if is_exact { words.len() } else { words.iter().filter(|word| fits(table, row, word)).count() };
        let score: f32 = words.iter().map(|word| score(table, row, word)).sum();
        let by_name = match () {
            () if name.starts_with(&text) => 0,
            () if typed.iter().all(|word| name.contains(word)) => 1,
            () => 2,
        };
        // A text that is a preset's name means that preset.
        let score = if is_exact { f32::INFINITY } else { score };
        (fitting > 0).then_some(RankedRow { row, fitting, score, by_name })
    };
    let mut found: Vec<RankedRow> =
        (0..table.count()).filter(|&row| is_allowed(row)).filter_map(ranked).collect();
    let whole_count = found.iter().filter(|found| found.fitting == words.len()).count();
    if whole_count >= enough {
        found.retain(|found| found.fitting == words.len());
    }
    let order = positions(found.len(), &mut |one, other| {
        let (one, other) = (&found[one], &found[other]);
        let by_words = other.fitting.cmp(&one.fitting).then(other.score.total_cmp(&one.score));
        let names = || if by_name { table.name(one.row).cmp(table.name(other.row)) } else { Ordering::Equal };
        by_words.then(one.by_name.cmp(&other.by_name)).then_with(names)
    });
    let rows = order.into_iter().map(|position| found[position].row).take(whole_count.max(enough));
    Ranking { rows: rows.collect(), whole_count }
}
