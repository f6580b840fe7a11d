//! `latent-pad match` as a person types it: every kind of file, the same bytes for the same seed, and one sentence for
//! sounds that cannot be matched.

use crate::wav;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const FACTORY_BANK: &str = "/usr/share/amsynth/banks/amsynth_factory.bank";
const RATE_HZ: u32 = 22_050;

fn call(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_latent-pad")).args(arguments).output().unwrap()
}

fn text(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

/// A sound of amSynth: a preset of the factory bank.
fn sound(folder: &TempDir) -> String {
    let path = text(folder, "sound.wav");
    let preset = format!("{FACTORY_BANK}#3");
    let notes = "57:90:0:22050";
    assert!(call(&["render", &preset, "-o", &path, "--seconds", "1", "--notes", notes]).status.success());
    path
}

#[test]
fn a_sound_becomes_a_patch_its_sound_and_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let (sound, preset, wav) =
        (sound(&folder), text(&folder, "found.amSynthPreset"), text(&folder, "found.wav"));
    let found = || {
        let call = call(&[
            "match",
            &sound,
            "-o",
            &preset,
            "--wav",
            &wav,
            "--answers",
            "2",
            "--renders",
            "120",
            "--json",
        ]);
        assert!(call.status.success(), "{}", String::from_utf8_lossy(&call.stderr));
        (call.stdout, std::fs::read(&preset).unwrap(), std::fs::read(&wav).unwrap())
    };
    let first = found();
    assert_eq!(found(), first, "the same seed gives the same bytes");
    let report: serde_json::Value = serde_json::from_slice(&first.0).unwrap();
    // Its loudest oscillator plays an octave below the key.
    assert_eq!(report["note"]["key"].as_u64().unwrap() % 12, 57 % 12);
    let answers = report["answers"].as_array().unwrap();
    assert_eq!(answers.len(), 2);
    for answer in answers {
        let distance = |when: &str| answer["distance"][when].as_f64().unwrap();
        assert!(distance("after") <= distance("before"));
        assert_eq!(answer["patch"].as_object().unwrap().len(), 41);
        assert_eq!(answer["residual"].as_array().unwrap().len(), 8);
        assert!(answer["metrics"]["rms_cosine"].as_f64().unwrap() > 0.5);
        assert!(answer["point"][0].as_f64().unwrap().abs() <= 8.0);
    }
    assert_ne!(answers[0]["patch"], answers[1]["patch"]);
    for name in ["found.amSynthPreset", "found-2.amSynthPreset", "found.wav", "found-2.wav"] {
        assert!(folder.path().join(name).is_file(), "{name}");
    }
    assert!(call(&["show", &preset]).status.success());
}

#[test]
fn the_nearest_known_preset_of_all_is_named_once() {
    let folder = tempfile::tempdir().unwrap();
    let sound = sound(&folder);
    let call = |options: &[&str]| {
        let few = ["match", &sound, "--answers", "3", "--renders", "30"];
        call(&[&few[..], options].concat()).stdout
    };
    let report: serde_json::Value = serde_json::from_slice(&call(&["--json"])).unwrap();
    let begun = report["answers"].as_array().unwrap().iter();
    let begun = begun.map(|answer| answer["distance"]["before"].as_f64().unwrap());
    let nearest = begun.fold(f64::INFINITY, f64::min);
    let table = String::from_utf8(call(&[])).unwrap();
    let lines: Vec<&str> = table.lines().filter(|line| line.contains("nearest known preset")).collect();
    assert_eq!(lines, [format!("nearest known preset: distance {nearest:.4}")], "{table}");
}

#[test]
#[cfg(target_os = "linux")]
fn further_answers_keep_a_name_that_is_not_unicode() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let file = |bytes| folder.path().join(std::ffi::OsStr::from_bytes(bytes));
    let mut command = Command::new(env!("CARGO_BIN_EXE_latent-pad"));
    command.args(["match", &sound(&folder), "--answers", "2", "--renders", "20", "--wav"]);
    assert!(command.arg(file(b"na\xefve.wav")).output().unwrap().status.success());
    assert!(file(b"na\xefve.wav").is_file() && file(b"na\xefve-2.wav").is_file());
}

#[test]
fn every_answer_is_compared_however_short_the_time() {
    let folder = tempfile::tempdir().unwrap();
    let sound = sound(&folder);
    let output = call(&["match", &sound, "--seconds", "0.001", "--answers", "3", "--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for answer in report["answers"].as_array().unwrap() {
        assert!(answer["distance"]["after"].as_f64().is_some(), "{}", answer["distance"]);
    }
}

#[test]
fn what_cannot_be_matched_gets_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let [silent, short, words] = ["silent.wav", "short.wav", "words.wav"].map(|name| text(&folder, name));
    wav::write(&silent, &[0.0; 9000], RATE_HZ);
    wav::write(&short, &[0.3, -0.3].repeat(150), RATE_HZ);
    std::fs::write(&words, "no sound at all").unwrap();
    let absent = text(&folder, "absent.wav");
    for (sound, reason) in
        [(silent, "silent"), (short, "s long"), (words, "WAV, FLAC, OGG"), (absent, "cannot read")]
    {
        let output = call(&["match", &sound]);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{message}");
        assert!(message.contains(reason) && message.lines().count() == 1, "{message}");
    }
}

#[test]
fn a_folder_of_sounds_is_evaluated() {
    let folder = tempfile::tempdir().unwrap();
    let [banks, sounds, pictures] = ["banks", "sounds", "pictures"].map(|name| text(&folder, name));
    [&banks, &sounds].into_iter().for_each(|path| std::fs::create_dir(path).unwrap());
    std::fs::copy(FACTORY_BANK, Path::new(&banks).join("factory.bank")).unwrap();
    let call = || {
        let options =
            ["--renders", "12,24", "--json", "--banks", &banks, "--sounds", &sounds, "--png", &pictures];
        call(&[&["evaluate", "--task", "match"][..], &options].concat())
    };
    let message = String::from_utf8(call().stderr).unwrap();
    assert!(message.contains("no sound that can be used") && message.lines().count() == 1, "{message}");
    std::fs::copy(sound(&folder), Path::new(&sounds).join("bell.wav")).unwrap();
    std::fs::write(Path::new(&sounds).join("words.txt"), "no sound at all").unwrap();
    let output = call();
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("words.txt") && message.lines().count() == 1, "{message}");
    let reports: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(reports.as_array().unwrap().len(), 1);
    assert_eq!(reports[0]["names"], serde_json::json!(["bell"]));
    let figure = |name: &str, figure: &str| {
        let lines = reports[0]["lines"].as_array().unwrap();
        let line = lines.iter().find(|line| line["name"] == name).unwrap();
        line["figures"][figure]["value"].as_f64()
    };
    let phi = |name: &str| figure(name, "phi").unwrap();
    assert!(phi("search alone, 24 renders") <= phi("search alone, 12 renders"));
    assert!(phi("network, best of 16") < phi("silence"));
    assert_eq!(figure("network, 24 renders", "nearer").map(|share| share.fract()), Some(0.0));
    assert!(phi("nearest known preset") < phi("silence"));
    assert_eq!(figure("search alone, 24 renders", "right_pitch"), Some(1.0));
    assert_eq!(figure("silence", "pitch_cents"), None);
    assert!(std::fs::read(Path::new(&pictures).join("sounds.png")).unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn folders_and_networks_of_one_name_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let [banks, pictures] = ["banks", "pictures"].map(|name| text(&folder, name));
    std::fs::create_dir(&banks).unwrap();
    std::fs::copy(FACTORY_BANK, Path::new(&banks).join("factory.bank")).unwrap();
    let sound = sound(&folder);
    let sounds = ["a/sounds", "b/sounds"].map(|name| text(&folder, name));
    for path in &sounds {
        std::fs::create_dir_all(path).unwrap();
        std::fs::copy(&sound, Path::new(path).join("bell.wav")).unwrap();
    }
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models/sound_to_patch.onnx");
    let networks = ["one.onnx", "two.onnx"].map(|name| text(&folder, name));
    for path in &networks {
        std::fs::copy(&shipped, path).unwrap();
    }
    let options = ["--renders", "1", "--networks-only", "--json", "--banks", &banks, "--png", &pictures];
    let given = ["--sounds", &sounds[0], "--sounds", &sounds[1], "--match-model", &networks[0]];
    let second = ["--match-model", &networks[1]];
    let output = call(&[&["evaluate", "--task", "match"][..], &options, &given, &second].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let reports: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let matched: Vec<_> = reports.as_array().unwrap().iter().map(|report| &report["matched"]).collect();
    assert_eq!(matched, ["a/sounds", "b/sounds"]);
    let lines = reports[0]["lines"].as_array().unwrap();
    for name in ["one, one guess", "two, one guess"] {
        assert!(lines.iter().any(|line| line["name"] == name), "{name}");
    }
    for name in ["a_sounds.png", "b_sounds.png"] {
        assert!(Path::new(&pictures).join(name).is_file(), "{name}");
    }
    // With a single target no guess belongs to another one, and one number has no interval.
    assert!(!lines.iter().any(|line| line["name"].as_str().unwrap().contains("shuffled")));
    for line in lines {
        assert!(line["figures"]["phi"]["value"].is_number(), "{line}");
        assert!(line["figures"]["phi"]["interval"].is_null(), "{line}");
    }
}

#[test]
fn a_sound_without_pitch_is_matched_with_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let noise = text(&folder, "noise.wav");
    let mut state = 1_u32;
    let mut random = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 17) as f32 / 32_768.0 - 0.25
    };
    wav::write(&noise, &(0..11_025).map(|_| random()).collect::<Vec<_>>(), RATE_HZ);
    let message = |arguments: &[&str]| {
        let output = call(&[&["match", &noise, "--renders", "20"], arguments].concat());
        assert!(output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(message(&[]).contains("has no pitch"));
    assert!(message(&["--key", "40"]).contains("nothing is written"));
    assert_eq!(message(&["--key", "40", "-o", &text(&folder, "found.amSynthPreset")]), "");
}

#[test]
fn flac_ogg_and_mp3_are_read() {
    let folder = tempfile::tempdir().unwrap();
    for kind in ["flac", "ogg", "mp3"] {
        let sound = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/sounds/tone.{kind}"));
        let output = call(&["match", &sound.display().to_string(), "--renders", "12", "--json"]);
        assert!(output.status.success(), "{kind}: {}", String::from_utf8_lossy(&output.stderr));
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["note"]["key"], 69, "{kind}");
    }
    drop(folder);
}

#[test]
fn a_part_of_a_sound_is_matched() {
    let folder = tempfile::tempdir().unwrap();
    let path = text(&folder, "two.wav");
    let tone = |frequency_hz: f32| {
        (0..RATE_HZ)
            .map(move |n| 0.3 * (std::f32::consts::TAU * frequency_hz * n as f32 / RATE_HZ as f32).sin())
    };
    wav::write(&path, &tone(220.0).chain(tone(440.0)).collect::<Vec<_>>(), RATE_HZ);
    let key = |region: &[&str]| {
        let output = call(&[&["match", &path, "--renders", "1", "--json"], region].concat());
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        report["pitch"]["key"].as_u64().unwrap()
    };
    assert_eq!(key(&["--to", "1"]), 57);
    assert_eq!(key(&["--from", "1"]), 69);
    for region in [&["--from", "2"][..], &["--from", "1", "--to", "0.5"]] {
        let output = call(&[&["match", &path][..], region].concat());
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(
            !output.status.success() && message.contains("two.wav is chosen: it has 2.00 seconds"),
            "{message}"
        );
    }
}
