//! The view of the map: dots while something points at it, and the visible part.

use super::*;

/// The rest that the last action has asked for.
fn rest_of(page: &Page) -> Option<Action> {
    page.effects.iter().find_map(|effect| match effect {
        Effect::After(_, action) if matches!(**action, Action::Map(MapAction::Rest(_))) => {
            Some((**action).clone())
        }
        _ => None,
    })
}

#[test]
fn dots_come_with_a_pointer_and_go_when_nothing_has_pointed_for_a_while() {
    let mut page = Page::awake();
    assert!(!page.state.shows_dots(), "the map of a new page rests");
    page.press(1, at(1.0));
    let rest = rest_of(&page).expect("one timer");
    assert!(page.state.shows_dots());
    page.slide(1, at(2.0));
    assert_eq!(rest_of(&page), None, "still one timer");
    page.act(rest);
    assert!(page.state.shows_dots(), "the finger is still down");
    let rest = rest_of(&page).expect("asked again");
    page.lift(1);
    page.act(rest);
    assert!(page.state.shows_dots(), "it has just lifted");
    let rest = rest_of(&page).expect("asked again");
    page.act(rest);
    assert!(!page.state.shows_dots() && rest_of(&page).is_none(), "and no timer runs on");
}

#[test]
fn a_zoomed_map_found_presets_and_snap_keep_the_dots() {
    for action in [
        Action::Map(MapAction::Zoom(3.0, (200.0, 200.0))),
        Action::Find(FindAction::Query("bell".to_owned())),
        Action::Map(MapAction::SetOptions(Options { snap: true, ..Options::default() })),
    ] {
        let mut page = Page::new();
        page.act(Action::Load(LoadAction::Known(known())));
        page.act(action);
        assert!(page.state.shows_dots());
    }
}

#[test]
fn a_point_of_the_whole_map_becomes_the_middle_of_the_visible_part() {
    let mut page = Page::new();
    page.act(Action::Map(MapAction::Zoom(4.0, (0.0, 0.0))));
    page.act(Action::Map(MapAction::Center(at(1.0))));
    let middle = page.state.map.viewport.to_plane(200.0, 200.0);
    assert!(near(middle, at(1.0)), "{middle:?}");
}

#[test]
fn the_colours_span_what_is_visible() {
    let mut page = Page::new();
    let values = Map::points(9, 4.0).map(|point| point.x);
    let layer = Layer::new("brightness", "points", ["dark", "bright"], values);
    let map = Map { grid: 9, limit: 4.0, layers: vec![layer], ..Map::default() };
    page.act(Action::Load(LoadAction::Map(Some(Rc::new(map)))));
    assert_eq!(page.state.color_range(), None, "the known patches have no values");
    page.act(Action::Map(MapAction::SetLayer(1)));
    assert_eq!(page.state.color_range(), Some([-4.0, 4.0]));
    page.act(Action::Map(MapAction::Zoom(4.0, (0.0, 0.0))));
    let [least, greatest] = page.state.color_range().unwrap();
    assert!((least + 4.0).abs() < 0.1 && (greatest + 2.0).abs() < 0.1, "{least} {greatest}");
}
