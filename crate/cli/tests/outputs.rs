//! Promises about what is written and where: a full disk is an error and a reader that has gone away is none, and
//! what cannot be written, or cannot be compared, is known before anything is listened to.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Output};

const FACTORY_BANK: &str = "/usr/share/amsynth/banks/amsynth_factory.bank";

fn call(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_latent-pad"));
    command.args(arguments);
    command
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

/// A folder with a bank of one's own.
fn banks() -> tempfile::TempDir {
    assert!(Path::new(FACTORY_BANK).exists(), "install Debian's package amsynth (apt-get install amsynth)");
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(FACTORY_BANK, folder.path().join("some.bank")).unwrap();
    folder
}

/// The call must have failed with exit code 1 and one sentence that has these words.
fn refused(arguments: &[&str], output: &Output, words: &[&str]) {
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {message}");
    assert_eq!(message.lines().count(), 1, "{message}");
    for word in words {
        assert!(message.contains(word), "{arguments:?}: “{word}” is missing in: {message}");
    }
}

/// A sound to analyse.
fn wav(folder: &Path) -> String {
    let wav = text(&folder.join("out.wav"));
    let preset = format!("{FACTORY_BANK}#3");
    assert!(call(&["render", &preset, "-o", &wav, "--seconds", "1"]).status().unwrap().success());
    wav
}

/// Every way in which a call prints that takes no minutes.
fn printing(folder: &Path) -> Vec<Vec<String>> {
    let (wav, preset) = (wav(folder), format!("{FACTORY_BANK}#3"));
    let table = text(&folder.join("table.parquet"));
    let calls: [&[&str]; 8] = [
        &["show", &preset],
        &["decode", "1", "-2"],
        &["decode", "1", "-2", "--raw"],
        &["encode", &preset],
        &["analyze", &wav],
        &["analyze", &wav, "--csv"],
        &["analyze", &wav, "--json"],
        &["dataset", "--banks", &text(folder), "-o", &table, "--shard", "1/20"],
    ];
    calls.iter().map(|call| call.iter().map(ToString::to_string).collect()).collect()
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let folder = banks();
    for arguments in printing(folder.path()) {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = call(&arguments).stdout(full).output().unwrap();
        refused(&arguments, &output, &["cannot write standard output", "No space left"]);
    }
}

#[test]
fn a_reader_that_has_gone_away_is_none() {
    let folder = banks();
    for arguments in printing(folder.path()) {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = call(&arguments).stdout(writer).output().unwrap();
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {message}");
        assert!(message.is_empty(), "{arguments:?}: {message}");
    }
}

#[test]
fn a_bank_with_a_name_in_an_old_encoding_is_read_by_every_call() {
    let folder = tempfile::tempdir().unwrap();
    let bank = folder.path().join("old.bank");
    std::fs::write(&bank, b"amSynth\n<preset> <name> Sch\xF6n\n<parameter> osc1_waveform 0\nEOF\n").unwrap();
    assert!(call(&["show", &format!("{}#0", text(&bank))]).status().unwrap().success());
    let table = text(&folder.path().join("table.parquet"));
    let output = call(&["dataset", "--banks", &text(folder.path()), "-o", &table]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(Path::new(&table).exists());
}
