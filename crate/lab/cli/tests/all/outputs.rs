//! Promises about output: a full disk is an error and a closed pipe is not; output that cannot be written, or rows that
//! cannot be compared, fail before any measuring.

use crate::first_line::first_line;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const FACTORY_BANK: &str = "/usr/share/amsynth/banks/amsynth_factory.bank";
/// Less than measuring the plane takes, more than all other work.
const AT_ONCE_S: u64 = 20;

fn call(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_latent-pad"));
    command.args(arguments);
    command
}

fn model(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models").join(name).display().to_string()
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

/// A folder with a bank of one's own.
fn banks() -> tempfile::TempDir {
    assert!(Path::new(FACTORY_BANK).exists(), "install Debian's package amsynth (apt-get install amsynth)");
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(FACTORY_BANK, folder.path().join("some.bank")).unwrap();
    folder
}

/// Waits until `done`, at most [`AT_ONCE_S`].
fn wait_until(mut done: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + Duration::from_secs(AT_ONCE_S);
    while Instant::now() < end {
        if done() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

/// The call must fail before measuring, with exit code 1 and one sentence that has these words.
fn refused_at_once(arguments: &[&str], words: &[&str]) {
    refused_at_once_in(Path::new("."), arguments, words);
}

/// The same for a call in a folder.
fn refused_at_once_in(folder: &Path, arguments: &[&str], words: &[&str]) {
    let mut command = call(arguments);
    let mut child = command.current_dir(folder).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let ended = wait_until(|| child.try_wait().unwrap().is_some());
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(ended, "{arguments:?} has begun to measure");
    refused(arguments, &output, words);
}

fn refused(arguments: &[&str], output: &Output, words: &[&str]) {
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {message}");
    assert_eq!(message.lines().count(), 1, "{message}");
    for word in words {
        assert!(message.contains(word), "{arguments:?}: “{word}” is missing in: {message}");
    }
}

/// A sound to analyse.
fn wav(folder: &Path) -> String {
    let wav = text(&folder.join("out.wav"));
    let preset = format!("{FACTORY_BANK}#3");
    assert!(call(&["render", &preset, "-o", &wav, "--seconds", "1"]).status().unwrap().success());
    wav
}

/// All printing calls that are fast.
fn printing(folder: &Path) -> Vec<Vec<String>> {
    let (wav, preset) = (wav(folder), format!("{FACTORY_BANK}#3"));
    let table = text(&folder.join("table.parquet"));
    let calls: [&[&str]; 8] = [
        &["show", &preset],
        &["decode", "1", "-2"],
        &["decode", "1", "-2", "--raw"],
        &["encode", &preset],
        &["analyze", &wav],
        &["analyze", &wav, "--csv"],
        &["analyze", &wav, "--json"],
        &["dataset", "--banks", &text(folder), "-o", &table, "--shard", "1/20"],
    ];
    calls.iter().map(|call| call.iter().map(ToString::to_string).collect()).collect()
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let folder = banks();
    for arguments in printing(folder.path()) {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = call(&arguments).stdout(full).output().unwrap();
        refused(&arguments, &output, &["cannot write standard output", "the disk is full"]);
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = banks();
    for arguments in printing(folder.path()) {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = call(&arguments).stdout(writer).output().unwrap();
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {message}");
        assert!(message.is_empty(), "{arguments:?}: {message}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_is_open_is_written_on_and_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let [preset, link, path] = ["x.amSynthPreset", "link", "out"].map(|name| folder.path().join(name));
    let decode = |output: &str| call(&["decode", "1", "-2", "-o", output]);
    assert!(decode(&text(&preset)).status().unwrap().success());
    std::os::unix::fs::symlink("/dev/stdout", &link).unwrap();
    let preset = std::fs::read_to_string(preset).unwrap();
    for name in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", &text(&link), "/dev/stderr"] {
        let mut file = File::create(&path).unwrap();
        file.write_all(b"head\n").unwrap();
        let (mut command, same) = (decode(name), file.try_clone().unwrap());
        let command = if name.ends_with('r') { command.stderr(same) } else { command.stdout(same) };
        assert!(command.status().unwrap().success(), "{name}");
        file.write_all(b"tail\n").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), format!("head\n{preset}tail\n"), "{name}");
    }
    std::fs::write(&path, "head\n").unwrap();
    let mut shell = Command::new("sh");
    let script = "\"$0\" decode 1 -2 -o /dev/fd/3 3>>out";
    let shell = shell.args(["-c", script, env!("CARGO_BIN_EXE_latent-pad")]).current_dir(&folder);
    assert!(shell.status().unwrap().success());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), format!("head\n{preset}"));
}

#[test]
#[cfg(unix)]
fn a_protected_file_is_kept_and_a_private_one_stays_private() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.amSynthPreset");
    let set = |mode| std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
    let decode = |x| call(&["decode", x, "-2", "-o", &text(&path)]).output().unwrap();
    std::fs::write(&path, "old").unwrap();
    set(0o600);
    assert!(decode("1").status.success());
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let before = std::fs::read(&path).unwrap();
    set(0o444);
    refused(&["decode"], &decode("2"), &["x.amSynthPreset: it is write-protected", "another file"]);
    assert!(before.starts_with(b"amSynth") && std::fs::read(&path).unwrap() == before);
}

#[test]
fn a_sound_too_long_for_its_file_is_not_rendered() {
    let folder = tempfile::tempdir().unwrap();
    let wav = text(&folder.path().join("long.wav"));
    let render = ["render", "--seconds", "3600", "--rate", "384000", "-o", &wav];
    let preset = format!("{FACTORY_BANK}#3");
    refused_at_once(
        &[&render[..], &[&preset]].concat(),
        &["long.wav", "1382400000 frames", "a WAV file holds"],
    );
}

#[test]
fn an_unwritable_map_fails_before_the_plane_is_measured() {
    let folder = tempfile::tempdir().unwrap();
    let decoder = model("decoder.onnx");
    let folder_text = text(folder.path());
    let new_folder = format!("{folder_text}/new/");
    for (output, reason) in [
        ("/absent/map.json", "there is no folder /absent"),
        (&folder_text, "it is a folder, not a file"),
        (&new_folder, "it is a folder, not a file"),
    ] {
        // The folder of the pictures exists and must not cause an error.
        let arguments = ["map", "-o", output, "--png", &folder_text, "--model", &decoder];
        refused_at_once(&arguments, &["cannot write", output, reason]);
    }
}

#[test]
fn unwritable_pictures_leave_no_map() {
    let folder = tempfile::tempdir().unwrap();
    let [map, file, pictures] = ["map.json", "no folder", "pictures"].map(|name| folder.path().join(name));
    std::fs::write(&file, "").unwrap();
    std::fs::create_dir(&pictures).unwrap();
    let picture = pictures.join("timbre.png");
    std::fs::write(&picture, "").unwrap();
    let mut protected = picture.metadata().unwrap().permissions();
    protected.set_readonly(true);
    std::fs::set_permissions(&picture, protected).unwrap();
    let decoder = model("decoder.onnx");
    for (png, sentence) in [(&file, "no folder"), (&pictures, "timbre.png: it is write-protected")] {
        let arguments = ["map", "--grid", "2", "-o", &text(&map), "--png", &text(png), "--model", &decoder];
        refused_at_once(&arguments, &["cannot write", sentence]);
        assert!(!map.exists(), "the map was made for nothing");
    }
}

#[test]
fn unwritable_coordinates_fail_before_any_measuring() {
    let folder = banks();
    let file = folder.path().join("no folder");
    std::fs::write(&file, "").unwrap();
    let arguments = [
        "place",
        "-o",
        &text(&file),
        "--banks",
        &text(folder.path()),
        "--model",
        &model("decoder.onnx"),
        "--distance",
        &model("distance.json"),
    ];
    refused_at_once(&arguments, &["cannot write", "no folder"]);
}

#[test]
fn places_have_their_folder_made() {
    let folder = banks();
    let output = folder.path().join("made/on the way");
    let (banks, output_text) = (text(folder.path()), text(&output));
    let (decoder, distance) = (model("decoder.onnx"), model("distance.json"));
    let arguments =
        ["place", "--banks", &banks, "-o", &output_text, "--model", &decoder, "--distance", &distance];
    let mut child = call(&arguments).spawn().unwrap();
    let made = wait_until(|| output.is_dir());
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(made, "the folder is not made");
}

#[test]
fn missing_rows_fail_before_others_are_measured() {
    let folder = banks();
    let arguments = [
        "evaluate",
        "--rows",
        "validation,unseen",
        "--banks",
        &text(folder.path()),
        "--model",
        &model("decoder.onnx"),
    ];
    let mut child = call(&arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let ended = wait_until(|| child.try_wait().unwrap().is_some());
    child.kill().unwrap();
    let message = child.wait_with_output().unwrap().stderr;
    assert!(ended, "validation rows are compared first");
    assert!(String::from_utf8_lossy(&message).contains("no unseen rows"));
}

#[test]
fn a_bank_with_a_name_in_an_old_encoding_is_read_by_every_call() {
    let folder = tempfile::tempdir().unwrap();
    let bank = folder.path().join("old.bank");
    std::fs::write(&bank, b"amSynth\n<preset> <name> Sch\xF6n\n<parameter> osc1_waveform 0\nEOF\n").unwrap();
    assert!(call(&["show", &format!("{}#0", text(&bank))]).status().unwrap().success());
    let table = text(&folder.path().join("table.parquet"));
    let output = call(&["dataset", "--banks", &text(folder.path()), "-o", &table]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(Path::new(&table).exists());
}

#[test]
fn the_distance_beside_the_model_is_used_and_checked() {
    let folder = tempfile::tempdir().unwrap();
    let [decoder, distance] = ["decoder.onnx", "distance.json"].map(|name| folder.path().join(name));
    std::fs::copy(model("decoder.onnx"), &decoder).unwrap();
    let whole: serde_json::Value =
        serde_json::from_slice(&std::fs::read(model("distance.json")).unwrap()).unwrap();
    let broken = |change: fn(&mut serde_json::Value)| {
        let mut value = whole.clone();
        change(&mut value);
        value.to_string()
    };
    let faults = [
        "no JSON".to_owned(),
        broken(|value| value["phi_spread"] = 0.into()),
        broken(|value| value["scales_spread"] = (-1).into()),
        broken(|value| value["projection"]["components"] = serde_json::json!([])),
        broken(|value| value["projection"]["components"][3] = serde_json::json!([1.0])),
        broken(|value| value["projection"]["mean"] = serde_json::json!([])),
    ];
    for fault in faults {
        std::fs::write(&distance, fault).unwrap();
        let preset = format!("{FACTORY_BANK}#0");
        let arguments = ["encode", &preset, "--by", "ear", "--model", &text(&decoder)];
        refused_at_once(&arguments, &[&text(&distance), "latent-pad train"]);
    }
    // The file's name in older models.
    std::fs::rename(&distance, folder.path().join("hearing.json")).unwrap();
    let preset = format!("{FACTORY_BANK}#0");
    let arguments = ["encode", &preset, "--by", "ear", "--model", &text(&decoder)];
    refused_at_once(&arguments, &["hearing.json", "latent-pad train"]);
}

#[test]
fn what_is_needed_at_the_end_is_read_first() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("models");
    std::fs::create_dir(&own).unwrap();
    for name in ["presets.bin", "preset_sounds.bin", "decoder.onnx", "encoder.onnx"] {
        std::fs::copy(model(name), own.join(name)).unwrap();
    }
    std::fs::write(own.join("coordinates.json"), "no JSON").unwrap();
    let map = ["map", "-o", "map.json", "--preset-layers", "layers.bin"];
    refused_at_once_in(folder.path(), &map, &["models/coordinates.json", "latent-pad place"]);
    std::fs::write(own.join("encoder.onnx"), "no network").unwrap();
    let sound = wav(folder.path());
    let call = ["match", &sound, "--renders", "1", "-o", "found.amSynthPreset", "--json"];
    refused_at_once_in(folder.path(), &call, &["models/encoder.onnx"]);
    for name in ["map.json", "layers.bin", "found.amSynthPreset"] {
        assert!(!folder.path().join(name).exists(), "{name}");
    }
}

#[test]
fn dots_of_another_model_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let coordinates = folder.path().join("coordinates.json");
    let table = std::fs::read(model("coordinates.json")).unwrap();
    let mut table: serde_json::Value = serde_json::from_slice(&table).unwrap();
    table["model"] = "0123456789abcdef".into();
    std::fs::write(&coordinates, table.to_string()).unwrap();
    let [map, pictures] = ["map.json", "pictures"].map(|name| text(&folder.path().join(name)));
    let (decoder, coordinates) = (model("decoder.onnx"), text(&coordinates));
    let arguments = [
        "map",
        "--grid",
        "2",
        "-o",
        &map,
        "--png",
        &pictures,
        "--model",
        &decoder,
        "--coordinates",
        &coordinates,
    ];
    refused_at_once(&arguments, &[&coordinates, "another model", "latent-pad place"]);
    assert!(!Path::new(&map).exists() && !Path::new(&pictures).exists());
}

#[test]
fn a_bad_encoder_is_named_by_its_own_path() {
    let folder = banks();
    let [decoder, encoder] = ["decoder.onnx", "encoder.onnx"].map(|name| folder.path().join(name));
    std::fs::copy(model("decoder.onnx"), &decoder).unwrap();
    std::fs::write(&encoder, "no network").unwrap();
    refused_at_once(
        &["evaluate", "--model", &text(&decoder), "--banks", &text(folder.path())],
        &[&text(&encoder)],
    );
}

/// The first line of standard error; empty if no line comes before the figures.
fn first_warning(arguments: &[&str]) -> String {
    first_line(&mut call(arguments), Duration::from_secs(AT_ONCE_S))
}

#[test]
fn rows_that_a_model_may_have_learned_give_a_warning() {
    let folder = banks();
    let (banks, decoder) = (text(folder.path()), model("decoder.onnx"));
    let warning = first_warning(&["evaluate", "--banks", &banks, "--model", &decoder]);
    assert!(warning.contains("training.json") && warning.contains(&banks), "{warning}");
    let warning =
        first_warning(&["evaluate", "--task", "interpolation", "--banks", &banks, "--model", &decoder]);
    assert!(warning.contains("training.json") && warning.contains(&banks), "{warning}");
    let matching = ["evaluate", "--task", "match", "--renders", "1", "--banks", &banks];
    let warning = first_warning(&[&matching[..], &["--match-model", &model("sound_to_patch.onnx")]].concat());
    assert!(warning.contains("sound_to_patch.onnx") && warning.contains(&banks), "{warning}");
    for name in ["decoder.onnx", "encoder.onnx"] {
        std::fs::copy(model(name), folder.path().join(name)).unwrap();
    }
    let decoder = text(&folder.path().join("decoder.onnx"));
    let warning = first_warning(&["evaluate", "--banks", &banks, "--model", &decoder]);
    assert!(warning.contains("no training.json"), "{warning}");
}
