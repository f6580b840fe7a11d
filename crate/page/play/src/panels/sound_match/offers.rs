//! The kind of the given sound, and the way that fits it: a melody and a rhythm can be sketched, of several sounds one
//! can be chosen. A worker tells the kind once the search has begun; a person takes the offer, or not.

use serde::Serialize;

use super::parts::SoundPart;
use super::{MatchKind, MatchTask, SoundMatch};
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;

/// A sound with a greater share of its energy in the difference of its channels is wide, as for the command.
const WIDE: f32 = 0.15;

/// The kind of a sound, in the order of the protocol's `SoundKind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum HeardKind {
    /// A note.
    Note,
    /// No pitch.
    Unpitched,
    /// Several pitches at once.
    Chord,
    /// Notes of one voice.
    Melody,
    /// Hits.
    Rhythm,
    /// Sounds that are no melody and no rhythm.
    Several,
}

impl HeardKind {
    fn of_number(number: f32) -> Option<Self> {
        let all = [Self::Note, Self::Unpitched, Self::Chord, Self::Melody, Self::Rhythm, Self::Several];
        all.get(number as usize).copied()
    }
}

/// A sound as a worker has heard it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ToldTarget {
    kind: HeardKind,
    /// The number of its notes, hits or sounds.
    count: u32,
    /// The share of its energy in the difference of its channels.
    width: f32,
    /// The loudest of several sounds.
    loudest: Option<SoundPart>,
    /// The keys of a chord.
    keys: Vec<u8>,
}

impl ToldTarget {
    /// Reads the numbers of the protocol's `SoundKind`; `begin_s` is that of the chosen part.
    fn of_numbers(numbers: &[f32], begin_s: f32) -> Option<Self> {
        let &[kind, count, width, from_s, to_s, ref keys @ ..] = numbers else { return None };
        let loudest = SoundPart { from_s: begin_s + from_s, to_s: begin_s + to_s };
        Some(Self {
            kind: HeardKind::of_number(kind)?,
            count: count as u32,
            width,
            loudest: (to_s > from_s).then_some(loudest),
            keys: keys.iter().map(|key| key.round() as u8).collect(),
        })
    }
}

/// The way that is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum OfferedWay {
    /// The sketch of a melody.
    Melody,
    /// The sketch of a rhythm.
    Rhythm,
    /// The loudest of several sounds.
    Loudest,
}

/// The sentence about the given sound, and the way that is offered.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MatchOffer {
    /// The kind of the sound.
    pub kind: HeardKind,
    /// The number of its notes, hits or sounds.
    pub count: u32,
    /// The keys of a chord, from low to high.
    pub keys: Vec<u8>,
    /// The share of its energy in the difference of its channels; null if it is not wide.
    pub width: Option<f32>,
    /// The way that a press takes; null if none fits better.
    pub way: Option<OfferedWay>,
}

impl SoundMatch {
    /// The offer for the target; none if nothing is to be said of it.
    pub(super) fn offer(&self) -> Option<MatchOffer> {
        let heard = self.target.as_ref()?.heard.as_ref()?;
        let way = match heard.kind {
            HeardKind::Melody => (self.kind != MatchKind::Voice).then_some(OfferedWay::Melody),
            HeardKind::Rhythm => (self.kind != MatchKind::Rhythm).then_some(OfferedWay::Rhythm),
            HeardKind::Several => heard.loudest.map(|_| OfferedWay::Loudest),
            _ => None,
        };
        let width = Some(heard.width).filter(|&width| width >= WIDE);
        let is_plain = matches!(heard.kind, HeardKind::Note | HeardKind::Unpitched);
        let is_done = matches!(heard.kind, HeardKind::Melody | HeardKind::Rhythm) && way.is_none();
        let ToldTarget { kind, count, keys, .. } = heard.clone();
        (width.is_some() || !(is_plain || is_done)).then_some(MatchOffer { kind, count, keys, width, way })
    }
}

impl Reducer<'_> {
    /// A worker tells the kind of a new target.
    pub(super) fn ask_for_sound_kind(&mut self) {
        let Some(target) = &self.sound_match().target else { return };
        let task = MatchTask::TellKind { sound: target.given, part: target.part };
        let task = self.begin_task(task);
        let before = self.sound_match().given.kind_task.replace(task);
        self.cancel_task(before);
    }

    pub(super) fn take_sound_kind(&mut self, task: TaskNumber, numbers: &[f32]) {
        let own = self.sound_match();
        if own.given.kind_task.take_if(|own| *own == task).is_some()
            && let Some(target) = &mut own.target
        {
            target.heard = ToldTarget::of_numbers(numbers, target.part.map_or(0.0, |part| part.from_s));
        }
    }

    /// A person takes the offer.
    pub(super) fn take_offer(&mut self) {
        match self.sound_match().offer().and_then(|offer| offer.way) {
            Some(OfferedWay::Melody) => self.ask_for_kind(MatchKind::Voice),
            Some(OfferedWay::Rhythm) => self.ask_for_kind(MatchKind::Rhythm),
            Some(OfferedWay::Loudest) => {
                let target = self.sound_match().target.as_ref();
                let loudest = target.and_then(|target| target.heard.as_ref()?.loudest);
                self.choose_part(loudest);
            }
            None => {}
        }
    }
}
