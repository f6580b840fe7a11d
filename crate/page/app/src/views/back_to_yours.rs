//! The row of the menu that leads back to a person's own work, which a link with loops has replaced.

use play::State;
use play::action::{Action, Edit};
use play::error::AppError;
use web_sys::HtmlElement;

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::{close_menu, on_click};

/// The row; hidden while there is nothing to return to.
pub struct BackToYours {
    row: HtmlElement,
    /// The button of the menu, which gets its focus.
    menu: HtmlElement,
    is_shown: bool,
}

impl BackToYours {
    /// Finds the row and listens to it.
    ///
    /// # Errors
    /// If the page lacks it.
    pub fn build(app: &App) -> Result<Self, AppError> {
        on_click(app, "back-to-yours", |app| {
            close_menu(app, "more-menu");
            app.dispatch(Action::Edit(Edit::BackToYours));
        })?;
        let root = app.root();
        Ok(Self { row: root.element("back-to-yours")?, menu: root.element("more-button")?, is_shown: false })
    }
}

impl View for BackToYours {
    fn show(&mut self, state: &State) {
        let is_shown = state.kept_work().is_some();
        if std::mem::replace(&mut self.is_shown, is_shown) != is_shown {
            dom::set_hidden(&self.row, !is_shown, &self.menu);
        }
    }
}
