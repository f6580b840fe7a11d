//! The life cycle of the sound, and what the instrument was last sent. Plain values: effects command the instrument.

use std::rc::Rc;

use patch::Patch;
use plane::Point;

use crate::instruments::Instruments;
use crate::tone_domain::ToneDomain;
use crate::touches::PART_COUNT;
use crate::tracks::loop_sound::LoopSettings;
use crate::{Locks, Notes, RecordedLoop};

/// The phase of the sound's life cycle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SoundPhase {
    /// There is no node: not started yet, or restarting.
    #[default]
    Preparing,
    /// The node plays the coarse grid until the decoder is loaded.
    Grid,
    /// The decoder was sent to a sleeping worklet, which cannot answer.
    Assumed,
    /// The worklet has confirmed that it decodes.
    Decoding,
    /// It keeps playing after a fault; the next try restarts it.
    Faulty,
    /// The processor has stopped permanently.
    Stopped,
}

impl SoundPhase {
    /// True if a touch sounds as soon as the context runs.
    pub fn plays(self) -> bool {
        !matches!(self, Self::Preparing | Self::Stopped)
    }

    /// True if the decoder plays every point, without a fault.
    pub fn is_well(self) -> bool {
        matches!(self, Self::Assumed | Self::Decoding)
    }

    /// True if the worklet has ever confirmed its decoder. A processor that stops before that may have a damaged file.
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
    /// The page's own, because the sound rejected the imported one for this reason.
    Refused(String),
}

/// The sound.
#[derive(Clone, Debug)]
pub struct SoundState {
    /// Where it is in its life.
    pub phase: SoundPhase,
    /// True if the context runs.
    pub is_running: bool,
    /// True if playing is audible now.
    pub is_audible: bool,
    /// True if it has run in this visit.
    pub has_run: bool,
    /// Which decoder plays.
    pub decoder: DecoderChoice,
    /// Counts the changes of that decoder: what one has computed may differ from what the next one computes.
    pub decoders: u32,
    /// Which instrument plays.
    pub instruments: Instruments,
    /// The patch last decoded at the current point.
    pub decoded: Option<Box<Patch>>,
    /// The number of sounding voices.
    pub voices_sounding: u32,
    /// The most voices of each part; 0: one for each key.
    pub voice_limit: u8,
    /// The volume as a factor of the amplitude, 0…1.
    pub gain: f32,
    /// How loud the output is, 0 (inaudible) … 1 (full scale), in equal steps of loudness.
    pub level: f32,
    /// True if the level is being measured.
    pub is_measured: bool,
    /// The values last sent to the instrument.
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
            decoders: 0,
            instruments: Instruments::default(),
            decoded: None,
            voices_sounding: 0,
            voice_limit: 0,
            gain: 1.0,
            level: 0.0,
            is_measured: false,
            sent: LastSent::default(),
        }
    }
}

/// The values last sent to the instrument, so that only changes are sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LastSent {
    /// The points of the parts.
    pub points: [Option<Point>; PART_COUNT],
    /// The patch of part 0 that is not decoded, with its point.
    pub patch: Option<(Box<Patch>, Point)>,
    /// How notes are played.
    pub notes: Option<Notes>,
    /// The locked parameters.
    pub locks: Locks,
    /// The loops that play, and the beat.
    pub loops: Vec<SentLoop>,
    /// The tempo of the clock of bars, while it runs.
    pub transport: Option<f32>,
    /// The domains of recorded tones that loops play on.
    pub loop_domains: Vec<ToneDomain>,
    /// Bit n: part n is not for loops.
    pub claimed: u8,
}

/// A loop as it was last sent.
#[derive(Clone, Debug, PartialEq)]
pub struct SentLoop {
    /// The loop.
    pub own: Rc<RecordedLoop>,
    /// Seconds of the recording that pass in a second; on the clock the factor of its speed.
    pub rate: f64,
    /// The factor of its amplitude.
    pub gain: f32,
    /// Its sound; none: it plays as touches do.
    pub sound: Option<Box<LoopSettings>>,
}
