//! The editor of paths: a path is drawn in lanes, changed by operators, mixed of four, found for a target, saved,
//! opened and linked. Every path is a loop of the document, which keeps, undoes and plays it. Never draws and reads no
//! file itself.

mod changes;
mod curve;
mod curves;
mod decisions;
mod edited;
mod file_values;
mod files;
mod four;
mod lanes;
mod loop_path;
mod mix_level;
mod model;
mod notes;
mod operators;
mod remarks;
#[cfg(test)]
mod tests;
mod timeline;
mod words;

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::loops::RecordedLoop;
use crate::panels::script_value::script_enum;
use crate::sounds::SoundNumber;

pub use curve::{
    PathsConditionRemark, PathsConditionsModel, PathsCurveAction, PathsCurveCounts, PathsCurveModel,
    PathsCurveRemark, PathsDescriptor, PathsFollowed, PathsFollowedSecond, PathsPlaceField, PathsPlaceKind,
    PathsRangeEnd, PathsSearchModel, PathsSecondModel, PathsShape, PathsTargetCondition, PathsTargetField,
    PathsTargetModel, PathsTargetPlace, PathsTones,
};
pub use file_values::{PathsFileLanes, PathsFileNote, PathsFileValues};
pub use files::{PathsFile, PathsFileKind, PathsWriting};
pub use four::{PathsFourModel, PathsMix};
pub use lanes::{PathsLane, PathsPlace};
pub use model::{
    PathsChoice, PathsCurve, PathsLanesModel, PathsModel, PathsMotion, PathsNote, PathsNotesModel,
    PathsOperatorModel, PathsPointModel,
};
pub use notes::{PathsNoteStep, PathsNoteValue};
pub use operators::{PathsAmountRange, PathsOperator};
pub use remarks::{PathsField, PathsRemark};
pub use words::PathsWords;

use curve::CurveState;
use edited::EditedPath;
use files::FileState;
use four::FourState;
use lanes::PathsLaneState;
use notes::NoteState;
use operators::OperatorState;

/// A way to make a path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum PathsWay {
    /// A person draws its lanes.
    #[default]
    Lanes,
    /// It is a mix of four paths.
    Four,
    /// Its sound follows a curve.
    Curve,
}

script_enum! {
    /// Something that a person does in the editor of paths.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum PathsAction {
        /// The script is built: the words of its language.
        Name { words: PathsWords },
        /// Chooses a loop and one of its fingers, counted from 0.
        Choose { number: u8, finger: usize },
        /// Plays the chosen loop from its beginning, or stops it.
        Play,
        /// Begins with a straight path.
        Begin,
        /// Names the chosen path.
        Rename { name: String },
        /// Chooses a way to make a path.
        SetWay { way: PathsWay },
        /// The lanes have this width, in CSS pixels.
        Resize { width_px: f64 },
        /// Shows more of the time (above 1) or less, about a time; null: about the middle.
        Zoom { factor: f64, about_s: Option<f64> },
        /// Moves the visible part by a share of it.
        Scroll { share: f64 },
        /// Shows the part that begins at a time.
        ScrollTo { from_s: f64 },
        /// Chooses a lane.
        ChooseLane { lane: PathsLane },
        /// A pointer comes down in a lane to draw.
        PressLane { pointer: i32, lane: PathsLane, place: PathsPlace },
        /// That pointer has moved through these places.
        Draw { pointer: i32, places: Vec<PathsPlace> },
        /// That pointer is up.
        LiftLane { pointer: i32 },
        /// A point of a curve has the focus.
        FocusPoint { lane: PathsLane, index: usize },
        /// A point of a curve moves.
        MovePoint { lane: PathsLane, index: usize, value: f32 },
        /// A point of a curve was moved.
        PointMoved,
        /// A person types the value of the chosen point.
        TypePoint { value: f32 },
        /// A person types something that is no value.
        TypeNothing { field: PathsField },
        /// Chooses a note.
        ChooseNote { index: usize },
        /// A note has the focus.
        FocusNote { index: usize },
        /// A pointer drags the chosen note: its beginning, or its end.
        DragNote { start_s: Option<f64>, end_s: Option<f64> },
        /// That pointer is up.
        DropNote { has_moved: bool },
        /// A key changes the chosen note.
        StepNote { step: PathsNoteStep },
        /// Chooses the next note (1) or the one before (−1).
        GoToNote { by: i32 },
        /// A person types a value of the chosen note.
        TypeNote { value: PathsNoteValue },
        /// Adds a note after the chosen one.
        AddNote,
        /// Deletes the chosen note.
        DeleteNote,
        /// Chooses an operator, or ends it.
        Operate { operator: PathsOperator },
        /// The slider of its amount moves.
        MoveAmount { amount: f64 },
        /// The slider of its amount was moved.
        AmountMoved { amount: f64 },
        /// Other random values, by a seed.
        Again { seed: u32 },
        /// Chooses the path that is mixed in.
        MixWith { number: u8 },
        /// Goes over into that path.
        GoOver,
        /// Ends the operator; its result stays.
        EndOperator,
        /// Chooses the loop in a corner of the square; 0 empties it.
        ChooseCorner { corner: usize, number: u8 },
        /// The finger moves in the square: shares of its side, to the right and down.
        MoveInSquare { place: [f64; 2] },
        /// The finger is up.
        EndMix,
        /// Types the notes a second of a mix; not-a-number for any other text.
        TypeMixStrikes { value: f64 },
        /// The mix stays where it is.
        AddMix,
        /// Adds a mix at a random place, by a seed.
        AddRandomMix { seed: u32 },
        /// Shows the kinds of files, or hides them.
        ToggleFiles,
        /// Saves the chosen path.
        Save { kind: PathsFileKind },
        /// Stops the writing of a file.
        StopSaving,
        /// Opens files as paths.
        OpenFiles { files: Vec<PathsFile> },
        /// Opens the link in the fragment of the page's address.
        OpenLink { fragment: String },
        /// Copies a link to the chosen path.
        CopyLink,
        /// A person does something with a path that follows a curve.
        Follow { action: PathsCurveAction },
    }
}

/// A task of the editor of paths.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum PathsTask {
    /// Reads a file: [`PathsAnswer::Read`] or [`PathsAnswer::Refused`]. Fails with `unreadable`, `tooLarge`,
    /// `midiTooLarge` or `lost`.
    Read { file: PathsFile },
    /// Writes a path as a file of this name and gives it to the person; notes without a key get `key`, and MIDI
    /// without beats the tempo `bpm`. Fails with `failed` or `lost`.
    Save { kind: PathsFileKind, path: Box<PathsFileValues>, file: String, key: u8, bpm: f32 },
    /// Copies the address of the page with this fragment; fails with `refused` once the address bar shows it instead.
    CopyLink { fragment: String },
    /// Loads the script of the conditions and builds it; fails with `lost`.
    LoadConditions {},
    /// Measures how these points sound: the patches of amSynth, in notes that are struck every `note_s` seconds if it
    /// has a number, or tones of a domain. [`PathsAnswer::Measured`]; fails with `lost`.
    Measure { points: Vec<[f32; 2]>, tones: Option<PathsTones>, note_s: Option<f64> },
    /// Reads a sound: [`PathsAnswer::Sound`]. Fails with `too_large`, `not_audio` or `lost`.
    ReadSound { file: PathsFile },
    /// Measures parts of a sound, each from a frame to the frame after its last one, and forgets the sound:
    /// [`PathsAnswer::Parts`]. Fails with `lost`.
    MeasureSound { sound: SoundNumber, parts: Vec<[usize; 2]> },
    /// Frees the workers that measure.
    Free {},
}

script_enum! {
    /// A result of these tasks.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum PathsAnswer {
        /// The path of a file, and what it lacks of it: `damaged`, `notes` or `bends`.
        Read { path: Box<PathsFileValues>, losses: Vec<String> },
        /// A file is no path: the word of a sentence, and its numbers.
        Refused { word: String, numbers: Vec<f64> },
        /// A value for each layer of the map at each point.
        Measured { values: Vec<f32> },
        /// A sound is read, and kept under this number; it is damaged if parts of the file are missing.
        Sound { sound: SoundNumber, frames: usize, is_damaged: bool },
        /// The scales of each part of a sound; not-a-number, or fewer of them, where it is silent.
        Parts { parts: Vec<Vec<f32>> },
    }
}

/// The state of the editor of paths.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    words: PathsWords,
    /// The loops that were seen last.
    seen: Vec<Rc<RecordedLoop>>,
    way: PathsWay,
    /// The chosen loop; 0 without loops.
    number: u8,
    finger: usize,
    edited: Option<EditedPath>,
    put: PutState,
    lanes: PathsLaneState,
    notes: NoteState,
    operator: OperatorState,
    four: FourState,
    curve: CurveState,
    files: FileState,
    remarks: Vec<PathsRemark>,
    /// Counts the moments at which fields and focus follow.
    counts: PathsCounts,
}

/// The way of the path into the document.
#[derive(Clone, Copy, Debug, Default)]
struct PutState {
    /// True if the path has changed since the document got it.
    is_changed: bool,
    /// The time at which the document got it last, in milliseconds.
    last_ms: f64,
}

/// Counts of moments: a script that sees another count than before lets a field or the focus follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PathsCounts {
    /// A person has typed something: the field shows what has become of it.
    pub typed: u32,
    /// A person has begun with a straight path: its first lane takes the focus.
    pub begun: u32,
}
