//! Finding presets, favourites, auditions and what lies between two sounds.

use super::*;
use crate::compare::Location;
use crate::editing::HeardValues;
use crate::library::KnownValue;
use crate::viewport::Viewport;
use plane::Tag;
use plane::preset_layers::PresetLayers;

/// Five presets from left to right, ever brighter: two basses, a bell, a pad and a lead; the last one is imported.
fn library() -> (Rc<Coordinates>, Rc<Presets>, Rc<Map>) {
    let names = ["Deep Bass", "Bass Drum", "Church Bell", "Warm Pad", "Solo Lead"];
    let known = Coordinates {
        version: plane::coordinates::VERSION,
        banks: vec!["A.bank".to_owned(), "Mine".to_owned()],
        name: names.map(str::to_owned).to_vec(),
        bank: vec![0, 0, 0, 0, 1],
        index: vec![0, 1, 2, 3, 0],
        x: vec![-4.0, -2.0, 0.0, 2.0, 4.0],
        y: vec![0.0; 5],
        ..Coordinates::default()
    };
    let patch = |row: u8| {
        let mut patch = Patch::default();
        patch.set(Parameter::FilterCutoff, f32::from(row) / 10.0);
        patch
    };
    let brightness = Layer::new("brightness", "points", ["dark", "bright"], [0.0, 100.0, 0.0, 100.0]);
    let warmth = Layer::new("warmth", "points", ["cold", "warm"], [100.0, 0.0, 100.0, 0.0]);
    let map = Map { version: 1, grid: 2, limit: 4.0, layers: vec![brightness, warmth], ..Map::default() };
    (Rc::new(known), Rc::new(Presets::new((0..5).map(patch).collect())), Rc::new(map))
}

pub(super) fn stocked() -> Page {
    let mut page = Page::awake();
    let (known, presets, map) = library();
    page.act(Action::Load(LoadAction::Map(Some(map))));
    page.act(Action::Load(LoadAction::Library(known, presets, Some(4))));
    page
}

impl Page {
    pub(super) fn find(&mut self, action: FindAction) -> Vec<usize> {
        self.act(Action::Find(action));
        self.state.map.found.to_vec()
    }
}

#[test]
fn all_words_in_any_case_and_beginnings_first() {
    let mut page = stocked();
    assert_eq!(page.find(FindAction::Query(" BASS ".to_owned())), [1, 0]);
    assert_eq!(page.find(FindAction::Query("mine lead".to_owned())), [4], "a word of the bank's name");
    assert!(page.find(FindAction::Query("brass".to_owned())).is_empty());
    assert!(page.find(FindAction::Query("xyzzy".to_owned())).is_empty());
    assert!(page.find(FindAction::Query(" ".to_owned())).is_empty(), "nothing is searched for");
    assert_eq!(page.find(FindAction::Bank(Some(0))), [0, 1, 2, 3], "a bank as it is");
}

#[test]
fn words_bank_kinds_and_range_combine() {
    let mut page = stocked();
    assert_eq!(page.find(FindAction::ToggleKind(Tag::Bass)), [0, 1]);
    assert_eq!(page.find(FindAction::ToggleKind(Tag::Bell)), [2], "another kind takes its place");
    assert!(page.find(FindAction::ToggleKind(Tag::Bell)).is_empty(), "nothing is searched for");
    assert_eq!(page.find(FindAction::Range([20.0, 60.0])), [1, 2]);
    assert_eq!(page.find(FindAction::Query("church".to_owned())), [2]);
    assert!(page.find(FindAction::Bank(Some(1))).is_empty());
    assert!(page.find(FindAction::Clear).is_empty());
    assert!(!page.state.map.finder.filter.is_asking());
}

#[test]
fn the_range_limits_the_descriptor_that_the_map_shows_and_stays_with_it() {
    let mut page = stocked();
    page.act(Action::Map(MapAction::SetLayer(2)));
    assert_eq!(page.find(FindAction::Range([60.0, 100.0])), [0, 1], "warm");
    page.act(Action::Map(MapAction::SetLayer(1)));
    assert_eq!(page.state.map.found.to_vec(), [0, 1], "a range is not that of another descriptor");
    assert!(page.find(FindAction::Range([0.0, 100.0])).is_empty(), "all values limit nothing");
    assert!(page.find(FindAction::Descriptor(0)).is_empty());
    assert_eq!(page.find(FindAction::Range([100.0, 60.0])), [3, 4], "the ends may be swapped");
}

#[test]
fn similar_presets_are_listed_nearest_first_and_the_current_one_leads() {
    let mut page = stocked();
    page.act(Action::Edit(Edit::GoToPreset(2)));
    let found = page.find(FindAction::LikeHere);
    assert_eq!((found[0], found.len()), (2, 5));
    assert!(found[1..3].contains(&1) && found[1..3].contains(&3), "{found:?}");
    assert_eq!(page.find(FindAction::LikePreset(4)), [4, 3, 2, 1, 0]);
    assert_eq!(page.state.map.finder.filter.like.as_ref().unwrap().name, "Solo Lead");
    assert_eq!(page.find(FindAction::ToggleKind(Tag::Bass)), [1, 0], "of one kind");
    page.find(FindAction::ToggleKind(Tag::Bass));
    assert!(page.find(FindAction::LikeAny).is_empty());
}

#[test]
fn what_is_similar_follows_its_preset_to_its_place_of_another_model() {
    let mut page = stocked();
    let (known, presets, _) = library();
    let other = Coordinates { x: known.x.iter().map(|x| -x).collect(), ..Coordinates::clone(&known) };
    let [one, two] = [known, Rc::new(other)];
    let found = page.find(FindAction::LikePreset(4));
    for model in [&two, &one] {
        page.act(Action::Load(LoadAction::Library(Rc::clone(model), Rc::clone(&presets), Some(4))));
        assert_eq!(page.state.map.finder.filter.like.as_ref().unwrap().point, at(model.x[4]));
        assert_eq!(page.state.map.found.to_vec(), found);
    }
    // Where an edited sound is in another model is not known.
    page.act(Action::Edit(Edit::GoToPreset(2)));
    page.act(Action::Edit(Edit::SetParameter(Parameter::AmpAttack, 0.5)));
    assert!(!page.find(FindAction::LikeHere).is_empty());
    page.act(Action::Load(LoadAction::Known(two)));
    assert!(page.state.map.found.is_empty());
}

#[test]
fn a_sound_chosen_elsewhere_comes_into_view() {
    let mut page = stocked();
    page.state.map.viewport = Viewport::fit(400.0, 400.0);
    let is_seen = |page: &Page| {
        let (x, y) = page.state.map.viewport.to_screen(page.state.point());
        (60.0..340.0).contains(&x) && (60.0..340.0).contains(&y)
    };
    let choices = (0..4).map(Edit::GoToPreset).chain((0..20).map(Edit::Surprise));
    for choice in choices {
        page.state.map.viewport = page.state.map.viewport.zoomed(6.0, 390.0, 390.0);
        page.act(Action::Edit(choice.clone()));
        let point = page.state.point();
        // At the plane's own edge the map ends.
        assert!(is_seen(&page) || point.x.abs() > 3.4 || point.y.abs() > 3.4, "{choice:?}: {point:?}");
    }
}

#[test]
fn results_follow_imports_and_their_removal() {
    let mut page = stocked();
    assert_eq!(page.find(FindAction::Bank(Some(1))), [4]);
    assert!(page.state.library.is_imported(4) && page.state.library.is_imported_bank(1));
    assert!(!page.state.library.is_imported(3) && !page.state.library.is_imported_bank(0));
    let mut own = Coordinates::clone(&library().0);
    own.banks.pop();
    for column in [&mut own.x, &mut own.y] {
        column.pop();
    }
    own.name.pop();
    own.bank.pop();
    own.index.pop();
    let presets = Presets::new(library().1.all()[..4].to_vec());
    page.act(Action::Load(LoadAction::Library(Rc::new(own), Rc::new(presets), None)));
    assert_eq!(page.state.map.found.to_vec(), [0usize; 0]);
    assert_eq!(page.state.map.finder.filter.bank, None, "the bank is gone");
}

#[test]
fn a_star_is_undone_and_its_list_follows() {
    let mut page = stocked();
    page.act(Action::Edit(Edit::ToggleFavourite(3)));
    page.act(Action::Edit(Edit::ToggleFavourite(1)));
    assert_eq!(page.find(FindAction::ToggleFavourites), [1, 3]);
    page.act(Action::Edit(Edit::Undo));
    assert_eq!(page.state.map.found.to_vec(), [3]);
    page.act(Action::Edit(Edit::ToggleFavourite(9)));
    assert_eq!(page.state.map.found.to_vec(), [3], "there is no such preset");
}

#[test]
fn an_audition_sounds_its_exact_patch_and_leaves_the_current_point_alone() {
    let mut page = stocked();
    page.act(Action::Edit(Edit::GoToPreset(0)));
    let before = page.state.document().clone();
    page.act(Action::Touch(TouchAction::Audition(3, true)));
    let patch = library().1.patch(3);
    let plays = |command: &AudioCommand| match command {
        AudioCommand::SetPatch(part, sent, _) => (*part > 0 && **sent == patch).then_some(*part),
        _ => None,
    };
    let part = page.audio().into_iter().find_map(plays).expect("the preset's own patch");
    assert!(near(page.points[part], at(2.0)) && page.sounding.iter().all(|(sounding, _)| *sounding == part));
    page.act(Action::Touch(TouchAction::Audition(1, true)));
    assert_eq!(page.sounding.len(), 1, "one at a time");
    page.act(Action::Touch(TouchAction::Lose(TouchSource::Audition)));
    assert!(page.sounding.is_empty());
    assert_eq!(*page.state.document(), before);
    page.act(Action::Edit(Edit::Undo));
    assert_eq!(page.state.document().patch, None, "an audition is no step");
}

#[test]
fn a_mouse_over_a_result_does_not_wait_for_the_sound() {
    let mut page = Page::new();
    let (known, presets, _) = library();
    page.act(Action::Load(LoadAction::Library(known, presets, None)));
    page.act(Action::Touch(TouchAction::Audition(1, true)));
    assert!(page.state.touches.all().is_empty());
    page.act(Action::Touch(TouchAction::Audition(1, false)));
    assert_eq!(page.state.touches.all().len(), 1, "a finger on it does");
}

#[test]
fn a_mouse_that_rests_on_a_result_plays_it_for_a_moment() {
    let mut page = stocked();
    let ends = |effects: &Effects| {
        let later = effects.iter().find_map(|effect| match effect {
            Effect::After(_, action) => Some((**action).clone()),
            _ => None,
        });
        later.expect("the note has an end")
    };
    let first = ends(page.act(Action::Touch(TouchAction::Audition(1, true))));
    let second = ends(page.act(Action::Touch(TouchAction::Audition(3, true))));
    page.act(first);
    assert_eq!(page.sounding.len(), 1, "the end of the former row does not end this one");
    page.act(second);
    assert!(page.sounding.is_empty());
    let held = page.act(Action::Touch(TouchAction::Audition(3, false)));
    assert!(
        !held.iter().any(|effect| matches!(effect, Effect::After(..))),
        "a finger holds it as long as it likes"
    );
}

#[test]
fn a_mouse_over_a_result_is_silent_while_something_plays() {
    let silent = |page: &mut Page| {
        let before = page.sounding.clone();
        page.act(Action::Touch(TouchAction::Audition(1, true)));
        page.sounding == before
    };
    let mut page = stocked();
    page.press(1, at(1.0));
    assert!(silent(&mut page));
    page.lift(1);
    assert!(!silent(&mut page));
    page.act(Action::Touch(TouchAction::Lose(TouchSource::Audition)));
    page.act(Action::Key(KeyAction::Press(KeyHolder::Host(64), 64, 90), 0.0));
    assert!(silent(&mut page));
}

#[test]
fn a_latched_audition_ends_with_its_press() {
    let mut page = stocked();
    page.act(Action::Edit(Edit::ToggleLatch));
    page.act(Action::Touch(TouchAction::Audition(2, false)));
    page.act(Action::Touch(TouchAction::Lose(TouchSource::Audition)));
    assert!(page.sounding.is_empty());
}

#[test]
fn a_glide_between_two_sounds_is_one_step_and_sounds_while_its_slider_is_pressed() {
    let mut page = Page::awake();
    page.act(Action::Edit(Edit::MoveTo(Point { x: 0.0, y: 2.0 })));
    page.act(Action::Touch(TouchAction::Press(TouchSource::Slider, 0.0)));
    for x in [-1.0, 1.0] {
        page.act(Action::Edit(Edit::Glide(Location { patch: Some(Box::default()), ..at(x).into() })));
        page.frame();
    }
    assert!(near(page.points[0], at(1.0)) && page.sounding.len() == 1);
    assert_eq!(page.state.document().patch, Some(Box::default()));
    page.act(Action::Touch(TouchAction::Lose(TouchSource::Slider)));
    assert!(page.sounding.is_empty());
    page.act(Action::Edit(Edit::Undo));
    assert!(near(page.state.point(), Point { x: 0.0, y: 2.0 }), "a glide is one step");
    assert_eq!(page.state.document().patch, None);
}

/// The values of the four own presets: the map's order of brightness, turned round.
fn measured() -> Rc<PresetLayers> {
    let names = ["Deep Bass", "Bass Drum", "Church Bell", "Warm Pad"];
    let row = |brightness: f32| vec![0.0, 0.0, brightness, 0.0, 50.0, 0.0, 0.0, 0.0, -20.0];
    Rc::new(PresetLayers::new(names, &[row(90.0), row(60.0), row(40.0), row(10.0)]))
}

#[test]
fn a_range_holds_the_measured_values_of_own_presets_and_predicted_ones_of_others() {
    let mut page = stocked();
    assert_eq!(page.find(FindAction::Range([70.0, 100.0])), [3, 4], "as the map predicts");
    page.frame();
    assert!(page.effects.contains(&Effect::LoadMeasured));
    page.act(Action::Load(LoadAction::Measured(measured())));
    assert_eq!(
        page.state.map.found.to_vec(),
        [0, 4],
        "as they were measured, and an imported one as predicted"
    );
    let library = &page.state.library;
    let layer = &library.map.as_ref().unwrap().layers[0];
    assert_eq!(library.value(0, layer), Some(KnownValue::Measured(90.0)));
    assert_eq!(library.value(4, layer), Some(KnownValue::Predicted(100.0)));
    page.find(FindAction::Clear);
    page.frame();
    assert!(!page.effects.contains(&Effect::LoadMeasured), "they are here");
}

#[test]
fn measured_values_load_with_a_search_or_a_playing_preset_and_not_before() {
    let mut page = stocked();
    page.act(Action::Map(MapAction::SetLayer(1)));
    page.frame();
    assert!(!page.state.loading.is_measured_requested, "nothing needs them");
    page.act(Action::Edit(Edit::GoToPreset(2)));
    page.frame();
    assert!(page.state.exact_preset() == Some(2) && page.effects.contains(&Effect::LoadMeasured));
}

#[test]
fn the_likest_presets_are_the_ones_that_were_measured_alike() {
    let mut page = stocked();
    let predicted = page.find(FindAction::LikePreset(2));
    assert_eq!(predicted[..3], [2, 1, 3], "both neighbours are equally far on the plane");
    let row = |warmth: f32| vec![0.0, 0.0, 50.0, 0.0, warmth, 0.0, 0.0, 0.0, -20.0];
    let names = ["Deep Bass", "Bass Drum", "Church Bell", "Warm Pad"];
    let own = PresetLayers::new(names, &[row(50.0), row(0.0), row(50.0), row(50.0)]);
    page.act(Action::Load(LoadAction::Measured(Rc::new(own))));
    assert_eq!(page.state.map.found[..3], [2, 3, 1], "one of them is equally warm");
}

#[test]
fn the_bars_of_a_preset_are_measured_and_those_of_any_other_point_predicted() {
    let mut page = stocked();
    page.act(Action::Load(LoadAction::Measured(measured())));
    page.act(Action::Edit(Edit::GoToPreset(1)));
    assert_eq!(page.state.heard_values(), HeardValues::OfPreset(1));
    page.press(1, Point { x: 1.0, y: 2.0 });
    page.lift(1);
    page.act(Action::Sound(SoundAction::Decoded(Box::default())));
    assert_eq!(page.state.heard_values(), HeardValues::OfMap);
    page.act(Action::Edit(Edit::GoToPreset(4)));
    assert_eq!(page.state.heard_values(), HeardValues::Unmeasured, "an imported one is measured as it plays");
    assert!(page.state.unmapped_patch().is_some());
}
