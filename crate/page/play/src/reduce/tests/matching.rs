//! The search for patches that sound like a given sound.

use super::*;
use crate::page::{SheetStop, Tab};
use crate::sound_match::{
    MatchAction, MatchPart, MatchPlaying, MatchSound, STRAND_COUNT, SoundMatch, StrandReport,
};
use crate::tone_domain::ToneDomain;

const RUN: u32 = 7;

impl Page {
    fn matching(&mut self, action: MatchAction) -> &SoundMatch {
        self.act(Action::Match(action));
        &self.state.page.sound_match
    }

    fn searching() -> Self {
        let mut page = Self::awake();
        page.matching(MatchAction::Begin(RUN, "Matching harp.wav".to_owned(), STRAND_COUNT));
        page
    }

    fn found(&mut self, strand: usize, distance: f32, share: f32) -> &SoundMatch {
        let patch = Box::new(sounding(strand, distance));
        let report = StrandReport { strand, renders: (share * 100.0) as u32, share, distance, patch };
        self.matching(MatchAction::Found(RUN, report))
    }

    /// The strand whose patch the last action wants to have placed.
    fn wanted(&self) -> Option<usize> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::PlaceMatch(RUN, strand, _) => Some(*strand),
            _ => None,
        })
    }

    fn placed(&mut self, strand: usize, x: f32) -> &SoundMatch {
        let report = self.state.page.sound_match.strands[strand].as_ref().unwrap().report.clone();
        self.matching(MatchAction::Placed(RUN, strand, report.patch, Some(at(x))))
    }
}

/// A patch that differs from those of other strands and distances.
fn sounding(strand: usize, distance: f32) -> Patch {
    let mut patch = Patch::default();
    patch.set(Parameter::FilterCutoff, strand as f32 / 8.0);
    patch.set(Parameter::MasterVol, distance / 10.0);
    patch
}

#[test]
fn it_is_shown_in_the_panel_sound_with_the_sheet_open() {
    let mut page = Page::new();
    page.act(Action::Page(PageAction::SetSheet(true)));
    page.matching(MatchAction::Show);
    assert_eq!((page.state.page.tab, page.state.page.stop), (Tab::Sound, SheetStop::Half));
    page.matching(MatchAction::Show);
    assert_eq!((page.state.page.tab, page.state.page.stop), (Tab::Sound, SheetStop::Half), "it stays");
}

#[test]
fn the_first_answer_plays_once_and_the_best_one_is_chosen_until_a_person_chooses() {
    let mut page = Page::searching();
    let state = page.found(2, 5.0, 0.1);
    assert_eq!((state.heard, state.playing), (MatchSound::Strand(2), MatchPlaying::Once));
    assert_eq!(page.found(0, 3.0, 0.1).chosen, 2, "while it plays, nothing changes");
    page.matching(MatchAction::Played);
    let state = page.found(1, 4.0, 0.1);
    assert_eq!((state.chosen, state.heard, state.playing), (0, MatchSound::Strand(0), MatchPlaying::Silent));
    page.matching(MatchAction::Hear(MatchSound::Strand(1)));
    page.matching(MatchAction::Played);
    assert_eq!(page.found(3, 1.0, 0.2).chosen, 1);
}

#[test]
fn the_first_answer_is_silent_while_tones_play() {
    let mut page = Page::searching();
    page.act(instruments::choose(Some(ToneDomain::Strings)));
    page.act(instruments::loaded(ToneDomain::Strings));
    assert_eq!(page.found(2, 5.0, 0.1).playing, MatchPlaying::Silent);
    page.act(instruments::choose(None));
    assert_eq!(page.found(0, 3.0, 0.2).chosen().unwrap().report.distance, 3.0, "the search goes on");
}

#[test]
fn when_the_first_answer_has_played_or_the_search_is_stopped_the_best_one_is_chosen() {
    let mut page = Page::searching();
    page.found(2, 5.0, 0.1);
    page.found(0, 3.0, 0.1);
    assert_eq!(page.matching(MatchAction::Played).chosen, 0);
    page.matching(MatchAction::TogglePlaying);
    page.found(1, 1.0, 0.2);
    assert_eq!(page.matching(MatchAction::TogglePlaying).chosen, 1);
    page.matching(MatchAction::Hear(MatchSound::Strand(2)));
    page.matching(MatchAction::Played);
    assert_eq!(page.matching(MatchAction::Ended(RUN)).chosen, 2, "a person's choice stays");
}

#[test]
fn an_answer_that_was_not_compared_with_the_target_is_not_kept() {
    let mut page = Page::searching();
    page.found(0, f32::INFINITY, 0.0);
    page.act(Action::Job(RUN, JobAction::Stop));
    page.matching(MatchAction::Keep);
    assert!(page.state.document().patch.is_none());
}

#[test]
fn a_search_that_is_stopped_while_an_uncompared_answer_plays_offers_a_compared_one() {
    let mut page = Page::searching();
    page.found(0, f32::INFINITY, 0.0);
    page.matching(MatchAction::TogglePlaying);
    page.found(1, 3.0, 0.1);
    page.act(Action::Job(RUN, JobAction::Stop));
    let state = &page.state.page.sound_match;
    assert_eq!((state.chosen, state.heard), (1, MatchSound::Strand(1)));
    page.matching(MatchAction::Keep);
    assert_eq!(page.state.document().patch.as_deref(), Some(&sounding(1, 3.0)));
}

#[test]
fn on_repeat_a_press_on_target_or_strand_changes_what_repeats_and_panic_ends_it() {
    let mut page = Page::searching();
    page.found(0, 3.0, 0.1);
    page.matching(MatchAction::TogglePlaying);
    assert!(page.audio().contains(&&AudioCommand::Wake), "a press may wake the sound");
    let state = page.matching(MatchAction::Hear(MatchSound::Target));
    assert_eq!((state.heard, state.playing, state.chosen), (MatchSound::Target, MatchPlaying::Repeating, 0));
    assert_eq!(page.matching(MatchAction::Played).playing, MatchPlaying::Repeating);
    assert_eq!(
        page.found(0, 2.0, 0.2).heard,
        MatchSound::Target,
        "a better answer does not end the comparison"
    );
    for end in [SoundAction::ContextLost, SoundAction::Panic] {
        assert_eq!(page.state.page.sound_match.playing, MatchPlaying::Repeating);
        page.act(Action::Sound(end));
        assert_eq!(page.state.page.sound_match.playing, MatchPlaying::Silent);
        page.matching(MatchAction::TogglePlaying);
    }
    page.act(Action::Sound(SoundAction::Panic));
    let state = page.matching(MatchAction::Hear(MatchSound::Strand(3)));
    assert_eq!(
        (state.heard, state.playing),
        (MatchSound::Target, MatchPlaying::Silent),
        "strand 3 has nothing yet"
    );
}

#[test]
fn the_line_of_the_job_shows_progress_and_stops_the_search_which_keeps_its_answers() {
    let mut page = Page::searching();
    page.act(Action::Job(RUN, JobAction::Show));
    page.found(0, 3.0, 0.8);
    let job = page.state.page.shown_job().unwrap();
    assert_eq!((job.name.as_str(), job.share, job.can_stop), ("Matching harp.wav", Some(0.2), true));
    page.act(Action::Job(RUN, JobAction::Stop));
    let state = &page.state.page.sound_match;
    assert!(!state.is_running && state.chosen().is_some() && page.state.page.jobs.is_empty());
    assert_eq!(page.found(0, 1.0, 0.9).chosen().unwrap().report.distance, 3.0, "late answers are ignored");
}

#[test]
fn the_search_ends_when_every_strand_is_done_or_no_worker_is_left() {
    let mut page = Page::searching();
    (0..3).for_each(|strand| drop(page.found(strand, 3.0, 1.0).clone()));
    assert!(page.state.page.sound_match.is_running);
    assert!(!page.found(3, 2.0, 1.0).is_running && page.state.page.jobs.is_empty());
    let mut page = Page::searching();
    assert!(page.matching(MatchAction::Ended(RUN - 1)).is_running, "an earlier run");
    assert!(!page.matching(MatchAction::Ended(RUN)).is_running && page.state.page.jobs.is_empty());
}

#[test]
fn a_search_of_one_strand_is_done_when_that_is() {
    let mut page = Page::searching();
    page.matching(MatchAction::Begin(RUN + 1, "Sketching hum.wav".to_owned(), 1));
    let mut found = |share| {
        let patch = Box::new(sounding(0, 3.0));
        let report = StrandReport { strand: 0, renders: 12, share, distance: 3.0, patch };
        page.matching(MatchAction::Found(RUN + 1, report)).clone()
    };
    assert_eq!(found(0.5).share(), 0.5);
    assert!(!found(1.0).is_running);
    page.matching(MatchAction::Keep);
    assert_eq!(page.state.document().patch.as_deref(), Some(&sounding(0, 3.0)));
}

#[test]
fn a_new_search_ends_the_last_one_and_keeps_only_what_the_person_wants_to_keep() {
    let mut page = Page::searching();
    page.found(0, 3.0, 0.5);
    page.placed(0, 1.0);
    page.matching(MatchAction::ToggleKept(MatchPart::Envelope));
    page.matching(MatchAction::Begin(RUN + 1, "Matching again".to_owned(), STRAND_COUNT));
    let state = &page.state.page.sound_match;
    assert_eq!(
        state,
        &SoundMatch { kept: [false, true, false], ..SoundMatch::default().next(RUN + 1, STRAND_COUNT) }
    );
    assert_eq!(page.state.page.jobs.len(), 1);
}

#[test]
fn closed_it_ends_is_silent_and_keeps_its_answers() {
    let mut page = Page::searching();
    page.found(0, 3.0, 0.5);
    page.matching(MatchAction::ToggleKept(MatchPart::Pitch));
    page.matching(MatchAction::TogglePlaying);
    page.matching(MatchAction::Close);
    let closed = page.state.page.sound_match.clone();
    assert!(!closed.is_running && closed.playing == MatchPlaying::Silent && closed.kept[0]);
    assert!(page.state.page.jobs.is_empty());
    assert!(closed.is_closed, "the map is free");
    assert_eq!(page.found(1, 3.0, 0.5), &closed, "late answers are ignored");
    assert!(!page.matching(MatchAction::Show).is_closed);
    page.matching(MatchAction::Keep);
    assert_eq!(page.state.document().patch.as_deref(), Some(&sounding(0, 3.0)));
}

#[test]
fn strands_are_placed_one_at_a_time_and_leave_a_way_on_the_map() {
    let mut page = Page::searching();
    page.found(0, 3.0, 0.1);
    assert_eq!(page.wanted(), Some(0));
    page.found(1, 5.0, 0.1);
    assert_eq!(page.wanted(), None, "the first is still on its way");
    page.placed(0, 1.0);
    assert_eq!(page.wanted(), Some(1));
    page.placed(1, -1.0);
    assert_eq!(page.wanted(), None);
    page.found(0, 1.5, 0.2);
    assert_eq!(page.wanted(), Some(0), "its best patch is another one, and much nearer");
    let way = page.placed(0, 1.001).strands[0].clone().unwrap().way;
    assert_eq!(way, [at(1.0)], "too near to be seen");
    page.found(0, 0.5, 0.3);
    assert_eq!(page.placed(0, 2.0).strands[0].as_ref().unwrap().way, [at(1.0), at(2.0)]);
}

#[test]
fn while_a_search_goes_on_only_a_much_nearer_answer_is_placed_again_and_at_its_end_every_one() {
    for end in [Action::Job(RUN, JobAction::Stop), Action::Match(MatchAction::Ended(RUN))] {
        let mut page = Page::searching();
        for strand in 0..2 {
            page.found(strand, 4.0, 0.1);
            page.placed(strand, strand as f32);
        }
        page.found(0, 3.0, 0.2);
        assert_eq!(page.wanted(), None);
        page.found(1, 2.0, 0.2);
        assert_eq!(page.wanted(), Some(1));
        page.placed(1, 3.0);
        assert_eq!(page.wanted(), None);
        page.act(end);
        assert_eq!(page.wanted(), Some(0));
        page.placed(0, 2.0);
        assert_eq!(page.wanted(), None);
    }
}

#[test]
fn an_answer_kept_while_another_is_placed_gets_its_place_although_a_nearer_one_is_found() {
    let mut page = Page::searching();
    page.found(0, 4.0, 0.1);
    page.placed(0, 0.0);
    page.found(1, 5.0, 0.1);
    assert_eq!(page.wanted(), Some(1));
    page.found(0, 3.5, 0.2);
    page.matching(MatchAction::Keep);
    page.found(0, 3.0, 0.3);
    page.placed(1, 1.0);
    let kept = Box::new(sounding(0, 3.5));
    assert!(page.effects.contains(&Effect::PlaceMatch(RUN, 0, kept.clone())), "{:?}", page.effects);
    page.matching(MatchAction::Placed(RUN, 0, kept, Some(at(2.0))));
    assert!(near(page.state.point(), at(2.0)));
    assert_eq!(page.wanted(), None);
}

#[test]
fn a_kept_answer_gets_its_place_although_another_search_begins_at_once() {
    for is_asked in [true, false] {
        let mut page = Page::searching();
        if !is_asked {
            page.found(1, 5.0, 0.1);
        }
        page.found(0, 3.0, 0.1);
        page.matching(MatchAction::Hear(MatchSound::Strand(0)));
        page.matching(MatchAction::Keep);
        page.matching(MatchAction::Begin(RUN + 1, "Matching hum.wav".to_owned(), STRAND_COUNT));
        if !is_asked {
            page.matching(MatchAction::Placed(RUN, 1, Box::new(sounding(1, 5.0)), Some(at(1.0))));
            assert_eq!(page.wanted(), Some(0), "it is placed next");
        }
        let kept = Box::new(sounding(0, 3.0));
        let state = page.matching(MatchAction::Placed(RUN, 0, kept, Some(at(2.0))));
        assert!(state.strands.iter().all(Option::is_none), "the other search has found nothing");
        assert!(near(page.state.point(), at(2.0)));
    }
}

#[test]
fn with_another_model_the_answers_are_placed_anew() {
    let mut page = Page::searching();
    page.act(Action::Load(LoadAction::Known(known())));
    page.found(0, 3.0, 0.1);
    page.placed(0, 1.0);
    let bank = Coordinates { name: known().name[..1].to_vec(), ..Coordinates::clone(&known()) };
    page.act(Action::Load(LoadAction::Known(Rc::new(bank))));
    assert_eq!(page.wanted(), None, "with other presets of the same model they stay");
    let other = Coordinates { x: vec![-1.0, 2.0], ..Coordinates::clone(&known()) };
    page.act(Action::Load(LoadAction::Known(Rc::new(other))));
    assert_eq!(page.state.page.sound_match.chosen().unwrap().point(), None);
    assert_eq!(page.wanted(), Some(0));
    assert_eq!(page.placed(0, -1.0).chosen().unwrap().way, [at(-1.0)]);
}

#[test]
fn a_kept_answer_plays_at_its_place_and_one_undo_goes_back() {
    let mut page = Page::searching();
    page.act(Action::Edit(Edit::MoveTo(at(-3.0))));
    page.found(0, 3.0, 0.1);
    page.matching(MatchAction::Keep);
    let patch = sounding(0, 3.0);
    assert_eq!(page.state.document().patch.as_deref(), Some(&patch));
    assert!(
        page.audio()
            .iter()
            .any(|command| matches!(command, AudioCommand::SetPatch(0, sent, _) if **sent == patch))
    );
    assert!(near(page.state.point(), at(-3.0)), "its place is not known yet");
    page.placed(0, 2.0);
    assert!(near(page.state.point(), at(2.0)));
    assert_eq!(page.state.document().patch.as_deref(), Some(&patch));
    page.act(Action::Edit(Edit::Undo));
    assert!(near(page.state.point(), at(-3.0)) && page.state.document().patch.is_none());
}

#[test]
fn an_answer_that_is_placed_late_does_not_pull_the_point_back() {
    let mut page = Page::searching();
    page.found(0, 3.0, 0.1);
    page.matching(MatchAction::Keep);
    page.act(Action::Edit(Edit::MoveTo(at(3.5))));
    page.placed(0, 2.0);
    assert!(near(page.state.point(), at(3.5)));
}
