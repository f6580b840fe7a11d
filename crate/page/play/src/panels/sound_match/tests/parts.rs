//! The part of the given sound that a person chooses. The given sound lasts four seconds.

use super::*;

impl MatchPage {
    fn drag(&mut self, from_s: f32, to_s: f32) {
        self.own(MatchAction::BeginPart { at_s: from_s });
        self.own(MatchAction::MovePart { at_s: to_s });
        self.own(MatchAction::EndPart);
    }

    /// The part that the workers listen to.
    fn listened(&self) -> Option<[f32; 2]> {
        self.running.iter().rev().find_map(|(_, task)| match task {
            MatchTask::Listen { part, .. } => part.map(|part| [part.from_s, part.to_s]),
            _ => None,
        })
    }

    fn shown(&self) -> ([f32; 2], bool) {
        let part = self.model().target.expect("a sound is given").part;
        ([part.from_s, part.to_s], part.is_whole)
    }
}

#[test]
fn a_drag_in_either_direction_chooses_a_part_which_is_searched_for() {
    for (from_s, to_s) in [(1.0, 2.5), (2.5, 1.0)] {
        let mut page = MatchPage::searching();
        assert_eq!(page.shown(), ([0.0, 4.0], true));
        page.own(MatchAction::BeginPart { at_s: from_s });
        page.own(MatchAction::MovePart { at_s: to_s });
        assert_eq!((page.shown(), page.listened()), (([1.0, 2.5], false), None), "the drag goes on");
        page.own(MatchAction::EndPart);
        assert_eq!(page.listened(), Some([1.0, 2.5]));
        page.hear();
        assert_eq!((page.shown(), page.model().search.run), (([1.0, 2.5], false), 2));
        assert_eq!(page.target(), "harp.wav");
    }
}

#[test]
fn a_drag_beyond_the_sound_ends_with_it_and_a_tap_chooses_nothing() {
    let mut page = MatchPage::searching();
    page.drag(3.0, 9.0);
    assert_eq!(page.listened(), Some([3.0, 4.0]));
    let mut page = MatchPage::searching();
    page.own(MatchAction::BeginPart { at_s: 2.0 });
    page.own(MatchAction::EndPart);
    assert_eq!((page.listened(), page.shown()), (None, ([0.0, 4.0], true)));
    page.drag(4.0, 4.0);
    let [from_s, to_s] = page.listened().expect("the shortest part");
    assert!((to_s - 4.0).abs() < 1e-6 && (to_s - from_s - 0.05).abs() < 1e-5);
}

#[test]
fn sliders_choose_a_part_after_a_pause() {
    let mut page = MatchPage::searching();
    page.own(MatchAction::AimPart { from_s: 1.0, to_s: 4.0 });
    page.own(MatchAction::AimPart { from_s: 1.1, to_s: 4.0 });
    assert_eq!((page.shown().0, page.listened()), ([1.1, 4.0], None));
    page.wait();
    assert_eq!(page.listened(), Some([1.1, 4.0]));
    let listens = page.running.iter().filter(|(_, task)| matches!(task, MatchTask::Listen { .. })).count();
    assert_eq!(listens, 1, "once");
}

#[test]
fn the_whole_sound_is_chosen_again_and_the_given_sound_stays_in_the_page() {
    let mut page = MatchPage::searching();
    let given = page.model().target.map(|target| target.part.sound);
    page.drag(1.0, 2.0);
    page.hear();
    page.own(MatchAction::ChooseWhole);
    page.hear();
    assert_eq!(
        (page.shown(), page.model().target.map(|target| target.part.sound)),
        (([0.0, 4.0], true), given)
    );
    let forgotten = page.running.iter().filter_map(|(_, task)| match task {
        MatchTask::Forget { sounds } => Some(sounds.clone()),
        _ => None,
    });
    assert!(!forgotten.flatten().any(|sound| Some(sound) == given));
}

#[test]
fn a_silent_part_is_refused_and_the_search_for_the_part_before_goes_on() {
    let mut page = MatchPage::searching();
    let task = page.search_task();
    page.drag(1.0, 2.0);
    let listening = page.listening().expect("the workers listen");
    page.finish(listening, MatchAnswer::Refused { problem: 1 });
    assert_eq!((page.refusal(), page.shown()), (Some(MatchRefusal::Silent), ([0.0, 4.0], true)));
    assert_eq!(page.search_task(), task);
    page.drag(1.0, 2.0);
    page.hear();
    assert_eq!(page.shown().0, [1.0, 2.0], "the given sound is still there");
}

#[test]
fn a_melody_is_sketched_from_the_part() {
    let mut page = MatchPage::sketching();
    page.drag(1.0, 2.0);
    let part = Some(SoundPart { from_s: 1.0, to_s: 2.0 });
    assert!(page.task(|task| matches!(task, MatchTask::Examine { part: own, .. } if *own == part)).is_some());
    page.examine(0, false, false);
    assert_eq!(page.listened(), Some([1.0, 2.0]));
    page.hear();
    assert!(page.task(|task| matches!(task, MatchTask::Sketch { .. })).is_some());
}

#[test]
fn numbers_that_are_none_choose_nothing() {
    let mut page = MatchPage::searching();
    page.drag(f32::NAN, 1.0);
    page.drag(1.0, f32::INFINITY);
    page.own(MatchAction::AimPart { from_s: f32::NAN, to_s: 1.0 });
    page.wait();
    assert_eq!((page.listened(), page.shown()), (None, ([0.0, 4.0], true)));
}
