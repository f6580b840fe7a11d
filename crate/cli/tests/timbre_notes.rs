//! Folders of recorded notes: a file of which nothing can be heard is named and left out, and the others count.

mod wav;

use std::f32::consts::TAU;
use std::process::Command;
use tempfile::TempDir;

const RATE_HZ: u32 = 44_100;

/// A tone of a MIDI key.
fn tone(key: u8, seconds: f32) -> Vec<f32> {
    let frequency_hz = 440.0 * 2.0_f32.powf((f32::from(key) - 69.0) / 12.0);
    let sample = |at: u32| {
        let turns = frequency_hz * at as f32 / RATE_HZ as f32;
        (1..=12).map(|n| 0.1 / n as f32 * (TAU * (n as f32 * turns).fract()).sin()).sum()
    };
    (0..(seconds * RATE_HZ as f32) as u32).map(sample).collect()
}

/// A folder with a folder of notes: six, one with a sample that is no number, and one of a rate at which nothing is analysed.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let notes = folder.path().join("notes");
    std::fs::create_dir(&notes).unwrap();
    for key in [50, 54, 58, 62, 66, 70] {
        wav::write(notes.join(format!("tone_0_{key}.wav")), &tone(key, 0.4), RATE_HZ);
    }
    let mut broken = tone(60, 0.4);
    broken[9000] = f32::NAN;
    wav::write(notes.join("broken_0_60.wav"), &broken, RATE_HZ);
    wav::write(notes.join("slow_0_60.wav"), &tone(60, 0.4), 4_000);
    folder
}

/// The call must succeed, with a line for each file that is left out.
fn done_without_both(folder: &TempDir, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_latent-pad"));
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {message}");
    for words in [
        ["notes/broken_0_60.wav", "no finite numbers"],
        ["notes/slow_0_60.wav", "outside of 8000 to 192000 Hz"],
    ] {
        let line = message.lines().find(|line| words.iter().all(|word| line.contains(word)));
        assert!(line.is_some(), "{arguments:?}: {words:?} are missing in: {message}");
    }
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn files_of_which_nothing_can_be_heard_are_named_and_left_out() {
    let folder = folder();
    let train = ["train", "--task", "timbre", "--quick", "--latent", "3", "--sounds", "notes", "-o"];
    let said = done_without_both(&folder, &[&train[..], &["tones.frames"]].concat());
    assert!(said.contains("of 5 notes; 1 held-back"), "{said}");
    done_without_both(&folder, &[&train[..], &["textures.frames", "--head", "texture"]].concat());
    for model in ["tones.frames", "textures.frames"] {
        let call = ["evaluate", "--task", "timbre", "--model", model, "--notes", "notes", "--json"];
        done_without_both(&folder, &call);
    }
    let plane = ["timbre", "plane", "tones.frames", "--notes", "notes", "--grid", "3", "-o", "plane"];
    let said = done_without_both(&folder, &plane);
    assert!(said.contains("6 of 6 notes"), "{said}");
}
