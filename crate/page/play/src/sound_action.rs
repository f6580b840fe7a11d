//! The events of the sound: its life cycle, the worklet's reports, and volume.

use patch::Patch;

use crate::tracks::transport::ClockReport;

/// The life cycle of the sound.
#[derive(Clone, Debug, PartialEq)]
pub enum SoundAction {
    /// A user gesture: a suspended context may resume.
    Wake,
    /// The page is visible again: a context that ran before may resume.
    WakeAgain,
    /// The context runs or sleeps.
    ContextChanged(bool),
    /// The context is gone: the browser closed it, or the device failed.
    ContextLost,
    /// The node is connected.
    NodeReady,
    /// The context sleeps, so the worklet cannot confirm its decoder yet.
    DecoderAssumed,
    /// The worklet confirms that it decodes.
    DecoderReady,
    /// The worklet rejects its module or the decoder, with its message.
    DecoderRefused(String),
    /// The audio thread has no room for a loop beside the others: its number, counted from 0 as there.
    LoopRefused(u8),
    /// The worklet reports another error, with its message; it keeps playing.
    Fault(String),
    /// The worklet's processor has stopped permanently.
    Stopped,
    /// The patch decoded at the current point.
    Decoded(Box<Patch>),
    /// How many voices sound.
    VoicesSounding(u32),
    /// The root mean square of the output's last moment, 0…1.
    Level(f32),
    /// The volume as a factor of the amplitude, 0…1.
    SetGain(f32),
    /// The most voices of each part; 0: one for each key.
    LimitVoices(u8),
    /// An imported decoder plays (`true`), or the page's own again.
    DecoderImported(bool),
    /// Ends every sound at once.
    Panic,
    /// The page is hidden: all touches end, and loops play on.
    PageHidden,
    /// The page is left: everything ends, and what was recorded is kept.
    PageLeft,
    /// Where the audio thread plays the fingers of loops ([`crate::played_finger`]).
    LoopsPlayed(LoopReport),
}

/// A report of the audio thread about loops and their clock.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoopReport {
    /// Where it plays the fingers of loops ([`crate::played_finger`]).
    pub rows: Vec<f32>,
    /// Where the clock of bars is; none while it stands.
    pub clock: Option<ClockReport>,
}
