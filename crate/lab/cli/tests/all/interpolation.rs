//! `latent-pad interpolate` as a person types it: presets and sounds from one preset to another, how even they are, and
//! one sentence if it cannot be done.

use patch::file::{read_preset, write_preset};
use patch::{Parameter, Preset};
use std::path::Path;
use std::process::{Command, Output};

const BANK: &str = "/usr/share/amsynth/banks/amsynth_factory.bank";

fn call(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_latent-pad")).arg("interpolate").args(arguments).output().unwrap()
}

fn preset(path: &Path) -> Preset {
    read_preset(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn presets_and_sounds_are_written_and_each_way_has_its_figures() {
    let folder = tempfile::tempdir().unwrap();
    let [from, to] = [format!("{BANK}#1"), format!("{BANK}#14")];
    let bank = patch::file::read_bank(&std::fs::read_to_string(BANK).unwrap()).unwrap();
    let mut reports = Vec::new();
    for name in ["one", "two"] {
        let out = folder.path().join(name);
        let output = call(&[&from, &to, "--steps", "4", "--json", "-o", out.to_str().unwrap()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        reports.push(output.stdout);
        for (file, row) in [("1", 1), ("4", 14)] {
            assert_eq!(
                preset(&out.join(format!("{file}.amSynthPreset"))).patch,
                bank[row].patch,
                "an end is exact"
            );
        }
        assert!(preset(&out.join("2.amSynthPreset")).name.ends_with(" 1/3"));
        assert!(std::fs::read(out.join("3.wav")).unwrap().len() > 100_000);
    }
    let out = folder.path().join("straight");
    let [one, two, out] = [format!("{BANK}#1"), format!("{BANK}#14"), out.display().to_string()];
    let output = call(&[&one, &two, "--steps", "3", "--way", "parameters", "-o", &out]);
    let last = String::from_utf8(output.stdout).unwrap().lines().last().unwrap().to_owned();
    let files = format!("{out}/1.amSynthPreset to {out}/3.wav");
    assert_eq!(last, format!("3 presets straight in the parameters, and their sounds: {files}"));
    assert!(reports[0] == reports[1], "the same presets give the same bytes");
    let report: serde_json::Value = serde_json::from_slice(&reports[0]).unwrap();
    assert_eq!(report["presets"].as_array().unwrap().len(), 4);
    let off = |way: &str| report["ways"][way]["nonlinearity"].as_f64().unwrap();
    assert!(off("evenly by sound") < off("straight in the parameters"), "{}", report["ways"]);
}

#[test]
fn what_cannot_be_done_gets_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let silent = folder.path().join("silent.amSynthPreset");
    let mut own = Preset::default();
    own.patch.set(Parameter::MasterVol, 0.0);
    std::fs::write(&silent, write_preset(&own)).unwrap();
    let [one, silent] = [format!("{BANK}#1"), silent.display().to_string()];
    for (arguments, code, reason) in [
        (&[&one[..], &one][..], 1, "the same"),
        (&[&one, &silent], 1, "silent"),
        (&[&one, "absent.amSynthPreset"], 1, "absent.amSynthPreset"),
        (&[&one, &silent, "--steps", "2"], 2, "3..=100"),
        (&[&one, &silent, "--way", "scenic"], 2, "scenic"),
    ] {
        let output = call(arguments);
        let sentence = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {sentence}");
        assert!(output.stdout.is_empty() && sentence.contains(reason), "{sentence}");
        assert!(code == 2 || sentence.lines().count() == 1, "{sentence}");
    }
}

#[test]
fn a_decoder_of_any_name_has_its_encoder_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models");
    let [decoder, encoder] = ["plane.onnx", "encoder.onnx"].map(|name| folder.path().join(name));
    std::fs::copy(models.join("decoder.onnx"), &decoder).unwrap();
    let [one, two, decoder] = [format!("{BANK}#1"), format!("{BANK}#14"), decoder.display().to_string()];
    let over_the_plane =
        || call(&[&one, &two, "--steps", "3", "--way", "plane", "--model", &decoder, "--json"]);
    let message = String::from_utf8(over_the_plane().stderr).unwrap();
    assert!(message.contains("encoder.onnx") && message.contains("beside the decoder"), "{message}");
    std::fs::copy(models.join("encoder.onnx"), encoder).unwrap();
    let output = over_the_plane();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
