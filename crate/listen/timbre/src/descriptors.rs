//! The eight descriptors: names, units, meaning of both ends, and values for one sound. Never computes
//! them.

/// One of the eight timbral descriptors, in the order of the AudioCommons models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Descriptor {
    /// Perceived hardness of the attack.
    Hardness,
    /// Perceived depth.
    Depth,
    /// Emphasis of high frequencies.
    Brightness,
    /// Beating between partials.
    Roughness,
    /// Perceived warmth of the low spectrum.
    Warmth,
    /// Emphasis of loudness at high frequencies.
    Sharpness,
    /// Emphasis of loudness at very low frequencies.
    Boominess,
    /// True or false: the sound seems reverberant.
    Reverb,
}

impl Descriptor {
    /// All eight, in order.
    pub const ALL: [Self; 8] = [
        Self::Hardness,
        Self::Depth,
        Self::Brightness,
        Self::Roughness,
        Self::Warmth,
        Self::Sharpness,
        Self::Boominess,
        Self::Reverb,
    ];

    /// The seven descriptors that are scales of 0 to 100; reverb, the last, is yes or no.
    pub const SCALES: [Self; 7] = [
        Self::Hardness,
        Self::Depth,
        Self::Brightness,
        Self::Roughness,
        Self::Warmth,
        Self::Sharpness,
        Self::Boominess,
    ];

    /// Lower-case English name, as in the original's output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hardness => "hardness",
            Self::Depth => "depth",
            Self::Brightness => "brightness",
            Self::Roughness => "roughness",
            Self::Warmth => "warmth",
            Self::Sharpness => "sharpness",
            Self::Boominess => "boominess",
            Self::Reverb => "reverb",
        }
    }

    /// The descriptor of a lower-case name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|descriptor| descriptor.name() == name)
    }

    /// Words for the two ends of the scale: 0 and 100, or no and yes.
    pub const fn ends(self) -> [&'static str; 2] {
        match self {
            Self::Hardness => ["soft", "hard"],
            Self::Depth => ["shallow", "deep"],
            Self::Brightness => ["dark", "bright"],
            Self::Roughness => ["smooth", "rough"],
            Self::Warmth => ["cold", "warm"],
            Self::Sharpness => ["dull", "sharp"],
            Self::Boominess => ["lean", "booming"],
            Self::Reverb => ["dry", "reverberant"],
        }
    }

    /// Unit of the values, as a label: the scales are points out of 100.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Hardness
            | Self::Depth
            | Self::Brightness
            | Self::Roughness
            | Self::Warmth
            | Self::Sharpness
            | Self::Boominess => "points",
            Self::Reverb => "yes/no",
        }
    }
}

/// The descriptors of one sound. The seven scales range from 0 to 100, but as linear regressions they
/// exceed that for unusual sounds (a pure tone of 10 kHz has a boominess of -50). All values are finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Descriptors {
    /// Soft to hard.
    pub hardness: f64,
    /// Shallow to deep.
    pub depth: f64,
    /// Dark to bright.
    pub brightness: f64,
    /// Smooth to rough.
    pub roughness: f64,
    /// Cold to warm.
    pub warmth: f64,
    /// Dull to sharp.
    pub sharpness: f64,
    /// Lean to booming.
    pub boominess: f64,
    /// True if the sound seems reverberant.
    pub reverb: bool,
}

impl Descriptors {
    /// The value of one descriptor; reverb is 1 for yes and 0 for no.
    pub fn get(&self, descriptor: Descriptor) -> f64 {
        match descriptor {
            Descriptor::Hardness => self.hardness,
            Descriptor::Depth => self.depth,
            Descriptor::Brightness => self.brightness,
            Descriptor::Roughness => self.roughness,
            Descriptor::Warmth => self.warmth,
            Descriptor::Sharpness => self.sharpness,
            Descriptor::Boominess => self.boominess,
            Descriptor::Reverb => f64::from(u8::from(self.reverb)),
        }
    }

    /// The seven scales in order.
    pub fn scales(&self) -> [f64; 7] {
        Descriptor::SCALES.map(|descriptor| self.get(descriptor))
    }

    /// The same with every scale clamped to 0 to 100, as the original does for display.
    pub fn clipped(&self) -> Self {
        let clip = |value: f64| value.clamp(0.0, 100.0);
        Self {
            hardness: clip(self.hardness),
            depth: clip(self.depth),
            brightness: clip(self.brightness),
            roughness: clip(self.roughness),
            warmth: clip(self.warmth),
            sharpness: clip(self.sharpness),
            boominess: clip(self.boominess),
            reverb: self.reverb,
        }
    }
}
