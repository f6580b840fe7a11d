//! Order and letter case as the page needs them, in little code: the standard library's sorts are compiled anew for
//! every type, and its tables of letters know all scripts. Together they would add 20 kB to each first visit.

use std::cmp::Ordering;

/// The positions below `count` in an order, equal ones rising.
pub fn positions(count: usize, order: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..count).collect();
    positions.sort_unstable_by(|&one, &other| order(one, other).then(one.cmp(&other)));
    positions
}

/// How far apart the cases of a letter are in ASCII and Latin-1.
const CASES_APART: u8 = 32;

/// A text with the letters of Western European languages in lower case; others stay.
pub fn lower_case(text: &str) -> String {
    let lower = |letter: char| match (letter, u8::try_from(letter)) {
        ('À'..='Ö' | 'Ø'..='Þ', Ok(code)) => char::from(code + CASES_APART),
        _ => letter.to_ascii_lowercase(),
    };
    text.chars().map(lower).collect()
}

/// A letter of Western European languages as a capital; others stay.
pub fn upper_case(letter: char) -> char {
    match (letter, u8::try_from(letter)) {
        ('à'..='ö' | 'ø'..='þ', Ok(code)) => char::from(code - CASES_APART),
        _ => letter.to_ascii_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn positions_sort_as_a_stable_sort(values in prop::collection::vec(0u8..20, 0..100)) {
            let mut sorted: Vec<(u8, usize)> = values.iter().copied().zip(0..).collect();
            sorted.sort_by_key(|&(value, _)| value);
            let positions = positions(values.len(), &mut |one, other| values[one].cmp(&values[other]));
            prop_assert_eq!(positions, sorted.into_iter().map(|(_, position)| position).collect::<Vec<_>>());
        }
    }

    #[test]
    fn western_letters_change_case_as_in_unicode() {
        for letter in ('\0'..='\u{fe}').filter(|&letter| !matches!(letter, 'µ' | 'ß')) {
            assert_eq!(lower_case(&letter.to_string()), letter.to_lowercase().to_string());
            assert_eq!(upper_case(letter).to_string(), letter.to_uppercase().to_string());
        }
        assert_eq!((lower_case("µßЖ"), upper_case('ß')), ("µßЖ".to_owned(), 'ß'));
    }
}
