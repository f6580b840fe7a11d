//! Numbers as the options of several commands take them, each refused with what is expected.

use std::str::FromStr;

/// The longest render: an hour.
const LONGEST_S: f64 = 3600.0;

/// A length in seconds.
pub fn seconds(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|seconds| (0.0..=LONGEST_S).contains(seconds) && *seconds > 0.0)
        .ok_or_else(|| format!("a number of seconds above 0, up to {LONGEST_S}, is expected"))
}

/// A whole number; clap alone says of a negative one that it has an invalid digit.
pub fn whole<N: FromStr>(text: &str) -> Result<N, String> {
    text.parse().map_err(|_| "a whole number of 0 or more is expected".to_owned())
}

/// A number that is one.
pub fn finite(text: &str) -> Result<f32, String> {
    text.parse()
        .ok()
        .filter(|number: &f32| number.is_finite())
        .ok_or_else(|| "a finite number is expected".to_owned())
}
