//! Lengths and times of the outputs of `latent-pad timbre`: a stretched sound begins and ends with the longer one, the
//! length is that of the longer one, and frames give the number of samples that they state.

use crate::wav;
use std::process::{Command, Output};
use tempfile::TempDir;

const RATE_HZ: u32 = 44_100;

/// A tone of A3 from the first sample to the last one.
fn write_tone(folder: &TempDir, name: &str, samples: u32) {
    let sample = |at: u32| {
        let turns = f64::from(at) * 220.0 / f64::from(RATE_HZ);
        (1..6).map(|n| (std::f64::consts::TAU * f64::from(n) * turns).sin() / f64::from(n)).sum::<f64>()
    };
    let samples: Vec<f32> = (0..samples).map(|at| 0.2 * sample(at) as f32).collect();
    wav::write(folder.path().join(name), &samples, RATE_HZ);
}

fn timbre(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_latent-pad"))
        .arg("timbre")
        .args(arguments)
        .args(["--domain", "strings"])
        .current_dir(folder)
        .output()
        .unwrap()
}

fn done(folder: &TempDir, arguments: &[&str]) {
    let output = timbre(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn read(folder: &TempDir, name: &str) -> Vec<f32> {
    let mut reader = hound::WavReader::open(folder.path().join(name)).unwrap();
    reader.samples().map(Result::unwrap).collect()
}

/// The first and the last time in milliseconds at which 10 ms of the sound have half the amplitude of the whole.
fn bounds_ms(sound: &[f32]) -> [usize; 2] {
    let power = |part: &[f32]| part.iter().map(|sample| sample * sample).sum::<f32>() / part.len() as f32;
    let half = power(sound) / 4.0;
    let loud: Vec<bool> = sound.chunks(RATE_HZ as usize / 100).map(|part| power(part) > half).collect();
    [loud.iter().position(|&is| is), loud.iter().rposition(|&is| is)].map(|place| 10 * place.unwrap())
}

#[test]
fn a_stretched_sound_begins_and_ends_with_the_longer_one() {
    let folder = tempfile::tempdir().unwrap();
    write_tone(&folder, "short.wav", RATE_HZ / 2);
    write_tone(&folder, "long.wav", 5 * RATE_HZ);
    for options in [&["--curve", "0"][..], &["--curve", "0", "--align"], &["--curve", "1"]] {
        let call = ["interpolate", "short.wav", "long.wav", "-o", "out.wav"];
        done(&folder, &[&call, options].concat());
        let [begin, end] = bounds_ms(&read(&folder, "out.wav"));
        assert!(begin <= 20 && end >= 4_970, "{options:?}: from {begin} to {end} ms of 5,000");
    }
}

#[test]
fn between_two_sounds_has_the_length_of_the_longer_one() {
    let folder = tempfile::tempdir().unwrap();
    write_tone(&folder, "a.wav", 20_000);
    // This number of samples in seconds, times the rate, is less in floating point.
    write_tone(&folder, "b.wav", 88_218);
    done(&folder, &["interpolate", "a.wav", "b.wav", "-o", "out.wav"]);
    assert_eq!(read(&folder, "out.wav").len(), 88_218);
}

#[test]
fn frames_of_another_length_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    write_tone(&folder, "a.wav", 22_050);
    done(&folder, &["encode", "a.wav", "-o", "a.json"]);
    let text = std::fs::read_to_string(folder.path().join("a.json")).unwrap();
    for samples in ["0", "1", "20000", "26460000"] {
        let other = text.replacen("\"samples\":22050", &format!("\"samples\":{samples}"), 1);
        std::fs::write(folder.path().join("other.json"), other).unwrap();
        let answer = timbre(&folder, &["decode", "other.json", "-o", "never.wav"]);
        let message = String::from_utf8(answer.stderr).unwrap();
        assert!(!answer.status.success(), "{samples} samples");
        for word in ["other.json", samples, "frames"] {
            assert!(message.contains(word), "“{word}” is missing in: {message}");
        }
        assert!(!folder.path().join("never.wav").exists());
    }
}
