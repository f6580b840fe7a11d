//! “Play by voice…”: the microphone plays the current sound. A tracker on the audio thread finds notes, bend, loudness
//! and brightness; here they become keys like those of a MIDI keyboard, and the brightness moves the first
//! macro-control. The panel is open while a voice plays or the microphone is asked for. Never sees a sample.

mod decisions;
mod latency;
mod model;
mod problem;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::panels::script_value::script_enum;

use crate::panels::tasks::TaskNumber;

pub use latency::VoiceLatency;
pub use model::{HeardVoice, LiveModel};
pub use problem::VoiceProblem;

use latency::LatencyMeasurement;

/// A person does nothing inside the panel: its button opens and closes it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum LiveAction {}

/// The task of the panel.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum LiveTask {
    /// Listens to the microphone. Ends when another listener opens it; fails with the word of a [`VoiceProblem`].
    Listen,
}

script_enum! {
    /// A result of that task.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum LiveAnswer {
        /// The microphone is open, and its own delay in seconds as far as the browser knows it.
        Opened { input_latency_s: Option<f32> },
        /// About the longest time from the onset of a tone to its note, in seconds.
        Ready { detector_s: f32 },
        /// The tracker has heard something.
        Heard { report: VoiceReport },
    }
}

/// The tracker's report of everything that it has heard since its last one.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct VoiceReport {
    /// The events, in their order.
    pub events: Vec<VoiceEvent>,
    /// The level of the microphone, in dB of full scale.
    pub level_db: f32,
    /// The pitch as a MIDI key with its fraction; null without a note.
    pub pitch: Option<f32>,
    /// The time from the audio thread to the page, in seconds.
    pub transfer_s: f32,
    /// The delay of the loudspeakers, in seconds; 0 if the browser does not say it.
    pub output_latency_s: f32,
}

script_enum! {
    /// An event of a live voice.
    #[derive(Clone, Copy, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum VoiceEvent {
        /// A note begins in place of the last one: a MIDI key and its velocity.
        NoteOn { key: u8, velocity: u8 },
        /// The note ends.
        NoteOff,
        /// The pitch is so many semitones above the key.
        Bend { semitones: f32 },
        /// The loudness of the note, as a factor of the amplitude.
        Gain { factor: f32 },
        /// The brightness within the range that was heard, −1…1.
        Brightness { amount: f32 },
    }
}

/// The state of “Play by voice…”.
#[derive(Clone, Debug, Default)]
pub struct Live {
    listening: Option<Listening>,
    /// Why the voice plays no more, if a person did not ask for it.
    problem: Option<VoiceProblem>,
}

/// A voice that plays, or a microphone that is asked for.
#[derive(Clone, Debug)]
struct Listening {
    task: TaskNumber,
    /// True once the microphone is open.
    is_open: bool,
    latency: LatencyMeasurement,
    level_db: Option<f32>,
    pitch: Option<f32>,
    /// The brightness that has moved the macro-control last.
    brightness: f32,
}

impl Listening {
    fn new(task: TaskNumber) -> Self {
        let latency = LatencyMeasurement::default();
        Self { task, is_open: false, latency, level_db: None, pitch: None, brightness: 0.0 }
    }
}

impl Live {
    /// True if a voice plays, or the microphone is asked for.
    pub fn is_on(&self) -> bool {
        self.listening.is_some()
    }

    fn listening(&mut self, task: TaskNumber) -> Option<&mut Listening> {
        self.listening.as_mut().filter(|listening| listening.task == task)
    }
}
