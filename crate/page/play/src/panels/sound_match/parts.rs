//! The part of the given sound that a person chooses in its waveform: by a drag, or by two sliders after whose last
//! change a pause tells that it is meant. The sound is then judged and searched for as if it was only that part.

use serde::Serialize;

use super::giving::{Asked, ReadSound};
use super::{MatchAction, SoundMatch};
use crate::reduce::Reducer;
use crate::sounds::SoundNumber;

/// The shortest part, in seconds: the shortest sound that is searched for.
const LEAST_S: f32 = 0.05;
/// The pause after the last change of a slider.
const PAUSE_MS: i32 = 700;

/// A part of a sound.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SoundPart {
    /// Its begin.
    pub from_s: f32,
    /// Its end.
    pub to_s: f32,
}

/// The part that a person is choosing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PartChoice {
    /// The part as it is aimed at.
    pub aimed: Option<SoundPart>,
    /// The time at which a drag has begun.
    anchor_s: Option<f32>,
    /// Counts the changes of the sliders.
    count: u32,
}

/// The waveform of the given sound and the chosen part of it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ShownPart {
    /// The number of the given sound.
    pub sound: SoundNumber,
    /// Its length.
    pub length_s: f32,
    /// The begin of the part.
    pub from_s: f32,
    /// The end of the part.
    pub to_s: f32,
    /// True if it is the whole sound.
    pub is_whole: bool,
}

impl SoundPart {
    fn within(self, length_s: f32) -> Self {
        let [low, high] =
            if self.from_s <= self.to_s { [self.from_s, self.to_s] } else { [self.to_s, self.from_s] };
        let from_s = low.clamp(0.0, (length_s - LEAST_S).max(0.0));
        Self { from_s, to_s: high.clamp((from_s + LEAST_S).min(length_s), length_s) }
    }
}

impl SoundMatch {
    /// The part that is shown.
    pub(super) fn shown_part(&self) -> Option<ShownPart> {
        let target = self.target.as_ref()?;
        let length_s = target.given_length_s;
        let part = self.part_choice.aimed.or(target.part);
        let SoundPart { from_s, to_s } = part.unwrap_or(SoundPart { from_s: 0.0, to_s: length_s });
        Some(ShownPart { sound: target.given, length_s, from_s, to_s, is_whole: part.is_none() })
    }

    fn length_s(&self) -> f32 {
        self.target.as_ref().map_or(0.0, |target| target.given_length_s)
    }
}

impl Reducer<'_> {
    /// A drag begins.
    pub(super) fn begin_part_drag(&mut self, at_s: f32) {
        let own = self.sound_match();
        if own.target.is_some() && at_s.is_finite() {
            own.part_choice.anchor_s = Some(at_s);
        }
    }

    /// A drag goes on.
    pub(super) fn move_part_drag(&mut self, at_s: f32) {
        let own = self.sound_match();
        let length_s = own.length_s();
        let anchor_s = own.part_choice.anchor_s.filter(|_| at_s.is_finite());
        if let Some(from_s) = anchor_s {
            own.part_choice.aimed = Some(SoundPart { from_s, to_s: at_s }.within(length_s));
        }
    }

    /// A drag ends. A tap without a drag chooses nothing.
    pub(super) fn end_part_drag(&mut self) {
        let choice = &mut self.sound_match().part_choice;
        if choice.anchor_s.take().is_some() && choice.aimed.is_some() {
            self.choose_aimed();
        }
    }

    /// A slider is moved.
    pub(super) fn aim_part(&mut self, from_s: f32, to_s: f32) {
        let own = self.sound_match();
        if own.target.is_none() || !(from_s.is_finite() && to_s.is_finite()) {
            return;
        }
        let part = SoundPart { from_s, to_s }.within(own.length_s());
        own.part_choice =
            PartChoice { aimed: Some(part), anchor_s: None, count: own.part_choice.count.wrapping_add(1) };
        let count = own.part_choice.count;
        self.match_later(PAUSE_MS, MatchAction::EndPartPause { count });
    }

    pub(super) fn end_part_pause(&mut self, count: u32) {
        if self.sound_match().part_choice.count == count {
            self.choose_aimed();
        }
    }

    fn choose_aimed(&mut self) {
        if let Some(part) = self.sound_match().part_choice.aimed {
            self.choose_part(Some(part));
        }
    }

    /// Searches for a part of the given sound, or for all of it.
    pub(super) fn choose_part(&mut self, part: Option<SoundPart>) {
        let own = self.sound_match();
        own.part_choice = PartChoice { count: own.part_choice.count, ..PartChoice::default() };
        let Some(target) = own.target.as_ref() else { return };
        let length_s = target.given_length_s;
        let part = part.map(|part| part.within(length_s));
        if part == target.part {
            return;
        }
        own.part_choice.aimed = part;
        let read = ReadSound {
            given: own.given.last(),
            name: target.name.clone(),
            sound: target.given,
            is_long: false,
            length_s,
            part,
            fit: None,
        };
        own.given.ask(Asked::Sound(read));
        self.judge_next();
    }

    /// A sound was judged: the part is that of the target again.
    pub(super) fn end_part_choice(&mut self) {
        let choice = &mut self.sound_match().part_choice;
        *choice = PartChoice { count: choice.count, ..PartChoice::default() };
    }
}
