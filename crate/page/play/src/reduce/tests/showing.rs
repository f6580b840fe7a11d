//! Exploring, the hovering mouse, a requested layer, and when views follow.

use super::*;

#[test]
fn exploring_fingers_move_the_map_and_a_tap_sounds() {
    let mut page = Page::awake();
    page.act(Action::Map(MapAction::ToggleExplore));
    page.press(1, at(0.0));
    assert!(page.sounding.is_empty());
    page.now_ms += 50.0;
    page.lift(1);
    assert_eq!(page.sounding.len(), 1, "a tap plays its point for a moment");
    page.press(1, at(-1.0));
    page.press(2, at(1.0));
    let before = page.state.map.viewport.zoom();
    let pointer = page.pointer(2, at(3.0));
    page.act(Action::Pointer(PointerAction::Move(pointer)));
    assert!(page.state.map.viewport.zoom() > before);
}

#[test]
fn a_click_freezes_the_hovering_mouse_and_another_releases_it() {
    let mut page = Page::awake();
    page.act(Action::Map(MapAction::SetOptions(Options { free_mouse: true, ..Options::default() })));
    let mouse = |page: &Page, x: f32| Pointer { is_mouse: true, ..page.pointer(1, at(x)) };
    page.act(Action::Pointer(PointerAction::Hover(mouse(&page, 1.0))));
    assert_eq!(page.sounding.len(), 1);
    page.act(Action::Pointer(PointerAction::Down(mouse(&page, 1.0))));
    page.act(Action::Pointer(PointerAction::Hover(mouse(&page, 3.0))));
    assert!(near(page.state.point(), at(1.0)) && page.sounding.len() == 1);
    page.act(Action::Pointer(PointerAction::Down(mouse(&page, 2.0))));
    assert!(near(page.state.point(), at(2.0)));
    page.act(Action::Pointer(PointerAction::Leave(page.now_ms)));
    assert!(page.sounding.is_empty());
}

#[test]
fn a_requested_layer_is_shown_once_the_map_is_loaded() {
    let mut page = Page::new();
    page.act(Action::Map(MapAction::WishLayer("depth".to_owned())));
    let layers = ["brightness", "depth"].map(|name| Layer::new(name, "points", ["", ""], [0.0; 4])).to_vec();
    let map = Map { version: 1, grid: 2, limit: 4.0, layers, ..Map::default() };
    page.act(Action::Load(LoadAction::Map(Some(Rc::new(map)))));
    assert_eq!(page.state.map.layer, 2);
}

#[test]
fn words_follow_a_moving_point_ten_times_a_second_and_other_views_each_frame() {
    let mut page = Page::awake();
    page.press(1, at(0.0));
    page.frame();
    let (mut shown, mut followed) = (0, 0);
    for step in 1..=60 {
        page.slide(1, at(step as f32 * 0.05));
        shown += page.effects.iter().filter(|effect| **effect == Effect::ShowViews).count();
        followed += page.effects.iter().filter(|effect| **effect == Effect::FollowPoint).count();
    }
    assert!((8..=11).contains(&shown) && followed == 60, "{shown} {followed}");
}

#[test]
fn an_idle_page_asks_for_no_frames() {
    let mut page = Page::awake();
    for _ in 0..3 {
        page.frame();
    }
    assert!(!page.effects.contains(&Effect::RequestFrame), "{:?}", page.effects);
}
