//! “From a sound…” as its script draws it.

use serde::Serialize;

use super::keeping::{is_current, is_heard};
use super::{
    AnswerNote, AnswerRemark, LeftOverBand, MatchKind, MatchOffer, MatchPlaying, MatchSentence, MatchSound,
    MatchStrand, RhythmHit,
};
use super::{ShownPart, SketchedVoice, SoundMatch};
use crate::page::Tab;
use crate::panels::PanelId;
use crate::sounds::{PlayedSound, SoundNumber};
use crate::state::State;
use crate::viewport::{FLAG_RADIUS_PX, RingPlace};

/// A difference of a band that is worth a mention, in dB: a doubled loudness.
const NOTABLE_DB: f32 = 10.0;

/// “From a sound…”.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MatchModel {
    /// True while it is shown.
    pub is_open: bool,
    /// The sentences below the title.
    pub status: Vec<MatchSentence>,
    /// The kind that is searched for.
    pub kind: MatchKind,
    /// The kind whose button is pressed.
    pub pressed: MatchKind,
    /// True while the microphone records.
    pub is_recording: bool,
    /// The sound that is searched for.
    pub target: Option<MatchAbout>,
    /// The search for it.
    pub search: ShownSearch,
    /// The marks of the strands on the pad.
    pub marks: ShownMarks,
    /// The sound that is heard, and how it plays.
    pub hearing: ShownHearing,
    /// The answer and the parts that can be kept.
    pub keeping: ShownKeeping,
    /// The sketch.
    pub sketch: ShownSketch,
    /// At most three remarks on the chosen answer, the most audible first.
    pub remarks: Vec<AnswerRemark>,
    /// The name of the answer that is chosen.
    pub answer_name: AnswerName,
    /// True while the picture of an answer is of this search.
    pub has_picture: bool,
    /// The left-over of the answer; null until that is measured.
    pub left_over: Option<MatchLeftOver>,
}

/// The sound that is searched for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MatchAbout {
    /// Its name.
    pub name: String,
    /// Its nearest key; null for a sound without a pitch.
    pub key: Option<u8>,
    /// Its distance above that key.
    pub cents: f32,
    /// Its length.
    #[serde(rename = "length_s")]
    pub length_s: f32,
    /// The number of the sound.
    pub sound: SoundNumber,
    /// True once the page has its level and pitch over time.
    pub has_contours: bool,
    /// The sentence about its kind, and the way that is offered.
    pub offer: Option<MatchOffer>,
    /// The given sound, and the part of it that is chosen.
    pub part: ShownPart,
}

/// The search.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ShownSearch {
    /// Counts the searches.
    pub run: u32,
    /// True while it searches.
    pub is_running: bool,
    /// The strands.
    pub strands: Vec<ShownStrand>,
    /// The strand that is heard and kept.
    pub chosen: usize,
}

/// The marks of the strands on the pad.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ShownMarks {
    /// The place of each strand's mark, x and y in CSS pixels; null if it is not shown.
    pub places: Vec<Option<[f32; 2]>>,
    /// The place of the current point's ring, for which the notes over the map make room.
    pub ring: RingPlace,
}

/// A strand.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ShownStrand {
    /// True once it has found something.
    pub is_found: bool,
    /// The difference of its answer from the target in per cent; null before that was compared, and of a sketch.
    pub percent: Option<f32>,
    /// True while its answer may still be compared.
    pub is_awaited: bool,
    /// True if no other answer is closer, once all are compared.
    pub is_closest: bool,
    /// The note that its answer plays; null without an answer, and for a sketch.
    pub note: Option<AnswerNote>,
    /// The done share and the distance of each of its reports.
    pub steps: Vec<[f32; 2]>,
}

/// The sound that is heard, and how it plays.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ShownHearing {
    /// True if it plays again and again.
    pub is_repeating: bool,
    /// True if it is the target, else the chosen answer.
    pub is_target: bool,
    /// True if the chosen kind of hits sounds without the others.
    pub is_alone: bool,
    /// The sound that plays.
    pub player: Option<PlayedSound>,
}

/// The answer and the parts that can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ShownKeeping {
    /// True if the chosen answer is the patch.
    pub is_current: bool,
    /// True if it can become the patch.
    pub can_keep: bool,
    /// True for each part that the next search keeps: pitch, envelope, timbre.
    pub parts: [bool; 3],
    /// True if groups are locked, whose values every answer has.
    pub has_locks: bool,
}

/// The sketch of a melody or of a rhythm.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ShownSketch {
    /// The sketch of a melody.
    pub voice: Option<SketchedVoice>,
    /// The hits of a rhythm.
    pub hits: Vec<RhythmHit>,
}

/// The left-over of the answer: its differences from the target.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MatchLeftOver {
    /// All bands, from low to high.
    pub bands: Vec<LeftOverBand>,
    /// The frequencies in Hz between which the answer is much too quiet.
    pub missing: Vec<[f32; 2]>,
    /// Those between which it is much too loud.
    pub too_much: Vec<[f32; 2]>,
    /// The least difference for that.
    #[serde(rename = "limit_db")]
    pub limit_db: f32,
}

/// The name of the answer that is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum AnswerName {
    /// The answer of a strand, from 1.
    Answer { number: usize },
    /// A sketch.
    Sketch,
    /// A kind of hits, from 1.
    Hits { number: usize },
}

pub(super) fn answer_name(own: &SoundMatch) -> AnswerName {
    let number = own.search.chosen + 1;
    match own.kind {
        MatchKind::Sound => AnswerName::Answer { number },
        MatchKind::Rhythm if own.hearing.is_alone => AnswerName::Hits { number },
        MatchKind::Voice | MatchKind::Rhythm => AnswerName::Sketch,
    }
}

pub(super) fn model(state: &State) -> MatchModel {
    let own = &state.panels.sound_match;
    let is_current = is_current(state);
    MatchModel {
        is_open: state.panels.is_open(PanelId::SoundMatch),
        status: own.speech.said.clone(),
        kind: own.kind,
        pressed: own.pressed,
        is_recording: own.recording.is_on,
        target: own.about(),
        search: ShownSearch {
            run: own.search.run,
            is_running: own.search.is_running(),
            strands: (0..own.search.strands.len()).map(|strand| shown_strand(own, strand)).collect(),
            chosen: own.search.chosen,
        },
        marks: ShownMarks {
            places: own.search.strands.iter().map(|strand| mark(state, strand.as_ref()?)).collect(),
            ring: state.map.viewport.ring_place(state.point()),
        },
        hearing: ShownHearing {
            is_repeating: own.hearing.playing == MatchPlaying::Repeating,
            is_target: own.hearing.heard == MatchSound::Target,
            is_alone: own.hearing.is_alone,
            player: own.hearing.player,
        },
        keeping: ShownKeeping {
            is_current,
            can_keep: !is_current && own.search.is_compared(),
            parts: own.kept_parts,
            has_locks: !state.document().locks.is_empty(),
        },
        sketch: ShownSketch {
            voice: own.sketch,
            hits: if own.kind == MatchKind::Rhythm { own.hits.clone() } else { Vec::new() },
        },
        remarks: own.remarks().to_vec(),
        answer_name: answer_name(own),
        has_picture: own.pictures.answer.is_some(),
        left_over: own.left_over(),
    }
}

fn shown_strand(own: &SoundMatch, number: usize) -> ShownStrand {
    let strand = own.search.strand(number);
    let found = own.search.strands.iter().flatten().count();
    ShownStrand {
        is_found: strand.is_some(),
        percent: own.percent(number),
        is_awaited: own.is_percent_awaited(number),
        is_closest: found > 1 && own.closest() == Some(number),
        note: strand.and_then(|strand| strand.report.note),
        steps: strand.map_or_else(Vec::new, |strand| strand.steps.clone()),
    }
}

/// A mark is shown with the panel, but not where the current patch has its ring.
fn mark(state: &State, strand: &MatchStrand) -> Option<[f32; 2]> {
    let is_shown = state.page.tab == Tab::Sound
        && state.panels.is_open(PanelId::SoundMatch)
        && !is_heard(state, &strand.report.patch);
    let point = strand.point().filter(|_| is_shown)?;
    let (x, y) = state.map.viewport.kept_inside(point, FLAG_RADIUS_PX);
    Some([x as f32, y as f32])
}

impl SoundMatch {
    fn about(&self) -> Option<MatchAbout> {
        let target = self.target.as_ref()?;
        Some(MatchAbout {
            name: target.name.clone(),
            key: target.key,
            cents: target.cents,
            length_s: target.length_s,
            sound: target.sound,
            has_contours: target.has_contours,
            offer: self.offer(),
            part: self.shown_part(target),
        })
    }

    fn left_over(&self) -> Option<MatchLeftOver> {
        let bands = &self.pictures.left_over;
        let chosen = |is_it: fn(f32) -> bool| joined(bands.iter().filter(|band| is_it(band.difference_db)));
        (!bands.is_empty()).then(|| MatchLeftOver {
            bands: bands.clone(),
            missing: chosen(|difference_db| difference_db <= -NOTABLE_DB),
            too_much: chosen(|difference_db| difference_db >= NOTABLE_DB),
            limit_db: NOTABLE_DB,
        })
    }
}

/// Neighbouring bands as one: their lowest and their highest frequency.
fn joined<'a>(bands: impl Iterator<Item = &'a LeftOverBand>) -> Vec<[f32; 2]> {
    let mut wide: Vec<[f32; 2]> = Vec::new();
    for band in bands {
        match wide.last_mut() {
            Some([_, to_hz]) if *to_hz >= band.from_hz => *to_hz = band.to_hz,
            _ => wide.push([band.from_hz, band.to_hz]),
        }
    }
    wide
}
