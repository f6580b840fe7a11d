//! The search for the target: one task, whose strands report. It ends when all strands are done, when a person stops
//! its job, or when another one begins; its answers stay.

use patch::Patch;

use super::{MatchKind, MatchRefusal, MatchSentence, MatchTask, STRAND_COUNT, StrandReport};
use crate::action::JobAction;
use crate::long_job::JobNumber;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;

impl Reducer<'_> {
    /// Searches for the target, and keeps the parts of these bits of a patch, and what is locked.
    pub(super) fn begin_search(&mut self, kept: u8, patch: &Patch) {
        self.end_match();
        self.silence_match();
        self.drop_found_sounds();
        let locks = self.state.document().locks;
        let own = self.sound_match();
        own.search.locks = locks;
        let (locked, patch) = (locks.indices(), locks.apply(patch).values().to_vec());
        let Some(target) = &own.target else { return };
        let (name, sound) = (target.name.clone(), target.sound);
        let kinds = own.hit_kinds();
        let (task, strands) = match own.kind {
            MatchKind::Sound => (MatchTask::Search { name, kept, locked, patch }, STRAND_COUNT),
            MatchKind::Voice => (MatchTask::Sketch { name, target: sound, locked, patch }, 1),
            MatchKind::Rhythm => (MatchTask::SearchRhythm { name, kinds }, kinds),
        };
        own.search = own.search.next(strands, own.kind == MatchKind::Rhythm);
        own.speech.kept = None;
        let task = self.begin_long_task(task);
        self.sound_match().search.task = Some(task);
    }

    /// Searches again for the same target.
    pub(super) fn search_again(&mut self) {
        let own = self.sound_match();
        if own.target.is_none() {
            return;
        }
        let bits = own.kept_parts.iter().enumerate().map(|(bit, &is_kept)| u8::from(is_kept) << bit).sum();
        let patch = own.search.chosen().filter(|_| bits > 0).map(|strand| *strand.report.patch);
        if bits > 0 && patch.is_none() && own.kind == MatchKind::Sound {
            return self.say_match(vec![MatchSentence::NothingToKeep]);
        }
        self.begin_search(bits, &patch.unwrap_or_default());
        self.say_of_kind();
    }

    pub(super) fn take_found(&mut self, task: TaskNumber, report: StrandReport) {
        let search = &self.sound_match().search;
        if search.task == Some(task) && report.strand < search.strand_count {
            self.found(report);
        }
    }

    /// Another lock changes the answers as a kept one would change, and the one that is heard plays on so.
    pub(super) fn follow_match_locks(&mut self) {
        let locks = self.state.document().locks;
        let own = self.sound_match();
        if own.search.locks == locks || !own.search.hold(locks) {
            return;
        }
        self.forget_differences();
        let own = self.sound_match();
        if own.hearing.plays_answer() && own.kind != MatchKind::Voice {
            self.play_match(true);
        }
        self.follow_match_pictures();
        self.follow_differences();
        self.say_outcome_anew();
        self.place_next();
    }

    /// The first answer sounds at once, but not among tones.
    fn found(&mut self, report: StrandReport) {
        let is_amsynth = self.state.is_amsynth();
        let own = self.sound_match();
        let is_first = own.search.best().is_none();
        let strand = report.strand;
        own.search.take(report);
        self.choose_best();
        if is_first && is_amsynth {
            self.hear_first(strand);
        }
        let share = self.sound_match().search.share();
        if let Some(task) = self.sound_match().search.task {
            self.job(JobNumber::Task(task), JobAction::Progress(share));
        }
        if share >= 1.0 {
            self.end_match();
        }
        self.place_next();
    }

    /// The search ends, if one runs.
    pub(super) fn end_match(&mut self) {
        if let Some(task) = self.sound_match().search.task.take() {
            self.cancel_task(Some(task));
            self.choose_best();
            self.say_outcome();
        }
    }

    /// A search has come to its end, or a person has stopped it.
    pub(super) fn end_search_task(&mut self, task: TaskNumber) {
        if self.sound_match().search.task == Some(task) {
            self.end_match();
            self.place_next();
        }
    }

    pub(super) fn fail_search(&mut self, task: TaskNumber, refusal: MatchRefusal) {
        if self.sound_match().search.task != Some(task) {
            return;
        }
        self.end_match();
        self.place_next();
        let own = self.sound_match();
        if own.outcome().is_empty() && !own.given.are_awaited() {
            let name = own.target.as_ref().map(|target| target.name.clone()).unwrap_or_default();
            self.say_match(vec![MatchSentence::Refused { refusal, name }]);
        }
    }
}
