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

#[test]
fn one_sound_has_the_same_values_at_every_rate() {
    let folder = tempfile::tempdir().unwrap();
    let hardness = |rate_hz: u32| {
        let path = text(&folder, &format!("tone-{rate_hz}.wav"));
        let sample = |frame: u32| {
            let time_s = f64::from(frame) / f64::from(rate_hz);
            let partial = |number: i32| (std::f64::consts::TAU * 220.0 * f64::from(number) * time_s).sin();
            let attack = (50.0 * time_s).min(1.0) * (-3.0 * time_s).exp();
            (0.3 * attack * (1..20).map(|number| partial(number) / f64::from(number)).sum::<f64>()) as f32
        };
        wav::write(&path, &(0..rate_hz).map(sample).collect::<Vec<_>>(), rate_hz);
        let report: serde_json::Value =
            serde_json::from_slice(&call(&["analyze", &path, "--json"]).stdout).unwrap();
        report[0]["hardness"].as_f64().unwrap()
    };
    let own = hardness(44_100);
    for rate_hz in [48_000, 88_200, 96_000, 192_000] {
        let other = hardness(rate_hz);
        assert!((own - other).abs() < 0.5, "{own} at 44.1 kHz, {other} at {rate_hz} Hz");
    }
}
