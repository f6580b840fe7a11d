//! The words for where you are: nearest known patches in two lines, and, at most once a second, for
//! people who listen to the page. The wording is pure; `Here` puts it on the page.

use std::cell::RefCell;
use std::rc::Rc;

use latent::coordinates::Coordinates;
use web_sys::{Element, HtmlInputElement};

use crate::dom;
use crate::pad::view::Point;
use crate::strings;
use crate::trouble::Trouble;

/// Farther than this from every known patch, nobody has been here. In latent units: a sixteenth of
/// the plane's side, three times the width of the bell by which the map counts patches.
pub const LONELY_DISTANCE: f32 = 0.5;
/// Up to this distance, which would be written as 0.00, you are on it.
const ON_IT_DISTANCE: f32 = 0.005;
/// How many neighbours are looked through for a second name: the banks hold many patches twice.
const LOOKED_THROUGH: usize = 12;
/// Least time between two announcements, in milliseconds.
const ANNOUNCE_MS: i32 = 1000;

/// Two lines about a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// “near …”
    pub first: String,
    /// “between it and …”
    pub second: String,
    /// Whether it is known that no patch is near.
    pub lonely: bool,
}

/// The words for a place, given its neighbours as (name, distance), nearest first.
pub fn words(place: Point, neighbours: &[(&str, f32)]) -> Words {
    let Some(&(name, distance)) = neighbours.first() else {
        return Words { first: strings::position(place), ..Words::default() };
    };
    let name = named(name);
    if distance > LONELY_DISTANCE {
        let second = strings::nearest(name, distance);
        return Words { first: strings::NOBODY.to_owned(), second, lonely: true };
    }
    let other = neighbours.iter().map(|&(other, _)| named(other)).find(|&other| other != name);
    let second = match other {
        Some(other) if distance <= ON_IT_DISTANCE => strings::on_it(other),
        Some(other) => strings::between(other, distance),
        None => strings::away(distance),
    };
    Words { first: strings::near(name), second, lonely: false }
}

fn named(name: &str) -> &str {
    let name = name.trim();
    if name.is_empty() { strings::UNNAMED } else { name }
}

/// The elements that say where you are.
pub struct Here {
    near: Element,
    between: Element,
    across: HtmlInputElement,
    upward: HtmlInputElement,
    announcer: Rc<Announcer>,
}

struct Announcer {
    spoken: Element,
    waiting: RefCell<Option<String>>,
}

impl Here {
    /// Finds its elements.
    pub fn find() -> Result<Self, Trouble> {
        Ok(Self {
            near: dom::element("near")?,
            between: dom::element("between")?,
            across: dom::element("across")?,
            upward: dom::element("upward")?,
            announcer: Rc::new(Announcer { spoken: dom::element("spoken")?, waiting: RefCell::default() }),
        })
    }

    /// Says where `place` is; `aloud` also to people who listen.
    pub fn show(&self, place: Point, known: Option<&Coordinates>, aloud: bool) {
        let neighbours = known.map(|known| known.nearest(place.x, place.y, LOOKED_THROUGH));
        let names: Vec<(&str, f32)> = known
            .zip(neighbours.as_ref())
            .into_iter()
            .flat_map(|(known, found)| {
                found.iter().map(|near| (known.name[near.position].as_str(), near.distance))
            })
            .collect();
        let words = words(place, &names);
        self.near.set_text_content(Some(&words.first));
        self.between.set_text_content(Some(&words.second));
        dom::set_root_data("here", if words.lonely { "nobody" } else { "near" });
        set_slider(&self.across, place.x, &strings::across(place.x));
        set_slider(&self.upward, place.y, &strings::upward(place.y));
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
    /// Speaks a second after the first unspoken change, then with the newest words: a finger that
    /// moves on is not talked after.
    fn announce(self: &Rc<Self>, words: Words) {
        let text = format!("{}, {}", words.first, words.second);
        if self.waiting.borrow_mut().replace(text).is_some() {
            return;
        }
        let announcer = Rc::clone(self);
        dom::after(ANNOUNCE_MS, move || {
            if let Some(text) = announcer.waiting.borrow_mut().take() {
                announcer.spoken.set_text_content(Some(&text));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(neighbours: &[(&str, f32)]) -> Words {
        words(Point::default(), neighbours)
    }

    #[test]
    fn says_the_nearest_name_and_the_next_other_one() {
        let words = at(&[("Gritty Bass", 0.12), ("Gritty Bass", 0.12), ("Hollow Choir", 0.3)]);
        assert_eq!(words.first, "near Gritty Bass");
        assert_eq!(words.second, "between it and Hollow Choir · 0.12 away");
        assert!(!words.lonely);
    }

    #[test]
    fn says_when_it_is_the_very_point() {
        assert_eq!(
            at(&[("Gritty Bass", 0.005), ("Hollow Choir", 0.3)]).second,
            "right on it, next to Hollow Choir"
        );
        assert_eq!(
            at(&[("Gritty Bass", 0.0051), ("Hollow Choir", 0.3)]).second,
            "between it and Hollow Choir · 0.01 away"
        );
    }

    #[test]
    fn says_so_where_nobody_has_been() {
        let words = at(&[("Gritty Bass", 0.83), ("Hollow Choir", 0.9)]);
        assert_eq!(words.first, "nobody has been here");
        assert_eq!(words.second, "the nearest is Gritty Bass · 0.83 away");
        assert!(words.lonely);
    }

    #[test]
    fn copes_with_one_name_no_name_and_no_patches() {
        assert_eq!(at(&[("  ", 0.1)]).first, "near an unnamed patch");
        assert_eq!(at(&[("Solo", 0.1), ("Solo", 0.2)]).second, "0.10 away");
        assert_eq!(at(&[]).first, "in the middle");
    }
}
