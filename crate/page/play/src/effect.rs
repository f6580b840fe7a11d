//! The side effects that [`crate::reduce()`] requests. The code that executes them decides nothing.

use std::rc::Rc;

use patch::{Parameter, Patch};
use plane::Point;

use crate::action::Action;
use crate::error::AppError;
use crate::held_keys::NoteEvent;
use crate::panels::macros::MacroControllers;
use crate::panels::tasks::TaskNumber;
use crate::panels::tones::LiveSource;
use crate::panels::{PanelId, PanelTask};
use crate::tone_domain::{OFFSET_COUNT, ToneDomain};
use crate::tracks::loop_sound::LoopSettings;
use crate::{Direction, Notes, RecordedLoop, Session, TabSession};

/// Effects, to execute in order.
pub type Effects = Vec<Effect>;

/// One effect.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// A command to the instrument.
    Audio(AudioCommand),
    /// Dispatches an action after this many milliseconds.
    After(i32, Box<Action>),
    /// Dispatches [`Action::Frame`] before the screen is next drawn.
    RequestFrame,
    /// Every view shows the state.
    ShowViews,
    /// Views that pass the current point or patch on to others do so.
    FollowPoint,
    /// Draws the map; the frame clock in milliseconds.
    DrawMap(f64),
    /// Notifies views of a transient event.
    Notify(AppEvent),
    /// Loads files: those of the sound, those of the map.
    Load {
        /// True if the sound is to start or restart.
        sound: bool,
        /// True if the known patches are missing.
        known: bool,
    },
    /// Loads the measured values of the page's own presets, and dispatches
    /// [`crate::action::LoadAction::Measured`].
    LoadMeasured,
    /// Loads the files of a domain, and dispatches [`crate::instruments::InstrumentAction::Loaded`].
    LoadDomain(ToneDomain),
    /// The instrument plays a domain that is loaded; none: amSynth.
    PlayDomain(Option<ToneDomain>),
    /// Loads the recorded tones of a domain for loops that play on it, beside the instrument that plays touches.
    LoadLoopDomain(ToneDomain),
    /// These files are unusable: the next load fetches them again.
    ForgetFiles(&'static [&'static str]),
    /// The sound's files are unusable: the next load fetches them again.
    ForgetSoundFiles,
    /// Drops the imported decoder.
    DropImportedDecoder,
    /// Measures how a patch sounds, and dispatches [`crate::action::EditingAction::Measured`].
    Measure(Box<Patch>),
    /// Computes where a found patch lies on the plane, as a task of “From a sound…” or of “Sing a loop” that answers
    /// [`crate::panels::sound_match::MatchAnswer::Placed`] or [`crate::panels::sing::SingAnswer::Placed`].
    PlacePatch(PanelId, TaskNumber, Box<Patch>),
    /// Computes the cutoffs of the patches at points, as a task of “Sing a loop” that answers
    /// [`crate::panels::sing::SingAnswer::Decoded`].
    DecodeCutoffs(TaskNumber, Vec<Point>),
    /// A kept patch gets this name in this visit, with a number if another patch has it.
    NamePatch(String, Box<Patch>),
    /// Loads a panel's script, and dispatches [`crate::panels::PanelAction::Loaded`] or `NotLoaded`.
    LoadPanel(PanelId),
    /// Begins a panel's task, and dispatches [`crate::panels::PanelAction::News`] with its number.
    Begin(TaskNumber, Box<PanelTask>),
    /// Cancels a panel's task.
    Cancel(PanelId, TaskNumber),
    /// Stores this session for the next visit, and dispatches [`crate::action::LoadAction::SessionKept`].
    KeepSession(Box<Session>),
    /// Stores the learned MIDI controllers of both axes for the next visit.
    KeepControllers([u8; 2]),
    /// Stores the MIDI controllers of the macro-controls for the next visit.
    KeepMacroControllers(MacroControllers),
    /// True if the browser's history has an entry for the open sheet, so that going back closes it.
    KeepSheetInHistory(bool),
    /// Stores the state of this tab for its reload.
    KeepTab(Box<TabSession>),
    /// Removes the link from the page's address.
    ClearLink,
    /// Measures the output's level after this many milliseconds, and dispatches
    /// [`crate::action::SoundAction::Level`].
    MeasureLevel(i32),
    /// True if the screen is to stay lit.
    KeepScreenLit(bool),
}

/// A command to the instrument.
#[derive(Clone, Debug, PartialEq)]
pub enum AudioCommand {
    /// Sets a part's point at once.
    JumpTo(usize, Point),
    /// Moves a part's point by a short ramp.
    GlideTo(usize, Point),
    /// A note begins or ends; the point where it begins, if a touch begins with it.
    Note(NoteEvent, Option<Point>),
    /// A part plays this patch, which belongs to this point, until [`AudioCommand::Decode`].
    SetPatch(usize, Box<Patch>, Point),
    /// A part plays the patch decoded at its point.
    Decode(usize),
    /// A stored value that replaces that of every patch, in all parts; none: each patch has its own again.
    HoldParameter(Parameter, Option<f32>),
    /// How notes are played.
    SetNotes(Notes),
    /// The keys that loops play: a set for each lane of the plane from left to right, bit n for key n; whether a loop's
    /// finger slides to other keys in legato.
    SetLaneKeys(Vec<u128>, bool),
    /// Plays a loop in a time; one that plays already goes on with these fingers unless it begins anew.
    PlayLoop(Rc<RecordedLoop>, LoopTime),
    /// Changes the pace of the loop of a number, without a jump: seconds of the recording that pass in a second, or the
    /// factor of its speed if it is on the clock.
    SetLoopPace(u8, f64, Direction),
    /// The sound of the loop of a number; none: it plays as touches do.
    SetLoopSound(u8, Option<Box<LoopSettings>>),
    /// The factor of the amplitude of the loop of a number.
    SetLoopGain(u8, f32),
    /// Stops the loop of a number.
    StopLoop(u8),
    /// The clock of bars: beats in a minute, and whether it runs.
    SetTransport(f32, BarClockState),
    /// Bit n: part n is not for loops.
    ClaimParts(u8),
    /// The axes of a domain that the plane lacks, −1…1 each.
    SetToneOffsets([f32; OFFSET_COUNT]),
    /// The sound that becomes tones.
    PlayLive(LiveSource),
    /// The band-pass through which tones become tones again.
    TuneFeedback {
        /// its frequency, in Hz
        frequency_hz: f32,
        /// its quality
        quality: f32,
    },
    /// The life of tones: their share of recorded notes, 0…1.
    SetToneLife(f32),
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
    /// Asks the browser to resume the context.
    Wake,
}

/// The time in which a loop plays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoopTime {
    /// Seconds of the recording that pass in a second; on the clock the factor of its speed.
    pub rate: f64,
    /// Where a loop in free time begins, in seconds of the recording. Not-a-number: one that plays goes on.
    pub at_s: f64,
    /// The beats of a round; 0 in free time.
    pub beats: f64,
    /// A beat of the clock at which a round begins.
    pub origin_beats: f64,
}

/// The state of the clock of bars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarClockState {
    /// It stands.
    Stopped,
    /// It goes on from where it is.
    Running,
    /// It starts at beat 0.
    Starting,
}

/// A transient event, which views may pass on.
#[derive(Clone, Debug, PartialEq)]
pub enum AppEvent {
    /// Something failed.
    Error(AppError),
    /// True if any voice sounds.
    Sounding(bool),
}
