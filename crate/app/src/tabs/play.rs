//! The tab Play: volume and panic.

use web_sys::{Element, Event, HtmlInputElement};

use crate::dom::{self, listen};
use crate::page::Page;
use crate::strings;
use crate::tabs::{Now, Tab};
use crate::trouble::Trouble;

/// Where the volume is remembered, if the browser remembers anything.
const VOLUME_KEY: &str = "latent-pad.volume";

/// The tab.
pub struct Play;

impl Play {
    /// Finds its controls and follows them from now on.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(page: &Page) -> Result<Self, Trouble> {
        follow_volume(page)?;
        let owned = page.clone();
        listen(&dom::element("panic")?, "click", move |_: Event| owned.panic());
        Ok(Self)
    }
}

impl Tab for Play {
    fn show(&mut self, _now: &Now<'_>) {}
}

fn follow_volume(page: &Page) -> Result<(), Trouble> {
    let slider: HtmlInputElement = dom::element("volume")?;
    let text: Element = dom::element("volume-text")?;
    if let Some(remembered) = dom::storage().and_then(|storage| storage.get_item(VOLUME_KEY).ok().flatten()) {
        slider.set_value(&remembered);
    }
    let (owned, source) = (page.clone(), slider.clone());
    let take = move || {
        // The slider answers its middle for a text that is no number, and keeps its bounds.
        let percent = source.value_as_number();
        owned.set_gain(gain(percent));
        let words = strings::volume(percent);
        text.set_text_content(Some(&words));
        let _ = source.set_attribute("aria-valuetext", &words);
        let _ = source.style().set_property("--level", &words.replace(' ', ""));
    };
    take();
    let source = slider.clone();
    listen(&slider, "input", move |_: Event| {
        take();
        if let Some(storage) = dom::storage() {
            // Refused where storage is full or denied: the volume is then forgotten, no more.
            let _ = storage.set_item(VOLUME_KEY, &source.value());
        }
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
