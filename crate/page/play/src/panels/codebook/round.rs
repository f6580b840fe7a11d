//! The picked presets, which play one after another beside the current point.

use std::collections::VecDeque;

use super::{CodebookAction, SoundCodebook};
use crate::action::TouchAction;
use crate::panels::OwnAction;
use crate::reduce::Reducer;
use crate::touches::TouchSource;

/// The time that each preset sounds, in milliseconds: enough for a slow attack.
const EACH_MS: i32 = 700;

/// The presets that play.
#[derive(Clone, Debug, Default)]
pub(super) struct PresetRound {
    /// The rows that are still to sound.
    queue: VecDeque<usize>,
    is_playing: bool,
    /// Counts the presets, so that a timer knows whether its preset still sounds.
    turn: u32,
}

impl SoundCodebook {
    /// True while presets play one after another.
    pub(super) fn is_playing(&self) -> bool {
        self.round.is_playing
    }
}

impl Reducer<'_> {
    /// Plays the presets of these rows in their order, or stops those that play.
    pub(super) fn toggle_preset_round(&mut self, rows: Vec<usize>) {
        if self.codebook().is_playing() {
            return self.end_preset_round();
        }
        let count = self.state.library.known.as_ref().map_or(0, |known| known.len());
        self.codebook().round.queue = rows.into_iter().filter(|&row| row < count).collect();
        self.play_next_preset();
    }

    pub(super) fn end_preset_turn(&mut self, turn: u32) {
        let round = &self.codebook().round;
        if round.is_playing && round.turn == turn {
            self.play_next_preset();
        }
    }

    fn play_next_preset(&mut self) {
        let Some(row) = self.codebook().round.queue.pop_front() else { return self.end_preset_round() };
        let codebook = self.codebook();
        codebook.chosen = Some(row);
        codebook.round.is_playing = true;
        codebook.round.turn = codebook.round.turn.wrapping_add(1);
        let turn = codebook.round.turn;
        self.touch(TouchAction::Audition(row, false));
        // The last one sounds as long as the others.
        self.act_later(EACH_MS, OwnAction::SoundCodebook(CodebookAction::EndTurn { turn }));
    }

    /// Ends all of them, not only the one that sounds.
    pub(crate) fn end_preset_round(&mut self) {
        let round = &mut self.codebook().round;
        round.queue.clear();
        if std::mem::take(&mut round.is_playing) {
            self.touch(TouchAction::Lose(TouchSource::Audition));
            self.mark_dirty();
        }
    }
}
