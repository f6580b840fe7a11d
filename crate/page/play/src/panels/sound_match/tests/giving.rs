//! Sounds that are given while others are read, judged or searched for, and while the panel is closed.

use super::*;

#[test]
fn of_files_that_are_given_while_the_script_loads_the_last_is_searched_for() {
    let mut page = MatchPage::new();
    page.give("high.wav");
    page.give("low.wav");
    page.panel(PanelAction::Loaded(PanelId::SoundMatch));
    assert_eq!(page.model().status, [MatchSentence::Reading { name: "low.wav".to_owned() }]);
    page.read();
    page.hear();
    assert_eq!(page.target(), "low.wav");
}

#[test]
fn a_file_for_a_script_that_could_not_be_loaded_is_forgotten() {
    let mut page = MatchPage::new();
    page.give("high.wav");
    page.panel(PanelAction::NotLoaded(PanelId::SoundMatch));
    page.reopen();
    page.panel(PanelAction::Loaded(PanelId::SoundMatch));
    assert_eq!(page.task(|task| matches!(task, MatchTask::Read { .. })), None);
}

#[test]
fn while_a_sound_is_read_and_heard_nothing_is_said_of_the_search_that_it_ends() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    page.give("low.wav");
    page.stop_job();
    assert_eq!(page.model().status, [MatchSentence::Reading { name: "low.wav".to_owned() }]);
    page.read();
    assert_eq!(page.model().status, [MatchSentence::Listening { name: "low.wav".to_owned() }]);
    page.hear();
    assert_eq!((page.model().status, page.target().as_str()), (vec![], "low.wav"));
}

#[test]
fn a_refused_sound_leaves_the_search_for_another_one_alone_and_its_sentence_stays() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    let task = page.search_task();
    page.give("silence.wav");
    page.read();
    let listening = page.listening().expect("the workers listen");
    page.finish(listening, MatchAnswer::Refused { problem: 1 });
    assert_eq!(page.refusal(), Some(MatchRefusal::Silent));
    assert_eq!((page.search_task(), page.target().as_str()), (task, "harp.wav"));
    page.stop_job();
    assert_eq!(page.refusal(), Some(MatchRefusal::Silent));
}

#[test]
fn each_sound_that_cannot_be_searched_for_is_refused_for_its_reason() {
    for (reason, refusal) in [("too_large", MatchRefusal::TooLarge), ("not_audio", MatchRefusal::NotAudio)] {
        let mut page = MatchPage::open();
        page.give("text.mp3");
        let reading = page.reading();
        page.fail(reading, reason);
        assert_eq!((page.refusal(), page.model().target), (Some(refusal), None));
    }
    for (problem, is_long, refusal) in [
        (1, false, MatchRefusal::Silent),
        (1, true, MatchRefusal::SilentAtFirst),
        (2, false, MatchRefusal::TooShort),
        (3, false, MatchRefusal::Unusable),
    ] {
        let mut page = MatchPage::open();
        page.give("short.wav");
        let (reading, sound) = (page.reading(), page.sound());
        page.finish(reading, MatchAnswer::Read { sound, is_long, is_damaged: false, length_s: 4.0 });
        let listening = page.listening().expect("the workers listen");
        page.finish(listening, MatchAnswer::Refused { problem });
        assert_eq!((page.refusal(), page.model().target), (Some(refusal), None));
    }
}

#[test]
fn a_sound_given_before_one_that_cannot_be_read_is_still_searched_for() {
    let mut page = MatchPage::open();
    page.give("high.wav");
    let high = page.reading();
    page.give("noise.wav");
    let noise = page.reading();
    page.fail(noise, "not_audio");
    let sound = page.sound();
    page.finish(high, MatchAnswer::Read { sound, is_long: false, is_damaged: false, length_s: 4.0 });
    page.hear();
    assert_eq!(page.target(), "high.wav");
    assert_eq!(page.refusal(), Some(MatchRefusal::NotAudio), "of the last one");
}

#[test]
fn a_sound_that_is_read_after_a_later_one_is_not_searched_for() {
    let mut page = MatchPage::open();
    page.give("high.wav");
    let high = page.reading();
    page.give("low.wav");
    page.read();
    let sound = page.sound();
    page.answer(high, MatchAnswer::Read { sound, is_long: false, is_damaged: false, length_s: 4.0 });
    page.hear();
    assert_eq!((page.target().as_str(), page.listening()), ("low.wav", None));
}

#[test]
fn sounds_are_judged_one_after_the_other_and_the_last_is_searched_for() {
    let mut page = MatchPage::open();
    page.give("high.wav");
    page.read();
    page.give("low.wav");
    page.read();
    page.hear();
    assert_eq!((page.target().as_str(), page.model().status.len()), ("high.wav", 1), "the next one is heard");
    page.hear();
    assert_eq!((page.target().as_str(), page.model().status.len()), ("low.wav", 0));
    assert_eq!(page.state.page.jobs.len(), 1);
}

#[test]
fn closed_while_a_sound_is_read_it_is_opened_with_the_last_answers() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    page.give("high.wav");
    let reading = page.reading();
    page.close();
    let sound = page.sound();
    page.answer(reading, MatchAnswer::Read { sound, is_long: false, is_damaged: false, length_s: 4.0 });
    page.reopen();
    assert_eq!((page.target().as_str(), page.listening()), ("harp.wav", None));
    assert!(page.model().search.strands[0].is_found);
}

#[test]
fn closed_while_the_workers_take_another_sound_it_has_no_answers_and_the_next_sound_is_searched_for() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    page.give("high.wav");
    page.read();
    page.close();
    page.reopen();
    page.hear();
    let model = page.model();
    assert!(model.target.is_none() && !model.search.strands[0].is_found && !model.search.is_running);
    assert_eq!((model.status, page.state.page.jobs.len()), (vec![], 0));
    page.search("low.wav");
    assert_eq!((page.target().as_str(), page.model().search.is_running), ("low.wav", true));
}

#[test]
fn closed_while_the_workers_refuse_another_sound_it_has_its_answers() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    page.give("silence.wav");
    page.read();
    let listening = page.listening().expect("the workers listen");
    page.close();
    page.finish(listening, MatchAnswer::Refused { problem: 1 });
    page.reopen();
    assert_eq!(page.target(), "harp.wav");
    assert_eq!(page.model().status, [MatchSentence::Stopped { percent: None }]);
}

#[test]
fn workers_that_are_lost_are_told_and_the_next_sound_is_searched_for() {
    let mut page = MatchPage::open();
    page.give("harp.wav");
    page.read();
    let listening = page.listening().expect("the workers listen");
    page.fail(listening, "lost");
    assert_eq!(page.refusal(), Some(MatchRefusal::Lost));
    page.search("harp.wav");
    assert!(page.model().search.is_running);
}

#[test]
fn a_file_that_is_damaged_in_part_is_told_while_and_after_it_is_searched_for() {
    let mut page = MatchPage::open();
    page.give("torn.mp3");
    let (reading, sound) = (page.reading(), page.sound());
    page.finish(reading, MatchAnswer::Read { sound, is_long: false, is_damaged: true, length_s: 4.0 });
    page.hear();
    let told = MatchSentence::InPart { name: "torn.mp3".to_owned() };
    assert_eq!(page.model().status, std::slice::from_ref(&told));
    page.found(0, 3.0, 0.1);
    page.stop_job();
    assert_eq!(page.model().status.last(), Some(&told));
    page.give("whole.mp3");
    page.read();
    page.hear();
    assert_eq!(page.model().status, []);
}
