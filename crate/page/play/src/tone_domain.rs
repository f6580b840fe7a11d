//! Which instrument a location is of: amSynth, or a domain of recorded tones with the axes that no point
//! of the plane has.

/// Axes of a domain's latent space that no point of the plane has: the third to the eighth.
pub const OFFSET_COUNT: usize = 6;

/// See [`ToneDomain::files`].
const FILES: [[&str; 3]; ToneDomain::ALL.len()] = [
    ["timbre/strings.frames", "timbre/strings.coordinates.json", "timbre/strings.map.json"],
    ["timbre/voices.frames", "timbre/voices.coordinates.json", "timbre/voices.map.json"],
    ["timbre/winds.frames", "timbre/winds.coordinates.json", "timbre/winds.map.json"],
    ["timbre/brass.frames", "timbre/brass.coordinates.json", "timbre/brass.map.json"],
    ["timbre/amsynth.frames", "timbre/amsynth.coordinates.json", "timbre/amsynth.map.json"],
];

/// A domain of recorded tones, whose latent space is an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToneDomain {
    /// Bowed strings.
    Strings,
    /// Choirs.
    Voices,
    /// Woodwinds.
    Winds,
    /// Brass.
    Brass,
    /// Presets of amSynth, as recordings.
    AmSynth,
}

/// The worklet's program that plays tones, of every domain.
pub const TONE_PROGRAM: &str = "tone-source.wasm";

impl ToneDomain {
    /// All of them, in the order of the chooser.
    pub const ALL: [Self; 5] = [Self::Strings, Self::Voices, Self::Winds, Self::Brass, Self::AmSynth];

    /// The instrument of a number in sessions and links, which is its place in the chooser; none for 0, which is
    /// amSynth, and for numbers of no domain.
    pub fn of_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number).checked_sub(1)?).copied()
    }

    /// The number of an instrument, see [`Self::of_number`].
    pub fn number(domain: Option<Self>) -> u8 {
        domain.map_or(0, |domain| domain as u8 + 1)
    }

    /// Its files: the model, where its recorded tones lie on the plane, and its timbral map.
    pub fn files(self) -> &'static [&'static str; 3] {
        &FILES[self as usize]
    }
}

/// The instrument of a location: a point means another sound on each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LocationInstrument {
    /// Its number, see [`ToneDomain::of_number`].
    pub number: u8,
    /// The axes beyond the plane of a domain, −100…100 each: hundredths, which are the steps of their sliders.
    pub axes: [i8; OFFSET_COUNT],
}

impl LocationInstrument {
    /// The instrument of a domain, with its axes −1…1.
    pub fn new(domain: Option<ToneDomain>, offsets: [f32; OFFSET_COUNT]) -> Self {
        // A conversion keeps to the range of the type.
        Self {
            number: ToneDomain::number(domain),
            axes: offsets.map(|offset| (100.0 * offset).round() as i8),
        }
    }

    /// The axes, −1…1 each.
    pub fn offsets(&self) -> [f32; OFFSET_COUNT] {
        self.axes.map(|axis| (f32::from(axis) / 100.0).clamp(-1.0, 1.0))
    }

    /// The domain; none for amSynth.
    pub fn domain(&self) -> Option<ToneDomain> {
        ToneDomain::of_number(self.number)
    }

    /// True if it is amSynth, which is not stored.
    pub fn is_amsynth(&self) -> bool {
        self.domain().is_none()
    }
}

/// The axes beyond the plane of every domain, in the order of [`ToneDomain::ALL`], −1…1 each.
pub type ToneOffsets = [[f32; OFFSET_COUNT]; ToneDomain::ALL.len()];
