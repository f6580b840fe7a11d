//! The target and the answers as a person hears them: once or on repeat, all at the same moment of the sound, so that
//! one can compare. The page's player plays; it reports when a sound has reached its end.

use super::rendering::{MatchRender, MatchSource};
use crate::effect::AudioCommand;
use crate::reduce::Reducer;
use crate::sounds::{PlayedSound, SoundNumber};

/// A sound that one can hear.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MatchSound {
    /// The given sound.
    #[default]
    Target,
    /// A strand's best patch.
    Strand(usize),
}

/// How the target or a strand plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MatchPlaying {
    /// Not at all.
    #[default]
    Silent,
    /// Once.
    Once,
    /// Again and again.
    Repeating,
}

/// The sound that is heard, and how it plays.
#[derive(Clone, Debug, Default)]
pub(super) struct Hearing {
    /// The sound that plays, or plays next.
    pub heard: MatchSound,
    pub playing: MatchPlaying,
    /// True if the chosen kind of hits sounds without the others.
    pub is_alone: bool,
    /// The sound of the player.
    pub player: Option<PlayedSound>,
    /// Counts the beginnings of sounds.
    begun: u32,
    /// The sound that plays once it is rendered, and whether it goes on where another one is.
    awaited: Option<(MatchRender, bool)>,
}

impl Hearing {
    /// True while an answer plays.
    pub fn plays_answer(&self) -> bool {
        self.playing != MatchPlaying::Silent && self.heard != MatchSound::Target
    }

    fn play(&mut self, sound: SoundNumber, goes_on: bool) {
        self.awaited = None;
        self.begun = self.begun.wrapping_add(1);
        self.player = Some(PlayedSound { sound, count: self.begun, goes_on });
    }
}

impl Reducer<'_> {
    /// Plays what is heard: at the moment of the sound that plays now, or from its beginning.
    pub(super) fn play_match(&mut self, goes_on: bool) {
        let own = self.sound_match();
        match own.source(own.hearing.heard) {
            Some(MatchSource::Sound(sound)) => self.begin_sound(sound, goes_on),
            Some(MatchSource::Render(render)) => {
                own.hearing.awaited = Some((render.clone(), goes_on));
                self.ask_for_render(render);
            }
            None => self.silence_match(),
        }
    }

    /// The player begins a sound, also on a hidden page.
    fn begin_sound(&mut self, sound: SoundNumber, goes_on: bool) {
        self.sound_match().hearing.play(sound, goes_on);
        self.show_now();
    }

    /// A sound is rendered: it plays if it is still wanted.
    pub(super) fn play_rendered(&mut self, render: &MatchRender, sound: SoundNumber) {
        let hearing = &mut self.sound_match().hearing;
        if let Some((_, goes_on)) = hearing.awaited.take_if(|(awaited, _)| awaited == render) {
            self.begin_sound(sound, goes_on);
        }
    }

    /// A sound cannot be rendered: nothing plays. Returns true if it was to play.
    pub(super) fn leave_unrendered(&mut self, render: &MatchRender) -> bool {
        let is_awaited =
            self.sound_match().hearing.awaited.as_ref().is_some_and(|(awaited, _)| awaited == render);
        if is_awaited {
            self.silence_match();
        }
        is_awaited
    }

    /// The first answer plays, unless something else does.
    pub(super) fn hear_first(&mut self, strand: usize) {
        let hearing = &mut self.sound_match().hearing;
        if hearing.playing == MatchPlaying::Silent {
            hearing.heard = MatchSound::Strand(strand);
            hearing.playing = MatchPlaying::Once;
            self.play_match(false);
        }
    }

    pub(super) fn hear_strand(&mut self, strand: usize, is_alone: bool) {
        if self.sound_match().search.strand(strand).is_some() {
            self.hear_match_so(MatchSound::Strand(strand), is_alone);
        }
    }

    pub(super) fn hear_target(&mut self) {
        let is_alone = self.sound_match().hearing.is_alone;
        self.hear_match_so(MatchSound::Target, is_alone);
    }

    fn hear_match_so(&mut self, sound: MatchSound, is_alone: bool) {
        let own = self.sound_match();
        let is_alone = is_alone && own.search.is_in_order;
        if let MatchSound::Strand(strand) = sound {
            (own.search.chosen, own.search.is_chosen) = (strand, true);
        }
        let hearing = &mut own.hearing;
        let is_silent = hearing.playing == MatchPlaying::Silent;
        let is_same = hearing.heard == sound;
        let was_alone = std::mem::replace(&mut hearing.is_alone, is_alone);
        hearing.heard = sound;
        if is_silent {
            hearing.playing = MatchPlaying::Once;
        }
        if is_silent || !is_same || was_alone != is_alone {
            self.play_match(!is_silent && !is_same);
        }
        self.audio(AudioCommand::Wake);
    }

    pub(super) fn toggle_match_playing(&mut self) {
        match self.sound_match().hearing.playing {
            MatchPlaying::Repeating => self.silence_match(),
            MatchPlaying::Once => self.sound_match().hearing.playing = MatchPlaying::Repeating,
            MatchPlaying::Silent => {
                self.sound_match().hearing.playing = MatchPlaying::Repeating;
                self.play_match(false);
            }
        }
        self.choose_best();
        self.audio(AudioCommand::Wake);
    }

    /// A sound has reached its end: it begins again if it repeats, with the newest answer.
    pub(super) fn end_played(&mut self, count: u32) {
        let hearing = &self.sound_match().hearing;
        let is_current = hearing.player.is_some_and(|player| player.count == count);
        if !is_current || hearing.awaited.is_some() {
            return;
        }
        if hearing.playing == MatchPlaying::Repeating {
            return self.play_match(false);
        }
        self.silence_match();
        self.choose_best();
    }

    /// Every sound ends, the target's too.
    pub(crate) fn silence_match(&mut self) {
        let hearing = &mut self.sound_match().hearing;
        hearing.playing = MatchPlaying::Silent;
        (hearing.player, hearing.awaited) = (None, None);
    }

    /// Chooses the best strand, unless a person has chosen.
    pub(super) fn choose_best(&mut self) {
        let own = self.sound_match();
        let is_silent = own.hearing.playing == MatchPlaying::Silent;
        // A change of what sounds would be a surprise; but once the search has ended,
        // only a compared patch can be kept.
        let can_change = is_silent || !(own.search.is_running() || own.search.is_compared());
        let best = own.closest().or_else(|| own.search.best());
        let Some(best) = best.filter(|_| !own.search.is_chosen && can_change) else { return };
        if own.search.is_running() && !own.search.is_clearly_nearer(best) {
            return;
        }
        own.search.chosen = best;
        let heard = MatchSound::Strand(best);
        if !matches!(own.hearing.heard, MatchSound::Target) && own.hearing.heard != heard {
            own.hearing.heard = heard;
            if !is_silent {
                self.play_match(true);
            }
        }
    }

    /// The target is heard again: another search begins.
    pub(super) fn hear_nothing_found(&mut self) {
        self.sound_match().hearing.heard = MatchSound::Target;
    }
}
