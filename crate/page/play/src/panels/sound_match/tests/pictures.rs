//! The spectrograms and the left-over.

use super::*;

fn drawing(page: &MatchPage) -> Option<(TaskNumber, AnswerName)> {
    page.running.iter().find_map(|(number, task)| match task {
        MatchTask::DrawAnswer { name, .. } => Some((*number, *name)),
        _ => None,
    })
}

#[test]
fn a_new_target_is_drawn_once() {
    let mut page = MatchPage::searching();
    let draws = |page: &MatchPage| {
        page.running.iter().filter(|(_, task)| matches!(task, MatchTask::DrawTarget { .. })).count()
    };
    assert_eq!(draws(&page), 1);
    page.found(0, 3.0, 0.1);
    page.own(MatchAction::Again);
    assert_eq!(draws(&page), 1);
    page.search("low.wav");
    assert_eq!(draws(&page), 2);
}

#[test]
fn the_picture_of_an_answer_changes_at_most_once_a_second() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    page.render();
    let (first, name) = drawing(&page).expect("the answer is drawn");
    assert_eq!(name, AnswerName::Answer { number: 1 });
    page.found(0, 2.0, 0.2);
    page.end(first);
    page.found(0, 1.0, 0.3);
    page.render();
    assert_eq!(drawing(&page), None, "it rests");
    page.wait();
    page.render();
    let (second, _) = drawing(&page).expect("the newest answer is drawn");
    page.end(second);
    page.wait();
    page.render();
    assert_eq!(drawing(&page), None, "the same answer is not drawn again");
}

#[test]
fn a_new_search_clears_the_picture_and_the_next_one_is_drawn_at_once() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    page.render();
    assert!(page.model().has_picture && drawing(&page).is_some());
    page.own(MatchAction::Again);
    assert!(!page.model().has_picture && drawing(&page).is_none());
    page.found(0, 3.0, 0.1);
    page.render();
    assert!(drawing(&page).is_some());
}

#[test]
fn the_left_over_of_the_chosen_answer_is_measured_when_the_search_is_over() {
    let mut page = MatchPage::searching();
    let measuring = |page: &MatchPage| page.task(|task| matches!(task, MatchTask::MeasureLeftOver { .. }));
    page.found(0, 3.0, 0.1);
    page.found(1, 4.0, 0.1);
    assert_eq!(measuring(&page), None);
    page.stop_job();
    let measured = page.running.iter().find_map(|(_, task)| match task {
        MatchTask::MeasureLeftOver { patch, note } => Some((patch_of(patch), *note)),
        _ => None,
    });
    assert_eq!(measured, Some((sounding(0, 3.0), note_of(0.1))));
    let band = |from_hz: f32, difference_db| LeftOverBand { from_hz, to_hz: 2.0 * from_hz, difference_db };
    let bands = vec![band(100.0, -12.0), band(200.0, -20.0), band(400.0, 0.0), band(800.0, 11.0)];
    let task = measuring(&page).expect("it is measured");
    page.finish(task, MatchAnswer::LeftOver { bands });
    let left_over = page.model().left_over.expect("it is known");
    assert_eq!((left_over.missing, left_over.too_much), (vec![[100.0, 400.0]], vec![[800.0, 1600.0]]));
    page.hear_strand(1);
    assert!(measuring(&page).is_some(), "that of another answer");
    page.own(MatchAction::Again);
    assert!(page.model().left_over.is_none() && measuring(&page).is_none());
}
