//! The kinds as which a sound can be sketched. Plain values.

use super::{MatchKind, MatchRefusal};

/// The number of a sound without pitch, which cannot be sketched as a melody; one more: with notes that are too short.
const NO_PITCH: u8 = 4;

/// How a sound can be sketched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct VoiceFit {
    /// The number of its problem as a melody, 0 without one; see the protocol's `VoiceProblem`.
    pub problem: u8,
    pub has_hits: bool,
    /// True if much of it has no pitch.
    pub is_unvoiced: bool,
}

impl VoiceFit {
    /// The kind of sketch that fits a wish: a rhythm without pitch, or of short tones, is no melody.
    pub fn kind(self, wanted: MatchKind, is_long: bool) -> Result<MatchKind, MatchRefusal> {
        let Self { problem, has_hits, .. } = self;
        match wanted {
            MatchKind::Sound => Ok(MatchKind::Sound),
            _ if problem > 0 && problem < NO_PITCH => Err(MatchRefusal::of_problem(problem, is_long)),
            MatchKind::Rhythm if !has_hits => Err(MatchRefusal::NoHits),
            MatchKind::Voice if problem == NO_PITCH && !has_hits => Err(MatchRefusal::NoVoice),
            MatchKind::Voice if problem > 0 && !has_hits => Err(MatchRefusal::ShortNotes),
            _ if problem > 0 => Ok(MatchKind::Rhythm),
            wanted => Ok(wanted),
        }
    }

    /// True for a melody that may be a rhythm.
    pub fn is_maybe_rhythm(self) -> bool {
        self.has_hits && self.is_unvoiced
    }
}
