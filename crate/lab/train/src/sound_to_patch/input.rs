//! The inputs of the networks.

/// The inputs of a network: the numbers of `matching::guess`.
#[derive(Clone)]
pub struct Input<R> {
    /// The levels of the sound, and the preset's differences.
    pub levels: R,
    /// All other inputs but the random numbers.
    pub facts: R,
    /// Random numbers.
    pub noise: R,
}
