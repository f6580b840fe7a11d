//! Why a recording gives no sketch, one sentence each.

/// Fewer hits are no rhythm.
pub const FEWEST_HITS: usize = 3;

/// Why there is no sketch.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SketchError {
    /// Nothing of it can be heard, or it is no sound.
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
    /// A rhythm was asked for.
    #[error(
        "the recording has too few hits ({found}): beatbox at least {}, with a short pause before each",
        FEWEST_HITS
    )]
    FewHits {
        /// Hits that were found.
        found: usize,
    },
}
