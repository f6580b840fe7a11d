//! The switch of the place Play: a touch plays one note, or a scale that lies over the map. The chosen half says which
//! one, and opens its settings. While a track is open it is that of its loop, with the number.

use play::action::{Action, PageAction};
use play::error::AppError;
use play::notes::Layout;
use play::{Notes, State};
use web_sys::{Element, HtmlElement};

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::{on_click, set_pressed};

/// The halves: the id of the button, the id of what it says, and its layout.
const HALVES: [(&str, &str, Layout); 2] =
    [("choose-note", "note-key", Layout::RootNote), ("choose-melody", "melody-scale", Layout::ScaleAcross)];

/// The two halves and the settings.
pub struct NoteSwitch {
    app: App,
    halves: [(HtmlElement, Element); 2],
    settings: HtmlElement,
    group: HtmlElement,
    /// The number of the loop whose notes it shows.
    number: HtmlElement,
    /// The notes, the root of each half, whether the settings are open, and the number of the loop.
    shown: Option<(Notes, [u8; 2], bool, Option<u8>)>,
}

impl NoteSwitch {
    /// Finds its elements and listens to them.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        for (id, _, layout) in HALVES {
            on_click(app, id, move |app| app.dispatch(Action::Page(PageAction::ChooseLayout(layout))))?;
        }
        let half = |(button, text, _): (&'static str, &'static str, Layout)| {
            Ok::<_, AppError>((root.element(button)?, root.element(text)?))
        };
        let halves = [half(HALVES[0])?, half(HALVES[1])?];
        Ok(Self {
            app: app.clone(),
            halves,
            settings: root.element("touch-settings")?,
            group: root.element("note-switch")?,
            number: root.element("note-loop")?,
            shown: None,
        })
    }

    /// Says whose notes they are.
    fn show_owner(&self, loop_number: Option<u8>) {
        let language = self.app.language();
        let name =
            loop_number.map_or_else(|| language.touch_plays.clone(), |own| language.loop_plays_as(own));
        let _ = self.group.set_attribute("aria-label", &name);
        self.number.set_hidden(loop_number.is_none());
        self.number.set_text_content(loop_number.map(|own| own.to_string()).as_deref());
        self.number.set_class_name(&loop_number.map(|own| format!("noted loop-{own}")).unwrap_or_default());
        self.app.root().set_data("noted", if loop_number.is_some() { "loop" } else { "" });
    }
}

impl View for NoteSwitch {
    fn show(&mut self, state: &State) {
        let loop_number = state.noted_loop().map(|own| own.number);
        let now = (state.changed_notes(), state.shown_roots(), state.page.are_notes_open, loop_number);
        let before = self.shown.replace(now);
        if before == Some(now) {
            return;
        }
        if before.map(|before| before.3) != Some(loop_number) {
            self.show_owner(loop_number);
        }
        let (notes, [note, melody], is_open, _) = now;
        let language = self.app.language();
        let texts = [language.key_name(note), language.scale_on(notes.scale, melody)];
        for (((button, text), (.., layout)), says) in self.halves.iter().zip(HALVES).zip(texts) {
            let is_chosen = notes.layout == layout;
            set_pressed(button, is_chosen);
            let _ =
                button.set_attribute("aria-expanded", if is_chosen && is_open { "true" } else { "false" });
            text.set_text_content(Some(&says));
        }
        let chosen = &self.halves[usize::from(notes.layout == Layout::ScaleAcross)].0;
        dom::set_hidden(&self.settings, !is_open, chosen);
        self.app.root().set_data("notes", if is_open { "open" } else { "closed" });
    }
}
