//! The sounds that a control has led to, and where it was: undo leads back to them.

use crate::compare::Location;

/// Sounds and their places, such as the steps of a slider. Bounded by the places that a control has.
#[derive(Clone, Debug)]
pub(super) struct KnownPlaces<Place>(Vec<(Location, Place)>);

impl<Place> Default for KnownPlaces<Place> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<Place: Copy> KnownPlaces<Place> {
    /// The place of a sound.
    pub fn get(&self, sound: &Location) -> Option<Place> {
        self.0.iter().rev().find(|(known, _)| known == sound).map(|(_, place)| *place)
    }

    /// True if a control has led to a sound.
    pub fn has(&self, sound: &Location) -> bool {
        self.get(sound).is_some()
    }

    /// A control leads to a sound.
    pub fn add(&mut self, sound: Location, place: Place) {
        match self.0.iter_mut().find(|(known, _)| *known == sound) {
            Some(known) => known.1 = place,
            None => self.0.push((sound, place)),
        }
    }

    /// Forgets all sounds.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The same sounds have other places.
    pub fn change_places(&mut self, other: impl Fn(Place) -> Place) {
        for (_, place) in &mut self.0 {
            *place = other(*place);
        }
    }
}
