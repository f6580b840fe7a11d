//! The buttons of Places for the current sound: find what is similar to it,
//! and star the preset that plays or is nearest.

use play::State;
use play::action::{Action, Edit, FindAction, PageAction};
use play::error::AppError;
use web_sys::{Element, HtmlElement};

use crate::app::App;
use crate::effects::panels;
use crate::view::View;
use crate::views::controls::{on_click, scroll_to, set_enabled, set_pressed};
use crate::words::Language;

/// The height of a panel, in CSS pixels, in which results of the search are in sight below its buttons.
const ROOM_PX: i32 = 480;

/// The two buttons.
pub struct HereButtons {
    language: Language,
    similar: Element,
    favourite: Element,
    /// True if there are known presets; the name of the preset here, if any, and whether it is a favourite.
    shown: Option<(bool, Option<String>, bool)>,
}

impl HereButtons {
    /// Finds its elements.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let (search, panel): (HtmlElement, HtmlElement) =
            (root.element("find-row")?, root.element("panel-places")?);
        on_click(app, "similar", move |app| {
            app.dispatch(Action::Find(FindAction::LikeHere));
            // The results take the place of the codebook, whose room they need.
            panels::draw(app);
            app.dispatch(Action::Page(PageAction::OpenSheet));
            if panel.client_height() < ROOM_PX {
                scroll_to(&search, &panel);
            }
        })?;
        on_click(app, "favourite", |app| {
            let row = app.state().preset_here();
            if let Some(row) = row {
                app.dispatch(Action::Edit(Edit::ToggleFavourite(row)));
            }
        })?;
        Ok(Self {
            language: app.language().clone(),
            similar: root.element("similar")?,
            favourite: root.element("favourite")?,
            shown: None,
        })
    }
}

impl View for HereButtons {
    fn show(&mut self, state: &State) {
        let known = state.library.known.as_deref();
        let preset = known.and_then(|known| Some((known, state.preset_here()?)));
        let name = preset.map(|(known, row)| known.name[row].clone());
        let is_favourite = preset.is_some_and(|(known, row)| state.document().favourites.has(known, row));
        let now = (known.is_some(), name, is_favourite);
        if self.shown.as_ref() == Some(&now) {
            return;
        }
        set_enabled(&self.similar, now.0);
        set_enabled(&self.favourite, now.1.is_some());
        set_pressed(&self.favourite, is_favourite);
        let label = match &now.1 {
            Some(name) => self.language.favourite_named(name),
            None => self.language.favourite.clone(),
        };
        let _ = self.favourite.set_attribute("aria-label", &label);
        self.shown = Some(now);
    }
}
