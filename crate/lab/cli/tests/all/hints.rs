//! The command tells a sound that is no single note, and how its answers differ from it.

use crate::wav;
use sound_file::encode_wav;
use std::process::Command;
use tempfile::TempDir;

const RATE_HZ: u32 = 22_050;

fn text(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

/// A search of a few patches: its report, and what it says beside that.
fn matched(options: &[&str]) -> (String, String) {
    let arguments = [&["match", "--renders", "20"], options].concat();
    let output = Command::new(env!("CARGO_BIN_EXE_latent-pad")).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    assert!(output.status.success(), "{}", text(output.stderr));
    (text(output.stdout), text(output.stderr))
}

/// Saws of these keys together for some seconds.
fn saws(keys: &[f32], seconds: f32) -> Vec<f32> {
    let saw = |time_s: f32, key: f32| {
        let turn = std::f32::consts::TAU * 440.0 * ((key - 69.0) / 12.0).exp2() * time_s;
        (1..12).map(|partial| (turn * partial as f32).sin() / partial as f32).sum::<f32>()
    };
    let frames = (seconds * RATE_HZ as f32) as usize;
    let fade = |frame: usize| (frame.min(frames - frame) as f32 / 200.0).min(1.0);
    let sample = |frame: usize| {
        let time_s = frame as f32 / RATE_HZ as f32;
        0.08 * fade(frame) * keys.iter().map(|&key| saw(time_s, key)).sum::<f32>()
    };
    (0..frames).map(sample).collect()
}

#[test]
fn a_chord_and_a_melody_are_named_with_the_way_that_fits() {
    let folder = tempfile::tempdir().unwrap();
    let [chord, melody] = ["chord.wav", "melody.wav"].map(|name| text(&folder, name));
    wav::write(&chord, &saws(&[48.0, 52.0, 55.0], 1.5), RATE_HZ);
    let notes = [60.0, 64.0, 62.0, 67.0].map(|key| saws(&[key], 0.4)).concat();
    wav::write(&melody, &notes, RATE_HZ);
    let (_, said) = matched(&[&chord]);
    assert!(said.contains("is a chord (C3, E3, G3)") && said.contains("--from and --to"), "{said}");
    let (report, said) = matched(&[&melody, "--json"]);
    assert!(said.contains("is a melody of 4 notes") && said.contains("latent-pad sketch"), "{said}");
    assert!(report.contains("\"kind\": \"melody\""), "{report}");
}

#[test]
fn a_wide_sound_is_told_and_a_narrow_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let said = |name: &str, channels: [&[f32]; 2]| {
        let path = text(&folder, name);
        std::fs::write(&path, encode_wav(&channels, RATE_HZ).unwrap()).unwrap();
        matched(&[&path]).1
    };
    let [left, right] = [saws(&[48.0], 1.0), saws(&[48.1], 1.0)];
    assert!(said("wide.wav", [&left, &right]).contains("is wide: "));
    assert!(!said("narrow.wav", [&left, &left]).contains("is wide: "));
}

#[test]
fn each_answer_has_its_difference_as_a_percentage_with_at_most_three_sentences() {
    let folder = tempfile::tempdir().unwrap();
    let sound = text(&folder, "saw.wav");
    wav::write(&sound, &saws(&[57.0], 1.0), RATE_HZ);
    let (report, _) = matched(&[&sound, "--answers", "2", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let answers = report["answers"].as_array().unwrap();
    let percents: Vec<f64> =
        answers.iter().map(|answer| answer["difference"]["percent"].as_f64().unwrap()).collect();
    assert!(
        percents.iter().all(|percent| (0.0..=100.0).contains(percent)) && percents.is_sorted(),
        "{percents:?}"
    );
    let remarks = answers[0]["difference"]["remarks"].as_array().unwrap();
    assert!(remarks.len() <= 3);
    let (table, _) = matched(&[&sound, "--answers", "2"]);
    assert!(table.contains(&format!("{:.0} % off", percents[0])), "{table}");
    for remark in remarks {
        assert!(table.contains(remark.as_str().unwrap()), "{table}");
    }
}
