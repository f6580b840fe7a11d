//! The line of the long job: its name, its progress, and a button that stops it.

use play::State;
use play::action::{Action, JobAction};
use play::error::AppError;
use play::long_job::LongJob;
use web_sys::{Element, HtmlElement};

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::on_click;

/// The line.
pub struct JobLine {
    app: App,
    line: HtmlElement,
    name: Element,
    text: Element,
    stop: HtmlElement,
    shown: Option<LongJob>,
}

impl JobLine {
    /// Finds its elements and listens to the button.
    ///
    /// # Errors
    /// If one is missing.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        on_click(app, "job-stop", |app| {
            let number = app.state().page.shown_job().map(|job| job.number);
            if let Some(number) = number {
                app.dispatch(Action::Job(number, JobAction::Stop));
            }
        })?;
        Ok(Self {
            app: app.clone(),
            line: root.element("job")?,
            name: root.element("job-name")?,
            text: root.element("job-text")?,
            stop: root.element("job-stop")?,
            shown: None,
        })
    }
}

impl View for JobLine {
    fn show(&mut self, state: &State) {
        let now = state.page.shown_job();
        if self.shown.as_ref() == now {
            return;
        }
        self.shown = now.cloned();
        // The line that had the focus is gone; the map is where one goes on.
        let heir = self.app.root().element("across");
        let Ok(heir) = heir else { return };
        dom::set_hidden(&self.line, now.is_none(), &heir);
        let Some(job) = now else { return };
        let percent = job.share.map(|share| self.app.language().percent(f64::from(100.0 * share)));
        if self.name.text_content().as_deref() != Some(&job.name) {
            self.name.set_text_content(Some(&job.name));
        }
        self.text.set_text_content(percent.as_deref());
        let share = format!("{:.1}%", 100.0 * job.share.unwrap_or(0.0));
        let _ = self.line.style().set_property("--share", &share);
        dom::set_hidden(&self.stop, !job.can_stop || job.is_stopping, &heir);
    }
}
