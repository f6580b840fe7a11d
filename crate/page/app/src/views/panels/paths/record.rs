//! A button that records a loop: there is one in Paths and one in Play.

use play::State;
use play::action::{Action, GestureAction, PageAction};
use play::error::AppError;
use play::page::SheetStop;
use web_sys::Element;

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::{on_click, set_enabled, set_pressed};

/// The button and its text.
pub struct RecordButton {
    app: App,
    button: Element,
    text: Element,
    /// True if it records, whether something was drawn, and whether it could record.
    shown: Option<(bool, bool, bool)>,
}

impl RecordButton {
    /// Finds the button of this id and its text.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App, button: &'static str, text: &'static str) -> Result<Self, AppError> {
        on_click(app, button, |app| {
            app.dispatch(Action::Gesture(GestureAction::ToggleRecording(dom::now_ms())));
            // A strip of the map is too little to draw on.
            if app.state().page.stop == SheetStop::Full {
                app.dispatch(Action::Page(PageAction::StepSheet(-1)));
            }
        })?;
        let root = app.root();
        Ok(Self { app: app.clone(), button: root.element(button)?, text: root.element(text)?, shown: None })
    }
}

impl View for RecordButton {
    fn show(&mut self, state: &State) {
        let (is_recording, has_drawn) = (state.gesture.is_recording(), state.gesture.has_drawn());
        let can_record = is_recording || !state.document().loops.are_full();
        let now = (is_recording, has_drawn, can_record);
        if self.shown.replace(now) == Some(now) {
            return;
        }
        let language = self.app.language();
        set_pressed(&self.button, is_recording);
        set_enabled(&self.button, can_record);
        self.text.set_text_content(Some(match (is_recording, has_drawn) {
            (false, _) => &language.record,
            (true, false) => &language.recording_empty,
            (true, true) => &language.recording,
        }));
    }
}
