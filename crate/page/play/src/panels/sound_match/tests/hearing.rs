//! The target and the answers as a person hears them.

use super::*;

#[test]
fn a_sound_plays_once_it_is_rendered_and_a_late_one_does_not() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    assert_eq!(page.player(), None, "it is rendered first");
    page.own(MatchAction::HearTarget);
    let target = page.player().expect("the target plays");
    assert_eq!(Some(target.sound), page.model().target.map(|target| target.sound));
    page.render();
    assert_eq!(page.player(), Some(target));
}

#[test]
fn what_plays_goes_on_at_the_same_moment_when_another_sound_is_chosen() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    page.render();
    let first = page.player().expect("the first answer plays");
    assert!(!first.goes_on);
    page.own(MatchAction::HearTarget);
    let target = page.player().expect("the target plays");
    assert!(target.goes_on && target.count != first.count && target.sound != first.sound);
    page.hear_strand(0);
    let again = page.player().expect("the answer plays");
    assert_eq!((again.sound, again.goes_on), (first.sound, true), "it is rendered once");
}

#[test]
fn on_repeat_a_press_changes_what_repeats_with_the_newest_answer() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    page.own(MatchAction::TogglePlaying);
    assert!(page.effects.contains(&Effect::Audio(AudioCommand::Wake)), "a press may wake the sound");
    page.render();
    let first = page.player().expect("it plays");
    page.found(0, 2.0, 0.2);
    assert_eq!(page.player(), Some(first), "a better answer does not interrupt it");
    page.played();
    page.render();
    let second = page.player().expect("it repeats");
    assert!(second.count != first.count && second.sound != first.sound);
    page.own(MatchAction::HearTarget);
    assert_eq!(page.hearing(), (MatchSound::Target, MatchPlaying::Repeating));
    page.played();
    assert!(page.player().is_some(), "so does the target");
    page.found(0, 1.0, 0.3);
    assert_eq!(page.hearing().0, MatchSound::Target, "a better answer does not end the comparison");
}

#[test]
fn an_answer_repeats_if_repeat_is_pressed_at_the_moment_in_which_it_ends() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    page.render();
    let first = page.player().expect("it plays");
    page.own(MatchAction::TogglePlaying);
    assert_eq!(page.player(), Some(first), "it plays on");
    page.own(MatchAction::Played { count: first.count });
    assert!(page.player().is_some_and(|player| player.count != first.count));
    page.own(MatchAction::Played { count: first.count });
    assert_eq!(page.player().map(|player| player.count), Some(first.count + 1), "a late end changes nothing");
}

#[test]
fn panic_a_lost_sound_output_and_a_second_press_end_what_repeats() {
    for end in [SoundAction::ContextLost, SoundAction::Panic] {
        let mut page = MatchPage::searching();
        page.own(MatchAction::TogglePlaying);
        assert!(page.player().is_some());
        page.act(Action::Sound(end));
        assert_eq!((page.player(), page.hearing().1), (None, MatchPlaying::Silent));
        page.own(MatchAction::TogglePlaying);
        page.own(MatchAction::TogglePlaying);
        assert_eq!((page.player(), page.hearing().1), (None, MatchPlaying::Silent));
    }
}

#[test]
fn a_strand_without_an_answer_is_not_heard() {
    let mut page = MatchPage::searching();
    page.hear_strand(3);
    assert_eq!(page.hearing(), (MatchSound::Target, MatchPlaying::Silent));
}

#[test]
fn a_search_stopped_while_an_uncompared_answer_plays_offers_a_compared_one() {
    let mut page = MatchPage::searching();
    page.found(0, f32::INFINITY, 0.0);
    page.own(MatchAction::TogglePlaying);
    page.found(1, 3.0, 0.1);
    page.stop_job();
    assert_eq!((page.model().search.chosen, page.hearing().0), (1, MatchSound::Strand(1)));
    page.own(MatchAction::Keep);
    assert_eq!(page.patch(), Some(sounding(1, 3.0)));
}

#[test]
fn an_answer_that_cannot_be_rendered_is_told_and_nothing_plays() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    let task = page.task(|task| matches!(task, MatchTask::Render { .. })).expect("it is rendered");
    page.fail(task, "lost");
    assert_eq!((page.refusal(), page.hearing().1), (Some(MatchRefusal::Lost), MatchPlaying::Silent));
}

#[test]
fn a_kind_of_hits_is_heard_alone_from_its_beginning_and_all_of_them_together_again() {
    let mut page = MatchPage::beating();
    page.found(0, 0.5, 0.1);
    page.found(1, 0.5, 0.1);
    page.render();
    let all = page.player().expect("all kinds play");
    page.own(MatchAction::HearStrand { strand: 0, is_alone: true });
    page.render();
    let alone = page.player().expect("one kind plays");
    assert!(alone.sound != all.sound && !alone.goes_on && page.model().hearing.is_alone);
    page.own(MatchAction::HearAnswer);
    page.render();
    assert!(
        !page.model().hearing.is_alone && page.player().is_some_and(|player| player.count != alone.count)
    );
}

#[test]
fn the_page_keeps_no_sound_that_nothing_names() {
    let mut page = MatchPage::searching();
    for step in 1..20 {
        page.found(0, 20.0 - step as f32, step as f32 / 20.0);
        page.own(MatchAction::TogglePlaying);
        page.render();
        page.own(MatchAction::TogglePlaying);
    }
    page.search("low.wav");
    let mut kept: Vec<u32> = (1..=page.sounds).collect();
    for (_, task) in &page.running {
        if let MatchTask::Forget { sounds } = task {
            kept.retain(|&number| !sounds.contains(&SoundNumber::of(number)));
        }
    }
    assert_eq!(kept.len(), 2, "the target, as it was given and as it is heard");
}
