//! Sorts the files that a person imports into presets, banks and models, with an error message for everything else.
//! Pure.

use patch::file::{read_bank, read_preset, skipped_parameters, text_of};
use path::midi::is_midi;
use plane::MODEL_SIZE_LIMIT_BYTES;
use play::imports::{ImportedBank, ImportedModel};
use protocol::constants::PATH_FILE_SIZE_LIMIT;

use crate::effects::files::ReceivedFile;
use crate::words::Language;

/// The largest preset or bank that the page reads; a full bank has 0.2 MB.
pub const TEXT_LIMIT_BYTES: usize = 2_000_000;

/// Endings of sound files, for a system that states no media type.
const SOUND_ENDINGS: [&str; 9] = ["wav", "flac", "ogg", "opus", "mp3", "m4a", "aac", "aif", "aiff"];

/// Endings of MIDI files.
const MIDI_ENDINGS: [&str; 4] = ["mid", "midi", "rmi", "kar"];

/// The contents of the files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SortedFiles {
    /// In the order of the files.
    pub banks: Vec<ImportedBank>,
    /// The model, if the files include two networks.
    pub model: Option<ImportedModel>,
    /// One error message for each rejected file, and a sentence for each file that lacks something.
    pub complaints: Vec<String>,
}

/// The most bytes that a file of this name may have until it is known what it holds.
pub fn limit_bytes(name: &str) -> usize {
    let may_be_path = has_ending(name, "json") || MIDI_ENDINGS.iter().any(|ending| has_ending(name, ending));
    if may_be_path { PATH_FILE_SIZE_LIMIT } else { limit_without_paths(name) }
}

/// The most bytes that it may have if it is no path.
fn limit_without_paths(name: &str) -> usize {
    let is_model = ["onnx", "json"].iter().any(|ending| has_ending(name, ending));
    if is_model { MODEL_SIZE_LIMIT_BYTES } else { TEXT_LIMIT_BYTES }
}

/// True if a file is a sound, by its media type or its name.
pub fn is_sound(media_type: &str, name: &str) -> bool {
    let is_stated = media_type.starts_with("audio/") && !media_type.contains("midi");
    is_stated || SOUND_ENDINGS.iter().any(|ending| has_ending(name, ending))
}

/// True if a file is a path, or a damaged one: the name of the format is in it. A MIDI file becomes a path, too.
pub fn is_path(file: &ReceivedFile) -> bool {
    if is_midi(&file.bytes) || MIDI_ENDINGS.iter().any(|ending| has_ending(&file.name, ending)) {
        return true;
    }
    let format = format!("\"{}\"", path::file::FORMAT);
    has_ending(&file.name, "json") && file.bytes.windows(format.len()).any(|part| part == format.as_bytes())
}

/// Sorts files by what they hold.
pub fn sort(files: Vec<ReceivedFile>, language: &Language) -> SortedFiles {
    let mut sorted = SortedFiles::default();
    let (mut networks, mut map, mut skipped) = (Vec::new(), None, Vec::new());
    for ReceivedFile { name, bytes } in files {
        let limit = limit_without_paths(&name);
        if bytes.len() > limit {
            sorted.complaints.push(language.too_large(&name, limit));
        } else if has_ending(&name, "onnx") {
            networks.push((name, bytes));
        } else if has_ending(&name, "json") {
            // A wrong byte in a name is replaced; anywhere else `read_map` finds a damaged map.
            map = Some(String::from_utf8_lossy(&bytes).into_owned());
        } else {
            let text = text_of(&bytes);
            match bank(&name, &text, language) {
                Ok(bank) => {
                    let names = skipped_parameters(&text);
                    skipped.extend(names.map(|names| language.skipped(&name, &names)));
                    sorted.banks.push(bank);
                }
                Err(sentence) => sorted.complaints.push(sentence),
            }
        }
    }
    let has_part = map.is_some() || !networks.is_empty();
    match pair(networks) {
        Some((decoder, encoder)) => sorted.model = Some(ImportedModel { decoder, encoder, map }),
        None if has_part || (sorted.complaints.is_empty() && sorted.banks.is_empty()) => {
            sorted.complaints.push(language.no_pair.clone());
        }
        None => {}
    }
    sorted.complaints.extend(skipped);
    sorted
}

/// Decoder and encoder of two networks: by their names, otherwise in alphabetical order, which fits the names that
/// training writes.
fn pair(networks: Vec<(String, Vec<u8>)>) -> Option<(Vec<u8>, Vec<u8>)> {
    let [mut one, mut other] = <[_; 2]>::try_from(networks).ok()?;
    if other.0 < one.0 {
        (one, other) = (other, one);
    }
    let swapped = one.0.to_ascii_lowercase().contains("encoder");
    let (decoder, encoder) = if swapped { (other, one) } else { (one, other) };
    Some((decoder.1, encoder.1))
}

fn bank(name: &str, text: &str, language: &Language) -> Result<ImportedBank, String> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    let first = text.split_whitespace().next().unwrap_or_default();
    let presets = match first {
        "amSynth1.0preset" => read_preset(text).map(|preset| vec![preset]),
        "amSynth" => read_bank(text),
        _ => return Err(language.unknown(name)),
    };
    let presets = presets.map_err(|error| language.faulty(name, &error.to_string()))?;
    if presets.is_empty() { Err(language.empty(name)) } else { Ok(ImportedBank { name: stem, presets }) }
}

fn has_ending(name: &str, ending: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, own)| own.eq_ignore_ascii_case(ending))
}

#[cfg(test)]
mod tests {
    use super::*;
    use patch::file::{write_bank, write_preset};
    use patch::{Patch, Preset};

    fn file(name: &str, bytes: impl AsRef<[u8]>) -> ReceivedFile {
        ReceivedFile { name: name.to_owned(), bytes: bytes.as_ref().to_vec() }
    }

    fn preset(name: &str) -> Preset {
        Preset { name: name.to_owned(), patch: Patch::default() }
    }

    fn sorted_files(files: Vec<ReceivedFile>) -> SortedFiles {
        sort(files, &Language::of("en"))
    }

    #[test]
    fn presets_and_banks_are_recognized_by_their_contents() {
        let bank = write_bank(&[preset("One"), preset("Two")]).unwrap();
        let sorted =
            sorted_files(vec![file("a.txt", write_preset(&preset("Solo"))), file("Mine.bank", bank)]);
        assert_eq!(sorted.complaints, Vec::<String>::new());
        assert_eq!((sorted.banks[0].name.as_str(), sorted.banks[1].presets.len()), ("a", 2));
    }

    #[test]
    fn every_bad_file_has_a_sentence_and_the_good_ones_are_read() {
        let sorted = sorted_files(vec![
            file("photo.jpg", [0xFF, 0xD8, 0xFF]),
            file("broken.bank", "amSynth\n<preset> <name> X\n<parameter> amp_attack much\n"),
            file("none.bank", "amSynth\nEOF\n"),
            file("huge.bank", vec![b' '; TEXT_LIMIT_BYTES + 1]),
            file("good", write_preset(&preset("Solo"))),
            file("marked", format!("\u{feff}{}", write_preset(&preset("Solo")))),
            file("newer", format!("{}<parameter> chorus 0.5\n", write_preset(&preset("Solo")))),
        ]);
        assert_eq!((sorted.banks.len(), sorted.complaints.len()), (3, 5));
        assert!(sorted.complaints[4].contains("newer") && sorted.complaints[4].contains("chorus"));
        assert!(sorted.complaints[1].contains("line 3"), "{}", sorted.complaints[1]);
    }

    #[test]
    fn a_dropped_path_may_be_as_large_as_a_chosen_one_and_a_map_as_large_as_a_network() {
        for name in ["a.json", "tune.MID", "tune.midi"] {
            assert_eq!(limit_bytes(name), PATH_FILE_SIZE_LIMIT, "{name}");
        }
        assert_eq!(limit_bytes("decoder.onnx"), MODEL_SIZE_LIMIT_BYTES);
        let map = sorted_files(vec![file("map.json", vec![b' '; MODEL_SIZE_LIMIT_BYTES + 1])]);
        assert_eq!(map.complaints[0], Language::of("en").too_large("map.json", MODEL_SIZE_LIMIT_BYTES));
    }

    #[test]
    fn a_path_is_recognized_by_its_contents() {
        assert!(is_path(&file("a.JSON", r#"{"version":1,"format":"latent-pad path""#)));
        assert!(is_path(&file("tune", "MThd\0\0")) && is_path(&file("tune.MID", "")));
        assert!(is_path(&file("tune", "RIFF\x04\0\0\0RMID")) && is_path(&file("tune.rmi", "")));
        assert!(
            !is_path(&file("map.json", r#"{"grid":50}"#)) && !is_path(&file("a.bank", "latent-pad path"))
        );
    }

    #[test]
    fn two_networks_are_a_model_whatever_their_order() {
        let sorted = sorted_files(vec![
            file("My-Encoder.onnx", "E"),
            file("my-decoder.ONNX", "D"),
            file("map.json", "{}"),
        ]);
        let model = sorted.model.unwrap();
        assert_eq!((model.decoder, model.encoder, model.map), (b"D".into(), b"E".into(), Some("{}".into())));
        let damaged = [file("decoder.onnx", "D"), file("encoder.onnx", "E"), file("map.json", [b'{', 0xff])];
        let damaged = sorted_files(damaged.into()).model.unwrap();
        assert!(damaged.map.is_some(), "a map that is not UTF-8 is not left out: its reader reports it");
        assert_eq!(
            sorted_files(vec![file("decoder.onnx", "D")]).complaints,
            [Language::of("en").no_pair.clone()]
        );
        for part in ["decoder.onnx", "map.json"] {
            let beside = sorted_files(vec![file(part, "D"), file("good", write_preset(&preset("Solo")))]);
            assert_eq!(beside.complaints, [Language::of("en").no_pair.clone()], "{part} beside a preset");
        }
    }
}
