//! Promises about the files that a call names: links, pipes and devices stay and get the output, no output is an input
//! or another output, and an output that cannot be written fails first.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PRESET: &str = "/usr/share/amsynth/banks/amsynth_factory.bank#3";
const PATH: &str =
    r#"{"format":"latent-pad path","version":1,"rate_hz":4,"lanes":{"x":[-2,-1,0],"y":[1,1,1]}}"#;

/// A folder in which calls run.
struct Folder(tempfile::TempDir);

impl Folder {
    /// With a preset, a sound, a path and the frames of the sound.
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        std::fs::write(folder.path("path.json"), PATH).unwrap();
        folder.done(&["decode", "1", "-2", "-o", "x.amSynthPreset"]);
        folder.done(&["render", "x.amSynthPreset", "-o", "x.wav", "--seconds", "0.5"]);
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    fn call(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_latent-pad"));
        command.args(arguments).current_dir(self.0.path()).output().unwrap()
    }

    fn done(&self, arguments: &[&str]) -> Output {
        let output = self.call(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        output
    }

    /// The call fails with this exit code and one sentence with these words.
    fn refused(&self, arguments: &[&str], code: i32, words: &[&str]) {
        let output = self.call(arguments);
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {message}");
        assert_eq!(message.lines().count(), 1, "{arguments:?}: {message}");
        for word in words {
            assert!(message.contains(word), "{arguments:?}: “{word}” is missing in: {message}");
        }
    }
}

#[test]
#[cfg(unix)]
fn a_link_is_written_through() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("there")).unwrap();
    std::fs::write(folder.path("there/target.wav"), "old").unwrap();
    // One link to a file, one to a file that does not exist yet.
    std::os::unix::fs::symlink("there/target.wav", folder.path("link.wav")).unwrap();
    std::os::unix::fs::symlink("there/new.wav", folder.path("to-new.wav")).unwrap();
    for (link, target) in [("link.wav", "there/target.wav"), ("to-new.wav", "there/new.wav")] {
        folder.done(&["render", "x.amSynthPreset", "-o", link, "--seconds", "0.5"]);
        assert!(folder.path(link).is_symlink(), "{link} is a link no more");
        assert!(folder.bytes(target) == folder.bytes("x.wav"), "{target} is not written");
    }
    std::os::unix::fs::symlink("absent/new.wav", folder.path("nowhere.wav")).unwrap();
    folder.refused(&["render", "x.amSynthPreset", "-o", "nowhere.wav"], 1, &["there is no folder", "absent"]);
}

#[test]
#[cfg(unix)]
fn a_pipe_stays_a_pipe_and_gets_the_bytes() {
    use std::os::unix::fs::FileTypeExt;
    let folder = Folder::new();
    let pipe = folder.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    // Open for both directions, so that neither side waits for the other.
    let mut both = std::fs::File::options().read(true).write(true).open(&pipe).unwrap();
    folder.done(&["decode", "1", "-2", "-o", "pipe"]);
    assert!(std::fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo(), "the pipe is replaced");
    folder.refused(&["path", "path.json", "--automation", "pipe"], 2, &["--automation", "must be a file"]);
    folder.refused(&["dataset", "--banks", "/usr/share/amsynth/banks", "-o", "pipe"], 2, &["must be a file"]);
    let preset = folder.bytes("x.amSynthPreset");
    let mut piped = vec![0; preset.len()];
    std::io::Read::read_exact(&mut both, &mut piped).unwrap();
    assert!(piped == preset);
}

#[test]
fn a_name_of_another_format_is_refused_before_anything_is_written() {
    let folder = Folder::new();
    for (arguments, words) in [
        (["render", PRESET, "-o", "x.MP3"], "only WAV is written: name the file x.wav"),
        (["macro", PRESET, "--wav", "a.b/x.flac"], "name the file a.b/x.wav"),
        (["macro", PRESET, "--plot", "x.svg"], "only PNG is written: name the file x.png"),
        (["macro", PRESET, "-o", "x.bank"], "only one preset is written: name the file x.amSynthPreset"),
    ] {
        let output = folder.call(&arguments);
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains(words), "{message}");
    }
    assert!(!folder.path("x.MP3").exists() && !folder.path("x.svg").exists());
}

#[test]
fn a_name_that_ends_like_a_number_in_a_bank_is_one_of_a_preset_file() {
    let folder = Folder::new();
    std::fs::copy(folder.path("x.amSynthPreset"), folder.path("Lead #2")).unwrap();
    assert_eq!(folder.done(&["show", "Lead #2"]).stdout, folder.done(&["show", "x.amSynthPreset"]).stdout);
    std::fs::write(folder.path("none.bank"), "amSynth\nEOF\n").unwrap();
    for name in ["none.bank", "none.bank#0"] {
        folder.refused(&["show", name], 1, &["none.bank is a bank without presets"]);
    }
}

#[test]
fn the_shortest_render_has_a_frame_in_which_its_note_begins() {
    let folder = Folder::new();
    let output = folder.done(&["render", "x.amSynthPreset", "-o", "short.wav", "--seconds", "0.00001"]);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let [short, long] = ["short.wav", "x.wav"].map(|name| folder.bytes(name).len());
    // Two channels of 32 bits; the other sound lasts half a second.
    assert_eq!(long - short, 8 * (22_050 - 1));
}

#[test]
fn an_option_of_a_path_that_nothing_uses_is_refused() {
    let folder = Folder::new();
    for option in [["--tail", "5"], ["--rate", "8000"], ["--key", "50"], ["--model", "absent.onnx"]] {
        let output = folder.call(&[&["path", "path.json", "--save", "k.json"], &option[..]].concat());
        assert_eq!(output.status.code(), Some(2), "{option:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    folder.done(&["path", "path.json", "--bank", "k.bank"]);
    folder.done(&["path", "path.json", "--key", "50", "--midi", "k.mid"]);
    assert!(!folder.path("k.json").exists());
}

#[test]
#[cfg(unix)]
fn a_name_need_not_be_unicode() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new();
    let name = std::ffi::OsStr::from_bytes(b"\xe4.wav");
    let mut command = Command::new(env!("CARGO_BIN_EXE_latent-pad"));
    let call = command.args(["render", "x.amSynthPreset", "--seconds", "0.1", "-o"]).arg(name);
    let output = call.current_dir(folder.0.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(folder.0.path().join(name).is_file());
}

#[test]
fn a_dash_is_refused_with_a_sentence() {
    let folder = Folder::new();
    let sentence = &["“-”", "name a file"];
    folder.refused(&["render", "x.amSynthPreset", "-o", "-"], 2, sentence);
    folder.refused(&["decode", "1", "1", "-o", "-"], 2, sentence);
    for folder_command in [&["train", "--banks", "/absent"][..], &["place"], &["interpolate", PRESET, PRESET]]
    {
        folder.refused(&[folder_command, &["-o", "-"]].concat(), 2, sentence);
    }
    folder.refused(&["map", "-o", "map.json", "--png", "-"], 2, sentence);
    folder.refused(&["evaluate", "--task", "match", "--png", "-"], 2, sentence);
    for input in [&["show", "-"][..], &["analyze", "-"], &["match", "-"], &["path", "-"]] {
        folder.refused(input, 2, sentence);
    }
    assert!(!folder.path("-").exists());
}

#[test]
fn no_output_is_an_input_or_another_output() {
    let folder = Folder::new();
    for name in ["x.scl", "x.kbm", "x.mid"] {
        std::fs::write(folder.path(name), "").unwrap();
    }
    folder.done(&["timbre", "encode", "x.wav", "--domain", "strings", "-o", "x.frames.json"]);
    let kept = ["x.wav", "x.amSynthPreset", "path.json", "x.frames.json"].map(|name| folder.bytes(name));
    let render = ["render", "x.amSynthPreset", "-o"];
    let matching = ["match", "x.wav", "--renders", "20"];
    let transfer = ["timbre", "transfer", "x.wav", "--domain", "strings", "-o"];
    let target = ["target", "--descriptor", "warmth", "-o"];
    std::fs::create_dir(folder.path("notes")).unwrap();
    std::fs::copy(folder.path("x.wav"), folder.path("notes/x.wav")).unwrap();
    std::fs::create_dir(folder.path("banks")).unwrap();
    std::fs::copy(PRESET.split('#').next().unwrap(), folder.path("banks/own.bank")).unwrap();
    let cases: [(Vec<&str>, [&str; 2]); 20] = [
        (vec!["map", "-o", "pictures/timbre.png", "--png", "pictures"], ["-o", "--png"]),
        (vec!["map", "-o", "pictures", "--png", "pictures"], ["-o", "--png"]),
        (vec!["dataset", "--banks", "banks", "-o", "banks/own.bank"], ["--banks", "-o"]),
        (
            vec!["train", "--task", "timbre", "--sounds", "notes", "--quick", "-o", "notes/x.wav"],
            ["--sounds", "-o"],
        ),
        ([&render[..], &["./x.amSynthPreset"]].concat(), ["PRESET", "-o"]),
        ([&render[..], &["x.scl", "--tuning", "x.scl"]].concat(), ["--tuning", "-o"]),
        ([&matching[..], &["--wav", "x.wav"]].concat(), ["SOUND", "--wav"]),
        ([&matching[..], &["-o", "same", "--wav", "./same"]].concat(), ["-o", "--wav"]),
        ([&matching[..], &["-o", "a", "--wav", "a-2", "--answers", "2"]].concat(), ["-o", "--wav"]),
        ([&transfer[..], &["x.wav"]].concat(), ["SOUND", "-o"]),
        (
            vec!["timbre", "decode", "x.frames.json", "--domain", "strings", "-o", "x.frames.json"],
            ["FRAMES.json", "-o"],
        ),
        (vec!["timbre", "interpolate", "x.wav", "x.wav", "--domain", "strings", "-o", "x.wav"], ["A", "-o"]),
        ([&target[..], &["f", "--wav", "f"]].concat(), ["-o", "--wav"]),
        ([&target[..], &["f", "--png", "x.wav", "--contour", "x.wav"]].concat(), ["--contour", "--png"]),
        (vec!["path", "path.json", "--midi", "q", "--automation", "q"], ["--midi", "--automation"]),
        (vec!["path", "path.json", "-o", "path.json"], ["PATH", "-o"]),
        (vec!["path", "path.json", "--towards", "path.json", "--save", "path.json"], ["--towards", "--save"]),
        (vec!["macro", "x.amSynthPreset", "--depth", "1", "--wav", "x.amSynthPreset"], ["PRESET", "--wav"]),
        (vec!["sketch", "x.wav", "--midi", "x.wav"], ["VOICE", "--midi"]),
        (vec!["map", "-o", "m.json", "--preset-layers", "m.json"], ["-o", "--preset-layers"]),
    ];
    for (arguments, [first, second]) in cases {
        folder.refused(&arguments, 2, &[first, second, "the same file"]);
    }
    let after = ["x.wav", "x.amSynthPreset", "path.json", "x.frames.json"].map(|name| folder.bytes(name));
    assert!(after == kept, "an input is changed");
}

#[test]
fn a_bank_is_no_place_for_a_preset_of_it() {
    let folder = Folder::new();
    std::fs::copy(PRESET.split('#').next().unwrap(), folder.path("own")).unwrap();
    folder.refused(&["macro", "own#3", "--depth", "1", "-o", "own"], 2, &["PRESET", "-o"]);
}

#[test]
fn an_edit_may_replace_its_own_file() {
    let folder = Folder::new();
    let before = folder.bytes("path.json");
    folder.done(&["path", "path.json", "--reverse", "--save", "path.json"]);
    assert!(folder.bytes("path.json") != before);
    let before = folder.bytes("x.amSynthPreset");
    folder.done(&["macro", "x.amSynthPreset", "--brightness", "0.5", "-o", "x.amSynthPreset"]);
    assert!(folder.bytes("x.amSynthPreset") != before);
    // A MIDI file must not be replaced by a path file.
    folder.done(&["path", "path.json", "--midi", "p.mid"]);
    folder.refused(&["path", "p.mid", "--save", "p.mid"], 2, &["PATH", "--save"]);
}

#[test]
fn the_controller_map_beside_an_automation_is_an_output() {
    let folder = Folder::new();
    let call = ["path", "path.json", "--automation"];
    folder.refused(&[&call[..], &["a.controllers"]].concat(), 2, &["--automation", "controllers"]);
    assert!(!folder.path("a.controllers").exists());
    let both = ["a.mid", "--midi", "a.controllers"];
    folder.refused(&[&call[..], &both].concat(), 2, &["--automation", "--midi"]);
}

#[test]
fn a_folder_with_steps_of_an_earlier_call_is_refused() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("steps")).unwrap();
    for name in ["steps/4.wav", "steps/notes.txt", "steps/03.amSynthPreset"] {
        std::fs::write(folder.path(name), "old").unwrap();
    }
    let call = ["interpolate", PRESET, "x.amSynthPreset", "--steps", "4", "-o", "steps"];
    folder.refused(&call, 1, &["steps", "03.amSynthPreset", "another folder"]);
    assert!(folder.bytes("steps/4.wav") == b"old" && !folder.path("steps/1.wav").exists());
    let ends = ["interpolate", "steps/1.amSynthPreset", PRESET, "--steps", "4", "-o", "steps"];
    std::fs::remove_file(folder.path("steps/03.amSynthPreset")).unwrap();
    std::fs::copy(folder.path("x.amSynthPreset"), folder.path("steps/1.amSynthPreset")).unwrap();
    folder.refused(&ends, 2, &["FROM", "-o", "the same file"]);
}

#[test]
fn an_output_that_cannot_be_written_fails_before_any_other_is_written() {
    let folder = Folder::new();
    let absent = "absent/x.wav";
    let words = &["cannot write absent/x.wav", "there is no folder absent"];
    folder.refused(&["path", "path.json", "--save", "good.json", "-o", absent], 1, words);
    folder.refused(&["path", "path.json", "--midi", "good.mid", "--bank", absent], 1, words);
    folder.refused(&["path", "path.json", "--save", "good.json", "--automation", absent], 1, words);
    assert!(!folder.path("good.json").exists() && !folder.path("good.mid").exists());
    // An hour is rendered for longer than a person waits.
    let begun = std::time::Instant::now();
    folder.refused(&["render", "x.amSynthPreset", "--seconds", "3600", "-o", absent], 1, words);
    folder.refused(&["codebook", "--png", absent], 1, words);
    folder.refused(&["decode", "1", "1", "-o", absent], 1, words);
    assert!(begun.elapsed().as_secs() < 20);
    folder.refused(&["dataset", "--banks", "/usr/share/amsynth/banks", "-o", absent], 1, words);
    assert!(!folder.path("absent").exists(), "a folder is made without a word");
}

#[test]
fn a_path_that_cannot_become_everything_becomes_nothing() {
    let folder = Folder::new();
    let before = folder.bytes("path.json");
    let edit = ["path", "path.json", "--reverse", "--save", "path.json"];
    let absent = &["absent.onnx", "there is no such file"];
    for output in [["-o", "x-new.wav"], ["--bank", "x.bank"], ["--automation", "x.mid"]] {
        let outputs = [&edit[..], &["--midi", "y.mid"], &output, &["--model", "absent.onnx"]].concat();
        folder.refused(&outputs, 1, absent);
        assert!(folder.bytes("path.json") == before, "{output:?}: the path is changed");
        assert!(!folder.path("y.mid").exists(), "{output:?}: the notes are written");
    }
}

#[test]
fn a_folder_with_half_a_model_is_not_completed_by_another() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("models")).unwrap();
    let model = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models").join(name);
    std::fs::copy(model("decoder.onnx"), folder.path("models/decoder.onnx")).unwrap();
    let words = &["decoder.onnx without encoder.onnx", "belong together"];
    folder.refused(&["encode", PRESET], 1, words);
    folder.done(&["decode", "1", "1"]);
    std::fs::rename(folder.path("models/decoder.onnx"), folder.path("models/encoder.onnx")).unwrap();
    folder.refused(&["decode", "1", "1"], 1, &["encoder.onnx without decoder.onnx", "belong together"]);
    std::fs::remove_file(folder.path("models/encoder.onnx")).unwrap();
    std::fs::copy(model("presets.bin"), folder.path("models/presets.bin")).unwrap();
    folder.refused(&["match", "x.wav"], 1, &["presets.bin without preset_sounds.bin", "belong together"]);
}

#[test]
fn sounds_of_other_presets_are_refused() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("models")).unwrap();
    let model = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models").join(name);
    std::fs::copy(model("presets.bin"), folder.path("models/presets.bin")).unwrap();
    let mut sounds = std::fs::read(model("preset_sounds.bin")).unwrap();
    std::fs::write(folder.path("models/preset_sounds.bin"), &sounds).unwrap();
    folder.done(&["match", "x.wav", "--renders", "1", "--key", "60", "-o", "y.amSynthPreset"]);
    // As many other presets: their fingerprint stands behind the eight letters of the format.
    sounds[8..24].copy_from_slice(b"0123456789abcdef");
    std::fs::write(folder.path("models/preset_sounds.bin"), &sounds).unwrap();
    let words = &["models/preset_sounds.bin", "other presets", "latent-pad train"];
    folder.refused(&["match", "x.wav", "--key", "60"], 1, words);
    folder.refused(&["sketch", "x.wav"], 1, words);
}

#[test]
fn a_path_is_quantised_to_the_presets_of_its_own_model() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("own")).unwrap();
    let model = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models").join(name);
    std::fs::copy(model("decoder.onnx"), folder.path("own/decoder.onnx")).unwrap();
    let call = ["path", "path.json", "--quantise", "--model", "own/decoder.onnx", "--save", "q.json"];
    folder.refused(&call, 1, &["own/coordinates.json", "latent-pad place"]);
    let json = std::fs::read(model("coordinates.json")).unwrap();
    let mut table: serde_json::Value = serde_json::from_slice(&json).unwrap();
    for axis in ["x", "y"] {
        table[axis].as_array_mut().unwrap().iter_mut().for_each(|value| *value = 0.5.into());
    }
    std::fs::write(folder.path("own/coordinates.json"), table.to_string()).unwrap();
    folder.done(&call);
    let moved: serde_json::Value = serde_json::from_slice(&folder.bytes("q.json")).unwrap();
    assert_eq!(moved["lanes"]["x"], serde_json::json!([0.5, 0.5, 0.5]));
    table["model"] = "0123456789abcdef".into();
    std::fs::write(folder.path("own/coordinates.json"), table.to_string()).unwrap();
    folder.refused(&call, 1, &["own/coordinates.json", "another model", "--quantise"]);
}

#[test]
fn a_codebook_without_its_presets_names_the_command_that_measures_them() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("models")).unwrap();
    std::fs::write(folder.path("models/preset_layers.bin"), "of others").unwrap();
    folder.refused(&["codebook"], 1, &["preset_layers.bin", "latent-pad map", "--preset-layers"]);
}

#[test]
fn a_model_that_is_found_by_itself_is_not_overwritten() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path("models/timbre")).unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models");
    for name in ["decoder.onnx", "encoder.onnx", "map.json", "sound_to_patch.onnx", "timbre/strings.frames"] {
        let file = format!("models/{name}");
        std::fs::copy(shipped.join(name), folder.path(&file)).unwrap();
        let call: &[&str] = match name {
            "decoder.onnx" => &["decode", "0", "0", "-o", &file],
            "encoder.onnx" => &["match", "x.wav", "--json", "--renders", "9", "-o", &file],
            "map.json" => &["target", "--descriptor", "warmth", "-o", &file],
            "sound_to_patch.onnx" => &["match", "x.wav", "--renders", "9", "-o", &file],
            _ => &["timbre", "encode", "x.wav", "--domain", "strings", "-o", &file],
        };
        folder.refused(call, 2, &["-o", "name the same file", &file]);
        assert!(std::fs::read(shipped.join(name)).unwrap() == folder.bytes(&file), "{file} is overwritten");
    }
}
