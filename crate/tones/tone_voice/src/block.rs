//! The unit of work of the audio thread.

/// Samples of a block: the unit of work. Keys and points take effect at its beginning.
pub const BLOCK_SAMPLES: usize = 64;
