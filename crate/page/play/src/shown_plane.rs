//! The locations, loops and landmarks of the state on the shown plane, which is that of one instrument.

use std::rc::Rc;

use patch::Patch;

use crate::compare::Location;
use crate::instruments::Instruments;
use crate::state::State;
use crate::{Landmark, Point, RecordedLoop};

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
