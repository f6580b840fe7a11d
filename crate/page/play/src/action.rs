//! Every event by a person, the browser or the instrument: the input of [`crate::reduce()`]. Plain values: no elements,
//! browser events or promises.

use std::rc::Rc;

use patch::{Group, Parameter, Patch};
use plane::preset_layers::PresetLayers;
use plane::{Coordinates, Map, Point, Presets, Tag};

use crate::compare::Location;
use crate::error::AppError;
pub use crate::gesture_action::GestureAction;
use crate::held_keys::KeyHolder;
use crate::instruments::InstrumentAction;
use crate::long_job::JobNumber;
use crate::midi::{Axis, MidiMessage};
pub use crate::page_action::PageAction;
use crate::panels::PanelAction;
use crate::panels::macros::MacroControllers;
pub use crate::sound_action::{LoopReport, SoundAction};
use crate::touches::{TouchId, TouchSource};
use crate::{Link, Notes, Options, RecordedLoop, Session, TabSession};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A pointer on the map.
    Pointer(PointerAction),
    /// A touch without a pointer.
    Touch(TouchAction),
    /// A key of any keyboard, or a MIDI message; when, in milliseconds on the clock of the frames.
    Key(KeyAction, f64),
    /// An undoable edit, or undo and redo.
    Edit(Edit),
    /// The visible part of the map, its layer and its options.
    Map(MapAction),
    /// The search for presets.
    Find(FindAction),
    /// A loop or a walk.
    Gesture(GestureAction),
    /// The end of the offer to restore a discarded patch, or the measurement of the heard one.
    Editing(EditingAction),
    /// The life cycle of the sound.
    Sound(SoundAction),
    /// The choice of the instrument.
    Instrument(InstrumentAction),
    /// Files that arrive, and the session.
    Load(LoadAction),
    /// Panels and the sheet.
    Page(PageAction),
    /// A panel whose script loads on demand, at this time in milliseconds on the clock of the frames.
    Panel(PanelAction, f64),
    /// The long job of this number.
    Job(JobNumber, JobAction),
    /// An animation frame; its time on the frame clock, in milliseconds.
    Frame(f64),
    /// A view still animates and needs another frame.
    Animate,
}

/// A pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    /// Its pointerId.
    pub id: i32,
    /// True if it is a mouse, which is more precise than a finger and can hover.
    pub is_mouse: bool,
    /// Where it is, in CSS pixels from the map's upper left corner.
    pub at_px: (f64, f64),
    /// How hard it presses, 0…1; 0, 0.5 or 1 where the device does not measure it.
    pub pressure: f32,
    /// When, in milliseconds on the clock of the frames.
    pub now_ms: f64,
}

/// The events of a pointer on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PointerAction {
    /// It is pressed.
    Down(Pointer),
    /// It moves while it is pressed.
    Move(Pointer),
    /// It moves without being pressed: a mouse.
    Hover(Pointer),
    /// It is released.
    Up(Pointer),
    /// The pointer with this id is gone without a release.
    Lost(i32),
    /// A mouse left the map, at this time in milliseconds.
    Leave(f64),
    /// All pointers are gone: the window lost the focus.
    Blur,
}

/// A touch without a pointer; times in milliseconds on the clock of the frames.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TouchAction {
    /// It plays the current point.
    Press(TouchSource, f64),
    /// It is over.
    Lift(TouchSource, f64),
    /// It ends without latching.
    Lose(TouchSource),
    /// Plays the current point for a moment, unless it sounds already.
    Sample(f64),
    /// Plays the sound of the opened link.
    HearShared(f64),
    /// Plays a row of the known patches beside the current point, until its source is lost. A hovering mouse (`true`)
    /// plays for a moment, while the sound is awake and nothing else sounds.
    Audition(usize, bool),
    /// Ends the audition of this number: the mouse may rest on its row.
    EndAudition(TouchId),
    /// Ends a tap after its time; with `true`, only if it never sounded.
    EndTap(TouchId, bool),
    /// Unfreezes the mouse that plays while hovering.
    Unfreeze,
}

/// A key.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyAction {
    /// It goes down: key 0…127, velocity 1…127.
    Press(KeyHolder, u8, u8),
    /// A pointer slides over the keyboard: the key under it goes down unless it is down already.
    Slide(KeyHolder, u8, u8),
    /// It goes up.
    Release(KeyHolder),
    /// The release of the page's own keys may not be told: those that pointers and letters hold go up.
    ReleasePressed,
    /// Likewise of letters alone.
    ReleaseTyped,
    /// A message of a MIDI device.
    Midi(MidiMessage),
    /// The same with its channel, 0…15: another channel than that of the keys that are down does not bend them.
    MidiOfChannel(u8, MidiMessage),
    /// A live voice plays all sounds at this share of their amplitude, 0…1; none: at their own again.
    VoiceGain(Option<f32>),
    /// A MIDI device is gone and can no longer release its keys: those of all MIDI devices go up.
    MidiLost,
    /// The next controller that moves controls this axis; a second time cancels.
    LearnAxis(Axis),
}

/// An undoable edit.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Moves without a touch: keys and sliders. Moves that follow each other are one step.
    MoveTo(Point),
    /// Goes to a location with its patch, if it has one.
    GoTo(Location),
    /// Goes to the landmark at this index and scrolls the map to it.
    GoToLandmark(usize),
    /// Goes to a row of the known patches, plays its exact patch, and scrolls the map to it.
    GoToPreset(usize),
    /// Goes to a known preset by chance, by a seed: one that is heard at once, and not one of the last.
    Surprise(u64),
    /// Sets a stored value of the current patch.
    SetParameter(Parameter, f32),
    /// Sets stored values, as part of a continuous edit: a point of a graph is dragged.
    SetParameters(Vec<(Parameter, f32)>),
    /// Locks a group of parameters at its values, or unlocks it.
    ToggleLock(Group),
    /// Returns to the edited patch that a touch has discarded, at its point.
    RestoreEdit,
    /// Sets the current patch and, from it, the parameters that the notes override in every patch.
    SetPatch(Box<Patch>),
    /// Plays what is decoded at the current point.
    ClearPatch,
    /// Sets how notes are played; with a name, as part of a continuous edit.
    SetNotes(Notes, Option<&'static str>),
    /// The same for the notes that the settings show: those of the opened track, or those of touches.
    SetShownNotes(Notes, Option<&'static str>),
    /// Chooses the root, a MIDI key: the page no longer chooses one for each sound.
    ChooseRoot(u8),
    /// A tap that sets the tempo, at this time in milliseconds on the clock of the frames.
    TapTempo(f64),
    /// Switches the latch.
    ToggleLatch,
    /// Stars a row of the known patches, or removes its star.
    ToggleFavourite(usize),
    /// Marks the current point under this name.
    AddLandmark(String),
    /// Renames a landmark.
    RenameLandmark(usize, String),
    /// Deletes a landmark.
    DeleteLandmark(usize),
    /// Goes to a location with its patch, if it has one, as part of a continuous edit: between two sounds.
    Glide(Location),
    /// Changes sides between A and B.
    SwitchSides,
    /// Goes on with the active side alone.
    EndComparison,
    /// Opens a link.
    OpenLink(Box<Link>),
    /// Returns to the document from before a link with loops.
    BackToYours,
    /// Sets the title of the loops.
    SetTitle(String),
    /// Gives the loop of its number another form, as part of a continuous edit;
    /// number 0 adds a loop under a free number.
    PutLoop(Box<RecordedLoop>),
    /// Ends a continuous edit: the next change is a new undo step.
    FinishStep,
    /// Undoes one step.
    Undo,
    /// Redoes one step.
    Redo,
    /// Takes a continuous edit back that can still go on: the finger scrolls instead.
    CancelStep,
}

/// The end of the offer to restore a discarded patch, or the measurement of the heard one.
#[derive(Clone, Debug, PartialEq)]
pub enum EditingAction {
    /// The offer of this number to restore a discarded patch ends.
    EndOffer(u32),
    /// The time is over for which the heard patch must stay the same before it is measured.
    Measure,
    /// How a patch sounds: a value for each layer of the map; none if it could not be measured.
    Measured(Box<Patch>, Option<Vec<f32>>),
}

/// Changes of the view of the map: its visible part, its layer and its options.
#[derive(Clone, Debug, PartialEq)]
pub enum MapAction {
    /// The map has another size, in CSS pixels, or the tools over its upper right corner have: their left and their
    /// lower edge, 0 where they are hidden.
    Resize([f64; 2], [f64; 2]),
    /// Zooms by a factor about a pixel.
    Zoom(f64, (f64, f64)),
    /// Shows the whole plane.
    ShowAll,
    /// Moves the visible part so that this point is in its middle.
    Center(Point),
    /// Nothing has pointed at the map for a while: the pointers are still those that [`crate::state::MapState`]
    /// had counted.
    Rest(u32),
    /// 0 shows where the known patches lie, n the map's n-th layer.
    SetLayer(usize),
    /// Shows the layer of this name once the map is loaded; without one, the known patches.
    WishLayer(String),
    /// Sets the map's options.
    SetOptions(Options),
    /// Switches pointers between exploring and playing.
    ToggleExplore,
}

/// The search for presets.
#[derive(Clone, Debug, PartialEq)]
pub enum FindAction {
    /// Words of the name or the bank.
    Query(String),
    /// One bank, by its position, or all.
    Bank(Option<usize>),
    /// Finds one kind of sound and shows its region of the map; the kind that is chosen already: all again.
    ToggleKind(Tag),
    /// Finds favourites only, or all.
    ToggleFavourites,
    /// The descriptor that the range limits, as the position of a layer.
    Descriptor(usize),
    /// Least and greatest value of the descriptor, in its unit.
    Range([f32; 2]),
    /// Sounds like the current one.
    LikeHere,
    /// Sounds like a row of the known patches.
    LikePreset(usize),
    /// Sounds of any likeness.
    LikeAny,
    /// Changes the current sound as the query asks: “darker”.
    ChangeSound,
    /// Searches without the word at this position.
    DropWord(usize),
    /// Searches for nothing.
    Clear,
}

/// Files that arrive, and the session.
#[derive(Clone, Debug, PartialEq)]
pub enum LoadAction {
    /// Loads missing files and restarts a stopped sound.
    Begin,
    /// Progress of all transfers.
    Progress(Progress),
    /// The known patches.
    Known(Rc<Coordinates>),
    /// The timbral map; none if a model has none.
    Map(Option<Rc<Map>>),
    /// The known patches' values, row by row.
    Presets(Rc<Presets>),
    /// The measured values of the page's own presets.
    Measured(Rc<PresetLayers>),
    /// Both together, when rows come or go: no view may see one without the other; how many rows are the page's own, if
    /// others are imported.
    Library(Rc<Coordinates>, Rc<Presets>, Option<usize>),
    /// All requests have succeeded or failed.
    Finished,
    /// Something failed; after a minor error everything keeps playing.
    Failed(AppError),
    /// Stores the session.
    KeepSession,
    /// The page reloads itself: stores the state of this tab.
    KeepTab,
    /// True if the browser has stored the session.
    SessionKept(bool),
}

/// A long job, which the page shows.
#[derive(Clone, Debug, PartialEq)]
pub enum JobAction {
    /// It begins.
    Begin {
        /// Its name for people: the work that it does.
        name: String,
        /// True if a person can stop it.
        can_stop: bool,
    },
    /// It gets its name for people.
    Name(String),
    /// It has run long enough to be shown.
    Show,
    /// The done share, 0…1.
    Progress(f32),
    /// A person stops it; the code that runs it ends it at its next step.
    Stop,
    /// It is over.
    End,
}

/// Progress of all files together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Bytes that have arrived, uncompressed.
    pub bytes: f64,
    /// The same as a share of all, if the size of every file is known.
    pub percent: Option<u32>,
    /// True if every file is here to its last byte.
    pub all_here: bool,
}

/// The initial values of a page.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The last visit's session.
    pub session: Session,
    /// The state of this tab before it reloaded itself; its session is the one above.
    pub tab: Option<Box<TabSession>>,
    /// The learned MIDI controllers of x and y, if any.
    pub controllers: Option<[u8; 2]>,
    /// The MIDI controllers of the macro-controls that were learned in an earlier visit.
    pub macro_controllers: MacroControllers,
    /// True if it is an element of a host page.
    pub is_embedded: bool,
    /// True if this browser opens the page for the first time.
    pub is_first_visit: bool,
    /// True if the person prefers reduced motion.
    pub is_motion_reduced: bool,
}
