//! The whole state of a page or an element: everything a person has set, and everything the program is doing. Changed by
//! [`crate::reduce`] alone; views read it. Holds values only: no element, no audio node, no promise.

use std::rc::Rc;

use patch::{Parameter, Patch};
use plane::{Coordinates, Layer, Map, Point, Presets};

use crate::action::{Progress, Start};
use crate::error::AppError;
use crate::explorer::Explorer;
use crate::gesture_player::GesturePlayer;
use crate::held_keys::HeldKeys;
use crate::midi::PointControllers;
use crate::sound_state::SoundState;
use crate::touches::{PART_COUNT, TouchTracker};
use crate::viewport::Viewport;
use crate::{Document, History, Notes, Options};

/// Up to this distance in latent units, which would be written as 0.00, the current point is the preset's own.
pub const SAME_POINT: f32 = 0.005;
/// How many neighbours are looked through for a preset's own patch: the banks hold many patches twice.
const NEIGHBOURS: usize = 12;

/// The state.
#[derive(Clone, Debug)]
pub struct State {
    /// What can be undone, with its past and future.
    pub history: History<Document>,
    /// What touches the map.
    pub touches: TouchTracker,
    /// Which keys are down.
    pub keys: HeldKeys,
    /// The gesture, and what moves by itself.
    pub gesture: GesturePlayer,
    /// Which controllers lead the current point.
    pub controllers: PointControllers,
    /// What the map shows.
    pub map: MapState,
    /// What is known of the plane.
    pub library: Library,
    /// The sound.
    pub sound: SoundState,
    /// The files on their way.
    pub loading: Loading,
    /// What the next frame has to do.
    pub frame: FrameState,
    /// What is kept for the next visit.
    pub keeping: Keeping,
    /// Whether it is an element in somebody else's page: its keys, wheel and storage are not ours.
    pub is_embedded: bool,
}

/// What the map shows.
#[derive(Clone, Debug, Default)]
pub struct MapState {
    /// From where it is seen.
    pub viewport: Viewport,
    /// The pointers that look around.
    pub explorer: Explorer,
    /// Whether pointers look around instead of playing.
    pub is_exploring: bool,
    /// What is switched on.
    pub options: Options,
    /// The layer that is shown: 0 where the known patches lie, n the map's n-th.
    pub layer: usize,
    /// The name of a layer that is to be shown as soon as the map is here.
    pub wished_layer: Option<String>,
    /// Where the mouse is that hovers without playing.
    pub hover: Option<Point>,
    /// Whether a click has stopped the mouse that plays without being pressed.
    pub is_frozen: bool,
    /// The rows that a search has found.
    pub found: Rc<Vec<usize>>,
}

/// What is known of the plane.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// The known patches: names, banks, points.
    pub known: Option<Rc<Coordinates>>,
    /// Their values.
    pub presets: Option<Rc<Presets>>,
    /// What the plane sounds like.
    pub map: Option<Rc<Map>>,
}

/// The files on their way.
#[derive(Clone, Debug, Default)]
pub struct Loading {
    /// Whether all is here.
    pub status: LoadStatus,
    /// How far it is; none before the first byte.
    pub progress: Option<Progress>,
}

/// Whether all is here.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum LoadStatus {
    /// Something is on its way.
    #[default]
    Loading,
    /// Everything is here and plays.
    Ready,
    /// Something that matters failed: a person can ask for another try.
    Failed(AppError),
}

/// What the next frame has to do.
#[derive(Clone, Debug, Default)]
pub struct FrameState {
    /// Whether a frame has been asked for.
    pub is_requested: bool,
    /// Whether something changed that a person waits to see.
    pub is_dirty: bool,
    /// Whether the current point or its sound has moved on since the views last showed it.
    pub has_moved: bool,
    /// When the views last showed the state, in milliseconds.
    pub shown_ms: f64,
    /// When the last frame was, in milliseconds.
    pub last_ms: f64,
}

/// What is kept for the next visit.
#[derive(Clone, Debug, Default)]
pub struct Keeping {
    /// Whether a change waits to be kept.
    pub is_waiting: bool,
    /// Whether the person knows that the browser keeps nothing.
    pub is_refusal_known: bool,
}

impl State {
    /// The state of a page that begins, as the last visit left it; nothing is loaded yet.
    pub fn new(Start { session, controllers, is_embedded }: Start) -> Self {
        let map = MapState { options: session.options, layer: session.layer.into(), ..MapState::default() };
        Self {
            history: History::new(session.document.clone()),
            touches: TouchTracker::default(),
            keys: HeldKeys::default(),
            gesture: GesturePlayer::new(&session),
            controllers: controllers.map(PointControllers::with_controllers).unwrap_or_default(),
            map,
            library: Library::default(),
            sound: SoundState::default(),
            loading: Loading::default(),
            frame: FrameState { is_dirty: true, ..FrameState::default() },
            keeping: Keeping::default(),
            is_embedded,
        }
    }

    /// Everything that can be undone, as it is now.
    pub fn document(&self) -> &Document {
        self.history.present()
    }

    /// The current point: that of part 0, which keys and the first touch play.
    pub fn point(&self) -> Point {
        self.document().point
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

    /// The patch of the current point: a patch of its own, or the decoded one once that is known.
    pub fn patch(&self) -> Option<&Patch> {
        self.document().patch.as_deref().or(self.sound.decoded.as_deref())
    }

    /// The same with what the notes override in every patch: what is heard.
    pub fn heard_patch(&self) -> Option<Patch> {
        self.patch().map(|patch| overridden(patch, self.notes()))
    }

    /// The row of the known preset whose very patch plays at its own point.
    pub fn exact_preset(&self) -> Option<usize> {
        let (patch, point) = (self.document().patch.as_deref()?, self.point());
        let (known, presets) = (self.library.known.as_deref()?, self.library.presets.as_deref()?);
        let near = known.nearest(point.x, point.y, NEIGHBOURS);
        let here = near.iter().filter(|neighbour| neighbour.distance <= SAME_POINT);
        here.map(|neighbour| neighbour.position).find(|&row| presets.patch(row) == *patch)
    }

    /// Whether the patch was edited: it is neither the decoded one nor a known preset's.
    pub fn is_edited(&self) -> bool {
        self.document().patch.is_some() && self.exact_preset().is_none()
    }

    /// The dot that is nearest to a point within so many CSS pixels: its row and its place.
    pub fn dot_near(&self, point: Point, reach_px: f64) -> Option<(usize, Point)> {
        let known = self.library.known.as_deref()?;
        let row = known.nearest(point.x, point.y, 1).first()?.position;
        let dot = Point { x: known.x[row], y: known.y[row] };
        (dot.is_on_plane() && self.map.viewport.distance_px(point, dot) < reach_px).then_some((row, dot))
    }

    /// Whether a touch sounds, or the latch for one.
    pub fn is_sounding(&self) -> bool {
        self.keys.holds_any_touch()
    }

    /// The layer of the map that is shown; none where that is the known patches.
    pub fn shown_layer(&self) -> Option<&Layer> {
        self.library.map.as_deref()?.layers.get(self.map.layer.checked_sub(1)?)
    }

    /// Whether everything is here: a node that decodes, and the known patches.
    pub fn is_complete(&self) -> bool {
        self.sound.phase.is_well() && self.library.known.is_some()
    }
}

/// A patch with what the notes override in every patch.
pub fn overridden(patch: &Patch, notes: &Notes) -> Patch {
    let mut patch = *patch;
    patch.set(Parameter::KeyboardMode, notes.keyboard_mode);
    patch.set(Parameter::PortamentoTime, notes.portamento_time);
    patch
}
