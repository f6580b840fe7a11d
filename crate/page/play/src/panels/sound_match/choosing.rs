//! The choice of the kind to find: a person may choose it before a sound is given, for a sound that is searched for,
//! and for a sound that was refused.

use patch::Patch;

use super::giving::{Asked, JudgingStep, ReadSound};
use super::{MatchKind, MatchRefusal, MatchSentence, MatchTask};
use crate::reduce::Reducer;

impl Reducer<'_> {
    /// Finds another kind if it fits the refused sound, or else the target.
    pub(super) fn judge_kind(&mut self, wanted: MatchKind) {
        let own = self.sound_match();
        if wanted == own.wanted && wanted == own.kind && own.given.refused.is_none() {
            return;
        }
        let (fit, sound, part, is_long) = match (&own.given.refused, &own.target) {
            (Some(refused), _) => (refused.fit, refused.sound, refused.part, refused.is_long),
            (None, Some(target)) => (target.fit, target.given, target.part, false),
            (None, None) => {
                own.wanted = wanted;
                self.show_kind(wanted);
                return self.say_match(Vec::new());
            }
        };
        let kind = match (wanted, fit) {
            (MatchKind::Sound, _) => Ok(MatchKind::Sound),
            (_, Some(fit)) => fit.kind(wanted, is_long),
            (_, None) => {
                let task = MatchTask::Examine { sound, part };
                return self.begin_judging(Asked::Kind(wanted), task, JudgingStep::Examining);
            }
        };
        match kind {
            Err(refusal) => self.refuse_kind(wanted, refusal),
            Ok(kind) => self.find_kind(wanted, kind),
        }
    }

    fn find_kind(&mut self, wanted: MatchKind, kind: MatchKind) {
        let own = self.sound_match();
        if let Some(refused) = own.given.refused.clone() {
            // The answers of another kind are shown until the workers know the sound.
            (own.wanted, own.pressed) = (wanted, kind);
            let given = own.given.last();
            self.say_match(Vec::new());
            return self.judge_sound(ReadSound { given, ..refused });
        }
        if kind == own.kind {
            own.wanted = wanted;
            own.pressed = kind;
            own.note_turn();
            let note: Vec<MatchSentence> = own.speech.note.clone().into_iter().collect();
            let said = if note.is_empty() { own.outcome() } else { note };
            return self.say_match(said);
        }
        if kind == MatchKind::Rhythm {
            return self.begin_judging(Asked::Kind(wanted), MatchTask::FindHits, JudgingStep::FindingHits);
        }
        self.find_other_kind(wanted, kind);
    }

    /// Searches for the same target again, to find another kind.
    pub(super) fn find_other_kind(&mut self, wanted: MatchKind, kind: MatchKind) {
        self.sound_match().wanted = wanted;
        self.show_kind(kind);
        self.begin_search(0, &Patch::default());
        self.say_of_kind();
    }

    /// The kind does not fit; it counts for the next sound.
    pub(super) fn refuse_kind(&mut self, wanted: MatchKind, refusal: MatchRefusal) {
        let own = self.sound_match();
        (own.wanted, own.pressed) = (wanted, wanted);
        let refused = own.given.refused.as_ref().map(|refused| refused.name.clone());
        let name = refused.or_else(|| Some(own.target.as_ref()?.name.clone())).unwrap_or_default();
        let mut said = vec![MatchSentence::Refused { refusal, name }];
        said.extend(own.outcome());
        self.say_match(said);
    }

    /// Shows the elements of a kind.
    pub(super) fn show_kind(&mut self, kind: MatchKind) {
        let own = self.sound_match();
        (own.kind, own.pressed) = (kind, kind);
        own.hearing.is_alone = false;
        own.note_turn();
    }
}
