//! The few controls beside the pad: volume, panic, tabs, “try again”.

use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, Storage};

use crate::dom::{self, listen};
use crate::page::Page;
use crate::prepare::prepare;
use crate::strings;
use crate::trouble::Trouble;

/// Where the volume is remembered, if the browser remembers anything.
const VOLUME_KEY: &str = "latent-pad.volume";
/// The tabs by the `data-tab` they show, in their order.
const TABS: [(&str, &str); 2] = [("play", "tab-play"), ("patch", "tab-patch")];

/// Follows the controls from now on.
///
/// # Errors
/// If the page lacks one.
pub fn follow(page: &Page) -> Result<(), Trouble> {
    follow_volume(page)?;
    follow_tabs()?;
    on_click(page, "panic", Page::panic)?;
    on_click(page, "retry", prepare)
}

fn on_click(page: &Page, id: &'static str, act: fn(&Page)) -> Result<(), Trouble> {
    let page = page.clone();
    listen(&dom::element(id)?, "click", move |_: Event| act(&page));
    Ok(())
}

fn follow_volume(page: &Page) -> Result<(), Trouble> {
    let slider: HtmlInputElement = dom::element("volume")?;
    let text: Element = dom::element("volume-text")?;
    if let Some(remembered) = storage().and_then(|storage| storage.get_item(VOLUME_KEY).ok().flatten()) {
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
        if let Some(storage) = storage() {
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

fn storage() -> Option<Storage> {
    dom::window().local_storage().ok().flatten()
}

fn follow_tabs() -> Result<(), Trouble> {
    for (_, id) in TABS {
        listen(&dom::element(id)?, "click", move |_: Event| select_tab(id));
    }
    listen(&dom::element("tabs")?, "keydown", |event: KeyboardEvent| {
        let neighbour = match event.key().as_str() {
            "ArrowLeft" => TABS.len() - 1,
            "ArrowRight" => 1,
            _ => return,
        };
        let root = dom::document().document_element();
        let shown = root.and_then(|root| root.get_attribute("data-tab")).unwrap_or_default();
        let position = TABS.iter().position(|(name, _)| *name == shown).unwrap_or(0);
        let (_, id) = TABS[(position + neighbour) % TABS.len()];
        select_tab(id);
        if let Ok(tab) = dom::element::<HtmlElement>(id) {
            let _ = tab.focus();
        }
    });
    Ok(())
}

fn select_tab(selected: &str) {
    for (name, id) in TABS {
        let Ok(tab) = dom::element::<HtmlElement>(id) else { continue };
        let _ = tab.set_attribute("aria-selected", if id == selected { "true" } else { "false" });
        tab.set_tab_index(if id == selected { 0 } else { -1 });
        if id == selected {
            dom::set_root_data("tab", name);
        }
    }
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
