//! The track after the loops of a link: at first it says whose it is, and after one round it is a button that records.

use play::State;
use play::error::AppError;
use play::onboarding::NextTrack;
use web_sys::{Element, HtmlElement};

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::on_click;
use crate::views::transport::record_pressed;

/// The track and the line below it.
pub struct Invitation {
    app: App,
    button: HtmlElement,
    text: Element,
    line: HtmlElement,
    record: HtmlElement,
    /// The track, and whether the loops wait to be heard.
    shown: Option<(Option<NextTrack>, bool)>,
}

impl Invitation {
    /// Finds its elements and listens to the track.
    ///
    /// # Errors
    /// If one is missing.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        on_click(app, "add-yours", record_pressed)?;
        let button: HtmlElement = root.element("add-yours")?;
        let text = button.query_selector("span").ok().flatten();
        Ok(Self {
            app: app.clone(),
            text: text.ok_or(AppError::ElementMissing("add-yours"))?,
            button,
            line: root.element("hear-then-add")?,
            record: root.element("record")?,
            shown: None,
        })
    }

    fn follow(&mut self, state: &State, now_ms: f64) {
        let now = (state.next_track(now_ms), state.page.onboarding.offers_loops());
        if self.shown.replace(now) == Some(now) {
            return;
        }
        let (next, is_offered) = now;
        let language = self.app.language();
        let text = next.map(|next| language.next_track(next.number, next.is_asked_for));
        self.text.set_text_content(text.as_deref());
        let is_asked_for = next.is_some_and(|next| next.is_asked_for);
        dom::set_hidden(&self.button, next.is_none(), &self.record);
        let _ = self.button.toggle_attribute_with_force("data-pulses", is_asked_for);
        self.line.set_hidden(!is_offered);
    }
}

impl View for Invitation {
    fn show(&mut self, state: &State) {
        self.follow(state, dom::now_ms());
    }

    fn draw(&mut self, state: &State, now_ms: f64) -> bool {
        // A round ends without any action.
        self.follow(state, now_ms);
        false
    }
}
