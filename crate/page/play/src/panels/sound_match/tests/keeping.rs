//! The kept answer, undo, and the places of the answers on the plane.

use std::rc::Rc;

use plane::Coordinates;

use super::*;
use crate::action::Edit;

fn known(x: Vec<f32>) -> Action {
    let names = ["Bass", "Bell"].into_iter().take(x.len()).map(str::to_owned).collect();
    Action::Load(LoadAction::Known(Rc::new(Coordinates {
        version: plane::coordinates::VERSION,
        banks: vec!["A.bank".to_owned()],
        name: names,
        bank: vec![0; x.len()],
        index: (0..x.len() as u16).collect(),
        y: vec![0.0; x.len()],
        x,
        ..Coordinates::default()
    })))
}

fn edit(page: &mut MatchPage, edit: Edit) {
    page.act(Action::Edit(edit));
    page.frame();
}

#[test]
fn an_answer_that_was_not_compared_with_the_target_is_not_kept() {
    let mut page = MatchPage::searching();
    page.found(0, f32::INFINITY, 0.0);
    page.stop_job();
    assert_eq!((page.model().keeping.can_keep, page.model().status), (false, vec![]));
    page.own(MatchAction::Keep);
    assert!(page.patch().is_none());
}

#[test]
fn a_kept_answer_plays_at_its_place_is_named_after_the_sound_and_one_undo_goes_back() {
    let mut page = MatchPage::searching();
    edit(&mut page, Edit::MoveTo(at(-3.0)));
    page.found(0, 3.0, 0.1);
    page.own(MatchAction::Keep);
    let patch = sounding(0, 3.0);
    assert_eq!(page.patch(), Some(patch));
    let is_named = |effect: &Effect| matches!(effect, Effect::NamePatch(name, _) if name == "harp");
    assert!(page.effects.iter().any(is_named));
    let is_sent = |effect: &Effect| matches!(effect, Effect::Audio(AudioCommand::SetPatch(0, sent, _)) if **sent == patch);
    assert!(page.effects.iter().any(is_sent));
    assert!(near(page.state.point(), at(-3.0)), "its place is not known yet");
    assert!(page.model().keeping.is_current && !page.model().keeping.can_keep);
    page.placed(2.0);
    assert!(near(page.state.point(), at(2.0)));
    assert_eq!(page.patch(), Some(patch));
    edit(&mut page, Edit::Undo);
    assert!(near(page.state.point(), at(-3.0)) && page.patch().is_none());
}

#[test]
fn undo_and_redo_change_the_sentence_unless_another_one_stands_there() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    page.stop_job();
    page.own(MatchAction::Keep);
    let (kept, outcome) =
        (MatchSentence::Kept { kind: MatchKind::Sound, number: 1 }, MatchSentence::Stopped { percent: None });
    assert_eq!(page.model().status, std::slice::from_ref(&kept));
    edit(&mut page, Edit::Undo);
    assert_eq!(page.model().status, [outcome]);
    edit(&mut page, Edit::Redo);
    assert_eq!(page.model().status, std::slice::from_ref(&kept));
    page.close();
    page.reopen();
    assert_eq!(page.model().status, [kept]);
    page.give("silence.wav");
    edit(&mut page, Edit::Undo);
    assert_eq!(page.model().status, [MatchSentence::Reading { name: "silence.wav".to_owned() }]);
}

#[test]
fn an_answer_that_is_placed_late_does_not_pull_the_point_back() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    page.own(MatchAction::Keep);
    edit(&mut page, Edit::MoveTo(at(3.5)));
    page.placed(2.0);
    assert!(near(page.state.point(), at(3.5)));
}

#[test]
fn strands_are_placed_one_at_a_time_and_leave_a_way_on_the_map() {
    let mut page = MatchPage::searching();
    page.found(0, 3.0, 0.1);
    assert_eq!(page.wanted(), Some(sounding(0, 3.0)));
    page.found(1, 5.0, 0.1);
    assert_eq!(page.wanted(), None, "the first is still on its way");
    page.placed(1.0);
    assert_eq!(page.placing.map(|(_, patch)| patch), Some(sounding(1, 5.0)));
    page.placed(-1.0);
    assert!(page.placing.is_none());
    page.found(0, 1.5, 0.2);
    assert_eq!(page.wanted(), Some(sounding(0, 1.5)), "its best patch is another one, and much nearer");
    page.placed(1.001);
    let way = |page: &MatchPage| page.search_state().strands[0].as_ref().map(|strand| strand.way.clone());
    assert_eq!(way(&page), Some(vec![at(1.0)]), "too near to be seen");
    page.found(0, 0.5, 0.3);
    page.placed(2.0);
    assert_eq!(way(&page), Some(vec![at(1.0), at(2.0)]));
    assert!(page.model().marks.places[0].is_some());
    page.close();
    assert!(page.model().marks.places[0].is_none(), "closed, the map is free");
}

#[test]
fn while_a_search_goes_on_only_a_much_nearer_answer_is_placed_again_and_at_its_end_every_one() {
    let mut page = MatchPage::searching();
    for strand in 0..2 {
        page.found(strand, 4.0, 0.1);
        page.placed(strand as f32);
    }
    page.found(0, 3.0, 0.2);
    assert_eq!(page.wanted(), None);
    page.found(1, 2.0, 0.2);
    assert_eq!(page.wanted(), Some(sounding(1, 2.0)));
    page.placed(3.0);
    assert!(page.placing.is_none());
    page.stop_job();
    assert_eq!(page.wanted(), Some(sounding(0, 3.0)));
    page.placed(2.0);
    assert!(page.placing.is_none());
}

#[test]
fn an_answer_kept_while_another_is_placed_gets_its_place_although_a_nearer_one_is_found() {
    let mut page = MatchPage::searching();
    page.found(0, 4.0, 0.1);
    page.placed(0.0);
    page.found(1, 5.0, 0.1);
    page.found(0, 3.5, 0.2);
    page.hear_strand(0);
    page.own(MatchAction::Keep);
    page.found(0, 3.0, 0.3);
    page.placed(1.0);
    assert_eq!(page.placing.map(|(_, patch)| patch), Some(sounding(0, 3.5)));
    page.placed(2.0);
    assert!(near(page.state.point(), at(2.0)));
}

#[test]
fn a_kept_answer_gets_its_place_although_another_search_begins_at_once() {
    for is_asked in [true, false] {
        let mut page = MatchPage::searching();
        if !is_asked {
            page.found(1, 5.0, 0.1);
        }
        page.found(0, 3.0, 0.1);
        page.hear_strand(0);
        page.own(MatchAction::Keep);
        page.own(MatchAction::Again);
        if !is_asked {
            page.placed(1.0);
        }
        assert_eq!(page.placing.map(|(_, patch)| patch), Some(sounding(0, 3.0)), "it is placed next");
        page.placed(2.0);
        assert!(
            page.model().search.strands.iter().all(|strand| !strand.is_found),
            "the other search has found nothing"
        );
        assert!(near(page.state.point(), at(2.0)));
    }
}

#[test]
fn with_another_model_the_answers_are_placed_anew() {
    let mut page = MatchPage::searching();
    page.act(known(vec![1.0, -2.0]));
    page.found(0, 3.0, 0.1);
    page.placed(1.0);
    page.act(known(vec![1.0]));
    assert_eq!(page.wanted(), None, "with other presets of the same model they stay");
    page.act(known(vec![-1.0, 2.0]));
    assert_eq!(page.wanted(), Some(sounding(0, 3.0)));
    assert!(page.model().marks.places[0].is_none());
    page.placed(-1.0);
    assert_eq!(page.search_state().chosen().and_then(MatchStrand::point), Some(at(-1.0)));
}
