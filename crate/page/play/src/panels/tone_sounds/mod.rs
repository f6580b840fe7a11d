//! “From sounds…” of an instrument of recorded tones: a person gives a sound A and gets it with the timbre of a domain,
//! or gives a sound B, too, and gets a sound between them. This folder decides which sounds count, when a result is
//! computed, and what is heard and said. It never decodes, computes or plays:
//! its tasks do, and samples stay in the page.

mod computing;
mod curve;
mod decisions;
mod given;
mod hearing;
mod model;
mod recording;
mod sentences;
mod settings;
mod task;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::panels::script_value::script_enum;

use crate::sounds::FileNumber;

pub use curve::CURVE_POINTS;
pub use hearing::ToneSide;
pub use model::{ShownTonePlace, ToneCurveModel, ToneResultModel, ToneSoundsModel, ToneSpeechModel};
pub use sentences::{ToneProblem, ToneRefusal, ToneSentence, ToneSpeechPlace};
pub use settings::ToneWay;
pub use task::{ToneSoundsAnswer, ToneSoundsTask};

use computing::ToneComputing;
use given::{GivenTones, WaitingTones};
use hearing::ToneHearing;
use recording::ToneRecording;
use sentences::ToneSpeech;
use settings::ToneSettings;

/// The place of a given sound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum TonePlace {
    /// The sound that gets the timbre, or from which the result goes.
    #[default]
    A,
    /// The sound to which the result goes.
    B,
}

impl TonePlace {
    /// Both, in their order.
    pub const ALL: [Self; 2] = [Self::A, Self::B];
}

/// A file that a person has dropped on the page.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct DroppedSound {
    /// Its number.
    pub file: FileNumber,
    /// Its name.
    pub name: String,
}

script_enum! {
    /// Something that a person does in “From sounds…”, or that its own clock does.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum ToneSoundsAction {
        /// A person opens the browser's chooser of files for a place.
        AskForFile { place: TonePlace },
        /// A person has chosen a file.
        TakeFile { place: TonePlace, file: FileNumber, name: String },
        /// A person drops files on the page: the first two become sound A and sound B.
        TakeDropped { files: Vec<DroppedSound> },
        /// Takes the example of a place.
        TakeExample { place: TonePlace, name: String },
        /// Removes a sound.
        Remove { place: TonePlace },
        /// Records a sound for a place, or ends its recording.
        Record { place: TonePlace },
        /// Chooses the domain by its place in the chooser; the model of chords and noises is the last.
        ChooseThrough { through: usize },
        /// Moves the strength of the timbre, 0…1.
        SetStrength { share: f32 },
        /// Moves the place between A and B: 0 is A, 1 is B.
        SetShare { share: f32 },
        /// Chooses how the result goes between A and B in time.
        ChooseWay { way: ToneWay },
        /// Aligns B with A in time, or leaves that.
        ToggleAligned,
        /// Moves a point of the drawn curve.
        SetCurvePoint { point: usize, value: f32 },
        /// A pointer begins to draw the curve, at shares of its box to the right and down.
        PressCurve { pointer: i32, across: f32, down: f32 },
        /// A pointer moves over the curve.
        DrawCurve { pointer: i32, across: f32, down: f32 },
        /// A pointer is up.
        ReleaseCurve { pointer: i32 },
        /// Plays A, B or the result on repeat.
        Hear { side: ToneSide },
        /// Plays on repeat, or stops.
        TogglePlaying,
        /// The sound of this count has reached its end.
        Played { count: u32 },
        /// Saves the result.
        Save,
        /// Another second of the recording of this count has passed.
        CountSecond { count: u32 },
    }
}

impl ToneSoundsAction {
    /// True if no person does it.
    fn is_automatic(&self) -> bool {
        matches!(self, Self::Played { .. } | Self::CountSecond { .. } | Self::ReleaseCurve { .. })
    }
}

/// The state of “From sounds…”.
#[derive(Clone, Debug, Default)]
pub struct ToneSounds {
    /// The sounds A and B.
    given: GivenTones,
    waiting: WaitingTones,
    recording: ToneRecording,
    settings: ToneSettings,
    computing: ToneComputing,
    hearing: ToneHearing,
    speech: ToneSpeech,
}
