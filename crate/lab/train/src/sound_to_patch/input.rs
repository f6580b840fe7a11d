//! What the networks read.

/// What a network reads: the numbers of `matching::guess`.
#[derive(Clone)]
pub struct Input<R> {
    /// The levels of the sound, and the preset's differences.
    pub levels: R,
    /// Everything else.
    pub facts: R,
    /// Random numbers.
    pub noise: R,
}
