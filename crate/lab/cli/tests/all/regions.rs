//! The part of a sound that `analyze` measures and `target --contour` follows; `match` and `sketch` test theirs.

use crate::wav;
use std::process::{Command, Output};
use tempfile::TempDir;

const RATE_HZ: u32 = 44_100;

fn call(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_latent-pad")).args(arguments).output().unwrap()
}

fn text(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

/// Two seconds: first a dark tone, then one that becomes brighter.
fn brighter_later(folder: &TempDir) -> String {
    let path = text(folder, "tone.wav");
    let sample = |frame: u32| {
        let time_s = frame as f32 / RATE_HZ as f32;
        let partial = |number: i32| (std::f32::consts::TAU * 220.0 * number as f32 * time_s).sin();
        let overtones: f32 = (2..30).map(|number| partial(number) / number as f32).sum();
        0.3 * (partial(1) + (time_s - 1.0).max(0.0) * overtones)
    };
    wav::write(&path, &(0..2 * RATE_HZ).map(sample).collect::<Vec<_>>(), RATE_HZ);
    path
}

#[test]
fn analyze_measures_a_part() {
    let folder = tempfile::tempdir().unwrap();
    let sound = brighter_later(&folder);
    let brightness = |region: &[&str]| {
        let output = call(&[&["analyze", &sound, "--json"], region].concat());
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        report[0]["brightness"].as_f64().unwrap()
    };
    let [dark, bright, whole] = [&["--to", "1"][..], &["--from", "1.5"], &[]].map(brightness);
    assert!(dark + 5.0 < whole && whole < bright, "{dark} {whole} {bright}");
    let output = call(&["analyze", &sound, "--from", "3"]);
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && message.contains("it has 2.00 seconds"), "{message}");
}

#[test]
fn a_path_follows_the_contour_of_a_part_and_has_its_length() {
    let folder = tempfile::tempdir().unwrap();
    let (sound, json) = (brighter_later(&folder), text(&folder, "path.json"));
    let target = ["target", "--descriptor", "brightness", "--steps", "8", "--no-refinement", "-o", &json];
    let output = call(&[&target[..], &["--contour", &sound, "--contour-from", "1"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let about: serde_json::Value = serde_json::from_slice(&call(&["path", &json]).stdout).unwrap();
    assert_eq!(about["seconds"], 1.0);
    assert_eq!(call(&[&target[..], &["--contour-from", "1"]].concat()).status.code(), Some(2));
}
