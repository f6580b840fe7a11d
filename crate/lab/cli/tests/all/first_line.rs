//! The first line that a call writes to standard error: a warning or an error before any work.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// Returns that line and ends the call; empty if no line comes within `limit`.
pub fn first_line(command: &mut Command, limit: Duration) -> String {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let stderr = child.stderr.take().unwrap();
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        let _ = BufReader::new(stderr).read_line(&mut line);
        let _ = sender.send(line);
    });
    let line = receiver.recv_timeout(limit).unwrap_or_default();
    child.kill().unwrap();
    child.wait().unwrap();
    line
}
