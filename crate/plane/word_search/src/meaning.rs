//! What a word of the search means.

use plane::Tag;

use crate::property::Property;

/// The meaning of a word of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A kind of sound.
    Kind(Tag),
    /// The upper half of a property.
    More(Property),
    /// The lower half of a property.
    Less(Property),
}

impl Meaning {
    /// The other half; none of a kind.
    #[must_use]
    pub fn reversed(self) -> Option<Self> {
        match self {
            Self::Kind(_) => None,
            Self::More(property) => Some(Self::Less(property)),
            Self::Less(property) => Some(Self::More(property)),
        }
    }

    /// The property and whether its upper half is meant; none of a kind.
    pub fn half(self) -> Option<(Property, bool)> {
        match self {
            Self::Kind(_) => None,
            Self::More(property) => Some((property, true)),
            Self::Less(property) => Some((property, false)),
        }
    }
}

/// How much of a quality a word asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Degree {
    /// As much as there is, from the median on.
    #[default]
    Usual,
    /// Much: a quarter of the known patches have as much.
    Much,
    /// A little: beyond the median, but not much.
    Little,
}
