//! The list of sounds, and the landmarks that are made between them.

use super::*;
use crate::landmarks::LANDMARK_LIMIT;

fn lines(page: &BetweenPage) -> Vec<String> {
    let chooser = page.model().chooser.expect("the list is open");
    chooser.lines.into_iter().map(|line| line.name).collect()
}

fn keep(page: &mut BetweenPage, name: &str) {
    page.own(BetweenAction::Keep { place: 0, name: name.to_owned() });
}

#[test]
fn the_list_has_landmarks_and_the_presets_with_the_typed_text_the_shortest_name_first() {
    let mut page = BetweenPage::with_ends(2);
    keep(&mut page, "Mine");
    page.own(BetweenAction::ToggleChooser { end: 0 });
    assert_eq!(lines(&page), ["Mine"]);
    page.own(BetweenAction::Find { query: " OR ".to_owned() });
    assert_eq!(lines(&page), ["Organ", "Harpsichord"]);
    page.own(BetweenAction::Find { query: "none of them".to_owned() });
    assert!(lines(&page).is_empty());
    page.own(BetweenAction::ToggleChooser { end: 0 });
    assert!(page.model().chooser.is_none());
}

#[test]
fn enter_chooses_the_first_line() {
    let mut page = BetweenPage::open();
    page.own(BetweenAction::ToggleChooser { end: 1 });
    page.own(BetweenAction::Find { query: "vib".to_owned() });
    page.own(BetweenAction::ChooseFirst);
    assert_eq!(page.name(1), "Vibrato");
    assert!(page.model().chooser.is_none());
}

#[test]
fn a_landmark_that_is_deleted_while_a_sound_is_chosen_is_no_choice_any_more() {
    let mut page = BetweenPage::with_ends(1);
    keep(&mut page, "First");
    page.choose(0, 1);
    keep(&mut page, "Second");
    page.own(BetweenAction::ToggleChooser { end: 1 });
    page.act(Action::Edit(Edit::DeleteLandmark(0)));
    // A press on the line of before comes first.
    let sound = ListedSound::Landmark { position: 0 };
    page.act(Action::Panel(
        PanelAction::Act(OwnAction::Between(BetweenAction::Choose { sound, name: "First".to_owned() })),
        0.0,
    ));
    assert_eq!(lines(&page), ["Second"]);
    assert_eq!(page.name(1), "");
    page.act(Action::Edit(Edit::DeleteLandmark(0)));
    page.frame();
    assert!(lines(&page).is_empty());
}

#[test]
fn a_landmark_is_a_sound_to_choose() {
    let mut page = BetweenPage::with_ends(2);
    page.own(BetweenAction::MoveSlider { step: 24 });
    let heard = page.heard();
    let percent = 25;
    let [from, to] = ["Choir", "Harpsichord"].map(BetweenName::own);
    assert_eq!(page.model().landmark, Some(BetweenLandmark::Way { from, to, percent }));
    keep(&mut page, "Halfway");
    assert_eq!(page.model().kept, Some(KeptLandmark { place: 0, name: Some("Halfway".to_owned()) }));
    page.move_to(1.0, 1.0);
    assert_eq!(page.model().kept, None, "that is another sound");
    page.own(BetweenAction::ToggleChooser { end: 0 });
    page.own(BetweenAction::ChooseFirst);
    assert_eq!((page.name(0), page.heard()), ("Halfway".to_owned(), heard));
}

#[test]
fn a_landmark_is_named_after_the_end_the_square_or_the_grid() {
    let mut page = BetweenPage::with_square();
    assert_eq!(page.model().landmark, Some(BetweenLandmark::End { name: BetweenName::own("Vibrato") }));
    page.own(BetweenAction::StepSquareAxis { axis: 0, by: -10 });
    page.work();
    let names = ["Choir", "Harpsichord", "Organ", "Vibrato"].map(BetweenName::own).to_vec();
    assert_eq!(page.model().landmark, Some(BetweenLandmark::Mixture { names }));
    page.own(BetweenAction::ToggleAround);
    page.work();
    page.own(BetweenAction::GoToCell { place: 1, cell: 7 });
    let name = BetweenName::own("Harpsichord");
    assert_eq!(page.model().landmark, Some(BetweenLandmark::Around { name }));
    page.move_to(1.0, 1.0);
    assert_eq!(page.model().landmark, None);
}

#[test]
fn without_room_for_another_landmark_that_is_told() {
    let mut page = BetweenPage::with_ends(2);
    for number in 0..LANDMARK_LIMIT {
        page.act(Action::Edit(Edit::AddLandmark(format!("Landmark {number}"))));
    }
    page.frame();
    keep(&mut page, "One more");
    assert_eq!(page.model().kept, Some(KeptLandmark { place: 0, name: None }));
}
