//! The picked presets, which play one after another beside the current point. Presets of amSynth whose loudness is
//! measured are equally loud.

use std::collections::VecDeque;

use patch::{Parameter, Patch};

use super::{CodebookAction, SoundCodebook};
use crate::action::TouchAction;
use crate::effect::AudioCommand;
use crate::panels::OwnAction;
use crate::reduce::Reducer;
use crate::touches::TouchSource;

/// The time that each preset sounds, in milliseconds: enough for a slow attack.
const EACH_MS: i32 = 700;
/// The gain of a stored volume in dB is this many times its common logarithm: amSynth's volume is its square.
const VOLUME_DB: f32 = 40.0;
/// The layer of the measured loudness, in LUFS.
const LOUDNESS: &str = "loudness";

/// The presets that play.
#[derive(Clone, Debug, Default)]
pub(super) struct PresetRound {
    /// The rows that are still to sound.
    queue: VecDeque<usize>,
    /// The loudness of the middle preset of all, in LUFS; `None` if it is not measured.
    middle_lufs: Option<f32>,
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
        let queue: VecDeque<usize> = rows.into_iter().filter(|&row| row < count).collect();
        let mut loudness: Vec<f32> = queue.iter().filter_map(|&row| self.loudness_lufs(row)).collect();
        loudness.sort_by(f32::total_cmp);
        let middle_lufs = loudness.get(loudness.len() / 2).copied();
        let round = &mut self.codebook().round;
        (round.queue, round.middle_lufs) = (queue, middle_lufs);
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
        self.level_preset(row);
        // The last one sounds as long as the others.
        self.act_later(EACH_MS, OwnAction::SoundCodebook(CodebookAction::EndTurn { turn }));
    }

    /// The measured loudness of a preset.
    fn loudness_lufs(&self, row: usize) -> Option<f32> {
        self.state.library.measured.as_deref()?.value(LOUDNESS, row)
    }

    /// The preset that sounds gets the volume at which it is as loud as the middle one, up to the greatest volume.
    fn level_preset(&mut self, row: usize) {
        let Some(touch) = self.state.touches.of(TouchSource::Audition) else { return };
        let part = touch.part;
        let Some((own_lufs, middle_lufs)) = self.loudness_lufs(row).zip(self.codebook().round.middle_lufs)
        else {
            return;
        };
        if let Some((point, Some(patch))) = self.preset(row) {
            let levelled = levelled(*patch, middle_lufs - own_lufs);
            self.audio(AudioCommand::SetPatch(part, Box::new(levelled), point));
        }
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

/// A patch that is louder by so many dB, up to its greatest volume.
fn levelled(mut patch: Patch, louder_db: f32) -> Patch {
    let volume = patch.get(Parameter::MasterVol) * 10.0f32.powf(louder_db / VOLUME_DB);
    patch.set(Parameter::MasterVol, volume.clamp(0.0, Parameter::MasterVol.info().max));
    patch
}
