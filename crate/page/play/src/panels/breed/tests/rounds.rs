//! Rounds: hearing, going on, going back, keeping, and what is drawn again.

use super::*;
use crate::action::TouchAction;
use crate::touches::TouchSource;
use patch::Group;

#[test]
fn eight_children_are_there_at_once_and_get_their_words_when_they_are_measured() {
    let mut page = BreedPage::open();
    let model = page.model();
    assert_eq!((model.children.len(), model.round, model.chosen), (8, 1, None));
    assert!(model.children.iter().all(|child| child.words.is_none()));
    assert_eq!(page.waiting()[0].1.len(), 9, "the children and their parent");
    page.measure(sound);
    let words: Vec<_> = page.model().children.into_iter().map(|child| child.words.unwrap()).collect();
    assert!(words.iter().all(|words| (1..=2).contains(&words.len())), "{words:?}");
}

#[test]
fn nothing_plays_by_itself_and_a_touch_plays_a_child_beside_the_current_sound() {
    let mut page = BreedPage::open();
    let set = |page: &BreedPage| {
        let patches = page.audio.iter().filter_map(|command| match command {
            AudioCommand::SetPatch(part, patch, _) => Some((*part, **patch)),
            _ => None,
        });
        patches.collect::<Vec<_>>()
    };
    page.measure(sound);
    assert_eq!(set(&page), []);
    let (before, patches) = (page.heard(), page.patches());
    page.own(BreedAction::Press { child: Some(2) });
    assert_eq!(set(&page), [(1, patches[2])]);
    assert_eq!((page.model().chosen, page.model().is_sounding), (Some(2), true));
    page.own(BreedAction::Slide { child: Some(2) });
    page.own(BreedAction::Slide { child: Some(5) });
    assert_eq!(set(&page), [(1, patches[2]), (1, patches[5])], "a slide plays one after the other");
    page.now_ms += 900.0;
    page.own(BreedAction::Lift);
    assert_eq!((page.model().chosen, page.model().is_sounding), (Some(5), false));
    page.own(BreedAction::Slide { child: Some(1) });
    assert_eq!((page.heard(), page.model().chosen), (before, Some(5)), "the current sound stays");
    assert!(!page.state.history.can_undo());
}

#[test]
fn a_tap_plays_a_child_long_enough_to_hear_it() {
    let mut page = BreedPage::open();
    page.hear(2);
    assert!(page.model().is_sounding);
    page.rest();
    assert!(!page.model().is_sounding);
    page.hear(2);
    page.own(BreedAction::Press { child: Some(3) });
    page.rest();
    assert!(page.model().is_sounding, "the end of the tap before does not end this one");
}

#[test]
fn a_key_plays_a_child_for_a_moment() {
    let mut page = BreedPage::open();
    page.own(BreedAction::Strike { child: Some(0) });
    assert!(page.model().is_sounding);
    page.rest();
    assert!(!page.model().is_sounding);
}

#[test]
fn go_on_makes_the_heard_child_the_current_sound_and_undo_brings_back_the_same_eight() {
    let mut page = BreedPage::open();
    page.measure(sound);
    let (first, start) = (page.patches(), page.heard());
    page.hear(3);
    page.own(BreedAction::GoOn);
    assert_eq!(page.heard(), first[3]);
    let second = page.patches();
    assert!(second.iter().all(|child| !first.contains(child)));
    assert_eq!((page.model().round, page.model().chosen), (2, None));
    assert_eq!(page.waiting()[0].1, second, "its parent is measured already");
    page.edit(Edit::Undo);
    assert_eq!((page.heard(), page.patches(), page.model().chosen), (start, first.clone(), Some(3)));
    page.edit(Edit::Redo);
    assert_eq!((page.heard(), page.patches()), (first[3], second));
    page.own(BreedAction::GoBack);
    assert_eq!((page.heard(), page.patches()), (start, first));
    assert!(page.state.history.can_redo(), "it is the page's undo");
}

#[test]
fn going_back_leaves_a_pin_that_was_made_since() {
    let mut page = BreedPage::open();
    let start = page.heard();
    page.hear(3);
    page.own(BreedAction::GoOn);
    page.own(BreedAction::Keep { child: 1, name: "Velvet Choir, child 2".to_owned() });
    page.own(BreedAction::GoBack);
    assert_eq!((page.heard(), page.model().round), (start, 1));
    assert_eq!(page.state.document().landmarks.all().len(), 1);
}

#[test]
fn without_a_heard_child_there_are_eight_others_of_the_same_sound() {
    let mut page = BreedPage::open();
    let (first, start) = (page.patches(), page.heard());
    assert!(!page.model().can_go_back);
    page.own(BreedAction::GoOn);
    assert_eq!((page.heard(), page.model().round), (start, 1));
    assert!(page.patches().iter().all(|child| !first.contains(child)));
    page.own(BreedAction::GoBack);
    assert_eq!(page.patches(), first);
}

#[test]
fn keep_pins_the_child_and_leaves_the_wheel() {
    let mut page = BreedPage::open();
    page.measure(sound);
    let (children, start) = (page.patches(), page.heard());
    page.hear(2);
    page.own(BreedAction::Keep { child: 2, name: "Velvet Choir, child 3".to_owned() });
    let pins = page.state.document().landmarks.all();
    assert_eq!(
        (pins[0].name.as_str(), pins[0].patch.as_deref()),
        ("Velvet Choir, child 3", Some(&children[2]))
    );
    assert_eq!((page.patches(), page.heard()), (children, start));
    let model = page.model();
    assert!(model.children[2].is_kept && !model.children[3].is_kept);
    assert_eq!(model.kept.unwrap().name.as_deref(), Some("Velvet Choir, child 3"));
    page.edit(Edit::Undo);
    assert_eq!(page.model().kept, None, "the pin is gone");
    page.edit(Edit::Redo);
    assert!(page.model().kept.is_some());
    page.hear(2);
    assert_eq!(page.model().kept, None, "the line spells the child out again");
    page.edit(Edit::Undo);
    assert!(!page.model().children[2].is_kept);
}

#[test]
fn silent_loud_and_equal_children_are_drawn_again_unseen() {
    let mut page = BreedPage::open();
    let first = page.patches();
    let parent = page.heard();
    page.measure(|patch| {
        let place = first.iter().position(|child| child == patch);
        match place {
            Some(0) => silence(),
            Some(1) => sound(&parent),
            Some(2) => sound(&first[3]),
            _ => sound(patch),
        }
    });
    let now = page.patches();
    assert!((0..2).all(|place| now[place] != first[place]));
    assert!(now[2] != first[2] || now[3] != first[3], "of two that sound alike one stays");
    assert!((4..8).all(|place| page.state.panels.breed.rounds.shown().unwrap().children[place].is_judged));
    assert_eq!(page.state.panels.breed.rounds.shown().unwrap().redraws(), 3);
}

#[test]
fn children_are_levelled_to_their_parent() {
    let mut page = BreedPage::open();
    let parent = page.heard();
    page.measure(|patch| {
        let mut numbers = sound(patch);
        let is_parent = *patch == parent;
        numbers[8] = Some(if is_parent { -20.0 } else { -14.0 });
        numbers
    });
    for child in page.patches() {
        let by_db =
            20.0 * (child.control(Parameter::MasterVol) / parent.control(Parameter::MasterVol)).log10();
        assert!((by_db + 6.0).abs() < 0.01, "{by_db} dB");
    }
    assert_eq!(page.state.panels.breed.rounds.shown().unwrap().redraws(), 0);
}

#[test]
fn with_a_locked_volume_a_loud_child_is_drawn_again() {
    let mut page = BreedPage::open();
    page.edit(Edit::ToggleLock(Group::Amplifier));
    page.own(BreedAction::GoOn);
    let (first, volume) = (page.patches(), page.heard().get(Parameter::MasterVol));
    page.measure(|patch| {
        let mut numbers = sound(patch);
        if first[..4].contains(patch) {
            numbers[8] = Some(-16.0);
        }
        numbers
    });
    let now = page.patches();
    assert!((0..4).all(|place| now[place] != first[place]));
    assert_eq!(now[4..], first[4..]);
    assert!(now.iter().all(|child| child.get(Parameter::MasterVol) == volume));
}

#[test]
fn a_child_that_was_heard_stays_whatever_is_measured_of_it_later() {
    let mut page = BreedPage::open();
    let (first, parent) = (page.patches(), page.heard());
    page.hear(1);
    page.measure(|patch| if *patch == first[1] { sound(&parent) } else { sound(patch) });
    assert_eq!(page.patches()[1], first[1]);
}

#[test]
fn children_that_never_differ_are_shown_in_the_end() {
    let mut page = BreedPage::open();
    let parent = page.heard();
    page.measure(|_| sound(&parent));
    assert!(page.model().children.iter().all(|child| child.words == Some(Vec::new())));
    assert_eq!(page.state.panels.breed.rounds.shown().unwrap().redraws(), 48, "six times each");
}

#[test]
fn late_answers_of_an_earlier_round_change_nothing() {
    let mut page = BreedPage::open();
    let (task, patches) = page.waiting().pop().unwrap();
    page.hear(0);
    page.own(BreedAction::GoOn);
    let now = page.patches();
    page.answer(task, 0, patches.iter().flat_map(|_| silence()).collect());
    assert_eq!(page.patches(), now);
    assert!(page.model().children.iter().all(|child| child.words.is_none()));
    let (task, _) = page.waiting().pop().unwrap();
    page.answer(task, 7, vec![Some(f32::NAN); 3]);
    page.answer(task, 900, silence());
    assert_eq!(page.patches(), now, "nor does an answer without sense");
}

#[test]
fn locked_sections_rest_and_with_all_four_go_on_does() {
    let mut page = BreedPage::open();
    for section in 0..4 {
        page.own(BreedAction::ToggleSection { section });
    }
    assert_eq!(page.model().status, BreedStatus::Locked);
    let (children, start) = (page.patches(), page.heard());
    page.hear(4);
    page.own(BreedAction::GoOn);
    assert_eq!((page.patches(), page.heard()), (children, start));
    page.own(BreedAction::ToggleSection { section: 1 });
    assert_eq!(page.model().status, BreedStatus::Ready);
    page.own(BreedAction::GoOn);
    for child in page.model().children {
        let is_same: Vec<bool> = child.sections.iter().map(|own| *own == SectionChange::Same).collect();
        assert_eq!(is_same, [true, false, true, true]);
    }
}

#[test]
fn parameters_that_a_person_has_locked_stay() {
    let mut page = BreedPage::open();
    page.edit(Edit::ToggleLock(Group::Filter));
    page.own(BreedAction::GoOn);
    let filter = |patch: &Patch| {
        let own = Parameter::ALL.into_iter().filter(|own| own.info().group == Group::Filter);
        own.map(|own| patch.get(own)).collect::<Vec<_>>()
    };
    let own = filter(&page.heard());
    assert!(page.patches().iter().all(|child| filter(child) == own));
}

#[test]
fn another_sound_gets_children_once_it_rests_and_closing_stays_in_the_middle() {
    let mut page = BreedPage::open();
    let first = page.patches();
    page.edit(Edit::SetParameter(Parameter::FilterCutoff, 0.25));
    assert_eq!(page.patches(), first, "the sound may still change");
    page.rest();
    let (second, edited) = (page.patches(), page.heard());
    assert!(second.iter().all(|child| !first.contains(child)));
    page.own(BreedAction::Press { child: Some(1) });
    page.panel(PanelAction::Close(PanelId::Breed));
    assert_eq!(page.heard(), edited);
    assert!(!page.state.touches.holds(TouchSource::Audition));
    page.edit(Edit::Undo);
    page.panel(PanelAction::Open(PanelId::Breed));
    assert_eq!(page.patches(), first, "the round of this sound is still there");
    page.act(Action::Touch(TouchAction::Lose(TouchSource::Tap)));
}

#[test]
fn each_section_has_its_own_amount() {
    let mut page = BreedPage::open();
    page.own(BreedAction::SetAmount { percent: 40.0 });
    page.own(BreedAction::SetSectionAmount { section: 3, percent: 15.0 });
    page.own(BreedAction::SetSwap { section: 0, is_on: false });
    let model = page.model();
    assert_eq!(model.sections.iter().map(|own| own.percent).collect::<Vec<_>>(), [40, 40, 40, 15]);
    assert_eq!((model.percent, model.mode, model.sections[0].is_swapped), (40, None, false));
    page.own(BreedAction::SetMode { mode: BreedMode::Swap });
    page.own(BreedAction::SetSectionAmount { section: 0, percent: f32::NAN });
    assert_eq!(page.model().sections[0].percent, 30);
    page.own(BreedAction::SetSectionAmount { section: 9, percent: 10.0 });
    page.own(BreedAction::ToggleSection { section: 9 });
    page.own(BreedAction::SetSwap { section: 9, is_on: true });
}

#[test]
fn the_wheel_has_a_place_for_each_child_on_the_map() {
    let mut page = BreedPage::open();
    page.act(Action::Map(crate::action::MapAction::Resize([390.0, 300.0], [0.0, 0.0])));
    let wheel = page.state.breed_wheel().unwrap();
    let middle = page.state.map.viewport.to_screen(wheel.middle);
    let places: Vec<(f64, f64)> =
        wheel.children.iter().map(|&child| page.state.map.viewport.to_screen(child)).collect();
    assert!(places[0].0 < middle.0 && places[1].0 > middle.0 && places[2].0 > places[1].0, "clockwise");
    for (at, place) in places.iter().enumerate() {
        let apart = |other: &(f64, f64)| (place.0 - other.0).hypot(place.1 - other.1);
        assert!(places[..at].iter().all(|other| apart(other) > 30.0));
    }
    page.act(Action::Page(PageAction::SelectTab(Tab::Play)));
    assert_eq!(page.state.breed_wheel(), None);
}
