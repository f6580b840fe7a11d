//! Scales, and Scala's `.scl` files: a description, the number of notes, and a pitch on each line.
//!
//! Source of the format: "Scala scale file format" at huygens-fokker.org. A value with a period is in cents, any
//! other is a ratio, and `2` means 2/1. Text after a value is a comment. The first note (1/1) is not in the file,
//! the last one is the period. Never opens files.

use math::double;

use crate::text::{SyntaxError, checked, scala_lines, whole_number};

/// Most notes of a scale. A keyboard map selects the notes of the 128 keys.
pub const MOST_NOTES: usize = 999;
/// Widest interval of a note, up or down, in cents: 32 octaves, the range of a ratio of 32-bit numbers.
pub const WIDEST_CENTS: f64 = 38_400.0;

/// The intervals of a scale's notes to its first one.
#[derive(Clone, Debug, PartialEq)]
pub struct TuningScale {
    /// Frequency ratios of degrees 1, 2, …; the last one is the period. Empty: every degree is the
    /// first note.
    ratios: Vec<f64>,
}

impl Default for TuningScale {
    /// Twelve-tone equal temperament.
    fn default() -> Self {
        Self { ratios: (1..=12).map(|degree| double::pow(2.0, f64::from(degree) / 12.0)).collect() }
    }
}

impl TuningScale {
    /// The scale of an `.scl` file.
    ///
    /// # Errors
    /// Names the first line that does not follow the format.
    pub fn read(text: &str) -> Result<Self, SyntaxError> {
        let text = checked(text)?;
        let mut lines = scala_lines(text);
        lines.next().ok_or_else(|| SyntaxError::end(text, "the description of a scale"))?;
        let mut lines = lines.filter(|(_, line)| !line.trim().is_empty());
        let count = lines.next().ok_or_else(|| SyntaxError::end(text, "the number of notes"))?;
        let count = whole_number(count, 0..=MOST_NOTES, "the number of notes")?;
        let mut ratios = Vec::with_capacity(count);
        for note in 1..=count {
            let (line, content) = lines
                .next()
                .ok_or_else(|| SyntaxError::end(text, format!("the pitch of note {note} of {count}")))?;
            ratios.push(pitch(content).ok_or_else(|| SyntaxError::new(line, PITCH, content))?);
        }
        match lines.next() {
            Some((line, content)) => {
                Err(SyntaxError::new(line, format!("no more than the {count} notes announced"), content))
            }
            None => Ok(Self { ratios }),
        }
    }

    /// Number of notes without the first one (1/1).
    pub fn notes(&self) -> usize {
        self.ratios.len()
    }

    /// `base_hz` times the ratio of a degree, which may be below 0 or above the period.
    pub(super) fn pitch_hz(&self, degree: i64, base_hz: f64) -> f64 {
        let Some(period) = self.ratios.last() else { return base_hz };
        let notes = self.ratios.len() as i64;
        // In this order the default scale is amSynth's, bit for bit.
        let period_hz = base_hz * double::pow(*period, degree.div_euclid(notes) as f64);
        match degree.rem_euclid(notes) {
            0 => period_hz,
            step => period_hz * self.ratios[step as usize - 1],
        }
    }
}

const PITCH: &str = "a pitch: cents with a period such as 701.955 (up to 38400), or a ratio of numbers \
                     above 0 such as 3/2 or 2";

/// The frequency ratio of a line; white space separates it from a comment.
fn pitch(line: &str) -> Option<f64> {
    let line = line.trim_start();
    let value = line.split(|c: char| c.is_whitespace() || c == '!').next()?;
    if value.contains('.') {
        let is_decimal = value.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
        let cents: f64 = value.parse().ok().filter(|_| is_decimal)?;
        return (cents.abs() <= WIDEST_CENTS).then(|| double::pow(2.0, cents / 1200.0));
    }
    // Spaces are allowed around the slash.
    let (numerator, rest) = leading_digits(line)?;
    let Some(rest) = rest.trim_start().strip_prefix('/') else {
        return ratio(numerator, "1").filter(|_| ends_value(rest));
    };
    let (denominator, rest) = leading_digits(rest.trim_start())?;
    ratio(numerator, denominator).filter(|_| ends_value(rest))
}

fn ends_value(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '!')
}

/// The digits of a whole number above 0, and the rest of the text.
fn leading_digits(text: &str) -> Option<(&str, &str)> {
    let (digits, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let digits = digits.trim_start_matches('0');
    (!digits.is_empty()).then_some((digits, rest))
}

/// Digits of a number that a float still holds.
const MOST_DIGITS: usize = 300;

/// The ratio of two whole numbers of any length, if it is one of a float.
fn ratio(numerator: &str, denominator: &str) -> Option<f64> {
    // Without their last digits two long numbers have the same ratio, to within a float.
    let dropped = numerator.len().max(denominator.len()).saturating_sub(MOST_DIGITS);
    let number = |digits: &str| digits[..digits.len().checked_sub(dropped)?].parse::<f64>().ok();
    Some(number(numerator)? / number(denominator)?).filter(|ratio| ratio.is_normal() && *ratio > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_as_scala_reads_them() {
        let cents = |cents: f64| Some(double::pow(2.0, cents / 1200.0));
        for (line, ratio) in [
            ("81/64", Some(81.0 / 64.0)),
            ("408.0", cents(408.0)),
            ("408.", cents(408.0)),
            (" \t5", Some(5.0)),
            ("-5.0", cents(-5.0)),
            ("10/20", Some(0.5)),
            ("100.0 cents", cents(100.0)),
            ("100.0 C#", cents(100.0)),
            ("5/4   E\\", Some(1.25)),
            ("3 / 2 a fifth. Pure", Some(1.5)),
            ("2!octave", Some(2.0)),
            ("2 1/1", Some(2.0)),
            ("2147483647/2147483646", Some(2_147_483_647.0 / 2_147_483_646.0)),
            ("-3/2", None),
            ("3/-2", None),
            ("0", None),
            ("3/0", None),
            ("3/2/1", None),
            ("3/", None),
            ("4,5", None),
            ("1e5", None),
            ("1.0e5", None),
            ("38401.0", None),
            ("99999999999", Some(99_999_999_999.0)),
            ("10460353203/8589934592", Some(10_460_353_203.0 / 8_589_934_592.0)),
            ("007/004", Some(1.75)),
            ("0/5", None),
            ("/5", None),
            ("infinity.", None),
            (".", None),
            ("fifth", None),
        ] {
            assert_eq!(pitch(line), ratio, "{line:?}");
        }
    }

    #[test]
    fn a_ratio_has_any_number_of_digits() {
        for zeros in [0, 10, 20, 298, 299, 300, 301, 1000, 30_000] {
            let zeros = "0".repeat(zeros);
            for (line, expected) in
                [(format!("3{zeros}/2{zeros}"), 1.5), (format!(" 9{zeros} / 8{zeros} !"), 1.125)]
            {
                assert_eq!(pitch(&line), Some(expected), "{} zeros", zeros.len());
            }
        }
        // No key has such a pitch.
        assert_eq!(pitch(&format!("1{}", "0".repeat(400))), None);
        assert_eq!(pitch(&format!("1/1{}", "0".repeat(400))), None);
    }
}
