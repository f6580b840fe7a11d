//! The current point in words: the nearest known patches in two lines, also announced to screen readers once they
//! have been the same for a second. The wording is pure; [`LocationView`] writes it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use plane::Layer;
use play::character::strongest;
use play::editing::HeardValues;
use play::error::AppError;
use play::library::SAME_POINT;
use play::panels::sound_match::MatchedSound;
use play::state::LONELY_DISTANCE;
use play::tone_domain::ToneDomain;
use play::{Point, State};
use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::app::App;
use crate::dom;
use crate::root::Root;
use crate::view::View;
use crate::views::tools::AMSYNTH;
use crate::words::Language;

/// How many neighbours to search for a second name: the banks hold many patches twice.
const NEIGHBOURS: usize = 12;
/// How many words stand for the character of a sound.
const TRAITS: usize = 3;
/// How long words must stay the same before they are announced, in milliseconds.
const ANNOUNCE_MS: i32 = 1000;

/// The words for a point.
#[derive(Clone, Debug, Default, PartialEq)]
struct LocationWords {
    /// “near …”
    first: String,
    /// “towards …”
    second: String,
    /// The distance to the nearest patch, or the value of the shown layer; never truncated.
    away: String,
    /// True if no known patch is near.
    is_lonely: bool,
}

/// The words for a point, given its neighbours as (name, distance), nearest first.
/// Farther than `lonely` from the nearest one, none is near.
fn words(point: Point, neighbours: &[(&str, f32)], lonely: f32, language: &Language) -> LocationWords {
    let Some(&(name, distance)) = neighbours.first() else {
        return LocationWords { first: language.position(point), ..LocationWords::default() };
    };
    let name = language.named(name);
    let away = language.away(distance);
    if distance > lonely {
        let second = language.nearest(name);
        return LocationWords { first: language.nobody.clone(), second, away, is_lonely: true };
    }
    let other = neighbours.iter().map(|&(other, _)| language.named(other)).find(|&other| other != name);
    if distance <= SAME_POINT {
        let second = other.map(|other| language.next_to(other)).unwrap_or_default();
        return LocationWords { first: language.at(name), second, ..LocationWords::default() };
    }
    let second = other.map(|other| language.between(other)).unwrap_or_default();
    LocationWords { first: language.near(name), second, away, is_lonely: false }
}

/// The words for the current state; `exact` is the row of the known preset that plays, see [`State::exact_preset`].
fn current_words(state: &State, exact: Option<usize>, language: &Language) -> LocationWords {
    if let Some((row, known)) = exact.zip(state.library.known.as_deref()) {
        return LocationWords {
            first: language.named(&known.name[row]).to_owned(),
            second: language.exactly(known.bank_of(row)),
            ..LocationWords::default()
        };
    }
    let words = words_on_map(state, state.point(), language);
    let away = state.shown_layer().and_then(|layer| match state.heard_values() {
        HeardValues::OfMap | HeardValues::OfPreset(_) => None,
        HeardValues::Measured(values) => {
            let value = values.get(state.map.layer.checked_sub(1)?)?;
            Some(language.measured(&language.of_quality(layer, *value)))
        }
        HeardValues::Unmeasured => Some(language.unmeasured.clone()),
        HeardValues::Unmeasurable => Some(language.unmeasurable.clone()),
    });
    match away {
        Some(away) if !words.is_lonely => LocationWords { away, ..words },
        _ => words,
    }
}

/// The words for a sound of a search, given those for the current point.
fn matched_words(sound: MatchedSound, words: LocationWords, language: &Language) -> LocationWords {
    let away = if words.is_lonely { String::new() } else { words.away };
    match sound {
        MatchedSound::Target(name) => LocationWords {
            first: name.to_owned(),
            second: language.given_sound.clone(),
            ..LocationWords::default()
        },
        MatchedSound::Answer(name) => {
            LocationWords { first: language.found_for(name), ..LocationWords::default() }
        }
        MatchedSound::Kept(name) => LocationWords {
            first: name.to_owned(),
            second: language.found_by_sound.clone(),
            away,
            is_lonely: false,
        },
    }
}

/// The words for a point with the sound that the map has there.
fn words_on_map(state: &State, point: Point, language: &Language) -> LocationWords {
    // Few tones lie on a domain's plane, and between them it sounds like them.
    let lonely = if state.is_amsynth() { LONELY_DISTANCE } else { f32::INFINITY };
    let Some(known) = state.library.known.as_deref() else { return words(point, &[], lonely, language) };
    let neighbours = known.nearest(point.x, point.y, NEIGHBOURS);
    let names: Vec<(&str, f32)> =
        neighbours.iter().map(|near| (known.name[near.position].as_str(), near.distance)).collect();
    let words = words(point, &names, lonely, language);
    // With a layer shown, its value is more useful than the distance to a preset.
    let layer = state.library.map.as_deref().zip(state.shown_layer());
    let away = layer
        .and_then(|(map, layer)| Some((layer, map.value_of(layer, point.x, point.y)?)))
        .map(|(layer, value)| language.predicted(&language.of_quality(layer, value)));
    match away {
        Some(away) if !words.is_lonely => LocationWords { away, ..words },
        _ => words,
    }
}

/// The elements that describe the current point.
pub struct LocationView {
    root: Root,
    language: Language,
    near: Element,
    between: Element,
    away: Element,
    /// The character of the sound, and its name in the panel Sound; an element of a host page lacks the first.
    traits: Option<Element>,
    panel: Option<(Element, HtmlElement)>,
    edited: HtmlElement,
    across: HtmlInputElement,
    upward: HtmlInputElement,
    /// The words, the character, and whether the patch was edited.
    shown: Option<(LocationWords, String, bool)>,
    /// The current point when the words were written last.
    shown_point: Option<Point>,
    /// The instrument whose words were written last.
    shown_domain: Option<ToneDomain>,
    /// While only paths play: where the first of their fingers was last.
    followed: Option<Point>,
    announcer: Rc<Announcer>,
}

struct Announcer {
    spoken: Element,
    waiting: RefCell<Option<String>>,
    /// How many times the words have changed.
    changes: Cell<u32>,
}

impl LocationView {
    /// Finds its elements.
    ///
    /// # Errors
    /// If one is missing.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        Ok(Self {
            root: root.clone(),
            language: app.language().clone(),
            near: root.element("near")?,
            between: root.element("between")?,
            away: root.element("away")?,
            traits: root.element("here-words").ok(),
            panel: root.element("sound-name").ok().zip(root.element("sound-edited").ok()),
            edited: root.element("edited")?,
            across: root.element("across")?,
            upward: root.element("upward")?,
            shown: None,
            shown_point: None,
            shown_domain: None,
            followed: None,
            announcer: Rc::new(Announcer {
                spoken: root.element("spoken")?,
                waiting: RefCell::default(),
                changes: Cell::default(),
            }),
        })
    }
}

impl View for LocationView {
    fn show(&mut self, state: &State) {
        let point = state.point();
        self.followed = state.followed_point(self.followed);
        let mut words = match self.followed {
            Some(point) => words_on_map(state, point, &self.language),
            None => current_words(state, state.heard_preset(), &self.language),
        };
        let matched = state.matched_sound().filter(|_| self.followed.is_none());
        // A found patch is no edit of a preset.
        let is_edited = state.is_edited() && self.followed.is_none() && matched.is_none();
        if let Some(sound) = matched {
            words = matched_words(sound, words, &self.language);
        }
        let locked = state.document().locks.groups().count();
        if locked > 0 && state.is_amsynth() {
            words.second = self.language.locked(locked);
        }
        let traits = self.followed.map_or_else(|| traits_here(state, &self.language), |_| String::new());
        let now = (words.clone(), traits, is_edited);
        if self.shown.as_ref() != Some(&now) {
            self.near.set_text_content(Some(&words.first));
            self.between.set_text_content(Some(&words.second));
            self.away.set_text_content(Some(&words.away));
            if let Some(element) = &self.traits {
                element.set_text_content(Some(&now.1));
            }
            if let Some((name, edited)) = &self.panel {
                name.set_text_content(Some(&words.first));
                edited.set_hidden(!is_edited);
            }
            self.edited.set_hidden(!is_edited);
            self.root.set_data("here", if words.is_lonely { "nobody" } else { "near" });
            self.shown = Some(now);
        }
        show_axis(&self.across, point.x, &self.language.across(point.x));
        show_axis(&self.upward, point.y, &self.language.upward(point.y));
        // Another instrument is announced by its name.
        let domain = state.sound.instruments.domain;
        if std::mem::replace(&mut self.shown_domain, domain) != domain {
            let name = domain.map_or(AMSYNTH, |domain| self.language.domain(domain));
            words.first = format!("{name}: {}", words.first);
            self.shown_point = Some(point);
            return self.announcer.announce(words);
        }
        // Announce neither changes at the same point nor the first point of a visit.
        if self.shown_point.replace(point).is_some_and(|shown| shown != point) && self.followed.is_none() {
            self.announcer.announce(words);
        }
    }
}

/// The name of the current sound, as the panel Sound has it.
pub fn current_name(state: &State, language: &Language) -> String {
    let words = current_words(state, state.heard_preset(), language);
    match state.matched_sound() {
        Some(sound) => matched_words(sound, words, language).first,
        None => words.first,
    }
}

/// The character of the current sound in a few words; none while its values are not known.
fn traits_here(state: &State, language: &Language) -> String {
    let (heard, point) = (state.heard_values(), state.point());
    let is_known = !matches!(heard, HeardValues::Unmeasured | HeardValues::Unmeasurable);
    let Some(map) = state.library.map.as_deref().filter(|_| is_known) else { return String::new() };
    let value = |position, layer: &Layer| state.value_of(&heard, point, (position, layer));
    language.traits(map, &strongest(map, TRAITS, value))
}

fn show_axis(slider: &HtmlInputElement, value: f32, words: &str) {
    slider.set_value_as_number(f64::from(value));
    let _ = slider.set_attribute("aria-valuetext", words);
}

impl Announcer {
    /// Announces the words once they have been the same for [`ANNOUNCE_MS`], so not for points in passing.
    fn announce(self: &Rc<Self>, words: LocationWords) {
        let parts = [words.first, words.second, words.away];
        let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        if self.waiting.borrow_mut().replace(text.clone()).as_ref() == Some(&text) {
            return;
        }
        let change = self.changes.get() + 1;
        self.changes.set(change);
        let announcer = Rc::clone(self);
        dom::after(ANNOUNCE_MS, move || {
            if announcer.changes.get() == change {
                announcer.spoken.set_text_content(Some(&text));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use patch::{Parameter, Patch};
    use plane::{Coordinates, Presets};
    use play::action::Start;

    #[test]
    fn a_sound_of_a_search_is_named_after_the_given_one() {
        let near = LocationWords { first: "near Bass".to_owned(), away: "bright".to_owned(), ..at(&[]) };
        let said = |sound, language| matched_words(sound, near.clone(), &Language::of(language));
        let answer = said(MatchedSound::Answer("drum.wav"), "en");
        assert_eq!((answer.first.as_str(), answer.away.as_str()), ("Found for drum.wav", ""));
        assert_eq!(said(MatchedSound::Answer("drum.wav"), "de").first, "Gefunden für drum.wav");
        assert_eq!(said(MatchedSound::Target("drum.wav"), "en").first, "drum.wav");
        let kept = said(MatchedSound::Kept("drum"), "en");
        assert_eq!((kept.first.as_str(), kept.away.as_str()), ("drum", "bright"));
    }

    fn at(neighbours: &[(&str, f32)]) -> LocationWords {
        words(Point::default(), neighbours, LONELY_DISTANCE, &Language::of("en"))
    }

    #[test]
    fn says_the_nearest_name_and_the_next_other_one() {
        let words = at(&[("Gritty Bass", 0.12), ("Gritty Bass", 0.12), ("Hollow Choir", 0.3)]);
        assert_eq!(words.first, "near Gritty Bass");
        assert_eq!((&*words.second, &*words.away), ("towards Hollow Choir", "0.12 away"));
        assert!(!words.is_lonely);
    }

    #[test]
    fn names_a_preset_at_its_exact_point() {
        let words = at(&[("Gritty Bass", 0.005), ("Hollow Choir", 0.3)]);
        assert_eq!(
            (&*words.first, &*words.second, &*words.away),
            ("at Gritty Bass", "next to Hollow Choir", "")
        );
        assert_eq!(at(&[("Gritty Bass", 0.0051)]).away, "0.01 away");
    }

    #[test]
    fn says_that_no_preset_is_near() {
        let words = at(&[("Gritty Bass", 0.83), ("Hollow Choir", 0.9)]);
        assert_eq!(words.first, "no preset nearby");
        assert_eq!((&*words.second, &*words.away), ("the nearest is Gritty Bass", "0.83 away"));
        assert!(words.is_lonely);
    }

    #[test]
    fn has_words_for_one_name_no_name_and_no_patches() {
        assert_eq!(at(&[("  ", 0.1)]).first, "near an unnamed sound");
        assert_eq!(at(&[("Solo", 0.1), ("Solo", 0.2)]).second, "");
        assert_eq!(at(&[]).first, "in the middle");
    }

    #[test]
    fn a_preset_is_named_alone_only_with_its_exact_values() {
        let known = Coordinates {
            version: plane::coordinates::VERSION,
            banks: vec!["A.amSynth.bank".to_owned()],
            name: vec!["Solo".to_owned()],
            bank: vec![0],
            index: vec![0],
            x: vec![1.0],
            y: vec![0.0],
            ..Coordinates::default()
        };
        let mut state = State::new(Start::default());
        state.library.known = Some(Rc::new(known));
        state.library.presets = Some(Rc::new(Presets::new(vec![Patch::default()])));
        let mut first_words = |change: fn(&mut Patch)| {
            state.history.change(|document| {
                let mut patch = Patch::default();
                change(&mut patch);
                (document.point, document.patch) = (Point { x: 1.0, y: 0.0 }, Some(Box::new(patch)));
            });
            current_words(&state, state.exact_preset(), &Language::of("en")).first
        };
        assert_eq!(first_words(|_| ()), "Solo");
        assert_eq!(first_words(|patch| patch.set(Parameter::FilterCutoff, 0.1)), "at Solo");
    }
}
