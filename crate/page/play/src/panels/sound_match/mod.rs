//! “From a sound…”: a person gives a sound; workers search for patches that sound like it, or sketch it as a melody or
//! as a rhythm. This folder decides which sound is searched for, which answer is heard, chosen and kept, and what is
//! said of it. It never decodes, renders or plays: its tasks do, and samples stay in the page.

mod choosing;
mod decisions;
mod differences;
mod examining;
mod fit;
mod giving;
mod hearing;
mod keeping;
mod model;
mod naming;
mod offers;
mod part_choosing;
mod parts;
mod pictures;
mod recording;
mod rendering;
mod searching;
mod sentences;
mod sketches;
mod strands;
mod task;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::panels::script_value::script_enum;
use crate::sounds::{FileNumber, SoundNumber};

pub use differences::AnswerRemark;
pub use hearing::{MatchPlaying, MatchSound};
pub use model::{
    AnswerName, MatchAbout, MatchLeftOver, MatchModel, ShownHearing, ShownKeeping, ShownMarks, ShownSearch,
    ShownSketch, ShownStrand,
};
pub use naming::MatchedSound;
pub use offers::{HeardKind, MatchOffer, OfferedWay};
pub use parts::{ShownPart, SoundPart};
pub use pictures::LeftOverBand;
pub use sentences::{MatchRefusal, MatchSentence};
pub use sketches::{RhythmHit, SketchedVoice};
pub use strands::{AnswerNote, MatchStrand, STRAND_COUNT, StrandReport, StrandSearch};
pub use task::{MatchAnswer, MatchTask};

use fit::VoiceFit;
use giving::GivenSounds;
use hearing::Hearing;
use keeping::Placing;
use offers::ToldTarget;
use pictures::MatchPictures;
use recording::MicrophoneRecording;
use rendering::Renders;
use sentences::MatchSpeech;

/// The kind of result that a sound is to become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum MatchKind {
    /// A patch that sounds like it.
    #[default]
    Sound,
    /// The sketch of a melody.
    Voice,
    /// The sketch of a rhythm: a patch for each kind of hits.
    Rhythm,
}

/// A property of a patch that the next search can keep; in the order of the bits of a search's task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum MatchPart {
    /// The parameters that the pitch of a key depends on.
    Pitch,
    /// The change of the loudness during a note.
    Envelope,
    /// Everything else.
    Timbre,
}

script_enum! {
    /// Something that a person does in “From a sound…”, or that its own clock does.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum MatchAction {
        /// Takes a file that a person has dropped or chosen.
        TakeFile { file: FileNumber, name: String },
        /// Records, or ends the recording.
        Record,
        /// Chooses the kind to find.
        Choose { kind: MatchKind },
        /// Plays on repeat, or stops.
        TogglePlaying,
        /// Plays the target, once or on repeat as before.
        HearTarget,
        /// Plays a strand's best patch; with `is_alone` one kind of hits without the others.
        HearStrand { strand: usize, is_alone: bool },
        /// Plays the answer that is chosen; of a rhythm, all kinds of hits.
        HearAnswer,
        /// The sound of this count has reached its end.
        Played { count: u32 },
        /// Saves the notes of the sketch.
        SaveNotes,
        /// The next search keeps this part, or finds it again.
        TogglePart { part: MatchPart },
        /// The chosen answer becomes the current patch.
        Keep,
        /// Searches again for the same sound.
        Again,
        /// Another second of the recording of this count has passed.
        CountSecond { count: u32 },
        /// Takes the way that is offered for the given sound.
        TakeOffer,
        /// A drag in the waveform begins at this time of the given sound.
        BeginPart {
            #[cfg_attr(feature = "types", ts(rename = "at_s"))]
            at_s: f32,
        },
        /// It goes on to this time.
        MovePart {
            #[cfg_attr(feature = "types", ts(rename = "at_s"))]
            at_s: f32,
        },
        /// It ends: its part is searched for.
        EndPart,
        /// A slider sets a part, which is searched for after a pause.
        AimPart {
            #[cfg_attr(feature = "types", ts(rename = "from_s"))]
            from_s: f32,
            #[cfg_attr(feature = "types", ts(rename = "to_s"))]
            to_s: f32,
        },
        /// All of the given sound is searched for again.
        ChooseWhole,
        /// The pause after the change of this count of a slider is over.
        EndPartPause { count: u32 },
        /// The pause after a picture of this count is over.
        EndPicturePause { count: u32 },
    }
}

/// The state of “From a sound…”.
#[derive(Clone, Debug, Default)]
pub struct SoundMatch {
    /// The kind that a person has chosen for this sound and the next.
    wanted: MatchKind,
    /// The kind that is searched for: a rhythm without pitch is no melody.
    kind: MatchKind,
    /// The kind whose button is pressed.
    pressed: MatchKind,
    given: GivenSounds,
    recording: MicrophoneRecording,
    /// The sound that is searched for.
    target: Option<MatchTarget>,
    /// The search for it.
    pub search: StrandSearch,
    placing: Placing,
    hearing: Hearing,
    renders: Renders,
    /// The last sketch of a melody.
    sketch: Option<SketchedVoice>,
    /// The hits of a rhythm.
    hits: Vec<RhythmHit>,
    pictures: MatchPictures,
    /// True for each part that the next search keeps, in the order of [`MatchPart`].
    kept_parts: [bool; 3],
    speech: MatchSpeech,
}

/// A sound that is searched for.
#[derive(Clone, Debug, PartialEq)]
struct MatchTarget {
    name: String,
    /// Its nearest key; none for a sound without a pitch.
    key: Option<u8>,
    /// Its distance above that key.
    cents: f32,
    length_s: f32,
    /// The sound as the workers hear it, which is played and drawn.
    sound: SoundNumber,
    /// The sound as it was given.
    given: SoundNumber,
    given_length_s: f32,
    /// True if parts of its file are missing.
    is_damaged: bool,
    /// The part of that which is searched for; none for all of it.
    part: Option<SoundPart>,
    /// Its kind, once that is known.
    heard: Option<ToldTarget>,
    /// How it can be sketched, once that is known.
    fit: Option<VoiceFit>,
    /// True once its level and pitch over time are in the page.
    has_contours: bool,
}

impl SoundMatch {
    /// The kinds of hits of the rhythm.
    fn hit_kinds(&self) -> usize {
        self.hits.iter().map(|hit| usize::from(hit.kind) + 1).max().unwrap_or_default()
    }
}
