//! Training on one thread. The matrices are so small that two threads spend longer waiting for each other than
//! computing: on a busy machine a step took fifteen times as long with two.

use crate::error::TrainError;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// The thread that networks are trained on.
#[derive(Debug)]
pub struct SingleThread(ThreadPool);

impl SingleThread {
    /// Starts the thread.
    pub fn new() -> Result<Self, TrainError> {
        Ok(Self(ThreadPoolBuilder::new().num_threads(1).build()?))
    }

    /// Runs `learn` there and waits for it.
    pub fn run<T: Send>(&self, learn: impl FnOnce() -> T + Send) -> T {
        self.0.install(learn)
    }
}
