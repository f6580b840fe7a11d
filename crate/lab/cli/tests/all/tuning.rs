//! Promise: `latent-pad render` plays in the tuning of Scala's files, and reports their errors.

use std::process::{Command, Output};

/// A sine, so that the pitch can be counted.
const SINE: &str =
    "amSynth1.0preset\n<preset> <name> Sine\n<parameter> osc1_waveform 0\n<parameter> osc_mix -1\n";
/// Its description has a byte that is not UTF-8.
const JUST: &[u8] = b"! just.scl\nJust intonation, f\xFCr Elise\n7\n9/8\n5/4\n4/3\n3/2\n5/3\n15/8\n2\n";
const WHITE_KEYS: &str = "12\n0\n127\n60\n60\n264\n7\n0\nx\n1\nx\n2\n3\nx\n4\nx\n5\nx\n6\n";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("sine.amSynthPreset", SINE.as_bytes());
        folder
    }

    fn write(&self, name: &str, content: &[u8]) {
        std::fs::write(self.0.path().join(name), content).unwrap();
    }

    fn render(&self, options: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_latent-pad"))
            .args(["render", "sine.amSynthPreset", "-o", "out.wav", "--seconds", "2"])
            .args(options)
            .current_dir(self.0.path())
            .output()
            .unwrap()
    }

    /// Frequency of the second half of the rendered sound, Hz.
    fn heard_hz(&self, options: &[&str]) -> f64 {
        let output = self.render(options);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut reader = hound::WavReader::open(self.0.path().join("out.wav")).unwrap();
        let left: Vec<f32> = reader.samples().map(Result::unwrap).step_by(2).collect();
        let rises = left[44_100..].windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
        rises as f64
    }

    fn refusal(&self, options: &[&str], words: &[&str]) {
        let output = self.render(options);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{options:?}: {message}");
        for word in words {
            assert!(message.contains(word), "{options:?}: “{word}” is missing in: {message}");
        }
        assert!(!self.0.path().join("out.wav").exists(), "nothing is half written");
    }
}

#[test]
fn keys_sound_in_the_tuning_of_the_files() {
    let folder = Folder::new();
    folder.write("just.scl", JUST);
    folder.write("white.kbm", WHITE_KEYS.as_bytes());
    let note = |key: u8| format!("{key}:100:0:88200");
    let both = ["--tuning", "just.scl", "--keyboard-map", "white.kbm", "--notes"];
    for (options, key, expected_hz) in [
        (&["--notes"][..], 69, 440.0),
        (&["--tuning", "just.scl", "--notes"], 69, 440.0),
        (&["--keyboard-map", "white.kbm", "--notes"], 60, 264.0),
        (&both, 64, 330.0),
        (&both, 57, 220.0),
        (&both, 61, 0.0),
    ] {
        let heard_hz = folder.heard_hz(&[options, &[&note(key)]].concat());
        assert!((heard_hz - expected_hz).abs() <= 1.0, "{options:?} {key}: {heard_hz} Hz");
    }
}

#[test]
fn errors_name_file_and_line() {
    let folder = Folder::new();
    folder.write("bad.scl", b"bad\n2\n9/8\n-2/1\n");
    folder.write("bad.kbm", b"0\n0\n127\n60\n200\n440\n0\n");
    folder.write("long.scl", &b"!\n".repeat(40_000));
    folder.refusal(&["--tuning", "bad.scl"], &["bad.scl, line 4", "-2/1"]);
    folder.refusal(&["--keyboard-map", "bad.kbm"], &["bad.kbm, line 5", "0 to 127"]);
    folder.refusal(&["--tuning", "absent.scl"], &["cannot read absent.scl"]);
    folder.refusal(&["--tuning", "long.scl"], &["long.scl", "65536 bytes"]);
    folder.refusal(&["--tuning", "."], &["cannot read ."]);
}
