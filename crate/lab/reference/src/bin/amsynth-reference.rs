//! Reads a job on standard input, renders it with amSynth, writes the samples to standard output.

use std::process::ExitCode;

fn main() -> ExitCode {
    match reference::serve(std::io::stdin().lock(), std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
