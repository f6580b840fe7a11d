//! Promise: files lose nothing, and the error for a wrong file names its line.

use patch::file::{
    NAME_LIMIT, is_cut_off, read_bank, read_preset, skipped_parameters, text_of, write_bank, write_preset,
};
use patch::{Parameter, Patch, Preset};
use proptest::prelude::*;

fn any_preset() -> impl Strategy<Value = Preset> {
    let values = proptest::collection::vec(0.0f32..=1.0, Parameter::ALL.len());
    ("[A-Za-z0-9é'<>#-]{1,9}( [A-Za-z0-9]{1,9}){0,3}", values).prop_map(|(name, positions)| {
        let mut patch = Patch::default();
        for parameter in Parameter::ALL {
            let info = parameter.info();
            patch.set(parameter, info.min + positions[parameter.index()] * (info.max - info.min));
        }
        Preset { name, patch }
    })
}

proptest! {
    #[test]
    fn a_written_preset_is_read_back_bit_for_bit(preset in any_preset()) {
        prop_assert_eq!(read_preset(&write_preset(&preset)).unwrap(), preset);
    }

    #[test]
    fn a_written_bank_is_read_back_bit_for_bit(presets in proptest::collection::vec(any_preset(), 0..5)) {
        prop_assert_eq!(read_bank(&write_bank(&presets).unwrap()).unwrap(), presets);
    }

    #[test]
    fn no_text_makes_a_parser_panic(text in "(amSynth(1.0preset)?|<preset> <name>|<parameter>|\n| |amp_attack|unused|0.5|[ -~]{0,5}){0,20}") {
        let _ = read_preset(&text);
        let _ = read_bank(&text);
    }

    #[test]
    fn a_name_never_changes_the_sound(name in "(<parameter> |<preset> |EOF\n|amp_attack 1 |\\PC{0,4}){0,4}") {
        let preset = Preset { name, patch: Patch::default() };
        prop_assert_eq!(read_preset(&write_preset(&preset)).unwrap().patch, preset.patch);
        let bank = read_bank(&write_bank(std::slice::from_ref(&preset)).unwrap()).unwrap();
        prop_assert_eq!(bank.len(), 1);
        prop_assert_eq!(bank[0].patch, preset.patch);
    }

    #[test]
    fn a_long_name_keeps_the_words_that_fit(name in "x\\PC{0,200}( [A-Za-zü]{1,60}){0,9}") {
        let texts = [
            format!("amSynth\n<preset> <name> {name}\n<parameter> amp_attack 0.25\nEOF\n"),
            format!("amSynth1.0preset\n<preset> <name> {name}\n<parameter> amp_attack 0.25\n"),
        ];
        let words = name.split_whitespace().collect::<Vec<_>>().join(" ");
        for preset in [read_bank(&texts[0]).unwrap().remove(0), read_preset(&texts[1]).unwrap()] {
            let name = &preset.name;
            prop_assert!(name.chars().count() <= NAME_LIMIT);
            prop_assert!(*name == words || words.starts_with(&format!("{name} ")), "{name}");
            prop_assert_eq!(preset.patch.get(Parameter::AmpAttack), 0.25);
            prop_assert_eq!(&read_preset(&write_preset(&preset)).unwrap(), &preset);
            prop_assert_eq!(&read_bank(&write_bank(std::slice::from_ref(&preset)).unwrap()).unwrap()[0], &preset);
        }
    }
}

#[test]
fn a_name_has_at_most_256_characters() {
    let read = |name: &str| {
        let bank = read_bank(&format!("amSynth\n<preset> <name> {name}\nEOF\n")).unwrap().remove(0);
        let preset = read_preset(&format!("amSynth1.0preset <preset> <name> {name}\n<parameter> unused 0\n"));
        assert_eq!(preset.unwrap().name, bank.name);
        bank.name
    };
    let fits = format!("{} b", "ü".repeat(254));
    assert_eq!(read(&fits), fits);
    assert_eq!(read(&format!("{fits} c")), fits);
    assert_eq!(read(&format!("{fits}c")), "ü".repeat(254));
    assert_eq!(read(&"ü".repeat(1_000_000)), "ü".repeat(256));
    // Cutting a name never leaves a tag.
    let preset = Preset { name: format!("{} <parameter>s", "x".repeat(244)), patch: Patch::default() };
    assert_eq!(read_preset(&write_preset(&preset)).unwrap().name, "x".repeat(244));
}

#[test]
fn an_old_bank_has_defaults_for_missing_parameters() {
    let bank = read_bank("amSynth\n<preset> <name> Old One\n<parameter> amp_attack 0.25\nEOF\n").unwrap();
    assert_eq!(bank[0].name, "Old One");
    assert_eq!(bank[0].patch.get(Parameter::AmpAttack), 0.25);
    assert_eq!(bank[0].patch.get(Parameter::FilterKbdTrack), 1.0);
}

#[test]
fn empty_lines_and_windows_line_ends_are_allowed() {
    let bank = read_bank("amSynth\r\n\r\n<preset> <name> A\r\n\r\n<parameter> amp_attack 1\r\nEOF").unwrap();
    assert_eq!((bank.len(), bank[0].patch.get(Parameter::AmpAttack)), (1, 1.0));
}

#[test]
fn a_bank_without_its_last_line_is_read_and_known_as_cut_off() {
    for (end, is_cut) in [("", true), ("EO", true), ("EOF", false), ("EOF\r\n", false)] {
        let text = format!("amSynth\n<preset> <name> EOF\n<parameter> amp_attack 1\n{end}");
        assert_eq!(is_cut_off(&text), is_cut, "{end:?}");
        assert_eq!(read_bank(&text).is_ok(), end != "EO", "{end:?}");
    }
}

#[test]
fn a_byte_order_mark_and_spaces_after_the_first_line_are_allowed() {
    let bank = read_bank(&text_of(b"\xEF\xBB\xBFamSynth \n<preset> <name> A\nEOF\n")).unwrap();
    let preset = b"\xEF\xBB\xBFamSynth1.0preset\n<preset> <name> A\n<parameter> unused 0\n";
    assert_eq!(bank, [read_preset(&text_of(preset)).unwrap()]);
}

#[test]
fn session_properties_and_unused_parameters_are_skipped() {
    let text = "amSynth1.0preset\n<preset> <name> a b\n<parameter> unused 3\n<parameter> lfo_freq 2\n<property> tuning_scl_file x.scl\n";
    let preset = read_preset(text).unwrap();
    assert_eq!((preset.name.as_str(), preset.patch.get(Parameter::LfoFreq)), ("a b", 2.0));
}

#[test]
fn the_value_of_a_property_is_the_rest_of_its_line() {
    let before = "amSynth1.0preset\n<preset> <name> Fat Bass\n<parameter> amp_release 0.5\n";
    let properties = "<property> preset_name Fat Bass\n<property> preset_bank_name a <parameter> b\n<property> tuning_scl_file \n";
    let text = format!("{before}{properties}<parameter> lfo_freq 2\n<property> preset_number 3");
    let preset = read_preset(&text).unwrap();
    let values = [Parameter::AmpRelease, Parameter::LfoFreq].map(|parameter| preset.patch.get(parameter));
    assert_eq!((preset.name.as_str(), values), ("Fat Bass", [0.5, 2.0]));
    assert_eq!(skipped_parameters(&text), None);
    let bank = format!("amSynth\n<preset> <name> A\n{properties}<parameter> amp_release 0.5\nEOF\n");
    assert_eq!(read_bank(&bank).unwrap()[0].patch.get(Parameter::AmpRelease), 0.5);
}

#[test]
fn parameters_of_a_newer_amsynth_are_skipped_and_named() {
    let lines = "<parameter> chorus_depth 0.3\n<parameter> mode two words\n<parameter> amp_release 0.5\n<tuning> x y\n";
    let preset = format!("amSynth1.0preset\n<preset> <name> A\n{}", lines.replace(" two words", " sine"));
    let bank = format!("amSynth\n<preset> <name> A\n{lines}<preset> <name> B\n{lines}EOF\n");
    let presets = read_bank(&bank).unwrap();
    assert_eq!(presets.iter().map(|preset| preset.name.as_str()).collect::<Vec<_>>(), ["A", "B"]);
    for read in presets.iter().chain([&read_preset(&preset).unwrap()]) {
        assert_eq!(read.patch.get(Parameter::AmpRelease), 0.5);
    }
    assert_eq!(skipped_parameters(&bank).as_deref(), Some("chorus_depth, mode, <tuning>"));
    assert_eq!(skipped_parameters(&preset).as_deref(), Some("chorus_depth, mode, <tuning>"));
    let many: String =
        (0..9).map(|number| format!("<parameter> p{number} 1\n<parameter> unused 1\n")).collect();
    let many = format!("amSynth\n<preset> <name> A\n{many}EOF\n");
    assert_eq!(skipped_parameters(&many).as_deref(), Some("p0, p1, p2, …"));
    assert_eq!(skipped_parameters("amSynth\nhello\n"), None);
}

#[test]
fn files_of_every_system_are_the_same_presets() {
    let preset = Preset { name: "Bläser".to_owned(), patch: Patch::default() };
    let bank = write_bank(std::slice::from_ref(&preset)).unwrap();
    let latin_1: Vec<u8> = bank.chars().map(|letter| u32::from(letter) as u8).collect();
    let utf_16: Vec<u8> = format!("\u{feff}{bank}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mac = bank.replace('\n', "\r").into_bytes();
    let dos = [bank.replace('\n', "\r\n").as_bytes(), b"\x1a\x1a"].concat();
    for bytes in [latin_1, utf_16, mac, dos] {
        assert_eq!(read_bank(&text_of(&bytes)).unwrap(), std::slice::from_ref(&preset));
    }
    let mac = write_preset(&preset).replace('\n', "\r");
    assert_eq!(read_preset(&text_of(mac.as_bytes())).unwrap(), preset);
}

#[test]
fn errors_of_wrong_files_name_the_line() {
    let bank = |text: &str| read_bank(text).unwrap_err().to_string();
    let preset = |text: &str| read_preset(text).unwrap_err().to_string();
    for (error, line, words) in [
        (bank(""), 1, "amSynth"),
        (bank("amSynth 2\n"), 1, "amSynth"),
        (bank("amSynth\n<parameter> amp_attack 1\n"), 2, "<preset>"),
        (bank("amSynth\n<preset> <name> A\n<parameter> amp_attack 1 2\n"), 3, "a number"),
        (bank("amSynth\n<preset> <name> A\n<parameter> amp_attack fast\n"), 3, "a number"),
        (bank("amSynth\n<preset> <name> A\n<parameter> amp_attack\n"), 3, "a number"),
        (bank("amSynth\n\nhello\n"), 3, "EOF"),
        (preset(""), 1, "amSynth1.0preset"),
        (preset("RIFF\u{fffd}\0\0\0WAVEfmt"), 1, "found bytes that are no text"),
        (preset("amSynth1.0preset\n<preset> <name>\n"), 2, "<parameter>"),
        (preset("amSynth1.0preset\n<preset> <name> endless name\n"), 2, "<parameter>"),
        (preset("amSynth1.0preset\n<preset> <name> A\n<parameter> amp_attack\n"), 3, "a value"),
        (preset("amSynth1.0preset\n<preset> <name> A\n<parameter> amp_attack fast\n"), 3, "a number"),
        (preset("amSynth1.0preset\n<preset> <name> A\n<parameter> amp_attack 1 2\n"), 3, "<parameter>"),
    ] {
        assert!(error.starts_with(&format!("line {line}: ")) && error.contains(words), "{error}");
    }
    let many = format!("amSynth\n{}", "<preset> <name> x\n".repeat(129));
    assert!(bank(&many).contains("at most 128"), "{}", bank(&many));
    assert!(write_bank(&vec![Preset::default(); 129]).is_err());
}

/// Debian's package `amsynth`, which `build.sh test` installs.
const DEBIAN_BANKS: &str = "/usr/share/amsynth/banks";

#[test]
fn all_presets_of_debian_are_read_back_bit_for_bit() {
    let folder = std::fs::read_dir(DEBIAN_BANKS).unwrap_or_else(|error| {
        panic!("{DEBIAN_BANKS}: {error}; install Debian's package amsynth (apt-get install amsynth)")
    });
    let mut count = 0;
    for entry in folder {
        let path = entry.unwrap().path();
        let presets = read_bank(&std::fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(read_bank(&write_bank(&presets).unwrap()).unwrap(), presets, "{}", path.display());
        for preset in &presets {
            assert_eq!(&read_preset(&write_preset(preset)).unwrap(), preset);
        }
        count += presets.len();
    }
    // Debian's package amsynth 1.13.2-1: 27 banks of 128 and the factory bank of 26.
    assert_eq!(count, 27 * 128 + 26);
}
