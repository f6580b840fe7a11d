//! What can go wrong around the plugin, each with what to do about it.

use std::path::PathBuf;

/// Why amSynth could not be heard.
#[derive(Debug, thiserror::Error)]
pub enum ReferenceError {
    /// No plugin on this machine.
    #[error("amSynth's DSSI plugin is not in {0:?}: install it with `apt-get install amsynth`")]
    NotInstalled(Vec<PathBuf>),
    /// The file is there, but is not amSynth 1.13's plugin.
    #[error("{path} is no amSynth plugin of release 1.13 ({reason}): reinstall the package `amsynth`")]
    NotAmsynth {
        /// The plugin's file.
        path: PathBuf,
        /// What was missing.
        reason: String,
    },
    /// A file that the plugin cannot be told of.
    #[error("amSynth cannot be told to load {0:?}: paths without a zero byte and release 1.13 are expected")]
    Configure(PathBuf),
    /// The rendering program was not built.
    #[error(
        "the program amsynth-reference is not beside {0}: build it with `cargo build -p reference`, same profile"
    )]
    NoHost(PathBuf),
    /// The rendering program could not be run.
    #[error("the rendering program could not be run: {0}")]
    Run(#[from] std::io::Error),
    /// The rendering program gave up.
    #[error("the rendering program failed: {0}")]
    Failed(String),
    /// A job that cannot be read.
    #[error("line {line} of the job is {found:?}, expected {expected}")]
    Job {
        /// Number of the line, from 1.
        line: usize,
        /// What is there.
        found: String,
        /// What should be there.
        expected: &'static str,
    },
}
