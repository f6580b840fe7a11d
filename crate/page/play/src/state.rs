//! The complete state of a page or an element: everything a person has set, and everything the program is doing. Only
//! [`crate::reduce()`] changes it; views read it. Plain values: no element, no audio node, no promise.

use std::rc::Rc;

use patch::Patch;
use plane::{Layer, Point};

use crate::action::{Progress, Start};
use crate::document::overridden;
use crate::editing::EditingState;
use crate::error::AppError;
use crate::explorer::Explorer;
use crate::finder::Finder;
use crate::gesture_player::GesturePlayer;
use crate::held_keys::HeldKeys;
use crate::instruments::Instruments;
use crate::landmarks::Landmark;
use crate::library::{Library, SAME_POINT};
use crate::midi::PointControllers;
use crate::model_change::ModelMoves;
use crate::onboarding::Onboarding;
use crate::page::{PageState, Tab};
use crate::panels::Panels;
use crate::panels::macros::Macros;
use crate::sound_state::SoundState;
use crate::tempo::TapTempo;
use crate::tone_domain::ToneDomain;
use crate::touches::{PART_COUNT, TouchSource, TouchTracker};
use crate::viewport::Viewport;
use crate::visible_range::visible_range;
use crate::{Document, History, Notes, Options, Overlays};

/// Farther than this from every known patch, no preset is nearby. In latent units: almost three times as far as a
/// point of the plane is from the nearest patch on average (0.114, on an 81 × 81 grid).
pub const LONELY_DISTANCE: f32 = 0.3;

/// The state.
#[derive(Clone, Debug)]
pub struct State {
    /// The document with its undo history.
    pub history: History<Document>,
    /// The touches on the map.
    pub touches: TouchTracker,
    /// The keys that are down.
    pub keys: HeldKeys,
    /// The loops that play, their recording, and the walk.
    pub gesture: GesturePlayer,
    /// The last taps of a tapped tempo.
    pub taps: TapTempo,
    /// The controllers of the current point.
    pub controllers: PointControllers,
    /// The view of the map.
    pub map: MapState,
    /// The state of the page beside the map.
    pub page: PageState,
    /// The loaded data of the plane.
    pub library: Library,
    /// The sound.
    pub sound: SoundState,
    /// The progress of loading.
    pub loading: Loading,
    /// The work for the next frame.
    pub frame: FrameState,
    /// True if the session is to be stored.
    pub keeping: Keeping,
    /// The discarded patch that can return, and the measured sound of the heard one.
    pub editing: EditingState,
    /// The panels whose scripts load on demand.
    pub panels: Panels,
}

/// The view of the map, and the state of its pointers and of the search.
#[derive(Clone, Debug, Default)]
pub struct MapState {
    /// The visible part of the plane.
    pub viewport: Viewport,
    /// The exploring pointers.
    pub explorer: Explorer,
    /// True if pointers explore instead of playing.
    pub is_exploring: bool,
    /// The map's options.
    pub options: Options,
    /// The layer that is shown: 0 where the known patches lie, n the map's n-th.
    pub layer: usize,
    /// The name of a layer to show once the map is loaded.
    pub wished_layer: Option<String>,
    /// The point of a hovering mouse that does not play.
    pub hover: Option<Point>,
    /// True if a click has frozen the mouse that plays while hovering.
    pub is_frozen: bool,
    /// The search for presets.
    pub finder: Finder,
    /// The results of a search, as rows.
    pub found: Rc<Vec<usize>>,
    /// How many of the first results have all that is searched for.
    pub found_whole: usize,
    /// True if a pointer has lately moved over the map.
    pub is_pointed_at: bool,
    /// Counts such movements.
    pub pointed: u32,
}

/// The progress of loading.
#[derive(Clone, Debug, Default)]
pub struct Loading {
    /// The status of loading.
    pub status: LoadStatus,
    /// The progress; none before the first byte.
    pub progress: Option<Progress>,
    /// True once the measured values of the known presets are requested.
    pub is_measured_requested: bool,
}

/// The status of loading.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum LoadStatus {
    /// Loading.
    #[default]
    Loading,
    /// Everything is loaded and plays.
    Ready,
    /// Something essential failed; the person can retry.
    Failed(AppError),
}

/// The work for the next frame.
#[derive(Clone, Debug, Default)]
pub struct FrameState {
    /// True if a frame has been asked for.
    pub is_requested: bool,
    /// True if there is a visible change to show.
    pub is_dirty: bool,
    /// True if the current point or its sound has moved on since the views last showed it.
    pub has_moved: bool,
    /// When the views last showed the state, in milliseconds.
    pub shown_ms: f64,
    /// When the last frame was, in milliseconds.
    pub last_ms: f64,
}

/// True if the session is to be stored.
#[derive(Clone, Debug, Default)]
pub struct Keeping {
    /// True if a change waits to be stored.
    pub is_waiting: bool,
    /// True if the page has shown that the browser stores nothing.
    pub is_refusal_known: bool,
    /// The mark of the model on whose plane the points are, see `model_change`; none before the first known patches.
    pub placed_by: Option<Point>,
    /// The moves of the last change of the model.
    pub moves: ModelMoves,
}

impl State {
    /// The initial state, from the last visit's session, with nothing loaded.
    pub fn new(start: Start) -> Self {
        let Start { session, tab, controllers, macro_controllers, is_embedded, .. } = start;
        let hints = session.hints;
        let mut onboarding = Onboarding::new(start.is_first_visit, start.is_motion_reduced, hints);
        onboarding.yours = session.yours.map(|kept| *kept);
        let panel = tab.as_ref().map_or_else(Tab::default, |tab| tab.panel);
        let map = MapState {
            options: session.options,
            layer: session.layer.into(),
            viewport: tab.as_ref().map(|tab| tab.viewport()).unwrap_or_default(),
            ..MapState::default()
        };
        let is_muted = tab.as_ref().is_some_and(|tab| tab.is_muted);
        let wanted = ToneDomain::of_number(session.instrument).or(session.document.instrument.domain());
        let home = session.home.unwrap_or_default();
        let instruments =
            Instruments { wanted, home, offsets: session.tone_offsets, ..Instruments::default() };
        let gain = if is_muted { 0.0 } else { 1.0 };
        let mut panels = Panels { macros: Macros::with_controllers(macro_controllers), ..Panels::default() };
        if let Some(patch) = &session.document.patch {
            panels.sound_match.name_kept(session.name, overridden(patch, &session.document));
        }
        Self {
            history: tab.as_ref().map_or_else(|| History::new(session.document.clone()), |tab| tab.history()),
            touches: TouchTracker::default(),
            keys: HeldKeys::default(),
            gesture: GesturePlayer::default(),
            taps: TapTempo::default(),
            controllers: controllers.map(PointControllers::with_controllers).unwrap_or_default(),
            map,
            page: PageState {
                tab: panel,
                are_keys_open: session.are_keys_open,
                // An element has room for the settings.
                are_notes_open: is_embedded,
                onboarding,
                is_embedded,
                ..PageState::default()
            },
            library: Library::default(),
            sound: SoundState { gain, instruments, ..SoundState::default() },
            loading: Loading::default(),
            frame: FrameState { is_dirty: true, ..FrameState::default() },
            keeping: Keeping { placed_by: session.placed_by, ..Keeping::default() },
            editing: EditingState::default(),
            panels,
        }
    }

    /// The current document.
    pub fn document(&self) -> &Document {
        self.history.present()
    }

    /// The current point: that of part 0, which keys and the first touch play.
    pub fn point(&self) -> Point {
        self.document().point
    }

    /// True if only paths sound: some play, and no person's touch or key.
    pub fn only_paths_play(&self) -> bool {
        let mut touches = self.touches.all().iter();
        !self.gesture.playing().is_empty()
            && !self.keys.holds_any_keyboard()
            && touches.all(|touch| touch.source.is_some_and(TouchSource::is_loop))
    }

    /// Where the first finger of the paths is that play; none in a pause.
    pub fn path_point(&self) -> Option<Point> {
        let touch = self.touches.all().iter().find(|touch| touch.source.is_some_and(TouchSource::is_loop))?;
        Some(self.touches.other_point(touch.part))
    }

    /// While one loop alone is heard: where the first of its fingers is, or was `last` in a pause.
    pub fn followed_point(&self, last: Option<Point>) -> Option<Point> {
        let is_one = self.gesture.heard_count(&self.document().loops) == 1;
        (is_one && self.only_paths_play()).then(|| self.path_point().or(last)).flatten()
    }

    /// How notes are played.
    pub fn notes(&self) -> &Notes {
        &self.document().notes
    }

    /// The point of a part.
    pub fn point_of(&self, part: usize) -> Point {
        if part == 0 { self.point() } else { self.touches.other_point(part) }
    }

    /// The points of all parts.
    pub fn points(&self) -> [Point; PART_COUNT] {
        std::array::from_fn(|part| self.point_of(part))
    }

    /// True if amSynth plays, not a domain of recorded tones, which has no patches.
    pub fn is_amsynth(&self) -> bool {
        self.sound.instruments.domain.is_none()
    }

    /// The plane of amSynth, whether it is shown or not.
    pub fn amsynth_library(&self) -> &Library {
        self.sound.instruments.amsynth.as_ref().map_or(&self.library, |plane| &plane.library)
    }

    /// The same, to change it.
    pub fn amsynth_library_mut(&mut self) -> &mut Library {
        self.sound.instruments.amsynth.as_mut().map_or(&mut self.library, |plane| &mut plane.library)
    }

    /// The document's own patch, if amSynth plays it.
    pub fn own_patch(&self) -> Option<&Patch> {
        self.document().patch.as_deref().filter(|_| self.is_amsynth())
    }

    /// The patch of the current point: the edited one, or the decoded one once known.
    pub fn patch(&self) -> Option<&Patch> {
        let decoded = || self.sound.decoded.as_deref().filter(|_| self.is_amsynth());
        self.own_patch().or_else(decoded)
    }

    /// The audible patch: the current one with the parameters that locks and notes override.
    pub fn heard_patch(&self) -> Option<Patch> {
        self.patch().map(|patch| overridden(patch, self.document()))
    }

    /// The document to share: its notes have the root that is played, and locked values are part of its patch, since
    /// the receiver's map has no others; a domain has no patch.
    pub fn shared_document(&self) -> Document {
        let mut document = self.document().clone();
        document.notes = document.notes.with_root(self.played_root());
        if !self.is_amsynth() {
            document.patch = None;
        } else if !document.locks.is_empty() {
            document.patch = self.heard_patch().map(Box::new).or(document.patch);
        }
        document
    }

    /// The row of the known preset whose exact patch plays at its own point.
    pub fn exact_preset(&self) -> Option<usize> {
        self.library.exact_preset(self.point(), self.own_patch()?)
    }

    /// The row of the known preset that is heard: that of [`Self::exact_preset`], unless locked values change it.
    pub fn heard_preset(&self) -> Option<usize> {
        self.exact_preset().filter(|_| !self.has_locked_change())
    }

    /// True if the current sound is that of a landmark.
    pub fn is_sound_of(&self, landmark: &Landmark) -> bool {
        let Document { point, patch, instrument, .. } = self.document();
        landmark.instrument.domain() == instrument.domain()
            && landmark.point == *point
            && landmark.patch == *patch
            && !self.has_locked_change()
    }

    /// True if a locked value differs from that of the current patch.
    pub(crate) fn has_locked_change(&self) -> bool {
        self.patch().is_some_and(|patch| self.document().locks.apply(patch) != *patch)
    }

    /// The name of an opened link's sound: its own, that of its landmark or preset there, else of the nearest preset;
    /// none before the names are loaded.
    pub fn shared_name(&self) -> Option<&str> {
        let document = &self.page.onboarding.shared.as_ref()?.document;
        if !document.title.is_empty() {
            return Some(&document.title);
        }
        let heard = document.patch.as_deref().map(|patch| overridden(patch, document));
        if let Some(own) = heard.and_then(|heard| self.panels.sound_match.name_of(&heard)) {
            return Some(own);
        }
        let mut landmarks = document.landmarks.all().iter();
        if let Some(own) = landmarks.find(|own| own.is_near(document.point, document.instrument, SAME_POINT))
        {
            return Some(&own.name);
        }
        // The names of the link's own instrument.
        let known = self.library.known.as_deref().filter(|_| self.sound.instruments.wanted.is_none())?;
        let nearest = || known.closest(document.point.x, document.point.y);
        self.exact_preset().or_else(nearest).map(|row| known.name[row].as_str())
    }

    /// The row of the preset that plays, or else of the nearest one, if one is nearby.
    pub fn preset_here(&self) -> Option<usize> {
        self.exact_preset().or_else(|| self.nearest_preset().map(|(row, _)| row))
    }

    /// True if the patch was edited: it is neither the decoded one nor a known preset's.
    pub fn is_edited(&self) -> bool {
        let patch = self.own_patch();
        patch.is_some() && patch != self.editing.removed_preset.as_deref() && self.exact_preset().is_none()
    }

    /// The dot nearest to a point within this many CSS pixels: its row and its point.
    pub fn dot_near(&self, point: Point, reach_px: f64) -> Option<(usize, Point)> {
        let known = self.library.known.as_deref()?;
        let row = known.closest(point.x, point.y)?;
        let dot = Point { x: known.x[row], y: known.y[row] };
        (dot.is_on_plane() && self.map.viewport.distance_px(point, dot) < reach_px).then_some((row, dot))
    }

    /// The known preset nearest to the current point, unless none is near: its row and its point.
    pub fn nearest_preset(&self) -> Option<(usize, Point)> {
        let (known, point) = (self.library.known.as_deref()?, self.point());
        let row = known.closest(point.x, point.y)?;
        let dot = Point { x: known.x[row], y: known.y[row] };
        (dot.is_on_plane() && dot.distance(point) <= LONELY_DISTANCE).then_some((row, dot))
    }

    /// True if a touch, down or latched, sounds.
    pub fn is_sounding(&self) -> bool {
        self.keys.holds_any_touch()
    }

    /// The map's layer that is shown; none for the known patches.
    pub fn shown_layer(&self) -> Option<&Layer> {
        self.library.map.as_deref()?.layers.get(self.map.layer.checked_sub(1)?)
    }

    /// The layers over the map's colours, as the shown place has them.
    pub fn overlays(&self) -> Overlays {
        self.map.options.overlays[self.page.tab as usize]
    }

    /// True if the map shows its dots in full; otherwise it rests.
    pub fn shows_dots(&self) -> bool {
        let MapState { is_pointed_at, viewport, options, found, .. } = &self.map;
        let is_searched = self.page.tab == Tab::Places || !found.is_empty();
        *is_pointed_at || viewport.is_zoomed() || options.snap || is_searched
    }

    /// Least and greatest value that the map's colours show; none for the known patches.
    pub fn color_range(&self) -> Option<[f32; 2]> {
        let (map, layer) = (self.library.map.as_deref()?, self.shown_layer()?);
        Some(visible_range(map, layer, &self.map.viewport))
    }

    /// True if everything is loaded: a node that decodes, and the known patches.
    pub fn is_complete(&self) -> bool {
        self.sound.phase.is_well() && self.library.known.is_some()
    }
}
