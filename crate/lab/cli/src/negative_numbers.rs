//! Negative numbers as programs print them, such as -1e-3 and -.5: the library of arguments takes a word with a sign in
//! its exponent, or without a digit before its point, for an option. They get the digits that it knows; no value
//! changes.

use std::ffi::OsString;

/// More zeros are no number that a command takes.
const MOST_ZEROS: i32 = 400;

/// All arguments; those after `--` stay.
pub fn spelled_out(arguments: impl Iterator<Item = OsString>) -> impl Iterator<Item = OsString> {
    let mut has_ended = false;
    arguments.map(move |argument| {
        has_ended |= argument == "--";
        let spelled = argument.to_str().filter(|_| !has_ended).and_then(spelled);
        spelled.map_or(argument, OsString::from)
    })
}

/// A negative number without an exponent, with a digit before its point.
fn spelled(text: &str) -> Option<String> {
    let number = text.strip_prefix(['-', '−'])?;
    number.parse::<f64>().ok().filter(|_| number.starts_with(|c: char| c.is_ascii_digit() || c == '.'))?;
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let exponent = exponent.parse::<i32>().ok().filter(|exponent| exponent.abs() <= MOST_ZEROS)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    // Digits before the point, counted from the first one.
    let point = whole.len() as i32 + exponent;
    let before = "0".repeat(usize::try_from(1 - point).unwrap_or(0));
    let after = "0".repeat(usize::try_from(point - digits.len() as i32).unwrap_or(0));
    let all = format!("{before}{digits}{after}");
    let (whole, fraction) = all.split_at(usize::try_from(point.max(1)).ok()?);
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("-{whole}{point}{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_negative_number_is_one_that_is_known() {
        for (text, expected) in [
            ("-1e-3", "-0.001"),
            ("-.5", "-0.5"),
            ("-1E-1", "-0.1"),
            ("-1.25e-02", "-0.0125"),
            ("-1.25e+1", "-12.5"),
            ("-1.25e2", "-125"),
            ("-1.25e4", "-12500"),
            ("-.5e1", "-5"),
            ("-12.", "-12"),
            ("-3", "-3"),
            ("-0.0", "-0.0"),
            ("−0.25", "-0.25"),
        ] {
            let spelled = spelled(text).unwrap();
            assert_eq!(spelled, expected);
            assert_eq!(spelled.parse::<f32>(), text.replace('−', "-").parse::<f32>());
        }
    }

    #[test]
    fn other_arguments_stay() {
        for text in
            ["-o", "-", "--", "-inf", "-nan", "-e5", "-.", "-1e", "-1e9999", "--from", "-1,2", "1e-3", "-x.5"]
        {
            assert_eq!(spelled(text), None, "{text}");
        }
        let arguments = ["decode", "-.5", "--", "-.5"].map(OsString::from);
        assert_eq!(spelled_out(arguments.into_iter()).collect::<Vec<_>>(), ["decode", "-0.5", "--", "-.5"]);
    }
}
