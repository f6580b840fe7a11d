//! The commands as a person types them: their output, files, errors and exit codes.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const FACTORY_BANK: &str = "/usr/share/amsynth/banks/amsynth_factory.bank";

fn call(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_latent-pad")).args(arguments).output().unwrap()
}

fn json(arguments: &[&str]) -> serde_json::Value {
    let output = call(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The call must fail with this exit code and one sentence that has these words; returns it.
fn refusal(arguments: &[&str], code: i32, words: &[&str]) {
    let output = call(arguments);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {message}");
    assert!(!message.contains("panicked"), "{message}");
    for word in words {
        assert!(message.contains(word), "{arguments:?}: “{word}” is missing in: {message}");
    }
}

fn model(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models").join(name).display().to_string()
}

fn factory(index: usize) -> String {
    assert!(Path::new(FACTORY_BANK).exists(), "install Debian's package amsynth (apt-get install amsynth)");
    format!("{FACTORY_BANK}#{index}")
}

fn path(folder: &tempfile::TempDir, name: &str) -> (PathBuf, String) {
    let path = folder.path().join(name);
    let text = path.display().to_string();
    (path, text)
}

#[test]
fn a_preset_is_rendered_into_a_float_stereo_wav() {
    let folder = tempfile::tempdir().unwrap();
    let (wav, wav_text) = path(&folder, "out.wav");
    assert!(call(&["render", &factory(3), "-o", &wav_text]).status.success());
    let mut reader = hound::WavReader::open(&wav).unwrap();
    let spec = reader.spec();
    assert_eq!((spec.channels, spec.sample_rate, spec.bits_per_sample), (2, 44_100, 32));
    assert_eq!(spec.sample_format, hound::SampleFormat::Float);
    assert_eq!(reader.duration(), 4 * 44_100);
    let samples: Vec<f32> = reader.samples().map(Result::unwrap).collect();
    let rms = |part: &[f32]| (part.iter().map(|x| x * x).sum::<f32>() / part.len() as f32).sqrt();
    assert!(rms(&samples[..88_200]) > 0.01, "the note sounds");
}

#[test]
fn notes_seconds_and_rate_are_obeyed() {
    let folder = tempfile::tempdir().unwrap();
    let (wav, wav_text) = path(&folder, "out.wav");
    let arguments = [
        "render",
        &factory(0),
        "-o",
        &wav_text,
        "--notes",
        "72:90:4800:9600",
        "--seconds",
        "0.5",
        "--rate",
        "48000",
        "--block",
        "128",
    ];
    assert!(call(&arguments).status.success());
    let mut reader = hound::WavReader::open(&wav).unwrap();
    assert_eq!((reader.spec().sample_rate, reader.duration()), (48_000, 24_000));
    let samples: Vec<f32> = reader.samples().map(Result::unwrap).collect();
    let first = samples.iter().position(|x| x.abs() > 1e-6).unwrap() / 2;
    assert!((4_800..5_300).contains(&first), "the note starts at its frame, not at {first}");
}

#[test]
fn a_decoded_patch_can_be_saved_and_encoded_again() {
    let folder = tempfile::tempdir().unwrap();
    let (_, preset) = path(&folder, "found.amSynthPreset");
    let decoder = model("decoder.onnx");
    let printed = json(&["decode", "-1.5", "0.75", "--model", &decoder]);
    assert_eq!(printed.as_object().unwrap().len(), 41);
    assert!(call(&["decode", "-1.5", "0.75", "--model", &decoder, "-o", &preset]).status.success());
    assert_eq!(json(&["show", &preset]), printed);

    let encoded = json(&["encode", &preset, "--model", &model("encoder.onnx")]);
    for key in ["mean", "logvar"] {
        assert_eq!(encoded[key].as_array().unwrap().len(), 2);
        assert!(encoded[key][0].is_number() && encoded[key][1].is_number());
    }
}

#[test]
fn different_points_give_different_patches() {
    let decoder = model("decoder.onnx");
    assert_ne!(
        json(&["decode", "-2", "-2", "--model", &decoder]),
        json(&["decode", "2", "2", "--model", &decoder])
    );
}

#[test]
fn the_raw_numbers_are_those_of_the_network() {
    let raw = json(&["decode", "0.5", "-0.5", "--raw", "--model", &model("decoder.onnx")]);
    assert_eq!(raw.as_array().unwrap().len(), 56);
    assert!(raw[0].as_f64().is_some_and(|value| (0.0..=1.0).contains(&value)));
}

#[test]
fn installed_anywhere_it_has_its_embedded_model() {
    let elsewhere = tempfile::tempdir().unwrap();
    let printed = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_latent-pad"));
        let output = command.args(arguments).current_dir(&elsewhere).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()
    };
    let decoder = model("decoder.onnx");
    assert_eq!(printed(&["decode", "1", "-2"]), json(&["decode", "1", "-2", "--model", &decoder]));
    assert!(printed(&["encode", &factory(0)])["mean"][0].is_number());
}

/// With the kept sounds of the plane, which are not measured again: a model without them takes a minute.
#[test]
fn by_ear_a_preset_is_found_where_the_shipped_dot_is() {
    let text = std::fs::read(model("coordinates.json")).unwrap();
    let table: plane::coordinates::Coordinates = serde_json::from_slice(&text).unwrap();
    let bank = table.banks.iter().position(|bank| bank == "amsynth_factory.bank");
    let at = |row: &usize| Some(usize::from(table.bank[*row])) == bank && table.index[*row] == 7;
    let row = (0..table.len()).find(at).unwrap();
    let found = json(&["encode", &factory(7), "--by", "ear", "--model", &model("decoder.onnx")]);
    // The search ends at steps of 0.005 latent units; another processor's rounding may take another last step.
    for (axis, expected) in [table.x[row], table.y[row]].into_iter().enumerate() {
        let difference = found["point"][axis].as_f64().unwrap() - f64::from(expected);
        assert!(difference.abs() < 0.02, "axis {axis}: {found}, expected {expected}");
    }
}

#[test]
fn beyond_the_map_it_decodes_with_a_warning() {
    for (x, warns) in [("4", false), ("4.5", true)] {
        let output = call(&["decode", x, "0", "--model", &model("decoder.onnx")]);
        assert!(output.status.success() && !output.stdout.is_empty());
        assert_eq!(String::from_utf8_lossy(&output.stderr).contains("the map ends at ±4"), warns, "{x}");
    }
}

#[test]
fn the_plane_can_be_mapped_and_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let (map, map_text) = path(&folder, "map.json");
    let (pictures, pictures_text) = path(&folder, "pictures");
    let [decoder, coordinates] = ["decoder.onnx", "coordinates.json"].map(model);
    // The folder does not exist yet.
    let new = format!("{pictures_text}/");
    let arguments = ["map", "--grid", "4", "--model", &decoder, "-o", &map_text, "--png", &new];
    assert!(call(&[&arguments[..], &["--coordinates", &coordinates]].concat()).status.success());
    let map: plane::map::Map = serde_json::from_slice(&std::fs::read(map).unwrap()).unwrap();
    assert!(map.value("brightness", 0.3, -1.2).is_some_and(|value| (0.0..=100.0).contains(&value)));
    assert!(map.value("loudness", 0.3, -1.2).is_some_and(|value| (-70.0..0.0).contains(&value)));
    for name in ["brightness", "loudness", "timbre", "parameters"] {
        let picture = std::fs::read(pictures.join(name).with_extension("png")).unwrap();
        assert!(picture.starts_with(b"\x89PNG"), "{name}");
    }
}

#[test]
fn a_rendered_preset_can_be_analysed() {
    let folder = tempfile::tempdir().unwrap();
    let (_, wav) = path(&folder, "out, 1.wav");
    assert!(call(&["render", &factory(3), "-o", &wav]).status.success());
    let report = json(&["analyze", &wav, "--json"]);
    assert!(report[0]["brightness"].as_f64().is_some_and(|value| (0.0..=100.0).contains(&value)), "{report}");
    assert!(report[0]["reverb"].is_boolean());
    let table = String::from_utf8(call(&["analyze", &wav, &wav, "--csv"]).stdout).unwrap();
    let lines: Vec<_> = table.lines().collect();
    assert_eq!(lines[0], "file,hardness,depth,brightness,roughness,warmth,sharpness,boominess,reverb");
    assert_eq!(lines.len(), 3);
    assert!(lines[1].starts_with('"') && lines[1] == lines[2], "{table}");
    let words = String::from_utf8(call(&["analyze", &wav]).stdout).unwrap();
    assert!(words.contains("brightness") && words.contains("bright)"), "{words}");
}

#[test]
fn our_voice_is_amsynth() {
    let report = json(&["null", "--every", "400", "--json"]);
    assert_eq!(report["all"]["exact"], report["all"]["total"]);
    assert_eq!(report["presets"].as_array().unwrap().len(), 9);
    let table = call(&["null", "--every", "1000"]);
    let table = String::from_utf8(table.stdout).unwrap();
    assert!(table.lines().last().unwrap().starts_with("all") && table.contains("4/4"), "{table}");
}

#[test]
fn errors_are_one_sentence_and_exit_code_1() {
    let folder = tempfile::tempdir().unwrap();
    let (bad, bad_text) = path(&folder, "bad.amSynthPreset");
    std::fs::write(&bad, "amSynth1.0preset\n<preset> <name> A\n<parameter> amp_attack loud\n").unwrap();
    let (_, out) = path(&folder, "out.wav");
    refusal(&["render", "absent.amSynthPreset", "-o", &out], 1, &["absent.amSynthPreset"]);
    refusal(&["render", &bad_text, "-o", &out], 1, &["bad.amSynthPreset", "line 3", "a number"]);
    refusal(&["render", FACTORY_BANK, "-o", &out], 1, &["#INDEX", "0 to 25"]);
    refusal(&["render", &factory(26), "-o", &out], 1, &["26 presets", "no #26"]);
    refusal(&["render", &format!("{FACTORY_BANK}#x"), "-o", &out], 1, &["“x” is not the number", "#0"]);
    refusal(&["render", &factory(0), "-o", "/absent/out.wav"], 1, &["/absent/out.wav"]);
    let unwritable =
        String::from_utf8(call(&["render", &factory(0), "-o", "/absent/out.wav"]).stderr).unwrap();
    assert!(!unwritable.contains(".tmp"), "the message names only the given path: {unwritable}");
    refusal(&["decode", "0", "0", "--model", &bad_text], 1, &["bad.amSynthPreset"]);
    refusal(&["decode", "0", "0", "--model", &model("encoder.onnx")], 1, &["encoder.onnx"]);
    refusal(&["decode", "0", "0", "--model", "absent.onnx"], 1, &["absent.onnx", "--model"]);
    refusal(&["decode", "0", "0", "--raw", "--model", &model("encoder.onnx")], 1, &["encoder.onnx"]);
    refusal(&["encode", &factory(0), "--model", &model("decoder.onnx")], 1, &["decoder.onnx"]);
    refusal(&["analyze", &bad_text], 1, &["bad.amSynthPreset", "WAV"]);
    refusal(&["null", "--banks", &folder.path().display().to_string()], 1, &["no .bank file", "--banks"]);
    refusal(&["train", "--banks", "/absent", "-o", &folder.path().display().to_string()], 1, &["/absent"]);
    assert!(!Path::new(&out).exists(), "nothing is half written");
}

#[test]
fn wrong_usage_is_exit_code_2() {
    for arguments in [
        &["render"][..],
        &["decode", "left", "0"],
        &["decode", "nan", "0"],
        &["render", "x", "-o", "y", "--notes", "60"],
        &["render", "x", "-o", "y", "--rate", "0"],
        &["render", "x", "-o", "y", "--block", "0"],
        &["render", "x", "-o", "y", "--seconds", "-1"],
        &["map", "-o", "x", "--grid", "1"],
        // Readers of maps would reject it.
        &["map", "-o", "x", "--grid", "257"],
        &["dataset", "--banks", "x", "-o", "y", "--shard", "0/3"],
        &["evaluate", "--rows", "best"],
        &["sing"],
    ] {
        refusal(arguments, 2, &[]);
    }
}

#[test]
fn a_negative_number_may_be_spelled_as_programs_print_it() {
    let printed = |x: &str| call(&["decode", x, "0.5"]);
    let plain = printed("-0.5");
    assert!(plain.status.success());
    for x in ["-.5", "-5e-1", "-5.0E-01", "-0.05e1"] {
        assert_eq!(printed(x).stdout, plain.stdout, "{x}");
    }
}
