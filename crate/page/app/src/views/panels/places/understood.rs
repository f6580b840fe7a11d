//! The words of a search as they were understood, below the field: a press drops one. Beside them the number of sounds
//! that have all, and the button that changes the current sound where the query asks for that.

use std::rc::Rc;

use play::State;
use play::action::{Action, FindAction};
use play::error::AppError;
use web_sys::{Element, Event, HtmlElement};
use word_search::{QueryReading, WordMeaning};

use super::auditions::number_of;
use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::on_click;

/// The words and the button.
pub struct UnderstoodWords {
    app: App,
    row: HtmlElement,
    list: HtmlElement,
    count: Element,
    change: HtmlElement,
    /// The reading, the number of sounds with all words, and whether there are measured values.
    shown: Option<(Rc<QueryReading>, usize, bool)>,
}

impl UnderstoodWords {
    /// Finds its elements.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let list: HtmlElement = root.element("understood")?;
        let owned = app.clone();
        root.listen(&list, "click", move |event: Event| {
            if let Some((_, position)) = number_of(event.target(), "data-word-number") {
                owned.dispatch(Action::Find(FindAction::DropWord(position)));
            }
        });
        on_click(app, "change-sound", |app| app.dispatch(Action::Find(FindAction::ChangeSound)))?;
        Ok(Self {
            app: app.clone(),
            row: root.element("understood-row")?,
            list,
            count: root.element("have-words")?,
            change: root.element("change-sound")?,
            shown: None,
        })
    }

    fn fill(&self, state: &State, reading: &QueryReading) {
        let language = self.app.language();
        self.list.set_text_content(None);
        for (position, word) in reading.words.iter().enumerate() {
            let is_unknown = word.meaning == WordMeaning::Unknown;
            let chip = dom::create("button", "word");
            let _ = chip.set_attribute("type", "button");
            let _ = chip.set_attribute("data-word-number", &position.to_string());
            let meaning = language.word_meaning(word, state);
            let _ = chip.set_attribute("aria-description", &language.drop_word(&word.text));
            let text = dom::create(if is_unknown { "s" } else { "b" }, "");
            text.set_text_content(Some(&word.text));
            let small = dom::create("small", "");
            small.set_text_content(Some(&meaning));
            dom::append(&chip, &text);
            // Assistive technology reads two words.
            let _ = chip.append_with_str_1(" ");
            dom::append(&chip, &small);
            dom::append(&self.list, &chip);
        }
    }
}

impl View for UnderstoodWords {
    fn show(&mut self, state: &State) {
        let finder = &state.map.finder;
        let now = (Rc::clone(&finder.reading), state.map.found_whole, state.library.measured.is_some());
        let is_same = |shown: &(Rc<QueryReading>, usize, bool)| {
            Rc::ptr_eq(&shown.0, &now.0) && (shown.1, shown.2) == (now.1, now.2)
        };
        if self.shown.as_ref().is_some_and(is_same) {
            return;
        }
        let (reading, whole_count, _) = &now;
        self.row.set_hidden(reading.words.is_empty());
        self.fill(state, reading);
        let language = self.app.language();
        let words = reading.words.iter().filter(|word| word.meaning != WordMeaning::Unknown).count();
        let text = if words > 1 { language.have_words(*whole_count, words) } else { String::new() };
        self.count.set_text_content(Some(&text));
        let change =
            reading.change.filter(|_| state.is_amsynth()).and_then(|change| language.make_it(change));
        self.change.set_hidden(change.is_none());
        self.change.set_text_content(change.as_deref());
        self.shown = Some(now);
    }
}
