//! Finding presets by words that say kinds and qualities, and by the regions of the map.

use super::finding::stocked;
use super::*;
use plane::Tag;

#[test]
fn sounds_with_all_words_come_first_and_then_those_with_fewer() {
    let mut page = stocked();
    // Brightness rises to the right: the second bass is the brighter one, and only the bell and what follows is bright.
    assert_eq!(page.find(FindAction::Query("dark bass".to_owned())), [0, 1]);
    assert_eq!(page.state.map.found_whole, 2);
    let found = page.find(FindAction::Query("heller Bass".to_owned()));
    assert_eq!(page.state.map.found_whole, 0);
    assert_eq!(found, [1, 0, 4, 3], "the basses first, the brightest one leads");
    let words = page.state.map.finder.reading.words.clone();
    let (finder, library) = (&page.state.map.finder, &page.state.library);
    let fits =
        |row: usize| -> Vec<bool> { words.iter().map(|word| finder.fits(library, row, word)).collect() };
    assert_eq!((fits(1), fits(4)), (vec![false, true], vec![true, false]));
    let brightness = word_search::Property::Brightness;
    assert_eq!(page.state.map.finder.median(&page.state.library, brightness), Some(50.0));
    assert_eq!(page.state.map.finder.value(&page.state.library, 4, brightness), Some(100.0));
}

#[test]
fn a_word_is_dropped_with_its_negation() {
    let mut page = stocked();
    page.find(FindAction::Query("not warm, bright xyzzy bass".to_owned()));
    page.find(FindAction::DropWord(0));
    page.find(FindAction::DropWord(1));
    assert_eq!(page.state.map.finder.filter.query, "bright bass");
    page.find(FindAction::DropWord(9));
    assert_eq!(page.find(FindAction::DropWord(0)), [1, 0]);
    page.find(FindAction::DropWord(0));
    assert!(!page.state.map.finder.filter.is_asking());
}

#[test]
fn hostile_queries_are_answered() {
    let mut page = stocked();
    for query in
        ["bass ".repeat(10_000), "\u{0}\u{202e}🎹".repeat(3_000), "not ".repeat(99), "-,.:".to_owned()]
    {
        page.find(FindAction::Query(query));
    }
    assert_eq!(page.find(FindAction::Query("bass".to_owned())), [1, 0]);
}

#[test]
fn a_kind_shows_its_region_and_gives_the_whole_map_back() {
    let mut page = Page::awake();
    let names = (0..12).map(|row| format!("Bell {row}")).collect();
    let known = Coordinates {
        version: plane::coordinates::VERSION,
        banks: vec!["A.bank".to_owned()],
        name: names,
        bank: vec![0; 12],
        index: (0..12).collect(),
        x: vec![2.0; 12],
        y: vec![-1.0; 12],
        ..Coordinates::default()
    };
    let presets = Presets::new(vec![Patch::default(); 12]);
    page.act(Action::Load(LoadAction::Library(Rc::new(known), Rc::new(presets), None)));
    assert_eq!(page.find(FindAction::ToggleKind(Tag::Bell)).len(), 12);
    let viewport = page.state.map.viewport;
    assert!(viewport.zoom() > 1.5 && viewport.middle().distance(Point { x: 2.0, y: -1.0 }) < 0.3);
    page.find(FindAction::ToggleKind(Tag::Organ));
    assert_eq!(page.state.map.viewport, viewport, "it has no region");
    page.find(FindAction::ToggleKind(Tag::Organ));
    assert!(!page.state.map.viewport.is_zoomed());
}
