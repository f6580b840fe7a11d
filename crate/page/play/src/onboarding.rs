//! The first seconds: the first visit's preset, line and demonstration, the hints, and the sound of a link that was
//! opened. Values only; `reduce::onboarding` decides.

use plane::{Coordinates, Point};

use crate::demo::Demo;
use crate::hints::{Hints, SeenHints};
use crate::touches::TouchSource;
use crate::{Document, Notes};

/// The preset of a first visit, by its bank and its name: strings of amSynth's factory bank, which every user of
/// amSynth knows. Of the banks' pads, choirs and strings it is one of the loudest (full within 0.3 s, −13 dB), warm
/// rather than sharp, with reverb.
const FIRST_PRESET: [&str; 2] = ["amsynth_factory.bank", "Synth Strings 1"];
/// Its point on the plane in models/coordinates.json, so that it is the current point before that file is loaded.
const FIRST_POINT: Point = Point { x: -1.38, y: 2.77 };

/// The first seconds of a visit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Onboarding {
    /// True if the first line is shown: a first visit, before the first touch.
    pub is_welcome: bool,
    /// True if the exact patch of the first visit's preset has not been loaded yet.
    pub awaits_preset: bool,
    /// The demonstration.
    pub demo: Demo,
    /// The hints.
    pub hints: Hints,
    /// The sound of the opened link, until it is moved or edited.
    pub shared: Option<SharedSound>,
    /// The document from before a link with loops was opened, to which a person can return.
    pub yours: Option<Box<Document>>,
}

/// The sound of an opened link.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedSound {
    /// The document as the link opened it: once it differs, the page's address is no longer this link.
    pub document: Document,
    /// True if it waits to be heard: the next touch anywhere on the map plays it.
    pub is_offered: bool,
    /// True if a tap plays it for longer, because it is its first.
    pub is_first_tap: bool,
    /// The touch that plays it and must not move it.
    pub pinned: Option<TouchSource>,
}

impl Onboarding {
    /// That of a visit: a first one, or one whose device has seen these hints.
    pub fn new(is_first_visit: bool, is_motion_reduced: bool, seen: SeenHints) -> Self {
        let demo = if is_first_visit && !is_motion_reduced { Demo::Waiting } else { Demo::Over };
        Self {
            is_welcome: is_first_visit,
            awaits_preset: is_first_visit,
            demo,
            hints: Hints::new(seen),
            shared: None,
            yours: None,
        }
    }

    /// True if a link's sound waits to be heard.
    pub fn is_offered(&self) -> bool {
        self.shared.as_ref().is_some_and(|shared| shared.is_offered)
    }

    /// True if a touch must not move the current point.
    pub fn is_pinned(&self, source: TouchSource) -> bool {
        self.shared.as_ref().is_some_and(|shared| shared.pinned == Some(source))
    }

    /// A touch ended.
    pub fn release(&mut self, source: TouchSource) {
        if let Some(shared) = &mut self.shared {
            shared.pinned.take_if(|pinned| *pinned == source);
        }
    }
}

/// The document of a first visit.
pub fn first_document() -> Document {
    Document { point: FIRST_POINT, notes: Notes::first(), ..Document::default() }
}

/// The row of the first visit's preset.
pub fn first_row(known: &Coordinates) -> Option<usize> {
    let [bank, name] = FIRST_PRESET;
    (0..known.len()).find(|&row| {
        known.name[row] == name
            && known.banks.get(usize::from(known.bank[row])).is_some_and(|own| own == bank)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_preset_is_in_the_shipped_table_at_the_first_point() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../models/coordinates.json");
        let known: Coordinates = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        let row = first_row(&known).expect("choose another first preset");
        let point = Point { x: known.x[row], y: known.y[row] };
        assert!(point.distance(FIRST_POINT) < crate::library::SAME_POINT, "FIRST_POINT is now {point:?}");
    }
}
