//! “Sing a loop”: a person hums or beatboxes into the microphone, counted in and in whole bars like any loop, and
//! workers find a patch and notes for it. The first ones play at once, as a loop on trial in time with the others; a
//! better patch takes the place of the one before until a person keeps the loop. This folder decides when the
//! microphone is recorded, what becomes of the recording, and what is kept. It never sees a sample.

mod decisions;
mod hearing;
mod keeping;
mod model;
mod parts;
mod recording;
mod refusal;
mod trial;

use serde::{Deserialize, Serialize};

use crate::panels::script_value::script_enum;
use crate::panels::sound_match::RhythmHit;
use crate::panels::tasks::TaskNumber;
use crate::sounds::{FileNumber, SoundNumber};

pub use model::{PlayedVoice, ShownSungKey, ShownSungNote, SingModel, SingStage};
pub use refusal::SingRefusal;

use hearing::{SungSearch, SungVoice};
use parts::SungParts;
use recording::SungRecording;
use trial::SungTrial;

script_enum! {
    /// Something that a person does in “Sing a loop”.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum SingAction {
        /// Asks for the microphone and counts in. What was sung before is dropped.
        Record,
        /// Ends the recording, as the button that records does.
        Finish,
        /// Takes a sound file in place of the microphone.
        TakeFile { file: FileNumber },
        /// The notes are in tune, or as they were sung.
        SetInTune { is_in_tune: bool },
        /// A person hears the recording, or the instrument.
        HearVoice { is_voice: bool },
        /// Plays what is chosen, or stops it.
        TogglePlaying,
        /// Keeps the loop as the next track, or several, under these names.
        Keep { names: Vec<String> },
    }
}

/// A task of “Sing a loop”. A patch is its 41 stored values. All may fail with `lost`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum SingTask {
    /// Records the microphone until [`SingTask::FinishRecording`]: [`SingAnswer::Listening`], then
    /// [`SingAnswer::Recorded`]. Fails with a word of [`SingRefusal`].
    Record,
    /// Ends the recording after a while: what was sung until now is still on its way.
    FinishRecording { after_ms: f64 },
    /// Reads a sound file: [`SingAnswer::Read`]. Fails with `too_large` or `not_audio`.
    Read { file: FileNumber },
    /// The workers hear a part of a sound, and find how it can be sketched: [`SingAnswer::Examined`].
    Examine { sound: SoundNumber, part: HeardPart },
    /// Sketches that part as a melody, whose patch keeps the parameters with these indices: [`SingAnswer::Melody`]
    /// again and again.
    SketchMelody { locked: Vec<u8>, patch: Vec<f32> },
    /// Sketches that part as a rhythm: [`SingAnswer::Hits`], then [`SingAnswer::Kind`] again and again.
    SketchRhythm,
    /// Frees a sound that nothing names any more.
    Forget { sound: SoundNumber },
    /// Ends the workers.
    Free,
}

/// A part of a recording, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct HeardPart {
    /// Its beginning.
    pub from_s: f64,
    /// Its end.
    pub to_s: f64,
}

script_enum! {
    /// A result of these tasks.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum SingAnswer {
        /// The microphone is on.
        Listening,
        /// The recording: when its first sample reached the page, in milliseconds on the clock of the frames; the
        /// delays of the microphone and of the buffer of the output, as the browser states them.
        Recorded {
            sound: SoundNumber,
            from_ms: f64,
            #[cfg_attr(feature = "types", ts(rename = "microphone_s"))]
            microphone_s: Option<f64>,
            #[cfg_attr(feature = "types", ts(rename = "buffer_s"))]
            buffer_s: Option<f64>,
        },
        /// A file, and its length.
        Read {
            sound: SoundNumber,
            #[cfg_attr(feature = "types", ts(rename = "length_s"))]
            length_s: f64,
        },
        /// How the part can be sketched, see the protocol's `VoiceProblem`.
        Examined { problem: u8, has_hits: bool, is_unvoiced: bool },
        /// A better sketch of the melody: its performance as numbers, see the protocol's `SketchPerformance`, at times
        /// of the part; its patch; the share of the search that is done.
        Melody { performance: Vec<f32>, patch: Vec<f32>, share: f32 },
        /// The hits, at times of the part.
        Hits { hits: Vec<RhythmHit> },
        /// A better patch for a kind of hits.
        Kind { kind: usize, patch: Vec<f32>, share: f32 },
        /// The place of a patch on the plane, x and y; null if that cannot be computed.
        Placed { point: Option<[f32; 2]> },
        /// The stored cutoffs of the patches at points; none if they cannot be computed.
        Decoded { cutoffs: Vec<f32> },
    }
}

/// How the instrument's notes follow the voice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum SungStyle {
    /// On keys of a scale and on sixteenths of the beat.
    #[default]
    InTune,
    /// On the nearest semitones, at the times at which they were sung.
    AsSung,
}

/// The state of “Sing a loop”.
#[derive(Clone, Debug, Default)]
pub struct Sing {
    recording: Option<SungRecording>,
    /// The task that reads a file.
    reading: Option<TaskNumber>,
    voice: Option<SungVoice>,
    search: SungSearch,
    parts: SungParts,
    trial: SungTrial,
    style: SungStyle,
    refusal: Option<SingRefusal>,
}
