//! The reasons why a recording gives no sketch, one sentence each.

/// A rhythm has at least this many hits.
pub const FEWEST_HITS: usize = 3;

/// The reason why there is no sketch.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SketchError {
    /// The recording is silent, or no sound.
    #[error(transparent)]
    Recording(#[from] matching::TargetError),
    /// It is neither a melody nor a rhythm.
    #[error(
        "the recording has no pitch and no beats: sing, hum or whistle a tone, or beatbox at least {} hits",
        FEWEST_HITS
    )]
    NoPitch,
    /// No note of it is long enough to be matched.
    #[error(
        "the longest note is only {seconds:.3} s long: sing, hum or whistle one of at least {} s, or beatbox at least {} hits",
        matching::SHORTEST_S,
        FEWEST_HITS
    )]
    ShortNotes {
        /// Its length.
        seconds: f32,
    },
    /// The recording should be a rhythm.
    #[error(
        "the recording has too few hits ({found}): beatbox at least {}, with a short pause before each",
        FEWEST_HITS
    )]
    FewHits {
        /// Hits that were found.
        found: usize,
    },
}
