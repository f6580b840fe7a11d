//! Promise: no text makes a parser panic, and an error names the line.

use proptest::prelude::*;
use voice::controller_map::ControllerMap;
use voice::text::{LONGEST_TEXT_BYTES, text_of};
use voice::tuning::{KeyboardMap, MOST_NOTES, Tuning, TuningScale};

/// Each text must be refused with its line, and the message must contain the word.
fn assert_refused<T: std::fmt::Debug>(
    read: impl Fn(&str) -> Result<T, voice::text::SyntaxError>,
    cases: &[(&str, usize, &str)],
) {
    for (text, line, word) in cases {
        let error = read(text).expect_err(text);
        assert_eq!(error.line, *line, "{text:?}: {error}");
        let sentence = error.to_string();
        assert!(sentence.starts_with(&format!("line {line}: expected ")), "{sentence}");
        assert!(sentence.contains(word), "“{word}” is missing in: {sentence}");
    }
}

#[test]
fn a_wrong_scale_is_refused_with_its_line() {
    assert_refused(
        TuningScale::read,
        &[
            ("", 1, "description"),
            ("! only\n! remarks\n", 3, "description"),
            ("scale", 2, "number of notes"),
            ("scale\n-1\n", 2, "0 to 999"),
            ("scale\n1000\n", 2, "0 to 999"),
            ("scale\n9/8\n2/1\n", 2, "“9/8”"),
            ("scale\n2\n9/8\n", 4, "note 2 of 2"),
            ("scale\n1\n2/1\n!\n\n3/1\n", 6, "the 1 notes announced"),
            ("scale\n1\n-2/1\n", 3, "ratio"),
            ("scale\n!\n1\n0/1\n", 4, "above 0"),
            ("scale\n1\n701,955\n", 3, "701,955"),
            ("scale\n1\nfifth\n", 3, "cents"),
        ],
    );
}

#[test]
fn a_wrong_keyboard_map_is_refused_with_its_line() {
    assert_refused(
        KeyboardMap::read,
        &[
            ("", 1, "size of the map"),
            ("129", 1, "0 to 128"),
            ("0\n0\n127\n60\n60\n", 6, "frequency"),
            ("0\n0\n127\n60\n60\n440\n", 7, "octave degree"),
            ("0\n-1\n127\n60\n60\n440\n0", 2, "first key"),
            ("0\n60\n59\n60\n60\n440\n0", 3, "60 to 127"),
            ("0\n0\n127\n60.5\n60\n440\n0", 4, "middle key"),
            ("0\n0\n127\n60\n128\n440\n0", 5, "reference key"),
            ("0\n0\n127\n60\n60\n0\n0", 6, "Hz"),
            ("0\n0\n127\n60\n60\nNaN\n0", 6, "Hz"),
            ("0\n0\n127\n60\n60\n1e9\n0", 6, "200000"),
            ("0\n0\n127\n60\n60\n440\n0\n0\n", 8, "no degree"),
            ("!\n2\n0\n127\n60\n61\n440\n1\n0\nx\n", 6, "maps to a degree"),
            ("2\n0\n127\n60\n60\n440\n1\n0\n-1\n", 9, "x or a degree"),
            ("1\n0\n127\n60\n60\n440\n1\n0\n1\n", 9, "the 1 that the size announces"),
            ("<low> 9 8\n0\n0\n127\n60\n60\n440\n0\n", 1, "two keys"),
        ],
    );
}

#[test]
fn a_wrong_controller_map_is_refused_with_its_line() {
    let too_many = "null\n".repeat(129);
    assert_refused(
        ControllerMap::read,
        &[
            ("null\nnull null\nloudness", 3, "controller 3"),
            (&too_many, 129, "128 controllers"),
            ("Master_Vol", 1, "“Master_Vol”"),
        ],
    );
}

#[test]
fn a_text_that_is_too_long_is_refused() {
    let long = " ".repeat(LONGEST_TEXT_BYTES + 1);
    assert!(TuningScale::read(&long).unwrap_err().to_string().contains("65536 bytes"));
    assert!(KeyboardMap::read(&long).is_err() && ControllerMap::read(&long).is_err());
    let most = format!("{}\n{MOST_NOTES}\n{}", "long ".repeat(2_000), "100.0\n".repeat(MOST_NOTES));
    assert_eq!(TuningScale::read(&most).unwrap().notes(), MOST_NOTES);
}

#[test]
fn files_with_a_byte_order_mark_and_windows_line_ends_are_read() {
    let scale =
        TuningScale::read(&text_of(b"\xEF\xBB\xBF! a\r\nfrom Windows\r\n 2 \r\n3/2\r\n2/1\r\n\r\n").unwrap())
            .unwrap();
    assert_eq!(scale, TuningScale::read("\n2\n3/2\n2/1").unwrap());
}

/// Right and wrong lines of such files.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("! remark".to_owned()),
        Just("x".to_owned()),
        (0..130i32).prop_map(|number| number.to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>().prop_map(|number| number.to_string()),
        (any::<u32>(), any::<u32>()).prop_map(|(n, d)| format!("{n}/{d}")),
        (-40_000.0..40_000.0f64).prop_map(|cents| format!("{cents:.3}")),
        (0..140u8, 0..140u8).prop_map(|(first, last)| format!("<range> {first} {last}")),
        "[ -~äß…\t]{0,12}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(line(), 0..24).prop_map(|lines| lines.join("\n")),
        1 => any::<String>(),
    ]
}

/// A valid scale and a valid map, possibly absurd.
fn files() -> impl Strategy<Value = (String, String)> {
    let pitch = prop_oneof![
        (-38_400.0..38_400.0f64).prop_map(|cents| format!("{cents:.5}")),
        (1..u32::MAX, 1..u32::MAX).prop_map(|(n, d)| format!("{n}/{d}")),
    ];
    let scale = prop::collection::vec(pitch, 0..20)
        .prop_map(|pitches| format!("scale\n{}\n{}", pitches.len(), pitches.join("\n")));
    let keys = (0..128u8, 0..128u8, 0..128u8, 0..128u8);
    let degrees = prop::collection::vec(prop_oneof![Just(None), (0..10_000u32).prop_map(Some)], 0..128);
    let map = (keys, 0.01..200_000.0f64, 0..10_000u32, degrees).prop_map(|(keys, hz, octave, degrees)| {
        let (first, last, middle, reference) = (keys.0.min(keys.1), keys.0.max(keys.1), keys.2, keys.3);
        let entry = |degree: Option<u32>| degree.map_or("x".to_owned(), |degree| degree.to_string());
        let entries: Vec<String> = degrees.iter().copied().map(entry).collect();
        let size = degrees.len();
        format!("{size}\n{first}\n{last}\n{middle}\n{reference}\n{hz}\n{octave}\n{}", entries.join("\n"))
    });
    (scale, map)
}

proptest! {
    #[test]
    fn no_text_makes_a_parser_panic(text in text()) {
        let lines = text.lines().count();
        for error in [
            TuningScale::read(&text).err(),
            KeyboardMap::read(&text).err(),
            ControllerMap::read(&text).err(),
        ].into_iter().flatten() {
            prop_assert!((1..=lines + 1).contains(&error.line), "{error}");
            prop_assert!(error.to_string().chars().count() < 250, "{error}");
        }
    }

    #[test]
    fn every_valid_file_tunes_within_the_limits((scale, map) in files()) {
        let scale = TuningScale::read(&scale).map_err(|error| TestCaseError::fail(error.to_string()))?;
        // A map with an unmapped reference key is refused.
        if let Ok(tuning) = KeyboardMap::read(&map).map(|map| Tuning::new(&scale, &map)) {
            let Ok(tuning) = tuning else { return Ok(()) };
            for key in 0..=255 {
                let pitch_hz = tuning.pitch_hz(key).unwrap_or(1.0);
                prop_assert!((0.0099..=200_001.0).contains(&pitch_hz), "key {key}: {pitch_hz} Hz");
            }
        }
    }

    /// A key one pattern higher is one period of the scale higher.
    #[test]
    fn patterns_repeat_at_the_period(
        size in 1u8..30,
        middle in 0u8..128,
        steps in prop::collection::vec(1u32..300, 1..20),
    ) {
        let mut cents = 0;
        let pitches: Vec<String> = steps.iter().map(|step| { cents += step; format!("{cents}.0") }).collect();
        let scale = TuningScale::read(&format!("\n{}\n{}", steps.len(), pitches.join("\n"))).unwrap();
        let degrees: Vec<String> = (0..size).map(|degree| degree.to_string()).collect();
        let map = format!("{size}\n0\n127\n{middle}\n{middle}\n440\n0\n{}", degrees.join("\n"));
        let tuning = Tuning::new(&scale, &KeyboardMap::read(&map).unwrap()).unwrap();
        for key in 0..128 - size {
            if let (Some(low), Some(high)) = (tuning.pitch_hz(key), tuning.pitch_hz(key + size)) {
                let interval = 1200.0 * (f64::from(high) / f64::from(low)).log2();
                prop_assert!((interval - f64::from(cents)).abs() < 0.01, "{key}: {interval} instead of {cents}");
            }
        }
    }
}
