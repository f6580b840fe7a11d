//! The first seconds: the first visit's preset, line and demonstration, the hints, and the sound of a link that was
//! opened. Values only; `reduce::onboarding` decides.

use plane::{Coordinates, Point};

use crate::demo::Demo;
use crate::hints::{Hints, SeenHints};
use crate::kept_work::KeptWork;
use crate::touches::TouchSource;
use crate::{Document, Notes, State};

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
    /// The work that a link with loops has replaced.
    pub yours: Option<KeptWork>,
    /// The loops of a link that were heard, until a person adds one of their own.
    pub invitation: Option<LoopInvitation>,
}

/// The loops of a link, to which a person may add one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoopInvitation {
    /// The number of the loops.
    pub loops: usize,
    /// When they began to play, in milliseconds on the clock of the frames.
    pub heard_ms: f64,
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
            invitation: None,
        }
    }

    /// True if a link's sound waits to be heard.
    pub fn is_offered(&self) -> bool {
        self.shared.as_ref().is_some_and(|shared| shared.is_offered)
    }

    /// True if the loops of a link wait to be heard.
    pub fn offers_loops(&self) -> bool {
        let has_loops = |shared: &SharedSound| !shared.document.loops.all().is_empty();
        self.shared.as_ref().is_some_and(|shared| shared.is_offered && has_loops(shared))
    }

    /// True if a touch must not move the current point.
    pub fn is_pinned(&self, source: TouchSource) -> bool {
        self.shared.as_ref().is_some_and(|shared| shared.pinned == Some(source))
    }

    /// A link's sound is heard.
    pub(crate) fn hear(&mut self) {
        if let Some(shared) = &mut self.shared {
            shared.is_offered = false;
        }
    }

    /// A touch ended.
    pub fn release(&mut self, source: TouchSource) {
        if let Some(shared) = &mut self.shared {
            shared.pinned.take_if(|pinned| *pinned == source);
        }
    }
}

/// The track after the loops of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextTrack {
    /// Its number.
    pub number: u8,
    /// True if a person has heard a round of the loops: the track asks for theirs.
    pub is_asked_for: bool,
}

impl State {
    /// The track after the loops of a link, from its opening until a person adds a loop or begins one.
    pub fn next_track(&self, now_ms: f64) -> Option<NextTrack> {
        let onboarding = &self.page.onboarding;
        let loops = &self.document().loops;
        let heard_ms = match onboarding.invitation {
            _ if onboarding.offers_loops() => None,
            Some(invitation) if loops.all().len() <= invitation.loops && self.gesture.take.is_none() => {
                Some(invitation.heard_ms)
            }
            _ => return None,
        };
        let bpm = self.document().notes.bpm;
        let round_s = loops.all().iter().map(|own| own.duration_s(bpm)).fold(0.0, f64::max);
        let is_asked_for = heard_ms.is_some_and(|heard_ms| now_ms - heard_ms >= 1000.0 * round_s);
        Some(NextTrack { number: loops.free_number()?, is_asked_for })
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
