//! Everything that a person, the browser or the instrument can cause: what [`crate::reduce`] decides about. Values
//! alone: no elements, no events of a browser, no promises.

use std::rc::Rc;

use patch::{Parameter, Patch};
use plane::{Coordinates, Map, Point, Presets};

use crate::compare::Location;
use crate::error::AppError;
use crate::held_keys::KeyHolder;
use crate::midi::{Axis, MidiMessage};
use crate::touches::{TouchId, TouchSource};
use crate::{Direction, Link, Notes, Options, Session};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A pointer on the map.
    Pointer(PointerAction),
    /// A touch without a pointer.
    Touch(TouchAction),
    /// A key of any keyboard, or a MIDI message.
    Key(KeyAction),
    /// Something that can be undone, or undoing it.
    Edit(Edit),
    /// What the map shows.
    Map(MapAction),
    /// A gesture or a walk.
    Gesture(GestureAction),
    /// The life of the sound.
    Sound(SoundAction),
    /// Files that arrive, and what is kept from one visit to the next.
    Load(LoadAction),
    /// The screen is about to be drawn; the clock of the frames, in milliseconds.
    Frame(f64),
    /// A view still moves something: another frame, please.
    Animate,
}

/// A pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    /// Its pointerId.
    pub id: i32,
    /// Whether it is a mouse, which aims better than a finger and hovers.
    pub is_mouse: bool,
    /// Where it is, in CSS pixels from the map's upper left corner.
    pub at_px: (f64, f64),
    /// When, in milliseconds on the clock of the frames.
    pub now_ms: f64,
}

/// What a pointer does on the map.
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
    /// It is gone without having been released: its id.
    Lost(i32),
    /// A mouse left the map.
    Leave,
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
    /// It is over, and nothing of it is latched.
    Lose(TouchSource),
    /// The current point is heard for a moment, if nothing sounds there yet.
    Sample(f64),
    /// A tap has been heard for long enough; with `true` only if it was not heard at all.
    EndTap(TouchId, bool),
    /// The mouse that plays without being pressed is unfrozen.
    Unfreeze,
}

/// A key.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyAction {
    /// It goes down: key 0…127, velocity 1…127.
    Press(KeyHolder, u8, u8),
    /// A pointer slides over the keyboard: the key under it goes down unless it holds that already.
    Slide(KeyHolder, u8, u8),
    /// It goes up.
    Release(KeyHolder),
    /// All keyboards' keys go up.
    ReleaseAll,
    /// A message of a MIDI device.
    Midi(MidiMessage),
    /// A MIDI device is gone: nothing that it held can be released by itself.
    MidiLost,
    /// The next controller that moves leads this axis; once more: no longer.
    LearnAxis(Axis),
}

/// What can be undone.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Moves without a touch: keys and sliders. Moves that follow each other are one step.
    MoveTo(Point),
    /// Goes to a location with its patch, if it has one.
    GoTo(Location),
    /// Goes to the landmark at a position of their list and looks at it.
    GoToLandmark(usize),
    /// Goes to a row of the known patches, plays that very patch, and looks at it.
    GoToPreset(usize),
    /// Goes far from all that is known, by the chance of a seed.
    Surprise(u64),
    /// Sets a stored value of the patch that is heard.
    SetParameter(Parameter, f32),
    /// Sets the patch that is heard, and what the notes override in every patch.
    SetPatch(Box<Patch>),
    /// Plays what is decoded at the current point.
    ClearPatch,
    /// Sets how notes are played; with a name, as a part of something continuous.
    SetNotes(Notes, Option<&'static str>),
    /// Switches the latch.
    ToggleLatch,
    /// Marks the current point under this name.
    AddLandmark(String),
    /// Renames a landmark.
    RenameLandmark(usize, String),
    /// Deletes a landmark.
    DeleteLandmark(usize),
    /// Goes a share 0…1 of the way between two landmarks.
    Morph(usize, usize, f32),
    /// Changes sides between A and B.
    SwitchSides,
    /// Takes what a link says.
    OpenLink(Box<Link>),
    /// Something continuous is over: the next change is a step of its own.
    FinishStep,
    /// One step back.
    Undo,
    /// One step forward again.
    Redo,
}

/// What the map shows.
#[derive(Clone, Debug, PartialEq)]
pub enum MapAction {
    /// The map has another size, in CSS pixels.
    Resize(f64, f64),
    /// Closer by a factor about a pixel.
    Zoom(f64, (f64, f64)),
    /// All of the plane.
    ShowAll,
    /// 0 shows where the known patches lie, n the map's n-th layer.
    SetLayer(usize),
    /// The layer of a name, as soon as the map is here; where it has none, the known patches.
    WishLayer(String),
    /// What is switched on.
    SetOptions(Options),
    /// Pointers look around instead of playing, or play again.
    ToggleExplore,
    /// These rows of the known patches are marked.
    SetFound(Vec<usize>),
}

/// A gesture or a walk; times in milliseconds on the clock of the frames.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GestureAction {
    /// Begins to record, or ends the recording and repeats it.
    ToggleRecording(f64),
    /// Repeats the gesture, or stops.
    ToggleLoop,
    /// Walks near the current point by the chance of a seed, or stops.
    ToggleWalk(u64),
    /// The tempo, as a factor of the recorded one.
    SetTempo(f64),
    /// Which way the gesture goes.
    SetDirection(Direction),
}

/// The life of the sound.
#[derive(Clone, Debug, PartialEq)]
pub enum SoundAction {
    /// A person's gesture: a sleeping context may run.
    Wake,
    /// The page came back: a context that ran before may run again.
    WakeAgain,
    /// The context runs or sleeps.
    ContextChanged(bool),
    /// The context is gone: the browser closed it, or the device failed.
    ContextLost,
    /// The node is connected; whether its decoder came with it.
    NodeReady,
    /// The context sleeps, so the worklet cannot say that it decodes; it will.
    DecoderAssumed,
    /// The worklet says that it decodes.
    DecoderReady,
    /// The worklet complains, in its own words.
    Fault(String),
    /// The worklet's processor is silent for good.
    Stopped,
    /// What the current point was decoded to.
    Decoded(Box<Patch>),
    /// How many voices sound.
    VoicesSounding(u32),
    /// The volume as a factor of the amplitude, 0…1.
    SetGain(f32),
    /// The most voices of each part; 0: one for each key.
    LimitVoices(u8),
    /// Another decoder than the page's own is played from now on, or again the page's own.
    DecoderImported(bool),
    /// Ends every sound at once.
    Panic,
    /// The page is hidden or left: nothing is touched any more.
    PageHidden,
}

/// Files that arrive, and what is kept.
#[derive(Clone, Debug, PartialEq)]
pub enum LoadAction {
    /// Loads what is missing, and makes a sound anew that has stopped.
    Begin,
    /// So much has arrived.
    Progress(Progress),
    /// The known patches.
    Known(Rc<Coordinates>),
    /// What the plane sounds like; none where a model has no map.
    Map(Option<Rc<Map>>),
    /// The known patches' values.
    Presets(Rc<Presets>),
    /// All that was asked for has arrived, or failed.
    Finished,
    /// Something failed; a minor error leaves everything playing.
    Failed(AppError),
    /// The session is to be kept now.
    KeepSession,
    /// Whether the browser has kept it.
    SessionKept(bool),
}

/// How far all files together are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Bytes that have arrived, uncompressed.
    pub bytes: f64,
    /// The same as a share of all, if the size of every file is known.
    pub percent: Option<u32>,
    /// Whether every file is here to its last byte.
    pub all_here: bool,
}

/// What a page begins with.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The last visit.
    pub session: Session,
    /// The MIDI controllers that lead x and y, if others were learned than the usual ones.
    pub controllers: Option<[u8; 2]>,
    /// Whether it is an element in somebody else's page.
    pub is_embedded: bool,
}
