//! The judgement of a sound: how it can be sketched, whether the workers take it as their target, and for a rhythm
//! where its hits are. A refused sound leaves the search before it alone.

use patch::Patch;

use super::fit::VoiceFit;
use super::giving::{Asked, Judging, JudgingStep, ReadSound};
use super::{MatchKind, MatchRefusal, MatchTarget, MatchTask, RhythmHit, StrandSearch};
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::sounds::SoundNumber;

impl Reducer<'_> {
    /// Judges what waits, one after the other.
    pub(super) fn judge_next(&mut self) {
        while let Some(asked) = self.sound_match().given.next() {
            match asked {
                Asked::Sound(read) => self.judge_sound(read),
                Asked::Kind(kind) => self.judge_kind(kind),
            }
        }
    }

    pub(super) fn begin_judging(&mut self, asked: Asked, task: MatchTask, step: JudgingStep) {
        let task = self.begin_task(task);
        self.sound_match().given.judging = Some(Judging { asked, task, step, is_dropped: false });
    }

    pub(super) fn judge_sound(&mut self, read: ReadSound) {
        self.set_refused(Some(read.clone()));
        let wanted = self.sound_match().wanted;
        let kind = match (wanted, read.fit) {
            (MatchKind::Sound, _) => Ok(MatchKind::Sound),
            (_, Some(fit)) => fit.kind(wanted, read.is_long),
            (_, None) => {
                let task = MatchTask::Examine { sound: read.sound, part: read.part };
                return self.begin_judging(Asked::Sound(read), task, JudgingStep::Examining);
            }
        };
        match kind {
            Ok(kind) => {
                self.sound_match().given.refused = None;
                let task = MatchTask::Listen { sound: read.sound, part: read.part };
                self.begin_judging(Asked::Sound(read), task, JudgingStep::Listening(kind));
            }
            Err(refusal) => self.say_refusal(read.given, read.name, refusal),
        }
    }

    /// Keeps a refused sound in place of the last one.
    fn set_refused(&mut self, read: Option<ReadSound>) {
        let refused = &mut self.sound_match().given.refused;
        let sound = read.as_ref().map(|read| read.sound);
        let before = std::mem::replace(refused, read).map(|read| read.sound);
        self.forget_sounds(before.into_iter().filter(|&before| Some(before) != sound).collect());
    }

    pub(super) fn take_fit(&mut self, task: TaskNumber, fit: VoiceFit) {
        let Some(Judging { asked, .. }) = self.sound_match().given.end_judging(task) else { return };
        match asked {
            Asked::Sound(read) => self.judge_sound(ReadSound { fit: Some(fit), ..read }),
            Asked::Kind(kind) => {
                let own = self.sound_match();
                match (&mut own.given.refused, &mut own.target) {
                    (Some(refused), _) => refused.fit = Some(fit),
                    (None, Some(target)) => target.fit = Some(fit),
                    (None, None) => {}
                }
                self.judge_kind(kind);
            }
        }
        self.judge_next();
    }

    /// The workers keep the last target.
    pub(super) fn refuse_heard(&mut self, task: TaskNumber, problem: u8) {
        let Some(Judging { asked, .. }) = self.sound_match().given.end_judging(task) else { return };
        if let Asked::Sound(read) = asked {
            self.forget_sounds(vec![read.sound]);
            self.say_refusal(read.given, read.name, MatchRefusal::of_problem(problem, read.is_long));
        }
        self.judge_next();
    }

    /// The workers know the sound: the search for the last one is over.
    pub(super) fn take_heard(
        &mut self,
        task: TaskNumber,
        sound: SoundNumber,
        key: Option<u8>,
        cents: f32,
        length_s: f32,
    ) {
        let Some(Judging { asked, step, is_dropped, .. }) = self.sound_match().given.end_judging(task) else {
            return self.forget_sounds(vec![sound]);
        };
        let (Asked::Sound(read), JudgingStep::Listening(kind)) = (&asked, step) else {
            return self.forget_sounds(vec![sound]);
        };
        if is_dropped {
            self.forget_sounds(vec![sound, read.sound]);
            self.forget_target();
        } else {
            self.end_match();
            let ReadSound { name, sound: given, fit, given: number, length_s: given_length_s, .. } =
                read.clone();
            let target = MatchTarget {
                name,
                key,
                cents,
                length_s,
                sound,
                given,
                given_length_s,
                is_damaged: read.is_damaged,
                part: read.part,
                heard: None,
                fit,
                has_contours: false,
            };
            if kind == MatchKind::Rhythm {
                return self.begin_judging(
                    asked,
                    MatchTask::FindHits,
                    JudgingStep::FindingHitsOf(Box::new(target)),
                );
            }
            self.set_target(number, target, kind);
        }
        self.judge_next();
    }

    pub(super) fn take_hits(&mut self, task: TaskNumber, hits: Vec<RhythmHit>) {
        let Some(Judging { asked, step, is_dropped, .. }) = self.sound_match().given.end_judging(task) else {
            return;
        };
        let hits: Vec<RhythmHit> = hits.into_iter().filter(RhythmHit::is_of_a_strand).collect();
        match (asked, step) {
            (Asked::Sound(_), JudgingStep::FindingHitsOf(target)) if is_dropped => {
                self.forget_sounds(vec![target.sound, target.given]);
                self.forget_target();
            }
            (Asked::Sound(read), JudgingStep::FindingHitsOf(target)) => {
                self.sound_match().hits = hits;
                self.set_target(read.given, *target, MatchKind::Rhythm);
            }
            (Asked::Kind(wanted), JudgingStep::FindingHits) => {
                self.sound_match().hits = hits;
                self.find_other_kind(wanted, MatchKind::Rhythm);
            }
            _ => {}
        }
        self.judge_next();
    }

    pub(super) fn fail_judging(&mut self, task: TaskNumber, refusal: MatchRefusal) {
        let Some(Judging { asked, step, is_dropped, .. }) = self.sound_match().given.end_judging(task) else {
            return;
        };
        match (asked, step) {
            (Asked::Kind(wanted), _) => self.refuse_kind(wanted, refusal),
            (Asked::Sound(read), JudgingStep::FindingHitsOf(target)) => {
                // The workers know another sound than the shown one.
                self.forget_sounds(vec![target.sound, target.given]);
                self.forget_target();
                self.say_refusal(read.given, read.name, refusal);
            }
            (Asked::Sound(read), JudgingStep::Listening(_)) => {
                self.forget_sounds(vec![read.sound]);
                self.say_refusal(read.given, read.name, refusal);
            }
            (Asked::Sound(read), _) if !is_dropped => self.say_refusal(read.given, read.name, refusal),
            _ => {}
        }
        self.judge_next();
    }

    /// Searches for a new target, to find this kind; says nothing more of it if another sound was given since.
    fn set_target(&mut self, given: u32, target: MatchTarget, kind: MatchKind) {
        let before = self.sound_match().target.replace(target);
        self.forget_sounds(before.map_or_else(Vec::new, |before| vec![before.sound, before.given]));
        self.show_kind(kind);
        self.end_part_choice();
        self.begin_search(0, &Patch::default());
        self.ask_for_sound_kind();
        if self.sound_match().given.is_last(given) {
            self.say_of_kind();
        }
    }

    /// The workers know a sound that is not searched for: without answers the ways to give a sound come first again.
    fn forget_target(&mut self) {
        self.end_match();
        self.silence_match();
        self.drop_found_sounds();
        let own = self.sound_match();
        own.search = StrandSearch { run: own.search.run.wrapping_add(1), ..StrandSearch::default() };
        own.speech.kept = None;
        let before = own.target.take();
        self.forget_sounds(before.map_or_else(Vec::new, |before| vec![before.sound, before.given]));
        if !self.sound_match().given.are_awaited() {
            self.say_match(Vec::new());
        }
    }
}
