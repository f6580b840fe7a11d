//! A, B and the result as a person hears them: on repeat, at the same moment of the sound after a change, so that one
//! can compare. The page's player plays; it reports when a sound has reached its end.

use serde::{Deserialize, Serialize};

use super::{TonePlace, ToneProblem, ToneSentence, ToneSounds};
use crate::effect::AudioCommand;
use crate::reduce::Reducer;
use crate::sounds::{PlayedSound, SoundNumber};

/// A sound that one can hear.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum ToneSide {
    /// Sound A.
    A,
    /// Sound B.
    B,
    /// The result.
    #[default]
    Result,
}

/// The sound that is heard.
#[derive(Clone, Debug, Default)]
pub(super) struct ToneHearing {
    /// The sound that plays, or plays next.
    pub heard: ToneSide,
    pub is_playing: bool,
    /// The sound of the player.
    pub player: Option<PlayedSound>,
    /// Counts the beginnings of sounds.
    begun: u32,
}

impl ToneSounds {
    /// The sound that is heard, if there is one.
    pub(super) fn heard_sound(&self) -> Option<SoundNumber> {
        match self.hearing.heard {
            ToneSide::A => self.sound(TonePlace::A),
            ToneSide::B => self.sound(TonePlace::B),
            ToneSide::Result => self.computing.result,
        }
    }
}

impl Reducer<'_> {
    pub(super) fn hear_tone(&mut self, side: ToneSide) {
        let hearing = &mut self.tone_sounds().hearing;
        hearing.heard = side;
        hearing.is_playing = true;
        self.play_tone(true);
    }

    pub(super) fn toggle_tone_playing(&mut self) {
        let hearing = &mut self.tone_sounds().hearing;
        hearing.is_playing = !hearing.is_playing;
        if hearing.is_playing {
            self.play_tone(false);
        } else {
            self.silence_tones();
        }
    }

    /// Plays what is heard, at the moment of the sound that plays now or from its beginning. A result that is still
    /// computed plays once it is there.
    pub(super) fn play_tone(&mut self, goes_on: bool) {
        if !self.state.sound.phase.plays() {
            self.silence_tones();
            return self.say_tones(Some(ToneSentence::Problem { problem: ToneProblem::NoSound }));
        }
        self.audio(AudioCommand::Wake);
        let own = self.tone_sounds();
        let Some(sound) = own.heard_sound() else { return };
        own.hearing.begun = own.hearing.begun.wrapping_add(1);
        own.hearing.player = Some(PlayedSound { sound, count: own.hearing.begun, goes_on });
        // The player begins it, also on a hidden page.
        self.show_now();
    }

    /// A sound has reached its end: it begins again.
    pub(super) fn repeat_tone(&mut self, count: u32) {
        let hearing = &self.tone_sounds().hearing;
        if hearing.is_playing && hearing.player.is_some_and(|player| player.count == count) {
            self.play_tone(false);
        }
    }

    /// Nothing plays any more.
    pub(super) fn silence_tones(&mut self) {
        let hearing = &mut self.tone_sounds().hearing;
        hearing.is_playing = false;
        hearing.player = None;
    }
}
