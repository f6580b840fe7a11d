//! The instruments of the page: amSynth, and domains of recorded tones. The plane of the chosen one is shown, and it
//! plays everything: touches, keys, paths. Values only; `reduce::instruments` decides.

use std::rc::Rc;

use plane::{Coordinates, Map};

use crate::Point;
use crate::compare::Location;
use crate::error::AppError;
use crate::library::Library;
use crate::long_job::JobNumber;
use crate::tone_domain::{LocationInstrument, OFFSET_COUNT, ToneDomain, ToneOffsets};

/// The events of the choice of an instrument.
#[derive(Clone, Debug, PartialEq)]
pub enum InstrumentAction {
    /// A person chooses one; none: amSynth.
    Choose(Option<ToneDomain>),
    /// Its files are loading, as the long job of this number.
    Loads(JobNumber),
    /// The files of a domain are here: its recorded tones and its map.
    Loaded(ToneDomain, Rc<Coordinates>, Rc<Map>),
    /// Its files could not be loaded.
    Failed(AppError),
    /// The worklet plays the source that it was sent last.
    Plays,
    /// The worklet refuses the source that it was sent last.
    Refused,
    /// The sound output has a rate at which tones cannot be played.
    Unplayable,
    /// The axes beyond the plane, −1…1 each.
    SetOffsets([f32; OFFSET_COUNT]),
}

/// Which instrument plays, and which one is wanted.
#[derive(Clone, Debug, Default)]
pub struct Instruments {
    /// The domain that plays and whose plane is shown; none: amSynth.
    pub domain: Option<ToneDomain>,
    /// The domain that a person has chosen, until it plays.
    pub wanted: Option<ToneDomain>,
    /// The number of the long job that loads the wanted domain.
    pub job: Option<JobNumber>,
    /// True if the worklet has not answered yet that it plays the domain.
    pub is_asked: bool,
    /// The axes beyond the plane of every domain, −1…1 each, as they were there last.
    pub offsets: ToneOffsets,
    /// The point of every domain to which it returns; none before it has played.
    pub points: [Option<Point>; ToneDomain::ALL.len()],
    /// The location on amSynth to which it returns, while the document is at one of a domain.
    pub home: Location,
    /// amSynth's plane while that of a domain is shown.
    pub amsynth: Option<Box<AmSynthPlane>>,
}

impl Instruments {
    /// True if a domain of recorded tones plays or is to play.
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

/// The plane and the layer that return with amSynth.
#[derive(Clone, Debug)]
pub struct AmSynthPlane {
    /// Its plane.
    pub library: Library,
    /// The map's layer.
    pub layer: usize,
}
