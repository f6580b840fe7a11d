//! The words for where you are: nearest known patches in two lines, and, once they have been the same for
//! a second, for people who listen to the page. The wording is pure; `Here` puts it on the page.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use plane::coordinates::Coordinates;
use plane::presets::Presets;
use play::{Point, State};
use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::bars::Bars;
use crate::dom;
use crate::root::Root;
use crate::strings::Language;
use crate::tabs::Now;
use crate::trouble::Trouble;

/// Farther than this from every known patch, nobody has been here. In latent units: almost three times
/// as far as a point of the plane is from the nearest patch on average (0.114, on an 81 × 81 grid).
pub const LONELY_DISTANCE: f32 = 0.3;
/// Up to this distance, which would be written as 0.00, you are on it.
const ON_IT_DISTANCE: f32 = 0.005;
/// How many neighbours are looked through for a second name: the banks hold many patches twice.
const LOOKED_THROUGH: usize = 12;
/// How long words have been the same before they are spoken, in milliseconds.
const ANNOUNCE_MS: i32 = 1000;

/// What is said of a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// “near …”
    pub first: String,
    /// “between it and …”
    pub second: String,
    /// How far the nearest is, where that says something, or the map's quality; never cut off for want of
    /// room.
    pub away: String,
    /// Whether it is known that no patch is near.
    pub lonely: bool,
}

/// The words for a place, given its neighbours as (name, distance), nearest first.
pub fn words(place: Point, neighbours: &[(&str, f32)], language: &Language) -> Words {
    let Some(&(name, distance)) = neighbours.first() else {
        return Words { first: language.position(place), ..Words::default() };
    };
    let name = language.named(name);
    let away = language.away(distance);
    if distance > LONELY_DISTANCE {
        let second = language.nearest(name);
        return Words { first: language.nobody.clone(), second, away, lonely: true };
    }
    let other = neighbours.iter().map(|&(other, _)| language.named(other)).find(|&other| other != name);
    if distance <= ON_IT_DISTANCE {
        let second = other.map(|other| language.next_to(other)).unwrap_or_default();
        return Words { first: language.at(name), second, ..Words::default() };
    }
    let second = other.map(|other| language.between(other)).unwrap_or_default();
    Words { first: language.near(name), second, away, lonely: false }
}

/// The row of the known preset that the state's own patch is, at its own place.
pub fn exact(state: &State, known: Option<&Coordinates>, presets: Option<&Presets>) -> Option<usize> {
    let (patch, known, presets) = (state.patch.as_deref()?, known?, presets?);
    let near = known.nearest(state.place.x, state.place.y, LOOKED_THROUGH);
    let here = near.iter().filter(|neighbour| neighbour.distance <= ON_IT_DISTANCE);
    here.map(|neighbour| neighbour.position).find(|&row| presets.patch(row) == *patch)
}

/// The words for what is true now.
fn words_now(now: &Now<'_>) -> Words {
    let language = now.language;
    let (Some(known), None) = (now.known, now.exact) else {
        return match now.known.zip(now.exact) {
            Some((known, row)) => Words {
                first: language.named(&known.name[row]).to_owned(),
                second: language.exactly(bank_name(&known.banks[usize::from(known.bank[row])])),
                ..Words::default()
            },
            None => words(now.place, &[], language),
        };
    };
    let neighbours = known.nearest(now.place.x, now.place.y, LOOKED_THROUGH);
    let names: Vec<(&str, f32)> =
        neighbours.iter().map(|near| (known.name[near.position].as_str(), near.distance)).collect();
    let words = words(now.place, &names, language);
    // Where a quality is shown, its value says more than how far a name is.
    let layer = now.map.zip(now.layer.checked_sub(1));
    let layer = layer.and_then(|(map, number)| Some((map, map.layers.get(number)?)));
    match layer.and_then(|(map, layer)| Some((layer, map.value(&layer.name, now.place.x, now.place.y)?))) {
        Some((layer, value)) if !words.lonely => Words { away: language.of_quality(layer, value), ..words },
        _ => words,
    }
}

/// A bank's name without its file's ending.
pub fn bank_name(file: &str) -> &str {
    let name = file.strip_suffix(".bank").unwrap_or(file);
    name.strip_suffix(".amSynth").unwrap_or(name)
}

/// The elements that say where you are.
pub struct Here {
    root: Root,
    near: Element,
    between: Element,
    away: Element,
    edited: HtmlElement,
    across: HtmlInputElement,
    upward: HtmlInputElement,
    bars: Bars,
    shown: Option<(Words, bool)>,
    announcer: Rc<Announcer>,
}

struct Announcer {
    spoken: Element,
    waiting: RefCell<Option<String>>,
    /// How often the words have changed.
    changes: Cell<u32>,
}

impl Here {
    /// Finds its elements.
    pub fn find(root: &Root) -> Result<Self, Trouble> {
        Ok(Self {
            root: root.clone(),
            near: root.element("near")?,
            between: root.element("between")?,
            away: root.element("away")?,
            edited: root.element("edited")?,
            across: root.element("across")?,
            upward: root.element("upward")?,
            bars: Bars::find(root)?,
            shown: None,
            announcer: Rc::new(Announcer {
                spoken: root.element("spoken")?,
                waiting: RefCell::default(),
                changes: Cell::default(),
            }),
        })
    }

    /// Says where you are; `aloud` also to people who listen.
    pub fn show(&mut self, now: &Now<'_>, aloud: bool) {
        let words = words_now(now);
        let looks = (words.clone(), now.is_edited());
        if self.shown.as_ref() != Some(&looks) {
            self.near.set_text_content(Some(&words.first));
            self.between.set_text_content(Some(&words.second));
            self.away.set_text_content(Some(&words.away));
            self.edited.set_hidden(!looks.1);
            self.root.set_data("here", if words.lonely { "nobody" } else { "near" });
            self.shown = Some(looks);
        }
        set_slider(&self.across, now.place.x, &now.language.across(now.place.x));
        set_slider(&self.upward, now.place.y, &now.language.upward(now.place.y));
        self.bars.show(now);
        if aloud {
            self.announcer.announce(words);
        }
    }
}

fn set_slider(slider: &HtmlInputElement, value: f32, words: &str) {
    slider.set_value_as_number(f64::from(value));
    let _ = slider.set_attribute("aria-valuetext", words);
}

impl Announcer {
    /// Speaks when the words have been the same for a second: who moves on is not talked after.
    fn announce(self: &Rc<Self>, words: Words) {
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

    fn at(neighbours: &[(&str, f32)]) -> Words {
        words(Point::default(), neighbours, &Language::of("en"))
    }

    #[test]
    fn says_the_nearest_name_and_the_next_other_one() {
        let words = at(&[("Gritty Bass", 0.12), ("Gritty Bass", 0.12), ("Hollow Choir", 0.3)]);
        assert_eq!(words.first, "near Gritty Bass");
        assert_eq!((&*words.second, &*words.away), ("between it and Hollow Choir", "0.12 away"));
        assert!(!words.lonely);
    }

    #[test]
    fn says_when_it_is_the_very_point() {
        let words = at(&[("Gritty Bass", 0.005), ("Hollow Choir", 0.3)]);
        assert_eq!(
            (&*words.first, &*words.second, &*words.away),
            ("at Gritty Bass", "next to Hollow Choir", "")
        );
        assert_eq!(at(&[("Gritty Bass", 0.0051)]).away, "0.01 away");
    }

    #[test]
    fn says_so_where_nobody_has_been() {
        let words = at(&[("Gritty Bass", 0.83), ("Hollow Choir", 0.9)]);
        assert_eq!(words.first, "no preset nearby");
        assert_eq!((&*words.second, &*words.away), ("the nearest is Gritty Bass", "0.83 away"));
        assert!(words.lonely);
    }

    #[test]
    fn copes_with_one_name_no_name_and_no_patches() {
        assert_eq!(at(&[("  ", 0.1)]).first, "near an unnamed patch");
        assert_eq!(at(&[("Solo", 0.1), ("Solo", 0.2)]).second, "");
        assert_eq!(at(&[]).first, "in the middle");
    }

    #[test]
    fn a_preset_is_exact_only_with_its_very_values() {
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
        let presets = Presets::new(vec![Patch::default()]);
        let mut state =
            State { place: Point { x: 1.0, y: 0.0 }, patch: Some(Box::default()), ..State::default() };
        assert_eq!(exact(&state, Some(&known), Some(&presets)), Some(0));
        if let Some(patch) = &mut state.patch {
            patch.set(Parameter::FilterCutoff, 0.1);
        }
        assert_eq!(exact(&state, Some(&known), Some(&presets)), None);
        assert_eq!(bank_name("A.amSynth.bank"), "A");
    }
}
