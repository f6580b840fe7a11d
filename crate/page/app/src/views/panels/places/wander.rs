//! The buttons of Places that choose by chance: a surprise, which is a known preset, and a random walk nearby.

use play::State;
use play::action::{Action, Edit, GestureAction, TouchAction};
use play::error::AppError;
use web_sys::Element;

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::{on_click, set_pressed};

/// The button that shows whether a walk is running.
pub struct Wander {
    walk: Element,
    is_walking: bool,
}

impl Wander {
    /// Finds its elements.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App) -> Result<Self, AppError> {
        on_click(app, "surprise", |app| {
            app.dispatch(Action::Edit(Edit::Surprise(seed())));
            app.dispatch(Action::Touch(TouchAction::Sample(dom::now_ms())));
        })?;
        on_click(app, "walk", |app| app.dispatch(Action::Gesture(GestureAction::ToggleWalk(seed()))))?;
        Ok(Self { walk: app.root().element("walk")?, is_walking: false })
    }
}

impl View for Wander {
    fn show(&mut self, state: &State) {
        let is_walking = state.gesture.is_walking();
        if std::mem::replace(&mut self.is_walking, is_walking) != is_walking {
            set_pressed(&self.walk, is_walking);
        }
    }
}

/// A new random seed.
fn seed() -> u64 {
    (js_sys::Math::random() * (1u64 << 53) as f64) as u64
}
