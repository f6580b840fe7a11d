//! What [`crate::reduce`] wants done outside of the state. Whoever executes these decides nothing.

use patch::Patch;
use plane::Point;

use crate::action::Action;
use crate::error::AppError;
use crate::held_keys::NoteEvent;
use crate::{Notes, Session};

/// Things to do, in order.
pub type Effects = Vec<Effect>;

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// For the instrument.
    Audio(AudioCommand),
    /// Dispatches an action after so many milliseconds.
    After(i32, Box<Action>),
    /// Dispatches [`Action::Frame`] before the screen is next drawn.
    RequestFrame,
    /// Every view shows the state.
    ShowViews,
    /// Views that pass the current point or patch on to others do so.
    FollowPoint,
    /// The map is drawn; the clock of the frames, in milliseconds.
    DrawMap(f64),
    /// Views hear of something that passes.
    Notify(AppEvent),
    /// Loads files: those of the sound, those of the map.
    Load {
        /// Whether the sound has to be made, or made anew.
        sound: bool,
        /// Whether the known patches are missing.
        known: bool,
    },
    /// What came of the sound's files cannot be used: they are fetched anew the next time.
    ForgetSoundFiles,
    /// The imported decoder is not to be used any more.
    DropImportedDecoder,
    /// Keeps this session for the next visit, and answers by [`crate::action::LoadAction::SessionKept`].
    KeepSession(Box<Session>),
    /// Keeps the learned MIDI controllers of both axes for the next visit.
    KeepControllers([u8; 2]),
    /// The screen stays lit, or need not.
    KeepScreenLit(bool),
}

/// What the instrument has to do.
#[derive(Clone, Debug, PartialEq)]
pub enum AudioCommand {
    /// A part's point is there at once.
    JumpTo(usize, Point),
    /// A part's point goes there in a short ramp.
    GlideTo(usize, Point),
    /// A note begins or ends; the point where it begins, if a touch begins with it.
    Note(NoteEvent, Option<Point>),
    /// A part plays this very patch, which belongs to this point, until [`AudioCommand::Decode`].
    SetPatch(usize, Box<Patch>, Point),
    /// A part plays what is decoded at its point.
    Decode(usize),
    /// How notes are played.
    SetNotes(Notes),
    /// The pitch wheel of part 0, −8192…8191.
    PitchBend(i16),
    /// A controller of part 0 and its value, 0…127 each.
    ControlChange(u8, u8),
    /// The most voices of each part; 0: one for each key.
    LimitVoices(u8),
    /// The volume as a factor of the amplitude, 0…1.
    SetGain(f32),
    /// Ends every sound at once, tails too.
    Silence,
    /// Asks the browser to let the context run.
    Wake,
}

/// Something that passes, of which a view may tell others.
#[derive(Clone, Debug, PartialEq)]
pub enum AppEvent {
    /// Something failed.
    Error(AppError),
    /// Whether any voice sounds, whoever plays it.
    Sounding(bool),
}
