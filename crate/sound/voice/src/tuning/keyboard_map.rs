//! Keyboard maps, and Scala's `.kbm` files: the degree of a scale that each key plays, and the reference pitch.
//! Never opens files.
//!
//! Source of the format: Scala's help on keyboard mappings at huygens-fokker.org. First come seven numbers, each
//! on a line of its own: size, first and last key to retune, middle key, reference key, its frequency, octave
//! degree. Then comes a degree or `x` for each key of the pattern. amSynth adds lines `<name> first last`: if
//! there are any, only keys in these ranges sound.

use crate::text::{SyntaxError, checked, scala_lines, whole_number};
use crate::tuning::{HIGHEST_HZ, KEYS, LOWEST_HZ, RANGE_HZ};

/// Highest degree in a map, and of its formal octave.
pub const HIGHEST_DEGREE: u32 = 9_999;
const HIGHEST_KEY: u8 = KEYS as u8 - 1;

/// The degree that each key plays.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyboardMap {
    /// Keys outside keep their pitch of the default tuning.
    retuned: std::ops::RangeInclusive<u8>,
    /// The key of the pattern's first entry.
    middle: u8,
    reference_key: u8,
    reference_hz: f64,
    /// Degrees between a pattern and the next one; `None` = as many as the scale has.
    octave: Option<u32>,
    /// The pattern; `None` = a silent key. Empty: consecutive keys play consecutive degrees.
    degrees: Vec<Option<u32>>,
    /// Bit n: key n may sound.
    sounding: u128,
}

impl Default for KeyboardMap {
    /// amSynth's map: the scale starts at key 0, and key 69 has 440 Hz.
    fn default() -> Self {
        Self {
            retuned: 0..=HIGHEST_KEY,
            middle: 0,
            reference_key: 69,
            reference_hz: 440.0,
            octave: None,
            degrees: Vec::new(),
            sounding: u128::MAX,
        }
    }
}

impl KeyboardMap {
    /// The map of a `.kbm` file.
    ///
    /// # Errors
    /// Names the first line that does not follow the format.
    pub fn read(text: &str) -> Result<Self, SyntaxError> {
        let text = checked(text)?;
        let (ranges, lines): (Vec<_>, Vec<_>) = scala_lines(text)
            .filter(|(_, line)| !line.trim().is_empty())
            .partition(|(_, line)| line.trim_start().starts_with('<'));
        let mut lines = lines.into_iter();
        let mut next = |name: &str| lines.next().ok_or_else(|| SyntaxError::end(text, name));
        let size = whole_number(next("the size of the map")?, 0..=KEYS, "the size of the map")?;
        let mut key = |name: &str, least: u8| {
            let line = next(name)?;
            Ok((line, whole_number(line, least..=HIGHEST_KEY, name)?))
        };
        let (_, first) = key("the first key to retune", 0)?;
        let (_, last) = key("the last key to retune", first)?;
        let (_, middle) = key("the middle key", 0)?;
        let (reference, reference_key) = key("the reference key", 0)?;
        let reference_hz = frequency_hz(next("the frequency of the reference key")?)?;
        let octave = next("the octave degree")?;
        let octave = whole_number(octave, 0..=HIGHEST_DEGREE, "the octave degree")?;
        let degrees = pattern(size, lines)?;
        let map = Self {
            retuned: first..=last,
            middle,
            reference_key,
            reference_hz,
            octave: (octave > 0).then_some(octave),
            degrees,
            sounding: sounding(&ranges)?,
        };
        if map.degree(reference_key, 1).is_none() {
            let (line, content) = reference;
            return Err(SyntaxError::new(line, "a reference key that the pattern maps to a degree", content));
        }
        Ok(map)
    }

    /// True if a key gets its pitch from the scale instead of the default tuning.
    pub(super) fn retunes(&self, key: u8) -> bool {
        self.retuned.contains(&key)
    }

    /// True if a key is in a sounding range.
    pub(super) fn may_sound(&self, key: u8) -> bool {
        self.sounding & 1 << key != 0
    }

    /// The reference key and its frequency in Hz.
    pub(super) fn reference(&self) -> (u8, f64) {
        (self.reference_key, self.reference_hz)
    }

    /// The degree of a key in a scale of `notes` notes; `None` = unmapped.
    pub(super) fn degree(&self, key: u8, notes: usize) -> Option<i64> {
        let distance = i64::from(key) - i64::from(self.middle);
        if self.degrees.is_empty() {
            return Some(distance);
        }
        let size = self.degrees.len() as i64;
        let degree = self.degrees[distance.rem_euclid(size) as usize]?;
        let octave = self.octave.map_or(notes as i64, i64::from);
        Some(distance.div_euclid(size) * octave + i64::from(degree))
    }
}

fn frequency_hz((line, content): (usize, &str)) -> Result<f64, SyntaxError> {
    let word = content.split_whitespace().next().unwrap_or_default();
    let range = LOWEST_HZ..=HIGHEST_HZ;
    word.parse().ok().filter(|frequency_hz| range.contains(frequency_hz)).ok_or_else(|| {
        let expected = format!("the frequency of the reference key in Hz ({RANGE_HZ})");
        SyntaxError::new(line, expected, content)
    })
}

/// The entries of the pattern. Missing ones at its end are unmapped; Scala's own files also have
/// unmapped entries after it.
fn pattern<'a>(
    size: usize,
    lines: impl Iterator<Item = (usize, &'a str)>,
) -> Result<Vec<Option<u32>>, SyntaxError> {
    let mut degrees = Vec::with_capacity(size);
    for (line, content) in lines {
        let is_unmapped =
            content.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("x"));
        if degrees.len() == size {
            if !is_unmapped {
                let expected = format!("no degree after the {size} that the size announces");
                return Err(SyntaxError::new(line, expected, content));
            }
        } else if is_unmapped {
            degrees.push(None);
        } else {
            let degree = whole_number((line, content), 0..=HIGHEST_DEGREE, "x or a degree of the scale")?;
            degrees.push(Some(degree));
        }
    }
    degrees.resize(size, None);
    Ok(degrees)
}

/// The set of keys in lines `<name> first last`.
fn sounding(ranges: &[(usize, &str)]) -> Result<u128, SyntaxError> {
    let mut keys = 0;
    for &(line, content) in ranges {
        let error = || SyntaxError::new(line, "“<name> first last”, two keys from 0 to 127", content);
        let mut words = content.split_whitespace().skip(1);
        let mut key = || words.next()?.parse::<u8>().ok().filter(|key| *key <= HIGHEST_KEY);
        let (first, last) = key().zip(key()).filter(|(first, last)| first <= last).ok_or_else(error)?;
        keys |= u128::MAX >> (u32::from(HIGHEST_KEY - (last - first))) << first;
    }
    Ok(if ranges.is_empty() { u128::MAX } else { keys })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_sets_of_keys() {
        assert_eq!(sounding(&[]).unwrap(), u128::MAX);
        assert_eq!(sounding(&[(1, "<all> 0 127")]).unwrap(), u128::MAX);
        assert_eq!(sounding(&[(1, "<a> 0 0"), (2, "  <b> 126 127 high")]).unwrap(), 1 | 3 << 126);
        for wrong in ["<a>", "<a> 1", "<a> 5 4", "<a> 0 128", "<a> -1 4", "< a 0 4"] {
            assert!(sounding(&[(1, wrong)]).is_err(), "{wrong}");
        }
    }
}
