//! The choice of a part of the given sound in its waveform: by a drag, or by two sliders after whose last change a
//! pause tells that it is meant. The sound is then judged and searched for as if it was only that part.

use super::giving::{Asked, ReadSound};
use super::parts::{PartChoice, ShownPart, SoundPart};
use super::{MatchAction, MatchTarget, SoundMatch};
use crate::reduce::Reducer;

/// The pause after the last change of a slider.
const PAUSE_MS: i32 = 700;

impl SoundMatch {
    /// The part that is shown.
    pub(super) fn shown_part(&self, target: &MatchTarget) -> ShownPart {
        let length_s = target.given_length_s;
        let part = self.given.part_choice.aimed.or(target.part);
        let SoundPart { from_s, to_s } = part.unwrap_or(SoundPart { from_s: 0.0, to_s: length_s });
        ShownPart { sound: target.given, length_s, from_s, to_s, is_whole: part.is_none() }
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
            own.given.part_choice.anchor_s = Some(at_s);
        }
    }

    /// A drag goes on.
    pub(super) fn move_part_drag(&mut self, at_s: f32) {
        let own = self.sound_match();
        let length_s = own.length_s();
        let anchor_s = own.given.part_choice.anchor_s.filter(|_| at_s.is_finite());
        if let Some(from_s) = anchor_s {
            own.given.part_choice.aimed = Some(SoundPart { from_s, to_s: at_s }.within(length_s));
        }
    }

    /// A drag ends. A tap without a drag chooses nothing.
    pub(super) fn end_part_drag(&mut self) {
        let choice = &mut self.sound_match().given.part_choice;
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
        own.given.part_choice = PartChoice {
            aimed: Some(part),
            anchor_s: None,
            count: own.given.part_choice.count.wrapping_add(1),
        };
        let count = own.given.part_choice.count;
        self.match_later(PAUSE_MS, MatchAction::EndPartPause { count });
    }

    pub(super) fn end_part_pause(&mut self, count: u32) {
        if self.sound_match().given.part_choice.count == count {
            self.choose_aimed();
        }
    }

    fn choose_aimed(&mut self) {
        if let Some(part) = self.sound_match().given.part_choice.aimed {
            self.choose_part(Some(part));
        }
    }

    /// Searches for a part of the given sound, or for all of it.
    pub(super) fn choose_part(&mut self, part: Option<SoundPart>) {
        let own = self.sound_match();
        own.given.part_choice = PartChoice { count: own.given.part_choice.count, ..PartChoice::default() };
        let Some(target) = own.target.as_ref() else { return };
        let length_s = target.given_length_s;
        let part = part.map(|part| part.within(length_s));
        if part == target.part {
            return;
        }
        own.given.part_choice.aimed = part;
        let read = ReadSound {
            given: own.given.last(),
            name: target.name.clone(),
            sound: target.given,
            is_long: false,
            is_damaged: target.is_damaged,
            length_s,
            part,
            fit: None,
        };
        own.given.ask(Asked::Sound(read));
        self.judge_next();
    }

    /// A sound was judged: the part is that of the target again.
    pub(super) fn end_part_choice(&mut self) {
        let choice = &mut self.sound_match().given.part_choice;
        *choice = PartChoice { count: choice.count, ..PartChoice::default() };
    }
}
