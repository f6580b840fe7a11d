//! Promises about options: none is ignored without a message, errors name the right one, wrong usage exits with 2, and
//! the error of a number out of range names the range.

use std::path::Path;
use std::process::{Command, Output};

const PRESET: &str = "/usr/share/amsynth/banks/amsynth_factory.bank#3";

fn call(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_latent-pad")).args(arguments).output().unwrap()
}

fn refused(arguments: &[&str], code: i32, words: &[&str]) {
    let output = call(arguments);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {message}");
    assert!(!message.contains("panicked") && output.stdout.is_empty(), "{arguments:?}: {message}");
    for word in words {
        assert!(message.contains(word), "{arguments:?}: “{word}” is missing in: {message}");
    }
}

fn help(command: &[&str]) -> String {
    String::from_utf8(call(&[command, &["--help"]].concat()).stdout).unwrap()
}

fn model(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models").join(name).display().to_string()
}

fn text(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

#[test]
fn an_option_of_another_task_is_refused() {
    let evaluate = |task: &'static str, options: &[&'static str], words: &[&str]| {
        refused(&[&["evaluate", "--task", task][..], options].concat(), 2, words);
    };
    refused(&["evaluate", "--sounds", "/absent"], 2, &["--sounds", "--task match, files or sketch"]);
    evaluate("plane", &["--renders", "30"], &["--renders", "--task match or files"]);
    evaluate("plane", &["--notes", "/absent"], &["--notes", "--task timbre"]);
    evaluate("plane", &["--match-model", "/absent"], &["--match-model", "--task match, files or sketch"]);
    evaluate("match", &["--kinds", "plain"], &["--kinds", "--task files"]);
    evaluate("macro", &["--layout", "paper"], &["--layout", "--task plane"]);
    evaluate("target", &["--banks", "/absent"], &["--banks", "plane, match, files, macro or interpolation"]);
    evaluate("target", &["--key", "50"], &["--key", "--domain"]);
    evaluate("match", &["--strikes", "2"], &["--strikes", "--task target"]);
    evaluate("macro", &["--played"], &["--played", "--task interpolation"]);
    evaluate("match", &["--model", "/absent"], &["--model", "plane, target, interpolation or timbre"]);
    evaluate("timbre", &["--every", "2"], &["--every", "match, files, macro, interpolation or sketch"]);
    evaluate(
        "sketch",
        &["--match-model", "a", "--match-model", "b"],
        &["a second --match-model", "--task match"],
    );
    let folder = tempfile::tempdir().unwrap();
    let notes = folder.path().display().to_string();
    let tones =
        ["evaluate", "--task", "timbre", "--model", "strings", "--notes", &notes, "--beside", "winds"];
    refused(&tones, 2, &["--beside", "model of textures"]);
    let output = text(&folder, "out");
    let train = |options: &[&str], words: &[&str]| {
        refused(&[&["train", "-o", &output], options].concat(), 2, words);
        assert!(!Path::new(&output).exists());
    };
    train(&["--banks", "/absent", "--model", "cnn"], &["--model", "--task match"]);
    train(&["--banks", "/absent", "--latent", "3"], &["--latent", "--task timbre"]);
    train(&["--banks", "/absent", "--head", "texture"], &["--head", "--task timbre"]);
    train(&["--sounds", "/absent"], &["--sounds", "--task timbre"]);
    train(&["--task", "timbre", "--banks", "/absent"], &["--banks", "--task plane or match"]);
    train(&["--task", "timbre"], &["--sounds"]);
    train(&["--task", "match"], &["--banks"]);
    refused(&["encode", PRESET, "--distance", "/absent"], 2, &["--distance", "--by ear"]);
    // These belong to the model in models/.
    let layers = ["map", "-o", &output, "--preset-layers", &notes, "--model", "/absent"];
    refused(&layers, 2, &["--preset-layers", "--model"]);
}

#[test]
fn wrong_usage_that_only_the_program_sees_is_exit_code_2_too() {
    let folder = tempfile::tempdir().unwrap();
    let output = text(&folder, "out.json");
    let target = ["target", "--descriptor", "warmth", "-o", &output];
    refused(&[&target[..], &["--drawn", "0,1"]].concat(), 2, &["--drawn"]);
    refused(&["path", "absent.json", "--seed", "7"], 2, &["--seed", "--randomise"]);
    refused(&["evaluate", "--task", "timbre"], 2, &["--model"]);
    refused(&["evaluate", "--task", "timbre", "--model", "strings"], 2, &["--notes"]);
    refused(&["evaluate", "--task", "sketch"], 2, &["--sounds"]);
    let feedback = ["timbre", "feedback", "x.wav", "--domain", "strings", "-o", &output];
    refused(&[&feedback[..], &["--frequency", "200,300"]].concat(), 2, &["--frequency"]);
}

#[test]
fn a_negative_number_gets_the_range() {
    let output = ["-o", "/absent/out"];
    for (arguments, words) in [
        (&["match", "x.wav", "--renders", "-5"][..], "1..=1000000"),
        (&["match", "x.wav", "--answers", "-1"], "1..=16"),
        (&["match", "x.wav", "--seed", "-5"], "a whole number of 0 or more"),
        (&["sketch", "x.wav", "--seed", "-5"], "a whole number of 0 or more"),
        (&["path", "x.json", "--randomise", "1", "--seed", "-5"], "a whole number of 0 or more"),
        (&["train", "--banks", "x", "--seed", "-5"], "a whole number of 0 or more"),
        (&["interpolate", "a", "b", "--steps", "-1"], "3..=100"),
        (&["timbre", "feedback", "x", "--domain", "strings", "--frequency", "-5"], "40 to 5000"),
        (
            &["timbre", "feedback", "x", "--domain", "strings", "--frequency", "50", "--seconds", "-1"],
            "0.01 to 600",
        ),
        (
            &["timbre", "feedback", "x", "--domain", "strings", "--frequency", "50", "--seed", "-1"],
            "a whole number of 0 or more",
        ),
        (&["map", "--grid", "-3"], "2..=256"),
        (&["timbre", "plane", "strings", "--notes", "x", "--grid", "-3"], "2..=256"),
        (&["null", "--every", "-3"], "-3 is not in"),
        (&["target", "--descriptor", "warmth", "--drawn", "-5,9"], "a number from 0 to 1"),
    ] {
        let output = if ["null", "train"].contains(&arguments[0]) { &output[..0] } else { &output[..] };
        refused(&[arguments, output].concat(), 2, &[words]);
    }
}

#[test]
fn a_target_that_never_changes_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let output = text(&folder, "path.json");
    for (options, words) in [
        (&["--from", "nan"][..], &["--from", "a finite number"][..]),
        (&["--to", "inf"], &["--to", "a finite number"]),
        (&["--shape", "drawn", "--drawn", "0,2"], &["--drawn", "a number from 0 to 1"]),
        (&["--shape", "drawn", "--drawn", "0.5,0.5"], &["--drawn", "the same value"]),
        (&["--steps", "2"], &["--steps", "the same value"]),
        (&["--cycles", "0"], &["--cycles", "above 0"]),
        (&["--from", "60", "--to", "60"], &["--from", "--to"]),
        (&["--and", "depth:line:40:40"], &["--and", "FROM"]),
    ] {
        let call = [&["target", "--descriptor", "warmth", "-o", &output][..], options].concat();
        refused(&call, 2, words);
        assert!(!Path::new(&output).exists());
    }
}

#[test]
fn an_error_names_the_option_that_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    let [empty, decoder, output] = ["empty", "decoder.onnx", "out"].map(|name| text(&folder, name));
    std::fs::create_dir(&empty).unwrap();
    std::fs::copy(model("decoder.onnx"), &decoder).unwrap();
    refused(&["timbre", "plane", "strings", "--notes", &empty, "-o", &output], 1, &["with --notes"]);
    let evaluate = ["evaluate", "--task", "timbre", "--model", "strings"];
    refused(&[&evaluate[..], &["--notes", &empty]].concat(), 1, &["with --notes"]);
    let matching = ["evaluate", "--task", "match", "--match-model", "/absent/network.onnx"];
    refused(&matching, 1, &["/absent/network.onnx", "with --match-model"]);
    refused(
        &["interpolate", PRESET, "/usr/share/amsynth/banks/amsynth_factory.bank#5", "--model", &decoder],
        1,
        &["encoder.onnx", "beside the decoder"],
    );
    let target = ["target", "--descriptor", "warmth", "-o", &output];
    refused(&[&target[..], &["--map", "/absent/map.json"]].concat(), 1, &["latent-pad map", "--map"]);
    refused(&[&target[..], &["--model", &decoder]].concat(), 1, &["map.json", "latent-pad map", "--map"]);
    let no_map = text(&folder, "no.json");
    std::fs::write(&no_map, "no map").unwrap();
    refused(&[&target[..], &["--map", &no_map]].concat(), 1, &["no.json", "latent-pad map"]);
    let mut map: serde_json::Value =
        serde_json::from_slice(&std::fs::read(model("map.json")).unwrap()).unwrap();
    let old_map = text(&folder, "old.json");
    for (key, value, words) in [("version", 0, "version 0"), ("grid", 1, "a grid of 1 points")] {
        let mut other = map.clone();
        other[key] = value.into();
        std::fs::write(&old_map, other.to_string()).unwrap();
        let message = String::from_utf8(call(&[&target[..], &["--map", &old_map]].concat()).stderr).unwrap();
        assert!(message.contains(words) && message.matches("latent-pad map").count() == 1, "{message}");
    }
    map["layers"].as_array_mut().unwrap().swap(0, 1);
    let other_scales = text(&folder, "other.json");
    for _ in 0..2 {
        std::fs::write(&other_scales, map.to_string()).unwrap();
        refused(
            &[&target[..], &["--map", &other_scales]].concat(),
            1,
            &["other.json", "scales", "latent-pad map"],
        );
        map["layers"].as_array_mut().unwrap().remove(1);
    }
    assert!(help(&["target"]).contains("without --model"), "the help says where the map comes from");
}

#[test]
fn a_voice_that_plays_nothing_is_named() {
    let output = call(&["null", "--voice", "/bin/true", "--every", "3000"]);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(message.contains("--voice") && message.contains("/bin/true"), "{message}");
    assert!(!message.contains("package") && !message.contains("; ;"), "{message}");
    let message =
        |program| String::from_utf8(call(&["null", "--voice", program, "--every", "3000"]).stderr).unwrap();
    let absent = message("nope");
    assert!(absent.contains("cannot start --voice nope: there is no such file"), "{absent}");
    // It succeeds, but does not write samples.
    let other = message("/bin/cat");
    assert!(other.contains("samples instead of") && !other.contains("exit status"), "{other}");
}

#[test]
fn the_help_says_what_there_is() {
    let path = help(&["path"]);
    assert!(path.contains("--wav") && path.contains("<PATH>"), "{path}");
    assert!(help(&["timbre"]).contains("transfer, feedback"));
    assert!(help(&["interpolate"]).contains("3 to 100"));
    let evaluate = help(&["evaluate"]);
    assert!(evaluate.contains("transitions") && evaluate.contains("sketch, which"), "{evaluate}");
    for command in ["dataset", "place", "evaluate", "train"] {
        assert!(help(&[command]).contains(".amSynthPreset files"), "{command}");
    }
    let match_model = evaluate.split("--match-model").nth(1).unwrap();
    assert!(match_model[..200].contains("match, files or sketch"), "{match_model}");
}

#[test]
fn the_usual_note_lasts_two_seconds_at_every_rate() {
    let folder = tempfile::tempdir().unwrap();
    let wav = text(&folder, "out.wav");
    // The amplifier's release is short: the sound ends with its note.
    let preset = text(&folder, "short.amSynthPreset");
    let head = "amSynth1.0preset\n<preset> <name> Short\n";
    let sound = "<parameter> amp_sustain 1\n<parameter> amp_release 0\n<parameter> reverb_wet 0\n";
    std::fs::write(&preset, format!("{head}{sound}")).unwrap();
    for rate_hz in [22_050_u32, 96_000] {
        let rate = rate_hz.to_string();
        assert!(call(&["render", &preset, "-o", &wav, "--rate", &rate]).status.success());
        let mut reader = hound::WavReader::open(&wav).unwrap();
        let samples: Vec<f32> = reader.samples().map(Result::unwrap).collect();
        let last = samples.iter().rposition(|sample| sample.abs() > 0.01).unwrap() / 2;
        let end_s = last as f32 / rate_hz as f32;
        assert!((end_s - 2.0).abs() < 0.1, "{rate_hz} Hz: {end_s} s");
    }
}

#[test]
fn a_note_after_the_end_gets_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let wav = text(&folder, "out.wav");
    let notes = "60:100:0:4410,64:100:44100:88200";
    let output = call(&["render", PRESET, "-o", &wav, "--seconds", "1", "--notes", notes]);
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{message}");
    assert!(message.contains("64:100:44100:88200") && message.contains("--seconds"), "{message}");
    assert_eq!(message.lines().count(), 1, "{message}");
}

#[test]
fn a_macro_control_that_does_not_move_its_property_gets_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let output = text(&folder, "out.amSynthPreset");
    let preset = PRESET.replace("#3", "#1");
    let moved = call(&["macro", &preset, "--brightness", "0.5", "-o", &output]);
    let message = String::from_utf8_lossy(&moved.stderr);
    assert!(moved.status.success() && message.lines().count() <= 1, "{message}");
    assert!(!message.contains("was to become"), "{message}");
    let hardly = call(&["macro", &preset, "--brightness", "0.01", "-o", &output]);
    let message = String::from_utf8_lossy(&hardly.stderr);
    assert!(hardly.status.success() && message.contains("brightness was to become more"), "{message}");
    assert_eq!(message.lines().count(), 1, "{message}");
}

#[test]
fn sounds_of_every_format_are_analysed_and_a_bad_one_stops_none() {
    let sound = |kind: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/sounds/tone.{kind}"));
        path.display().to_string()
    };
    let folder = tempfile::tempdir().unwrap();
    let bad = text(&folder, "bad.wav");
    std::fs::write(&bad, "no sound").unwrap();
    let output = call(&["analyze", &sound("flac"), &bad, &sound("ogg"), &sound("mp3"), "--csv"]);
    let (table, message) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert_eq!(table.lines().count(), 4, "{table}");
    assert!(message.contains("bad.wav") && message.lines().count() == 1, "{message}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_name_that_is_no_unicode_is_read() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let name = std::ffi::OsStr::from_bytes(b"Sch\xF6n.bank");
    let bank = folder.path().join(name);
    std::fs::copy("/usr/share/amsynth/banks/amsynth_factory.bank", &bank).unwrap();
    let mut numbered = bank.as_os_str().to_owned();
    numbered.push("#3");
    let output = Command::new(env!("CARGO_BIN_EXE_latent-pad")).arg("show").arg(&numbered).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.stdout, call(&["show", PRESET]).stdout);
}

#[test]
fn a_model_without_its_own_distance_names_the_one_that_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models");
    let own = folder.path().join("own");
    std::fs::create_dir(&own).unwrap();
    for name in ["decoder.onnx", "encoder.onnx", "training.json", "sounds.bin"] {
        std::fs::copy(models.join(name), own.join(name)).unwrap();
    }
    let preset = "/usr/share/amsynth/banks/amsynth_factory.bank#0";
    let said = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_latent-pad"));
        let call = ["encode", preset, "--by", "ear", "--model", "own/decoder.onnx"];
        let output = command.args(call).current_dir(folder.path()).output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    let alone = said();
    assert!(alone.contains("no distance.json beside own/decoder.onnx"), "{alone}");
    assert!(alone.contains("the built-in one is used"), "{alone}");
    std::fs::copy(models.join("distance.json"), own.join("distance.json")).unwrap();
    assert_eq!(said(), "");
}

#[test]
fn presets_are_not_placed_beside_others() {
    let folder = tempfile::tempdir().unwrap();
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models");
    let bank = std::fs::read_to_string("/usr/share/amsynth/banks/BriansBank01.amSynth.bank").unwrap();
    let few = bank.split("<preset>").take(4).collect::<Vec<_>>().join("<preset>") + "EOF\n";
    std::fs::create_dir(folder.path().join("banks")).unwrap();
    std::fs::write(folder.path().join("banks/few.bank"), few).unwrap();
    std::fs::create_dir(folder.path().join("mine")).unwrap();
    std::fs::copy(models.join("presets.bin"), folder.path().join("mine/presets.bin")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_latent-pad"));
    let output = command
        .args(["place", "--banks", "banks", "-o", "mine"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{message}");
    for word in ["mine/presets.bin", "other presets", "--banks"] {
        assert!(message.contains(word), "“{word}” is missing in: {message}");
    }
    assert!(!folder.path().join("mine/coordinates.json").exists());
}
