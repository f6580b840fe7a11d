//! The name of the sound that is heard if a search has found it: that of the sound that was given. A kept answer has
//! its name as long as its patch is heard, in this visit and in a link.

use patch::Patch;

use super::{MatchSound, SoundMatch};
use crate::landmarks::tidy_name;
use crate::naming::variation;
use crate::sounds::stem;
use crate::state::State;

/// The most kept answers that have names.
const NAME_COUNT: usize = 100;

/// A sound of “From a sound…” that is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchedSound<'a> {
    /// The given sound of this name.
    Target(&'a str),
    /// An answer for the given sound of this name.
    Answer(&'a str),
    /// The kept answer of this name is the patch.
    Kept(&'a str),
}

/// The names of kept answers.
#[derive(Clone, Debug, Default)]
pub(super) struct KeptNames(Vec<(String, Patch)>);

impl KeptNames {
    /// Names a patch after a sound file, with a number if another patch has that name. Returns the name; none if the
    /// file's has no visible letter.
    pub fn give(&mut self, file: &str, patch: Patch) -> Option<String> {
        self.give_tidy(tidy_name(stem(file)), patch)
    }

    /// The same with a tidy name.
    fn give_tidy(&mut self, wanted: String, patch: Patch) -> Option<String> {
        self.0.retain(|(_, named)| *named != patch);
        let is_taken = |name: &str| self.0.iter().any(|(taken, _)| taken == name);
        let name = if is_taken(&wanted) { variation(&wanted, is_taken) } else { wanted };
        if name.is_empty() {
            return None;
        }
        if self.0.len() == NAME_COUNT {
            self.0.remove(0);
        }
        self.0.push((name.clone(), patch));
        Some(name)
    }

    /// The name of a patch.
    pub fn of(&self, patch: &Patch) -> Option<&str> {
        self.0.iter().find(|(_, named)| named == patch).map(|(name, _)| name.as_str())
    }
}

impl SoundMatch {
    /// Names a patch that was kept elsewhere, as a link tells.
    pub(crate) fn name_kept(&mut self, name: String, patch: Patch) {
        self.placing.names.give_tidy(name, patch);
    }

    /// The name of a kept patch.
    pub(crate) fn name_of(&self, patch: &Patch) -> Option<&str> {
        self.placing.names.of(patch)
    }

    /// The sound that the panel's player plays.
    fn playing(&self) -> Option<MatchedSound<'_>> {
        let target = self.target.as_ref().filter(|_| self.hearing.player.is_some())?;
        Some(match self.hearing.heard {
            MatchSound::Target => MatchedSound::Target(&target.name),
            MatchSound::Strand(_) => MatchedSound::Answer(&target.name),
        })
    }
}

impl State {
    /// The sound of a search that is heard: the one that plays, else the current patch if it was kept.
    pub fn matched_sound(&self) -> Option<MatchedSound<'_>> {
        self.panels.sound_match.playing().or_else(|| self.match_name().map(MatchedSound::Kept))
    }

    /// The name of the current patch, if it is a kept answer of a search.
    pub fn match_name(&self) -> Option<&str> {
        self.own_patch()?;
        self.panels.sound_match.name_of(&self.heard_patch()?)
    }
}
