//! `latent-pad macro` as a person types it: the changed preset, its sound, its picture, a report, and one sentence if
//! it cannot be done.

use patch::file::{read_preset, write_preset};
use patch::{Parameter, Preset};
use std::process::{Command, Output};
use tempfile::TempDir;

const PRESET: &str = "/usr/share/amsynth/banks/amsynth_factory.bank#3";

fn call(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_latent-pad")).args(arguments).output().unwrap()
}

fn text(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

#[test]
fn a_preset_becomes_brighter_and_is_written_heard_and_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let [output, wav, png] = ["out.amSynthPreset", "out.wav", "out.png"].map(|name| text(&folder, name));
    let changed = || {
        let files = ["-o", &output, "--wav", &wav, "--plot", &png];
        let call = call(&[&["macro", PRESET, "--brightness", "+0.5", "--json"][..], &files].concat());
        assert!(call.status.success(), "{}", String::from_utf8_lossy(&call.stderr));
        (call.stdout, [&output, &wav, &png].map(|path| std::fs::read(path).unwrap()))
    };
    let first = changed();
    assert!(first == changed(), "the same preset gives the same bytes");
    let report: serde_json::Value = serde_json::from_slice(&first.0).unwrap();
    let brightness = |when: &str| report[when]["brightness"].as_f64().unwrap();
    let reach = report["reach"]["brightness"][1].as_f64().unwrap();
    let change = brightness("after") - brightness("before");
    assert!(reach > 3.0 && (0.2 * reach..0.8 * reach).contains(&change), "{change} of {reach}");
    assert_eq!(report["patch"].as_object().unwrap().len(), 41);
    let preset = read_preset(&String::from_utf8(first.1[0].clone()).unwrap()).unwrap();
    assert!(!preset.name.is_empty(), "it keeps its name");
    assert!(first.1[2].starts_with(b"\x89PNG"));
}

#[test]
fn without_an_amount_it_prints_how_far_each_control_reaches() {
    let output = call(&["macro", PRESET]);
    assert!(output.status.success() && output.stderr.is_empty());
    let lines = String::from_utf8(output.stdout).unwrap();
    assert_eq!(lines.lines().count(), 8);
    assert!(lines.lines().all(|line| line.contains(" −1: ") && line.contains(" +1: ")), "{lines}");
}

#[test]
fn what_cannot_be_done_gets_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let silent = text(&folder, "silent.amSynthPreset");
    let mut preset = Preset::default();
    preset.patch.set(Parameter::MasterVol, 0.0);
    std::fs::write(&silent, write_preset(&preset)).unwrap();
    let absent = text(&folder, "absent/out.amSynthPreset");
    for (arguments, code, reason) in [
        (&["macro", &silent, "--depth", "1"][..], 1, "silent"),
        (&["macro", PRESET, "--depth", "1", "-o", &absent], 1, "there is no folder"),
        (&["macro", PRESET, "-o", "out.amSynthPreset"], 2, "-o needs an amount, such as --brightness 0.5"),
        (&["macro", PRESET, "--wav", "out.wav"], 2, "--wav needs an amount"),
        (&["macro", PRESET, "--keep", "filter_cutoff,volume"], 2, "has no such parameter"),
        (&["macro", PRESET, "--depth", "1.5"], 2, "from -1 to 1"),
        (&["macro", PRESET, "--depth", "nan"], 2, "from -1 to 1"),
        (&["macro", PRESET, "--along", "depth"], 2, "--plot"),
        (&["macro", PRESET, "--plot", "out.png", "--along", "sharpness"], 2, "one of brightness, warmth"),
    ] {
        let output = call(arguments);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {message}");
        assert!(message.contains(reason) && !message.contains("panicked"), "{arguments:?}: {message}");
        assert!(code == 2 || message.lines().count() == 1, "{message}");
    }
    let kept = ["--keep", "filter_cutoff,filter_resonance", "-o", "/dev/null"];
    let output = call(&[&["macro", PRESET, "--brightness", "1"][..], &kept].concat());
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("these changed, too: ") && message.lines().count() == 1, "{message}");
    let output = call(&["macro", PRESET, "--depth", "-0.5"]);
    assert!(output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("nothing is written"));
}
