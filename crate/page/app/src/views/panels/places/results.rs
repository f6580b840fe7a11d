//! The list of Places with what the search found: name, kind and value of each preset, the buttons that find similar
//! ones and star it. `auditions` lets it sound.

use std::rc::Rc;

use plane::{Coordinates, Layer, Map};
use play::action::{Action, Edit, FindAction, TouchAction};
use play::error::AppError;
use play::{Favourites, State};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};
use word_search::{QueryReading, WordMeaning};

use super::auditions::{Auditions, row_of};
use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::{plain_key, set_pressed};

/// The most results in the list, at least a whole bank; the map marks all results.
const LIST_LIMIT: usize = patch::file::BANK_CAPACITY;
/// The buttons of a line.
const BUTTONS: [&str; 3] = [".go", ".like", ".star"];

/// The list.
pub struct ResultList {
    app: App,
    list: HtmlElement,
    /// Takes the keyboard's focus when the last favourite loses its star.
    favourites: HtmlElement,
    /// The line of which all are copies.
    line: Element,
    shown: Option<ShownResults>,
}

/// The results that the list shows, and the data that their lines need.
struct ShownResults {
    found: Rc<Vec<usize>>,
    known: Rc<Coordinates>,
    map: Option<Rc<Map>>,
    is_measured: bool,
    descriptor: Option<usize>,
    /// The words of the search, which each line marks.
    reading: Rc<QueryReading>,
    favourites: Favourites,
}

impl ShownResults {
    /// True if both list the same presets with the same words.
    fn has_lines_of(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.found, &other.found)
            && Rc::ptr_eq(&self.known, &other.known)
            && self.map.as_ref().map(Rc::as_ptr) == other.map.as_ref().map(Rc::as_ptr)
            && self.is_measured == other.is_measured
            && self.descriptor == other.descriptor
            && Rc::ptr_eq(&self.reading, &other.reading)
    }
}

impl ResultList {
    /// Finds its elements and listens to them.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let list: HtmlElement = root.element("found")?;
        let auditions = Auditions::follow(app, &list);
        let owned = app.clone();
        root.listen(&list, "click", move |event: Event| {
            // A finger that has listened does not go there.
            if !auditions.take_press() {
                choose(&owned, &event);
            }
        });
        root.listen(&list, "keydown", |event: KeyboardEvent| move_focus(&event));
        let mould: Element = root.element("result")?;
        let line = mould.first_element_child().ok_or(AppError::ElementMissing("result"))?;
        let favourites = root.element("find-favourites")?;
        Ok(Self { app: app.clone(), list, favourites, line, shown: None })
    }

    /// Fills the list anew. `stays` is whether a person changed a line of it, rather than the search.
    fn fill(&self, state: &State, now: &ShownResults, stays: bool) {
        let (scrolled, focused) = (self.list.scroll_top(), self.focused());
        dom::set_hidden(&self.list, now.found.is_empty(), &self.favourites);
        self.list.set_text_content(None);
        for (number, &row) in now.found.iter().take(LIST_LIMIT).enumerate() {
            let Ok(line) = self.line.clone_node_with_deep(true) else { continue };
            let line: Element = line.unchecked_into();
            self.fill_line(&line, state, now, row);
            // One stop of the Tab key for the whole list; arrow keys move inside it.
            if let Some(go) = part(&line, ".go").filter(|_| number == 0) {
                let _ = go.set_attribute("tabindex", "0");
            }
            dom::append(&self.list, &line);
        }
        // Scrolling a hidden list would only make the browser lay out the whole page.
        if !now.found.is_empty() {
            self.list.set_scroll_top(if stays { scrolled } else { 0 });
        }
        if let Some((line, selector)) = focused {
            self.focus(if stays { line } else { 0 }, selector);
        }
    }

    /// The line and the button that have the focus.
    fn focused(&self) -> Option<(u32, &'static str)> {
        let button = self.list.query_selector(":focus").ok()??;
        let own = button.closest("[data-row]").ok()??;
        let line = lines(&self.list).position(|line| line == own)?;
        let is_button = |selector: &&str| button.matches(selector).unwrap_or(false);
        Some((line as u32, BUTTONS.into_iter().find(is_button)?))
    }

    /// The button of the line, or of the last one, gets the focus.
    fn focus(&self, line: u32, selector: &str) {
        let count = self.list.child_element_count();
        let line = lines(&self.list).nth(line.min(count.saturating_sub(1)) as usize);
        if let (Some(first), Some(button)) =
            (self.list.query_selector(".go").ok().flatten(), line.and_then(|line| part(&line, selector)))
        {
            let _ = first.set_attribute("tabindex", "-1");
            let _ = button.set_attribute("tabindex", "0");
            let _ = button.unchecked_into::<HtmlElement>().focus();
        }
    }

    fn fill_line(&self, line: &Element, state: &State, now: &ShownResults, row: usize) {
        let (language, known) = (self.app.language(), &now.known);
        let name = language.named(&known.name[row]);
        let _ = line.set_attribute("data-row", &row.to_string());
        let _ = line.set_attribute("title", known.bank_of(row));
        if let Some(text) = part(line, ".result-name") {
            text.set_text_content(Some(name));
        }
        let descriptor = now.map.as_deref().zip(now.descriptor);
        let layer = descriptor.and_then(|(map, position)| map.layers.get(position));
        let value = layer.and_then(|layer| Some((layer, state.library.value(row, layer)?)));
        let kind = state.map.finder.tags(row).first().map(|tag| language.kind(tag).to_owned());
        let words = [kind, value.map(|(layer, value)| language.known_value(value, layer))];
        if let Some(text) = part(line, ".result-words") {
            if now.reading.words.is_empty() {
                text.set_text_content(Some(&words.into_iter().flatten().collect::<Vec<_>>().join(" · ")));
            } else {
                self.fill_words(&text, state, &now.reading, row);
            }
        }
        if let Some(mark) = part(line, ".yours") {
            let _ = mark.toggle_attribute_with_force("hidden", !state.library.is_imported(row));
        }
        if let (Some(dot), Some((layer, value))) = (part(line, ".result-dot"), value) {
            let _ = dot
                .unchecked_into::<HtmlElement>()
                .style()
                .set_property("background", &color(layer, value.number()));
        }
        for (button, label) in
            [(".like", language.similar_to(name)), (".star", language.favourite_named(name))]
        {
            if let Some(button) = part(line, button) {
                let _ = button.set_attribute("aria-label", &label);
            }
        }
    }

    /// The words of the search; those that the sound lacks are struck through.
    fn fill_words(&self, place: &Element, state: &State, reading: &QueryReading, row: usize) {
        for word in reading.words.iter().filter(|word| word.meaning != WordMeaning::Unknown) {
            let has = state.map.finder.fits(&state.library, row, word);
            let chip = dom::create(if has { "b" } else { "s" }, "");
            chip.set_text_content(Some(&self.app.language().word_of_result(word, state, row)));
            dom::append(place, &chip);
        }
    }

    fn show_stars(&self, now: &ShownResults) {
        for (line, &row) in lines(&self.list).zip(now.found.iter()) {
            if let Some(star) = part(&line, ".star") {
                set_pressed(&star, now.favourites.has(&now.known, row));
            }
        }
    }
}

impl View for ResultList {
    fn show(&mut self, state: &State) {
        let Some(known) = &state.library.known else { return };
        let map = &state.library.map;
        let descriptor =
            map.as_deref().and_then(|map| state.map.finder.filter.descriptor_of(map, state.map.layer));
        let now = ShownResults {
            found: Rc::clone(&state.map.found),
            known: Rc::clone(known),
            map: map.clone(),
            is_measured: state.library.measured.is_some(),
            descriptor: descriptor.map(|(position, _)| position),
            reading: Rc::clone(&state.map.finder.reading),
            favourites: state.document().favourites.clone(),
        };
        let has_lines = self.shown.as_ref().is_some_and(|shown| shown.has_lines_of(&now));
        let is_starred = self.shown.as_ref().is_some_and(|shown| shown.favourites != now.favourites);
        if !has_lines {
            self.fill(state, &now, is_starred);
        }
        if !has_lines || is_starred {
            self.show_stars(&now);
        }
        self.shown = Some(now);
    }
}

fn choose(app: &App, event: &Event) {
    let Some((target, row)) = row_of(event.target()) else { return };
    let is_in = |selector| target.closest(selector).ok().flatten().is_some();
    if is_in(".star") {
        app.dispatch(Action::Edit(Edit::ToggleFavourite(row)));
    } else if is_in(".like") {
        app.dispatch(Action::Find(FindAction::LikePreset(row)));
    } else if is_in(".go") {
        app.dispatch(Action::Edit(Edit::GoToPreset(row)));
        app.dispatch(Action::Touch(TouchAction::Sample(dom::now_ms())));
    }
}

fn lines(list: &Element) -> impl Iterator<Item = Element> {
    std::iter::successors(list.first_element_child(), Element::next_element_sibling)
}

/// Arrow keys move the focus between the buttons of a line and between lines.
fn move_focus(event: &KeyboardEvent) {
    let Some((target, _)) = row_of(event.target()) else { return };
    let Some(button) = target.closest("button").ok().flatten() else { return };
    let Some(line) = button.closest("[data-row]").ok().flatten() else { return };
    let column = BUTTONS.iter().position(|selector| button.matches(selector).unwrap_or(false)).unwrap_or(0);
    let (line, column) = match plain_key(event).as_str() {
        "ArrowDown" => (line.next_element_sibling(), column),
        "ArrowUp" => (line.previous_element_sibling(), column),
        "ArrowRight" => (Some(line), (column + 1).min(BUTTONS.len() - 1)),
        "ArrowLeft" => (Some(line), column.saturating_sub(1)),
        _ => return,
    };
    event.prevent_default();
    let next = line.and_then(|line| part(&line, BUTTONS[column]));
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        let _ = button.set_attribute("tabindex", "-1");
        next.set_tab_index(0);
        let _ = next.focus();
    }
}

fn part(line: &Element, selector: &str) -> Option<Element> {
    line.query_selector(selector).ok().flatten()
}

/// The map's colour of a value.
fn color(layer: &Layer, value: f32) -> String {
    let colorous::Color { r, g, b } = colorous::VIRIDIS.eval_continuous(layer.share(value).into());
    format!("rgb({r} {g} {b})")
}
