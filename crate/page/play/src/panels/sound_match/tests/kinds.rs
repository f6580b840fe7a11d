//! The kinds to find: a sound, a melody, a rhythm; as which of them a sound is taken, and what a person reads of it.

use super::fit::VoiceFit;
use super::*;
use crate::action::Edit;
use crate::notes::Notes;

fn choose(page: &mut MatchPage, kind: MatchKind) {
    page.own(MatchAction::Choose { kind });
}

fn kinds(page: &MatchPage) -> (MatchKind, MatchKind) {
    (page.model().kind, page.model().pressed)
}

#[test]
fn short_tones_are_a_rhythm_and_no_sound_that_is_too_short() {
    let fits = |kind, problem, has_hits| VoiceFit { problem, has_hits, is_unvoiced: false }.kind(kind, false);
    for kind in [MatchKind::Rhythm, MatchKind::Voice] {
        assert_eq!(fits(kind, 5, true), Ok(MatchKind::Rhythm));
    }
    assert_eq!(fits(MatchKind::Voice, 0, true), Ok(MatchKind::Voice));
    assert_eq!(fits(MatchKind::Voice, 5, false), Err(MatchRefusal::ShortNotes));
    assert_eq!(fits(MatchKind::Voice, 4, false), Err(MatchRefusal::NoVoice));
    assert_eq!(fits(MatchKind::Rhythm, 5, false), Err(MatchRefusal::NoHits));
    assert_eq!(fits(MatchKind::Voice, 1, true), Err(MatchRefusal::Silent));
    assert_eq!(
        fits(MatchKind::Sound, 1, false),
        Ok(MatchKind::Sound),
        "the workers tell what is wrong with it"
    );
}

#[test]
fn a_kind_that_is_chosen_before_a_sound_is_given_is_what_it_becomes() {
    let mut page = MatchPage::sketching();
    assert_eq!(kinds(&page), (MatchKind::Voice, MatchKind::Voice));
    assert!(page.task(|task| matches!(task, MatchTask::Sketch { .. })).is_some());
    page.sketched(0.9, 0.5);
    assert_eq!(
        page.hearing(),
        (MatchSound::Strand(0), MatchPlaying::Once),
        "the first sketch sounds at once"
    );
    page.stop_job();
    assert_eq!(page.model().status, [MatchSentence::StoppedSketch, MatchSentence::InTune { share: 0.9 }]);
}

#[test]
fn a_finished_sketch_is_told_and_kept() {
    let mut page = MatchPage::sketching();
    page.sketched(0.9, 0.5);
    page.sketched(0.95, 1.0);
    assert_eq!(page.model().status, [MatchSentence::InTune { share: 0.95 }]);
    page.own(MatchAction::Keep);
    assert_eq!(page.model().status, [MatchSentence::Kept { kind: MatchKind::Voice, number: 1 }]);
    let notes = Notes { bpm: 93.0, ..*page.state.notes() };
    page.act(Action::Edit(Edit::SetNotes(notes, None)));
    page.own(MatchAction::SaveNotes);
    let is_saved =
        |task: &MatchTask| matches!(task, MatchTask::SaveMelody { name, bpm: 93.0, .. } if name == "hum.wav");
    assert!(page.task(is_saved).is_some(), "with the tempo of this moment");
}

#[test]
fn from_a_sketch_to_the_sound_and_back_each_is_searched_for_anew_without_another_examination() {
    let mut page = MatchPage::sketching();
    page.sketched(0.9, 0.5);
    choose(&mut page, MatchKind::Sound);
    assert!(page.task(|task| matches!(task, MatchTask::Search { .. })).is_some());
    assert!(page.task(|task| matches!(task, MatchTask::Sketch { .. })).is_none(), "the sketch is stopped");
    assert_eq!((page.model().status, page.model().sketch.voice), (vec![], None));
    choose(&mut page, MatchKind::Voice);
    assert!(page.examining().is_none());
    assert!(page.task(|task| matches!(task, MatchTask::Sketch { .. })).is_some());
}

#[test]
fn a_sound_without_pitch_stays_a_sound_when_a_sketch_of_it_is_asked_for() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    let task = page.search_task();
    choose(&mut page, MatchKind::Voice);
    page.examine(4, false, true);
    assert_eq!(page.refusal(), Some(MatchRefusal::NoVoice));
    assert_eq!(kinds(&page), (MatchKind::Sound, MatchKind::Voice), "the next sound is sketched");
    assert_eq!(page.search_task(), task);
    choose(&mut page, MatchKind::Sound);
    assert_eq!(kinds(&page), (MatchKind::Sound, MatchKind::Sound));
    page.stop_job();
    let outcome = MatchSentence::Stopped { percent: None };
    assert_eq!(page.model().status, std::slice::from_ref(&outcome));
    choose(&mut page, MatchKind::Voice);
    assert_eq!(page.refusal(), Some(MatchRefusal::NoVoice));
    assert_eq!(page.model().status.last(), Some(&outcome), "with what the search has found");
    choose(&mut page, MatchKind::Sound);
    assert_eq!(page.model().status, [outcome]);
}

#[test]
fn a_refused_sound_is_searched_for_as_the_kind_that_its_sentence_names() {
    let mut page = MatchPage::sketching();
    page.sketched(0.9, 0.5);
    page.give("hiss.wav");
    page.read();
    page.examine(4, false, true);
    assert_eq!((page.refusal(), page.target().as_str()), (Some(MatchRefusal::NoVoice), "hum.wav"));
    assert!(page.model().search.is_running, "the sketch goes on");
    choose(&mut page, MatchKind::Sound);
    page.hear();
    assert_eq!((page.target().as_str(), kinds(&page)), ("hiss.wav", (MatchKind::Sound, MatchKind::Sound)));
    assert!(page.model().search.is_running && page.model().status.is_empty());
}

#[test]
fn a_melody_without_pitch_is_a_rhythm_which_is_said_and_said_again() {
    let mut page = MatchPage::open();
    choose(&mut page, MatchKind::Voice);
    page.give("hisses.wav");
    page.read();
    page.examine(4, true, true);
    page.hear();
    page.find_hits();
    let note = MatchSentence::TakenAsRhythm { name: "hisses.wav".to_owned() };
    assert_eq!(
        (page.model().status, kinds(&page)),
        (vec![note.clone()], (MatchKind::Rhythm, MatchKind::Rhythm))
    );
    page.found(0, 0.5, 1.0);
    page.found(1, 0.5, 1.0);
    assert_eq!(page.model().status, [MatchSentence::Hits { hits: 3, kinds: 2 }, note.clone()]);
    choose(&mut page, MatchKind::Voice);
    assert_eq!(page.model().status, [note]);
    assert!(!page.model().search.is_running, "the same is not sketched once more");
    choose(&mut page, MatchKind::Rhythm);
    assert_eq!(page.model().status, [MatchSentence::Hits { hits: 3, kinds: 2 }]);
    choose(&mut page, MatchKind::Voice);
    page.give("hum.wav");
    page.read();
    page.examine(0, false, false);
    page.hear();
    assert_eq!(kinds(&page), (MatchKind::Voice, MatchKind::Voice), "a melody is what the next sound becomes");
}

#[test]
fn a_rhythm_that_is_sketched_as_a_melody_suggests_the_rhythm_and_a_melody_does_not() {
    assert_eq!(MatchPage::sketching().model().status, []);
    let mut page = MatchPage::open();
    choose(&mut page, MatchKind::Voice);
    page.give("beats.wav");
    page.read();
    page.examine(0, true, true);
    page.hear();
    assert_eq!(page.model().status, [MatchSentence::MaybeRhythm]);
    page.sketched(0.5, 1.0);
    assert_eq!(page.model().status, [MatchSentence::InTune { share: 0.5 }, MatchSentence::MaybeRhythm]);
    choose(&mut page, MatchKind::Rhythm);
    page.find_hits();
    assert_eq!((page.model().status, kinds(&page).0), (vec![], MatchKind::Rhythm));
}

#[test]
fn the_kinds_of_hits_stay_in_their_order_and_a_press_on_one_that_waits_changes_nothing() {
    let mut page = MatchPage::beating();
    assert_eq!(page.model().sketch.hits.len(), 3);
    page.hear_strand(1);
    assert_eq!(page.model().search.chosen, 0);
    page.found(0, 9.0, 0.1);
    page.render();
    page.played();
    page.found(1, 0.1, 0.5);
    assert_eq!(page.model().search.chosen, 0, "no kind takes the place of another by itself");
    page.found(0, 8.0, 1.0);
    page.found(1, 0.05, 1.0);
    assert_eq!(page.model().status, [MatchSentence::Hits { hits: 3, kinds: 2 }]);
}

#[test]
fn a_kind_that_is_found_before_the_first_one_is_heard_alone_with_its_patch() {
    let mut page = MatchPage::beating();
    page.found(1, 0.5, 0.1);
    assert!(page.player().is_none());
    page.own(MatchAction::HearStrand { strand: 1, is_alone: true });
    let patch = sounding(1, 0.5).values().to_vec();
    let wanted = MatchTask::RenderRhythm { patches: vec![patch.clone(), patch], kind: Some(1) };
    assert!(page.task(|task| *task == wanted).is_some(), "{:?}", page.running);
    page.render();
    assert!(page.player().is_some() && page.model().hearing.is_alone);
    let keeping = page.model().keeping;
    assert_eq!((keeping.is_current, keeping.can_keep, keeping.parts), (false, true, [false; 3]));
}

#[test]
fn a_kind_chosen_while_a_sound_is_judged_counts_after_it() {
    let mut page = MatchPage::open();
    page.give("hum.wav");
    page.read();
    choose(&mut page, MatchKind::Voice);
    page.hear();
    assert_eq!(kinds(&page), (MatchKind::Sound, MatchKind::Sound));
    page.examine(0, false, false);
    assert_eq!(kinds(&page), (MatchKind::Voice, MatchKind::Voice));
    assert!(page.task(|task| matches!(task, MatchTask::Sketch { .. })).is_some());
}

#[test]
fn closed_while_hits_of_another_sound_are_found_it_forgets_that_sound() {
    let mut page = MatchPage::beating();
    page.found(0, 0.5, 0.1);
    page.give("other.wav");
    page.read();
    page.examine(4, true, true);
    page.hear();
    page.close();
    page.find_hits();
    page.reopen();
    assert!(page.model().target.is_none() && page.model().status.is_empty());
}
