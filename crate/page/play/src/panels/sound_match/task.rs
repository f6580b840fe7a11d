//! The tasks of “From a sound…”, which its script performs, and their answers.

use serde::Serialize;

use super::{AnswerName, AnswerNote, LeftOverBand, RhythmHit, SketchedVoice, SoundPart};
use crate::panels::script_value::script_enum;
use crate::sounds::{FileNumber, SoundNumber};

/// A task of “From a sound…”. A patch is its 41 stored values. All may fail with `lost`: no worker or file for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum MatchTask {
    /// Starts the workers, so that the first search begins sooner.
    Prepare,
    /// Records from the microphone, to its longest or until [`MatchTask::FinishRecording`]: [`MatchAnswer::Listening`],
    /// then [`MatchAnswer::Recorded`]. Fails with a word of [`super::MatchRefusal`].
    Record,
    /// Ends the recording.
    FinishRecording,
    /// Reads a sound file: [`MatchAnswer::Read`]. Fails with `too_large` or `not_audio`.
    Read { file: FileNumber },
    /// Finds how a sound, or a part of it, can be sketched: [`MatchAnswer::Examined`].
    Examine { sound: SoundNumber, part: Option<SoundPart> },
    /// The workers take a sound, or a part of it, as their target, unless they refuse it: [`MatchAnswer::Heard`] or
    /// [`MatchAnswer::Refused`].
    Listen { sound: SoundNumber, part: Option<SoundPart> },
    /// Tells the kind of a sound, or of a part of it: [`MatchAnswer::Kind`].
    TellKind { sound: SoundNumber, part: Option<SoundPart> },
    /// Finds the hits of the target: [`MatchAnswer::Hits`].
    FindHits,
    /// Searches for the target of this name by four strands, which keep the parts of these bits of the patch, and its
    /// parameters with these indices: [`MatchAnswer::Found`] again and again.
    Search { name: String, kept: u8, locked: Vec<u8>, patch: Vec<f32> },
    /// Sketches the target of this name as a melody, whose patch keeps the parameters with these indices:
    /// [`MatchAnswer::Contours`] of the target's sound, then
    /// [`MatchAnswer::Sketched`] and [`MatchAnswer::Found`] again and again.
    Sketch { name: String, target: SoundNumber, locked: Vec<u8>, patch: Vec<f32> },
    /// Searches for a patch for each of these kinds of hits: [`MatchAnswer::Found`] again and again.
    SearchRhythm { name: String, kinds: usize },
    /// Renders a strand's patch that plays this note: [`MatchAnswer::Rendered`].
    Render { patch: Vec<f32>, note: AnswerNote, strand: usize },
    /// Renders the rhythm with the patches of its first kinds; with a kind that one alone, as loud as it is among all.
    RenderRhythm { patches: Vec<Vec<f32>>, kind: Option<usize> },
    /// Draws the waveform and the spectrogram of the target. Ends once they are drawn.
    DrawTarget { sound: SoundNumber },
    /// Draws the spectrogram of an answer. Ends once it is drawn.
    DrawAnswer { sound: SoundNumber, name: AnswerName },
    /// Finds the left-over of a patch that plays this note: [`MatchAnswer::LeftOver`].
    MeasureLeftOver { patch: Vec<f32>, note: AnswerNote },
    /// Compares a strand's patch that plays this note with the target, or if it is levelled with the target at the
    /// patch's own level: [`MatchAnswer::Compared`].
    Compare { patch: Vec<f32>, note: AnswerNote, is_levelled: bool, strand: usize },
    /// Compares the sketch of a melody with the target: [`MatchAnswer::SketchCompared`].
    CompareSketch { sketch: SoundNumber },
    /// Compares the rhythm with the patches of its kinds with the target: [`MatchAnswer::SketchCompared`].
    CompareRhythm { patches: Vec<Vec<f32>> },
    /// Saves the notes of a melody, which the sound of its sketch has, under the name of the given sound.
    SaveMelody { sketch: SoundNumber, name: String, bpm: f32 },
    /// Saves the hits of the rhythm under the name of the given sound, as a MIDI file that states this tempo.
    SaveRhythm { name: String, bpm: f32 },
    /// Frees sounds that nothing names any more.
    Forget { sounds: Vec<SoundNumber> },
}

script_enum! {
    /// A result of these tasks.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum MatchAnswer {
        /// The microphone is on.
        Listening,
        /// The recording, as a file of this name.
        Recorded { file: FileNumber, name: String },
        /// A file is read, and its length; it is long if it goes on after all that is heard of it, and damaged if parts
        /// of the file are missing.
        Read {
            sound: SoundNumber,
            is_long: bool,
            is_damaged: bool,
            #[cfg_attr(feature = "types", ts(rename = "length_s"))]
            length_s: f32,
        },
        /// The kind of a sound, see the protocol's `SoundKind`.
        Kind { numbers: Vec<f32> },
        /// How a sound can be sketched: the number of its problem as a melody, 0 without one (see the protocol's
        /// `VoiceProblem`); whether it has hits; whether much of it has no pitch.
        Examined { problem: u8, has_hits: bool, is_unvoiced: bool },
        /// A sound cannot be searched for, by the number of its problem (see the protocol's `HearTarget`).
        Refused { problem: u8 },
        /// The target, its nearest key (null without a pitch), the cents above that key, and its length.
        Heard {
            sound: SoundNumber,
            key: Option<u8>,
            cents: f32,
            #[cfg_attr(feature = "types", ts(rename = "length_s"))]
            length_s: f32,
        },
        /// The hits of the target.
        Hits { hits: Vec<RhythmHit> },
        /// A strand's report: its renders, its done share, the distance of its best patch (null before it was
        /// compared), its note (null for a sketch), and that patch.
        Found {
            strand: usize,
            renders: u32,
            share: f32,
            distance: Option<f32>,
            note: Option<AnswerNote>,
            patch: Vec<f32>,
        },
        /// The page has the level and the pitch of the target over time.
        Contours,
        /// A better sketch of the melody.
        Sketched { sketch: SketchedVoice },
        /// The rendered sound.
        Rendered { sound: SoundNumber },
        /// The bands of the left-over, from low to high.
        LeftOver { bands: Vec<LeftOverBand> },
        /// How an answer differs from the target, see the protocol's `CompareAnswer`.
        Compared { numbers: Vec<f32> },
        /// How a sketch differs from the target, see the protocol's `CompareSketch`.
        SketchCompared { remarks: Vec<f32> },
        /// The place of a patch on the plane, x and y; null if that cannot be computed.
        Placed { point: Option<[f32; 2]> },
    }
}
