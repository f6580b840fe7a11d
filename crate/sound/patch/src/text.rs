//! Formatting of parameter values for people, and parsing of entered texts. Parsing a formatted value never
//! changes how it is formatted.

use crate::display::Display;
use crate::entry::NumberEntry;
use crate::table::{Info, Parameter};

const NOTES: &str = "× note";
/// The unit of a negative envelope amount: a share of the cutoff.
const PERCENT: &str = "%";
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
            Display::Frequency { base_hz } => frequency(control * base_hz),
            Display::Cents => with_unit(&fixed(1200.0 * control.log2(), 0), "cents"),
            Display::Octaves => with_unit(&fixed(control.log2(), 0), "octaves"),
            Display::EnvelopeAmount => envelope_amount(control),
            Display::Choice(names) => names[(control as usize).min(names.len() - 1)].to_owned(),
        }
    }

    /// Parses a text to a stored value. The unit may be left out; a number alone has the unit that
    /// [`Parameter::text`] writes (for times: seconds, for frequencies: Hz). The decimal mark is a point or a comma.
    ///
    /// # Errors
    /// If the text is not a number, or not a name of the list.
    pub fn parse(self, text: &str) -> Result<f32, TextError> {
        let error = |expected: String| TextError { text: text.to_owned(), name: self.name(), expected };
        if let Display::Choice(names) = self.info().display {
            return names
                .iter()
                .position(|name| name.eq_ignore_ascii_case(text.trim()))
                .map(|index| self.snap(index as f32))
                .ok_or_else(|| error(format!("one of: {}", names.join("; "))));
        }
        let entry = NumberEntry::read(text).ok_or_else(|| error("a number".to_owned()))?;
        let control = self.control_of(&entry).ok_or_else(|| error("another unit, or none".to_owned()))?;
        let value = self.info().law.value(control);
        // A time below 0.5 ms has no real root: it gives the least value.
        Ok(self.snap(if value.is_nan() { self.info().min } else { value }))
    }

    /// Parses a person's entry in a place that shows `shown`. A number alone has the unit of `shown`, or the
    /// related one (ms and s, Hz and kHz) if only that one leads to an allowed value.
    ///
    /// # Errors
    /// As [`Parameter::parse`].
    pub fn parse_over(self, shown: &str, text: &str) -> Result<f32, TextError> {
        let units =
            match NumberEntry::read(text).filter(|entry| entry.unit.is_empty()).and(NumberEntry::read(shown))
            {
                Some(NumberEntry { unit, .. }) => match unit.as_str() {
                    "ms" => ["ms", "s"],
                    "s" => ["s", "ms"],
                    "hz" => ["hz", "khz"],
                    "khz" => ["khz", "hz"],
                    _ => return self.parse(text),
                },
                None => return self.parse(text),
            };
        let &Info { min, max, .. } = self.info();
        let within = |unit: &&&str| {
            let control =
                NumberEntry::read(&format!("{text}{unit}")).and_then(|entry| self.control_of(&entry));
            control.is_some_and(|control| {
                (self.control(min) * 0.99..=self.control(max) * 1.01).contains(&control)
            })
        };
        let unit = units.iter().find(within).unwrap_or(&units[0]);
        self.parse(&format!("{text}{unit}"))
    }

    /// The control value of an entered number; `None` for a unit that the parameter does not have.
    fn control_of(self, NumberEntry { number, unit }: &NumberEntry) -> Option<f32> {
        let (number, unit) = (*number, unit.as_str());
        let is = |names: &[&str]| names.contains(&unit).then_some(());
        match self.info().display {
            // A level in decibels of full scale.
            Display::Number { unit: "%", .. } if unit == "db" && self == Self::MasterVol => {
                Some(10.0f32.powf(number / 20.0))
            }
            Display::Number { offset, scale, unit: own, .. } => {
                let own = own.to_ascii_lowercase();
                let singular = own.trim_end_matches('s');
                is(&["", &own, singular]).or_else(|| is(&["st"]).filter(|()| singular == "semitone"))?;
                Some(number / scale - offset)
            }
            Display::Time if is(&["ms", "msec", "millisecond", "milliseconds"]).is_some() => {
                Some(number / 1000.0)
            }
            Display::Time => is(&["", "s", "sec", "second", "seconds"]).map(|()| number),
            Display::Frequency { base_hz } if is(&["khz", "k"]).is_some() => Some(1000.0 * number / base_hz),
            Display::Frequency { base_hz } => is(&["", "hz"]).map(|()| number / base_hz),
            Display::Cents => is(&["", "cents", "cent", "ct"]).map(|()| (number / 1200.0).exp2()),
            Display::Octaves => is(&["", "octaves", "octave", "oct"]).map(|()| number.exp2()),
            Display::EnvelopeAmount => {
                is(&["", "×note", "×notes", "×", "x", "%ofcutoff", "%"])?;
                Some(if number < 0.0 { number / 100.0 * WHOLE_CUTOFF } else { number })
            }
            Display::Choice(_) => None,
        }
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

/// A frequency of three digits: in Hz below 1 kHz, else in kHz; the rounded value decides.
fn frequency(hz: f32) -> String {
    let digits = |number: f32| {
        let decimals = if number < 9.995 { 2 } else { usize::from(number < 99.95) };
        fixed(number, decimals)
    };
    if hz < 999.5 { format!("{} Hz", digits(hz)) } else { format!("{} kHz", digits(hz / 1000.0)) }
}

/// A percentage of the cutoff below 0, but a multiple of the note if the percentage rounds to 0.
fn envelope_amount(control: f32) -> String {
    match fixed(100.0 * control / WHOLE_CUTOFF, 0) {
        part if control < 0.0 && part != "0" => with_unit(&part, PERCENT),
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
            let is_number = !matches!(info.display, Display::Choice(_));
            for written in [text.clone(), text.replace('.', ","), text.to_uppercase(), text.replace(' ', "")].into_iter().take(if is_number { 4 } else { 1 }) {
                let read = parameter.parse(&written);
                prop_assert_eq!(parameter.text(read.unwrap()), text.clone(), "{}", written);
                prop_assert_eq!(parameter.text(parameter.parse_over(&text, &written).unwrap()), text.clone());
            }
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
        assert_eq!(Parameter::FilterEnvAmount.text(-16.0), "−100 %");
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
    fn frequencies_are_entered_in_hz_or_khz() {
        let cutoff = Parameter::FilterCutoff;
        assert_eq!([-0.5, 0.0, 1.5].map(|value| cutoff.text(value)), ["65.4 Hz", "262 Hz", "16.7 kHz"]);
        for text in ["1.9 kHz", "1,9k", "1900 Hz", " 1900", "+1.9KHZ"] {
            assert_eq!(cutoff.text(cutoff.parse(text).unwrap()), "1.90 kHz", "{text}");
        }
        assert_eq!(cutoff.parse("1 MHz").map(|_| ()).unwrap_err().expected, "another unit, or none");
        assert_eq!(
            (cutoff.parse("1 Hz"), cutoff.parse("99 kHz")),
            (Ok(-0.5), Ok(1.5)),
            "the ends of the range"
        );
    }

    #[test]
    fn a_number_alone_has_the_unit_that_it_replaces_unless_only_another_one_is_possible() {
        let over = |parameter: Parameter, shown: &str, text: &str| {
            parameter.text(parameter.parse_over(shown, text).unwrap())
        };
        assert_eq!(over(Parameter::AmpDecay, "250 ms", "300"), "300 ms");
        assert_eq!(over(Parameter::AmpDecay, "1.20 s", "3"), "3.00 s");
        assert_eq!(over(Parameter::AmpDecay, "1.20 s", "300"), "300 ms");
        assert_eq!(over(Parameter::AmpDecay, "1.20 s", "3 ms"), "3.0 ms");
        assert_eq!(over(Parameter::FilterCutoff, "1.92 kHz", "2"), "2.00 kHz");
        assert_eq!(over(Parameter::FilterCutoff, "1.92 kHz", "800"), "800 Hz");
        assert_eq!(over(Parameter::FilterCutoff, "262 Hz", "3,5"), "3.50 kHz");
        assert_eq!(over(Parameter::LfoFreq, "2.00 Hz", "3"), "3.00 Hz");
        assert_eq!(over(Parameter::MasterVol, "45 %", "-6 dB"), "50 %");
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
