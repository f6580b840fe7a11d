//! “Sing a loop” as its script draws it.

use serde::Serialize;

use super::{SingRefusal, SungStyle};
use crate::Scale;
use crate::loops::LOOP_LIMIT;
use crate::panels::PanelId;
use crate::sounds::SoundNumber;
use crate::state::State;
use crate::tracks::beat::Beat;
use crate::tracks::transport::BEATS_PER_BAR;

/// “Sing a loop”.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SingModel {
    /// True while it is shown.
    pub is_open: bool,
    /// Where it is.
    pub stage: SingStage,
    /// Why there is no loop; null without a reason.
    pub refusal: Option<SingRefusal>,
    /// True if the loop counts in and has the bars of the others.
    pub has_bars: bool,
    /// True if other loops or the beat are heard while one sings: a microphone hears them, too.
    pub has_others: bool,
    /// The notes, of all parts.
    pub notes: Vec<ShownSungNote>,
    /// The length of the loop, in bars.
    pub bars: u16,
    /// The key of a melody; null for hits, and before there are notes.
    pub key: Option<ShownSungKey>,
    /// True if they are hits.
    pub are_hits: bool,
    /// How the notes follow the voice.
    pub style: SungStyle,
    /// True if something plays.
    pub is_playing: bool,
    /// True if that is the voice.
    pub is_voice: bool,
    /// The done share of the search, 0…1.
    pub share: f32,
    /// The numbers that the loops have once they are kept.
    pub numbers: Vec<u8>,
    /// The recorded voice that plays.
    pub voice: Option<PlayedVoice>,
}

/// Where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum SingStage {
    /// Nothing is sung yet.
    Ready,
    /// The browser asks for the microphone.
    Asking,
    /// The microphone is recorded, or waits for the bar line.
    Recording,
    /// The workers hear the recording; nothing is found yet.
    Hearing,
    /// There is a loop on trial.
    Found,
}

/// A note of the loop.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ShownSungNote {
    /// Its beginning, as a share of the round.
    pub start: f64,
    /// Its end, as a share of the round.
    pub end: f64,
    /// Its MIDI key.
    pub key: u8,
    /// The position of its part, from 0.
    pub part: usize,
}

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ShownSungKey {
    /// The root, 0 (C) … 11 (B).
    pub root: u8,
    /// The position of the scale among all scales.
    pub scale: usize,
    /// True if its notes are written with flats.
    pub has_flats: bool,
}

/// The recorded voice that plays again and again.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct PlayedVoice {
    /// The recording.
    pub sound: SoundNumber,
    /// Where a round begins, in seconds of it.
    pub from_s: f64,
    /// Where a round ends, in seconds of it.
    pub to_s: f64,
    /// Where it begins now, in seconds of it.
    pub at_s: f64,
    /// Counts the beginnings.
    pub count: u32,
}

pub(super) fn model(state: &State) -> SingModel {
    let sing = &state.panels.sing;
    let document = state.document();
    let span = state.sung_span();
    SingModel {
        is_open: state.panels.is_open(PanelId::Sing),
        stage: stage(state),
        refusal: sing.refusal,
        has_bars: state.has_bars(),
        has_others: document.beat != Beat::Off || !document.loops.all().is_empty(),
        notes: notes(state),
        bars: span.map_or(0, |span| span.beats.div_ceil(BEATS_PER_BAR as u16)),
        key: state.sung_key().map(|key| ShownSungKey {
            root: key.root,
            scale: Scale::ALL.iter().position(|&scale| scale == key.scale).unwrap_or_default(),
            has_flats: key.scale.has_flats(key.root),
        }),
        are_hits: sing.parts.are_hits,
        style: sing.style,
        is_playing: sing.trial.is_playing,
        is_voice: sing.trial.is_voice,
        share: if sing.search.task.is_some() { sing.parts.share() } else { 1.0 },
        numbers: sing.trial.loops.iter().map(|own| own.number).collect(),
        voice: sing.trial.voice,
    }
}

fn stage(state: &State) -> SingStage {
    let sing = &state.panels.sing;
    let is_heard = sing.reading.is_some() || sing.search.examining.is_some() || sing.search.task.is_some();
    match &sing.recording {
        Some(recording) if recording.end.is_some() => SingStage::Hearing,
        Some(recording) if recording.opened_ms.is_some() => SingStage::Recording,
        Some(_) => SingStage::Asking,
        None if !sing.trial.loops.is_empty() => SingStage::Found,
        None if is_heard => SingStage::Hearing,
        None => SingStage::Ready,
    }
}

fn notes(state: &State) -> Vec<ShownSungNote> {
    let parts = &state.panels.sing.parts;
    let Some(span) = state.sung_span() else { return Vec::new() };
    let shown = parts.with_room(LOOP_LIMIT).into_iter().flat_map(|part| {
        let notes = state.sung_notes(&parts.all[part]).into_iter();
        notes.map(move |note| ShownSungNote {
            start: note.start_s / span.length_s,
            end: note.end_s / span.length_s,
            key: note.key,
            part,
        })
    });
    shown.collect()
}
