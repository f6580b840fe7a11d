//! Master volume and mute, and the level of the output. The worklet's output is limited and the volume never amplifies,
//! so the output cannot clip.

use std::cell::Cell;
use std::rc::Rc;

use play::State;
use play::action::{Action, SoundAction};
use play::error::AppError;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::{on_click, set_level, set_pressed};

/// The storage key of the volume.
const VOLUME_KEY: &str = "latent-pad.volume";

/// The slider and the switch.
struct VolumeControls {
    app: App,
    slider: HtmlInputElement,
    text: Element,
    switch: HtmlElement,
    is_muted: Cell<bool>,
}

/// The level of the output, in the slider's track.
struct LevelMeter {
    slider: HtmlInputElement,
    /// The hundredths of the track.
    shown: i32,
}

impl View for LevelMeter {
    fn show(&mut self, _state: &State) {}

    fn draw(&mut self, state: &State, _now_ms: f64) -> bool {
        let percent = (100.0 * state.sound.level).round() as i32;
        if std::mem::replace(&mut self.shown, percent) != percent {
            // By CSSOM, since a strict style-src blocks the style attribute.
            let _ = self.slider.style().set_property("--meter", &format!("{percent}%"));
        }
        false
    }
}

/// Finds the slider and the switch, and sets the stored volume.
///
/// # Errors
/// If the page lacks one.
pub fn build(app: &App) -> Result<(), AppError> {
    let root = app.root();
    let controls = Rc::new(VolumeControls {
        app: app.clone(),
        slider: root.element("volume")?,
        text: root.element("volume-text")?,
        switch: root.element("mute")?,
        is_muted: Cell::new(app.state().sound.gain <= 0.0),
    });
    if let Some(remembered) = dom::storage().and_then(|storage| storage.get_item(VOLUME_KEY).ok().flatten()) {
        controls.slider.set_value(&remembered);
    }
    controls.apply();
    app.add_view(LevelMeter { slider: controls.slider.clone(), shown: 0 });
    let owned = Rc::clone(&controls);
    root.listen(&controls.slider, "input", move |_: Event| {
        // Moving the volume unmutes.
        owned.is_muted.set(false);
        owned.apply();
        if let Some(storage) = dom::storage() {
            // Fails if storage is full or denied; then only the volume is lost.
            let _ = storage.set_item(VOLUME_KEY, &owned.slider.value());
        }
    });
    on_click(app, "mute", move |_| {
        controls.is_muted.set(!controls.is_muted.get());
        controls.apply();
    })
}

impl VolumeControls {
    /// Sets and shows the volume.
    fn apply(&self) {
        // The slider gives its middle for a text that is no number, and clamps to its range.
        let percent = self.slider.value_as_number();
        let is_muted = self.is_muted.get();
        let gain = if is_muted { 0.0 } else { gain(percent) };
        self.app.dispatch(Action::Sound(SoundAction::SetGain(gain)));
        let language = self.app.language();
        let volume = language.percent(percent);
        let text = if is_muted { &language.volume_off } else { &volume };
        self.text.set_text_content(Some(text));
        let _ = self.slider.set_attribute("aria-valuetext", text);
        set_level(&self.slider, percent);
        set_pressed(&self.switch, is_muted);
    }
}

/// Amplitude factor of a volume in per cent: its square, which sounds linear.
fn gain(percent: f64) -> f32 {
    let share = (percent / 100.0).clamp(0.0, 1.0) as f32;
    share * share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gain_runs_from_silence_to_one() {
        assert_eq!((gain(0.0), gain(100.0)), (0.0, 1.0));
        assert!(gain(50.0) < 0.5 && gain(900.0) == 1.0);
    }
}
