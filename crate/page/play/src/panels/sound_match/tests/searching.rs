//! The search and its strands: which answer is the best one, when it ends, and what is said of it.

use super::*;
use crate::page::{SheetStop, Tab};
use crate::tone_domain::ToneDomain;

#[test]
fn a_dropped_sound_opens_the_panel_sound_with_the_sheet() {
    let mut page = MatchPage::new();
    page.act(Action::Page(crate::action::PageAction::SetSheet(true)));
    page.give("harp.wav");
    assert_eq!((page.state.page.tab, page.state.page.stop), (Tab::Sound, SheetStop::Half));
    page.panel(PanelAction::Loaded(PanelId::SoundMatch));
    page.read();
    page.hear();
    assert_eq!((page.target().as_str(), page.model().search.is_running), ("harp.wav", true));
}

#[test]
fn during_a_search_only_a_clearly_nearer_answer_takes_the_place_of_the_chosen_one() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    page.render();
    page.played();
    assert_eq!(page.model().search.chosen, 0);
    page.found(1, 2.5, 0.2);
    assert_eq!(page.model().search.chosen, 0, "a little nearer");
    page.found(1, 2.0, 0.3);
    assert_eq!(page.model().search.chosen, 1);
    page.found(0, 1.9, 0.4);
    assert_eq!(page.model().search.chosen, 1);
    page.stop_job();
    assert_eq!(page.model().search.chosen, 0, "the nearest, once it is over");
}

#[test]
fn the_best_answer_is_chosen_once_the_first_one_has_played_and_until_a_person_chooses() {
    let mut page = MatchPage::searching();
    page.found(2, 5.0, 0.1);
    assert_eq!(page.hearing(), (MatchSound::Strand(2), MatchPlaying::Once));
    page.found(0, 3.0, 0.1);
    assert_eq!(page.model().search.chosen, 2, "while it plays, nothing changes");
    page.render();
    page.played();
    assert_eq!(
        (page.model().search.chosen, page.hearing()),
        (0, (MatchSound::Strand(0), MatchPlaying::Silent))
    );
    page.found(1, 4.0, 0.1);
    page.hear_strand(1);
    page.render();
    page.played();
    page.found(3, 1.0, 0.2);
    assert_eq!(page.model().search.chosen, 1);
    page.stop_job();
    assert_eq!(page.model().search.chosen, 1, "a person's choice stays");
}

#[test]
fn the_first_answer_is_silent_while_tones_play() {
    let mut page = MatchPage::searching();
    page.state.sound.instruments.domain = Some(ToneDomain::Strings);
    page.found(2, 5.0, 0.1);
    assert_eq!(page.hearing().1, MatchPlaying::Silent);
    assert!(page.model().search.is_running, "the search goes on");
}

#[test]
fn the_line_of_the_job_shows_progress_and_stops_the_search_which_keeps_its_answers() {
    let mut page = MatchPage::searching();
    let task = page.search_task().expect("it searches");
    page.act(Action::Job(JobNumber::Task(task), JobAction::Show));
    assert!(page.state.page.shown_job().is_none(), "it has no name yet");
    page.news(task, TaskNews::Name("Matching harp.wav".to_owned()));
    page.found(0, 3.0, 0.8);
    let job = page.state.page.shown_job().expect("the job is shown");
    assert_eq!((job.name.as_str(), job.share, job.can_stop), ("Matching harp.wav", Some(0.2), true));
    page.stop_job();
    assert!(!page.model().search.is_running && page.state.page.jobs.is_empty());
    assert!(page.running.iter().all(|(running, _)| *running != task), "its workers are free");
    assert_eq!(page.model().status, [MatchSentence::Stopped { percent: None }]);
    page.found_by(task, 0, 1.0, 0.9);
    assert_eq!(
        page.search_state().strand(0).map(|strand| strand.report.distance),
        Some(3.0),
        "late answers are ignored"
    );
}

#[test]
fn the_search_ends_when_every_strand_is_done_or_no_worker_is_left() {
    let mut page = MatchPage::searching();
    (0..3).for_each(|strand| page.found(strand, 3.0, 1.0));
    assert!(page.model().search.is_running);
    page.found(3, 2.0, 1.0);
    assert!(!page.model().search.is_running && page.state.page.jobs.is_empty());
    assert_eq!(page.model().status, [MatchSentence::Done { percent: None }]);
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.5);
    let task = page.search_task().expect("it searches");
    page.end(task);
    assert!(!page.model().search.is_running && page.state.page.jobs.is_empty());
}

#[test]
fn a_search_that_cannot_be_loaded_says_so_and_one_with_answers_says_these() {
    let mut page = MatchPage::searching();
    let task = page.search_task().expect("it searches");
    page.fail(task, "lost");
    assert_eq!(page.refusal(), Some(MatchRefusal::Lost));
    page.own(MatchAction::Again);
    page.found(0, 3.0, 0.5);
    let task = page.search_task().expect("it searches again");
    page.fail(task, "lost");
    assert_eq!(page.model().status, [MatchSentence::Stopped { percent: None }]);
}

#[test]
fn a_report_of_a_worker_that_takes_the_place_of_a_lost_one_replaces_no_better_answer() {
    let mut page = MatchPage::searching();
    page.found(0, 5.0, 0.1);
    page.found(0, 2.0, 0.2);
    page.found(0, 5.0, 0.1);
    assert_eq!(page.search_state().strand(0).map(|strand| strand.report.distance), Some(2.0));
    assert_eq!(page.model().search.strands[0].steps, [[0.1, 5.0], [0.2, 2.0]]);
}

#[test]
fn without_an_answer_there_is_nothing_to_keep_and_the_search_goes_on() {
    let mut page = MatchPage::searching();
    let task = page.search_task();
    page.own(MatchAction::TogglePart { part: MatchPart::Envelope });
    page.own(MatchAction::Again);
    assert_eq!(page.model().status, [MatchSentence::NothingToKeep]);
    assert_eq!(page.search_task(), task);
}

#[test]
fn again_the_search_keeps_the_chosen_parts_of_the_chosen_answer_and_forgets_its_last_sentence() {
    let mut page = MatchPage::searching();
    page.found(1, 3.0, 0.5);
    page.stop_job();
    page.own(MatchAction::TogglePart { part: MatchPart::Envelope });
    page.own(MatchAction::TogglePart { part: MatchPart::Timbre });
    page.own(MatchAction::Again);
    assert_eq!(page.model().status, []);
    let search = page.running.iter().rev().find_map(|(_, task)| match task {
        MatchTask::Search { kept, patch, .. } => Some((*kept, patch.clone())),
        _ => None,
    });
    assert_eq!(search, Some((6, sounding(1, 3.0).values().to_vec())));
    let model = page.model();
    assert!(model.search.strands.iter().all(|strand| !strand.is_found) && !model.has_picture);
    assert_eq!((model.keeping.parts, page.state.page.jobs.len()), ([false, true, true], 1));
    page.own(MatchAction::TogglePart { part: MatchPart::Envelope });
    assert_eq!(page.model().keeping.parts, [false, false, true]);
}

#[test]
fn closed_it_ends_is_silent_and_keeps_its_answers() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.5);
    page.render();
    page.own(MatchAction::TogglePlaying);
    let task = page.search_task().expect("it searches");
    page.close();
    let closed = page.model();
    assert!(!closed.search.is_running && !closed.hearing.is_repeating && closed.hearing.player.is_none());
    assert!(page.state.page.jobs.is_empty());
    page.found_by(task, 1, 3.0, 0.5);
    assert!(!page.model().search.strands[1].is_found, "late answers are ignored");
    page.reopen();
    assert_eq!(page.model().status, [MatchSentence::Stopped { percent: None }]);
    page.own(MatchAction::Keep);
    assert_eq!(page.patch(), Some(sounding(0, 3.0)));
}
