//! docs/command.md is the help of every command, so it cannot say anything else than the program.

use std::path::Path;
use std::process::Command;

fn help() -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_latent-pad")).arg("markdown-help").output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_reference_is_the_help() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/command.md");
    let written = std::fs::read_to_string(path).unwrap();
    assert!(
        written == help(),
        "another help is in docs/command.md: latent-pad markdown-help > docs/command.md"
    );
}

#[test]
fn the_reference_has_every_command_and_its_options_but_no_hidden_command() {
    let help = help();
    for heading in ["render", "evaluate", "timbre transfer", "null"] {
        assert!(help.contains(&format!("\n## `latent-pad {heading}`\n")), "{heading}");
    }
    assert!(help.contains("* `--keyboard-map <FILE.kbm>` — "));
    assert!(help.contains("FILE.bank#INDEX, counted from 0"), "the rules of all commands");
    assert!(!help.contains("amsynth-host") && !help.contains("markdown-help`\n"));
}
