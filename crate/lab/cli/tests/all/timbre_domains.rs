//! Promises of `latent-pad timbre` in a folder of a person's own: `--domain` takes a name beside a folder of that name,
//! or the path of one file, and a sound whose frames could not be decoded again is refused.

use crate::wav;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const RATE_HZ: u32 = 44_100;
const STRINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../models/timbre/strings.frames");

/// A folder of a person's own with a sound of half a second.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_sound(&folder.path().join("a.wav"), 1.0);
    folder
}

/// A tone of A3, whose samples are multiplied by this.
fn write_sound(path: &Path, gain: f32) {
    let sample = |at: u32| {
        let turns = 220.0 * at as f32 / RATE_HZ as f32;
        let tone: f32 = (1..6).map(|n| (std::f32::consts::TAU * n as f32 * turns).sin() / n as f32).sum();
        gain * 0.3 * tone
    };
    wav::write(path, &(0..RATE_HZ / 2).map(sample).collect::<Vec<_>>(), RATE_HZ);
}

/// Calls `latent-pad timbre` in the folder.
fn timbre(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_latent-pad"))
        .arg("timbre")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn done(folder: &TempDir, arguments: &[&str]) {
    let output = timbre(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The call must fail with these words and leave no file.
fn refused(folder: &TempDir, arguments: &[&str], words: &[&str]) {
    let answer = timbre(folder, &[arguments, &["-o", "never.wav"]].concat());
    let message = String::from_utf8(answer.stderr).unwrap();
    assert!(!answer.status.success() && !message.contains("panicked"), "{arguments:?}: {message}");
    for word in words {
        assert!(message.contains(word), "{arguments:?}: “{word}” is missing in: {message}");
    }
    assert!(!folder.path().join("never.wav").exists(), "{arguments:?} left a file");
}

#[test]
fn a_domain_is_found_beside_a_folder_of_its_name() {
    let folder = folder();
    done(&folder, &["transfer", "a.wav", "--domain", "strings", "-o", "alone.wav"]);
    std::fs::create_dir(folder.path().join("strings")).unwrap();
    done(&folder, &["transfer", "a.wav", "--domain", "strings", "-o", "beside.wav"]);
    let [alone, beside] =
        ["alone.wav", "beside.wav"].map(|name| std::fs::read(folder.path().join(name)).unwrap());
    assert!(alone == beside, "the same model");
    std::fs::create_dir(folder.path().join("harps")).unwrap();
    refused(&folder, &["transfer", "a.wav", "--domain", "harps"], &["no domain “harps”"]);
}

#[test]
fn a_name_is_found_in_models_and_a_path_is_no_other_file() {
    let folder = folder();
    let models = folder.path().join("models/timbre");
    std::fs::create_dir_all(&models).unwrap();
    std::fs::copy(STRINGS, models.join("mine.frames")).unwrap();
    std::fs::copy(STRINGS, folder.path().join("own.frames")).unwrap();
    done(&folder, &["transfer", "a.wav", "--domain", "mine", "-o", "name.wav"]);
    done(&folder, &["transfer", "a.wav", "--domain", "own.frames", "-o", "file.wav"]);
    let absolute = folder.path().join("own.v2").display().to_string();
    for missing in ["mine.v2", "own.v2", "./mine", &absolute] {
        refused(&folder, &["transfer", "a.wav", "--domain", missing], &["no domain", missing]);
    }
}

#[test]
fn a_sound_far_above_full_scale_is_refused_and_a_loud_one_comes_back() {
    let folder = folder();
    write_sound(&folder.path().join("wide.wav"), 32_768.0);
    write_sound(&folder.path().join("loud.wav"), 8.0);
    let words = &["wide.wav", "40 dB above full scale", "−1…1"];
    for call in [
        &["encode", "wide.wav"][..],
        &["transfer", "wide.wav"],
        &["interpolate", "a.wav", "wide.wav"],
        &["feedback", "wide.wav", "--frequency", "300"],
    ] {
        refused(&folder, &[call, &["--domain", "strings"]].concat(), words);
    }
    done(&folder, &["encode", "loud.wav", "--domain", "strings", "-o", "loud.json"]);
    done(&folder, &["decode", "loud.json", "--domain", "strings", "-o", "loud-again.wav"]);
}

#[test]
fn frames_of_more_than_ten_minutes_or_an_odd_rate_are_refused() {
    let folder = folder();
    done(&folder, &["encode", "a.wav", "--domain", "strings", "-o", "a.json"]);
    let text = std::fs::read(folder.path().join("a.json")).unwrap();
    let file: serde_json::Value = serde_json::from_slice(&text).unwrap();
    // Ten minutes at 48 kHz are longer at a lower rate.
    for (rate_hz, samples, words) in [
        (8_000_u32, 600 * 8_000 + 1, "longer than ten minutes"),
        (44_100, 600 * 44_100 + 1, "longer than ten minutes"),
        (192_000, 600_u64 * 192_000 + 1, "longer than ten minutes"),
        (0, 1, "8000 to 192000 Hz"),
        (u32::MAX, 1 << 40, "8000 to 192000 Hz"),
    ] {
        let mut other = file.clone();
        other["sample_rate_hz"] = rate_hz.into();
        other["samples"] = samples.into();
        std::fs::write(folder.path().join("other.json"), other.to_string()).unwrap();
        refused(&folder, &["decode", "other.json", "--domain", "strings"], &["other.json", words]);
    }
}

#[test]
fn a_frame_with_an_impossible_pitch_is_named() {
    let folder = folder();
    done(&folder, &["encode", "a.wav", "--domain", "strings", "-o", "a.json"]);
    let text = std::fs::read(folder.path().join("a.json")).unwrap();
    let mut file: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let decode = ["decode", "other.json", "--domain", "strings"];
    for (frequency_hz, voiced) in [(0, true), (-220, true), (22_050, true), (0, false), (22_049, true)] {
        file["frames"][7]["frequency_hz"] = frequency_hz.into();
        file["frames"][7]["voiced"] = voiced.into();
        std::fs::write(folder.path().join("other.json"), file.to_string()).unwrap();
        if voiced && frequency_hz != 22_049 {
            refused(&folder, &decode, &["frame 7 ", &format!("{frequency_hz} Hz"), "below 22050 Hz"]);
        } else {
            done(&folder, &[&decode[..], &["-o", "out.wav"]].concat());
        }
    }
}

#[test]
fn a_band_pass_above_the_range_of_a_low_rate_is_refused() {
    let folder = folder();
    wav::write(folder.path().join("low.wav"), &[0.1, -0.1].repeat(4_000), 8_000);
    let call = ["feedback", "low.wav", "--domain", "strings", "--frequency"];
    refused(&folder, &[&call[..], &["0:200,1:3300"]].concat(), &["low.wav", "--frequency", "3200 Hz"]);
    done(&folder, &[&call[..], &["3200", "--seconds", "0.1", "-o", "out.wav"]].concat());
}
