//! The two buttons of Places that choose how to look for a sound: the search, or the codebook in its place.

use play::State;
use play::action::Action;
use play::error::AppError;
use play::panels::{PanelAction, PanelId};
use web_sys::Element;

use crate::app::App;
use crate::dom;
use crate::effects::panels;
use crate::view::View;
use crate::views::controls::{on_click, set_pressed};

/// The buttons, and whether the codebook is shown.
pub struct LookButtons {
    search: Element,
    codebook: Element,
    shown: Option<bool>,
}

impl LookButtons {
    /// Finds its elements.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App) -> Result<Self, AppError> {
        on_click(app, "find-open", |app| {
            app.dispatch(Action::Panel(PanelAction::Close(PanelId::SoundCodebook), dom::now_ms()));
            panels::draw(app);
        })?;
        panels::follow_opener(app, PanelId::SoundCodebook)?;
        let root = app.root();
        Ok(Self { search: root.element("find-open")?, codebook: root.element("codebook-open")?, shown: None })
    }
}

impl View for LookButtons {
    fn show(&mut self, state: &State) {
        let shows_codebook = state.shows_codebook();
        if self.shown.replace(shows_codebook) != Some(shows_codebook) {
            set_pressed(&self.search, !shows_codebook);
            set_pressed(&self.codebook, shows_codebook);
        }
    }
}
