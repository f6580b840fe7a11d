//! Errors around the plugin, each with what to do about it. Never wraps an error of `voice`.

use std::path::PathBuf;

/// The reason why amSynth could not render.
#[derive(Debug, thiserror::Error)]
pub enum ReferenceError {
    /// No plugin on this machine.
    #[error("amSynth's DSSI plugin is not in {0:?}: install it with `apt-get install amsynth`")]
    NotInstalled(Vec<PathBuf>),
    /// The file is there, but is not amSynth 1.13's plugin.
    #[error("{path} is not an amSynth plugin of release 1.13 ({reason}): reinstall the package `amsynth`")]
    NotAmsynth {
        /// The plugin's file.
        path: PathBuf,
        /// The missing part.
        reason: String,
    },
    /// No synthesizer of that name on this machine.
    #[error("the DSSI plugin {file} is not in {folders:?}: install it with `apt-get install {package}`")]
    NoPlugin {
        /// The plugin's file.
        file: &'static str,
        /// The folders that were searched.
        folders: Vec<PathBuf>,
        /// Debian's package.
        package: &'static str,
    },
    /// A package that is not a plugin is missing.
    #[error("{missing} cannot be used ({source}): install it with `apt-get install {package}`")]
    NoPackage {
        /// The program or the file.
        missing: &'static str,
        /// The system's error.
        source: std::io::Error,
        /// Debian's package.
        package: &'static str,
    },
    /// A file that cannot be written, or not removed again.
    #[error("{path} cannot be written ({source}): choose a folder that can")]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// A file that is not a plugin with an audio output.
    #[error("{path} cannot be hosted ({reason}): reinstall the package `{package}`")]
    BadPlugin {
        /// The plugin's file.
        path: PathBuf,
        /// The missing part.
        reason: String,
        /// Debian's package.
        package: &'static str,
    },
    /// A file that cannot be passed to the plugin.
    #[error("amSynth cannot load {0:?}: use a path without a zero byte, and release 1.13")]
    Configure(PathBuf),
    /// The rendering program was not built.
    #[error(
        "the program amsynth-reference is not in the folder of {0}: build it with `cargo build -p reference`, same profile"
    )]
    NoHost(PathBuf),
    /// The rendering program could not be started.
    #[error("the rendering program could not be started ({0}): check that it is executable")]
    Start(#[source] std::io::Error),
    /// The pipes of the rendering program failed.
    #[error("the rendering program could not be run ({0}): check that it is executable")]
    Run(#[from] std::io::Error),
    /// The rendering program failed.
    #[error("the rendering program failed: {0}; check the installation of the package `amsynth`")]
    Failed(String),
    /// A job that cannot be parsed.
    #[error("line {line} of the job is {found:?}, expected {expected}")]
    Job {
        /// Number of the line, from 1.
        line: usize,
        /// Content of the line.
        found: String,
        /// The content that the format requires.
        expected: &'static str,
    },
}
