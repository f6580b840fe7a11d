//! Rendering in a process of its own: the side of the caller and the side of the program `amsynth-reference`.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use patch::Patch;
use voice::render::Event;

use crate::{Host, Job, ReferenceError, SetUp};

const PROGRAM: &str = "amsynth-reference";

/// Renders with amSynth in a new process, left and right. As in every DSSI host, a parameter changes at the
/// start of the host block that contains the event.
///
/// # Errors
/// If the plugin is not installed, or the program that hosts it was not built or fails.
pub fn render(
    patch: &Patch,
    events: &[Event],
    sample_rate_hz: u32,
    host_block: usize,
    frames: usize,
) -> Result<[Vec<f32>; 2], ReferenceError> {
    let (events, set_up) = (events.to_vec(), SetUp::default());
    render_job(Job { patch: *patch, events, sample_rate_hz, host_block, frames, set_up })
}

/// As [`render`], for any job.
///
/// # Errors
/// As [`render`], and if a path of the set-up cannot be passed to the plugin.
pub fn render_job(job: Job) -> Result<[Vec<f32>; 2], ReferenceError> {
    render_by(Command::new(program()?), job)
}

/// As [`render`], with a program of the caller's that calls [`serve`] with its standard input and output.
///
/// # Errors
/// As [`render`].
pub fn render_by(mut program: Command, mut job: Job) -> Result<[Vec<f32>; 2], ReferenceError> {
    if !Host::is_installed() {
        // The error that names the package to install, without starting a process.
        return Err(Host::new(job.sample_rate_hz, job.host_block).err().unwrap_or_else(no_plugin));
    }
    job.events.sort_by_key(|event| event.frame);
    // The user's banks and controller map must not change the result.
    program.env("HOME", "/nonexistent").env_remove("XDG_CONFIG_HOME").env_remove("XDG_DATA_HOME");
    if let Some(configuration) = &job.set_up.configuration {
        program.env("XDG_CONFIG_HOME", configuration);
    }
    let child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.map_err(ReferenceError::Start)?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(job.write().as_bytes())?;
    }
    let output = child.wait_with_output()?;
    let samples: Vec<f32> = output
        .stdout
        .chunks_exact(4)
        .map(|bytes| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
        .collect();
    let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if output.status.success() && samples.len() != 2 * job.frames {
        let lengths = format!("it writes {} samples instead of {}", samples.len(), 2 * job.frames);
        return Err(ReferenceError::Failed(format!("{lengths}; {message}")));
    }
    if !output.status.success() {
        return Err(ReferenceError::Failed(format!("{}; {message}", output.status)));
    }
    let (left, right) = samples.split_at(job.frames);
    Ok([left.to_vec(), right.to_vec()])
}

fn no_plugin() -> ReferenceError {
    ReferenceError::NotInstalled(Vec::new())
}

/// The program is in the profile's folder; tests, examples and benchmarks are one folder deeper.
fn program() -> Result<PathBuf, ReferenceError> {
    let own = std::env::current_exe()?;
    own.ancestors()
        .skip(1)
        .take(2)
        .map(|directory| directory.join(PROGRAM).with_extension(std::env::consts::EXE_EXTENSION))
        .find(|path| path.is_file())
        .ok_or(ReferenceError::NoHost(own))
}

/// The program's side: reads a job, writes the left samples and then the right ones as little-endian f32.
///
/// # Errors
/// If the job cannot be parsed, the plugin is missing, or the output cannot be written.
pub fn serve(mut input: impl Read, mut output: impl Write) -> Result<(), ReferenceError> {
    let mut text = String::new();
    input.read_to_string(&mut text)?;
    for channel in Job::read(&text)?.run()? {
        let bytes: Vec<u8> = channel.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        output.write_all(&bytes)?;
    }
    Ok(output.flush()?)
}
