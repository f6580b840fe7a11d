//! The instruments of the page: amSynth, and domains of recorded tones. The plane of the chosen one is shown, and it plays
//! everything: touches, keys, paths. Values only; `reduce::instruments` decides.

use std::rc::Rc;

use patch::Patch;
use plane::{Coordinates, Map};

use crate::compare::Location;
use crate::error::AppError;
use crate::state::{Library, State};
use crate::{Landmark, Point, RecordedLoop};

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

/// The instrument of a location: a point means another sound on each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LocationInstrument {
    /// Its number, see [`ToneDomain::of_number`].
    pub number: u8,
    /// The axes beyond the plane of a domain, −100…100 each: hundredths, which are the steps of their sliders.
    pub axes: [i8; OFFSET_COUNT],
}

impl LocationInstrument {
    /// Of a domain, with its axes −1…1.
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

    /// Whether it is amSynth, which is not stored.
    pub fn is_amsynth(&self) -> bool {
        self.domain().is_none()
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
    /// The axes beyond the plane of every domain, −1…1 each, as they were there last.
    pub offsets: ToneOffsets,
    /// The location on amSynth to which it returns, while the document is at one of a domain.
    pub home: Location,
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
        self.offsets_of(self.domain)
    }

    /// The axes that an instrument had last.
    fn offsets_of(&self, domain: Option<ToneDomain>) -> [f32; OFFSET_COUNT] {
        domain.map(|domain| self.offsets[domain as usize]).unwrap_or_default()
    }

    /// An instrument with the axes that it had last.
    pub fn with_axes(&self, domain: Option<ToneDomain>) -> LocationInstrument {
        LocationInstrument::new(domain, self.offsets_of(domain))
    }
}

impl State {
    /// A location on the plane that is shown.
    pub fn location(&self, point: Point, patch: Option<Box<Patch>>) -> Location {
        let instruments = &self.sound.instruments;
        Location { point, patch, instrument: instruments.with_axes(instruments.domain) }
    }

    /// The loops that were made on the plane that is shown, and those that play on it.
    pub fn loops_here(&self) -> impl Iterator<Item = &Rc<RecordedLoop>> {
        let Instruments { domain, .. } = self.sound.instruments;
        let loops = self.document().loops.all().iter();
        loops.filter(move |own| own.domain() == domain || self.gesture.plays(own.number))
    }

    /// The landmarks on the plane that is shown, with their positions in the list.
    pub fn landmarks_here(&self) -> impl Iterator<Item = (usize, &Landmark)> {
        let Instruments { domain, .. } = self.sound.instruments;
        let landmarks = self.document().landmarks.all().iter().enumerate();
        landmarks.filter(move |(_, landmark)| landmark.instrument.domain() == domain)
    }
}

/// What returns with amSynth.
#[derive(Clone, Debug)]
pub struct AmSynthPlane {
    /// Its plane.
    pub library: Library,
    /// The map's layer.
    pub layer: usize,
    /// The marks of the sounds A, B, C and D.
    pub ends: [Option<Point>; 4],
}
