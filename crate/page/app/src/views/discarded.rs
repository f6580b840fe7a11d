//! The line that offers to restore an edited patch that a touch has discarded.

use play::State;
use play::action::{Action, Edit};
use play::error::AppError;
use web_sys::HtmlElement;

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::on_click;

/// The line and its button.
pub struct DiscardedEdit {
    line: HtmlElement,
    /// Takes the keyboard's focus when the line disappears.
    heir: HtmlElement,
    is_shown: bool,
}

impl DiscardedEdit {
    /// Finds its elements and listens to the button.
    ///
    /// # Errors
    /// If one is missing.
    pub fn build(app: &App) -> Result<Self, AppError> {
        on_click(app, "restore-edit", |app| app.dispatch(Action::Edit(Edit::RestoreEdit)))?;
        let root = app.root();
        Ok(Self { line: root.element("discarded")?, heir: root.element("across")?, is_shown: false })
    }
}

impl View for DiscardedEdit {
    fn show(&mut self, state: &State) {
        let is_offered = state.editing.discarded.is_some();
        if std::mem::replace(&mut self.is_shown, is_offered) != is_offered {
            dom::set_hidden(&self.line, !is_offered, &self.heir);
        }
    }
}
