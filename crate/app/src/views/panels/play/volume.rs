//! Master volume and the switch that turns the sound off. What comes before it in the worklet is
//! limited, and a volume never amplifies: the output cannot overload.

use std::cell::Cell;
use std::rc::Rc;

use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

use crate::dom::{self, listen};
use crate::page::Page;
use crate::trouble::AppError;

/// Where the volume is remembered, if the browser remembers anything.
const VOLUME_KEY: &str = "latent-pad.volume";

/// Finds the slider and the switch and follows them from now on.
///
/// # Errors
/// If the page lacks one.
pub fn follow(page: &Page) -> Result<(), AppError> {
    let slider: HtmlInputElement = dom::element("volume")?;
    let text: Element = dom::element("volume-text")?;
    let switch: HtmlElement = dom::element("mute")?;
    let muted = Rc::new(Cell::new(false));
    if let Some(remembered) = dom::storage().and_then(|storage| storage.get_item(VOLUME_KEY).ok().flatten()) {
        slider.set_value(&remembered);
    }
    let (owned, source, silent, button) = (page.clone(), slider.clone(), Rc::clone(&muted), switch.clone());
    let language = page.language();
    let take = Rc::new(move || {
        // The slider answers its middle for a text that is no number, and keeps its bounds.
        let percent = source.value_as_number();
        owned.set_gain(if silent.get() { 0.0 } else { gain(percent) });
        let loud = language.percent(percent);
        let words = if silent.get() { &language.volume_off } else { &loud };
        text.set_text_content(Some(words));
        let _ = source.set_attribute("aria-valuetext", words);
        let _ = source.style().set_property("--level", &loud.replace(' ', ""));
        let _ = button.set_attribute("aria-pressed", if silent.get() { "true" } else { "false" });
    });
    take();
    let (source, silent, taken) = (slider.clone(), Rc::clone(&muted), Rc::clone(&take));
    listen(&slider, "input", move |_: Event| {
        // Whoever turns the volume wants to hear it.
        silent.set(false);
        taken();
        if let Some(storage) = dom::storage() {
            // Refused where storage is full or denied: the volume is then forgotten, no more.
            let _ = storage.set_item(VOLUME_KEY, &source.value());
        }
    });
    listen(&switch, "click", move |_: Event| {
        muted.set(!muted.get());
        take();
    });
    Ok(())
}

/// Amplitude factor of a volume in per cent: its square, which the ear finds even.
fn gain(percent: f64) -> f32 {
    let share = (percent / 100.0).clamp(0.0, 1.0) as f32;
    share * share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volume_is_nothing_at_the_left_and_all_at_the_right() {
        assert_eq!((gain(0.0), gain(100.0)), (0.0, 1.0));
        assert!(gain(50.0) < 0.5 && gain(900.0) == 1.0);
    }
}
