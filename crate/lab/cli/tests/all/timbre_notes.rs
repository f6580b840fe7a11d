//! Folders of recorded notes: a file without audible sound is named and left out, and the others count.

use crate::wav;
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

/// A folder with a folder of notes: six, a silence, one with a sample that is no number, and one of a rate at which
/// nothing is analysed.
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
    wav::write(notes.join("silent_0_60.wav"), &[0.0; 20_000], RATE_HZ);
    wav::write(notes.join("slow_0_60.wav"), &tone(60, 0.4), 4_000);
    folder
}

/// The call must succeed, with a line for each file that is left out.
fn done_without_them(folder: &TempDir, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_latent-pad"));
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {message}");
    for words in [
        ["notes/broken_0_60.wav", "not finite numbers"],
        ["notes/silent_0_60.wav", "the sound is silent"],
        ["notes/slow_0_60.wav", "outside of 8000 to 192000 Hz"],
    ] {
        let line = message.lines().find(|line| words.iter().all(|word| line.contains(word)));
        assert!(line.is_some(), "{arguments:?}: {words:?} are missing in: {message}");
    }
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_model_has_the_name_of_its_folder_however_that_is_called() {
    let folder = folder();
    let train = |sounds: &str, options: &[&str]| {
        let all = ["train", "--task", "timbre", "--quick", "--latent", "3", "--sounds", sounds];
        let mut command = Command::new(env!("CARGO_BIN_EXE_latent-pad"));
        command.args(all).args(["-o", "../tones.frames"]).args(options);
        command.current_dir(folder.path().join("notes")).output().unwrap()
    };
    let said = String::from_utf8(train(".", &[]).stdout).unwrap();
    assert!(said.starts_with("notes (seed"), "{said}");
    for (sounds, options) in [("/", &[][..]), (".", &["--domain", ""])] {
        let nameless = train(sounds, options);
        let message = String::from_utf8(nameless.stderr).unwrap();
        assert!(message.contains("has no name") && message.lines().count() == 1, "{message}");
        assert_eq!(nameless.status.code(), Some(2), "{message}");
    }
}

#[test]
fn files_of_which_nothing_can_be_heard_are_named_and_left_out() {
    let folder = folder();
    let train = ["train", "--task", "timbre", "--quick", "--latent", "3", "--sounds", "notes", "-o"];
    let said = done_without_them(&folder, &[&train[..], &["tones.frames"]].concat());
    assert!(said.contains("of 5 notes; 1 held-back"), "{said}");
    done_without_them(&folder, &[&train[..], &["textures.frames", "--head", "texture"]].concat());
    for model in ["tones.frames", "textures.frames"] {
        let call = ["evaluate", "--task", "timbre", "--model", model, "--notes", "notes", "--json"];
        let figures: serde_json::Value = serde_json::from_str(&done_without_them(&folder, &call)).unwrap();
        let kept = &figures["kept"][0];
        let is_finite = kept["convergence_db"].as_array().unwrap().iter().all(|figure| figure.is_f64());
        assert!(kept["count"] == 6 && is_finite, "{model}: {kept}");
    }
    let plane = ["timbre", "plane", "tones.frames", "--notes", "notes", "--grid", "3", "-o", "plane"];
    let said = done_without_them(&folder, &plane);
    assert!(said.contains("6 of 6 notes"), "{said}");
}

#[test]
fn channels_of_opposite_phases_are_heard() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let spec = hound::WavSpec {
        channels: 2,
        sample_rate: RATE_HZ,
        bits_per_sample: 32,
        sample_format: hound::SampleFormat::Float,
    };
    let mut writer = hound::WavWriter::create(path("opposite.wav"), spec).unwrap();
    for sample in tone(60, 0.4) {
        for channel in [sample, -sample] {
            writer.write_sample(channel).unwrap();
        }
    }
    writer.finalize().unwrap();
    let transfer = ["timbre", "transfer", &path("opposite.wav"), "--domain", "winds", "-o", &path("out.wav")];
    assert!(Command::new(env!("CARGO_BIN_EXE_latent-pad")).args(transfer).status().unwrap().success());
    let mut made = hound::WavReader::open(path("out.wav")).unwrap();
    let peak = made.samples::<f32>().fold(0.0_f32, |peak, sample| peak.max(sample.unwrap().abs()));
    assert!(peak > 0.05, "{peak}");
}

fn call(folder: &TempDir, arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_latent-pad")).args(arguments).current_dir(folder).output().unwrap()
}

/// Folders `clear` of a tone and `noise` of a noise.
fn clear_and_noise() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut state = 1_u32;
    let mut random = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 17) as f32 / 32_768.0 - 0.5
    };
    let noise: Vec<f32> = (0..20_000).map(&mut random).collect();
    for (name, samples) in [("clear", &tone(60, 0.4)), ("noise", &noise)] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
        wav::write(folder.path().join(name).join("a.wav"), samples, RATE_HZ);
    }
    folder
}

#[test]
fn notes_without_a_pitch_have_no_distances() {
    let folder = clear_and_noise();
    let evaluate = ["evaluate", "--task", "timbre", "--model", "strings"];
    let notes =
        |learned| [&evaluate[..], &["--learned", learned, "--notes", "noise", "--others", "noise"]].concat();
    let output = call(&folder, &notes("clear"));
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(table.contains("| 1 of noise | 0, – | – | 0 of 0 | – |"), "{table}");
    assert!(table.contains("for comparison: noise as it is | – | – | – | – |"), "{table}");
    let json = call(&folder, &[&notes("clear")[..], &["--json"]].concat()).stdout;
    let figures: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert!(figures["transfer"]["lines"][0]["note_distances"].is_null(), "{figures}");
    let output = call(&folder, &notes("noise"));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && message.contains("--learned"), "{message}");
}

#[test]
fn notes_that_are_learned_ones_give_a_warning() {
    let folder = clear_and_noise();
    let evaluate = ["evaluate", "--task", "timbre", "--model", "strings", "--learned", "clear", "--notes"];
    for (set, warns) in [("clear", true), ("noise", false)] {
        let output = call(&folder, &[&evaluate[..], &[set]].concat());
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{message}");
        let is_warned = message.contains("1 of 1 notes of clear") && message.contains("learned");
        assert_eq!(is_warned, warns, "{set}: {message}");
    }
}

#[test]
fn a_sound_above_full_scale_is_turned_down_and_that_is_said() {
    let folder = clear_and_noise();
    let loud: Vec<f32> = tone(60, 0.4).iter().map(|sample| 8.0 * sample).collect();
    wav::write(folder.path().join("loud.wav"), &loud, RATE_HZ);
    for (sound, warns) in [("loud.wav", true), ("clear/a.wav", false)] {
        for task in [&["transfer", sound][..], &["interpolate", sound, sound]] {
            let options = ["--domain", "strings", "-o", "out.wav"];
            let output = call(&folder, &[&["timbre"], task, &options].concat());
            let message = String::from_utf8(output.stderr).unwrap();
            let is_warned = message.contains("out.wav") && message.contains("was turned down by");
            assert_eq!(is_warned, warns, "{task:?}: {message}");
        }
    }
}

#[test]
fn contours_of_notes_make_a_model_that_is_the_same_every_time() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("notes")).unwrap();
    for key in [55, 62] {
        wav::write(folder.path().join(format!("notes/tone_0_{key}.wav")), &tone(key, 2.0), RATE_HZ);
    }
    let made = |output: &str| {
        let output_of = call(&folder, &["timbre", "contours", "strings", "--notes", "notes", "-o", output]);
        let text = String::from_utf8(output_of.stdout).unwrap();
        assert!(text.contains("2 of 2 notes have contours"), "{text}");
        std::fs::read(folder.path().join(output)).unwrap()
    };
    let first = made("first.frames");
    assert_eq!(made("second.frames"), first);
    assert!(first.windows(8).any(|eight| eight == b"CONTOUR1"));
    std::fs::create_dir(folder.path().join("short")).unwrap();
    wav::write(folder.path().join("short/tone_0_60.wav"), &tone(60, 0.4), RATE_HZ);
    let refused = call(&folder, &["timbre", "contours", "strings", "--notes", "short", "-o", "out.frames"]);
    assert!(!refused.status.success());
    assert!(String::from_utf8(refused.stderr).unwrap().contains("no note in short is held"));
    assert!(!folder.path().join("out.frames").exists());
}
