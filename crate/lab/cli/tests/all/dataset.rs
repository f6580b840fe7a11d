//! `latent-pad dataset`: a killed call resumes and gives the same bytes, with the permissions of any new file. Two
//! dozen presets, measured twice: two seconds.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const BANK: &str = "/usr/share/amsynth/banks/amsynth_factory.bank";

/// A call whose new files may be written by the group, as where people share a folder.
fn dataset(banks: &Path, output: &Path) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", r#"umask 002; exec "$0" "$@""#, env!("CARGO_BIN_EXE_latent-pad")]);
    command.arg("dataset").arg("--banks").arg(banks).arg("-o").arg(output).stdout(Stdio::null());
    command
}

#[test]
fn killed_and_called_again_it_writes_the_same_file() {
    assert!(Path::new(BANK).exists(), "install Debian's package amsynth (apt-get install amsynth)");
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(BANK, folder.path().join("some.bank")).unwrap();
    let [whole, killed] = ["whole.parquet", "killed.parquet"].map(|name| folder.path().join(name));
    assert!(dataset(folder.path(), &whole).status().unwrap().success());

    let parts = folder.path().join("killed.parquet.parts");
    let part =
        || std::fs::read_dir(&parts).into_iter().flatten().flatten().find(|entry| !is_temporary(entry));
    let mut child = dataset(folder.path(), &killed).stderr(Stdio::null()).spawn().unwrap();
    while part().is_none() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!killed.exists(), "a table is complete or absent");
    assert!(part().is_some(), "finished work is kept");
    // A truncated file is measured again.
    std::fs::write(parts.join("000001"), b"heard 01").unwrap();

    assert!(dataset(folder.path(), &killed).status().unwrap().success());
    assert_eq!(whole.metadata().unwrap().permissions().mode() & 0o777, 0o664);
    let [whole, killed] = [whole, killed].map(|path| std::fs::read(path).unwrap());
    assert!(whole == killed && whole.starts_with(b"PAR1") && whole.ends_with(b"PAR1"));
    assert!(!parts.exists(), "nothing else is left");
}

#[test]
fn a_folder_may_hold_a_single_preset_file() {
    let folder = tempfile::tempdir().unwrap();
    let preset = include_str!("../../../../../fuzz/seeds/preset/factory.amSynthPreset");
    std::fs::write(folder.path().join("one.amSynthPreset"), preset).unwrap();
    let table = folder.path().join("one.parquet");
    let output = dataset(folder.path(), &table).stdout(Stdio::piped()).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said.trim_end(), format!("1 preset in {}", table.display()));
}

#[test]
fn of_a_bank_that_is_cut_off_it_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let bank = folder.path().join("some.bank");
    let whole = std::fs::read_to_string(BANK).unwrap();
    let few = whole.split("<preset>").take(3).collect::<Vec<_>>().join("<preset>");
    let show = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_latent-pad"));
        command.arg("show").arg(format!("{}#1", bank.display())).output().unwrap()
    };
    let table = || dataset(folder.path(), &folder.path().join("few.parquet")).output().unwrap();
    for (text, is_cut) in [(few.clone(), true), (few + "EOF\n", false)] {
        std::fs::write(&bank, text).unwrap();
        for output in [show(), table()] {
            let message = String::from_utf8(output.stderr).unwrap();
            assert!(output.status.success(), "{message}");
            assert_eq!(message.contains("some.bank ends without the line EOF"), is_cut, "{message}");
        }
    }
}

#[test]
fn a_folder_with_files_of_ones_own_is_refused_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let preset = include_str!("../../../../../fuzz/seeds/preset/factory.amSynthPreset");
    std::fs::write(folder.path().join("one.amSynthPreset"), preset).unwrap();
    let [table, parts] = ["one.parquet", "one.parquet.parts"].map(|name| folder.path().join(name));
    std::fs::create_dir(&parts).unwrap();
    // Files of an interrupted call are not a reason to refuse the folder; a file of one's own is, whatever its name.
    std::fs::write(parts.join("000007"), b"heard 01").unwrap();
    std::fs::write(parts.join(".tmpAbC123"), b"hea").unwrap();
    for name in ["notes.txt", "000003"] {
        let own = parts.join(name);
        std::fs::write(&own, "my notes").unwrap();
        let output = dataset(folder.path(), &table).output().unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{message}");
        assert!(message.contains("one.parquet.parts") && message.contains(name), "{message}");
        assert!(message.contains("-o") && message.lines().count() == 1, "{message}");
        assert_eq!(std::fs::read_to_string(&own).unwrap(), "my notes");
        std::fs::remove_file(own).unwrap();
    }
    assert!(dataset(folder.path(), &table).status().unwrap().success());
    assert!(table.exists() && !parts.exists());
}

fn is_temporary(entry: &std::fs::DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}
