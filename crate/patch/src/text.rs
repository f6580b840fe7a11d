//! Formatting of parameter values for people, and parsing of what people enter.
//! Parsing a formatted value never changes how it is formatted.

use crate::table::Parameter;

/// Format of a control value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Display {
    /// `(control + offset) · scale` with `decimals` digits after the point, then the unit.
    Number {
        /// added to the control value
        offset: f32,
        /// multiplied after it
        scale: f32,
        /// digits after the point
        decimals: usize,
        /// unit after the number
        unit: &'static str,
    },
    /// Seconds, or milliseconds below one second.
    Time,
    /// A frequency ratio in cents (1200 to an octave).
    Cents,
    /// A frequency ratio in octaves.
    Octaves,
    /// Envelope amount of the filter as amSynth 1.13.2 computes it: above 0 multiples of the note's frequency
    /// that are added, below 0 the percentage of the cutoff that is removed (−16 = all).
    EnvelopeAmount,
    /// An index into a list, truncated as in amSynth.
    Choice(&'static [&'static str]),
}

const NOTES: &str = "× note";
const OF_CUTOFF: &str = "% of cutoff";
/// Magnitude of the negative envelope amount that removes the whole cutoff.
const WHOLE_CUTOFF: f32 = 16.0;

/// A text that is not a value of the parameter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not a value of {name}: enter {expected}")]
pub struct TextError {
    text: String,
    name: &'static str,
    expected: String,
}

impl Parameter {
    /// Formats a stored value with its unit.
    pub fn text(self, value: f32) -> String {
        let control = self.control(value);
        match self.info().display {
            Display::Number { offset, scale, decimals, unit } => {
                with_unit(&fixed((control + offset) * scale, decimals), unit)
            }
            Display::Time => time(control),
            Display::Cents => with_unit(&fixed(1200.0 * control.log2(), 0), "cents"),
            Display::Octaves => with_unit(&fixed(control.log2(), 0), "octaves"),
            Display::EnvelopeAmount => envelope_amount(control),
            Display::Choice(names) => names[(control as usize).min(names.len() - 1)].to_owned(),
        }
    }

    /// Parses a text to a stored value. The unit may be left out; a number alone has the unit that
    /// [`Parameter::text`] writes (for times: seconds).
    ///
    /// # Errors
    /// If the text is not a number, or not a name of the list.
    pub fn parse(self, text: &str) -> Result<f32, TextError> {
        let error = |expected: String| TextError { text: text.to_owned(), name: self.name(), expected };
        let trimmed = text.trim();
        if let Display::Choice(names) = self.info().display {
            return names
                .iter()
                .position(|name| name.eq_ignore_ascii_case(trimmed))
                .map(|index| self.snap(index as f32))
                .ok_or_else(|| error(format!("one of: {}", names.join("; "))));
        }
        let (number, milli) = split_unit(trimmed, self.info().display);
        let shown: f32 = number
            .replace('−', "-")
            .parse()
            .ok()
            .filter(|number: &f32| number.is_finite())
            .ok_or_else(|| error("a number".to_owned()))?;
        let control = match self.info().display {
            Display::Number { offset, scale, .. } => shown / scale - offset,
            Display::Time if milli => shown / 1000.0,
            Display::Time => shown,
            Display::Cents => (shown / 1200.0).exp2(),
            Display::Octaves => shown.exp2(),
            Display::EnvelopeAmount if shown < 0.0 => shown / 100.0 * WHOLE_CUTOFF,
            Display::EnvelopeAmount => shown,
            Display::Choice(_) => unreachable!("answered above"),
        };
        let value = self.info().law.value(control);
        // A time below 0.5 ms has no real root: it gives the least value.
        Ok(self.snap(if value.is_nan() { self.info().min } else { value }))
    }
}

/// The number of a text, and whether its unit is milliseconds.
fn split_unit(text: &str, display: Display) -> (&str, bool) {
    let strip = |unit: &str| {
        text.strip_suffix(unit).or_else(|| text.strip_suffix(unit.strip_suffix('s')?)).map(str::trim_end)
    };
    match display {
        Display::Number { unit, .. } => (strip(unit).unwrap_or(text), false),
        Display::Time => match strip("ms") {
            Some(number) => (number, true),
            None => (strip("s").unwrap_or(text), false),
        },
        Display::Cents => (strip("cents").unwrap_or(text), false),
        Display::Octaves => (strip("octaves").unwrap_or(text), false),
        Display::EnvelopeAmount => {
            (strip(NOTES).or_else(|| strip(OF_CUTOFF)).or_else(|| strip("%")).unwrap_or(text), false)
        }
        Display::Choice(_) => (text, false),
    }
}

/// A time in ms with one decimal below 10 ms, without below 1 s, else in s; the rounded value decides.
fn time(seconds: f32) -> String {
    let short = fixed(seconds * 1000.0, 1);
    let long = fixed(seconds * 1000.0, 0);
    match (short.len(), long.len()) {
        (..=3, _) => format!("{short} ms"),
        (_, ..=3) => format!("{long} ms"),
        _ => format!("{} s", fixed(seconds, 2)),
    }
}

/// A percentage of the cutoff below 0, but a multiple of the note if the percentage rounds to 0.
fn envelope_amount(control: f32) -> String {
    match fixed(100.0 * control / WHOLE_CUTOFF, 0) {
        part if control < 0.0 && part != "0" => with_unit(&part, OF_CUTOFF),
        _ => with_unit(&fixed(control.max(0.0), 2), NOTES),
    }
}

/// A number and its unit, in the singular after 1.
fn with_unit(number: &str, unit: &str) -> String {
    let one = matches!(number, "1" | "−1");
    format!("{number} {}", unit.strip_suffix('s').filter(|_| one).unwrap_or(unit))
}

/// A number with fixed decimals and a typographic minus sign, never “−0”.
fn fixed(number: f32, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    match text.strip_prefix('-') {
        Some(rest) if rest.chars().all(|c| c == '0' || c == '.') => rest.to_owned(),
        Some(rest) => format!("−{rest}"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parsing_a_formatted_value_keeps_its_format(index in 0..crate::PARAMETER_COUNT, position in 0.0f32..=1.0) {
            let parameter = Parameter::ALL[index];
            let info = parameter.info();
            let value = parameter.snap(info.min + position * (info.max - info.min));
            let text = parameter.text(value);
            let read = parameter.parse(&text).unwrap();
            prop_assert_eq!(parameter.text(read), text);
        }
    }

    #[test]
    fn values_are_shown_with_their_units() {
        assert_eq!(Parameter::AmpAttack.text(0.0), "0.5 ms");
        assert_eq!(Parameter::AmpAttack.text(2.5), "15.63 s");
        assert_eq!(Parameter::FilterSlope.text(1.0), "24 dB/octave");
        assert_eq!(Parameter::Osc2Range.text(-1.0), "−1 octave");
        assert_eq!(Parameter::Osc2Pitch.text(-12.0), "−12 semitones");
        assert_eq!(Parameter::Osc2Detune.text(1.0), "386 cents");
        assert_eq!(Parameter::PortamentoMode.text(0.99), "always");
        assert_eq!(Parameter::FreqModAmount.text(1.3), "100 %");
        assert_eq!(Parameter::FilterEnvAmount.text(16.0), "16.00 × note");
        assert_eq!(Parameter::FilterEnvAmount.text(-16.0), "−100 % of cutoff");
        assert_eq!(Parameter::FilterEnvAmount.text(-0.01), "0.00 × note");
    }

    #[test]
    fn values_can_be_entered_with_or_without_units() {
        assert_eq!(Parameter::Osc2Pitch.parse(" -7 "), Ok(-7.0));
        assert_eq!(Parameter::Osc2Pitch.parse("1 semitone"), Ok(1.0));
        assert_eq!(Parameter::OscMix.parse("−50%"), Ok(-0.5));
        assert_eq!(Parameter::PortamentoTime.parse("250 ms"), Ok(0.25));
        assert_eq!(Parameter::PortamentoTime.parse("0.25"), Ok(0.25));
        assert_eq!(Parameter::FilterType.parse("Notch"), Ok(3.0));
        assert_eq!(Parameter::FilterEnvAmount.parse("-50 %"), Ok(-8.0));
        assert_eq!(Parameter::FilterEnvAmount.parse("2 × note"), Ok(2.0));
    }

    #[test]
    fn an_invalid_value_is_refused_with_the_valid_ones() {
        let error = Parameter::FilterType.parse("comb").unwrap_err().to_string();
        assert!(error.contains("filter_type") && error.contains("low-pass"), "{error}");
        assert!(Parameter::AmpDecay.parse("long").is_err());
        assert!(Parameter::AmpDecay.parse("inf").is_err());
    }

    #[test]
    fn every_value_of_a_categorical_parameter_has_a_name() {
        for parameter in Parameter::ALL {
            if let Display::Choice(names) = parameter.info().display {
                let info = parameter.info();
                assert_eq!(names.len(), (info.max - info.min) as usize + 1, "{}", info.name);
            }
        }
    }
}
