//! The part of Places that morphs between two landmarks: it sounds while its slider is pressed.

use play::action::{Action, Edit, MapAction, TouchAction};
use play::error::AppError;
use play::morph_slider::MorphSlider;
use play::touches::TouchSource;
use play::{Landmarks, State};
use web_sys::{Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::{set_options, set_slider};
use crate::words::Language;

/// The two menus and the slider.
pub struct MorphControls {
    language: Language,
    part: HtmlElement,
    ends: [HtmlSelectElement; 2],
    slider: HtmlInputElement,
    shown: Option<(Landmarks, MorphSlider)>,
}

impl MorphControls {
    /// Finds its elements and listens to them.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let ends: [HtmlSelectElement; 2] = [root.element("morph-from")?, root.element("morph-to")?];
        for end in &ends {
            let (owned, both) = (app.clone(), ends.clone());
            root.listen(end, "change", move |_: Event| {
                let chosen = both.each_ref().map(|end| end.selected_index().max(0) as usize);
                owned.dispatch(Action::Map(MapAction::SetMorphEnds(chosen)));
            });
        }
        let slider: HtmlInputElement = root.element("morph-share")?;
        follow_slider(app, &slider);
        let part = root.element("morph")?;
        Ok(Self { language: app.language().clone(), part, ends, slider, shown: None })
    }
}

impl View for MorphControls {
    fn show(&mut self, state: &State) {
        let (landmarks, morph) = (&state.document().landmarks, state.map.morph);
        if self.shown.as_ref().is_some_and(|shown| shown.0 == *landmarks && shown.1 == morph) {
            return;
        }
        let is_renamed = self.shown.as_ref().is_none_or(|shown| shown.0 != *landmarks);
        self.part.set_hidden(landmarks.all().len() < 2);
        for (select, end) in self.ends.iter().zip(morph.ends) {
            if is_renamed {
                set_options(select, landmarks.all().iter().map(|landmark| &*landmark.name));
            }
            select.set_selected_index(end as i32);
        }
        let percent = f64::from(morph.share) * 100.0;
        set_slider(&self.slider, percent, percent, &self.language.percent(percent));
        self.shown = Some((landmarks.clone(), morph));
    }
}

fn follow_slider(app: &App, slider: &HtmlInputElement) {
    let root = app.root();
    let (owned, source) = (app.clone(), slider.clone());
    root.listen(slider, "input", move |_: Event| {
        let [from, to] = owned.state().map.morph.ends;
        let share = source.value_as_number() as f32 / 100.0;
        owned.dispatch(Action::Edit(Edit::Morph(from, to, share)));
        // An arrow key plays for a moment; a pressed slider sounds already.
        owned.dispatch(Action::Touch(TouchAction::Sample(dom::now_ms())));
    });
    let owned = app.clone();
    root.listen(slider, "pointerdown", move |_: Event| {
        if !owned.state().is_sounding() {
            owned.dispatch(Action::Touch(TouchAction::Press(TouchSource::Slider, dom::now_ms())));
        }
    });
    for kind in ["pointerup", "pointercancel", "change", "blur"] {
        let owned = app.clone();
        root.listen(slider, kind, move |_: Event| {
            owned.dispatch(Action::Touch(TouchAction::Lose(TouchSource::Slider)));
            owned.dispatch(Action::Edit(Edit::FinishStep));
        });
    }
}
