//! The parts of the page beside the map: which of the four places is shown, how high the sheet is that holds it on a
//! phone, which drawers are open, and the long jobs. The style sheets know every size; here are only the choices.

use crate::long_job::{JobNumber, LongJob};
use crate::onboarding::Onboarding;

/// The four places, in the order of their tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Tab {
    /// How a touch becomes notes.
    #[default]
    Play,
    /// The sound of the current point.
    Sound,
    /// Where to go.
    Places,
    /// Recorded motion.
    Loops,
}

impl Tab {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [Self::Play, Self::Sound, Self::Places, Self::Loops];

    /// True if its panel is in a sheet where the page has one: Play leaves the map all of its room.
    pub fn has_sheet(self) -> bool {
        self != Self::Play
    }
}

/// Where the sheet rests, from low to high.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum SheetStop {
    /// The panel shows its main action and its first results.
    #[default]
    Rest,
    /// The panel and the map share the page.
    Half,
    /// Only a strip of the map around the current point stays.
    Full,
}

impl SheetStop {
    /// All of them, from low to high.
    pub const ALL: [Self; 3] = [Self::Rest, Self::Half, Self::Full];

    /// The sheet's upper edge, as a share of the page's height from its bottom. Approximate: www/sheet.css has the
    /// sizes; here they only decide which stop is the nearest.
    fn share(self) -> f64 {
        [0.35, 0.62, 0.85][self as usize]
    }

    /// The next stop above (positive) or below, at most the last one.
    pub fn stepped(self, steps: i8) -> Self {
        Self::ALL[(self as i8).saturating_add(steps).clamp(0, 2) as usize]
    }

    /// The stop at which a sheet comes to rest that was dragged up by this share of the page's height (negative:
    /// down). A deliberate drag never ends where it began.
    pub fn after_drag(self, dragged: f64) -> Self {
        let edge = self.share() + dragged;
        let distance = |stop: &Self| (stop.share() - edge).abs();
        let nearest = Self::ALL.into_iter().min_by(|one, other| distance(one).total_cmp(&distance(other)));
        let nearest = nearest.unwrap_or(self);
        if nearest == self && dragged.abs() >= LEAST_DRAG {
            self.stepped(if dragged > 0.0 { 1 } else { -1 })
        } else {
            nearest
        }
    }
}

/// The least deliberate drag, as a share of the page's height: about a fingertip.
const LEAST_DRAG: f64 = 0.05;

/// True if a drawer closes that was dragged down by this share of the page's height.
pub fn closes_drawer(dragged: f64) -> bool {
    dragged >= LEAST_DRAG
}

/// The state of the page beside the map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageState {
    /// True for an element of a host page, which owns keys, wheel and storage.
    pub is_embedded: bool,
    /// The panel that is shown.
    pub tab: Tab,
    /// True if the panel is in a sheet, as on an upright phone.
    pub has_sheet: bool,
    /// Where the sheet rests; [`SheetStop::Rest`] without a sheet.
    pub stop: SheetStop,
    /// True if the drawer with the keys is open. The session remembers it.
    pub are_keys_open: bool,
    /// True if the drawer with the notes that a touch plays is open.
    pub are_notes_open: bool,
    /// How far a pointer has dragged the sheet up from its stop, as a share of the page's height; none while no
    /// pointer drags it.
    pub drag: Option<f64>,
    /// The way of the drawer with the keys downwards under a pointer, as a share of the page's height; none while no
    /// pointer drags it.
    pub keys_drag: Option<f64>,
    /// True if the page has a work area beside the map, with a divider between the two.
    pub is_wide: bool,
    /// True if the work area fills the page and covers the map.
    pub is_filled: bool,
    /// The running jobs, in the order in which they began.
    pub jobs: Vec<LongJob>,
    /// The first seconds, hints, and an opened link.
    pub onboarding: Onboarding,
}

impl PageState {
    /// True if the sliders and the drawings of the sound are seen: a wide page shows them in Play, too.
    pub fn shows_sound(&self) -> bool {
        self.tab == Tab::Sound || self.tab == Tab::Play && !self.has_sheet
    }

    /// The job that the page shows: the last one with a name that has run long enough.
    pub fn shown_job(&self) -> Option<&LongJob> {
        self.jobs.iter().rfind(|job| job.is_shown && !job.name.is_empty())
    }

    /// True if the job of this number is to stop.
    pub fn is_stopping(&self, number: JobNumber) -> bool {
        self.jobs.iter().any(|job| job.number == number && job.is_stopping)
    }
}
