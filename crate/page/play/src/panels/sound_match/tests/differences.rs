//! Answers are compared with the target: percentages, and remarks on the differences.

use patch::Group;

use super::*;
use crate::action::Edit;

/// The percentages that the buttons of the answers show.
fn percents(page: &MatchPage) -> Vec<Option<f32>> {
    page.model().search.strands.iter().map(|strand| strand.percent).collect()
}

/// A search that was stopped with two answers.
fn stopped() -> MatchPage {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    page.found(1, 4.0, 0.1);
    page.compare([90.0, 80.0, 0.0, 0.0]);
    page.stop_job();
    page
}

#[test]
fn while_a_search_goes_on_each_answer_is_compared_again_after_a_tenth_of_the_way() {
    let mut page = MatchPage::searching();
    assert_eq!(page.comparing(), None);
    page.found(0, 3.0, 0.1);
    let levelled = |page: &MatchPage| {
        page.running.iter().rev().find_map(|(_, task)| match task {
            MatchTask::Compare { is_levelled, .. } => Some(*is_levelled),
            _ => None,
        })
    };
    assert_eq!(levelled(&page), Some(true), "its volume is not set yet");
    assert!(page.model().search.strands[0].is_awaited && percents(&page)[0].is_none());
    page.compare([40.0; 4]);
    assert_eq!(percents(&page), [Some(40.0), None, None, None]);
    page.found(0, 2.5, 0.15);
    assert_eq!(page.comparing(), None, "it is too early");
    page.found(0, 2.0, 0.25);
    page.compare([30.0; 4]);
    assert_eq!(percents(&page)[0], Some(30.0));
    assert!(page.model().remarks.is_empty() && !page.model().search.strands[0].is_closest);
    page.found(0, 2.0, 1.0);
    page.compare([30.0; 4]);
    page.stop_job();
    assert_eq!(levelled(&page), Some(false));
}

#[test]
fn the_closest_answer_to_an_ear_is_chosen_and_told_once_all_are_compared() {
    let mut page = stopped();
    assert_eq!(page.model().status, [MatchSentence::Stopped { percent: None }]);
    assert_eq!(page.model().search.chosen, 0, "of the least distance");
    page.compare([20.0, 10.0, 0.0, 0.0]);
    assert_eq!(page.model().status, [MatchSentence::Stopped { percent: Some(10.0) }]);
    assert_eq!(percents(&page), [Some(20.0), Some(10.0), None, None]);
    assert!(page.model().search.strands[1].is_closest && !page.model().search.strands[0].is_closest);
    page.render();
    page.played();
    assert_eq!(page.model().search.chosen, 1);
}

#[test]
fn remarks_are_those_of_the_chosen_answer() {
    let mut page = stopped();
    while let Some((task, strand)) = page.comparing() {
        let numbers = vec![20.0, 2.0, 0.5, 1.0, strand as f32, 14.0, 35.0, 0.0, 0.0];
        page.finish(task, MatchAnswer::Compared { numbers });
    }
    let remark = |kind, numbers| AnswerRemark { kind, numbers };
    page.hear_strand(1);
    assert_eq!(page.model().remarks, [remark(2, [0.5, 1.0, 1.0]), remark(14, [35.0, 0.0, 0.0])]);
    page.hear_strand(0);
    assert_eq!(page.model().remarks[0], remark(2, [0.5, 1.0, 0.0]));
    page.own(MatchAction::Again);
    assert!(page.model().remarks.is_empty() && percents(&page) == [None; 4]);
}

#[test]
fn after_a_lock_the_old_percentage_is_gone_until_the_changed_answer_is_compared() {
    let mut page = stopped();
    page.compare([20.0, 10.0, 0.0, 0.0]);
    page.act(Action::Edit(Edit::SetParameter(Parameter::FilterCutoff, 1.25)));
    page.act(Action::Edit(Edit::ToggleLock(Group::Filter)));
    page.frame();
    assert_eq!(percents(&page), [None; 4]);
    assert_eq!(page.model().status, [MatchSentence::Stopped { percent: None }]);
    assert!(page.model().search.strands[0].is_awaited);
    page.compare([60.0, 70.0, 0.0, 0.0]);
    assert_eq!(percents(&page)[..2], [Some(60.0), Some(70.0)]);
    assert_eq!(page.model().status, [MatchSentence::Stopped { percent: Some(60.0) }]);
}

#[test]
fn an_answer_whose_comparison_is_lost_has_no_percentage_and_is_not_compared_for_ever() {
    let mut page = stopped();
    for _ in 0..2 {
        let (task, _) = page.comparing().expect("an answer is compared");
        page.fail(task, "lost");
    }
    assert_eq!(page.comparing(), None);
    assert_eq!(percents(&page), [None; 4]);
    assert!(!page.model().search.strands[0].is_awaited);
}

#[test]
fn the_sketches_of_a_melody_and_of_a_rhythm_are_compared_once_they_are_done() {
    let mut page = MatchPage::sketching();
    page.sketched(0.9, 0.5);
    assert_eq!(page.comparing_sketch(), None);
    page.sketched(0.95, 1.0);
    page.compare_sketch(2);
    let remark = |kind| AnswerRemark { kind, numbers: [0.5, 1.0, 0.2] };
    assert_eq!(page.model().remarks, [remark(2)]);
    assert_eq!(page.model().status, [MatchSentence::InTune { share: 0.95 }]);
    let mut page = MatchPage::beating();
    page.found(0, 0.5, 1.0);
    page.found(1, 0.5, 1.0);
    page.compare_sketch(3);
    assert_eq!(page.model().remarks, [remark(3)]);
    assert_eq!(page.model().status, [MatchSentence::Hits { hits: 3, kinds: 2 }]);
}
