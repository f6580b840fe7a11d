//! The life cycle of the sound, and what the instrument was last sent. Values alone; who makes the sound is told by
//! effects.

use patch::Patch;
use plane::Point;

use crate::Notes;
use crate::touches::PART_COUNT;

/// Where the sound is in its life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SoundPhase {
    /// There is no node: not made yet, or being made anew.
    #[default]
    Preparing,
    /// The node plays the coarse grid until the decoder is there.
    Grid,
    /// The decoder was handed over to a worklet that sleeps and cannot answer.
    Assumed,
    /// The worklet has said that it decodes.
    Decoding,
    /// It plays on after a fault as it can; the next try makes it anew.
    Faulty,
    /// The processor is silent for good, before or after it once decoded.
    Stopped,
}

impl SoundPhase {
    /// Whether a touch is heard as soon as the context runs.
    pub fn plays(self) -> bool {
        !matches!(self, Self::Preparing | Self::Stopped)
    }

    /// Whether every point sounds as itself, and nothing is wrong.
    pub fn is_well(self) -> bool {
        matches!(self, Self::Assumed | Self::Decoding)
    }

    /// Whether the worklet has ever said that it decodes: what it complains of from then on is its own fault, before
    /// that of its files.
    pub fn is_confirmed(self) -> bool {
        matches!(self, Self::Decoding | Self::Faulty)
    }
}

/// Which decoder plays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DecoderChoice {
    /// The page's own.
    #[default]
    Own,
    /// One that a person imported.
    Imported,
    /// The page's own, since the sound refused the imported one for this reason.
    Refused(String),
}

/// The sound.
#[derive(Clone, Debug)]
pub struct SoundState {
    /// Where it is in its life.
    pub phase: SoundPhase,
    /// Whether the context runs.
    pub is_running: bool,
    /// Whether what is played now is heard.
    pub is_audible: bool,
    /// Whether it has run in this visit.
    pub has_run: bool,
    /// Which decoder plays.
    pub decoder: DecoderChoice,
    /// What the current point was last decoded to.
    pub decoded: Option<Box<Patch>>,
    /// How many voices sound, whoever plays them.
    pub voices_sounding: u32,
    /// The most voices of each part; 0: one for each key.
    pub voice_limit: u8,
    /// The volume as a factor of the amplitude, 0…1.
    pub gain: f32,
    /// What the instrument was last sent.
    pub sent: LastSent,
}

impl Default for SoundState {
    fn default() -> Self {
        Self {
            phase: SoundPhase::default(),
            is_running: false,
            is_audible: false,
            has_run: false,
            decoder: DecoderChoice::default(),
            decoded: None,
            voices_sounding: 0,
            voice_limit: 0,
            gain: 1.0,
            sent: LastSent::default(),
        }
    }
}

/// What the instrument was last sent, so that only changes are sent again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LastSent {
    /// Where the parts' points were sent to.
    pub points: [Option<Point>; PART_COUNT],
    /// The patch of part 0 that is not decoded, with its point.
    pub patch: Option<(Box<Patch>, Point)>,
    /// How notes are played.
    pub notes: Option<Notes>,
}
