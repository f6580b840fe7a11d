//! The instruments of the page: amSynth, and domains of recorded tones. The plane of the chosen one is shown, and it plays
//! everything: touches, keys, paths. Values only; `reduce::instruments` decides.

use std::rc::Rc;

use plane::{Coordinates, Map};

use crate::Point;
use crate::compare::Location;
use crate::error::AppError;
use crate::state::Library;

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

impl ToneDomain {
    /// All of them, in the order of the chooser.
    pub const ALL: [Self; 5] = [Self::Strings, Self::Voices, Self::Winds, Self::Brass, Self::AmSynth];

    /// The instrument of a number in sessions and links, which is its place in the chooser; none for 0, which is amSynth,
    /// and for numbers of no domain.
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

/// What happens to the choice of an instrument.
#[derive(Clone, Debug, PartialEq)]
pub enum InstrumentAction {
    /// A person chooses one; none: amSynth.
    Choose(Option<ToneDomain>),
    /// Its files are loading, as the long job of this number.
    Loads(u32),
    /// The files of a domain are here: its recorded tones and its map.
    Loaded(ToneDomain, Rc<Coordinates>, Rc<Map>),
    /// Its files could not be loaded.
    Failed(AppError),
    /// The worklet plays the source that it was sent last.
    Plays,
    /// The axes beyond the plane, −1…1 each.
    SetOffsets([f32; OFFSET_COUNT]),
}

/// The axes beyond the plane of every domain, in the order of [`ToneDomain::ALL`], −1…1 each.
pub type ToneOffsets = [[f32; OFFSET_COUNT]; ToneDomain::ALL.len()];

/// Which instrument plays, and which one is wanted.
#[derive(Clone, Debug, Default)]
pub struct Instruments {
    /// The domain that plays and whose plane is shown; none: amSynth.
    pub domain: Option<ToneDomain>,
    /// The domain that a person has chosen, until it plays.
    pub wanted: Option<ToneDomain>,
    /// The number of the long job that loads the wanted domain.
    pub job: Option<u32>,
    /// Whether the worklet has not answered yet that it plays the domain.
    pub is_asked: bool,
    /// The axes beyond the plane of every domain, −1…1 each: undo does not restore them.
    pub offsets: ToneOffsets,
    /// amSynth's plane while that of a domain is shown.
    pub amsynth: Option<Box<AmSynthPlane>>,
}

impl Instruments {
    /// Whether a domain of recorded tones plays or is to play.
    pub fn has_tones(&self) -> bool {
        self.domain.is_some() || self.wanted.is_some()
    }

    /// The axes beyond the plane of the domain that plays; the middle for amSynth.
    pub fn own_offsets(&self) -> [f32; OFFSET_COUNT] {
        self.domain.map(|domain| self.offsets[domain as usize]).unwrap_or_default()
    }
}

/// What returns with amSynth.
#[derive(Clone, Debug)]
pub struct AmSynthPlane {
    /// Its plane.
    pub library: Library,
    /// The point with its patch.
    pub here: Location,
    /// The map's layer.
    pub layer: usize,
    /// The marks of the sounds A, B, C and D.
    pub ends: [Option<Point>; 4],
}
