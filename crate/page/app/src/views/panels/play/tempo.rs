//! The tempo of the panel Play: the typed number, a step up or down, and tapping.

use play::action::{Action, Edit};
use play::error::AppError;
use play::tempo::typed_bpm;
use play::{Notes, State};
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::on_click;

/// The field with the tempo.
pub struct TempoField {
    app: App,
    field: HtmlInputElement,
    shown: Option<f32>,
}

impl TempoField {
    /// Finds its elements.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let field: HtmlInputElement = root.element("bpm")?;
        for (id, step) in [("slower", -1.0), ("faster", 1.0)] {
            on_click(app, id, move |app| {
                let bpm = app.state().notes().bpm.round();
                set(app, bpm + step);
            })?;
        }
        on_click(app, "tap-tempo", |app| app.dispatch(Action::Edit(Edit::TapTempo(dom::now_ms()))))?;
        let (owned, source) = (app.clone(), field.clone());
        root.listen(&field, "change", move |_: Event| {
            let bpm = typed_bpm(&source.value()).unwrap_or(owned.state().notes().bpm);
            set(&owned, bpm);
            owned.dispatch(Action::Edit(Edit::FinishStep));
            // The typed text may be out of range, or no number.
            restore(&owned, &source);
        });
        let (owned, source) = (app.clone(), field.clone());
        root.listen(&field, "keydown", move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => drop(source.blur()),
            // Escape leaves the field without entering the typed text.
            "Escape" => restore(&owned, &source),
            _ => {}
        });
        let source = field.clone();
        root.listen(&field, "focus", move |_: Event| source.select());
        Ok(Self { app: app.clone(), field, shown: None })
    }
}

impl View for TempoField {
    fn show(&mut self, state: &State) {
        let bpm = state.notes().bpm;
        if self.shown.replace(bpm) != Some(bpm) {
            self.field.set_value(&self.app.language().bpm(bpm));
        }
    }
}

fn restore(app: &App, field: &HtmlInputElement) {
    field.set_value(&app.language().bpm(app.state().notes().bpm));
}

fn set(app: &App, bpm: f32) {
    let notes = Notes { bpm, ..*app.state().notes() };
    app.dispatch(Action::Edit(Edit::SetNotes(notes, Some("bpm"))));
}
