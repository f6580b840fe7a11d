//! Which dots are shown, in which order of events, and those to which a person goes.

use super::*;

#[test]
fn dots_are_computed_once_presets_and_map_are_there_and_again_after_an_import() {
    let mut page = CodebookPage::empty();
    page.load();
    assert!(page.computing.is_empty() && !page.model().is_shown);
    page.know(KNOWN, LAYERS);
    assert_eq!(page.computing.len(), 1, "the map alone is not enough");
    assert!(!page.model().is_shown, "the search stays in sight");
    page.compute(1);
    let model = page.model();
    assert!(model.is_shown);
    assert_eq!((model.dots, model.layer), (Some(1), 1), "the layer that weighs most");
    page.frame();
    assert!(page.computing.is_empty(), "nothing new is known");
    page.own(CodebookAction::Choose { dot: 2 });
    page.know(KNOWN + 1, LAYERS);
    let model = page.model();
    assert_eq!((model.dots, model.chosen), (None, None), "the last dots are gone");
    assert!(model.is_shown, "its picture waits for the next ones");
    page.compute(0);
    assert_eq!((page.model().dots, page.model().layer), (Some(2), 1), "the chosen quality stays");
    page.know(KNOWN, ["depth", "loudness"]);
    page.compute(0);
    assert_eq!(page.model().layer, 0, "another map lacks that quality");
}

#[test]
fn dots_that_arrive_after_another_import_are_dropped() {
    let mut page = CodebookPage::empty();
    page.know(KNOWN, LAYERS);
    page.load();
    let late = page.computing[0];
    page.know(KNOWN + 1, LAYERS);
    page.answer(late, 1);
    assert_eq!(page.model().dots, None);
    page.own(CodebookAction::Go { dot: 0 });
    assert_eq!(page.model().chosen, None, "there are no dots to press");
    page.compute(1);
    assert!(page.model().dots.is_some());
}

#[test]
fn a_model_without_a_map_and_a_map_with_too_few_qualities_are_told_until_another_one_comes() {
    let mut page = CodebookPage::open();
    page.act(Action::Load(LoadAction::Map(None)));
    page.act(Action::Sound(SoundAction::DecoderImported(true)));
    page.frame();
    assert_eq!((page.model().lack, page.model().dots), (Some(CodebookLack::NoMap), None));
    page.close();
    assert_eq!((page.model().lack, page.model().is_shown), (None, false));
    page.reopen();
    assert_eq!((page.model().lack, page.model().is_shown), (Some(CodebookLack::NoMap), true));
    page.know(KNOWN, LAYERS);
    page.fail("scales");
    assert_eq!((page.model().lack, page.model().dots), (Some(CodebookLack::FewScales), None));
    page.know(KNOWN, ["depth", "brightness"]);
    assert_eq!(page.model().lack, None);
    page.compute(0);
    assert!(page.model().dots.is_some());
}

#[test]
fn a_map_that_still_loads_is_no_lack() {
    let mut page = CodebookPage::empty();
    page.act(Action::Sound(SoundAction::DecoderImported(true)));
    page.load();
    assert_eq!((page.model().lack, page.model().is_shown), (None, false));
}

#[test]
fn a_lost_file_gives_the_place_back_to_the_search_and_the_next_press_loads_it_again() {
    let mut page = CodebookPage::empty();
    page.know(KNOWN, LAYERS);
    page.load();
    page.fail("lost");
    assert_eq!((page.model().lack, page.model().is_shown), (Some(CodebookLack::Lost), false));
    page.frame();
    assert!(page.computing.is_empty(), "only a person tries again");
    page.reopen();
    assert_eq!(page.model().lack, None);
    page.compute(0);
    assert!(page.model().is_shown);
}

#[test]
fn a_codebook_that_loads_slowly_does_not_come_over_the_results_that_were_asked_for_meanwhile() {
    // While the script loads.
    let mut page = CodebookPage::empty();
    page.know(KNOWN, LAYERS);
    page.reopen();
    page.act(Action::Find(FindAction::LikeHere));
    page.panel(PanelAction::Loaded(PanelId::SoundCodebook));
    assert!(page.computing.is_empty() && !page.model().is_shown);
    // While the dots are computed.
    page.reopen();
    let late = page.computing[0];
    page.act(Action::Find(FindAction::LikeHere));
    page.answer(late, 0);
    assert!(!page.model().is_shown);
    page.reopen();
    page.compute(0);
    assert!(page.model().is_shown);
    page.act(Action::Find(FindAction::LikeHere));
    assert!(!page.model().is_shown, "the results take its place");
    page.reopen();
    assert!(page.model().is_shown && page.computing.is_empty(), "its dots are still there");
}

#[test]
fn who_closes_the_codebook_while_its_script_loads_and_opens_it_again_sees_it() {
    let mut page = CodebookPage::empty();
    page.know(KNOWN, LAYERS);
    page.reopen();
    page.close();
    page.reopen();
    page.panel(PanelAction::Loaded(PanelId::SoundCodebook));
    page.compute(0);
    assert!(page.model().is_shown);
}

#[test]
fn bars_are_pressed_and_released_and_another_layer_or_room_releases_all() {
    let mut page = CodebookPage::open();
    for bar in [3, 2, 8] {
        page.own(CodebookAction::ToggleBar { bar });
    }
    assert_eq!(page.model().picked, [2, 3], "there is no eighth bar");
    page.own(CodebookAction::ToggleBar { bar: 2 });
    assert_eq!(page.model().picked, [3]);
    page.own(CodebookAction::GiveRoom { bars: 8 });
    assert_eq!(page.model().picked, [3], "the room is the same");
    page.own(CodebookAction::GiveRoom { bars: 5 });
    assert!(page.model().picked.is_empty());
    page.own(CodebookAction::ToggleBar { bar: 1 });
    page.own(CodebookAction::ChooseLayer { layer: 0 });
    assert!(page.model().picked.is_empty() && page.model().layer == 0);
    page.own(CodebookAction::ToggleBar { bar: 1 });
    page.own(CodebookAction::ToggleCodes);
    assert!(page.model().picked.is_empty() && page.model().shows_codes);
    page.own(CodebookAction::ToggleCodes);
    page.own(CodebookAction::ChooseLayer { layer: 9 });
    assert!(!page.model().shows_codes && page.model().layer == 0, "the map has no such layer");
    page.own(CodebookAction::ToggleBar { bar: 1 });
    page.own(CodebookAction::ReleaseBars);
    assert!(page.model().picked.is_empty());
}

#[test]
fn a_chosen_dot_lights_up_on_the_map_before_a_person_goes_there() {
    let mut page = CodebookPage::open();
    let before = page.here();
    page.own(CodebookAction::Choose { dot: 4 });
    assert_eq!((page.model().chosen, page.here()), (Some(4), before), "nothing moves");
    assert_eq!(page.state.marked_dot().map(Into::into), Some([2.0, 1.0]));
    page.own(CodebookAction::Go { dot: 4 });
    assert_eq!(page.here(), Some(CodebookPlace { x: 2.0, y: 1.0, preset: Some(4) }));
    assert_eq!(page.state.marked_dot(), Some(page.state.point()), "the current point is the dot");
    page.own(CodebookAction::Go { dot: KNOWN });
    let place = CodebookPlace { x: -4.0, y: -4.0, preset: None };
    assert_eq!((page.model().chosen, page.here()), (Some(KNOWN), Some(place)), "a point of the map");
    page.own(CodebookAction::Go { dot: KNOWN + CELLS });
    assert_eq!(page.model().chosen, Some(KNOWN), "there is no such dot");
    page.select(Tab::Play);
    assert_eq!((page.state.marked_dot(), page.here()), (None, None), "nobody sees the codebook");
    page.select(Tab::Places);
    assert!(page.state.marked_dot().is_some());
    page.close();
    assert_eq!(page.state.marked_dot(), None);
}
