//! The eight properties: names and meaning of both ends. Never measures them.

use timbre::Descriptor;

/// The number of properties.
pub const PROPERTY_COUNT: usize = 8;

/// The value of each property in the order of [`SoundProperty::ALL`], in points: 0 to 100 for usual sounds.
pub type PropertyValues = [f64; PROPERTY_COUNT];

/// A property of a sound that a macro-control changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SoundProperty {
    /// Emphasis of high frequencies (AudioCommons).
    Brightness,
    /// Perceived warmth of the low spectrum (AudioCommons).
    Warmth,
    /// Perceived hardness of the attack (AudioCommons).
    Hardness,
    /// Beating between partials (AudioCommons).
    Roughness,
    /// Perceived depth (AudioCommons).
    Depth,
    /// The time in which the level rises, on a logarithmic scale.
    Attack,
    /// The duration of the sound, on a logarithmic scale.
    Length,
    /// The fluctuation of the spectrum while the key is held.
    Movement,
}

impl SoundProperty {
    /// All eight, in order.
    pub const ALL: [Self; PROPERTY_COUNT] = [
        Self::Brightness,
        Self::Warmth,
        Self::Hardness,
        Self::Roughness,
        Self::Depth,
        Self::Attack,
        Self::Length,
        Self::Movement,
    ];

    /// Its place in [`Self::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// Lower-case English name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brightness => Descriptor::Brightness.name(),
            Self::Warmth => Descriptor::Warmth.name(),
            Self::Hardness => Descriptor::Hardness.name(),
            Self::Roughness => Descriptor::Roughness.name(),
            Self::Depth => Descriptor::Depth.name(),
            Self::Attack => "attack",
            Self::Length => "length",
            Self::Movement => "movement",
        }
    }

    /// The property of a lower-case name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|property| property.name() == name)
    }

    /// Words for the two ends of the scale.
    pub const fn ends(self) -> [&'static str; 2] {
        match self {
            Self::Brightness => Descriptor::Brightness.ends(),
            Self::Warmth => Descriptor::Warmth.ends(),
            Self::Hardness => Descriptor::Hardness.ends(),
            Self::Roughness => Descriptor::Roughness.ends(),
            Self::Depth => Descriptor::Depth.ends(),
            Self::Attack => ["fast", "slow"],
            Self::Length => ["short", "long"],
            Self::Movement => ["still", "moving"],
        }
    }
}
